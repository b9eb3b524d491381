"""Quarters of the calendar, as names on an axis. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 3
OF_YEAR = 4


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter: year and number, 1 to 4."""

    year: int
    no: int

    def __str__(self) -> str:
        return f"{self.year}Q{self.no}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, MONTHS * (self.no - 1) + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Quarter:
        """The next one."""
        return Quarter(self.year + self.no // OF_YEAR, self.no % OF_YEAR + 1)

    @property
    def before(self) -> Quarter:
        """The one before."""
        return quarter_of(self.first - timedelta(days=1))


def quarter_of(on: date) -> Quarter:
    """Return the quarter of a day."""
    return Quarter(on.year, (on.month - 1) // MONTHS + 1)


def quarters_until(on: date, count: int) -> Sequence[Quarter]:
    """Return so many quarters, in order, the last of them that of a day."""
    found = [quarter_of(on)]
    while len(found) < count:
        found.append(found[-1].before)
    return found[::-1]


def quarter_in(text: str) -> Quarter | None:
    """Return the quarter that a text names as `2026Q1`, None for any other text."""
    year, mark, no = text.partition("Q")
    known = bool(mark) and year.isdigit() and len(year) == 4 and no in {"1", "2", "3", "4"}
    return Quarter(int(year), int(no)) if known and int(year) > 0 else None


def months_around(month: date, count: int) -> tuple[list[date], list[date]]:
    """Return so many whole months before a month and after it, each in order; itself is in neither."""
    before, after = [], []
    one = month.replace(day=1)
    for _ in range(count):
        one = (one - timedelta(days=1)).replace(day=1)
        before.append(one)
    one = month.replace(day=1)
    for _ in range(count):
        one = (one + timedelta(days=32)).replace(day=1)
        after.append(one)
    return before[::-1], after
