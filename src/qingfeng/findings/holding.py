"""What the lake holds, counted for people: rows by table, month and unit; batches; read without Django.

Rows by unit need the rows read; the process of a job does that once the lake has changed and leaves the
figures in the home. Pages read the figures and never a row.
"""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake, Snapshot
from qingfeng.screening.tables import tables

FILE = "holdings.json"
MOST_UNITS = 400


def count_units(home: Home) -> None:
    """Count rows by unit and month over all tables with a time and an owner, and keep the figures."""
    snapshot = Lake(home).snapshot()
    with closing(connect(home)) as con:
        con.execute("CREATE TEMP TABLE held (unit VARCHAR, month VARCHAR, n BIGINT)")
        con.execute("CREATE TEMP TABLE named (unit_id VARCHAR, name VARCHAR)")
        for name in _owned(snapshot):
            rows, time = snapshot.relation(name), tables()[name].time
            grouped = f"SELECT unit_id, strftime({time}, '%Y-%m'), count(*) FROM {rows}"  # noqa: S608 - declared names
            con.execute(
                f"INSERT INTO held {grouped} WHERE unit_id IS NOT NULL AND {time} IS NOT NULL GROUP BY ALL"
            )
        if "unit" in snapshot.tables():
            register = f"SELECT unit_id, any_value(name) FROM {snapshot.relation('unit')} GROUP BY 1"  # noqa: S608 - our file names
            con.execute(f"INSERT INTO named {register}")
        counted = con.execute(
            "SELECT coalesce(u.name, h.unit), h.month, sum(h.n) FROM held AS h "
            "LEFT JOIN named AS u ON u.unit_id = h.unit GROUP BY ALL ORDER BY 1, 2"
        ).fetchall()
    units: dict[str, dict[str, int]] = {}
    for unit, month, count in counted:
        units.setdefault(unit, {})[month] = int(count)
    fullest = sorted(units, key=lambda unit: (-sum(units[unit].values()), unit))[:MOST_UNITS]
    told = {"snapshot": snapshot.id, "units": {unit: units[unit] for unit in fullest}}
    draft = home.root / f"{FILE}.draft"
    draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    draft.replace(home.root / FILE)


def units_held(home: Home) -> dict[str, Any]:
    """Return the figures that were kept: `snapshot` and `units` (name to month to rows)."""
    file = home.root / FILE
    if not file.exists():
        return {"snapshot": "", "units": {}}
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def _owned(snapshot: Snapshot) -> list[str]:
    return [
        name
        for name in snapshot.tables()
        if name in tables() and tables()[name].time and "unit_id" in tables()[name].stored()
    ]


def batches(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the lake's batches, the newest first: `batch`, `at`, `files`, `rows`, `tables`."""
    found: dict[str, dict[str, Any]] = {}
    for sheet in snapshot.sheets():
        one = found.setdefault(
            sheet.batch,
            {"batch": sheet.batch, "at": sheet.imported_at, "files": 0, "rows": 0, "tables": set()},
        )
        one["files"] += 1
        one["rows"] += sum(sheet.kept.values())
        one["tables"] |= {name for name, rows in sheet.kept.items() if rows}
    return sorted(found.values(), key=lambda one: str(one["batch"]), reverse=True)
