"""The year, the month and the week as they are drawn. Pure, but for the work calendar that is given."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from qingfeng.desk.calendar.events import Event, Mark, Span
from qingfeng.organization.calendar import CalendarMissing, WorkCalendar

IN_A_CELL = 4
HEAT = (1, 5, 15, 40)
VIEWS = ("month", "week", "list")


@dataclass(frozen=True)
class Cell:
    """A day of the grid.

    Attributes:
        on: The day.
        events: What is due, in order.
        is_here: Whether it lies in the span that is looked at.
        is_today: Whether it is today.
        is_rest: Whether nobody works; None where the year's notice is not known.
    """

    on: date
    events: Sequence[Event] = field(default_factory=tuple)
    is_here: bool = True
    is_today: bool = False
    is_rest: bool | None = None

    @property
    def first(self) -> Sequence[Event]:
        """As many as a cell of a month has room for."""
        return self.events if len(self.events) <= IN_A_CELL else self.events[: IN_A_CELL - 1]

    @property
    def more(self) -> int:
        """How many there are besides."""
        return len(self.events) - len(self.first)


@dataclass(frozen=True)
class Month:
    """A month of the strip of the year: how much is due in it, and how warm that is against 0 to 4."""

    first: date
    count: int
    heat: int
    is_here: bool


def span_of(view: str, day: date) -> tuple[date, date]:
    """Return the first and last day of the week or month in which a day lies; a list is of a month."""
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def beside(view: str, day: date) -> tuple[date, date]:
    """Return a day in the week or month before, and one in that after."""
    first, last = span_of(view, day)
    return first - timedelta(days=1), last + timedelta(days=1)


def weeks_of(span: Span, events: Iterable[Event], today: date, work: WorkCalendar | None) -> list[list[Cell]]:
    """Return the days of a span as weeks from Monday to Sunday, filled up with days of other months."""
    by_day: dict[date, list[Event]] = {}
    for one in events:
        by_day.setdefault(one.on, []).append(one)
    first = span.since - timedelta(days=span.since.weekday())
    last = span.until + timedelta(days=6 - span.until.weekday())
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    cells = [
        Cell(on, by_day.get(on, ()), span.since <= on <= span.until, on == today, _is_rest(work, on))
        for on in days
    ]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def _is_rest(work: WorkCalendar | None, on: date) -> bool | None:
    try:
        return work.is_rest_day(on) if work else None
    except CalendarMissing:
        return None


def months_of(marks: Iterable[Mark], day: date) -> list[Month]:
    """Return the twelve months of a day's year with what is due in each."""
    counted = Counter(one.on.month for one in marks if one.on.year == day.year)
    return [
        Month(
            date(day.year, month, 1),
            counted[month],
            sum(counted[month] >= least for least in HEAT),
            month == day.month,
        )
        for month in range(1, 13)
    ]
