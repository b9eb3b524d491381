"""A sheet whose rows Python yields: workbooks, HTML, invoices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from qingfeng.screening.home import Home
from qingfeng.screening.intake.sheet import PREVIEW_ROWS, SourceFile, Staged, StagePlan
from qingfeng.screening.intake.staging import layout_of, stage_rows

Rows = Iterator[tuple[int, Sequence[str]]]


@dataclass(frozen=True)
class GridSheet:
    """A sheet read row by row; see `RawSheet` for the attributes they share.

    Attributes:
        rows: Begins to read anew: yields (row number, cells as text).
    """

    source: SourceFile
    sheet: str | None
    encoding: str
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    rows: Callable[[], Rows]
    table: str = ""

    def stage(self, plan: StagePlan, into: Path, con: duckdb.DuckDBPyConnection, home: Home) -> Staged:
        """Write the mapped columns as text to Parquet; see `RawSheet`."""
        rows = ((row, cells) for row, cells in self.rows() if row > plan.header_to)
        return stage_rows(con, rows, layout_of(plan, self.preview), into, home)


def shown(rows: Rows) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return the preview of rows: the first ones, trimmed, as far as one is filled."""
    first = [(row, tuple(cell.strip() for cell in cells)) for row, cells in islice(rows, PREVIEW_ROWS)]
    return tuple(first) if any(any(cells) for _, cells in first) else ()
