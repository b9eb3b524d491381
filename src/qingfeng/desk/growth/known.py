"""What the house knows of somebody that they may pick for their own growth file, asked for by themselves.

Nothing is kept of the asking, and what is not picked goes nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.appraisal.models import Rated
from qingfeng.growth.files import Known, Said
from qingfeng.growth.models import Line, Part
from qingfeng.look.said import day
from qingfeng.matters import access
from qingfeng.matters.models import LedgerLine, Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.assessment.fields import GRADES
from qingfeng.organization.viewer import Viewer

MADE = {"paper": Part("paper"), "lesson": Part("paper"), "tool": Part("tool")}
TOOK_PART = ("planner", "participant")
ARRIVED = ("arrived", "closed")
MOST_COURSES = 100


def known_of(viewer: Viewer) -> list[Known]:
    """Return what the house knows of the viewer, by part, newest first; a constant number of queries."""
    found = [*_taught(viewer), *_sat_in(viewer), *_activities(viewer), *_exchanges(viewer), *_results(viewer)]
    found += _years(viewer)
    order = list(Part.values)
    return sorted(found, key=lambda one: (order.index(one.part), -one.on.toordinal(), one.said.source))


def _played(viewer: Viewer, kind: str, roles: Iterable[str]) -> list[Matter]:
    parts = Party.objects.filter(
        person=viewer.person_id, role__in=roles, until_at=None, matter__mechanism=kind
    )
    rows = Matter.objects.filter(pk__in=parts.values("matter"), standing=Matter.Standing.VALID)
    return list(rows.order_by("-opened_on", "-pk"))


def _sessions(courses: Iterable[Matter]) -> Iterator[tuple[Matter, LedgerLine, date]]:
    by_key = {one.pk: one for one in courses}
    for line in LedgerLine.objects.filter(matter__in=by_key, ledger="sessions"):
        yield by_key[line.matter_id], line, date.fromisoformat(str(line.facts["taught_on"]))


def _course(matter: Matter, line: LedgerLine, *, part: Part, on: date) -> Known:
    drawn = (
        (pgettext("growth", "Course"), f"{matter.number} {matter.title}"),
        (pgettext("growth", "Place"), str(line.facts.get("taught_at") or "")),
        (pgettext("growth", "Minutes"), str(line.facts.get("took_minutes") or "")),
    )
    source = f"course:{matter.number}:{line.no}"
    return Known(part, on, Said(matter.title, source=source, drawn=_full(drawn)))


def _full(drawn: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words) for name, words in drawn if words)


def _taught(viewer: Viewer) -> Iterator[Known]:
    for matter, line, on in _sessions(_played(viewer, "course", ("teacher",))):
        yield _course(matter, line, part=Part("taught"), on=on)


def _sat_in(viewer: Viewer) -> Iterator[Known]:
    """Name the sessions that somebody may have sat in; only they know: no list of who came is kept."""
    rows = access.visible(viewer).filter(
        access.read_whole_q(viewer), mechanism="course", standing=Matter.Standing.VALID
    )
    mine = {one.pk for one in _played(viewer, "course", ("teacher",))}
    courses = [one for one in rows.order_by("-opened_on", "-pk")[:MOST_COURSES] if one.pk not in mine]
    for matter, line, on in _sessions(courses):
        yield _course(matter, line, part=Part("attended"), on=on)


def _activities(viewer: Viewer) -> Iterator[Known]:
    held = {one.pk: one for one in _played(viewer, "activity", TOOK_PART) if one.facts.get("held_on")}
    lines = dict(Line.choices)
    for matter in held.values():
        drawn = (
            (pgettext("growth", "Activity"), f"{matter.number} {matter.title}"),
            (pgettext("growth", "Line of activity"), str(lines.get(str(matter.facts.get("line")), ""))),
            (pgettext("growth", "Place"), str(matter.facts.get("where") or "")),
            (pgettext("growth", "People reached"), str(matter.facts.get("served") or "")),
        )
        said = Said(matter.title, source=f"activity:{matter.number}", drawn=_full(drawn))
        yield Known(Part("activity"), _day_of(matter), said)
    for line in LedgerLine.objects.filter(matter__in=held, ledger="outputs"):
        matter, kind = held[line.matter_id], str(line.facts.get("made_kind"))
        said = Said(
            str(line.facts.get("made") or ""),
            source=f"activity:{matter.number}:{line.no}",
            drawn=((pgettext("growth", "Made in the activity"), f"{matter.number} {matter.title}"),),
        )
        yield Known(MADE.get(kind, Part("study")), _day_of(matter), said)


def _day_of(matter: Matter) -> date:
    return date.fromisoformat(str(matter.facts["held_on"]))


def _exchanges(viewer: Viewer) -> Iterator[Known]:
    for matter in _played(viewer, "exchange", ("subject_moved",)):
        if matter.stage in ARRIVED:
            declared = mechanism(matter.mechanism, matter.version)
            drawn = ((str(declared.name), f"{matter.number} {matter.title}"),)
            on = date.fromisoformat(str(matter.facts.get("arrived_on") or matter.opened_on))
            yield Known(
                Part("exchange"), on, Said(matter.title, source=f"exchange:{matter.number}", drawn=drawn)
            )


def _results(viewer: Viewer) -> Iterator[Known]:
    rows = Rated.objects.filter(person=viewer.person_id, result__isnull=False, round__closed_on__isnull=False)
    for rated in rows.select_related("round").order_by("-round__closed_on"):
        result = rated.result
        between = f"{result['low']} – {result['high']}" if "low" in result else ""
        drawn = (
            (pgettext("growth", "Round"), str(rated.round)),
            (pgettext("growth", "Of 100"), str(result.get("value") or _("no sum"))),
            (pgettext("growth", "Between"), between),
            (pgettext("growth", "Closed"), day(rated.round.closed_on)),
        )
        said = Said(rated.round.title, source=f"evaluation:{rated.round.code}", drawn=_full(drawn))
        yield Known(Part("evaluation"), rated.round.closed_on, said)


def _years(viewer: Viewer) -> Iterator[Known]:
    """Name the own results of yearly assessments as they were told last; nothing of anybody else."""
    told = {one.pk: one for one in _played(viewer, "assessment", ("assessed",))}
    grades = dict(GRADES)
    lines = LedgerLine.objects.filter(matter__in=told, ledger="results").exclude(state="replaced")
    for line in lines.filter(facts__told_person=viewer.person_id):
        matter, grade = told[line.matter_id], str(grades.get(str(line.facts.get("told_grade")), ""))
        drawn = (
            (str(mechanism(matter.mechanism, matter.version).name), f"{matter.number} {matter.title}"),
            (pgettext("growth", "Of 100"), str(line.facts.get("told_total") or "")),
            (pgettext("assessment", "Grade"), grade),
        )
        said = Said(
            f"{matter.facts.get('year')} {grade}", source=f"assessment:{matter.number}", drawn=_full(drawn)
        )
        yield Known(Part("evaluation"), date.fromisoformat(str(line.facts["told_on"])), said)
