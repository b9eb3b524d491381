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
from qingfeng.matters.word_models import OwnWords
from qingfeng.organization.rail import ADMINISTRATION
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


def _waiting_words(request: HttpRequest) -> int:
    """Return how many changes of words wait for the signature of whoever looks."""
    if not doors.signs_own_words(request.viewer):
        return 0
    return OwnWords.objects.filter(state=OwnWords.State.ASKED).exclude(asked_by=request.user.pk).count()


def hang() -> None:
    """Put the entries on the rail."""
    entries = (
        (_("Meetings"), "meetings", None, "users", doors.is_staff, OFFICE),
        (_("Returned copies"), "slip_return", None, "qrcode", doors.carries_matters, OFFICE),
        (_("Hand work over"), "handover", None, "users-group", doors.hands_over, OFFICE),
        (_("Taking over"), "takeover", None, "upload", doors.takes_over, OFFICE),
        (_("Wording of documents"), "wordings", None, "letter-case", doors.writes_wording, OFFICE),
        (_("Document numbers"), "number_series", None, "list-details", doors.sees_numbers, OFFICE),
        (
            _("Register of interference"),
            "interference",
            None,
            "message-circle",
            doors.registers_interference,
            OFFICE,
        ),
        (_("Emergency access"), "glass", None, "key", doors.carries_matters, OFFICE),
        (_("Review of emergency access"), "glass_reviews", _owed_reviews, "eye", doors.reviews_glass, OFFICE),
        (pgettext_lazy("keeping", "Who could read"), "readers", None, "report-search", doors.audits, AUDIT),
        (_("Journal"), "journal", None, "book-2", doors.audits, AUDIT),
        (_("Alarms of the journal"), "journal_alarms", _open_alarms, "alert-triangle", doors.audits, AUDIT),
    )
    for order, (name, address, count, icon, may, group) in enumerate(entries, start=700):
        register(RailEntry(name, f"desk:{address}", order, count, _for(may), icon, group))
    words = RailEntry(
        _("Own words"),
        "desk:own_words",
        907,
        _waiting_words,
        _for(doors.sees_own_words),
        "letter-case",
        ADMINISTRATION,
    )
    register(words)
    mine = RailEntry(_("What is sealed to me"), "desk:sealed_mine", 60, None, _for(doors.is_person), "lock")
    register_personal(mine)
