"""What a directive says to another installation: the order down, the result up, receipt or return down.

An office below may object, or ask for more time; the answer, and an order that is taken back, go down the
same way, and further down where it was handed on.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from qingfeng.exchange.carrying import Carried, carry, number_of, on
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.slips import issuer_of
from qingfeng.mechanisms.directive.fields import LEVELS, REPORT

MARGIN_DAYS = 7
"""How long before the superior's day a report that was sent back is due inside, unless that day is nearer."""


def order(matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return what the office below enters as its source: the order, under our name and number."""
    issuer = issuer_of(matter.owner)
    held = {key: matter.facts.get(key) for key in ("area", "matter", "requirement")}
    return {
        **held,
        "source_organ": issuer.name,
        "source_level": issuer.level if issuer.level in dict(LEVELS) else "district",
        "source_no": number_of(performance),
        "upward_due_on": matter.facts.get("internal_due_on"),
    }


def received(said: dict[str, Any], _made_on: date, _matter: Matter | None) -> dict[str, Any]:
    """Add the day of receipt: ours, not that of the package."""
    return {**said, "received_on": timezone.localdate().isoformat()}


def nothing(_matter: Matter, _performance: Performance) -> dict[str, Any]:
    """Say that it was done, and no more."""
    return {}


def result(matter: Matter, _performance: Performance) -> dict[str, Any]:
    """Return the result as it was reported inside and approved."""
    return {one.key: matter.facts.get(one.key) for one in REPORT if one.kind != "files"}


def receipt(_matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return number and day of our receipt."""
    return {"receipt_no": number_of(performance), "receipt_on": on(performance)}


def sent_back(matter: Matter, _performance: Performance) -> dict[str, Any]:
    """Return the new day by which we want the report."""
    return {"upward_due_on": matter.facts.get("internal_due_on")}


def inside(said: dict[str, Any], _made_on: date, _matter: Matter | None) -> dict[str, Any]:
    """Add an inner deadline that leaves time to review and send."""
    upper = date.fromisoformat(str(said["upward_due_on"]))
    inner = max(upper - timedelta(days=MARGIN_DAYS), timezone.localdate())
    return {**said, "internal_due_on": min(inner, upper - timedelta(days=1)).isoformat()}


def asked(_matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return until when more time is asked for, and why."""
    return {key: performance.entered.get(key) for key in ("asked_until", "why_longer")}


def longer(_matter: Matter, performance: Performance) -> dict[str, Any]:
    """Return until when the deadline was extended."""
    return {"until": performance.entered.get("until")}


def join() -> None:
    """Let directives go down and results come up."""
    below, above = "handler_office", "superior"
    carry(
        Carried("directive", below, order, ("source_paper",), "source_paper", opens="directive",
                named_as=above, reads=received),
        Carried("directive_signed", above, nothing),
        Carried("directive_objection", above, nothing),
        Carried("directive_kept", below, nothing, puts="kept_paper"),
        Carried("directive_recall", below, nothing, ("recall_paper",), "recall_paper", ends=True),
        Carried("directive_longer", above, asked),
        Carried("directive_no_longer", below, nothing),
        Carried("directive_extension", below, longer, puts="extension_paper"),
        Carried("directive_report", above, result, ("report_paper",), "report_paper"),
        Carried("directive_receipt", below, receipt, puts="receipt_paper"),
        Carried("directive_return", below, sent_back, puts="sent_back_paper", reads=inside),
    )  # fmt: skip
