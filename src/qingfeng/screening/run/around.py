"""The day of a vehicle or card: every row of every table that it left on some days, by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from qingfeng.screening.engines.duckdb_engine import ask
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.lake import Snapshot

END = {"sighting": "out_ts", "trip": "returned_at", "gps": "ended_at"}
BEGIN = {"toll": "entry_ts"}  # of tables that are placed in time by their end
PLACES = ("place", "station", "to_place", "exit_gate", "garage")  # columns that say where, first that does


@dataclass(frozen=True)
class Seen:
    """One row of such a day.

    Attributes:
        table: Lake table.
        row: Its columns as the lake has them.
        at: When it began, or when it was recorded.
        until: When it ended, where the row says so.
        place: What the place is called, or "".
        lon: Degrees, WGS-84; None where neither the row nor a register of places says where.
        lat: Degrees, WGS-84.
    """

    table: str
    row: Mapping[str, Any]
    at: datetime
    until: datetime | None
    place: str
    lon: float | None
    lat: float | None


def days_of(
    con: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    wanted: Mapping[str, set[str]],
    *,
    days: list[date],
    most: int,
) -> list[Seen]:
    """Return what a vehicle or card left on some days, by time.

    Only the months of those days are read, and of them the rows of the days.

    Args:
        con: A connection that may read the lake.
        snapshot: Where it is read from.
        wanted: Key column (`plate_norm`, `card_h`) to its values.
        days: Civil days, sorted.
        most: Rows at most.
    """
    places = _places(con, snapshot)
    found: list[Seen] = []
    for name in snapshot.tables():
        table = tables().get(name)
        if table is None or table.kind != "fact" or not table.time:
            continue
        key = next((key for key in wanted if wanted[key] and key in table.stored()), "")
        if key and days and snapshot.files(name, days[0], days[-1]):
            rows = _rows(con, snapshot, name, key=key, values=wanted[key], days=days, most=most)
            found += [_seen(name, row, places) for row in rows]
    return sorted(found, key=lambda one: (one.at, one.table, one.row["row_id"]))[:most]


def time_of(table: str, row: Mapping[str, Any]) -> datetime | None:
    """Return when a row of a table is placed in time, or None; a day is its first moment."""
    column = tables()[table].time if table in tables() else ""
    return _moment(row.get(column)) if column else None


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time.min) if isinstance(value, date) else None


def _rows(
    con: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    table: str,
    *,
    key: str,
    values: set[str],
    days: list[date],
    most: int,
) -> list[dict[str, Any]]:
    placed = tables()[table].time
    on = " OR ".join(
        f"(r.{placed} >= DATE '{day}' AND r.{placed} < DATE '{day + timedelta(days=1)}')" for day in days
    )
    rows = ask(
        con,
        f"SELECT r.* FROM {snapshot.relation(table, days[0], days[-1])} AS r "
        f"WHERE r.{key} IN (SELECT unnest($values)) AND ({on}) ORDER BY r.{placed}, r.row_id LIMIT {most}",
        {"values": sorted(values)},
    )
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


def _places(con: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> dict[str, tuple[float, float]]:
    """Return where places are, by id and by name."""
    if "geofence" not in snapshot.tables():
        return {}
    rows = con.execute(
        f"SELECT place_id, name, lon, lat FROM {snapshot.relation('geofence')} "
        "WHERE lon IS NOT NULL AND lat IS NOT NULL ORDER BY row_id"
    ).fetchall()
    return {key: (lon, lat) for ident, name, lon, lat in rows for key in (name, ident) if key}


def _seen(table: str, row: dict[str, Any], places: Mapping[str, tuple[float, float]]) -> Seen:
    said = time_of(table, row)
    assert said is not None  # the query asked for rows of a day
    at = _moment(row.get(BEGIN.get(table, ""))) or said
    until = _moment(row.get(END.get(table, ""))) or (said if at != said else None)
    place = next((str(row[name]) for name in PLACES if row.get(name)), "")
    lon, lat = row.get("lon"), row.get("lat")
    if lon is None or lat is None:
        lon, lat = places.get(str(row.get("place_id"))) or places.get(place) or (None, None)
    return Seen(table, row, at, until, place, lon, lat)
