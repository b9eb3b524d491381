"""Snapshots of many matters at once, in a fixed number of queries: what `snapshot_of` gives for one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from qingfeng.journal import composing
from qingfeng.matters.models import (
    ClockRun,
    LedgerLine,
    Matter,
    MatterFile,
    MatterLink,
    MatterSlip,
    Party,
    Performance,
)
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.snapshot import Line, Linked, PartyView, Running, Snapshot
from qingfeng.matters.snapshotting import done_of


@dataclass(frozen=True)
class Held:
    """A matter's snapshot, and who has acted on it in which role."""

    snapshot: Snapshot
    acted: frozenset[tuple[int, str]]


def snapshots_of(matters: Iterable[Matter], *, today: date, actor: int | None = None) -> dict[int, Held]:
    """Return the snapshots of matters by key; seven queries however many there are.

    Args:
        matters: Rows.
        today: Civil date, Asia/Shanghai.
        actor: Id of the person about to act.
    """
    rows = {matter.pk: matter for matter in matters}
    parties = _by(rows, Party.objects.filter(until_at=None).order_by("pk"), "role", "person_id", "unit_id")
    story = _by(
        rows, Performance.objects.filter(undone_by=None).order_by("no"),
        "pk", "no", "act", "at", "by_id", "for_person_id", "second_id", "as_role", "entered",
    )  # fmt: skip
    by_act, by_line = _files(rows)
    lines = _by(rows, LedgerLine.objects.order_by("ledger", "no"), "pk", "ledger", "no", "state", "facts")
    runs = _by(rows, ClockRun.objects.order_by("pk"), "key", "state", "started_on", "due_on", "stopped_on")
    slips = _by(rows, MatterSlip.objects.order_by("pk"), "key")
    links = _links(rows)
    found = {}
    for key, matter in rows.items():
        snapshot = Snapshot(
            stage=matter.stage,
            facts=matter.facts,
            parties=tuple(PartyView(one.role, one.person_id, one.unit_id) for one in parties[key]),
            done=done_of(
                (
                    (one.pk, one.no, one.act, one.at, one.by_id, one.for_person_id, one.entered)
                    for one in story[key]
                ),
                by_act,
            ),
            ledgers=_ledgers(lines[key], by_line),
            clocks=tuple(
                Running(one.key, one.state, one.started_on, one.due_on, one.stopped_on) for one in runs[key]
            ),
            slips=tuple(one.key for one in slips[key]),
            links=tuple(links[key]),
            today=today,
            actor=actor,
        )
        found[key] = Held(snapshot, _acted(parties[key], story[key]))
    return found


def _files(rows: dict[int, Matter]) -> tuple[Counter[int], Counter[int]]:
    """Return how many files hang on each act, and on each line of a ledger."""
    files = composing.rows_of(
        "files of many",
        rows,
        lambda marks: MatterFile.objects.filter(matter__in=marks).values_list("performance_id", "line_id"),
    )
    return Counter(one for one, _line in files), Counter(one for _act, one in files)


def _ledgers(lines: list[Any], files: Counter[int]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for one in lines:
        found[one.ledger].append(Line(one.no, one.state, one.facts, files[one.pk]))
    return {name: tuple(some) for name, some in found.items()}


def _acted(parties: list[Any], story: list[Any]) -> frozenset[tuple[int, str]]:
    """Return (person, role) of everybody who is named, acted, was stood in for, or signed second."""
    pairs = {(one.person_id, one.role) for one in parties if one.person_id}
    for one in story:
        pairs |= {(person, one.as_role) for person in (one.by_id, one.for_person_id, one.second_id) if person}
    return frozenset(pairs)


def _by(matters: Iterable[int], rows: QuerySet[Any], *names: str) -> dict[int, list[Any]]:
    """Return rows by matter, with these columns only: a tray has thousands, and needs no more of them."""
    found: dict[int, list[Any]] = defaultdict(list)
    of_them = composing.rows_of(
        ("by matter", rows.model, *names),
        matters,
        lambda marks: rows.filter(matter__in=marks).values_list("matter_id", *names, named=True),
    )
    for row in of_them:
        found[row.matter_id].append(row)
    return found


def _links(rows: dict[int, Matter]) -> dict[int, list[Linked]]:
    found: dict[int, list[Linked]] = defaultdict(list)
    touching = composing.rows_of(
        "links of many",
        rows,
        lambda marks: (
            MatterLink.objects.filter(Q(source__in=marks) | Q(target__in=marks), until_at=None)
            .select_related("source", "target")
            .order_by("pk")
        ),
    )
    for link in {one.pk: one for one in touching}.values():
        if link.source_id in rows:
            found[link.source_id].append(_linked(link, link.target, outward=True))
        if link.target_id in rows:
            found[link.target_id].append(_linked(link, link.source, outward=False))
    return found


def _linked(link: MatterLink, end: Matter, *, outward: bool) -> Linked:
    is_open = end.is_open and end.standing == Matter.Standing.VALID
    facts = {key: end.facts.get(key) for key in _told(end)}
    return Linked(link.kind, end.mechanism, end.stage, is_open, outward, facts)


def _told(matter: Matter) -> tuple[str, ...]:
    try:
        return mechanism(matter.mechanism, matter.version).keywords
    except UnknownMechanism:
        return ()
