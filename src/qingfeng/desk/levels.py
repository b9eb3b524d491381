"""How much of many matters somebody sees at once: what `access.view_of` says of one, as a condition.

A list, an export or a statistic shows facts, titles and parties only of matters that are seen whole;
of the others it shows the card: number, kind, stage, office, days. A test holds this equal to `view_of`.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from qingfeng.journal import composing
from qingfeng.matters import access
from qingfeng.matters.access import View
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer


def whole_q(viewer: Viewer) -> Q:
    """Return the condition under which a visible matter is seen whole."""
    return access.read_whole_q(viewer)


def views_of(viewer: Viewer, matters: Iterable[Matter]) -> dict[int, View]:
    """Return how much of each visible matter somebody sees, by its key; one query, composed once a reader."""
    keys = [matter.pk for matter in matters]
    whole = set(
        composing.rows_of(
            ("whole", access.question_of(viewer)),
            keys,
            lambda marks: (
                Matter.objects.filter(whole_q(viewer), pk__in=marks).order_by().values_list("pk", flat=True)
            ),
        )
    )
    less = access.less_than_whole(viewer, (key for key in keys if key not in whole))
    return {key: "whole" if key in whole else less[key] for key in keys}


def whole(viewer: Viewer) -> object:
    """Return the matters that somebody sees whole."""
    return access.visible(viewer).filter(whole_q(viewer))
