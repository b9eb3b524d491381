"""What blocks an act on an activity. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import entered_fit
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("青年干部活动工作惯例", mark=Mark.PROPOSAL),)
PICTURES = (Law("民法典", "Art. 1019"), Law("个人信息保护法", "Art. 29, 31"))
MINORS = (Law("未成年人保护法", "Art. 72, 73"), Law("个人信息保护法", "Art. 31"))
MONEY = (Law("会计法", "Art. 14"),)


def standing(seen: Snapshot, ledger: str) -> list[Line]:
    """Return the lines of a ledger that were not struck."""
    return [one for one in seen.lines(ledger) if one.state != "struck"]


def spent(seen: Snapshot) -> Decimal:
    """Return the yuan of all standing costs."""
    return sum((Decimal(str(one.facts.get("amount") or 0)) for one in standing(seen, "costs")), Decimal(0))


def _of_minors(seen: Snapshot) -> list[Line]:
    return [one for one in standing(seen, "pictures") if one.facts.get("people_in_it") == "minors"]


def _of_people(seen: Snapshot) -> list[Line]:
    return [one for one in standing(seen, "pictures") if one.facts.get("people_in_it") != "nobody"]


def _minors_consented(seen: Snapshot) -> bool:
    return all(
        one.facts.get("consent") == "guardians" and bool(one.facts.get("consent_file"))
        for one in _of_minors(seen)
    )


def _people_consented(seen: Snapshot) -> bool:
    return all(one.facts.get("consent") in {"those", "guardians"} for one in _of_people(seen))


def _vouchered(seen: Snapshot) -> bool:
    return all(
        bool(one.facts.get("voucher_no")) and bool(one.facts.get("voucher_file"))
        for one in standing(seen, "costs")
    )


def _within_plan(seen: Snapshot) -> bool:
    allowed = [Decimal(str(seen.facts.get(key) or 0)) for key in ("planned_cost", "allowed_cost")]
    return spent(seen) <= max(allowed)


def _after_approval(seen: Snapshot) -> bool:
    approved = seen.last("approve")
    on = approved.at.date().isoformat() if approved else ""
    early = [one for one in standing(seen, "costs") if str(one.facts.get("spent_on") or on) < on]
    return all(one.facts.get("early_why") for one in early)


def _minors_said(one: Mapping[str, Any]) -> bool:
    return one.get("people_in_it") != "minors" or one.get("consent") in {None, "", "guardians"}


def _feedback_adds_up(seen: Snapshot) -> bool:
    sheets, pleased = seen.entered.get("sheets"), seen.entered.get("pleased")
    if pleased in (None, ""):
        return True
    return sheets not in (None, "") and int(pleased) <= int(sheets)


MINORS_CONSENTED = Gate(
    "minors_consented",
    _("Minors can be recognised and their guardians' consent is not there: add it, or strike the picture."),
    _minors_consented,
    MINORS,
)
PEOPLE_CONSENTED = Gate(
    "people_consented",
    _("Somebody can be recognised who has not consented: add the consent, or strike the picture."),
    _people_consented,
    PICTURES,
)
VOUCHERED = Gate(
    "costs_vouchered",
    _("A cost has no voucher: add its number and the voucher itself."),
    _vouchered,
    MONEY,
)
WITHIN_PLAN = Gate(
    "within_plan",
    _("It cost more than was approved: the leader in charge first says why, and how much may be spent."),
    _within_plan,
    MONEY,
)
AFTER_APPROVAL = Gate(
    "after_approval",
    _("Something was spent before the plan was approved: the leader in charge first says why it may stand."),
    _after_approval,
    MONEY,
)
MINORS_SAID = entered_fit(
    "minors_said",
    "pictures",
    _minors_said,
    says=_("For a picture with minors their guardians consent, not they alone."),
    law=MINORS,
)
FEEDBACK_ADDS_UP = Gate(
    "feedback_adds_up",
    _("More are content than there are sheets: correct the numbers."),
    _feedback_adds_up,
    PRACTICE,
)
