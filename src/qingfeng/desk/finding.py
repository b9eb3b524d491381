"""The search box: a number opens its matter, other text lists titles; nothing beyond what one may see."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from qingfeng.desk.levels import views_of, whole_q
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

MOST = 50
LEAST_SIGNS = 2


@dataclass(frozen=True)
class Found:
    """What a search found: one matter by its number, or matters with title and stage as they may be shown."""

    exact: Matter | None = None
    rows: list[tuple[Matter, str, str]] = field(default_factory=list)
    is_cut: bool = False


def find(viewer: Viewer, text: str) -> Found:
    """Search the matters that exist for somebody.

    Args:
        viewer: Who searches.
        text: A number, part of one, or part of a title; at least two signs.
    """
    if len(text) < LEAST_SIGNS:
        return Found()
    seen = access.visible(viewer).select_related("owner")
    exact = list(seen.filter(Q(number__iexact=text) | Q(slug=text))[:2])
    if len(exact) == 1:
        return Found(exact[0])
    whole = Q(title__icontains=text) & whole_q(viewer)
    rows = list(
        seen.filter(Q(number__icontains=text) | Q(slug=text) | whole).order_by("-opened_at", "-pk")[
            : MOST + 1
        ]
    )
    views = views_of(viewer, rows)
    told = []
    for matter in rows[:MOST]:
        declared = mechanism(matter.mechanism, matter.version)
        title = matter.title if views[matter.pk] == "whole" else str(declared.name)
        told.append((matter, title, str(declared.stage(matter.stage).name)))
    return Found(None, told, len(rows) > MOST)
