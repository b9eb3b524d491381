"""Along the links of a matter, both ways: what hangs together for one reader, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from qingfeng.desk.levels import views_of
from qingfeng.matters import access
from qingfeng.matters.access import View
from qingfeng.matters.models import Matter, MatterLink
from qingfeng.organization.viewer import Viewer

MOST_LINKS = 300  # read a step: a matter with more is no thread any more
ASIDE = ("alike",)  # two letters of like wording: neither led to the other
UPWARD = ("serves", "cites")  # many hang on one aim: from it all are seen, from one of them not the others
TURNED = frozenset({"split_from", "repeats", *UPWARD})  # their source is the newer of the two


@dataclass(frozen=True)
class Reach:
    """How far one looks: steps away, and matters in all; each step is one query."""

    steps: int
    matters: int


ALL = Reach(12, 60)
NEAR = Reach(4, 12)


@dataclass(frozen=True)
class Way:
    """A link that the reader sees: from the earlier matter to the later, by their keys."""

    source: int
    target: int
    link: MatterLink


@dataclass(frozen=True)
class Walked:
    """What hangs together.

    Attributes:
        matters: By key, the nearest first.
        views: How much of each is seen, by key.
        ways: The links between them.
        is_cut: Whether more hangs on than is shown.
    """

    matters: dict[int, Matter]
    views: Mapping[int, View]
    ways: list[Way]
    is_cut: bool


def walk(viewer: Viewer, start: Matter, reach: Reach) -> Walked:
    """Return what hangs together with a matter that the viewer sees.

    What does not exist for the viewer is absent, and whatever hangs on by that alone.
    """
    links = _linked(start.pk, reach.steps)
    found = {end for link in links for end in (link.source_id, link.target_id)} - {start.pk}
    seen = {one.pk: one for one in access.visible(viewer).filter(pk__in=found)} if found else {}
    seen[start.pk] = start
    views = views_of(viewer, seen.values())
    ways = [_way(one) for one in links if _is_shown(one, views)]
    near, is_cut = _nearest(start.pk, ways, reach)
    kept = {key: seen[key] for key in near}
    return Walked(kept, views, [one for one in ways if one.source in kept and one.target in kept], is_cut)


def _is_shown(link: MatterLink, views: Mapping[int, View]) -> bool:
    """Whether a link is known: both ends exist for the reader, and one is more than a card."""
    ends = [views.get(link.source_id), views.get(link.target_id)]
    return None not in ends and ends != ["card", "card"]


def _linked(start: int, steps: int) -> list[MatterLink]:
    """Return the links within so many steps, the oldest first; nobody has looked at them yet."""
    found: dict[int, MatterLink] = {}
    reached, frontier = {start}, {start}
    for _step in range(steps):
        beside = Q(source__in=frontier) | Q(target__in=frontier)
        rows = MatterLink.objects.filter(beside, until_at=None).exclude(Q(pk__in=found) | Q(kind__in=ASIDE))
        if frontier != {start}:
            others = Q(kind__in=UPWARD, target__in=frontier) & ~Q(source__in=frontier)
            rows = rows.exclude(others)
        new = list(rows.order_by("since_at", "pk")[:MOST_LINKS])
        found |= {one.pk: one for one in new}
        frontier = {end for one in new for end in (one.source_id, one.target_id)} - reached
        reached |= frontier
        if not frontier:
            break
    return sorted(found.values(), key=lambda one: (one.since_at, one.pk))


def _way(link: MatterLink) -> Way:
    if link.kind in TURNED:
        return Way(link.target_id, link.source_id, link)
    return Way(link.source_id, link.target_id, link)


def _nearest(start: int, ways: Iterable[Way], reach: Reach) -> tuple[list[int], bool]:
    """Return the keys that hang together with one, the nearest first, and whether some were left out."""
    beside: dict[int, list[int]] = defaultdict(list)
    for one in ways:
        beside[one.source].append(one.target)
        beside[one.target].append(one.source)
    near = [start]
    for key in near:
        near += [other for other in dict.fromkeys(beside[key]) if other not in near]
    return near[: reach.matters], len(near) > reach.matters
