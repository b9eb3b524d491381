"""What somebody reaches through a task force: parts on matters that hang on it, had since they joined.

A matter hangs on a force when a campaign that it staffs asked for it or it serves that campaign (or the force
itself), or when such a matter led to it. For whoever is lent, every part since then is one through the force,
unless another force that stands reaches it too: they are here for nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min

from qingfeng.matters.leaving import live_parts
from qingfeng.matters.models import Matter, MatterLink, Party
from qingfeng.organization.seconding import posts_for

KIND = "task_force"
PARTS = ("lead", "member", "called")
UP = frozenset({"serves", "cites", "staffed_by"})
"""Links that lead from a matter to what it is a part of: never followed upwards."""
STEPS = 4


def title_of(force: Matter) -> str:
    """Return the title of the posts that are made for a force; by it they are found again."""
    return f"专班抽调人员（{force.number}）"


def hanging_on(force: Matter) -> set[int]:
    """Return the keys of the matters that hang on a force, the force itself among them."""
    now = MatterLink.objects.filter(until_at=None)
    found, edge = {force.pk}, {force.pk}
    edge |= set(now.filter(kind="staffed_by", target=force).values_list("source", flat=True))
    found |= edge
    for _step in range(STEPS):
        down = now.filter(source__in=edge).exclude(kind__in=UP).values_list("target", flat=True)
        served = now.filter(kind="serves", target__in=edge).values_list("source", flat=True)
        edge = {*down, *served} - found
        found |= edge
    return found


def parts_through(force: Matter, persons: Iterable[int]) -> dict[int, list[Party]]:
    """Return the live parts that some people have through a force, by person, each by matter.

    The queries do not grow with the people; other forces of whoever is lent are looked at once each.
    """
    since = _joined_at(force, persons)
    lent = set(posts_for(title_of(force)).filter(person__in=since).values_list("person_id", flat=True))
    there, elsewhere = hanging_on(force), _through_others(force, lent)
    found: dict[int, list[Party]] = {key: [] for key in since}
    for part in live_parts(since):
        key = part.person_id or 0
        is_through = part.matter_id not in elsewhere[key] if key in lent else part.matter_id in there
        if is_through and part.since_at >= since[key]:
            found[key].append(part)
    return found


def _joined_at(force: Matter, persons: Iterable[int]) -> dict[int, datetime]:
    """Return when each of some people came to a force; those who never did are left out."""
    rows = Party.objects.filter(matter=force, person__in=list(persons), role__in=PARTS).order_by()
    return dict(rows.values("person").annotate(since=Min("since_at")).values_list("person", "since"))


def _through_others(force: Matter, lent: Iterable[int]) -> dict[int, set[int]]:
    """Return what people who are lent reach through other forces that they still work in, by person."""
    rows = Party.objects.filter(
        matter__mechanism=KIND, person__in=list(lent), until_at=None, role__in=PARTS
    ).exclude(matter=force)
    hanging: dict[int, set[int]] = {}
    found: dict[int, set[int]] = defaultdict(set)
    for part in rows.select_related("matter"):
        if part.matter_id not in hanging:
            hanging[part.matter_id] = hanging_on(part.matter)
        found[part.person_id or 0] |= hanging[part.matter_id]
    return found


def people_of(force: Matter) -> list[int]:
    """Return the ids of everybody with a live part on a force that ends with it, in order of joining."""
    rows = force.parties.filter(role__in=PARTS, until_at=None, person__isnull=False).order_by(
        "since_at", "pk"
    )
    return list(dict.fromkeys(_ids(rows.values_list("person", flat=True))))


def _ids(found: Iterable[int | None]) -> list[int]:
    return [one for one in found if one is not None]
