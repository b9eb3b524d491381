"""The posting (公示): who is to be excellent, to all own staff, while its five workdays run; and its changes.

This is the one thing of an assessment that everybody reads, for the law has it posted; whoever sees nothing
else of the matter sees these names, and after the last day nothing. What an appeal or a decision from above
changes afterwards is posted for as long: before and now, on what it rests, since when. A posting says whether
somebody is to be excellent; no other grade ever stands here.

Law:
    公务员考核规定 [verify]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from qingfeng.desk.assessment.gates import KIND
from qingfeng.matters.models import ClockRun, LedgerLine, Matter
from qingfeng.mechanisms.assessment.fields import BASES, CLASSES, POSTED_AS

POSTING, CHANGE = "posting", "posting_change"


@dataclass(frozen=True)
class ChangePosted:
    """A change since the posting.

    Attributes:
        name: Whose, as the table of grades calls them.
        before: As it was posted, in words.
        now: As it is posted, in words.
        why: What it rests on, in words; never whose appeal or which complaint.
        on: Day on which it was posted.
    """

    name: str
    before: Any
    now: Any
    why: Any
    on: date


@dataclass(frozen=True)
class PostingShown:
    """One posting that runs.

    Attributes:
        year: Year that was assessed.
        whose: Class of those assessed, in words.
        until: Last day, inclusive.
        is_first: Whether the names themselves are posted, and not only what has changed since.
        names: Name and grade in words, in the order of the list.
        changes: What has changed since, while that is posted.
    """

    year: int
    whose: Any
    until: date
    is_first: bool
    names: tuple[tuple[str, Any], ...]
    changes: tuple[ChangePosted, ...] = ()


def postings(on: date) -> list[PostingShown]:
    """Return what is posted on a day, the one that ends first at the head."""
    return sorted(_running(on), key=lambda one: (one.until, one.year))


def _running(on: date) -> Iterator[PostingShown]:
    rows = ClockRun.objects.filter(
        matter__mechanism=KIND, matter__stage__in=("posted", "settling"), key__in=(POSTING, CHANGE),
        matter__standing=Matter.Standing.VALID, state=ClockRun.State.RUNNING, due_on__gte=on,
    ).select_related("matter").order_by("matter_id")  # fmt: skip
    for matter, of in groupby(rows, key=lambda run: run.matter):
        due = {run.key: run.due_on for run in of if run.due_on is not None}
        lines = [one for one in matter.lines.filter(ledger="posted").order_by("no") if one.state == "posted"]
        words = dict(POSTED_AS)
        names = tuple((str(one.facts["posted_name"]), words[str(one.facts["posted_grade"])]) for one in lines
                      if not one.facts.get("posted_before"))  # fmt: skip
        yield PostingShown(
            int(matter.facts.get("year") or 0),
            dict(CLASSES).get(str(matter.facts.get("objects_class")), ""),
            max(due.values()),
            is_first=POSTING in due,
            names=names if POSTING in due else (),
            changes=tuple(_changes(lines)) if CHANGE in due else (),
        )


def _changes(lines: Iterable[LedgerLine]) -> Iterator[ChangePosted]:
    words, why = dict(POSTED_AS), dict(BASES)
    for one in lines:
        facts = one.facts
        if facts.get("posted_before"):
            yield ChangePosted(
                str(facts["posted_name"]),
                words[str(facts["posted_before"])],
                words[str(facts["posted_grade"])],
                why.get(str(facts.get("posted_why")), ""),
                date.fromisoformat(str(facts["posted_on"])),
            )
