"""The assessments of a year as somebody sees them: those they organise or lead, and the ones they are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qingfeng.desk.assessment.gates import KIND, GateShown, gates_of
from qingfeng.desk.kinds import address
from qingfeng.desk.many import snapshots_of
from qingfeng.desk.offers import Offer, offers
from qingfeng.desk.values import as_day
from qingfeng.look import said
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.mechanisms.assessment import judged
from qingfeng.mechanisms.assessment.fields import APPEAL, CLASSES, GRADES
from qingfeng.organization.viewer import Viewer

WORDS: Mapping[str, Mapping[str, Any]] = {
    "grade": dict(GRADES),
    "class": dict(CLASSES),
    "outcome": dict(next(one.choices for one in APPEAL if one.key == "outcome")),
}


@dataclass(frozen=True)
class Own:
    """What somebody is told of the own assessment.

    Attributes:
        has_self: Whether the own self-assessment is in.
        grade: Grade of the year in words, "" before it is told.
        points: Points that stand.
        before: Points that were told before, where they have changed.
        grade_before: Grade that was told before, in words, where it has changed.
        why: Reason that was told with it.
        told_on: Day on which it was told, ISO text.
        is_read: Whether they said that they have read it, or it was handed over.
        appeal_until: Last day for an appeal in words, "" where it has passed or not begun.
        appeals: Own appeals: why, outcome in words, answer, points before and after.
        can: What they may do now.
    """

    has_self: bool
    grade: Any = ""
    points: str = ""
    before: str = ""
    grade_before: Any = ""
    why: str = ""
    told_on: str = ""
    is_read: bool = False
    appeal_until: str = ""
    appeals: tuple[Mapping[str, Any], ...] = ()
    can: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class YearShown:
    """One assessment.

    Attributes:
        matter: The matter.
        href: Its page.
        year: Which year.
        whose: Class of those who are assessed, in words.
        gates: The five gates.
        stage: Where it stands, in words.
        is_whole: Whether the viewer sees all of it.
        counts: What is counted of it, as (words, number): only of those who see it whole.
        own: What the viewer is told of their own; None where they are not assessed in it.
    """

    matter: Matter
    href: str
    year: int
    whose: Any
    gates: list[GateShown]
    stage: Any
    is_whole: bool
    counts: tuple[tuple[Any, int], ...] = ()
    own: Own | None = None


def years_of(viewer: Viewer) -> list[YearShown]:
    """Return the assessments that somebody organises, leads or is assessed in: open ones, then by year."""
    rows = access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID)
    matters = list(rows.select_related("owner").order_by("-opened_on", "-pk"))
    views = access.seen_among(viewer, [one.pk for one in matters])
    held = snapshots_of(matters, today=viewer.on, actor=viewer.person_id)
    shown = [
        _shown(viewer, one, held[one.pk].snapshot, is_whole=views.get(one.pk) == "whole")
        for one in matters
        if views.get(one.pk) in {"whole", "part"}
    ]
    return sorted(shown, key=lambda one: (not one.matter.is_open, -one.year))


def _shown(viewer: Viewer, matter: Matter, seen: Snapshot, *, is_whole: bool) -> YearShown:
    declared = mechanism(matter.mechanism, matter.version)
    return YearShown(
        matter,
        address(matter),
        int(matter.facts.get("year") or 0),
        WORDS["class"].get(str(matter.facts.get("objects_class")), ""),
        gates_of(matter, seen),
        declared.stage(matter.stage).name,
        is_whole=is_whole,
        counts=spread(seen) if is_whole else (),
        own=_own(viewer, matter, seen) if viewer.person_id in seen.persons("assessed") else None,
    )


def spread(seen: Snapshot) -> tuple[tuple[Any, int], ...]:
    """Return how many have which grade, in the order of grades; nothing of who."""
    counted = Counter(str(one.facts.get("grade") or "") for one in seen.lines("grades"))
    return tuple((words, counted[key]) for key, words in GRADES if counted[key])


def _own(viewer: Viewer, matter: Matter, seen: Snapshot) -> Own:
    me = viewer.person_id
    results = [one for one in seen.lines("results") if _is(one, "told_person", me)]
    newest = next((one for one in reversed(results) if one.state != "replaced"), None)
    run = seen.clock("appeal")
    until = run.due_on if run and run.due_on and run.state != "stopped" and run.due_on >= seen.today else None
    has_self = any(one.act == "self_assess" and one.by == me for one in seen.done)
    can = tuple(one for one in offers(viewer, matter) if one.part and one.part.role == "assessed")
    if newest is None:
        return Own(has_self, can=can)
    grade, words = str(newest.facts.get("told_grade")), WORDS["grade"]
    olds = [one for one in results if one.facts.get("told_no") == newest.facts.get("told_no")][:-1]
    told = str(olds[-1].facts.get("told_grade")) if olds else grade
    return Own(
        has_self,
        grade_before=words.get(told, "") if told != grade else "",
        grade=words.get(grade, ""),
        points=str(newest.facts.get("told_total") or ""),
        before=str(newest.facts.get("total_before") or ""),
        why=str(newest.facts.get("told_why") or ""),
        told_on=said.day(as_day(newest.facts.get("told_on"))),
        is_read=newest.no not in judged.unsigned(seen),
        appeal_until=said.day(until) if until else "",
        appeals=tuple(_appeal(one) for one in seen.lines("appeals") if _is(one, "appellant", me)),
        can=can,
    )


def _is(line: Line, column: str, person: int | None) -> bool:
    return person is not None and str(line.facts.get(column)) == str(person)


def _appeal(line: Line) -> Mapping[str, Any]:
    return {
        "why": line.facts.get("appeal_why"),
        "outcome": WORDS["outcome"].get(str(line.facts.get("outcome")), ""),
        "answer": line.facts.get("appeal_answer") or "",
        "before": line.facts.get("appeal_before") or "",
        "after": line.facts.get("appeal_after") or "",
    }
