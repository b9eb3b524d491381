"""What readers, recognition and loading hand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from qingfeng.screening.home import Home

PREVIEW_ROWS = 60


@dataclass(frozen=True)
class SourceFile:
    """One file among the inputs, or one member of an archive.

    Attributes:
        path: Relative to the deepest folder that holds every input, with "/";
            a member is `a.zip/inner.csv`.
        sha256: Of the bytes, hex.
        size: Bytes.
        at: Where the bytes can be read now (a member lies in staging).
    """

    path: str
    sha256: str
    size: int
    at: Path


@dataclass(frozen=True)
class StagePlan:
    """How a sheet is to be staged.

    Attributes:
        header_from: First row of the header, as a person counts; 0 if there is none.
        header_to: Last row of the header, inclusive; data begin after it.
        columns: Position in the sheet (from 0) to declared column name.
        identifiers: Declared columns that are identifiers: name to type.
        headers: Position in the sheet to header as read, joined with "_": to know a repeated header.
    """

    header_from: int
    header_to: int
    columns: Mapping[int, str]
    identifiers: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Staged:
    """A sheet as text in Parquet.

    Columns of the file: `row_no BIGINT`; `row_kind VARCHAR` (data, blank, total,
    header, note); one VARCHAR a declared column, trimmed, NULL if empty; for an
    identifier `x` instead `x_h`, `x_last4` (VARCHAR) and `x_flag` (VARCHAR:
    NULL, digits_lost or masked).

    Attributes:
        parquet: The file.
        rows: Rows in it, by kind.
        rejected: Rows that could not even become text: (row, reason).
    """

    parquet: Path
    rows: Mapping[str, int]
    rejected: tuple[tuple[int, str], ...] = ()


class RawSheet(Protocol):
    """A sheet that can show its beginning and be staged whole.

    Attributes:
        source: The file it lies in.
        sheet: Its name, or None where files have one sheet only.
        encoding: The guess that reading goes by, or "".
        preview: The first rows as (row number, cells as text).
        table: The declared table if the format itself says it (an e-invoice), else "".
    """

    source: SourceFile
    sheet: str | None
    encoding: str
    preview: tuple[tuple[int, tuple[str, ...]], ...]
    table: str

    def stage(self, plan: StagePlan, into: Path, con: duckdb.DuckDBPyConnection, home: Home) -> Staged:
        """Write the sheet's mapped columns as text to Parquet.

        Args:
            plan: Header rows and columns.
            into: The Parquet file to write.
            con: A connection of the caller; its settings bound the memory.
            home: Whose key hashes identifiers.

        Raises:
            Problem: If the file cannot be read to its end.
        """
