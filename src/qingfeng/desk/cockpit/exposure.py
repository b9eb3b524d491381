"""How many rows each unit has in the records of each watch and month; counted once a screening."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from qingfeng.desk.models import Exposure
from qingfeng.findings.matching import Units
from qingfeng.findings.models import RuleRun, Screening
from qingfeng.screening.engines.duckdb_engine import connect
from qingfeng.screening.home import Home
from qingfeng.screening.lake.lake import Lake, Snapshot
from qingfeng.screening.tables import tables

AT_ONCE = 2_000
MEMORY = "512MB"
MARK = ""  # a row of no watch: this screening has been counted, though it may have found no rows


def tables_of_watches(screening: Screening) -> dict[str, set[str]]:
    """Return the tables of records that the rules of each watch went through in a screening."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = RuleRun.objects.filter(screening=screening, ran=True).exclude(table="")
    for watch, table in rows.values_list("watch", "table").distinct():
        if table in tables() and tables()[table].kind == "fact":
            found[watch].add(table)
    return found


def keep_up() -> bool:
    """Count anew where a newer screening was read in; return whether it was.

    The lake is read as it is now: a newer delivery counts as soon as it has been screened.
    """
    newest = Screening.objects.filter(is_newest=True).first()
    if newest is None or Exposure.objects.filter(snapshot=newest.snapshot).exists():
        return False
    watches = tables_of_watches(newest)
    home = Home(settings.HOME)
    counted = count(home, Lake(home).snapshot(), sorted(set().union(*watches.values())))
    units = Units()
    rows = [Exposure(watch=MARK, unit_name="", rows=0, snapshot=newest.snapshot)]
    for watch, names in watches.items():
        total: Counter[tuple[str, date | None]] = Counter()
        for table in names:
            total.update(counted.get(table, {}))
        for (unit, month), n in total.items():
            row = Exposure(
                watch=watch,
                unit_id=units.find(unit),
                unit_name=unit[:100],
                month=month,
                rows=n,
                snapshot=newest.snapshot,
            )
            rows.append(row)
    with transaction.atomic():
        Exposure.objects.all().delete()
        Exposure.objects.bulk_create(rows, batch_size=AT_ONCE)
    return True


def count(
    home: Home, snapshot: Snapshot, names: list[str]
) -> Mapping[str, Mapping[tuple[str, date | None], int]]:
    """Return the rows of tables by unit (as the register of records names it) and month.

    Args:
        home: Whose lake it is.
        snapshot: The lake.
        names: Tables of records; those without rows are left out.
    """
    there = [name for name in names if name in snapshot.tables()]
    con = connect(home, memory=MEMORY, threads=1)
    try:
        known: dict[str, str] = {}
        if "unit" in snapshot.tables():
            sql = f"SELECT unit_id, min(name) FROM {snapshot.relation('unit')} GROUP BY 1"  # noqa: S608 - no value in it
            known = dict(con.execute(sql).fetchall())
        return {name: _count(con, snapshot, name, known) for name in there}
    finally:
        con.close()


def _count(
    con: Any, snapshot: Snapshot, name: str, known: Mapping[str, str]
) -> dict[tuple[str, date | None], int]:
    time = tables()[name].time
    month = f"CAST(date_trunc('month', {time}) AS DATE)" if time else "NULL"
    sql = (
        f"SELECT unit_id, {month}, count(*) FROM {snapshot.relation(name)} "  # noqa: S608 - names of the lake
        "WHERE unit_id IS NOT NULL GROUP BY 1, 2"
    )
    found: Counter[tuple[str, date | None]] = Counter()
    for unit, first, rows in con.execute(sql).fetchall():
        found[known.get(unit, unit), first] += rows
    return dict(found)
