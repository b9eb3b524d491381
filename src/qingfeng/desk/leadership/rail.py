"""What talks hang on the rail: the page of all units, and everybody's own."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.leadership.asked import may_open, may_read_own
from qingfeng.desk.shelves import DUTY
from qingfeng.look.rail import RailEntry, register


def _leads(request: HttpRequest) -> bool:
    return may_open(request.viewer)


def _talks(request: HttpRequest) -> bool:
    return may_read_own(request.viewer)


def hang() -> None:
    """Put both entries on the rail, after the own work."""
    register(
        RailEntry(
            _("Supervision of heads"),
            "desk:leadership",
            292,
            None,
            _leads,
            "users-group",
            DUTY,
            covered="desk:list",
            covers={"kind": "leadership"},
        )
    )
    register(RailEntry(_("My talks and my file"), "desk:leadership_own", 27, None, _talks, "message-circle"))
