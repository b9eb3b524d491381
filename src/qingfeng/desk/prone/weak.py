"""Weak points of our own checking (查纠工作薄弱点) by place and month: where nobody looked, what is late.

The other half of prone areas: where nothing was verified, either nothing is there or nobody looked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.prone import words
from qingfeng.desk.prone.asked import Asked
from qingfeng.findings.access import VERIFICATION
from qingfeng.findings.prone.asked import Question
from qingfeng.look import sheets
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, Matter, Party

Cell = tuple[str, str]  # place, month


@dataclass(frozen=True)
class Seen:
    """A place in a month.

    Attributes:
        units: Units of the register there.
        supplied: Of these, units of which records were screened.
        visits: Verifications opened of units there.
        late: Duties of verifications there that were due then and were or are late.
    """

    units: int
    supplied: int
    visits: int
    late: int

    @property
    def is_blank(self) -> bool:
        """Whether nobody looked."""
        return self.supplied == 0

    @property
    def shade(self) -> int:
        """0 for nothing seen to 3 for all of it."""
        return -(-3 * self.supplied // self.units) if self.units else 0

    @property
    def says(self) -> str:
        """The same in words."""
        told = _("records of %(supplied)s of %(units)s units, %(visits)s verifications opened") % {
            "supplied": self.supplied,
            "units": self.units,
            "visits": self.visits,
        }
        return told + (_(", %(late)s duties late") % {"late": self.late} if self.late else "")


@dataclass(frozen=True)
class Weak:
    """The grid, and where nobody looked at all.

    Attributes:
        months: Heads of the columns.
        rows: Place, its cells, units never verified there in the period.
        blank: How many cells nobody looked at.
        late: Duties that were or are late.
    """

    months: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Seen], int]]
    blank: int
    late: int
    signed: str


def weak(asked: Asked) -> Weak:
    """Return what is weak by place and month; five queries."""
    question = asked.of(("place", "month"))
    months = [one.isoformat() for one in question.months]
    units = _units(question)
    verifications = _verifications(asked)
    supplied = _supplied(question)
    visits, late = _visits(asked, question, verifications), _late(asked, question, verifications)
    visited = {unit for (unit, _month) in visits}
    rows = []
    for place in sorted({*units}, key=lambda one: (not one, one)):
        some = units[place]
        cells = [
            Seen(
                len(some),
                sum((one, month) in supplied for one in some),
                sum(visits[one, month] for one in some),
                sum(late[one, month] for one in some),
            )
            for month in months
        ]
        rows.append((words.value_name("place", place), cells, sum(one not in visited for one in some)))
    blank = sum(one.is_blank for _place, cells, _never in rows for one in cells)
    heads = [words.month(one)[2:] for one in months]
    return Weak(heads, rows, blank, sum(late.values()), _signed(heads, rows))


def _units(question: Question) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in question.registered:
        found[question.units[name].place].append(name)
    return found


def _supplied(question: Question) -> set[Cell]:
    """Return units and months of which records were screened."""
    rows = question.exposures().values_list("unit_name", "month").distinct()
    return {(unit, month.isoformat()) for unit, month in rows}


def _names(question: Question) -> dict[int, str]:
    """Return the names of the units of the grid, by key."""
    some = (question.units[name] for name in question.registered)
    return {one.unit_id: one.name for one in some if one.unit_id}


def _verifications(asked: Asked) -> Any:
    rows = access.visible(asked.viewer).filter(mechanism=VERIFICATION, standing=Matter.Standing.VALID)
    return rows.order_by().values("pk")


def _visits(asked: Asked, question: Question, verifications: Any) -> Counter[Cell]:
    """Return how many verifications were opened, by unit and month."""
    names = _names(question)
    rows = Party.objects.filter(
        role="unit",
        unit__in=names,
        matter__in=verifications,
        matter__opened_on__gte=question.months[0],
        matter__opened_on__lte=asked.period.until,
    )
    return Counter(
        (names[unit], _month(on)) for unit, on in rows.values_list("unit", "matter__opened_on").distinct()
    )


def _late(asked: Asked, question: Question, verifications: Any) -> Counter[Cell]:
    """Return how many duties of verifications were or are late, by unit and the month they were due."""
    names = _names(question)
    is_late = Q(state=ClockRun.State.RUNNING, due_on__lt=asked.viewer.on) | Q(
        state=ClockRun.State.STOPPED, met=False
    )
    runs = ClockRun.objects.filter(is_late, matter__in=verifications)
    runs = runs.filter(due_on__gte=question.months[0], due_on__lte=asked.period.until)
    rows = runs.filter(matter__parties__role="unit", matter__parties__unit__in=names)
    return Counter(
        (names[unit], _month(on))
        for unit, on, _pk in rows.values_list("matter__parties__unit", "due_on", "pk").distinct()
    )


def _month(on: date) -> str:
    return on.replace(day=1).isoformat()


def _signed(months: Sequence[str], rows: Sequence[tuple[str, Sequence[Seen], int]]) -> str:
    heads = [str(words.DIMENSIONS["place"]), *months, _("Units never verified")]
    lines: list[list[Any]] = [
        [place, *(f"{one.supplied}/{one.units}" for one in cells), never] for place, cells, never in rows
    ]
    title = pgettext("prone areas", "Units whose records were screened, by place and month")
    return sheets.packed(sheets.Sheet(title, heads, lines))
