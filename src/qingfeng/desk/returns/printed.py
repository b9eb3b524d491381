"""A return as it is printed or exported: plain heads, lines and notes, hidden numbers as a sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.returns import computing, seeing
from qingfeng.desk.returns.grid import in_words, number, period_words, title_of
from qingfeng.desk.returns.models import Edition
from qingfeng.desk.returns.seeing import Seen
from qingfeng.look.said import dated
from qingfeng.organization.models import Unit

HIDDEN = "*"
PLACES = {"share": "0.0", "sum": "#,##0.00", "median": "#,##0.0", "count": "#,##0"}


@dataclass(frozen=True)
class PrintedLine:
    """A line: head, unit, numbers (None: nothing to say, `HIDDEN`: not shown), their number format."""

    title: str
    unit: str
    is_part: bool
    numbers: Sequence[Any]
    words: Sequence[str]
    places: str


@dataclass(frozen=True)
class Printed:
    """A table ready to be typeset.

    Attributes:
        heads: For every column its head, and the head above.
        overs: Heads above with how many columns each spans; empty where there are none.
        about: (what, words) pairs of the second sheet: definition, period, day of counting, digests.
        signers: (part, name, day) of the three signatures.
    """

    title: str
    issuer: str
    period: str
    heads: Sequence[str]
    overs: Sequence[tuple[str, int]]
    lines: Sequence[PrintedLine]
    notes: Sequence[str]
    about: Sequence[tuple[str, str]]
    signers: Sequence[tuple[str, str, str]]
    name: str


def printed(edition: Edition, seen: Seen, *, for_outside: bool) -> Printed:
    """Return a return as it goes out.

    Args:
        edition: Which.
        seen: As its reader sees it.
        for_outside: Hide small cells too, as for readers outside.
    """
    grid, said = seen.grid, computing.said_of(edition)
    gone = set(seen.hidden)
    if for_outside:
        gone |= seeing.outside(edition, grid)
        grid = grid.unranked
    lines = []
    for line in grid.lines:
        spots = [(line.key, column.key) for column in grid.columns]
        cells = [grid.cell(*spot) for spot in spots]
        kind = line.measure.kind if line.measure else "share"
        numbers = [
            HIDDEN if spot in gone else number(cell, line) for spot, cell in zip(spots, cells, strict=True)
        ]
        words = [
            HIDDEN if spot in gone else in_words(cell, line) for spot, cell in zip(spots, cells, strict=True)
        ]
        lines.append(PrintedLine(line.title, line.unit, line.is_part, numbers, words, PLACES[kind]))
    overs = [(over, len(list(group))) for over, group in groupby(column.over for column in grid.columns)]
    office = Unit.objects.filter(is_ours=True, kind=Unit.Kind.COMMISSION).first()
    return Printed(
        title_of(said, edition.office),
        office.name if office else "",
        period_words(edition.since, edition.until),
        [column.title for column in grid.columns],
        overs if any(over for over, _n in overs) else [],
        lines,
        _notes(edition, seen, hides=bool(gone & grid.cells.keys())),
        _about(edition, seen),
        signers(edition),
        f"{said.title} {edition.slug}",
    )


def _notes(edition: Edition, seen: Seen, *, hides: bool) -> list[str]:
    said = computing.said_of(edition)
    found = [said.notes] if said.notes else []
    if hides:
        found.append(
            _("* not shown: fewer than %(least)s, or from it such a number could be worked out.")
            % {"least": said.least}
        )
    if seen.mode == "own":
        found.append(
            _("Counted for the reader over what they may know of; these are not the numbers signed.")
        )
    if not edition.is_frozen:
        found.append(_("Not signed: a draft."))
    found += [
        _("Left out, for this house does not count it: %(title)s.") % {"title": one}
        for one in seen.grid.absent
    ]
    return found


def _about(edition: Edition, seen: Seen) -> list[tuple[str, str]]:
    definition = edition.definition
    local = timezone.localtime(edition.counted_at) if edition.counted_at else None
    found = [
        (pgettext("return", "Definition"), f"{definition.title} · {_('version')} {definition.version}"),
        (_("Digest of the definition"), definition.digest),
        (pgettext("return", "Period"), period_words(edition.since, edition.until)),
        (pgettext("return", "Edition"), str(edition.no)),
        (pgettext("return", "As of"), dated(edition.as_of)),
        (pgettext("return", "Counted"), f"{local:%Y-%m-%d %H:%M}" if local and seen.is_stored else "—"),
        (_("Digest of the numbers"), edition.digest if seen.is_stored else "—"),
        (_("Entry in the journal"), str(edition.entry_id or "—") if seen.is_stored else "—"),
    ]
    told = {line.key[0]: line for line in reversed(seen.grid.lines) if not line.is_part}
    for line in reversed(told.values()):
        says = str(line.measure.says) if line.measure else _share_words(line.row, told)
        found.append((line.title, says))
    return found


def _share_words(row: Any, told: Any) -> str:
    part, whole = told.get(row.part), told.get(row.whole)
    return f"{part.title if part else row.part} ÷ {whole.title if whole else row.whole}"


def signers(edition: Edition) -> list[tuple[str, str, str]]:
    """Return the three signatures: part, name, day; empty where nobody has signed yet."""
    parts = (
        (_("Filled in by"), edition.filled_by, edition.filled_at),
        (_("Reviewed by"), edition.reviewed_by, edition.reviewed_at),
        (_("Answers for it"), edition.signed_by, edition.signed_at),
    )
    return [
        (words, str(who.name) if who else "", f"{timezone.localtime(at):%Y-%m-%d}" if at else "")
        for words, who, at in parts
    ]
