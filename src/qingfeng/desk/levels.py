"""How much of many matters somebody sees at once: what `access.view_of` says of one, as a condition.

A list, an export or a statistic shows facts, titles and parties only of matters that are seen whole;
of the others it shows the card: number, kind, stage, office, days. A test holds this equal to `view_of`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from qingfeng.matters import access
from qingfeng.matters.access import View
from qingfeng.matters.models import BreakGlass, Matter, Party
from qingfeng.matters.registry import every_version
from qingfeng.matters.vocabulary import Confidentiality
from qingfeng.organization.viewer import Viewer


def whole_q(viewer: Viewer) -> Q:
    """Return the condition under which a visible matter is seen whole."""
    now = timezone.now()
    glass = BreakGlass.objects.filter(matter=OuterRef("pk"), person=viewer.person_id, expires_at__gt=now)
    here = Party.objects.filter(matter=OuterRef("pk"), until_at=None)
    whole = Q(Exists(here.filter(person=viewer.person_id))) | Q(Exists(glass))
    units = access.units_spoken_for(viewer)
    if access.is_outside(viewer):
        return whole | _by_reading_roles(here, units) if units else whole
    whole |= ~Q(confidentiality=Confidentiality.RESTRICTED.value) | _by_restricted_office(viewer)
    away = [one.person_id for one in viewer.stands_in_for]
    return whole | Q(Exists(here.filter(Q(unit__in=units) | Q(person__in=away))))


def _by_reading_roles(here: object, units: Iterable[int]) -> Q:
    found = Q(pk__in=())
    for one in every_version():
        roles = [role.key for role in one.parties if role.kind == "unit" and role.reads]
        if roles:
            named = Exists(here.filter(unit__in=units, role__in=roles))  # type: ignore[attr-defined]
            found |= Q(mechanism=one.key, version=one.version) & Q(named)
    return found


def _by_restricted_office(viewer: Viewer) -> Q:
    held = viewer.roles.keys()
    found = Q(pk__in=())
    for one in every_version():
        if any(role.restricted and held & set(role.office) for role in one.parties):
            found |= Q(mechanism=one.key, version=one.version)
    return found


def views_of(viewer: Viewer, matters: Iterable[Matter]) -> dict[int, View]:
    """Return how much of each visible matter somebody sees, by its key; one query."""
    keys = [matter.pk for matter in matters]
    whole = set(Matter.objects.filter(whole_q(viewer), pk__in=keys).values_list("pk", flat=True))
    less: View = "part" if access.is_outside(viewer) else "card"
    return {key: "whole" if key in whole else less for key in keys}


def whole(viewer: Viewer) -> object:
    """Return the matters that somebody sees whole."""
    return access.visible(viewer).filter(whole_q(viewer))
