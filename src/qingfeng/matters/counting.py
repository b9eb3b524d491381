"""Counting of deadlines, with every step kept: what started it, what was skipped and why. Pure.

The day of the event is not counted; a last day that is a rest day moves to the next day that is
not one (a switch of the district). Working days skip rest days. A pause adds the days it lasted, an
extension its days; both in the clock's own kind of day (months count them as calendar days).

Law:
    民法典 Art. 201-203, by analogy; the clocks name their own provisions.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

Kind = Literal["days", "working_days", "months", "until"]
RestDay = Callable[[date], str]  # why a day is a rest day, "" if it is not
SHORTEST_MONTH = 28  # days that every month has
FAR = 3660  # days after which something is wrong with a calendar rather than far away


@dataclass(frozen=True)
class Pause:
    """A time that does not count: from a day, inclusive, until a day, exclusive; None while it lasts."""

    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Extension:
    """Days added with somebody's approval, in the clock's own kind of day."""

    days: int
    approved_by: str
    on: date
    reason: str = ""


@dataclass(frozen=True)
class Rule:
    """How a clock counts: `amount` of `kind`; for `until`, `day` is the due date itself."""

    kind: Kind
    amount: int = 0
    day: date | None = None
    moves: bool = True


@dataclass(frozen=True)
class Working:
    """A due date with its working.

    Attributes:
        rule: How it was counted.
        started_on: The day of the event; not counted.
        due_on: The last day, inclusive; None while paused.
        skipped: Rest days that were passed over, with the reason, in order.
        pauses: Times that did not count.
        extensions: Days added.
        calendar: Version of the work calendar it was counted with.
    """

    rule: Rule
    started_on: date
    due_on: date | None
    skipped: tuple[tuple[date, str], ...] = ()
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    calendar: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the working as plain JSON data."""
        return {
            "rule": {
                "kind": self.rule.kind,
                "amount": self.rule.amount,
                "day": self.rule.day.isoformat() if self.rule.day else None,
                "moves": self.rule.moves,
            },
            "started_on": self.started_on.isoformat(),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "skipped": [[day.isoformat(), why] for day, why in self.skipped],
            "pauses": [
                [one.from_on.isoformat(), one.until_on.isoformat() if one.until_on else None]
                for one in self.pauses
            ],
            "extensions": [
                {
                    "days": one.days,
                    "approved_by": one.approved_by,
                    "on": one.on.isoformat(),
                    "reason": one.reason,
                }
                for one in self.extensions
            ],
            "calendar": self.calendar,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Working:
        """Return the working that `as_json` gave."""
        rule = data["rule"]
        return cls(
            rule=Rule(rule["kind"], rule["amount"], _day(rule["day"]), moves=rule["moves"]),
            started_on=date.fromisoformat(data["started_on"]),
            due_on=_day(data["due_on"]),
            skipped=tuple((date.fromisoformat(day), why) for day, why in data["skipped"]),
            pauses=tuple(Pause(date.fromisoformat(one), _day(other)) for one, other in data["pauses"]),
            extensions=tuple(
                Extension(one["days"], one["approved_by"], date.fromisoformat(one["on"]), one["reason"])
                for one in data["extensions"]
            ),
            calendar=data["calendar"],
        )

    def recomputed(self) -> Working:
        """Return the working counted again from what it kept alone; the due date must be the same."""
        rest = dict(self.skipped)
        return count(
            self.rule,
            self.started_on,
            lambda day: rest.get(day, ""),
            pauses=self.pauses,
            extensions=self.extensions,
            calendar=self.calendar,
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def count(
    rule: Rule,
    started_on: date,
    rest_day: RestDay,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    calendar: str = "",
) -> Working:
    """Count a due date.

    Args:
        rule: Days, working days, months, or a due date given.
        started_on: Civil date of the event; not counted.
        rest_day: Says why a day is a rest day, "" if it is not.
        pauses: Times that do not count, in order, not overlapping.
        extensions: Days added.
        calendar: Version of the work calendar behind `rest_day`.

    Returns:
        The working; `due_on` is None while the last pause lasts.

    Raises:
        ValueError: If an amount is negative, or no working day is found within ten years.
    """
    if rule.amount < 0 or any(one.days < 1 for one in extensions):
        raise ValueError("A period counts forwards: give amounts of at least 0 and extensions of at least 1.")
    parts = {"pauses": tuple(pauses), "extensions": tuple(extensions), "calendar": calendar}
    if any(one.until_on is None for one in pauses):
        return Working(rule, started_on, None, **parts)  # type: ignore[arg-type]
    skipped: list[tuple[date, str]] = []
    added = sum(one.days for one in extensions)
    if rule.kind == "working_days":
        due = _working_days(started_on, rule.amount + added, rest_day, pauses, skipped)
    else:
        due = _plain_end(rule, started_on) + timedelta(days=added + sum(_lasted(one) for one in pauses))
        if rule.moves and rule.kind != "until":
            due = _moved(due, rest_day, skipped)
    return Working(rule, started_on, due, tuple(skipped), **parts)  # type: ignore[arg-type]


def _lasted(pause: Pause) -> int:
    return max(((pause.until_on or pause.from_on) - pause.from_on).days, 0)


def _plain_end(rule: Rule, started_on: date) -> date:
    if rule.kind == "until":
        if rule.day is None:
            raise ValueError("A clock that ends on a given day needs that day.")
        return rule.day
    if rule.kind == "days":
        return started_on + timedelta(days=rule.amount)
    return months_after(started_on, rule.amount)


def next_in_month(after: date, day: int, months: Sequence[int] = ()) -> date:
    """Return the next day of the month, 1 to 28, that lies after a day.

    Args:
        after: The day before, exclusive.
        day: Day of the month.
        months: Months that count, 1 to 12; every month where none is named.

    Raises:
        ValueError: If not every month has the day, or there is no such month.
    """
    if not 1 <= day <= SHORTEST_MONTH:
        raise ValueError(f"Not every month has a day {day}.")
    if not set(months) <= set(range(1, 13)):
        raise ValueError(f"There is no such month among {months}.")
    found = after.replace(day=day) if day > after.day else months_after(after.replace(day=day), 1)
    while months and found.month not in months:
        found = months_after(found, 1)
    return found


def end_of_month(year: int, month: int) -> date:
    """Return the last day of a month of a year; months from 13 on are those of the year after.

    Raises:
        ValueError: If there is no such month.
    """
    if month < 1:
        raise ValueError(f"There is no month {month}.")
    years, place = divmod(month, 12)
    return date(year + years, place + 1, 1) - timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the month's last day where it has no such day.

    Law:
        民法典 Art. 202
    """
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _moved(day: date, rest_day: RestDay, skipped: list[tuple[date, str]]) -> date:
    for _ in range(FAR):
        why = rest_day(day)
        if not why:
            return day
        skipped.append((day, why))
        day += timedelta(days=1)
    raise ValueError("No working day was found within ten years: look at the work calendar.")


def _working_days(
    started_on: date, amount: int, rest_day: RestDay, pauses: Sequence[Pause], skipped: list[tuple[date, str]]
) -> date:
    day, left = started_on, amount
    for _ in range(FAR + amount * 2):
        if left == 0:
            return day
        day += timedelta(days=1)
        if any(one.from_on <= day < (one.until_on or date.max) for one in pauses):
            continue
        why = rest_day(day)
        if why:
            skipped.append((day, why))
        else:
            left -= 1
    raise ValueError("No working day was found within ten years: look at the work calendar.")


def left_share(working: Working, today: date) -> float:
    """Return the share of the period that is left, 1 at the start, 0 on the last day, negative after it."""
    if working.due_on is None:
        return 1.0
    whole = (working.due_on - working.started_on).days or 1
    return (working.due_on - today).days / whole
