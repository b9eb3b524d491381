"""What blocks an act on an integrity file. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import clock_over, entered_fit, ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

FILES = (Law("领导干部廉政档案工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 44, 45, 46, 47"),)
CLEARING = (Law("纪检监察机关处理检举控告工作规则", mark=Mark.REPORTED),)
CLEARED = ("accepted", "not_so")
MOST_DAYS = 7


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _has_leading_post(seen: Snapshot) -> bool:
    return seen.entered.get("holds_leading_post") is not False


def _effects_fit(one: Mapping[str, Any]) -> bool:
    decided, until = _day(one.get("penalty_on")), _day(one.get("effects_until"))
    return not decided or not until or until >= decided


def is_whole(one: Mapping[str, Any]) -> bool:
    """Return whether an inquiry is recorded to its end: outcome, and where it cleared somebody, all of it."""
    if not one.get("outcome") or not one.get("outcome_on"):
        return False
    if one["outcome"] not in CLEARED:
        return True
    told = bool(one.get("told_on") and str(one.get("told_no") or "").strip())
    how = one.get("clarified") != "made" or bool(str(one.get("clarified_how") or "").strip())
    return told and bool(one.get("clarified")) and how


def _outcomes_there(seen: Snapshot) -> bool:
    return all(is_whole(one.facts) for one in seen.lines("inquiries"))


def _short(seen: Snapshot) -> bool:
    ends = [_day(one.get("read_until")) for one in seen.entered.get("consultations") or ()]
    return all(day is None or day <= seen.today + timedelta(days=MOST_DAYS) for day in ends)


def _is_answered(one: Mapping[str, Any]) -> bool:
    return bool(str(one.get("answer") or "").strip()) and bool(one.get("was_mended"))


LEADING_POST = Gate(
    "leading_post",
    _("A file is kept of who holds a leading post on record, and of nobody else."),
    _has_leading_post,
    PRIVACY,
)
EFFECTS_FIT = entered_fit(
    "effects_fit",
    "penalties",
    _effects_fit,
    says=_("The effects end on the day of the decision or later: correct the days."),
    law=FILES,
)
OUTCOME_WHOLE = entered_fit(
    "outcome_whole",
    "inquiries",
    is_whole,
    says=_(
        "Enter the outcome and its day. Where it cleared them, enter as well when and by which letter they "
        "were told, and whether it was clarified: that is recorded as carefully as the question was."
    ),
    law=CLEARING,
)
OUTCOMES_THERE = Gate(
    "outcomes_there",
    _("The outcome of an inquiry is missing, or that they were cleared and told: enter it first."),
    _outcomes_there,
    CLEARING,
)
READ_SHORTLY = Gate(
    "read_shortly",
    _("A file is read within seven days at most: enter an earlier day, or ask again later."),
    _short,
    PRIVACY,
)
ANSWER_GIVEN = entered_fit(
    "answer_given",
    "objections",
    _is_answered,
    says=_("Answer the objection, and say whether the file was mended."),
    law=PRIVACY,
)
OBJECTIONS_ANSWERED = ledger_done(
    "objections", ("answered", "removed"), _("An objection of the person waits for its answer."),
    law=PRIVACY,
)  # fmt: skip
KEPT_LONG_ENOUGH = clock_over("retention", _("It is kept until the end of its time."), law=FILES)
