"""One table as a Delta table whose files DuckDB wrote.

The library keeps the log, versions and protocol; the Parquet files come from the
engine's own COPY, which is several times faster than a second writer, and are only
registered here. Statistics are the row count and nothing else: a log that repeats
the smallest and largest text of a column would outlive the rows it was taken from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema
from deltalake.transaction import AddAction, create_table_with_add_actions

from qingfeng.screening.errors import Problem
from qingfeng.screening.tables import tables

PARTITION = "month"
ARROW = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "DOUBLE": pa.float64(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "BOOLEAN": pa.bool_(),
}
# Tables that intake works out from others and no file carries.
WORKED_OUT: dict[str, dict[str, str]] = {
    "at_place": {"row_id": "BIGINT", "place_id": "VARCHAR", "distance_m": "DOUBLE"},
}
SOURCES_OF: dict[str, tuple[str, ...]] = {"at_place": ("gps", "sighting", "geofence")}


def stored_columns(name: str) -> Mapping[str, str]:
    """Return a lake table's columns: name to SQL type, in order.

    Raises:
        KeyError: If no declaration and no worked-out table has this name.
    """
    return WORKED_OUT[name] if name in WORKED_OUT else tables()[name].stored()


def is_partitioned(name: str) -> bool:
    """Tell whether a table is cut by month."""
    return name not in WORKED_OUT and bool(tables()[name].time)


def arrow_type(sql_type: str) -> pa.DataType:
    """Return the Arrow type of a stored SQL type."""
    if sql_type.startswith("DECIMAL"):
        precision, scale = sql_type[8:-1].split(",")
        return pa.decimal128(int(precision), int(scale))
    return ARROW[sql_type]


def delta_schema(name: str) -> Schema:
    """Return a table's schema with its partition column."""
    fields = [pa.field(column, arrow_type(kind)) for column, kind in stored_columns(name).items()]
    if is_partitioned(name):
        fields.append(pa.field(PARTITION, pa.string()))
    return Schema.from_arrow(pa.schema(fields))


def register(name: str, folder: Path, files: Iterable[Path], *, batch: str, onto: int | None) -> int:
    """Commit files that lie in the table's folder; return the new version.

    Args:
        name: Lake table.
        folder: The Delta table's folder.
        files: Parquet files below it, `month=YYYY-MM/…` where the table is cut by month.
        batch: Name of the batch, kept in the log.
        onto: The version they are added to; None makes the table, and leaves behind
            whatever a crash left in its log.
    """
    actions = [_add_action(folder, file) for file in files]
    cut = [PARTITION] if is_partitioned(name) else None
    told = CommitProperties(custom_metadata={"batch": batch})
    quiet = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)
    if not (folder / "_delta_log").exists():
        create_table_with_add_actions(
            str(folder), delta_schema(name), actions, mode="error", partition_by=cut,
            configuration={"delta.dataSkippingNumIndexedCols": "0"}, commit_properties=told,
        )  # fmt: skip
        return DeltaTable(str(folder)).version()
    table = DeltaTable(str(folder))
    mode = "append"
    if onto is None:
        mode = "overwrite"
    elif table.version() != onto:
        table.restore(onto)
    table.create_write_transaction(
        [*actions], mode, delta_schema(name), partition_by=cut,
        commit_properties=told, post_commithook_properties=quiet,
    )  # fmt: skip
    return DeltaTable(str(folder)).version()


def _add_action(folder: Path, file: Path) -> AddAction:
    inside = file.relative_to(folder)
    parts = dict(part.split("=", 1) for part in inside.parts[:-1] if "=" in part)
    seen = file.stat()
    return AddAction(
        path=inside.as_posix(),
        size=seen.st_size,
        partition_values=parts,
        modification_time=0,
        data_change=True,
        stats=json.dumps({"numRecords": pq.read_metadata(file).num_rows}),
    )


def files_of(folder: Path, version: int) -> list[tuple[str, str, int]]:
    """Return (absolute path, month or "", rows) of a version's files, sorted by path.

    A version is read once in a process, for as long as its entry in the log is the same file.

    Raises:
        Problem: If the version cannot be read, or holds something the engine would
            misread: deletion vectors or mapped columns, which we never write.
    """
    try:
        seen = (folder / "_delta_log" / f"{version:020}.json").stat()
    except OSError:  # the log was cut short there, or is damaged: the library says which
        return _read_files(folder, version)
    return list(_files_seen(folder, version, (seen.st_ino, seen.st_mtime_ns, seen.st_size)))


@lru_cache(maxsize=1024)
def _files_seen(folder: Path, version: int, _entry: tuple[int, ...]) -> tuple[tuple[str, str, int], ...]:
    return tuple(_read_files(folder, version))


def _read_files(folder: Path, version: int) -> list[tuple[str, str, int]]:
    try:
        table = DeltaTable(str(folder), version=version)
        actions = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    except Exception as error:
        raise Problem(
            f"The lake's table {folder.name} has no readable version {version}.",
            where=str(folder),
            then="Restore the home from its backup, or import the files into a new home.",
        ) from error
    features = set(table.protocol().reader_features or ())
    if features - {"timestampNtz"}:
        raise Problem(
            f"The lake's table {folder.name} was changed by another program ({', '.join(sorted(features))}).",
            where=str(folder),
            then="Only Qingfeng writes the lake: restore the home from its backup.",
        )
    return sorted(
        (str(folder / action["path"]), str(action.get("partition.month") or ""), int(action["num_records"]))
        for action in actions
    )


def settle(file: Path) -> None:
    """Make sure that a file's bytes and its name survive a power cut."""
    for path in (file, file.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
