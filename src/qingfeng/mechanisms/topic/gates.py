"""What blocks an act on a topic proposal. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done_after, fact_given, ledger_has
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.topic.fields import SAID
from qingfeng.screening.rulebook.somebody import identifies

PRACTICE = (Law("“小数据形成大决策”工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)


def to_campaign(seen: Snapshot) -> bool:
    """Return whether a campaign is decided on."""
    return seen.facts.get("decision") == "campaign"


def to_letter(seen: Snapshot) -> bool:
    """Return whether a letter of recommendation is decided on."""
    return seen.facts.get("decision") == "letter"


def to_rule(seen: Snapshot) -> bool:
    """Return whether a rule is decided on."""
    return seen.facts.get("decision") == "rule"


def _names_nobody(seen: Snapshot) -> bool:
    said = [str(seen.entered.get(key) or "") for key in SAID]
    return seen.entered.get("names_nobody", True) is True and not any(map(identifies, said))


def _days_fit(seen: Snapshot) -> bool:
    first, last = seen.entered.get("seen_from"), seen.entered.get("seen_until")
    return not (first and last) or str(first) < str(last)


NAMES_NOBODY = Gate(
    "names_nobody",
    _("A topic is about a kind of thing in a kind of office: take out whatever leads to somebody."),
    _names_nobody,
    PRIVACY,
)
DAYS_FIT = Gate(
    "days_fit",
    _("The period looked at ends before it begins: correct its days."),
    _days_fit,
    PRACTICE,
)
FILLED_IN = fact_given(
    "seen_until", _("The proposal was opened from elsewhere: fill it in first, field, period and reasons."),
    law=PRACTICE,
)  # fmt: skip
COUNTED = ledger_has("numbers", _("No numbers stand behind it yet: have the house count them."), law=PRACTICE)
TWO_STUDY = Gate(
    "two_study",
    _("Name two who study it."),
    lambda seen: len(set(seen.persons("studier"))) >= 2,
    PRACTICE,
)
YIELDS_TAKEN = act_done_after(
    "take_yields", "decide", _("Take in first what came of it: it is held against what was expected."),
    law=PRACTICE,
)  # fmt: skip
