"""What blocks an act on a referral. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, clock_over, either, ledger_has
from qingfeng.matters.snapshot import Linked, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

HANDED_OVER = (Law("监察法", "Art. 37"),)
PRACTICE = (Law("问责事项移送工作惯例", mark=Mark.PROPOSAL),)
ANSWER = (Law("问责事项移送工作惯例", mark=Mark.REPORTED),)
FORMALITIES = (Law("问责决定执行惯例", mark=Mark.REPORTED),)
RULES = (Law("中国共产党问责条例", "2019", Mark.VERIFY),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
NO_DECISION = {"refused", "ended", "annulled"}
FINAL = {"settled", "expired", "filed"}
"""Stages of an accountability matter: no decision after all; one that cannot be appealed any more."""


def is_inward(seen: Snapshot) -> bool:
    """Return whether the matter was handed over to us."""
    return seen.facts.get("direction") == "in"


def is_outward(seen: Snapshot) -> bool:
    """Return whether we hand the matter over to another body."""
    return seen.facts.get("direction") == "out"


def leads_to_accountability(seen: Snapshot) -> bool:
    """Return whether it was disposed of as accountability."""
    return is_inward(seen) and seen.facts.get("outcome") == "accountability"


def _linked(seen: Snapshot) -> list[Linked]:
    return [one for one in seen.links if one.outward and one.mechanism == "accountability"]


def _announced(seen: Snapshot) -> bool:
    linked = _linked(seen)
    if leads_to_accountability(seen) and not linked:
        return False
    return all(one.stage in NO_DECISION or one.facts.get("announced_on") for one in linked)


def _file_copied(seen: Snapshot) -> bool:
    return all(one.stage in NO_DECISION or one.facts.get("file_copied_on") for one in _linked(seen))


def _appeals_over(seen: Snapshot) -> bool:
    return all(one.stage in FINAL | NO_DECISION for one in _linked(seen))


def _two_handlers(seen: Snapshot) -> bool:
    return len(set(seen.persons("handler"))) >= 2


COMPLETE = Gate(
    "complete",
    _("The papers are not complete: ask for what is missing."),
    lambda seen: seen.entered.get("complete", True) is True,
    PRACTICE,
)
OURS_TO_DECIDE = Gate(
    "ours_to_decide",
    _("The receiver has no jurisdiction: refuse with reasons, or choose the body that has it."),
    lambda seen: seen.entered.get("ours_to_decide", True) is True,
    HANDED_OVER,
)
EVIDENCE_LISTED = ledger_has(
    "evidence", _("The list of evidence is empty: enter at least one piece."), law=HANDED_OVER
)
TWO_HANDLERS = Gate(
    "two_handlers",
    _("Name two handlers: work of this kind is not done by one person alone."),
    _two_handlers,
    TWO_PERSONS,
)
ANNOUNCED = Gate(
    "announced",
    _("The decision on accountability has not been announced: announce it, then answer the other body."),
    _announced,
    ANSWER,
)
FEEDBACK_SENT = act_done(
    "feed_back", _("The body that handed it over has no answer yet: send the result."), law=ANSWER
)
FILE_COPIED = Gate(
    "file_copied",
    _("The organisation department has no copy of the decision: send it from the matter on accountability."),
    _file_copied,
    FORMALITIES,
)
APPEALS_OVER = Gate(
    "appeals_over",
    _("The time for an appeal runs, or an appeal is open: close as “appeal pending” until it ends."),
    _appeals_over,
    RULES,
)
APPEAL_PENDING = Gate(
    "appeal_pending",
    _("No appeal is pending: close it in the ordinary way."),
    lambda seen: not _appeals_over(seen),
    RULES,
)
RATED_OR_WAITED = replace(
    either(
        act_done("rate", ""),
        clock_over("rating", ""),
        _(
            "The other body has not judged the answer: ask for it, or wait for the end of its fifteen "
            "working days."
        ),
    ),
    key="rated_or_waited",
    law=PRACTICE,
)
THEY_ANSWERED = act_done("answer", _("The other body has not answered: chase it."), law=ANSWER)
