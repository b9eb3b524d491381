"""The rows that leads cite, fetched from a snapshot."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import duckdb

    from qingfeng.screening.lake import Snapshot

Place = tuple[str, str, str | None, int]  # table, file, sheet, row as a person counts

ITEM_BITS, ROW_BITS = 10, 32
MOST_STRETCHES = 64
# Columns that say how a row is kept, not what it says.
HOUSEKEEPING = re.compile(r"row_id|given|quality_flags|.*_h|.*_row|person_id|driver_id|.*_raw")


def place_of(entry: Mapping[str, Any]) -> Place:
    """Return where an evidence entry of `leads.jsonl` points to."""
    return entry["table"], entry["file"], entry["sheet"], entry["row"]


def cited_rows(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, evidence: Iterable[Mapping[str, Any]]
) -> dict[Place, dict[str, Any]]:
    """Return evidence rows as the lake has them, by place; those that are gone are missing.

    Args:
        con: A connection that may read the lake.
        snapshot: Where they are read from.
        evidence: Entries of `leads.jsonl`, in any order, also several times.
    """
    numbers: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for sheet in snapshot.sheets():
        numbers[sheet.path, sheet.sheet].append(sheet.file_no)
    wanted: dict[str, dict[int, Place]] = defaultdict(dict)
    for entry in evidence:
        for number in numbers.get((entry["file"], entry["sheet"]), ()):
            wanted[entry["table"]][number << ROW_BITS | entry["row"]] = place_of(entry)
    found: dict[Place, dict[str, Any]] = {}
    for table in sorted(wanted.keys() & set(snapshot.tables())):
        places = wanted[table]
        near = " OR ".join(
            f"r.row_id BETWEEN {first << ITEM_BITS} AND {(last + 1 << ITEM_BITS) - 1}"
            for first, last in _stretches(sorted(places))
        )
        con.register("qf_cited", pa.table({"above": pa.array(list(places), type=pa.int64())}))
        rows: pa.Table = con.sql(
            f"SELECT r.* FROM {snapshot.relation(table)} AS r "
            f"WHERE ({near}) AND (r.row_id >> {ITEM_BITS}) IN (SELECT above FROM qf_cited) ORDER BY r.row_id"
        ).to_arrow_table()
        con.unregister("qf_cited")
        for row in rows.to_pylist():
            found.setdefault(places[row["row_id"] >> ITEM_BITS], row)
    return found


def _stretches(numbers: list[int]) -> list[tuple[int, int]]:
    """Return few stretches (first, last) that cover numbers, cut at the widest gaps between them.

    Rows of one file lie together, and a file of the lake says of every part which numbers it has: so
    parts that hold none of them are never read.
    """
    gaps = sorted(range(1, len(numbers)), key=lambda at: numbers[at] - numbers[at - 1], reverse=True)
    cuts = sorted(at for at in gaps[: MOST_STRETCHES - 1] if numbers[at] - numbers[at - 1] > 1)
    ends = zip([0, *cuts], [*cuts, len(numbers)], strict=True)
    return [(numbers[first], numbers[end - 1]) for first, end in ends]


def cited_cells(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, evidence: Iterable[Mapping[str, Any]]
) -> dict[Place, dict[str, object]]:
    """Return the same rows without housekeeping and empty cells, as values that JSON can hold."""
    return {
        place: {
            name: plain(value)
            for name, value in row.items()
            if value is not None and not HOUSEKEEPING.fullmatch(name)
        }
        for place, row in cited_rows(con, snapshot, evidence).items()
    }


def plain(value: object) -> object:
    """Return a value as JSON can hold it: times with a space, decimals and days as text."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value) if isinstance(value, date | Decimal) else value
