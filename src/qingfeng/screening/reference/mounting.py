"""Putting the reference tables where rules can read them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from qingfeng.screening.lake.delta import arrow_type, stored_columns
from qingfeng.screening.reference.workdays import Day, missing_years, work_calendar

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.lake import Snapshot

NOT_FROM_A_FILE = 0  # row_id of a shipped row


def mount(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, since: date, until: date) -> tuple[str, ...]:
    """Create the tables calendar, place, standard and at_place in a connection.

    Args:
        con: Where; must still be allowed to read the lake.
        snapshot: The district's own rows, which win over what is shipped.
        since: First day the calendar must know; it begins with that year.
        until: Last day; it ends with that year.

    Returns:
        The tables that have rows. A calendar with a year that nobody has entered has no
        rows of that year.
    """
    own = own_days(con, snapshot)
    gaps = missing_years(since, until, own)
    days = [
        day
        for year in range(since.year, until.year + 1)
        if year not in gaps
        for day in work_calendar(date(year, 1, 1), date(year, 12, 31), own)
    ]
    _create(con, "calendar", _stored("calendar", [vars(day) for day in days]))
    places = own_rows(con, snapshot, "place")
    _create(con, "place", _stored("place", places) if places else _stored_places())
    standards = own_rows(con, snapshot, "standard")
    keys = {row["key"] for row in standards}
    standards += [row for row in shipped_standards() if row["key"] not in keys]
    _create(con, "standard", _stored("standard", standards))
    _create(con, "at_place", _stored("at_place", []))
    if "at_place" in snapshot.tables():
        con.execute("DROP TABLE at_place")
        con.execute(f"CREATE VIEW at_place AS SELECT * FROM {snapshot.relation('at_place')}")
    return tuple(
        name
        for name in ("at_place", "calendar", "place", "standard")
        if con.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()
    )


def own_days(con: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> tuple[Day, ...]:
    """Return the district's own calendar days."""
    return tuple(
        Day(row["date"], row["day_kind"], row["holiday_name"] or "", row["announced_by"] or "工作日历")
        for row in own_rows(con, snapshot, "calendar")
        if row["date"] and row["day_kind"]
    )


def own_rows(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: str) -> list[dict[str, Any]]:
    """Return the lake's rows of a small table, by row."""
    if table not in snapshot.tables():
        return []
    found: pa.Table = con.sql(f"SELECT * FROM {snapshot.relation(table)} ORDER BY row_id").to_arrow_table()
    return list(found.to_pylist())


def shipped_places() -> Iterator[dict[str, Any]]:
    """Yield the administrative divisions of the installed package `cpca`; none without it.

    Only its table is read: name, code, coordinates as published.
    """
    try:
        table = distribution("cpca").locate_file("cpca/resources/adcodes.csv")
    except PackageNotFoundError:
        return
    with open(str(table), encoding="utf-8", newline="") as file:  # noqa: PTH123 - a SimplePath
        for row in csv.DictReader(file):
            if row["longitude"] and row["latitude"]:
                yield {
                    "name": row["name"],
                    "adcode": row["adcode"][:6],
                    "lon": float(row["longitude"]),
                    "lat": float(row["latitude"]),
                }


def shipped_standards() -> Iterator[dict[str, Any]]:
    """Yield the rows of `standards.toml`, each with the document that sets it."""
    file = files(__package__).joinpath("standards.toml")
    if file.is_file():
        yield from tomllib.loads(file.read_text(encoding="utf-8")).get("standard", ())


@cache
def _stored_places() -> pa.Table:
    return _stored("place", list(shipped_places()))


def _create(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    con.register(f"new_{table}", rows)
    con.execute(f"CREATE TABLE {table} AS SELECT * FROM new_{table}")
    con.unregister(f"new_{table}")


def _stored(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    columns = stored_columns(table)
    blank: dict[str, Any] = {"row_id": NOT_FROM_A_FILE, "given": ",", "quality_flags": ","}
    arrays = {
        name: pa.array([row.get(name, blank.get(name)) for row in rows], type=pa.large_string())
        if kind == "VARCHAR"
        else pa.array([_plain(row.get(name, blank.get(name)), kind) for row in rows], type=arrow_type(kind))
        for name, kind in columns.items()
    }
    return pa.table(arrays)


def _plain(value: Any, kind: str) -> Any:
    if kind.startswith("DECIMAL") and value is not None:
        return pa.scalar(str(value)).cast(arrow_type(kind)).as_py()
    return value
