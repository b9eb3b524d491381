"""What blocks an act on a directive. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done_after, ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("挂单督办工作惯例", mark=Mark.PROPOSAL),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
CARRIED_OUT = {"executed", "settled", "expired", "filed", "ended", "refused", "revoked", "annulled"}
"""Stages of an accountability matter in which nothing of its decision waits to be carried out."""


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _internal_is_earlier(seen: Snapshot) -> bool:
    if "internal_due_on" not in seen.entered:
        return True
    inner, upper = _day(seen.value("internal_due_on")), _day(seen.value("upward_due_on"))
    return inner is not None and upper is not None and inner < upper


def _extension_is_asked(seen: Snapshot) -> bool:
    answered = seen.times("grant_extension") + seen.times("refuse_extension")
    return seen.times("ask_extension") + seen.times("take_request") > answered


def _extension_stays_within(seen: Snapshot) -> bool:
    until, upper = _day(seen.entered.get("until")), _day(seen.value("upward_due_on"))
    if until is None or upper is None:
        return True
    return until < upper or seen.entered.get("superior_agreed") is True


def _approved_since_the_report(seen: Snapshot) -> bool:
    order = [one.act for one in seen.done]
    last = {key: len(order) - order[::-1].index(key) for key in set(order)}
    approved = last.get("approve", 0)
    since = ("report", "take_report", "return_report", "return_from_above")
    return approved > max(last.get(key, 0) for key in since)


def has_superior(seen: Snapshot) -> bool:
    """Return whether a superior gave the order, to whom one can object."""
    return bool(seen.units("superior"))


def reported_from_below(seen: Snapshot) -> bool:
    """Return whether the report came from another installation, which waits for a receipt."""
    return seen.times("take_report") > 0


def _decisions_carried_out(seen: Snapshot) -> bool:
    linked = (one for one in seen.links if one.outward and one.mechanism == "accountability")
    listed = seen.lines("decisions")
    return all(one.stage in CARRIED_OUT for one in linked) and all(one.state == "executed" for one in listed)


NOT_SECRET = Gate(
    "not_secret",
    _("This order is marked secret: send it by the confidential channel; it is not entered here."),
    lambda seen: seen.entered.get("not_secret", True) is True,
    (Law("保守国家秘密法"),),
)
INTERNAL_IS_EARLIER = Gate(
    "internal_is_earlier",
    _("Set the inner deadline before the upward one, so that there is time to review and send."),
    _internal_is_earlier,
    PRACTICE,
)
TWO_HANDLERS = Gate(
    "two_handlers",
    _("Name two handlers, one of them leading: work of this kind is not done by one person alone."),
    lambda seen: len(set(seen.persons("handler"))) >= 2,
    TWO_PERSONS,
)
CHASES_ANSWERED = ledger_done(
    "chases",
    ("answered",),
    _("Answer every chase first; the open ones stand in the ledger of chases."),
    law=PRACTICE,
)
EXTENSION_ASKED = Gate(
    "extension_asked",
    _("No extension is being asked for: the handlers ask first, with their reason."),
    _extension_is_asked,
    PRACTICE,
)
EXTENSION_WITHIN = Gate(
    "extension_within",
    _("The new day lies on or after the upward deadline: get the superior's consent first and record it."),
    _extension_stays_within,
    PRACTICE,
)
RESULT_APPROVED = Gate(
    "result_approved",
    _("There is no approved result report: have it reviewed and approved first."),
    _approved_since_the_report,
    PRACTICE,
)
DECISIONS_EXECUTED = Gate(
    "decisions_executed",
    _("A decision on accountability is listed but not carried out: carry it out and attach the proof."),
    _decisions_carried_out,
    PRACTICE,
)
RECEIPT_PRESENT = act_done_after(
    "record_receipt",
    "submit",
    _("The superior's receipt is missing: ask for it and record it."),
    law=PRACTICE,
)
CORRECTIONS_ACCEPTED = ledger_done(
    "corrections",
    ("accepted",),
    _("A correction is still open: see it through and have it accepted."),
    law=PRACTICE,
)
