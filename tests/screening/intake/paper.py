"""A sheet on paper: rows as a reader would show them, for tests of recognition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from qingfeng.screening.home import Home
from qingfeng.screening.intake.mapping import Mappings
from qingfeng.screening.intake.recognise import Reading, recognise
from qingfeng.screening.intake.sheet import SourceFile, Staged, StagePlan


@dataclass(frozen=True)
class Paper:
    """A sheet that is looked at and never staged."""

    source: SourceFile
    sheet: str | None
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    table: str = ""
    encoding: str = ""

    def stage(self, plan: StagePlan, into: Path, con: duckdb.DuckDBPyConnection, home: Home) -> Staged:
        """Refuse: there is nothing behind the preview."""
        raise NotImplementedError


def paper(
    *rows: str | Sequence[str], path: str = "x.csv", sheet: str | None = None, table: str = ""
) -> Paper:
    """Return a sheet of rows; a row may be one text with "|" between cells."""
    cells = [tuple(row.split("|")) if isinstance(row, str) else tuple(row) for row in rows]
    return Paper(SourceFile(path, "0" * 64, 1, Path(path)), sheet, tuple(enumerate(cells, 1)), table)


def reading(
    *rows: str | Sequence[str], path: str = "x.csv", sheet: str | None = None, table: str = ""
) -> Reading:
    """Recognise a sheet of rows without any mapping."""
    return recognise(paper(*rows, path=path, sheet=sheet, table=table), Mappings())


def columns(told: Reading) -> dict[str, str]:
    """Return header to column ("" if dropped), a list's column with its table."""
    return {
        c.header: c.column if c.table in ("", told.table) else f"{c.table}.{c.column}" for c in told.columns
    }
