"""Parquet: typed columns become text again and go the way of every other file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from pyarrow import ArrowException

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.intake.sheet import PREVIEW_ROWS, SourceFile, Staged, StagePlan
from qingfeng.screening.intake.staging import layout_of, quoted, stage_relation


@dataclass(frozen=True)
class ParquetSheet:
    """A Parquet file; its header is row 0. See `RawSheet` for the attributes."""

    source: SourceFile
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str | None = None
    encoding: str = ""
    table: str = ""

    def stage(self, plan: StagePlan, into: Path, con: duckdb.DuckDBPyConnection, home: Home) -> Staged:
        """Write the mapped columns as text to Parquet; see `RawSheet`."""
        layout = layout_of(plan, self.preview)
        source = _as_text(self.source.at, self.preview[0][1])
        return stage_relation(con, source, layout, into, home, first_row=1)


def open_parquet(source: SourceFile) -> tuple[ParquetSheet, ...]:
    """Return the sheet of a Parquet file.

    Raises:
        Problem: If the file is damaged.
    """
    try:
        names = tuple(pq.read_schema(source.at).names)
        with duckdb.connect() as con:
            query = f"SELECT * FROM {_as_text(source.at, names)} LIMIT {PREVIEW_ROWS - 1}"
            first = con.execute(query).fetchall()
    except (ArrowException, OSError, duckdb.Error) as error:
        raise Problem("The file breaks off or is damaged.", then="Export it again.") from error
    rows = [(number, tuple(cell or "" for cell in cells)) for number, cells in enumerate(first, 1)]
    return (ParquetSheet(source, ((0, names), *rows)),)


def _as_text(file: Path, names: tuple[str, ...]) -> str:
    path = str(file).replace("'", "''")
    cells = ", ".join(f"CAST({quoted(name)} AS VARCHAR) AS c{at}" for at, name in enumerate(names))
    return f"(SELECT {cells} FROM read_parquet('{path}', hive_partitioning = false))"
