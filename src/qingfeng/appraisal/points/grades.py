"""Grades by quota (格次赋分): proposed from totals, then judged by people. Pure.

Who has no grade this year (`Standing.undetermined`) counts neither among the graded nor for the quota. Equal
totals are never split here: who of them is excellent, people decide, with a reason.

Law:
    公务员考核规定 [verify]: 优秀 at most a fifth of those graded; 不定等次 where it says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

EXCELLENT, COMPETENT, BASIC, FAILED, UNDETERMINED = "excellent", "competent", "basic", "failed", "none"
ORDER = (EXCELLENT, COMPETENT, BASIC, FAILED)
"""优秀、称职、基本称职、不称职, from the highest."""

FIFTH = Fraction(1, 5)


@dataclass(frozen=True)
class Standing:
    """Somebody who is graded.

    Attributes:
        subject: Their key; any text.
        total: Points, 0 to 115 at most.
        is_vetoed: Whether a veto stands against them.
        undetermined: Whether they get no grade this year (不定等次).
    """

    subject: str
    total: Decimal
    is_vetoed: bool = False
    undetermined: bool = False


@dataclass(frozen=True)
class Limits:
    """The least points, inclusive, of a grade; under `basic` somebody is not competent."""

    excellent: Decimal = Decimal(90)
    competent: Decimal = Decimal(75)
    basic: Decimal = Decimal(60)


@dataclass(frozen=True)
class Assigned:
    """What totals propose.

    Attributes:
        grades: Subject → proposed grade.
        tied: Subjects with equal totals at the edge of the quota, in order: people choose among them.
        places: How many may be excellent at most.
        free: Places that are left for the tied.
    """

    grades: Mapping[str, str]
    tied: tuple[str, ...]
    places: int
    free: int


def places(graded: int, quota: Fraction = FIFTH) -> int:
    """Return how many of so many graded people may be excellent, rounded down."""
    return int(graded * quota)


def highest(one: Standing, limits: Limits) -> str:
    """Return the highest grade that somebody's total and vetoes allow."""
    if one.undetermined:
        return UNDETERMINED
    if one.is_vetoed or one.total < limits.basic:
        return FAILED
    if one.total < limits.competent:
        return BASIC
    return EXCELLENT if one.total >= limits.excellent else COMPETENT


def assign(
    standings: Sequence[Standing], *, quota: Fraction = FIFTH, limits: Limits | None = None
) -> Assigned:
    """Return the grade that totals propose for each.

    Args:
        standings: One for each person or unit of a class, in any order.
        quota: Share that may be excellent at most, 0 to 1.
        limits: Least points of each grade.

    Returns:
        Proposed grades. Where equal totals meet the edge of the quota, all of them are proposed one grade
        lower and told in `tied`.
    """
    bounds = limits or Limits()
    grades = {one.subject: highest(one, bounds) for one in standings}
    room = places(sum(not one.undetermined for one in standings), quota)
    able = sorted((one for one in standings if grades[one.subject] == EXCELLENT), key=_from_the_top)
    edge = able[room].total if len(able) > room else None
    tied = _across(able, room, edge)
    kept = [one.subject for one in able[:room] if one.subject not in tied]
    for one in able:
        if one.subject not in kept:
            grades[one.subject] = COMPETENT
    return Assigned(grades, tied, room, room - len(kept))


def _from_the_top(one: Standing) -> tuple[Decimal, str]:
    return -one.total, one.subject


def _across(able: Sequence[Standing], room: int, edge: Decimal | None) -> tuple[str, ...]:
    """Return who has the total of the first who is over the edge, where somebody within has it too."""
    if edge is None or room == 0 or able[room - 1].total != edge:
        return ()
    return tuple(one.subject for one in able if one.total == edge)


OVER_QUOTA, TOO_HIGH, NO_GRADE, NOT_GRADED = "over_quota", "too_high", "no_grade", "not_graded"


def wrong(
    standings: Iterable[Standing],
    chosen: Mapping[str, str],
    *,
    quota: Fraction = FIFTH,
    limits: Limits | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return what is wrong with grades that people have chosen; empty where nothing is.

    Args:
        standings: One for each of a class.
        chosen: Subject → grade.
        quota: Share that may be excellent at most.
        limits: Least points of each grade.

    Returns:
        Why → subjects: `over_quota` (all excellent, where they are too many), `too_high` (above what points
        or a veto allow), `no_grade` (none chosen), `not_graded` (a grade for whom none is determined).
    """
    bounds, rows = limits or Limits(), list(standings)
    found: dict[str, tuple[str, ...]] = {
        NO_GRADE: tuple(one.subject for one in rows if not chosen.get(one.subject)),
        NOT_GRADED: tuple(
            one.subject
            for one in rows
            if chosen.get(one.subject) and (chosen[one.subject] == UNDETERMINED) != one.undetermined
        ),
        TOO_HIGH: tuple(one.subject for one in rows if _is_above(chosen.get(one.subject), one, bounds)),
    }
    excellent = tuple(one.subject for one in rows if chosen.get(one.subject) == EXCELLENT)
    if len(excellent) > places(sum(not one.undetermined for one in rows), quota):
        found[OVER_QUOTA] = excellent
    return {why: subjects for why, subjects in found.items() if subjects}


def _is_above(grade: str | None, one: Standing, limits: Limits) -> bool:
    if grade not in ORDER or one.undetermined:
        return False
    return ORDER.index(grade) < ORDER.index(highest(one, limits))
