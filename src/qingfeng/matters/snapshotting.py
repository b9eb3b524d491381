"""A matter's snapshot out of the tables, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from qingfeng.matters.models import Matter
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.snapshot import Done, Line, Linked, PartyView, Running, Snapshot


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
    files = list(matter.files.values_list("performance_id", "line_id"))
    by_act, by_line = Counter(one for one, _ in files), Counter(one for _, one in files)
    acts = list(matter.story.filter(undone_by=None))
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
    for one in matter.lines.all():
        lines[one.ledger].append(Line(one.no, one.state, one.facts, by_line[one.pk]))
    return Snapshot(
        stage=matter.stage,
        facts=matter.facts,
        parties=tuple(
            PartyView(one.role, one.person_id, one.unit_id) for one in matter.parties.filter(until_at=None)
        ),
        done=tuple(story),
        ledgers={key: tuple(found) for key, found in lines.items()},
        clocks=tuple(
            Running(one.key, one.state, one.started_on, one.due_on, one.stopped_on)
            for one in matter.clocks.all()
        ),
        slips=tuple(matter.slips.values_list("key", flat=True).order_by("pk")),
        links=(*_links(matter, outward=True), *_links(matter, outward=False)),
        today=today,
        actor=actor,
        entered=entered or {},
    )


def _links(matter: Matter, *, outward: bool) -> list[Linked]:
    rows = matter.links_out if outward else matter.links_in
    other = "target" if outward else "source"
    return [
        Linked(
            link.kind,
            (end := getattr(link, other)).mechanism,
            end.stage,
            end.is_open and end.standing == Matter.Standing.VALID,
            outward,
            {key: end.facts.get(key) for key in _told(end)},
        )
        for link in rows.filter(until_at=None).select_related(other)
    ]


def _told(matter: Matter) -> tuple[str, ...]:
    try:
        return mechanism(matter.mechanism, matter.version).keywords
    except UnknownMechanism:
        return ()
