"""What blocks an act on return visits. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.counting import months_after
from qingfeng.matters.gates import ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("受问责人员回访工作惯例", mark=Mark.PROPOSAL),)
NOTHING_LEFT = {"revoked", "annulled"}
"""Stages of the accountability matter in which its decision has fallen."""
EXPIRED = {"expired", "filed"}


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _last_month_begins(seen: Snapshot) -> date | None:
    ends = _day(seen.facts.get("influence_ends_on"))
    return months_after(ends, -1) if ends else None


def _is_last_month(seen: Snapshot) -> bool:
    begins, visited = _last_month_begins(seen), _day(seen.entered.get("visited_on"))
    return seen.entered.get("is_last") is not True or begins is None or visited is None or visited >= begins


def _last_visit_answered(seen: Snapshot) -> bool:
    begins = _last_month_begins(seen)
    if seen.times("decline_all") > 0 and seen.times("resume") < seen.times("decline_all"):
        return True
    recorded = any(one.act == "visit" and one.facts.get("is_last") is True for one in seen.done)
    declined = any(
        one.act == "decline" and begins is not None and one.at.date() >= begins for one in seen.done
    )
    return recorded or declined


def _letter_sent(seen: Snapshot) -> bool:
    linked = [one for one in seen.links if not one.outward and one.mechanism == "accountability"]
    return seen.times("send_letter") > 0 or any(one.stage in EXPIRED for one in linked)


def _decision_fell(seen: Snapshot) -> bool:
    linked = [one for one in seen.links if not one.outward and one.mechanism == "accountability"]
    return any(one.stage in NOTHING_LEFT for one in linked)


def _effects_over(seen: Snapshot) -> bool:
    ends = _day(seen.facts.get("influence_ends_on"))
    return ends is not None and seen.today > ends


TWO_VISITORS = Gate(
    "two_visitors",
    _("Name two visitors: nobody makes a return visit alone."),
    lambda seen: len(set(seen.persons("visitor"))) >= 2,
    PRACTICE,
)
OUTLINE_READY = Gate(
    "outline_ready",
    _("Prepare the outline of the visits first."),
    lambda seen: bool(seen.facts.get("outline")),
    PRACTICE,
)
LAST_MONTH = Gate(
    "last_month",
    _("The last visit is made in the last month of the effects: enter this one as an ordinary visit."),
    _is_last_month,
    PRACTICE,
)
LAST_VISIT_ANSWERED = Gate(
    "last_visit_answered",
    _("The last visit is neither made nor declined: offer it within the last month of the effects."),
    _last_visit_answered,
    PRACTICE,
)
PROMISES_KEPT = ledger_done(
    "promises",
    ("delivered", "released"),
    _("Help that was promised has not been given: give it, or let the person release you from it."),
    law=PRACTICE,
)
LETTER_SENT = Gate(
    "letter_sent",
    _("The letter that the effects have ended has not been sent: send it."),
    _letter_sent,
    PRACTICE,
)
EFFECTS_OVER = Gate(
    "effects_over",
    _("The effects last on: the letter goes out the day after they end."),
    _effects_over,
    PRACTICE,
)
DECISION_FELL = Gate(
    "decision_fell",
    _("The decision stands: return visits end with its effects."),
    _decision_fell,
    PRACTICE,
)
