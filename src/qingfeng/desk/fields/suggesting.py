"""What may be worth a topic: cells of field and kind of office that stand out in the last two quarters.

Each source is held against as many days before, with an interval; doubts found to be so also against the
other kinds of office. What stands out is a question. Cells under five are hidden, and no number of a field as
a whole stands beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.quarters import quarters_until
from qingfeng.matters import access
from qingfeng.mechanisms.common import AREA_OF_EXPENSE, AREAS, OFFICE_KINDS
from qingfeng.mechanisms.topic import numbers
from qingfeng.mechanisms.topic.fields import SOURCES
from qingfeng.mechanisms.topic.numbers import Cell, Days, Sums
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.correction import Change

QUARTERS = 2
FAMILIES = {
    "vehicle_use": gettext_lazy("Use of official vehicles"),
    "vehicle_cost": gettext_lazy("Costs of official vehicles"),
    "reception": gettext_lazy("Official receptions"),
    "cards": gettext_lazy("Cards and coupons"),
    "travel": gettext_lazy("Official travel"),
    "scenic": gettext_lazy("Scenic places and lodging"),
    "invoice": gettext_lazy("Invoices and vouchers"),
    "pay": gettext_lazy("Pay and allowances of staff"),
    "union": gettext_lazy("Funds of unions"),
}
"""Kinds of expense, as families of rules."""


@dataclass(frozen=True)
class Source:
    """One source of a cell: the period, the days before, and what stands out."""

    sums: Sums
    elsewhere: Change | None
    href: str
    name: str

    @property
    def now(self) -> str:
        """The number of the period, hidden where it is small."""
        return _("under 5") if self.sums.now is None else str(self.sums.now)

    @property
    def before(self) -> str:
        """The number of the days before."""
        return _("under 5") if self.sums.before is None else str(self.sums.before)

    @property
    def is_open(self) -> bool:
        """Whether the number opens its rows."""
        return bool(self.sums.now)

    @property
    def whys(self) -> list[str]:
        """Why it stands out; empty where it does not."""
        found = []
        if self.sums.stands_out and self.sums.change:
            found.append(_ratio(_("more than before: %(ratio)s times"), self.sums.change))
        if self.elsewhere is not None and self.elsewhere.low > 1 and (self.sums.now or 0) >= numbers.LEAST:
            found.append(_ratio(_("more than other kinds of office have: %(ratio)s times"), self.elsewhere))
        return found


def _ratio(words: str, told: Change) -> str:
    return words % {"ratio": f"{told.ratio:.1f} ({told.low:.1f}–{min(told.high, 999):.1f})"}


@dataclass(frozen=True)
class Suggestion:
    """A field and a kind of office with its sources side by side."""

    area: str
    office_kind: str
    sources: Sequence[Source]
    days: Days

    @property
    def title(self) -> str:
        """What it is about."""
        office = dict(OFFICE_KINDS).get(self.office_kind, "")
        return f"{dict(AREAS)[self.area]} · {office}"

    @property
    def stands_out(self) -> bool:
        """Whether at least one of its sources does."""
        return any(one.whys for one in self.sources)

    @property
    def weight(self) -> float:
        """How much it stands out at the careful end: the greatest lower end of its ratios."""
        told = [one.sums.change for one in self.sources if one.sums.stands_out]
        told += [one.elsewhere for one in self.sources if one.whys and one.elsewhere]
        return max((one.low for one in told if one), default=0.0)

    @property
    def asks(self) -> str:
        """The question that it is."""
        said = "；".join(f"{one.name} {why}" for one in self.sources for why in one.whys)
        return _("Why is that: %(said)s?") % {"said": said}

    @property
    def propose_at(self) -> str:
        """The address of the form that proposes it, filled in as far as the numbers go."""
        told = {
            "area": self.area,
            "office_kind": self.office_kind,
            "seen_from": self.days.since.isoformat(),
            "seen_until": self.days.until.isoformat(),
            "why_now": self.asks,
            "act-title": self.title,
        }
        kinds = sorted({one.sums.cell.source for one in self.sources if one.whys})
        query = urlencode({**told, "sources": kinds}, doseq=True)
        return f"{reverse('desk:new', kwargs={'kind': 'topic'})}?{query}"


@dataclass(frozen=True)
class Suggesting:
    """What a reader may see of all fields, in the last two whole quarters."""

    viewer: Viewer

    @cached_property
    def asked(self) -> Asked:
        """Every field."""
        return Asked(self.viewer, "", self.viewer.on)

    @cached_property
    def days(self) -> Days:
        """The last two whole quarters."""
        last = quarters_until(self.viewer.on, QUARTERS + 1)
        return Days(last[0].first, last[-2].last)

    @cached_property
    def _sums(self) -> tuple[Counter[Cell], Counter[Cell]]:
        matters, leads = self.asked.matters, self.asked.leads
        return numbers.counted(matters, leads, self.days), numbers.counted(matters, leads, self.days.before)

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Cells that stand out, those that do so most surely first."""
        found = [one for one in self._every() if one.stands_out]
        return sorted(found, key=lambda one: (-one.weight, one.area, one.office_kind))

    @cached_property
    def looked_at(self) -> int:
        """How many cells were looked at."""
        return sum(1 for _one in self._every())

    def _every(self) -> Iterator[Suggestion]:
        now, before = self._sums
        places = {(one.area, one.office_kind) for one in (*now, *before) if one.office_kind}
        for area, office_kind in sorted(places):
            if area in dict(AREAS):
                cells = self._cells(area, office_kind)
                yield Suggestion(area, office_kind, [self._source(one) for one in cells], self.days)

    def _cells(self, area: str, office_kind: str) -> list[Cell]:
        now, before = self._sums
        there = {one for one in (*now, *before) if one.area == area}
        mine = {one for one in there if one.office_kind == office_kind}
        cards = {one for one in there if one.source == "pattern"}
        return sorted(mine | cards)

    def _source(self, cell: Cell) -> Source:
        now, before = self._sums
        sums = numbers.compared(now, before, cell, self.days)
        names = dict(SOURCES)
        name = str(names[cell.source])
        if cell.family:
            name = f"{name} · {FAMILIES.get(cell.family, cell.family)}"
        return Source(sums, self._elsewhere(cell), self._address(cell), name)

    def _address(self, cell: Cell) -> str:
        of = Asked(self.viewer, cell.area, self.viewer.on)
        days = {"since": self.days.since.isoformat(), "until": self.days.until.isoformat()}
        return of.rows_at(cell.source, None, office=cell.office_kind, family=cell.family, **days)

    def _elsewhere(self, cell: Cell) -> Change | None:
        """Hold a kind of office against the others; not for who sees a part of the doubts only."""
        if cell.source != "finding" or not self.asked.sees_every_lead:
            return None
        return numbers.elsewhere(self._sums[0], self._exposed, cell)

    @cached_property
    def _exposed(self) -> numbers.Exposed:
        return numbers.exposed(self.days, access.bound_by(self.viewer)[0])


def fields_without_numbers() -> list[str]:
    """Return the fields of work of which no records are screened: nothing stands out there by itself."""
    there = set(AREA_OF_EXPENSE.values())
    return [str(name) for key, name in AREAS if key not in there]
