"""What blocks an act on a clue. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, act_done_after, clock_over
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

RULE = "监督执纪工作规则"
HANDLING = (Law("检举控告工作规则", mark=Mark.REPORTED),)
PROPOSING = (Law(RULE, "Art. 21", Mark.VERIFY),)
INQUIRY = (Law(RULE, "Art. 29", Mark.VERIFY),)
REPORTING = (Law(RULE, "Art. 30", Mark.VERIFY),)
RULES = (Law(RULE, mark=Mark.VERIFY),)
PRACTICE = (Law("问题线索管理工作惯例", mark=Mark.PROPOSAL),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
LEAST_VOTES = 3
HIGH, MIDDLE = 8, 4
POINTS = {"yes": 2, "partly": 1, "no": 0}
QUESTIONS = ("clear_who", "clear_when", "clear_where", "clear_amount", "clear_evidence")
SOURCE_OF = {
    "verification": "finding",
    "petition": "petition",
    "report": "petition",
    "inspection": "inspection",
    "referral": "referral",
}
"""Kind of the matter that a clue comes from → its source."""
SOMETHING = {"yes", "partly"}


def quality_of(answers: dict[str, str]) -> str:
    """Return how well a clue can be looked into, from the five answers."""
    points = sum(POINTS.get(answers.get(key, ""), 0) for key in QUESTIONS)
    return "high" if points >= HIGH else "middle" if points >= MIDDLE else "low"


def _quality_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("quality")
    return given is None or given == quality_of(dict(seen.entered))


def _source_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("source")
    from_ = {SOURCE_OF[one.mechanism] for one in seen.links if not one.outward and one.mechanism in SOURCE_OF}
    return given is None or not from_ or given in from_


def _two(seen: Snapshot) -> bool:
    return len(set(seen.persons("handler"))) >= 2


def _several_study(seen: Snapshot) -> bool:
    return "attended" not in seen.entered or len(set(seen.entered["attended"] or ())) >= LEAST_VOTES


def is_way(way: str, seen: Snapshot) -> bool:
    """Return whether a way of disposal was agreed on and nothing has been decided otherwise since."""
    return seen.facts.get("way_agreed") == way


def inquiry_agreed(seen: Snapshot) -> bool:
    """Return whether a talk or a letter of inquiry may begin: agreed on, or once more after a report."""
    return seen.stage == "reported" or is_way("inquiry", seen)


def preliminary_agreed(seen: Snapshot) -> bool:
    """Return whether a preliminary verification may begin: agreed on, or after the report on an inquiry."""
    return seen.stage == "reported" or is_way("preliminary", seen)


def hold_agreed(seen: Snapshot) -> bool:
    """Return whether the clue may wait: agreed on, or after a report."""
    return seen.stage == "reported" or is_way("hold", seen)


def may_conclude(seen: Snapshot) -> bool:
    """Return whether it may be concluded: after a report, or where closing was agreed on."""
    return seen.stage == "reported" or is_way("close", seen)


def to_case(seen: Snapshot) -> bool:
    """Return whether the decision is to open a case."""
    return seen.facts.get("outcome") == "case"


def nothing_found(seen: Snapshot) -> bool:
    """Return whether nothing was found, so that clarification is a question that must be answered."""
    return seen.facts.get("found") not in SOMETHING


def person_waits(seen: Snapshot) -> bool:
    """Return whether somebody has answered an inquiry and is believed."""
    return seen.times("take_reply") > 0 and nothing_found(seen)


def _outcome_fits(seen: Snapshot) -> bool:
    outcome, found = seen.entered.get("outcome"), seen.entered.get("found")
    if outcome is None:
        return True
    return (outcome == "close") if found not in SOMETHING else True


def _case_after_verification(seen: Snapshot) -> bool:
    return seen.entered.get("outcome") != "case" or seen.times("report_verification") > 0


def _wish_followed(seen: Snapshot) -> bool:
    given = seen.entered.get("audience")
    if given is None:
        return True
    return seen.entered.get("wish") != "private" or set(given) == {"person"}


def _clarification_answered(seen: Snapshot) -> bool:
    return not nothing_found(seen) or seen.times("clarify") + seen.times("do_not_clarify") > 0


def _case_is_open(seen: Snapshot) -> bool:
    return not to_case(seen) or any(one.outward and one.mechanism == "case" for one in seen.links)


SOURCE_FITS = Gate(
    "source_fits",
    _("The clue was opened from another matter: choose the source that this is."),
    _source_fits,
    PRACTICE,
)
QUALITY_FITS = Gate(
    "quality_fits",
    _("The five answers add up to another grade: look at both again."),
    _quality_fits,
    PRACTICE,
)
TWO_HANDLERS = Gate(
    "two_handlers",
    _("Name two who handle it: one person alone does not."),
    _two,
    TWO_PERSONS,
)
SEVERAL_STUDY = Gate(
    "several_study",
    _("A clue is studied together: record at least three who were present with a vote."),
    _several_study,
    RULES,
)
REPLY_SIGNED_OFF = Gate(
    "reply_signed_off",
    _("The head of the party organisation there has not signed the reply: ask for it."),
    lambda seen: seen.entered.get("reply_signed_off", True) is True,
    INQUIRY,
)
INQUIRY_SENT = act_done(
    "send_inquiry", _("No letter of inquiry was sent: send it, or hold the talk."), law=INQUIRY
)
REPLY_OVERDUE = clock_over(
    "inquiry_reply", _("The time for the reply has not passed yet: wait for it."), law=INQUIRY
)
ALL_SIGNED = Gate(
    "all_signed",
    _("Everybody who verified signs the report."),
    lambda seen: seen.entered.get("all_signed", True) is True,
    TWO_PERSONS,
)
OUTCOME_FITS = Gate(
    "outcome_fits",
    _("Where nothing was found the clue is closed and nothing else follows."),
    _outcome_fits,
    RULES,
)
CASE_AFTER_VERIFICATION = Gate(
    "case_after_verification",
    _("A case is opened after a preliminary verification: decide on one first."),
    _case_after_verification,
    RULES,
)
WISH_FOLLOWED = Gate(
    "wish_followed",
    _("The person wishes to be told alone: tell nobody else."),
    _wish_followed,
    HANDLING,
)
CLARIFICATION_APPROVED = act_done_after(
    "approve_clarification",
    "conclude",
    _("The principal has not approved the clarification: have it approved with its audience."),
    law=HANDLING,
)
UNIT_IN_AUDIENCE = Gate(
    "unit_in_audience",
    _("The unit is not among those who are told: the approval says whom."),
    lambda seen: (
        bool(seen.units("unit"))
        and bool({"leaders", "committee", "range"} & set(seen.facts.get("audience") or ()))
    ),
    HANDLING,
)
CLARIFICATION_ANSWERED = Gate(
    "clarification_answered",
    _("Nothing was found: clarify it, or record why nothing is clarified."),
    _clarification_answered,
    HANDLING,
)
PERSON_ANSWERED = Gate(
    "person_answered",
    _("Somebody replied to an inquiry and is believed: send the letter that says so."),
    lambda seen: not person_waits(seen) or seen.times("answer_person") > 0,
    REPORTING,
)
FED_BACK = act_done_after(
    "give_feedback",
    "conclude",
    _("The office that the clue came from has not been told the result: tell it."),
    law=HANDLING,
)
CASE_OPENED = Gate(
    "case_opened",
    _("The decision was to open a case, and none is linked: open it first."),
    _case_is_open,
    RULES,
)
APPROVAL_RECORDED = Gate(
    "approval_recorded",
    _("The disposal has no approval on record: enter its number."),
    lambda seen: bool(seen.facts.get("approval_no")) and seen.times("conclude") > 0,
    RULES,
)
