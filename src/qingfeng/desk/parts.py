"""Which matters somebody has a part in: what `access.part_in` says of one, as a condition over many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q

from qingfeng.matters import access
from qingfeng.matters.models import Party
from qingfeng.matters.vocabulary import Mechanism, Role
from qingfeng.organization.viewer import StandsFor, Viewer

NONE = Q(pk__in=())


def plays_q(viewer: Viewer, declared: Mechanism, roles: Iterable[str]) -> Q:
    """Return the condition, over matters, in which somebody plays one of the roles themselves."""
    found = NONE
    for key in roles:
        if key != "clock":
            found |= _plays(viewer, declared.role(key))
    return Q(mechanism=declared.key, version=declared.version) & found if found != NONE else NONE


def _plays(viewer: Viewer, role: Role) -> Q:
    here = Party.objects.filter(matter=OuterRef("pk"), role=role.key, until_at=None)
    held = viewer.roles.keys() & set(role.office)
    if role.kind == "unit":
        units = access.units_spoken_for(viewer)
        speaks = bool(held) or not role.office
        return Q(Exists(here.filter(unit__in=units))) if units and speaks else NONE
    found = Q(Exists(here.filter(person=viewer.person_id)))
    return found | _within(viewer, role, held) if held else found


def _within(viewer: Viewer, role: Role, held: Iterable[str]) -> Q:
    if role.within == "any":
        return ~NONE
    units = viewer.units_under(*sorted(held))
    if role.within == "owner":
        return Q(owner__in=units)
    named = Party.objects.filter(matter=OuterRef("pk"), role=role.within, unit__in=units, until_at=None)
    return Q(Exists(named))


def hands(viewer: Viewer) -> Iterator[tuple[Viewer, StandsFor | None]]:
    """Yield the viewer, then everybody they stand in for, each as a viewer of their own."""
    yield viewer, None
    for away in viewer.stands_in_for:
        yield access.stood_for(away, viewer), away


def may_be_for(away: StandsFor | None, declared: Mechanism) -> bool:
    """Return whether a hand reaches a kind: the own one every kind, another's those that were named."""
    return away is None or declared.key in away.kinds
