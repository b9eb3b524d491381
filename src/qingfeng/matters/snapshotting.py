"""A matter's snapshot out of the tables, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from qingfeng.journal.straight import Question, Together
from qingfeng.matters import at_hand
from qingfeng.matters.carrying import SPLIT_OFF, began
from qingfeng.matters.models import LedgerLine, Matter, MatterFile, MatterLink, MatterSlip, Performance
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.snapshot import Done, Line, Linked, PartyView, Running, Snapshot

_FILES = Question(
    lambda matter: MatterFile.objects.filter(matter=matter).values_list("performance_id", "line_id")
)
_STORY = Question(
    lambda matter: (
        Performance.objects.filter(matter=matter, undone_by=None)
        .order_by("no")
        .values_list("pk", "no", "act", "at", "by", "for_person", "entered")
    )
)
_LINES = Question(
    lambda matter: (
        LedgerLine.objects.filter(matter=matter)
        .order_by("ledger", "no")
        .values_list("pk", "ledger", "no", "state", "facts")
    )
)
_SLIPS = Question(lambda matter: MatterSlip.objects.filter(matter=matter).values_list("key").order_by("pk"))
_OUT = Question(
    lambda matter: (
        MatterLink.objects.filter(source=matter, until_at=None).values_list("kind", "target").order_by("pk")
    )
)
_IN = Question(
    lambda matter: (
        MatterLink.objects.filter(target=matter, until_at=None).values_list("kind", "source").order_by("pk")
    )
)
_AT_ONCE = Together(_FILES, _STORY, _LINES, _SLIPS, _OUT, _IN)


def snapshot_of(
    matter: Matter, *, today: date, actor: int | None = None, entered: Mapping[str, Any] | None = None
) -> Snapshot:
    """Return what gates look at.

    Args:
        matter: The matter.
        today: Civil date, Asia/Shanghai.
        actor: Id of the person about to act.
        entered: Facts of the act at hand.
    """
    reading = at_hand.of(matter)
    files, acts, written, slips, leads_to, comes_from = _AT_ONCE(matter.pk)
    by_act, by_line = Counter(one for one, _ in files), Counter(one for _, one in files)
    lines: dict[str, list[Line]] = defaultdict(list)
    for pk, ledger, no, state, facts in written:
        lines[ledger].append(Line(no, state, facts, by_line[pk]))
    return Snapshot(
        stage=matter.stage,
        facts=matter.facts,
        parties=tuple(PartyView(one.role, one.person_id, one.unit_id) for one in reading.parties()),
        done=done_of(acts, by_act),
        ledgers={key: tuple(found) for key, found in lines.items()},
        clocks=tuple(
            Running(one.key, one.state, one.started_on, one.due_on, one.stopped_on)
            for one in reading.clocks()
        ),
        slips=tuple(key for (key,) in slips),
        links=(*_links(leads_to, outward=True), *_links(comes_from, outward=False)),
        today=today,
        actor=actor,
        entered=entered or {},
    )


Told = tuple[int, int, str, datetime, int | None, int | None, Mapping[str, Any]]


def done_of(acts: Iterable[Told], files: Mapping[int, int]) -> tuple[Done, ...]:
    """Return acts as gates look at them: as they were corrected since, at the hour of Asia/Shanghai.

    Args:
        acts: Key, number, act, instant, who did it, for whom, what was entered; those that count, in order.
        files: How many attachments came with an act, by its key.
    """
    acts = list(acts)
    corrections: dict[int, dict[str, Any]] = defaultdict(dict)
    for *_others, act, _at, _by, _for, entered in acts:
        if act == "kernel.correct":
            corrections[entered["of"]] |= entered["new"]
    told = {pk: began(pk, entered) for pk, _no, act, _at, _by, _for, entered in acts if act == SPLIT_OFF}
    return tuple(
        Done(
            act,
            localtime(at),
            for_person or by,
            {**told.get(pk, entered), **corrections.get(no, {})},
            files.get(pk, 0),
        )
        for pk, no, act, at, by, for_person, entered in acts
    )


def _links(links: list[tuple[str, int]], *, outward: bool) -> list[Linked]:
    """Return the other end of every link; most matters have none, and then nothing is asked."""
    ends = Matter.objects.in_bulk([other for _, other in links]) if links else {}
    return [
        Linked(
            kind,
            end.mechanism,
            end.stage,
            end.is_open and end.standing == Matter.Standing.VALID,
            outward,
            {key: end.facts.get(key) for key in _told(end)},
        )
        for kind, end in ((kind, ends[other]) for kind, other in links)
    ]


def _told(matter: Matter) -> tuple[str, ...]:
    try:
        return mechanism(matter.mechanism, matter.version).keywords
    except UnknownMechanism:
        return ()
