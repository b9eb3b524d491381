"""What an import counted: every row of every sheet, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

# Why a row was withheld: other people's business, counted and never written.
WITHHELD = {
    "plate_not_registered": "车牌不在车辆登记中",
    "no_plate": "没有车牌",
    "nobody_of_ours": "不涉及登记车辆、在册人员和被监督单位",
}


@dataclass(frozen=True)
class Reject:
    """A cell that could not be read; its row stays out.

    Attributes:
        file: Path as in `leads.jsonl`.
        sheet: Name of the sheet, or None.
        row: Row number that a person sees.
        column: Header as read, or "" if the row could not even become text.
        value: What the cell says, long digit runs masked, at most 200 characters.
        reason: A code and its Chinese words.
    """

    file: str
    sheet: str | None
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class TotalDiffers:
    """A totals row that says another sum than its rows add up to.

    Attributes:
        column: Declared column.
        row: The totals row.
        said: What it says.
        summed: What the rows it covers add up to.
        covers_from: First row number that it covers, as far as we know.
    """

    column: str
    row: int
    said: Decimal
    summed: Decimal
    covers_from: int


@dataclass(frozen=True)
class Spelling:
    """A unit's spelling that matches no name or alias: somebody has to decide.

    Attributes:
        spelling: As it stands in the records.
        column: Table and column, `fuel.unit`.
        rows: Rows that carry it.
        suggestions: Registered names that look like it, best first; never applied.
    """

    spelling: str
    column: str
    rows: int
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Rows with one id and different values: all are kept, a person decides.

    Attributes:
        table: Lake table.
        key: The id, its parts joined with " · ".
        columns: Columns in which they differ.
        rows: (file, sheet, row) of each.
    """

    table: str
    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str | None, int], ...]


@dataclass
class SheetAccount:
    """One sheet: rows in = kept + rejected + duplicates + withheld, always.

    Attributes:
        path: Of the file, relative to the deepest folder that holds every input.
        sheet: Its name, or None.
        sha256: Of the file.
        size: Bytes of the file.
        encoding: The guess that reading went by, or "".
        table: Main lake table.
        why: How the sheet was recognised, one line each.
        columns: Header as read to `table.column`.
        dropped_columns: Headers that are on no list: dropped at the gate.
        rows_in: Rows of data.
        counted: The table that has one row for every row kept; it is a list's
            table where an export is at line level.
        kept: Lake table to rows that came in.
        rejected: Rows that could not be read.
        duplicates: Rows already known.
        withheld: Reason to rows of other people's business.
        other_rows: Kind (blank, total, header, note) to rows that are no data; not in `rows_in`.
        flags: Quality flag to rows kept with it.
        totals: Totals rows that differ.
        totals_checked: Totals that were compared.
        since: First day of the rows kept, ISO, or "".
        until: Last day, ISO, or "".
        known: The same bytes were imported before under the same mapping: nothing to do.
    """

    path: str
    sheet: str | None
    sha256: str
    size: int
    encoding: str = ""
    table: str = ""
    why: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    dropped_columns: tuple[str, ...] = ()
    rows_in: int = 0
    counted: str = ""
    kept: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    duplicates: int = 0
    withheld: dict[str, int] = field(default_factory=dict)
    other_rows: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    totals: list[TotalDiffers] = field(default_factory=list)
    totals_checked: int = 0
    since: str = ""
    until: str = ""
    known: bool = False

    @property
    def rows_kept(self) -> int:
        """Rows of the sheet that came in."""
        return self.kept.get(self.counted, 0)

    @property
    def adds_up(self) -> bool:
        """Whether rows in = kept + rejected + duplicates + withheld."""
        out = self.rows_kept + self.rejected + self.duplicates + sum(self.withheld.values())
        return self.rows_in == out

    def as_json(self) -> dict[str, object]:
        """Return the account as plain values; no cell of a record is in it."""
        return {
            "path": self.path,
            "sheet": self.sheet,
            "sha256": self.sha256,
            "size": self.size,
            "encoding": self.encoding,
            "table": self.table,
            "why": list(self.why),
            "columns": dict(self.columns),
            "dropped_columns": list(self.dropped_columns),
            "rows_in": self.rows_in,
            "counted": self.counted,
            "kept": dict(sorted(self.kept.items())),
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "withheld": dict(sorted(self.withheld.items())),
            "other_rows": dict(sorted(self.other_rows.items())),
            "flags": dict(sorted(self.flags.items())),
            "totals_checked": self.totals_checked,
            "totals": [
                {
                    "column": t.column,
                    "row": t.row,
                    "said": str(t.said),
                    "summed": str(t.summed),
                    "covers_from": t.covers_from,
                }
                for t in self.totals
            ],
            "since": self.since,
            "until": self.until,
            "known": self.known,
        }


@dataclass(frozen=True)
class Refused:
    """A file or sheet that did not come in.

    Attributes:
        path: Of the file.
        sheet: Name of the sheet, or None for the whole file.
        what: What happened.
        then: What to do next.
    """

    path: str
    sheet: str | None
    what: str
    then: str


class Rejects(Protocol):
    """The rejected cells: many, so they are read one by one, as often as wanted."""

    def __len__(self) -> int:
        """Return how many cells were rejected."""

    def __iter__(self) -> Iterator[Reject]:
        """Yield them by file, sheet and row."""


@dataclass(frozen=True)
class Intake:
    """What one import did.

    Attributes:
        snapshot: The lake's id of the snapshot after it.
        sheets: One account a sheet, by path.
        refused: Files and sheets that could not be read or fit no table.
        warnings: What a person should know, one sentence each.
        spellings: Units' spellings that match nothing.
        conflicts: Rows with one id and different values (the first thousand).
        conflicts_found: How many there are.
        superseded: Register to rows whose place newer rows have taken.
        restated: Tables whose owners were worked out anew because a register changed.
        rejects: The rejected cells.
    """

    snapshot: str
    sheets: tuple[SheetAccount, ...]
    refused: tuple[Refused, ...]
    warnings: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    conflicts: tuple[Conflict, ...]
    conflicts_found: int
    superseded: Mapping[str, int]
    restated: tuple[str, ...]
    rejects: Rejects

    @property
    def rejected(self) -> int:
        """Rows that could not be read, over all sheets."""
        return sum(sheet.rejected for sheet in self.sheets)

    def as_json(self) -> dict[str, object]:
        """Return everything but the rejected cells as plain values, for the run's record."""
        return {
            "snapshot": self.snapshot,
            "sheets": [sheet.as_json() for sheet in self.sheets],
            "refused": [
                {"path": r.path, "sheet": r.sheet, "what": r.what, "then": r.then} for r in self.refused
            ],
            "warnings": list(self.warnings),
            "spellings": [
                {
                    "spelling": s.spelling,
                    "column": s.column,
                    "rows": s.rows,
                    "suggestions": list(s.suggestions),
                }
                for s in self.spellings
            ],
            "conflicts": [
                {
                    "table": c.table,
                    "key": c.key,
                    "columns": list(c.columns),
                    "rows": [list(row) for row in c.rows],
                }
                for c in self.conflicts
            ],
            "conflicts_found": self.conflicts_found,
            "superseded": dict(sorted(self.superseded.items())),
            "restated": list(self.restated),
        }
