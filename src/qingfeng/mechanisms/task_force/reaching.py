"""What somebody reaches through a task force: parts on matters that hang on it, had since they joined.

A matter hangs on a force when a campaign that it staffs asked for it or it serves that campaign (or the force
itself), or when such a matter led to it. For whoever is lent, every part since then is one through the force,
unless another force that stands reaches it too: they are here for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

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


def joined_at(force: Matter, person: int) -> datetime | None:
    """Return when somebody came to a force, None if they never did."""
    rows = Party.objects.filter(matter=force, person=person, role__in=PARTS).order_by("since_at")
    return rows.values_list("since_at", flat=True).first()


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


def parts_through(force: Matter, person: int) -> list[Party]:
    """Return the live parts that somebody has through a force, by matter."""
    since = joined_at(force, person)
    if since is None:
        return []
    parts = [one for one in live_parts(person) if one.since_at >= since]
    if posts_for(title_of(force), person=person):
        elsewhere = _through_others(force, person)
        return [one for one in parts if one.matter_id not in elsewhere]
    there = hanging_on(force)
    return [one for one in parts if one.matter_id in there]


def _through_others(force: Matter, person: int) -> set[int]:
    """Return what somebody who is lent reaches through other forces that they still work in."""
    others = Matter.objects.filter(
        mechanism=KIND, parties__person=person, parties__until_at=None, parties__role__in=PARTS
    ).exclude(pk=force.pk)
    return {key for other in others.distinct() for key in hanging_on(other)}


def people_of(force: Matter) -> list[int]:
    """Return the ids of everybody with a live part on a force that ends with it, in order of joining."""
    rows = force.parties.filter(role__in=PARTS, until_at=None, person__isnull=False).order_by(
        "since_at", "pk"
    )
    return list(dict.fromkeys(_ids(rows.values_list("person", flat=True))))


def _ids(found: Iterable[int | None]) -> list[int]:
    return [one for one in found if one is not None]
