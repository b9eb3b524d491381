"""What waits for somebody (待我批): second signatures, and matters that stand before an approving act.

An act is an approving one where the declaration keeps it apart from those who drafted (`not_by`), or lets
it be signed on paper or decided in a meeting: decisions, not work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count, F, Max, Q, QuerySet
from django.http import HttpRequest

from qingfeng.desk.holding import Holding, OnMatter, has_lines, holdings, open_matters, unit_paths
from qingfeng.desk.many import Held, snapshots_of
from qingfeng.journal import composing
from qingfeng.journal.straight import Question
from qingfeng.matters import access
from qingfeng.matters.models import Awaiting, Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Act, Mechanism
from qingfeng.organization.viewer import Viewer

KEPT_SECONDS = 60
MOST = 50  # a page of them; what is decided makes room for the next


@dataclass(frozen=True)
class Approval:
    """A matter that waits for a decision: the acts to choose from, and whom one stands in for."""

    matter: Matter
    title: str
    acts: tuple[Act, ...]
    instead_of: str = ""


@dataclass(frozen=True)
class Signature:
    """An act that waits for its second signer."""

    awaiting: Awaiting
    title: str
    act: Act


@dataclass(frozen=True)
class Tray:
    """What waits, oldest due date first."""

    signatures: list[Signature]
    approvals: list[Approval]

    @property
    def count(self) -> int:
        """How many wait."""
        return len(self.signatures) + len(self.approvals)


def is_approving(act: Act) -> bool:
    """Return whether an act decides about what others drafted."""
    return bool(act.from_) and (bool(act.not_by) or act.on_paper or act.meeting)


def approving_stages(declared: Mechanism, role: str) -> list[str]:
    """Return the stages in which a role may have something to approve."""
    return sorted(
        {stage for act in declared.acts if role in act.by and is_approving(act) for stage in act.from_}
    )


def tray_of(viewer: Viewer) -> Tray:
    """Return what waits for somebody; a number of queries that does not grow with it."""
    if viewer.person_id is None or viewer.is_administrator:
        return Tray([], [])
    return Tray(_signatures(viewer), _approvals(viewer))


def tray_in(request: HttpRequest) -> Tray:
    """Return the tray of the person on this request, read once; the rail of other pages keeps its count."""
    if not hasattr(request, "_desk_tray"):
        request._desk_tray = tray_of(request.viewer)  # noqa: SLF001 - our own note on it
        if request.viewer.person_id is not None:
            cache.set(_key(request.viewer), request._desk_tray.count, KEPT_SECONDS)  # noqa: SLF001
    return request._desk_tray  # noqa: SLF001


def count_in(request: HttpRequest) -> int:
    """Return how many wait, as the tray said within the last minute.

    One's own acts, every step of a matter and every first signature count at once; what only a line of a
    ledger let hold is a minute late at most.
    """
    if hasattr(request, "_desk_tray") or request.viewer.person_id is None:
        return tray_in(request).count
    kept: int | None = cache.get(_key(request.viewer))
    return tray_in(request).count if kept is None else kept


def _key(viewer: Viewer) -> str:
    """Return where a count is kept.

    Its name changes with the person's last act, with the last step that a matter took in the house, and
    with the first signatures that wait: three looks at an index.
    """
    found = (*_LAST_ACT(viewer.person_id), *_LAST_STEP(), *_WAITING())
    told = ".".join(str(one) for row in found for one in row)
    return f"desk.tray.{viewer.person_id}.{viewer.on:%Y%m%d}.{told}"


_LAST_ACT = Question(
    lambda person: Performance.objects.filter(by=person).order_by("-at", "-pk").values_list("pk")[:1]
)
_LAST_STEP = Question(
    lambda: Performance.objects.exclude(from_stage=F("to_stage")).order_by("-pk").values_list("pk")[:1], ""
)
_WAITING = Question(
    lambda: (
        Awaiting.objects.filter(ended="")
        .order_by()
        .values("ended")
        .annotate(n=Count("pk"), last=Max("pk"))
        .values_list("n", "last")
    ),
    "",
)


def _signatures(viewer: Viewer) -> list[Signature]:
    rows = composing.rows(
        ("signatures", viewer.person_id),
        lambda: (
            Awaiting.objects.filter(ended="")
            .exclude(by=viewer.person_id)
            .select_related("matter__owner", "by")
            .order_by("at")[: 3 * MOST]
        ),
    )
    views = access.seen_among(viewer, [one.matter_id for one in rows])
    rows = [one for one in rows if one.matter_id in views]
    snapshots = snapshots_of([one.matter for one in rows], today=viewer.on, actor=viewer.person_id)
    paths = unit_paths(held.snapshot for held in snapshots.values())
    found = []
    for one in rows:
        declared = mechanism(one.matter.mechanism, one.matter.version)
        act = next((act for act in declared.acts if act.key == one.act), None)
        if act and views[one.matter_id] == "whole":
            here = OnMatter(one.matter, snapshots[one.matter_id].snapshot, paths)
            if any(hand.plays_any(declared, act.by, here) for hand in holdings(viewer)):
                found.append(Signature(one, one.matter.title, act))
    return found[:MOST]


def _approvals(viewer: Viewer) -> list[Approval]:
    hands = holdings(viewer)
    candidates = {matter.pk: matter for held in hands for matter in _candidates(held)}
    views = access.seen_among(viewer, candidates)
    matters = [matter for key, matter in candidates.items() if key in views]
    snapshots = snapshots_of(matters, today=viewer.on, actor=viewer.person_id)
    paths = unit_paths(held.snapshot for held in snapshots.values())
    found = []
    for matter in matters:
        here = OnMatter(matter, snapshots[matter.pk].snapshot, paths)
        for hand in hands:
            acts = tuple(act for act in _acts(hand, here) if _stands(act, snapshots[matter.pk], hand, viewer))
            if acts:
                declared = mechanism(matter.mechanism, matter.version)
                title = matter.title if views[matter.pk] == "whole" else str(declared.name)
                found.append(Approval(matter, title, acts, hand.name))
                break
    return sorted(found, key=lambda one: (one.matter.due_on or date.max, one.matter.pk))[:MOST]


def _candidates(held: Holding) -> Iterable[Matter]:
    for name, condition in (
        (("before named", frozenset(held.named.items())), lambda: _named(held)),
        (("before offices",), lambda: held.by_office(approving_stages, "", "stage")),
    ):
        yield from composing.rows((*name, *held.question), lambda of=condition: _open(of()))


def _open(condition: Q | None) -> QuerySet[Matter]:
    rows = Matter.objects.filter(open_matters()).select_related("owner").order_by("due_on", "pk")
    return rows.none() if condition is None else rows.filter(condition)[:MOST]


def _named(held: Holding) -> Q | None:
    """Return the condition that a matter stands before an approving act of a role that is named on it."""
    keys: dict[str, list[int]] = defaultdict(list)
    for matter, roles in held.named.items():
        for role in roles:
            keys[role].append(matter)
    found: Q | None = None
    for one in held.kinds:
        for role, matters in keys.items():
            stages = approving_stages(one, role)
            if stages:
                kind = Q(mechanism=one.key, version=one.version, stage__in=stages, pk__in=matters)
                found = kind if found is None else found | kind
    return found


def _acts(held: Holding, here: OnMatter) -> list[Act]:
    declared = mechanism(here.matter.mechanism, here.matter.version)
    if declared not in held.kinds:
        return []
    waiting = [act for act in declared.acts if is_approving(act) and here.matter.stage in act.from_]
    return [act for act in waiting if held.plays_any(declared, act.by, here)]


def _stands(act: Act, held_matter: Held, held: Holding, viewer: Viewer) -> bool:
    """Whether an act can be done now.

    Its condition and gates hold, and nobody acted in a part that excludes it.
    """
    snapshot = held_matter.snapshot
    persons = {viewer.person_id, held.viewer.person_id}
    if any((person, role) in held_matter.acted for person in persons for role in act.not_by):
        return False
    if (act.when and not act.when(snapshot)) or not has_lines(act, snapshot):
        return False
    return all(gate.holds(snapshot) for gate in act.gates)
