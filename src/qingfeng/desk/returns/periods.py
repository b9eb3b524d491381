"""Periods of returns: months, quarters, half-years, years, any days; and the periods set beside one. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("month", "quarter", "half", "year", "custom")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
BESIDE = ("this", "last", "year_ago", "cumulative")
"""Periods that stand side by side: this one, the one before, the same of last year, since 1 January."""
SLUG = re.compile(r"^(\d{4})(?:m(\d{2})|q([1-4])|h([12]))?$")
FIRST, MOST_YEARS = 1900, 10  # what lies before, or spans more, is no period of a return
CUSTOM = re.compile(r"^(\d{8})-(\d{8})$")


@dataclass(frozen=True)
class Days:
    """Civil days, both inclusive."""

    since: date
    until: date


def of_slug(kind: str, slug: str) -> Days | None:
    """Return the period that a word in an address names: `2026`, `2026h1`, `2026q3`, `2026m09`, or days.

    Args:
        kind: One of `KINDS`; a word of another kind names nothing.
        slug: The word.
    """
    if kind == "custom":
        found = CUSTOM.match(slug)
        try:
            days = Days(*(date.fromisoformat(one) for one in found.groups())) if found else None
        except ValueError:
            return None
        if days is None or days.since > days.until or days.since.year < FIRST:
            return None
        return days if days.until.year - days.since.year <= MOST_YEARS else None
    told = SLUG.match(slug)
    if told is None:
        return None
    year, places = int(told[1]), {"month": told[2], "quarter": told[3], "half": told[4]}
    given = [(name, int(place)) for name, place in places.items() if place]
    name, place = given[0] if given else ("year", 1)
    if name != kind or not 1 <= place <= 12 // MONTHS[kind] or year < FIRST:
        return None
    return _spanning(year, (place - 1) * MONTHS[kind] + 1, MONTHS[kind])


def slug_of(kind: str, days: Days) -> str:
    """Return the word that names a period in an address."""
    since = days.since
    if kind == "custom":
        return f"{since:%Y%m%d}-{days.until:%Y%m%d}"
    place = (since.month - 1) // MONTHS[kind] + 1
    ends = {"month": f"m{since.month:02d}", "quarter": f"q{place}", "half": f"h{place}", "year": ""}
    return f"{since.year}{ends[kind]}"


def last_ended(kind: str, on: date) -> Days:
    """Return the last period of a kind that had ended before a day; for `custom` the month before."""
    months = MONTHS.get(kind, 1)
    place = (on.month - 1) // months
    this = _spanning(on.year, place * months + 1, months)
    return before(kind, this)


def before(kind: str, days: Days) -> Days:
    """Return the period before one; for `custom` as many days directly before."""
    if kind == "custom":
        long = days.until - days.since + timedelta(days=1)
        return Days(days.since - long, days.until - long)
    months = MONTHS[kind]
    first = days.since.year * 12 + days.since.month - 1 - months
    return _spanning(first // 12, first % 12 + 1, months)


def beside(kind: str, days: Days, which: str) -> Days:
    """Return the period that stands beside one: see `BESIDE`."""
    if which == "last":
        return before(kind, days)
    if which == "year_ago":
        return Days(_year_before(days.since), _year_before(days.until))
    if which == "cumulative":
        return Days(date(days.since.year, 1, 1), days.until)
    return days


def _year_before(day: date) -> date:
    is_last = day.day == monthrange(day.year, day.month)[1]
    year = day.year - 1
    last = monthrange(year, day.month)[1]
    return date(year, day.month, last if is_last else min(day.day, last))


def _spanning(year: int, month: int, months: int) -> Days:
    end = year * 12 + month - 1 + months - 1
    last = monthrange(end // 12, end % 12 + 1)[1]
    return Days(date(year, month, 1), date(end // 12, end % 12 + 1, last))
