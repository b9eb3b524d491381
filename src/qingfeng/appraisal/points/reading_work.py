"""Readings out of matters: deadlines, drafts that pass, quality that others scored, corrections that held.

Each yields rows (key of the person or unit, value, evidence); their mean is the reading. Whose work
something was is taken from the parties of the matter on the day that counts, or from who performed the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from qingfeng.appraisal.points.tables import UNIT
from qingfeng.matters.models import ClockRun, Matter, Party, Performance
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.today import today

Rows = Iterable[tuple[int, Decimal | int, str]]

ASSIGNED = ("directive", "deployment", "goal")
TIMED = (
    *ASSIGNED, "accountability", "activity", "campaign", "case", "clue", "course", "data_request", "lesson",
    "notice", "pattern", "recommendation", "referral", "revisit", "rule_made", "talk", "verification",
)  # fmt: skip
"""Kinds whose deadlines count. Petitions, visits, reports and complaints are not among them: nobody shall
gain or lose by how many people turn to the house, or how often."""


@dataclass(frozen=True)
class Asked:
    """For whom a reading is read, and of which days, both inclusive.

    Attributes:
        of: `person` or `unit`.
        subjects: Their keys.
    """

    of: str
    subjects: frozenset[int]
    since: date
    until: date


def clocks_met(asked: Asked) -> Rows:
    """Yield 1 for a deadline that was kept and 0 for one that was not, of those due in the period."""
    return _clocks(asked, TIMED)


def tasks_on_time(asked: Asked) -> Rows:
    """Yield the same for tasks that were assigned."""
    return _clocks(asked, ASSIGNED)


def _clocks(asked: Asked, kinds: Iterable[str]) -> Rows:
    passed = Q(met__isnull=False) | Q(state=ClockRun.State.RUNNING, due_on__lt=today())
    runs = (
        ClockRun.objects.filter(passed, due_on__range=(asked.since, asked.until))
        .filter(matter__mechanism__in=tuple(kinds), matter__standing=Matter.Standing.VALID)
        .values_list("pk", "key", "met", "due_on", "matter", "matter__mechanism", "matter__owner")
    )
    if asked.of == UNIT:
        rows = runs.filter(matter__owner__in=asked.subjects)
        return [(owner, int(bool(met)), f"clock:{pk}") for pk, _key, met, _due, _matter, _kind, owner in rows]
    return _borne(asked, list(runs))


Run = tuple[int, str, bool | None, date, int, str, int]


def _borne(asked: Asked, runs: list[Run]) -> Iterator[tuple[int, int, str]]:
    """Yield deadlines for who bore them: parties in the role that owes the duty on the day it was due."""
    bears = {(one.key, clock.key): clock.bears for one in mechanisms() for clock in one.clocks}
    parties: dict[tuple[int, str], list[tuple[int, date, date | None]]] = {}
    held = Party.objects.filter(person__in=asked.subjects, matter__mechanism__in={run[5] for run in runs})
    for matter, role, person, since, until in held.values_list(
        "matter", "role", "person", "since_at", "until_at"
    ):
        ends = timezone.localdate(until) if until else None
        parties.setdefault((matter, role), []).append((int(person or 0), timezone.localdate(since), ends))
    for pk, key, met, due, matter, kind, _owner in runs:
        for person, since, ends in parties.get((matter, bears.get((kind, key), "")), ()):
            if since <= due and (ends is None or ends >= due):
                yield person, int(bool(met)), f"clock:{pk}"


def _acts(asked: Asked, kind: str, act: str) -> QuerySet[Performance]:
    """Return an act as it was performed in the period and not taken back, on matters that count."""
    rows = Performance.objects.filter(
        act=act,
        undone_by=None,
        matter__mechanism=kind,
        matter__standing=Matter.Standing.VALID,
        at__date__range=(asked.since, asked.until),
    )
    return rows.filter(matter__owner__in=asked.subjects) if asked.of == UNIT else rows


def letters_passed(asked: Asked) -> Rows:
    """Yield 1 for a letter that was handed in and never sent back, 0 for one that was."""
    return _passed(asked, "recommendation", handed_in="submit_draft", sent_back=("return_draft",))


def reports_accepted(asked: Asked) -> Rows:
    """Yield 1 for a directive reported for closing and never sent back, 0 for one that was."""
    return _passed(asked, "directive", handed_in="report", sent_back=("return_report", "return_from_above"))


def _passed(asked: Asked, kind: str, *, handed_in: str, sent_back: tuple[str, ...]) -> Rows:
    """Yield matters once each, for whoever handed them in first, or for the unit that owns them."""
    acts = _acts(asked, kind, handed_in).order_by("at", "pk")
    first: dict[int, tuple[int | None, int]] = {}
    for matter, by, owner in acts.values_list("matter", "by", "matter__owner"):
        first.setdefault(matter, (by, owner))
    back = set(
        Performance.objects.filter(matter__in=first, act__in=sent_back, undone_by=None).values_list(
            "matter", flat=True
        )
    )
    for matter, (by, owner) in first.items():
        subject = owner if asked.of == UNIT else by
        if subject in asked.subjects:
            yield int(subject or 0), int(matter not in back), f"matter:{matter}"


def letter_quality(asked: Asked) -> Rows:
    """Yield what reviewers gave a letter out of a hundred, for its drafters."""
    return _scored(asked, "recommendation", "score_draft", fact="draft_score", role="drafter")


def case_quality(asked: Asked) -> Rows:
    """Yield what the quality review gave a case out of a hundred, for its handlers."""
    return _scored(asked, "case", "review_quality", fact="score", role="handler")


def _scored(asked: Asked, kind: str, act: str, *, fact: str, role: str) -> Rows:
    """Yield the last score of each matter."""
    last: dict[int, tuple[int, int]] = {}
    rows = _acts(asked, kind, act).order_by("at", "pk")
    for matter, entered, owner in rows.values_list("matter", "entered", "matter__owner"):
        if isinstance(entered.get(fact), int):
            last[matter] = (entered[fact], owner)
    for matter, subject in _whose(asked, {key: owner for key, (_score, owner) in last.items()}, role):
        yield subject, last[matter][0], f"matter:{matter}"


def corrections_held(asked: Asked) -> Rows:
    """Yield 1 for a correction that held when it was looked at again, 0 for one that did not."""
    last: dict[int, tuple[int, int]] = {}
    rows = _acts(asked, "recommendation", "look_back").order_by("at", "pk")
    for matter, entered, owner in rows.values_list("matter", "entered", "matter__owner"):
        last[matter] = (int(entered.get("recurred") == "no"), owner)
    for matter, subject in _whose(asked, {key: owner for key, (_held, owner) in last.items()}, "drafter"):
        yield subject, last[matter][0], f"matter:{matter}"


def courses_useful(asked: Asked) -> Rows:
    """Yield the share of hearers who found a course useful, for who taught it."""
    rows = _acts(asked, "course", "rate").values_list("matter", "entered")
    said = {
        matter: Decimal(entered["useful"]) / entered["sheets"]
        for matter, entered in rows
        if entered.get("sheets")
    }
    for matter, subject in _whose(asked, dict.fromkeys(said, 0), "teacher"):
        yield subject, said[matter], f"matter:{matter}"


def _whose(asked: Asked, owners: dict[int, int], role: str) -> Iterator[tuple[int, int]]:
    """Yield matters with whose they are: their owner, or those in a role on them until the period's end."""
    if asked.of == UNIT:
        yield from owners.items()
        return
    parties = Party.objects.filter(matter__in=owners, role=role, person__in=asked.subjects)
    ends = asked.until + timedelta(days=1)
    rows = parties.filter(since_at__date__lt=ends).order_by("matter", "person")
    for matter, person in rows.values_list("matter", "person").distinct():
        yield matter, int(person or 0)
