"""What the assessment hangs on the rail: one entry, with how many entries wait for one's check."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.appraisal.points import doors
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.look.rail import RailEntry, register


def _is_ours(request: HttpRequest) -> bool:
    return request.viewer.person_id is not None and bool(request.viewer.is_staff)


def _to_check(request: HttpRequest) -> int:
    viewer = request.viewer
    if not viewer.has("dept_head", *doors.LEADS):
        return 0
    return doors.to_check(viewer, Daily.objects.filter(state=Daily.State.WAITING)).count()


def hang() -> None:
    """Put the entry on the rail, after the evaluation."""
    register(RailEntry(_("Assessment"), "desk:points", 29, _to_check, _is_ours, "star"))
