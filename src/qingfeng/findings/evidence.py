"""The rows that a lead rests on, with their cells, and the day of a vehicle or card around them.

Read from the lake, never copied: from its newest snapshot, else from the one in which the lead was
found. Rows that were deleted for good since are shown from the extract that was sealed before, and
say so; without one they are there as file and row number only. Rows of a lead of tier C are shown
without whatever could name somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from qingfeng.findings import records
from qingfeng.findings.models import Lead
from qingfeng.screening.lake import Lake, Snapshot
from qingfeng.screening.leads.wording import NAMING
from qingfeng.screening.run.around import Seen, days_of, time_of
from qingfeng.screening.run.evidence import HOUSEKEEPING, Place, cited_rows, place_of, plain
from qingfeng.screening.run.forgetting import extract_of
from qingfeng.screening.run.record import kept_snapshot
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    import duckdb

MOST_ROWS = 200
MOST_DAYS = 7
MOST_AROUND = 500

# Stored columns that can be shown where nobody may be named: text that says a place, a class or a code.
_SAYS_NOBODY = frozenset(
    {
        "class", "entry_gate", "exit_gate", "host_unit", "kind", "letter_no_norm", "parking_place", "place",
        "place_id", "plate_norm", "product", "product_class", "station", "station_region", "status",
        "txn_type", "unit", "unit_name", "use_type", "fuel_type", "venue_class", "event", "form", "meal",
        "inv_key", "invoice_key", "vehicle_plate_norm",
    }
)  # fmt: skip
Source = Literal["lake", "extract", "gone"]


@dataclass(frozen=True)
class Row:
    """One row that a lead rests on.

    Attributes:
        table: Lake table.
        file: Its file, as it was delivered.
        sheet: Its sheet, or None.
        row: The number that a person sees.
        cells: Column to value; empty for a row that is gone.
        source: `lake`; `extract` where the records were deleted and a sealed copy shows it; `gone`.
        findings: Places of the lead's findings that cite it.
        at: When, where the row says so.
    """

    table: str
    file: str
    sheet: str | None
    row: int
    cells: Mapping[str, object]
    source: Source
    findings: tuple[int, ...] = ()
    at: datetime | None = None

    @property
    def term(self) -> str:
        """The table's Chinese name."""
        return tables()[self.table].term if self.table in tables() else self.table

    def headed(self) -> list[tuple[str, object]]:
        """Return heading and value of every cell, in the order of the table."""
        return [(heading(self.table, name), value) for name, value in self.cells.items()]


@dataclass(frozen=True)
class Moment:
    """One row of the day of a vehicle or card.

    Attributes:
        at: When it began, or when it was recorded.
        until: When it ended, where the row says so.
        table: Lake table.
        cells: Column to value.
        lon: Degrees, WGS-84; None where nothing says where.
        lat: Degrees, WGS-84.
        place: What the place is called, or "".
        is_evidence: Whether the lead rests on this row.
    """

    at: datetime
    until: datetime | None
    table: str
    cells: Mapping[str, object]
    lon: float | None
    lat: float | None
    place: str
    is_evidence: bool

    @property
    def term(self) -> str:
        """The table's Chinese name."""
        return tables()[self.table].term


@dataclass(frozen=True)
class _Cited:
    """What is asked of the lake for one lead."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    findings: dict[Place, list[int]] = field(default_factory=dict)
    total: int = 0
    first: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Looked:
    """What a lead rests on and what lies around it.

    Attributes:
        rows: One page of its rows.
        total: How many it rests on.
        moments: The days around it.
    """

    rows: list[Row]
    total: int
    moments: list[Moment]


def evidence_of(lead: Lead, *, start: int = 0, most: int = MOST_ROWS) -> list[Row]:
    """Return the rows that a lead rests on, in the order of its findings.

    Args:
        lead: Who may see it sees them; ask `access` first.
        start: Rows to pass over, for the next page.
        most: Rows to return at most.
    """
    return looked_at(lead, start=start, most=most, with_days=False).rows


def rows_cited(lead: Lead) -> int:
    """Return how many rows a lead rests on."""
    return _cited(lead, 0, 0, 0).total


def around(lead: Lead) -> list[Moment]:
    """Return the days of a vehicle or card on which a lead's rows lie, by time; empty for other subjects.

    At most `MOST_DAYS` days and `MOST_AROUND` rows.
    """
    return looked_at(lead, most=0).moments


def looked_at(lead: Lead, *, start: int = 0, most: int = MOST_ROWS, with_days: bool = True) -> Looked:
    """Return a lead's rows (`evidence_of`) and the days around it (`around`), read from the lake once.

    Args:
        lead: Who may see it sees them; ask `access` first.
        start: Rows to pass over.
        most: Rows to return at most.
        with_days: Whether the days are wanted.
    """
    home, lake = records.home(), Lake(records.home())
    about_days = with_days and lead.subject_kind in ("plate", "card") and lead.tier != "C"
    cited = _cited(lead, start, most, MOST_ROWS if about_days else 0)
    newest, moments = lake.snapshot(), []
    with records.engine(home) as con:
        read = cited_rows(con, newest, [*cited.entries, *cited.first])
        if about_days:
            mine = map(place_of, cited.first)
            moments = _moments(con, newest, lead, {at: read[at] for at in mine if at in read})
        left = [entry for entry in cited.entries if place_of(entry) not in read]
        older = _older(lake, lead, newest) if left else None
        found = read | (cited_rows(con, older, left) if older else {})
    left = [entry for entry in left if place_of(entry) not in found]
    sealed = (extract_of(home, lead.key) or {}) if left else {}
    rows = [_row(lead, place_of(entry), cited, found, sealed) for entry in cited.entries]
    return Looked(rows, cited.total, moments)


def _moments(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, lead: Lead, rows: Mapping[Place, dict[str, Any]]
) -> list[Moment]:
    days = sorted({at.date() for place, row in rows.items() if (at := time_of(place[0], row))})[:MOST_DAYS]
    mine = {row["row_id"] for row in rows.values()}
    seen = days_of(con, snapshot, _wanted(lead, rows.values()), days=days, most=MOST_AROUND)
    return [_told(one, is_evidence=one.row["row_id"] in mine) for one in seen]


def _told(seen: Seen, *, is_evidence: bool) -> Moment:
    return Moment(
        at=seen.at,
        until=seen.until,
        table=seen.table,
        cells=_plain(seen.row),
        lon=seen.lon,
        lat=seen.lat,
        place=seen.place,
        is_evidence=is_evidence,
    )


def heading(table: str, column: str) -> str:
    """Return what a stored column is called in exports of its kind; its own name where nothing says."""
    if table not in tables():
        return column
    for declared in tables()[table].columns.values():
        if column in (name for name, _ in declared.stored()):
            tail = "尾号" if column.endswith("_last4") else ""
            if declared.type == "unit" and column != declared.name:
                return "对应单位"
            return (declared.headers[0] if declared.headers else column) + tail
    return column


def _older(lake: Lake, lead: Lead, newest: Snapshot) -> Snapshot | None:
    """Return the snapshot in which a lead was found, where that is another: registers are replaced."""
    number = kept_snapshot(lake.home, lead.snapshot)
    if number and number != newest.id and lake.catalog.has(int(number)):
        return lake.snapshot(number)
    return None


def _cited(lead: Lead, start: int, most: int, first: int) -> _Cited:
    """Read a lead's evidence finding by finding; keep one page of distinct rows, and the first so many."""
    kept: dict[Place, dict[str, Any]] = {}
    citing: dict[Place, list[int]] = {}
    begins: list[dict[str, Any]] = []
    seen: set[Place] = set()
    for place, evidence in lead.findings.values_list("place", "evidence").iterator(chunk_size=200):
        for entry in evidence:
            at = place_of(entry)
            if at not in seen:
                seen.add(at)
                if start < len(seen) <= start + most:
                    kept[at] = entry
                if len(seen) <= first:
                    begins.append(entry)
            if at in kept:
                citing.setdefault(at, []).append(place)
    return _Cited(list(kept.values()), citing, len(seen), begins)


def _row(
    lead: Lead,
    place: Place,
    cited: _Cited,
    found: Mapping[Place, Mapping[str, Any]],
    sealed: Mapping[Place, Mapping[str, object]],
) -> Row:
    if place in found:
        cells, at, source = _plain(found[place]), time_of(place[0], found[place]), "lake"
    else:
        cells, at, source = dict(sealed.get(place, {})), None, "extract" if place in sealed else "gone"
    if lead.tier == "C":
        cells = {name: value for name, value in cells.items() if _names_nobody(name, value)}
    return Row(*place, cells=cells, source=source, findings=tuple(cited.findings[place]), at=at)  # type: ignore[arg-type]


def _plain(row: Mapping[str, Any]) -> dict[str, object]:
    return {
        name: plain(value)
        for name, value in row.items()
        if value is not None and not HOUSEKEEPING.fullmatch(name)
    }


def _names_nobody(column: str, value: object) -> bool:
    """Whether a cell can be shown where nobody may be named: numbers, days, and text of known kinds."""
    if column in _SAYS_NOBODY:
        return True
    if column in NAMING or column.endswith("_last4"):
        return False
    return not isinstance(value, str) or not any(letter.isalpha() for letter in value)


def _wanted(lead: Lead, rows: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Return the plates, or the cards by their hash, whose day is asked for."""
    if lead.subject_kind == "plate":
        return {"plate_norm": {lead.subject_key}, "vehicle_plate_norm": {lead.subject_key}}
    return {"card_h": {str(row["card_h"]) for row in rows if row.get("card_h")}}
