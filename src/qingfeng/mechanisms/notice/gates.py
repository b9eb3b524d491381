"""What blocks an act on a result notice. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.snapshot import Linked, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

RULES = (Law("中国共产党问责条例", "2019", Mark.VERIFY),)
PRACTICE = (Law("问责结果通报工作惯例", mark=Mark.PROPOSAL),)
PRIVACY = (Law("个人信息保护法", "Art. 5, 6, 34"),)
DECIDED = {"announced", "executed", "settled", "expired", "filed"}
EXECUTED = {"executed", "settled", "expired", "filed"}
TOLD_OF = {"accountability", "case"}
"""Kinds of matter whose decision a notice tells."""
FINAL = {"settled", "expired", "filed"}
"""Stages of the accountability matter that the notice tells of: announced, carried out, final."""


def _told(seen: Snapshot) -> list[Linked]:
    return [one for one in seen.links if not one.outward and one.mechanism in TOLD_OF]


def _place(seen: Snapshot, act: str) -> int:
    return max((no for no, one in enumerate(seen.done, start=1) if one.act == act), default=0)


def _final_or_approved(seen: Snapshot) -> bool:
    if all(one.stage in FINAL for one in _told(seen)):
        return True
    return _place(seen, "approve_early") > _place(seen, "approve_range") > 0


def _all_received(seen: Snapshot) -> bool:
    return set(seen.units("recipient")) <= {line.facts.get("unit") for line in seen.lines("receipts")}


ANNOUNCED = Gate(
    "announced",
    _("The decision has not been announced to the one it is about: announce it before others hear of it."),
    lambda seen: all(one.stage in DECIDED for one in _told(seen)),
    RULES,
)
CARRIED_OUT = Gate(
    "carried_out",
    _("The decision is not carried out yet: complete its execution, then publish."),
    lambda seen: all(one.stage in EXECUTED for one in _told(seen)),
    RULES,
)
FINAL_OR_APPROVED = Gate(
    "final_or_approved",
    _(
        "The time for an appeal has not passed: wait for its end, or have the principal approve it "
        "with reasons."
    ),
    _final_or_approved,
    RULES,
)
NAMES_NOBODY = Gate(
    "names_nobody",
    _("The version without names leads to a person: take out what does and send it back to the drafter."),
    lambda seen: seen.entered.get("names_nobody", True) is True,
    PRIVACY,
)
AGREES = Gate(
    "agrees",
    _("The text does not agree with the decision: send it back to the drafter."),
    lambda seen: seen.entered.get("agrees", True) is True,
    RULES,
)
FULL_ALLOWED = Gate(
    "full_allowed",
    _("The full version is not approved for the recipients: publish the version without names."),
    lambda seen: seen.facts.get("full_allowed") is True and seen.facts.get("scope") in {"inside", "units"},
    PRIVACY,
)
RECIPIENTS_NAMED = Gate(
    "recipients_named",
    _("Name the units that receive it, or choose a wider range."),
    lambda seen: bool(seen.units("recipient")) or seen.value("scope") in {"district", "public"},
    PRACTICE,
)
ALL_RECEIVED = Gate(
    "all_received",
    _("A recipient has not given its receipt: ask for it."),
    _all_received,
    PRACTICE,
)
