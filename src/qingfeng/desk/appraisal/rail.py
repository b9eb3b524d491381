"""What appraisal hangs on the rail: one entry for the commission's own people."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.look.rail import RailEntry, register


def _is_ours(request: HttpRequest) -> bool:
    return request.viewer.person_id is not None and bool(request.viewer.is_ours)


def hang() -> None:
    """Put the entry on the rail, after the own work."""
    register(RailEntry(_("Evaluation"), "desk:appraisal", 28, None, _is_ours, "checklist"))
