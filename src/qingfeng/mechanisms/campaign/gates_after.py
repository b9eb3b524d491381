"""What blocks a campaign from its rolling out to its end. Pure functions of the snapshot."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, act_done_after, ledger_done, ledger_has
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law
from qingfeng.mechanisms.campaign.gates import HEARING, LEAST_DATA, PRACTICE, nothing_left, out

KEPT_SHORT = (Law("个人信息保护法", "Art. 19"),)
SECRECY = (Law("监察法", "Art. 18"),)
SPOT_SHARE = 5
"""Of so many self-checks that found nothing, one is looked at on site [proposal]."""


def came_back(seen: Snapshot) -> bool:
    """Return whether the look back found the same again."""
    return seen.facts.get("recurred") == "yes"


def _spot_checked(seen: Snapshot) -> bool:
    nothing = [one for one in out(seen, "rolls_out") if one.facts.get("found_any") == "no"]
    looked = sum(bool(one.facts.get("spot_agrees")) for one in nothing)
    return looked * SPOT_SHARE >= len(nothing)


def _differences_explained(seen: Snapshot) -> bool:
    lines = seen.entered.get("published") or ()
    return all(not one.get("differs") or str(one.get("why_differs") or "").strip() for one in lines)


def _data_gone(seen: Snapshot) -> bool:
    if "data_left" in seen.entered:
        return not seen.entered["data_left"]
    asked = out(seen, "asks_for")
    still = sum(one.is_open for one in asked)
    return still <= len(seen.lines("kept_on"))


SELF_CHECKS_SENT = act_done(
    "send_self_checks", _("No unit was asked to check itself: send the self-checks."), law=PRACTICE
)
SELF_CHECKS_ENDED = Gate(
    "self_checks_ended",
    _("A unit's self-check is open: wait for it, or record that the unit did not report."),
    lambda seen: not any(one.is_open for one in out(seen, "rolls_out")),
    PRACTICE,
)
SPOT_CHECKED = Gate(
    "spot_checked",
    _("Of the units that found nothing one in five is looked at on site: record more spot checks."),
    _spot_checked,
    PRACTICE,
)
NO_RULE_TOLD = Gate(
    "no_rule_told",
    _("The text tells the units a rule or its threshold: say the subject and the provisions only."),
    lambda seen: not seen.entered.get("tells_rule", False),
    SECRECY,
)
UNITS_TO_ASK = Gate(
    "units_to_ask",
    _("Every unit of the campaign has a self-check already."),
    lambda seen: int(seen.entered.get("units_left", 1)) > 0,
    PRACTICE,
)
ANONYMOUS = Gate(
    "anonymous",
    _("The circular says who somebody is, or names a unit: write post and kind of unit instead."),
    lambda seen: not seen.entered.get("tells_who", ()),
    LEAST_DATA,
)
DIFFERENCES_EXPLAINED = Gate(
    "differences_explained",
    _("A number differs from what the house counts: correct it, or say why it differs."),
    _differences_explained,
    PRACTICE,
)
TASKS_ENDED = ledger_done(
    "tasks", ("done", "dropped"), _("A task of verification is open: end it first."), law=PRACTICE
)
LEADS_HANDLED = Gate(
    "leads_handled",
    _("A doubt of tier A or B is not verified, or a clue is not decided: end them, then have them counted."),
    nothing_left("a_left", "b_left", "clues_left"),
    HEARING,
)
SYSTEMS_MADE = ledger_has(
    "systems", _("No rule was made: enter what closes the gap, with its number."), law=PRACTICE
)
LOOKED_BACK = act_done_after(
    "look_back", "sum_up", _("Nobody has looked back yet: go and see whether it holds."), law=PRACTICE
)
HELD = Gate(
    "it_holds",
    _("The same came back: take the campaign up again."),
    lambda seen: not came_back(seen),
    PRACTICE,
)
DATA_GONE = Gate(
    "data_gone",
    _("Data of the campaign is kept without proof of deletion, and no other purpose of it is named."),
    _data_gone,
    KEPT_SHORT,
)
DELETION_PROVED = act_done_after(
    "prove_deletion", "sum_up", _("The deletion of its data is not proved: have the proofs gathered."),
    law=KEPT_SHORT,
)  # fmt: skip
REQUEST_LINKED = Gate(
    "request_linked",
    _("The campaign has asked for no data under this number: enter one of its data requests."),
    lambda seen: seen.entered.get("is_linked", True) is True,
    KEPT_SHORT,
)
