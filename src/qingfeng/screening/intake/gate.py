"""The gate: what was not asked for does not come in, whatever a file brings.

A data request names tables and columns. A sheet of another table is refused, and a column that is not on
the list is dropped before its cells are read.

Law:
    个人信息保护法 Arts. 6, 34 (no more than the purpose needs)
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace

from qingfeng.screening.intake.recognise import Reading
from qingfeng.screening.intake.sheet import StagePlan

NOT_ASKED = "not on the list it was asked for under: dropped at the gate."

Listed = Mapping[str, Collection[str]]


def is_listed(reading: Reading, listed: Listed) -> bool:
    """Tell whether a sheet's table was asked for."""
    return reading.table in listed


def within(reading: Reading, listed: Listed) -> Reading:
    """Return a reading without the columns that were not asked for.

    Args:
        reading: Of a sheet whose table is on the list.
        listed: Table to its columns; a table without columns was asked for whole, and so were
            the lists that hang on a table where they are not named themselves.
    """

    def may(table: str, column: str) -> bool:
        return not listed.get(table) or column in listed[table]

    dropped = {c.position for c in reading.columns if c.column and not may(c.table, c.column)}
    if not dropped:
        return reading
    columns = tuple(
        replace(c, table="", column="", score=0.0, why=NOT_ASKED) if c.position in dropped else c
        for c in reading.columns
    )
    staged = {at: name for at, name in reading.plan.columns.items() if at not in dropped}
    plan = StagePlan(
        header_from=reading.plan.header_from,
        header_to=reading.plan.header_to,
        columns=staged,
        identifiers={
            name: kind for name, kind in reading.plan.identifiers.items() if name in staged.values()
        },
        headers=reading.plan.headers,
    )
    told = f"{reading.fingerprint} without {sorted(dropped)}"
    return replace(
        reading,
        columns=columns,
        plan=plan,
        fingerprint=hashlib.sha256(told.encode()).hexdigest(),
        sums={name: column for name, column in reading.sums.items() if column in staged.values()},
        items={name: item for name, item in reading.items.items() if name in staged.values()},
    )
