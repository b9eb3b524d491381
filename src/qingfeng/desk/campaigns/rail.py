"""What campaigns hang on the rail: the board of four steps, for own staff who may know of campaigns."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from qingfeng.desk.listing import knows
from qingfeng.desk.shelves import CAMPAIGNS
from qingfeng.look.rail import RailEntry, register
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.campaign.joining import KIND


def may_open(request: HttpRequest) -> bool:
    """Return whether the board exists for somebody."""
    return request.viewer.is_ours and knows(request.viewer, mechanism(KIND))


def hang() -> None:
    """Put the entry on the rail."""
    name = pgettext_lazy("rail", "Campaigns in four steps")
    register(
        RailEntry(
            name,
            "desk:campaigns_board",
            390,
            None,
            may_open,
            "route",
            CAMPAIGNS,
            covered="desk:list",
            covers={"kind": "campaign"},
        )
    )
