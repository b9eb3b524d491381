"""Cells in the order in which they stand out, with their intervals drawn, verified and raw apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.prone import words
from qingfeng.desk.prone.asked import Asked
from qingfeng.findings.prone.cells import Cell, Table
from qingfeng.findings.prone.rates import Change, Rate
from qingfeng.look import said, sheets
from qingfeng.plain.suppression import is_small

MOST = 20
MOST_RULES = 3
SCALE = 6.0  # the drawing goes to six times the common rate; what lies beyond ends at its edge
ROOM = 120
HUNDRED = 100


@dataclass(frozen=True)
class Interval:
    """An interval as it is drawn: where the line begins and ends, the dot, and the common rate."""

    low: float
    high: float
    mean: float
    common: float
    is_cut: bool


@dataclass(frozen=True)
class Ranked:
    """One cell in the list.

    Attributes:
        no: Its place.
        name: What it is called.
        drawn: Its interval.
        ratio: Times the common rate, in words.
        rate: In the unit of its exposure, in words; "" over several kinds of expense.
        sure: Probability of being above 1.5 times the common rate, in words.
        change: Last quarter against the one before.
        needs: How much more would be needed, "" where it is enough.
        reasons: Why it stands out, a sentence each; none where it does not.
    """

    no: int
    name: str
    cell: Cell
    drawn: Interval
    ratio: str
    rate: str
    sure: str
    change: str
    needs: str
    verified_at: str
    raw_at: str
    reasons: Sequence[str] = ()

    @property
    def exposure(self) -> str:
        """What it is exposed to."""
        return words.exposure(self.cell.exposure, self.cell.counts)


def ranked(asked: Asked, found: Table) -> list[Ranked]:
    """Return the cells that may be shown and say most, in order."""
    told = [one for one in found.shown if one.believed and (one.verified or one.stands_out)]
    return [
        _one(asked, found.by, no, one, one.believed) for no, one in enumerate(told[:MOST], 1) if one.believed
    ]


def _one(asked: Asked, by: Sequence[str], no: int, cell: Cell, known: Rate) -> Ranked:
    return Ranked(
        no,
        words.cell_name(by, cell.key),
        cell,
        drawn(known),
        words.between(known.mean, known.low, known.high),
        _rate(cell),
        _("%(share)s %%") % {"share": said.number(HUNDRED * known.raised, 0)},
        change_in_words(cell.change),
        needs_in_words(cell, known),
        asked.rows_at("verified", by, cell.key),
        asked.rows_at("raw", by, cell.key),
        list(reasons(by, cell)) if cell.stands_out else (),
    )


def reasons(by: Sequence[str], cell: Cell) -> Iterator[str]:
    """Yield why a cell stands out: what was expected, what found it, whether one unit alone carries it."""
    yield _("%(count)s verified where the common rate expects %(expected)s.") % {
        "count": said.number(cell.verified),
        "expected": said.number(cell.expected, 1),
    }
    if "rule" not in by:
        rules = [*_rules(cell)]
        further = len(rules) - MOST_RULES
        more = [_("%(count)s further rules") % {"count": further}] if further > 0 else []
        yield _("Found by: %(rules)s.") % {"rules": words.listed([*rules[:MOST_RULES], *more])}
    if "unit" not in by:
        yield (
            _("In %(count)s units.") % {"count": said.number(cell.units)}
            if cell.units > 1
            else _("All in one unit: that may be more about this unit than about the area.")
        )


def _rules(cell: Cell) -> Iterator[str]:
    """Yield rules with how many each; without numbers where one is small, for the others would tell it."""
    is_told = len(cell.rules) == 1 or not any(is_small(count) for _rule, count in cell.rules)
    for rule, count in cell.rules:
        name = words.value_name("rule", rule)
        yield f"{name} {said.number(count)}" if is_told else name


def drawn(known: Rate) -> Interval:
    """Return an interval as it is drawn."""

    def at(value: float) -> float:
        return round(min(value, SCALE) / SCALE * ROOM, 1)

    return Interval(at(known.low), at(known.high), at(known.mean), at(1.0), known.high > SCALE)


def _rate(cell: Cell) -> str:
    if cell.rate is None or cell.counts == "expected":
        return ""
    low, high = HUNDRED * (cell.low or 0.0), HUNDRED * (cell.high or 0.0)
    return _("%(rate)s per 100 %(unit)s") % {
        "rate": words.between(HUNDRED * cell.rate, low, high),
        "unit": words.COUNTS[cell.counts],
    }


def change_in_words(change: Change | None) -> str:
    """Return how the last quarter compares with the one before."""
    if change is None:
        return pgettext("prone areas", "cannot be compared")
    if change.ratio is None or change.high is None:
        return _("none the quarter before; now at least %(low)s times") % {"low": said.number(change.low, 2)}
    return _("%(ratio)s times") % {"ratio": words.between(change.ratio, change.low, change.high)}


def needs_in_words(cell: Cell, known: Rate) -> str:
    """Return how much more would be needed until the interval says something."""
    if known.is_telling or not cell.needs:
        return ""
    return _("about %(more)s %(unit)s more, or %(count)s more verified") % {
        "more": said.number(cell.needs, 0 if cell.needs >= 1 else 1),
        "unit": words.COUNTS[cell.counts],
        "count": known.missing,
    }


def signed(asked: Asked, rows: Sequence[Ranked], note: str) -> str:
    """Return the list for the file buttons."""
    heads = [
        pgettext("prone areas", "Cell"),
        pgettext("prone areas", "verified"),
        pgettext("prone areas", "found"),
        _("Exposure"),
        _("Unit of exposure"),
        _("Times the common rate"),
        pgettext("prone areas", "lower end (90 %)"),
        pgettext("prone areas", "upper end (90 %)"),
        _("Above 1.5 times, in per cent"),
        _("Last quarter against the one before"),
        _("What more would be needed"),
    ]
    lines: list[list[Any]] = [_line(one) for one in rows]
    title = _("Prone areas: %(since)s to %(until)s") % {
        "since": said.dated(asked.period.since),
        "until": said.dated(asked.period.until),
    }
    return sheets.packed(sheets.Sheet(title, [str(one) for one in heads], lines, note))


def _line(one: Ranked) -> list[Any]:
    known = one.cell.believed
    figures = [round(value, 4) for value in (known.mean, known.low, known.high)] if known else [None] * 3
    return [
        one.name,
        one.cell.verified,
        one.cell.raw,
        round(one.cell.exposure, 2),
        str(words.COUNTS[one.cell.counts]),
        *figures,
        round(HUNDRED * known.raised, 1) if known else None,
        one.change,
        one.needs,
    ]
