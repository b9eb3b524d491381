"""What blocks an act on a talk. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, entered_fit
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

HEADS = (Law("中共中央关于加强对“一把手”和领导班子监督的意见", mark=Mark.REPORTED),)
PRACTICE = (Law("监督谈话工作惯例", mark=Mark.PROPOSAL),)
REPORTERS = (Law("信访工作条例", "Art. 30"),)
EVENTS = ("reminder", "admonition")
NEVER_SAID = ("举报", "信访件", "来信反映", "有人反映", "群众反映", "检举", "控告人")
ENDED = ("confirmed", "struck")


def is_first(seen: Snapshot) -> bool:
    """Return whether it is the talk with a new head."""
    return seen.value("talk_kind") == "appointment"


def is_planned(seen: Snapshot) -> bool:
    """Return whether it is the talk of the year."""
    return seen.value("talk_kind") == "supervision"


def is_event(seen: Snapshot) -> bool:
    """Return whether something gave rise to it."""
    return seen.value("talk_kind") in EVENTS


def is_admonition(seen: Snapshot) -> bool:
    """Return whether it is an admonitory talk."""
    return seen.facts.get("talk_kind") == "admonition"


def is_signed(seen: Snapshot) -> bool:
    """Return whether who was talked with has signed the record, or has said why not."""
    return seen.last("sign") is not None or seen.last("note_no_signature") is not None


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _days_fit(seen: Snapshot) -> bool:
    if seen.value("talk_kind") is None:
        return True
    wanted = {"appointment": "appointed_on", "supervision": "talk_by"}.get(str(seen.value("talk_kind")))
    return wanted is None or bool(seen.value(wanted))


def _says_no_source(seen: Snapshot) -> bool:
    said = " ".join(str(seen.entered.get(key) or "") for key in ("talk_about", "points"))
    said += " ".join(str(one.get("issue") or "") for one in seen.entered.get("issues") or ())
    return not any(word in said for word in NEVER_SAID)


def _has_issues_dated(seen: Snapshot) -> bool:
    opened = _day(seen.facts.get("held_on"))
    dues = [_day(one.get("due_on")) for one in seen.entered.get("issues") or ()]
    return opened is None or all(due is None or due >= opened for due in dues)


def _none_overdue(seen: Snapshot) -> bool:
    dues = [_day(one.facts.get("due_on")) for one in seen.lines("issues") if one.state not in ENDED]
    return not any(due and due < seen.today for due in dues)


def _has_result(one: Mapping[str, Any]) -> bool:
    return bool(str(one.get("result") or "").strip())


def _is_looked_at(one: Mapping[str, Any]) -> bool:
    return bool(str(one.get("looked_at") or "").strip())


DAYS_FIT = Gate(
    "days_fit",
    _("Enter the day of the appointment for a talk on appointment, the last day for one of the year."),
    _days_fit,
    PRACTICE,
)
APPROVED = Gate(
    "admonition_approved",
    _("An admonitory talk is approved by the principal first."),
    lambda seen: not is_admonition(seen) or seen.last("approve") is not None,
    HEADS,
)
TALKER_NAMED = Gate(
    "talker_named",
    _("Name who talks with them."),
    lambda seen: bool(seen.persons("talker")),
    HEADS,
)
SAYS_NO_SOURCE = Gate(
    "says_no_source",
    _("It says that somebody reported: take that out, and say only what is to be put right."),
    _says_no_source,
    REPORTERS,
)
ISSUES_DATED = Gate(
    "issues_dated",
    _("A promise ends on the day of the talk or later: correct its day."),
    _has_issues_dated,
    PRACTICE,
)
RECORDED = act_done(
    "record", _("There is no record of the talk: write it, with the points raised."), law=HEADS
)
SIGNED = Gate(
    "record_signed",
    _("The record is not signed: let who was talked with sign it, or note why they do not."),
    is_signed,
    HEADS,
)
RESULT_SAID = entered_fit(
    "result_said",
    "issues",
    _has_result,
    says=_("Say what was done about each issue."),
    law=PRACTICE,
)
LOOKED_AT = entered_fit(
    "looked_at",
    "issues",
    _is_looked_at,
    says=_("Say what was looked at and what was found, issue by issue."),
    law=PRACTICE,
)
NONE_OVERDUE = Gate(
    "commitment_overdue",
    _("A promise is overdue: have it kept and checked, or give it a new day with a reason."),
    _none_overdue,
    HEADS,
)
ALL_CHECKED = Gate(
    "commitments_checked",
    _("An issue is not corrected and checked yet: check each one of the list."),
    lambda seen: all(one.state in ENDED for one in seen.lines("issues")),
    HEADS,
)
CHECKED = act_done("check", _("Nobody has checked what came of it: record the check first."), law=HEADS)
