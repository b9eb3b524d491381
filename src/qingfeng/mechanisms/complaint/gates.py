"""What blocks an act on a complaint about our own staff. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.counting import months_after
from qingfeng.matters.gates import act_done, act_done_after, clock_not_running, ledger_done
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.common import RECUSAL

OWN_STAFF = (Law("监察法", "Art. 60-62"),)
UNLAWFUL = (Law("监察法", "Art. 69"),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
HEARD_FIRST = (Law("政务处分法", "Art. 43"),)
HANDLING = (Law("检举控告工作规则", mark=Mark.REPORTED),)
RETALIATION = (Law("监察法", "Art. 73"), Law("政务处分法", "Art. 32(3), 62(3)"))
PRACTICE = (Law("纪检监察干部监督工作惯例", mark=Mark.PROPOSAL),)
SOMETHING = {"yes", "partly"}
LEAST_VOTES = 3


def stays_here(seen: Snapshot) -> bool:
    """Return whether it is about staff that this commission supervises itself."""
    return seen.facts.get("concerns") == "staff"


def goes_up(seen: Snapshot) -> bool:
    """Return whether it belongs above: about the supervising room, the leading group or the principal."""
    return not stays_here(seen)


def is_named(seen: Snapshot) -> bool:
    """Return whether whoever reported gave a name."""
    return seen.facts.get("is_named") is True


def is_conduct(seen: Snapshot) -> bool:
    """Return whether it is about conduct, so that the commission's own time limit holds."""
    return seen.facts.get("complaint_kind") == "conduct"


def is_measure(seen: Snapshot) -> bool:
    """Return whether a measure is said to be unlawful, so that the law's month holds."""
    return seen.facts.get("complaint_kind") == "measure"


def nothing_found(seen: Snapshot) -> bool:
    """Return whether nothing was found, so that clarification is a question that must be answered."""
    return seen.facts.get("found") not in SOMETHING


def to_clue(seen: Snapshot) -> bool:
    """Return whether what was found is registered as a clue."""
    return seen.facts.get("outcome") == "clue"


def to_put_right(seen: Snapshot) -> bool:
    """Return whether something must be put right: a measure that was unlawful, or a review that says so."""
    unlawful = is_measure(seen) and not nothing_found(seen)
    return unlawful or seen.facts.get("review_result") == "changed" or seen.facts.get("outcome") == "right"


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _concerned_named(seen: Snapshot) -> bool:
    concerns, entered = seen.entered.get("concerns"), seen.entered
    if concerns in {None, "staff"}:
        return True
    return bool(entered.get("unit")) and bool(concerns == "supervision" or entered.get("subject_person"))


def _custodian_opens(seen: Snapshot) -> bool:
    return seen.actor in (seen.entered.get("custodian") or ())


def _subject_known(seen: Snapshot) -> bool:
    return bool(seen.persons("subject_person") or seen.units("unit"))


def _two(seen: Snapshot) -> bool:
    return len(set(seen.persons("handler"))) >= 2


def _several(seen: Snapshot) -> bool:
    return "attended" not in seen.entered or len(set(seen.entered["attended"] or ())) >= LEAST_VOTES


def _outcome_fits(seen: Snapshot) -> bool:
    found, outcome = seen.entered.get("found"), seen.entered.get("outcome")
    return outcome is None or found in SOMETHING or outcome == "close"


def _in_time(seen: Snapshot) -> bool:
    asked, told = _day(seen.entered.get("review_asked_on")), _day(seen.entered.get("decided_told_on"))
    return asked is None or told is None or asked <= months_after(told, 1)


def _objection_checked(seen: Snapshot) -> bool:
    return seen.entered.get("objection") is not True or seen.entered.get("new_evidence") is True


def _clarification_answered(seen: Snapshot) -> bool:
    return not nothing_found(seen) or seen.times("clarify") + seen.times("do_not_clarify") > 0


def _put_right(seen: Snapshot) -> bool:
    done, review = seen.last("put_right"), seen.last("take_review")
    if not to_put_right(seen):
        return True
    changed = seen.facts.get("review_result") == "changed"
    return done is not None and not (changed and review is not None and done.at < review.at)


CONCERNED_NAMED = Gate(
    "concerned_named",
    _(
        "Name the room it concerns; of a leader the person and the leading group: then it does not exist "
        "for them."
    ),
    _concerned_named,
    RECUSAL,
)
CUSTODIAN_OPENS = Gate(
    "custodian_opens",
    _("Name yourself as the custodian: who took it in keeps who reported."),
    _custodian_opens,
    HANDLING,
)
STAYS_HERE = Gate(
    "stays_here",
    _("It is about the supervising room, the leading group or the principal: it is sent up, not taken up."),
    stays_here,
    HANDLING,
)
GOES_UP = Gate(
    "goes_up",
    _("It is about staff that is supervised here: take it up."),
    goes_up,
    HANDLING,
)
SUBJECT_KNOWN = Gate(
    "subject_known",
    _("Name the person or the room that it is about, so that whoever is close to them stays away."),
    _subject_known,
    RECUSAL,
)
IDENTITY_KEPT = Gate(
    "identity_kept",
    _("Whoever reported gave a name, and it is not sealed yet: seal it first."),
    lambda seen: not is_named(seen) or seen.times("keep_identity") > 0,
    HANDLING,
)
TWO_HANDLERS = Gate(
    "two_handlers",
    _("Name two who handle it: one person alone does not."),
    _two,
    TWO_PERSONS,
)
HEARD = act_done("hear", _("Whoever it is about has not been heard: hear them first."), law=HEARD_FIRST)
SEVERAL_DECIDE = Gate(
    "several_decide",
    _(
        "One person does not decide this: record the meeting with at least three who were present "
        "with a vote."
    ),
    _several,
    OWN_STAFF,
)
OUTCOME_FITS = Gate(
    "outcome_fits",
    _("Where nothing was found it is closed and nothing else follows."),
    _outcome_fits,
    HANDLING,
)
REVIEW_IN_TIME = Gate(
    "review_in_time",
    _("A review above is asked for within a month of the decision: this came later."),
    _in_time,
    UNLAWFUL,
)
OBJECTION_CHECKED = Gate(
    "objection_checked",
    _("An objection was raised: look at what is new in it, then record that."),
    _objection_checked,
    HANDLING,
)
CLARIFICATION_APPROVED = act_done_after(
    "approve_clarification",
    "decide",
    _("The principal has not approved the clarification: have it approved first."),
    law=HANDLING,
)
CLARIFICATION_ANSWERED = Gate(
    "clarification_answered",
    _("Nothing was found: clarify it, or record why nothing is clarified."),
    _clarification_answered,
    HANDLING,
)
ACKNOWLEDGED = clock_not_running(
    "rep_named_ack",
    _("Whoever gave a name has not been told whether it is taken up: tell them."),
    law=HANDLING,
)
FED_BACK = clock_not_running(
    "rep_named_feedback", _("Whoever gave a name has not been told the result: tell them."), law=HANDLING
)
RETALIATION_ANSWERED = ledger_done(
    "retaliation",
    ("answered",),
    _("A sign of retaliation has no answer: answer every one."),
    law=RETALIATION,
)
IS_PUT_RIGHT = Gate(
    "is_put_right",
    _("Something is to be put right, and no paper shows that it was: put it right and record it."),
    _put_right,
    UNLAWFUL,
)
