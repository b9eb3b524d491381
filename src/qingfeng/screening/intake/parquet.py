"""Parquet as the batch writes and reads it: folders like the lake's, and SQL to name them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

from qingfeng.screening.intake.derive import q
from qingfeng.screening.tables import Table

# Turning each list of spellings into a join costs six times what it saves on a sheet of
# hundreds of rows; on large ones spellings are read once per value anyway.
NOT_HELPFUL = "in_clause"
PACKED = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"  # harder gains a hundredth of the size


def write_rows(con: duckdb.DuckDBPyConnection, select: str, folder: Path, table: Table) -> int:
    """Write rows of a lake table to a folder as the lake keeps them; return how many."""
    folder.mkdir(parents=True, exist_ok=True)
    if table.time:
        month = f"coalesce(strftime({q(table.time)}, '%Y-%m'), 'none')"
        told = f"COPY (SELECT *, {month} AS month FROM ({select})) TO '{quoted(folder)}' "
        told += f"({PACKED}, PARTITION_BY (month), OVERWRITE_OR_IGNORE)"
    else:
        told = f"COPY ({select}) TO '{quoted(folder / 'rows.parquet')}' ({PACKED})"
    # A filter over values that is pushed below them makes the engine read every cell twice.
    con.execute(f"SET disabled_optimizers = '{NOT_HELPFUL},filter_pushdown'")
    try:
        (count,) = con.execute(told).fetchone()  # type: ignore[misc]
    finally:
        con.execute(f"SET disabled_optimizers = '{NOT_HELPFUL}'")
    if not count:
        shutil.rmtree(folder)
    return int(count)


def parquet(file: Path) -> str:
    """Return SQL after FROM of one Parquet file."""
    return f"read_parquet('{quoted(file)}', hive_partitioning = false)"


def parquet_tree(folder: Path) -> str:
    """Return SQL after FROM of the Parquet files under a folder."""
    return parquet_trees([folder])


def parquet_trees(folders: Iterable[Path]) -> str:
    """Return SQL after FROM of the Parquet files under some folders."""
    files = ", ".join(f"'{quoted(file)}'" for folder in folders for file in sorted(folder.rglob("*.parquet")))
    return f"read_parquet([{files}], hive_partitioning = false)"


def quoted(path: Path) -> str:
    """Return a path for an SQL literal."""
    return str(path).replace("'", "''")
