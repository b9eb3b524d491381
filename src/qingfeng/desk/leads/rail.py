"""What the pages of leads hang on the rail."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk.leads.doors import knows_leads, surveys
from qingfeng.desk.shelves import RECORDS
from qingfeng.findings.access import may_assign, visible_leads
from qingfeng.findings.exceptions import not_excepted
from qingfeng.look.rail import COUNTED, RailEntry, register

KEPT_SECONDS = 60


def _knows(request: HttpRequest) -> bool:
    return knows_leads(request.viewer)


def _surveys(request: HttpRequest) -> bool:
    return surveys(request.viewer)


def _sees_all(request: HttpRequest) -> bool:
    return may_assign(request.viewer)


def _to_hand_out(request: HttpRequest) -> int | None:
    """Return how many red and yellow leads nobody has been given, for who hands them out; kept a minute."""
    if not may_assign(request.viewer):
        return None

    def count() -> int:
        leads = visible_leads(request.viewer).filter(
            is_current=True, matter=None, colour__in=["red", "yellow"]
        )
        return not_excepted(leads).order_by()[: COUNTED + 1].count()

    return cache.get_or_set(f"leads-to-hand-out:{request.viewer.person_id}", count, KEPT_SECONDS)


def hang() -> None:
    """Put the entries on the rail."""
    register(RailEntry(_("Leads"), "desk:leads", 36, _to_hand_out, _knows, "report-search", key="l"))
    register(RailEntry(_("Rules"), "desk:rules", 45, None, _knows, "scale", RECORDS))
    register(RailEntry(_("Prone areas"), "desk:prone", 48, None, _sees_all, "map-pin", RECORDS))
    register(RailEntry(_("Blind spots"), "desk:blind_spots", 49, None, _surveys, "eye-off", RECORDS))
