"""What blocks an act on an exchange. Pure functions of the snapshot.

What stands in other tables (posts, declared relatives, open matters) is told by `joining.py` at the act.
A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, entered_fit, ledger_done, ledger_has, named
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.exchange.fields import OWN, SUBSCRIPTION

EXCHANGE = (Law("党政领导干部交流工作规定", mark=Mark.REPORTED),)
PRACTICE = (Law("干部交流工作惯例", mark=Mark.PROPOSAL),)
OWN_THINGS = (Law("个人信息保护法", "Art. 45"),)
RECUSAL = (Law("监察法", "Art. 67"), Law("公务员法", "Art. 74"))


def _elsewhere(seen: Snapshot) -> bool:
    here, there = seen.value("from_unit"), seen.value("to_unit")
    return here is None or there is None or here != there


def _is_of_whom_was_studied(seen: Snapshot) -> bool:
    before = {str(one) for one in seen.persons("subject_planned")}
    named_now = {str(one) for one in seen.entered.get("subject_planned") or before}
    return seen.last("study") is None or named_now == before


def _no_conflict(seen: Snapshot) -> bool:
    return not seen.entered.get("conflicts")


def _handed(one: Mapping[str, Any]) -> bool:
    return bool(one.get("handed_on")) and (bool(one.get("successor")) or one.get("what_kind") in {
        "key", "device", "account", "right", SUBSCRIPTION, OWN})  # fmt: skip


def _own_by_themselves(seen: Snapshot) -> bool:
    own = [one for one in seen.entered.get("handing") or () if one.get("what_kind") == OWN]
    return not own or seen.actor is None or seen.actor in seen.persons("subject_moved")


def _not_to_oneself(seen: Snapshot) -> bool:
    own = {str(one) for role in ("subject_planned", "subject_moved") for one in seen.persons(role)}
    return not any(str(one.get("successor")) in own for one in seen.entered.get("handing") or ())


SOMEBODY = named("subject_planned", _("Name who is to move."), law=EXCHANGE)
ELSEWHERE = Gate("elsewhere", _("From and to are the same unit: choose another."), _elsewhere, EXCHANGE)
STUDY_IS_THEIRS = Gate(
    "study_is_theirs",
    _("What was studied is about somebody else, and whoever moves reads it: drop this one, open another."),
    _is_of_whom_was_studied,
    EXCHANGE,
)
STUDIED = act_done("study", _("Nobody has looked at years, fit and recusal: do that first."), law=EXCHANGE)
NO_CONFLICT = Gate(
    "no_conflict",
    _("There is a ground of recusal in the new post, a relative there or an interest: choose another post."),
    _no_conflict,
    RECUSAL,
)  # fmt: skip
TALKED = act_done("talk", _("Nobody has talked with them: talk first, and write down what they said."))
HANDED_FITS = entered_fit(
    "handed_fits",
    "handing",
    _handed,
    says=_("Say on which day it was handed over, and to whom."),
    law=PRACTICE,
)
OWN_BY_THEMSELVES = Gate(
    "own_by_themselves",
    _("Whether they have what is their own only they say: let them enter that line."),
    _own_by_themselves,
    OWN_THINGS,
)
NOT_TO_ONESELF = Gate(
    "not_to_oneself",
    _("Who moves does not take over from themselves: name somebody else."),
    _not_to_oneself,
    PRACTICE,
)
LISTED = ledger_has("handing", _("Nothing is listed for handing over: draw up the list."), law=PRACTICE)
ALL_HANDED = ledger_done(
    "handing", ("handed", "struck", "gone"), _("Something on the list is not handed over yet."), law=PRACTICE
)
NOTHING_LEFT = Gate(
    "nothing_left",
    _("Open matters of the old post are still in their hands: hand each of them over to a successor."),
    lambda seen: not seen.entered.get("parts_left"),
    PRACTICE,
)
NOTHING_SEALED = Gate(
    "nothing_sealed",
    _("Something sealed can be opened by them alone: seal it to whoever takes over first."),
    lambda seen: not seen.entered.get("sealed_alone"),
    PRACTICE,
)
OLD_POST_ENDED = Gate(
    "old_post_ended",
    _("The old post and its rights are still active: let the security administrator end them."),
    lambda seen: not seen.entered.get("old_post_active"),
    PRACTICE,
)
NEW_POST_THERE = Gate(
    "new_post_there",
    _("The new post is not on record: let the security administrator enter it."),
    lambda seen: bool(seen.entered.get("new_post", True)),
    PRACTICE,
)
