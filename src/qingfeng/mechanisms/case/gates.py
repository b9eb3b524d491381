"""What blocks an act on a case. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, act_done_after, fact_given
from qingfeng.matters.snapshot import Linked, Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.case.forms import SCALE, grade_of, is_heavier

RULE = "监督执纪工作规则"
RULES = (Law(RULE, mark=Mark.VERIFY),)
TRIAL = (Law(RULE, "审理", Mark.VERIFY),)
DEFENCE = (Law("政务处分法", "Art. 43"),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
APPEALS = (Law("监察法", "Art. 56"),)
QUALITY = (Law("案件质量评查办法", mark=Mark.VERIFY),)
LINKED = (Law("案书联动工作惯例", mark=Mark.PROPOSAL),)
PRACTICE = (Law("案件办理工作惯例", mark=Mark.PROPOSAL),)
FORMALITIES = (Law("处分决定执行惯例", mark=Mark.REPORTED),)
CLARIFYING = (Law("检举控告工作规则", mark=Mark.REPORTED),)
LEAST_VOTES = 3
MEASURE = ("form", "state_sanction", "party_sanction")
PUBLISHED = {"published", "acknowledged", "filed"}
"""Stages of a notice in which it stands before its readers."""
NOTED = ("note_upheld", "note_changed", "note_revoked")
ANSWERED = {"decided", "told", "closed"}
"""Stages of an appeal in which its result is there."""


def place(seen: Snapshot, acts: Iterable[str]) -> int:
    """Return the place of the latest of some acts in the story, from 1; 0 where there is none."""
    wanted = set(acts)
    return max((no for no, one in enumerate(seen.done, start=1) if one.act in wanted), default=0)


def letter_needed(seen: Snapshot) -> bool:
    """Return whether a letter of recommendation follows."""
    return seen.facts.get("letter_needed") == "yes"


def _measure(seen: Snapshot, prefix: str = "") -> dict[str, Any]:
    return {key: seen.facts.get(prefix + key) for key in MEASURE}


def _two(role: str, seen: Snapshot) -> bool:
    return len(set(seen.persons(role))) >= 2


def _apart(seen: Snapshot) -> bool:
    before = set(seen.persons("handler")) | {one.by for one in seen.done if one.act == "hand_in" and one.by}
    return not before & set(seen.entered.get("reviewer") or seen.persons("reviewer"))


def _several(seen: Snapshot) -> bool:
    return "attended" not in seen.entered or len(set(seen.entered["attended"] or ())) >= LEAST_VOTES


def _not_heavier(seen: Snapshot, prefix: str) -> bool:
    return "form" not in seen.entered or not is_heavier(seen.entered, _measure(seen, prefix))


def _executed(seen: Snapshot) -> bool:
    lines = [one for one in seen.lines("executions") if one.facts.get("kind") != "restoration"]
    listed = place(seen, ("list_execution",)) > place(seen, ("decide", "note_changed"))
    return listed and bool(lines) and all(one.state == "done" and one.facts.get("proof_no") for one in lines)


def _restored(seen: Snapshot) -> bool:
    lines = [one for one in seen.lines("executions") if one.facts.get("kind") == "restoration"]
    return bool(lines) and all(one.state == "done" and one.facts.get("proof_no") for one in lines)


def _appeals(seen: Snapshot) -> list[Linked]:
    return [one for one in seen.links if one.outward and one.mechanism == "appeal"]


def appeal_is_open(seen: Snapshot) -> bool:
    """Return whether an appeal was opened and its result is not noted here yet."""
    return place(seen, ("open_appeal",)) > place(seen, NOTED)


def _appeal_says(result: str, seen: Snapshot) -> bool:
    latest = _appeals(seen)[-1:]
    return any(one.stage in ANSWERED and one.facts.get("appeal_result") == result for one in latest)


def _all_marked(seen: Snapshot) -> bool:
    given = seen.entered.get("notices")
    sent = sum(one.state == "sent" for one in seen.lines("notices"))
    return given is None or len(given) >= sent


def _notices_corrected(seen: Snapshot) -> bool:
    waiting = any(one.state == "to_correct" for one in seen.lines("notices"))
    published = any(one.outward and one.kind == "announces" and one.stage in PUBLISHED for one in seen.links)
    changed = place(seen, ("note_changed", "note_revoked"))
    stale = published and changed > place(seen, ("announce",))
    return not waiting and not stale


def _is_final(seen: Snapshot) -> bool:
    if appeal_is_open(seen):
        return False
    if place(seen, ("note_upheld",)) > place(seen, ("announce",)):
        return True
    run = seen.clock("appeal_window")
    return run is not None and run.due_on is not None and seen.today > run.due_on


def _score_adds_up(seen: Snapshot) -> bool:
    given = seen.entered.get("score")
    return given is None or int(given) == sum(int(seen.entered.get(key) or 0) for key in SCALE)


def _grade_fits(seen: Snapshot) -> bool:
    given = seen.entered.get("grade")
    return given is None or given == grade_of(int(seen.entered.get("score") or 0), seen.entered.get("vetoes"))


def _wish_followed(seen: Snapshot) -> bool:
    given = seen.entered.get("audience")
    return given is None or seen.entered.get("wish") != "private" or set(given) == {"person"}


CARD_GIVEN = fact_given("area", _("Complete the card of the case first."), law=PRACTICE)
TWO_HANDLERS = Gate(
    "two_handlers",
    _("Name two who handle it: one person alone does not."),
    lambda seen: _two("handler", seen),
    TWO_PERSONS,
)
TWO_REVIEWERS = Gate(
    "two_reviewers",
    _("Name two who review the case before it is decided."),
    lambda seen: _two("reviewer", seen),
    TRIAL,
)
REVIEWERS_APART = Gate(
    "reviewers_apart",
    _("Whoever handled the case does not review it: name others."),
    _apart,
    TRIAL,
)
HEARD = act_done_after(
    "hear",
    "inform",
    _("The person has not been heard on the facts and the intended sanction: hear them first."),
    law=DEFENCE,
)
POINTS_ANSWERED = Gate(
    "points_answered",
    _("A point of the defence has no answer: answer each with reasons."),
    lambda seen: seen.entered.get("points_answered", True) is True,
    DEFENCE,
)
NEVER_HEAVIER = Gate(
    "never_heavier",
    _("The form is heavier than the one told before the hearing: a defence never makes it heavier."),
    lambda seen: _not_heavier(seen, "intended_"),
    DEFENCE,
)
APPEAL_NEVER_HEAVIER = Gate(
    "appeal_never_heavier",
    _("The form is heavier than the one appealed against: an appeal never makes it heavier."),
    lambda seen: _not_heavier(seen, ""),
    APPEALS,
)
SEVERAL_DECIDE = Gate(
    "several_decide",
    _("One person does not decide this: record the meeting with at least three who were present "
      "with a vote."),
    _several,
    RULES,
)  # fmt: skip
EXECUTED = Gate(
    "executed",
    _("The decision is not carried out: list what is owed and enter the number of every proof."),
    _executed,
    FORMALITIES,
)
RESTORED = Gate(
    "restored",
    _("The restoration is not complete: list what is given back and enter the number of every proof."),
    _restored,
    APPEALS,
)
NO_APPEAL_OPEN = Gate(
    "no_appeal_open",
    _("An appeal is open: wait for its result and note it here."),
    lambda seen: not appeal_is_open(seen),
    APPEALS,
)


def _says(result: str, words: Any) -> Gate:
    return Gate(f"appeal_{result}", words, lambda seen: _appeal_says(result, seen), APPEALS)


SAYS_UPHELD = _says("upheld", _("The appeal has not said that the decision stands: note what it says."))
SAYS_CHANGED = _says("changed", _("The appeal has not said that the decision changes: note what it says."))
SAYS_REVOKED = _says("revoked", _("The appeal has not revoked the decision: note what it says."))
ALL_MARKED = Gate(
    "all_notices_marked",
    _("Mark every notice that went out with the earlier decision: each is to be corrected."),
    _all_marked,
    APPEALS,
)
NOTICES_CORRECTED = Gate(
    "notices_corrected",
    _("A notice still tells the earlier decision: correct it first."),
    _notices_corrected,
    APPEALS,
)
FINAL = Gate(
    "final",
    _("The month for an appeal has not passed, or an appeal is open: wait for its end."),
    _is_final,
    APPEALS,
)
WISH_FOLLOWED = Gate(
    "wish_followed",
    _("The person wishes to be told alone: tell nobody else."),
    _wish_followed,
    CLARIFYING,
)
SCORE_ADDS_UP = Gate(
    "score_adds_up",
    _("The six scores add up to another number of points: look at both again."),
    _score_adds_up,
    QUALITY,
)
GRADE_FITS = Gate(
    "grade_fits",
    _("The grade does not fit the points, or a veto is ticked: a veto fails the case."),
    _grade_fits,
    QUALITY,
)
QUALITY_REVIEWED = act_done(
    "review_quality", _("The quality of the case has not been reviewed: review it."), law=QUALITY
)
LETTER_ANSWERED = act_done(
    "answer_letter",
    _("Letter needed? Yes or no, and why: weigh it before the case is closed."),
    law=LINKED,
)
PROPERTY_RECONCILED = act_done(
    "reconcile_property",
    _("The property in the case is not accounted for: reconcile its list, or say that there is none."),
    law=PRACTICE,
)
