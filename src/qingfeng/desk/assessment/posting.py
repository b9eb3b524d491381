"""The posting (公示): the names of those to be excellent, to all own staff, while its five workdays run.

This is the one thing of an assessment that everybody reads, for the law has it posted; whoever sees nothing
else of the matter sees these names and grades, and after the last day nothing.

Law:
    公务员考核规定 [verify]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from qingfeng.desk.assessment.gates import KIND
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.mechanisms.assessment.fields import CLASSES, GRADES


@dataclass(frozen=True)
class PostingShown:
    """One posting that runs.

    Attributes:
        year: Year that was assessed.
        whose: Class of those assessed, in words.
        until: Last day, inclusive.
        names: Name and grade in words, in the order of the list.
    """

    year: int
    whose: Any
    until: date
    names: tuple[tuple[str, Any], ...]


def postings(on: date) -> list[PostingShown]:
    """Return what is posted on a day, the one that ends first at the head."""
    return sorted(_running(on), key=lambda one: (one.until, one.year))


def _running(on: date) -> Iterator[PostingShown]:
    runs = ClockRun.objects.filter(
        matter__mechanism=KIND, matter__stage="posted", matter__standing=Matter.Standing.VALID, key="posting",
        state=ClockRun.State.RUNNING, due_on__gte=on,
    ).select_related("matter")  # fmt: skip
    grades, classes = dict(GRADES), dict(CLASSES)
    for run in runs:
        facts = run.matter.facts
        lines = run.matter.lines.filter(ledger="posted").order_by("no").values_list("facts", flat=True)
        names = tuple((str(one["posted_name"]), grades.get(str(one["posted_grade"]), "")) for one in lines)
        if run.due_on is not None:
            yield PostingShown(
                int(facts.get("year") or 0),
                classes.get(str(facts.get("objects_class")), ""),
                run.due_on,
                names,
            )
