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
class Scan:
    """What one pass over the bytes of a text file tells.

    Attributes:
        lines: Newline bytes, without those that only end the file once more, and
            counting a last line that no newline ends.
        odd: Characters seen that cells must be cleaned of, such as the no-break space.
    """

    lines: int
    odd: str


@dataclass(frozen=True)
class SourceFile:
    """One file among the inputs, or one member of an archive.

    Attributes:
        path: Relative to the deepest folder that holds every input, with "/";
            a member is `a.zip/inner.csv`.
        sha256: Of the bytes, hex.
        size: Bytes.
        at: Where the bytes can be read now (a member lies in staging).
        kind: What the bytes are (`readers.kind`), or "" to have it looked up.
        scan: What the bytes of a text file hold, or None to have it looked up.
    """

    path: str
    sha256: str
    size: int
    at: Path
    kind: str = ""
    scan: Scan | None = None


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

    Columns of `relation()`: `row_no BIGINT`; `row_kind VARCHAR` (data, blank, total,
    header, note); one VARCHAR a declared column, trimmed, NULL if empty; for an
    identifier `x` instead `x_h`, `x_last4` (VARCHAR) and `x_flag` (VARCHAR:
    NULL, digits_lost or masked).

    Attributes:
        parquet: The file.
        rows: Rows in it, by kind.
        rejected: Rows that could not even become text: (row, reason).
        first_row: Number of the first row if the file holds no `row_no`, because every
            row has the next number; else None. Numbering while writing would take one
            thread and half as long again.
        codes: Identifier to the file of hashes and tails that `x_code` of the rows stands for.
    """

    parquet: Path
    rows: Mapping[str, int]
    rejected: tuple[tuple[int, str], ...] = ()
    first_row: int | None = None
    codes: Mapping[str, Path] = field(default_factory=dict)

    def relation(self, *, identifiers: bool = True) -> str:
        """Return SQL to stand after FROM: every staged column and `row_no`.

        Args:
            identifiers: Whether those of known identifiers are looked up; else they are NULL.
        """
        rows = self._numbered()
        if not identifiers or not self.codes:
            return rows
        looked_up, joins = [], []
        for at, (name, file) in enumerate(self.codes.items()):
            looked_up += [
                f'coalesce(k{at}.{end}, t."{name}_{end}") AS "{name}_{end}"' for end in ("h", "last4")
            ]
            joins.append(f'LEFT JOIN {_parquet(file)} AS k{at} ON k{at}.code = t."{name}_code"')
        codes = ", ".join(f'"{name}_code"' for name in self.codes)
        select = f"t.* EXCLUDE ({codes}) REPLACE ({', '.join(looked_up)})"
        return f"(SELECT {select} FROM {rows} AS t {' '.join(joins)})"

    def remove(self) -> None:
        """Remove the files."""
        for file in (self.parquet, *self.codes.values()):
            file.unlink()

    def _numbered(self) -> str:
        if self.first_row is None:
            return _parquet(self.parquet)
        rows = _parquet(self.parquet, ", file_row_number = true")
        number = f"file_row_number + {self.first_row} AS row_no"
        return f"(SELECT {number}, * EXCLUDE (file_row_number) FROM {rows})"


class RawSheet(Protocol):
    """A sheet that can show its beginning and be staged whole."""

    @property
    def source(self) -> SourceFile:
        """The file it lies in."""

    @property
    def sheet(self) -> str | None:
        """Its name, or None where files have one sheet only."""

    @property
    def encoding(self) -> str:
        """The guess that reading goes by, or ""."""

    @property
    def preview(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The first rows as (row number, cells as text)."""

    @property
    def table(self) -> str:
        """The declared table if the format itself says it (an e-invoice), else ""."""

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


def _parquet(file: Path, options: str = "") -> str:
    path = str(file).replace("'", "''")
    return f"read_parquet('{path}', hive_partitioning = false{options})"
