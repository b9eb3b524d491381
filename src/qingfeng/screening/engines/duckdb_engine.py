"""The embedded engine: DuckDB over the lake's Parquet files.

Settings, and why:

- `memory_limit`: 3 GB, so that the whole process stays under 4 GiB; what does not fit is spilled.
- `temp_directory`: a folder of this process in the home, swept at the next start if it is killed.
- `preserve_insertion_order = false`: no rule may depend on the order of rows (its SELECT has none,
  and leads are sorted), and keeping it would hold whole results in memory.
- `TimeZone = Asia/Shanghai`: records have no zone; a function that asks for one must not depend
  on the machine.
- `parquet_metadata_cache`: a snapshot's files never change, and every rule opens them again.
- no extension is ever fetched: the engine has no network.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from qingfeng.screening import reference
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Snapshot
from qingfeng.screening.reference.workdays import KNOWN_YEARS
from qingfeng.screening.rulebook.schema import REFERENCE
from qingfeng.screening.tables import Table, tables

MEMORY = "3GB"

_MONTH = re.compile(r"month=(\d{4})-(\d{2})")


def connect(
    home: Home, *, memory: str = MEMORY, threads: int | None = None, spill: str = ""
) -> duckdb.DuckDBPyConnection:
    """Return a connection to a fresh database in memory.

    Args:
        home: Where it spills to.
        memory: Limit of the buffers, as DuckDB writes it: "3GB".
        spill: Limit of what is put aside on the disk; "" for what the disk has.
        threads: Number of threads; None for one per core. It never changes an answer.
    """
    config: dict[str, Any] = {
        "memory_limit": memory,
        "temp_directory": str(home.scratch("spill")),
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    if threads is not None:
        config["threads"] = threads
    if spill:
        config["max_temp_directory_size"] = spill
    con = duckdb.connect(":memory:", config=config)
    con.execute("SET enable_progress_bar = false")  # progress is told by those who know the phases
    con.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")
    con.execute("SET GLOBAL parquet_metadata_cache = true")
    return con


def mount(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, *, as_of: date | None = None
) -> tuple[str, ...]:
    """Create every table that a rule can name, but `finding`.

    A table of the lake is a view over the snapshot's files; one without rows is an empty
    view with all its columns, so that a rule which can do without it runs as it stands.

    Args:
        con: Not sealed yet.
        snapshot: The records.
        as_of: The day that counts as today: rows after it are not seen, nor the items of
            such rows. None for all rows.

    Returns:
        The tables that have rows, reference tables among them, sorted.
    """
    full = set(snapshot.tables())
    for name, table in tables().items():
        if name not in REFERENCE:
            con.execute(f"CREATE VIEW {name} AS {_select(con, snapshot, table, full, as_of)}")
    since, until = period(snapshot)
    last = max(until, as_of or until)
    known = reference.mount(con, snapshot, date(max(since.year - 1, 1), 1, 1), date(last.year, 12, 31))
    return tuple(sorted((full - REFERENCE.keys()) | set(known)))


def period(snapshot: Snapshot) -> tuple[date, date]:
    """Return the first and last day of the months in which a snapshot has rows.

    Without any it is the last year whose calendar is known.
    """
    months = sorted(
        (int(hit[1]), int(hit[2]))
        for name in snapshot.tables()
        for path in snapshot.files(name)
        if (hit := _MONTH.search(path))
    )
    (first, first_month), (last, last_month) = (
        (months[0], months[-1]) if months else ((KNOWN_YEARS[-1], 1), (KNOWN_YEARS[-1], 12))
    )
    return date(first, first_month, 1), date(last, last_month, monthrange(last, last_month)[1])


def seal(con: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Shut a connection off from everything but some folders, for good.

    Shipped and foreign rules alike run sealed: no file outside the folders, no network, no
    extension and no change of a setting, whatever a rule's text says.

    Args:
        con: After `mount`.
        folders: The lake; the folder for spilling is allowed by the engine itself.
    """
    listed = ", ".join("'" + str(folder).replace("'", "''") + "'" for folder in folders)
    con.execute(f"SET allowed_directories = [{listed}]")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")


def ask(con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any] | None = None) -> pa.Table:
    """Return a query's rows; it has a cursor of its own, so that several may be asked at once.

    Args:
        con: As mounted.
        sql: One SELECT with `$name` for its values.
        values: The values by name.

    Returns:
        An Arrow table; decimals stay decimals. The order of rows means nothing.

    Raises:
        Problem: If memory or disk does not suffice, or a file of the lake is gone.
    """
    cursor = con.cursor()
    try:
        with told():
            found: pa.Table = cursor.sql(sql, params=dict(values or {})).to_arrow_table()
            return found
    finally:
        cursor.close()


def known_identifiers(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the names of people and the plates in the registers, which no rule may name.

    Args:
        con: As mounted.
    """
    found = con.execute(
        "SELECT name FROM person WHERE name IS NOT NULL UNION SELECT plate_norm FROM vehicle "
        "WHERE plate_norm IS NOT NULL"
    ).fetchall()
    return frozenset(str(name) for (name,) in found)


@contextmanager
def told() -> Iterator[None]:
    """Tell the engine's errors that are nobody's mistake as problems."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise Problem(
            "The engine has no memory left.",
            where=_first_line(error),
            then="Free disk space in the home's spill folder, or give the engine more memory.",
        ) from error
    except duckdb.IOException as error:
        raise Problem(
            "The engine cannot read or write a file.",
            where=_first_line(error),
            then="Free disk space in the home; if a file of the lake is gone, restore it from the backup.",
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _select(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: Table, full: set[str], as_of: date | None
) -> str:
    columns = table.stored()
    if table.name not in full:
        blank = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
        return f"SELECT {blank} WHERE false"
    source = snapshot.relation(table.name)
    there = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    listed = ", ".join(f'"{n}"' if n in there else f'NULL::{k} AS "{n}"' for n, k in columns.items())
    return f"SELECT {listed} FROM {source}{_until(con, snapshot, table, full, as_of)}"


def _until(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: Table, full: set[str], as_of: date | None
) -> str:
    """Return a WHERE that leaves out rows after `as_of`, or "" if there are none."""
    if as_of is None:
        return ""
    if table.time:
        later = _later(con, snapshot, table, as_of)
        return f" WHERE ({later}) IS NOT TRUE" if later else ""
    parent = tables().get(table.parent)
    if parent is None or parent.name not in full or f"{parent.name}_row" not in table.stored():
        return ""
    later = _later(con, snapshot, parent, as_of)
    if not later:
        return ""
    rows = f"SELECT row_id FROM {snapshot.relation(parent.name, since=as_of)} WHERE {later}"
    return f' WHERE ("{parent.name}_row" IN ({rows})) IS NOT TRUE'


def _later(con: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: Table, as_of: date) -> str:
    """Return the predicate of rows after `as_of`, or "" if the table has none; only late months are read."""
    if not snapshot.files(table.name, since=as_of):
        return ""
    later = f"\"{table.time}\" >= DATE '{as_of + timedelta(days=1)}'"
    found = con.execute(
        f"SELECT 1 FROM {snapshot.relation(table.name, since=as_of)} WHERE {later} LIMIT 1"
    ).fetchone()
    return later if found else ""
