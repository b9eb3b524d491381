"""Grades that were told anew after they had been told: read by whose they are, on their own pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from qingfeng.desk.assessment.gates import KIND
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.mechanisms.assessment.fields import GRADES


@dataclass(frozen=True)
class GradeChanged:
    """A grade that changed after it was told.

    Attributes:
        before: Grade that was told first, in words.
        now: Grade that was told then, in words.
        points_before: Points that were told first, "" where no grade was determined.
        points: Points that were told then.
        why: Reason as it was told.
        on: Day on which it was told.
    """

    before: Any
    now: Any
    points_before: str
    points: str
    why: str
    on: date


def grade_changes(person: int, year: int, whose: str) -> list[GradeChanged]:
    """Return what was told anew to somebody, the newest first; who may read it is for the page.

    Args:
        person: Told to.
        year: Which was assessed.
        whose: Class that was assessed: whoever heads a room is told its results besides the own ones.
    """
    rows = LedgerLine.objects.filter(
        ledger="results", matter__mechanism=KIND, matter__standing=Matter.Standing.VALID,
        matter__facts__objects_class=whose, facts__told_person=person,
    ).select_related("matter").order_by("matter", "no")  # fmt: skip
    told = [one for one in rows if str(one.matter.facts.get("year")) == str(year)]
    return sorted(_changes(told), key=lambda one: one.on, reverse=True)


def _changes(told: list[LedgerLine]) -> Iterator[GradeChanged]:
    words = dict(GRADES)
    for first, then in pairwise(told):
        if (first.matter_id, first.facts.get("told_no")) == (then.matter_id, then.facts.get("told_no")):
            yield GradeChanged(
                words.get(str(first.facts.get("told_grade")), ""),
                words.get(str(then.facts.get("told_grade")), ""),
                str(first.facts.get("told_total") or ""),
                str(then.facts.get("told_total") or ""),
                str(then.facts.get("told_why") or ""),
                date.fromisoformat(str(then.facts["told_on"])),
            )
