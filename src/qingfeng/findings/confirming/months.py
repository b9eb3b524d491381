"""Which months count as before a letter and which as after it; whole months only. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

MOST_BEFORE = 12  # older months say little about how a unit works now


@dataclass(frozen=True)
class Periods:
    """Months around a letter, as 2026-01, in order.

    Attributes:
        before: At most twelve before the letter, without those that gave rise to it.
        trigger: Those that gave rise to it; shown, never counted.
        between: From the letter to the day by which the unit was to mend; shown, never counted.
        after: Whole months after that day of which there are records.
    """

    before: tuple[str, ...] = ()
    trigger: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, in order, without gaps."""
        some = sorted({*self.before, *self.trigger, *self.between, *self.after})
        return tuple(months_from(some[0], some[-1])) if some else ()


def periods_of(
    known: Collection[str],
    *,
    until: date,
    written_on: date,
    mend_by: date | None,
    trigger: tuple[date | None, date | None],
) -> Periods:
    """Return the months around a letter.

    Args:
        known: Months of which there are records. The last whole month without any is left out: records a
            month late are no gap.
        until: Last day of the records; its month counts once it is over.
        written_on: Civil date of the letter.
        mend_by: Civil date by which the unit was to mend; None where nobody has said it yet.
        trigger: First and last day of what gave rise to the letter; None where that is not said.
    """
    last = last_whole_month(until)
    months = [one for one in months_from(min(known), last) if one <= last] if known else []
    if months and months[-1] not in known:
        months.pop()
    since, to = trigger
    caused = {one for one in months if since and to and f"{since:%Y-%m}" <= one <= f"{max(since, to):%Y-%m}"}
    before = [one for one in months if one < f"{written_on:%Y-%m}" and one not in caused]
    first_after = _month_after(max(mend_by or until, written_on))
    return Periods(
        before=tuple(before[-MOST_BEFORE:]),
        trigger=tuple(sorted(caused)),
        between=tuple(
            one for one in months if f"{written_on:%Y-%m}" <= one < first_after and one not in caused
        ),
        after=tuple(one for one in months if one >= first_after and one not in caused) if mend_by else (),
    )


def last_whole_month(until: date) -> str:
    """Return the last month that is over on a day, as 2026-01."""
    tomorrow = until + timedelta(days=1)
    return f"{until:%Y-%m}" if tomorrow.day == 1 else f"{until.replace(day=1) - timedelta(days=1):%Y-%m}"


def months_from(first: str, last: str) -> list[str]:
    """Return every month from one to another, both inclusive."""
    found = []
    while first <= last:
        found.append(first)
        first = _next(first)
    return found


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"


def _month_after(day: date) -> str:
    """Return the first month that begins after a day."""
    return _next(f"{day:%Y-%m}")
