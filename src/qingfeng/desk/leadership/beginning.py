"""The year of many units begun at once: each is opened through the door, and the house proposes its talks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qingfeng.desk.leadership.covering import YEAR
from qingfeng.matters import access, door
from qingfeng.matters.answers import Refusal
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.leadership.posts import HEAD_ROLES, MEMBER_ROLES
from qingfeng.organization.models import Post, PostRole, Unit
from qingfeng.organization.viewer import Viewer

TITLE = "{unit}{year}年度一把手和领导班子监督"
SUPERVISED = (
    Unit.Kind.SUPERVISED,
    Unit.Kind.PARTNER,
    Unit.Kind.RESIDENT,
    Unit.Kind.TOWNSHIP,
    Unit.Kind.ENTERPRISE,
    Unit.Kind.ROOM,
    Unit.Kind.INSPECTION,
)


@dataclass(frozen=True)
class Begun:
    """What came of beginning the years of units: how many were opened, and which were refused and why."""

    count: int
    refused: list[tuple[Unit, str]]


def may_begin(viewer: Viewer) -> bool:
    """Return whether somebody may begin the year of a unit."""
    return bool(access.may_open(viewer, mechanism(YEAR)))


def owner_of(viewer: Viewer) -> Unit | None:
    """Return the room that answers for what somebody begins: their main post's."""
    key = next((post.unit_id for post in viewer.posts), None)
    return Unit.objects.filter(pk=key, is_ours=True).first()


def missing_in(viewer: Viewer, year: int) -> list[Unit]:
    """Return the units with a leading post on record and no plan of that year that somebody may know of.

    Units to which the viewer is bound are left out: somebody else begins their year.
    """
    held = PostRole.objects.held_on(viewer.on).filter(role__in=(*HEAD_ROLES, *MEMBER_ROLES))
    posts = Post.objects.held_on(viewer.on).filter(pk__in=held.values("post"))
    there = Matter.objects.filter(mechanism=YEAR, standing="valid", facts__plan_year=year)
    there = there.exclude(stage="dropped")
    taken = Party.objects.filter(matter__in=there, role="unit", until_at=None).values("unit")
    found = Unit.objects.open_on(viewer.on).filter(kind__in=SUPERVISED, pk__in=posts.values("unit"))
    bound = access.bound_by(viewer)[0]
    return list(found.exclude(pk__in=taken).exclude(pk__in=bound).order_by("path"))


def kind_of(unit: Unit) -> str:
    """Return the kind of office that a unit is, as far as the unit tree says it."""
    if unit.level == Unit.Level.TOWN:
        return "town"
    if unit.kind == Unit.Kind.ENTERPRISE or unit.name.endswith(("公司", "集团")):
        return "enterprise"
    above = unit.parent
    return "institution" if above is not None and above.kind == Unit.Kind.SUPERVISED else "organ"


def begin(viewer: Viewer, units: Iterable[Unit], year: int) -> Begun:
    """Open the year of each unit and have its talks proposed; a refusal of one keeps no other away."""
    owner, count, refused = owner_of(viewer), 0, list[tuple[Unit, str]]()
    for unit in units:
        answer = _begin(viewer, unit, year, owner=owner) if owner else None
        if isinstance(answer, Refusal):
            refused.append((unit, str(answer.reason)))
        elif answer is not None:
            count += 1
    return Begun(count, refused)


def _begin(viewer: Viewer, unit: Unit, year: int, *, owner: Unit) -> object:
    opened = door.open_matter(
        YEAR,
        by=viewer,
        title=TITLE.format(unit=unit, year=year),
        owner=owner,
        facts={"plan_year": year, "office_kind": kind_of(unit)},
        parties={"unit": [unit], "overseer": [unit.overseen_by] if unit.overseen_by else []},
    )
    if isinstance(opened, Refusal):
        return opened
    proposed = door.perform("propose", opened.matter, by=viewer)
    return proposed if not isinstance(proposed, Refusal) or proposed.why != "role" else opened
