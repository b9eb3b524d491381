"""What was sent to a unit outside: open matters in which it has a part, and what it owes by when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from qingfeng.desk.levels import views_of
from qingfeng.desk.lights import lights_of
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

MOST = 200


@dataclass(frozen=True)
class Sent:
    """A matter that was sent to a unit, as far as its contact may know it."""

    matter: Matter
    kind: Any
    title: str
    parts: str
    light: Light | None


def is_contact(viewer: Viewer) -> bool:
    """Return whether somebody speaks for a unit outside."""
    outside = viewer.person_id is not None and not viewer.is_administrator and access.is_outside(viewer)
    return outside and bool(access.units_spoken_for(viewer))


def sent_to(viewer: Viewer) -> list[Sent]:
    """Return the open matters in which the viewer's units have a part, nearest due first; four queries."""
    rows = access.visible(viewer).filter(is_open=True, standing=Matter.Standing.VALID).select_related("owner")
    matters = list(rows.order_by("due_on", "-opened_at", "pk")[:MOST])
    views, lights = views_of(viewer, matters), lights_of(matters, viewer.on)
    parts: dict[int, list[str]] = defaultdict(list)
    mine = Party.objects.filter(matter__in=matters, unit__in=access.units_spoken_for(viewer), until_at=None)
    for matter, role in mine.order_by("pk").values_list("matter_id", "role"):
        parts[matter].append(role)
    found = []
    for one in matters:
        declared = mechanism(one.mechanism, one.version)
        names = {role.key: str(role.name) for role in declared.parties}
        said = " · ".join(dict.fromkeys(names.get(key, key) for key in parts[one.pk]))
        title = one.title if views[one.pk] == "whole" else str(declared.name)
        lit = lights.get(one.pk) if views[one.pk] == "whole" else None
        found.append(Sent(one, declared.name, title, said, lit))
    return found
