"""A matter's snapshot out of the tables, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from qingfeng.journal.straight import Question
from qingfeng.matters import at_hand
from qingfeng.matters.models import LedgerLine, Matter, MatterFile, MatterLink, MatterSlip, Performance
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.snapshot import Done, Line, Linked, PartyView, Running, Snapshot

_FILES = Question(
    lambda matter: MatterFile.objects.filter(matter=matter).values_list("performance_id", "line_id")
)
_STORY = Question(lambda matter: Performance.objects.filter(matter=matter, undone_by=None))
_LINES = Question(lambda matter: LedgerLine.objects.filter(matter=matter))
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
    files = _FILES(matter.pk)
    by_act, by_line = Counter(one for one, _ in files), Counter(one for _, one in files)
    acts = _STORY(matter.pk)
    corrections: dict[int, dict[str, Any]] = defaultdict(dict)
    for one in acts:
        if one.act == "kernel.correct":
            corrections[one.entered["of"]] |= one.entered["new"]
    story = [
        Done(
            one.act,
            one.at,
            one.for_person_id or one.by_id,
            one.entered | corrections.get(one.no, {}),
            by_act[one.pk],
        )
        for one in acts
    ]
    lines: dict[str, list[Line]] = defaultdict(list)
    for one in _LINES(matter.pk):
        lines[one.ledger].append(Line(one.no, one.state, one.facts, by_line[one.pk]))
    return Snapshot(
        stage=matter.stage,
        facts=matter.facts,
        parties=tuple(PartyView(one.role, one.person_id, one.unit_id) for one in reading.parties()),
        done=tuple(story),
        ledgers={key: tuple(found) for key, found in lines.items()},
        clocks=tuple(
            Running(one.key, one.state, one.started_on, one.due_on, one.stopped_on)
            for one in reading.clocks()
        ),
        slips=tuple(key for (key,) in _SLIPS(matter.pk)),
        links=(*_links(matter, outward=True), *_links(matter, outward=False)),
        today=today,
        actor=actor,
        entered=entered or {},
    )


def _links(matter: Matter, *, outward: bool) -> list[Linked]:
    return [
        Linked(
            kind,
            end.mechanism,
            end.stage,
            end.is_open and end.standing == Matter.Standing.VALID,
            outward,
            {key: end.facts.get(key) for key in _told(end)},
        )
        for kind, end in _ends(matter, outward=outward)
    ]


def _ends(matter: Matter, *, outward: bool) -> list[tuple[str, Matter]]:
    """Return kind and other end of every link; most matters have none, and then one query is asked."""
    links = (_OUT if outward else _IN)(matter.pk)
    ends = Matter.objects.in_bulk([other for _, other in links]) if links else {}
    return [(kind, ends[other]) for kind, other in links]


def _told(matter: Matter) -> tuple[str, ...]:
    try:
        return mechanism(matter.mechanism, matter.version).keywords
    except UnknownMechanism:
        return ()
