"""Spellings of units that somebody accepted, as a file for the register: nothing is changed silently.

The units' rows are written anew as the register has them, with the further spellings, and come in like any
file: the register's newest row holds, and rows whose owner was unknown are settled anew.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.errors import Problem
from qingfeng.screening.lake import Lake
from qingfeng.screening.tables import tables

NAME = "单位名册（补充别名）.csv"
BETWEEN = "、"


def register_file(lake: Lake, spellings: Mapping[str, Sequence[str]], folder: Path) -> Path:
    """Write the register's rows of some units with further spellings.

    Args:
        lake: Where the register is.
        spellings: Registered name to spellings accepted for it.
        folder: Where the file goes.

    Raises:
        Problem: If the register has no unit of a name, or there is no register.
    """
    columns = tables()["unit"].columns
    names = ", ".join(f'"{name}"' for name in columns)
    with closing(connect(lake.home)) as con:
        relation = lake.snapshot().relation("unit")
        rows = con.execute(
            f"SELECT {names} FROM {relation} WHERE name IN (SELECT unnest(?)) ORDER BY row_id",  # noqa: S608 - declared names
            [list(spellings)],
        ).fetchall()
    newest = {row[list(columns).index("name")]: dict(zip(columns, row, strict=True)) for row in rows}
    missing = sorted(set(spellings) - set(newest))
    if missing:
        raise Problem(
            f"The register has no unit “{missing[0]}”.", then="Bring in the register of units first."
        )
    file = folder / NAME
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        lines = csv.writer(out)
        lines.writerow([column.headers[0] for column in columns.values()])
        for name, row in sorted(newest.items()):
            known = [one for one in str(row["aliases"] or "").split(BETWEEN) if one]
            row["aliases"] = BETWEEN.join(dict.fromkeys([*known, *spellings[name]]))
            lines.writerow([_cell(row[column]) for column in columns])
    return file


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)
