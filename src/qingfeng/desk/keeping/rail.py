"""What keeping hangs on the rail and in the menu under a person's name, each for those who may open it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.keeping import doors
from qingfeng.journal.models import JournalAlarm
from qingfeng.look.rail import RailEntry, register, register_personal
from qingfeng.matters.models import BreakGlass
from qingfeng.organization.viewer import Viewer

OFFICE, AUDIT = pgettext_lazy("keeping", "Office"), pgettext_lazy("keeping", "Audit")


def _for(may: Callable[[Viewer], bool]) -> Callable[[HttpRequest], bool]:
    def may_see(request: HttpRequest) -> bool:
        viewer: Viewer = request.viewer
        return viewer.person_id is not None and may(viewer)

    return may_see


def _owed_reviews(request: HttpRequest) -> int:
    """Return how many emergency accesses of others wait for a review."""
    viewer: Viewer = request.viewer
    return BreakGlass.objects.filter(reviewed_at=None).exclude(person=viewer.person_id).count()


def _open_alarms(_request: HttpRequest) -> int:
    return JournalAlarm.objects.filter(settled_at=None).count()


def hang() -> None:
    """Put the entries on the rail."""
    office = (
        (_("Meetings"), "meetings", "users", doors.is_staff),
        (_("Returned copies"), "slip_return", "qrcode", doors.carries_matters),
        (_("Hand work over"), "handover", "users-group", doors.hands_over),
        (_("Taking over"), "takeover", "upload", doors.takes_over),
        (_("Wording of documents"), "wordings", "letter-case", doors.writes_wording),
        (_("Register of interference"), "interference", "message-circle", doors.registers_interference),
        (_("Emergency access"), "glass", "key", doors.carries_matters),
    )
    for order, (name, address, icon, may) in enumerate(office, start=400):
        register(RailEntry(name, f"desk:{address}", order, None, _for(may), icon, OFFICE))
    register(
        RailEntry(
            _("Review of emergency access"),
            "desk:glass_reviews",
            450,
            _owed_reviews,
            _for(doors.reviews_glass),
            "eye",
            OFFICE,
        )
    )
    register(
        RailEntry(
            pgettext_lazy("keeping", "Who could read"),
            "desk:readers",
            500,
            None,
            _for(doors.audits),
            "report-search",
            AUDIT,
        )
    )
    register(RailEntry(_("Journal"), "desk:journal", 510, None, _for(doors.audits), "book-2", AUDIT))
    register(
        RailEntry(
            _("Alarms of the journal"),
            "desk:journal_alarms",
            520,
            _open_alarms,
            _for(doors.audits),
            "alert-triangle",
            AUDIT,
        )
    )
    register_personal(
        RailEntry(_("What is sealed to me"), "desk:sealed_mine", 60, None, _for(doors.is_person), "lock")
    )
