"""Deleting for good: out of every snapshot, every file and every log.

A table format keeps what was deleted: in the old files, in the log's statistics, in
old snapshots. So a table that loses rows is written anew, in a folder of its own,
with a log that begins there; the snapshots that named the old folder forget it, and
the folder goes. What is left is a record: what, when, under which list, how many.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.lake.catalog import Deletion, SheetRecord, TableVersion
from qingfeng.screening.lake.delta import PARTITION, is_partitioned, register, settle
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from qingfeng.screening.lake.lake import Lake, Snapshot

FILE_NO = "row_id >> 42"


def check_asked(table: str, batch: str, under: str) -> None:
    """Refuse what names nothing to delete, or nothing that it is done under.

    Raises:
        WrongUse: Saying which.
    """
    if bool(table) == bool(batch):
        raise WrongUse("Say which to delete: a table (with a period) or a batch.")
    if not under.strip():
        raise WrongUse("A deletion names the list or order it is done under.", then="Add --under.")


def delete(
    lake: Lake, *, table: str, since: date | None, until: date | None, batch: str, under: str
) -> Deletion:
    """Delete a batch or a table's period; see `Lake.delete`."""
    check_asked(table, batch, under)
    with lake.catalog.turn():
        lake.mend()
        snapshot = lake.snapshot()
        doomed = _doomed_batch(snapshot, batch) if batch else _doomed_period(snapshot, table, since, until)
        with duckdb.connect() as con:
            con.execute("SET enable_progress_bar = false; SET memory_limit = '2GB'")
            con.execute("SET preserve_insertion_order = false")
            con.execute(f"SET temp_directory = '{_quoted(lake.home.scratch('spill'))}'")
            return _rewrite(lake, snapshot, con, doomed, _what(table, since, until, batch), under)


def _doomed_batch(snapshot: Snapshot, batch: str) -> dict[str, str]:
    numbers = [sheet.file_no for sheet in snapshot.sheets() if sheet.batch == batch]
    if not numbers:
        known = sorted({sheet.batch for sheet in snapshot.sheets()})
        raise Problem(f"No batch is called {batch}.", then=f"Batches: {', '.join(known) or 'none yet'}.")
    listed = ", ".join(map(str, numbers))
    names = {name for sheet in snapshot.sheets() if sheet.file_no in numbers for name in sheet.kept}
    names |= {"at_place"}
    return dict.fromkeys(sorted(names & set(snapshot.tables())), f"{FILE_NO} IN ({listed})")


def _doomed_period(snapshot: Snapshot, table: str, since: date | None, until: date | None) -> dict[str, str]:
    if table not in tables():
        raise WrongUse(f"There is no table {table}.", then=f"Tables: {', '.join(tables())}.")
    if table not in snapshot.tables():
        raise Problem(f"The lake has no rows of the table {table}.", then="There is nothing to delete.")
    time = tables()[table].time
    if (since or until) and not time:
        raise WrongUse(f"The table {table} has no time: it can only be deleted whole.")
    parts = [f"CAST({time} AS DATE) >= DATE '{since}'"] if since else []
    parts += [f"CAST({time} AS DATE) <= DATE '{until}'"] if until else []
    rows = " AND ".join(parts) or "true"
    doomed = {table: f"coalesce({rows}, false)"}
    # What belongs to a deleted row (its list items, its places) goes with it.
    gone = f"SELECT row_id >> 10 FROM {snapshot.relation(table)} WHERE {rows}"
    for name in snapshot.tables():
        if name == "at_place" or (name in tables() and tables()[name].parent == table):
            doomed[name] = f"(row_id >> 10) IN ({gone})"
    return doomed


def _rewrite(
    lake: Lake,
    snapshot: Snapshot,
    con: duckdb.DuckDBPyConnection,
    doomed: Mapping[str, str],
    what: str,
    under: str,
) -> Deletion:
    versions = dict(snapshot.versions)
    lost: dict[int, dict[str, int]] = {}
    old = []
    for name, rows in doomed.items():
        for number, count in con.execute(
            f"SELECT {FILE_NO}, count(*) FROM {snapshot.relation(name)} WHERE {rows} GROUP BY 1"
        ).fetchall():
            lost.setdefault(number, {})[name] = count
        old.append(lake.folder / versions[name].folder)
        versions[name] = _written_anew(lake, snapshot, con, name, rows)
    sheets = tuple(_poorer(sheet, lost.get(sheet.file_no, {})) for sheet in snapshot.sheets())
    from qingfeng.screening.lake.lake import content_of  # noqa: PLC0415 - lake and deletion know each other

    counted: dict[str, int] = {}
    for tables_lost in lost.values():
        for name, count in tables_lost.items():
            counted[name] = counted.get(name, 0) + count
    _, record = lake.catalog.commit_deletion(
        deletion=Deletion(0, datetime.now(UTC).isoformat(timespec="seconds"), what, under, counted),
        versions=[
            TableVersion(v.name, v.folder, v.version, content_of(v.name, sheets)) for v in versions.values()
        ],
        gone=doomed,
        sheets=[sheet for sheet in sheets if lost.get(sheet.file_no)],
    )
    for folder in old:
        shutil.rmtree(folder)
    return record


def _written_anew(
    lake: Lake, snapshot: Snapshot, con: duckdb.DuckDBPyConnection, name: str, rows: str
) -> TableVersion:
    standing = snapshot.versions[name]
    generation = int(standing.folder.rpartition("-")[2]) + 1
    folder = f"tables/{name}-{generation}"
    target = lake.folder / folder
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    kept = f"SELECT * FROM {snapshot.relation(name)} WHERE NOT ({rows})"
    if is_partitioned(name):
        time = tables()[name].time
        cut = f"SELECT *, coalesce(strftime({time}, '%Y-%m'), 'none') AS {PARTITION} FROM ({kept})"
        con.execute(
            f"COPY ({cut}) TO '{_quoted(target)}' "
            f"(FORMAT parquet, COMPRESSION zstd, PARTITION_BY ({PARTITION}), OVERWRITE_OR_IGNORE)"
        )
    else:
        con.execute(
            f"COPY ({kept}) TO '{_quoted(target / 'rows.parquet')}' (FORMAT parquet, COMPRESSION zstd)"
        )
    files = sorted(target.rglob("*.parquet"))
    for file in files:
        settle(file)
    version = register(name, target, files, batch=f"deletion-{generation}", onto=None)
    return TableVersion(name, folder, version, "")


def _poorer(sheet: SheetRecord, lost: Mapping[str, int]) -> SheetRecord:
    if not lost:
        return sheet
    kept = {name: count - lost.get(name, 0) for name, count in sheet.kept.items()}
    # A file that was deleted from is new again: its fingerprint no longer says "known".
    return replace(sheet, kept=kept, fingerprint="")


def _what(table: str, since: date | None, until: date | None, batch: str) -> str:
    if batch:
        return f"batch={batch}"
    return " ".join([f"table={table}"] + [f"{k}={v}" for k, v in (("since", since), ("until", until)) if v])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
