"""What blocks an act on the supervision of a leading team. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, entered_fit, links_closed
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

HEADS = (Law("中共中央关于加强对“一把手”和领导班子监督的意见", mark=Mark.REPORTED),)
PRACTICE = (Law("“三重一大”决策制度工作惯例", mark=Mark.PROPOSAL),)
APPOINTMENTS = (Law("党政领导干部选拔任用工作条例", mark=Mark.VERIFY),)
REPORTERS = (Law("信访工作条例", "Art. 30"),)


def plan_lines(seen: Snapshot) -> list[Mapping[str, Any]]:
    """Return the talks that the plan names."""
    return [one.facts for one in seen.lines("plan") if one.state != "struck"]


def _whole(one: Mapping[str, Any], key: str) -> int:
    return int(one.get(key) or 0)


def _adds_up(one: Mapping[str, Any]) -> bool:
    votes = sum(_whole(one, key) for key in ("votes_for", "votes_against", "abstained"))
    return votes == _whole(one, "present") <= _whole(one, "members")


def _has_dissent(one: Mapping[str, Any]) -> bool:
    split = _whole(one, "votes_against") + _whole(one, "abstained")
    return split == 0 or bool(str(one.get("dissent") or "").strip())


def _has_quorum(one: Mapping[str, Any]) -> bool:
    present, members = _whole(one, "present"), _whole(one, "members")
    if one.get("decision_result") == "put_off":
        return True
    return present * 3 >= members * 2 if one.get("decision_kind") == "posts" else present * 2 > members


def _agrees_with_votes(one: Mapping[str, Any]) -> bool:
    carried = _whole(one, "votes_for") * 2 > _whole(one, "members")
    return {"passed": carried, "rejected": not carried}.get(str(one.get("decision_result")), True)


def _counts_only(one: Mapping[str, Any]) -> bool:
    is_reports = one.get("trigger_kind") == "reports"
    return bool(one.get("reports_count")) == is_reports and not (is_reports and one.get("trigger_ref"))


def _days_fit(seen: Snapshot) -> bool:
    lines = [*(seen.entered.get("plan") or ()), *(seen.entered.get("triggers") or ())]
    wanted = {"appointment": "appointed_on", "supervision": "talk_by"}
    return all(
        str(one.get("talk_kind")) not in wanted or bool(one.get(wanted[str(one.get("talk_kind"))]))
        for one in lines
    )


def _stock_fits(seen: Snapshot) -> bool:
    said, count = seen.entered.get("collective"), seen.entered.get("above_count")
    return said is None or count is None or (said == "recorded") == (int(count) > 0)


HAS_PLAN = Gate(
    "has_plan",
    _("The plan names no talk yet: have the house propose one for each leading post, or enter it."),
    lambda seen: bool(plan_lines(seen)),
    HEADS,
)
DAYS_FIT = Gate(
    "line_days_fit",
    _("Enter the day of the appointment for a talk on appointment, the last day for one of the year."),
    _days_fit,
    HEADS,
)
COUNTS_ONLY = entered_fit(
    "counts_only",
    "triggers",
    _counts_only,
    says=_("Of repeated reports the count is entered and nothing else; of other grounds no count."),
    law=REPORTERS,
)
VOTES_ADD_UP = entered_fit(
    "votes_add_up",
    "decisions",
    _adds_up,
    says=_("For, against and abstained must make as many as were present, and no more than are members."),
    law=PRACTICE,
)
DISSENT_KEPT = entered_fit(
    "dissent_kept",
    "decisions",
    _has_dissent,
    says=_("Somebody voted against or abstained: write down what they said."),
    law=PRACTICE,
)
QUORUM = entered_fit(
    "quorum",
    "decisions",
    _has_quorum,
    says=_("Too few were present: more than half of the members, two thirds where a post is given."),
    law=APPOINTMENTS,
)
VOTES_CARRY = entered_fit(
    "votes_carry",
    "decisions",
    _agrees_with_votes,
    says=_("It passes with the votes of more than half of the members: correct the result."),
    law=PRACTICE,
)
STOCK_FITS = Gate(
    "stock_fits",
    _("The ledger does not say so: look at the decisions recorded above the threshold."),
    _stock_fits,
    PRACTICE,
)
STOCK_TAKEN = act_done(
    "take_stock", _("Nobody has looked over the decisions of this year: do it once first."), law=HEADS
)
JUDGED = act_done("judge", _("How the unit stands has not been judged this year: write the note first."),
                  law=HEADS)  # fmt: skip
TALKS_ENDED = links_closed(
    "plans",
    _("A talk of the year is not closed: without record or signature, or with a promise not checked."),
    law=HEADS,
)
