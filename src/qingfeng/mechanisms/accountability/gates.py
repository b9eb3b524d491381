"""What blocks an act on accountability. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.counting import months_after
from qingfeng.matters.gates import act_done_after, fact_given
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.accountability.forms import FOR_ORGANISATIONS, INFLUENCE_MONTHS, is_heavier

RULES = (Law("中国共产党问责条例", "2019", Mark.VERIFY),)
DEFENCE = (Law("政务处分法", "Art. 43"),)
PERIOD = (Law("政务处分法", "Art. 8"),)
TWO_PERSONS = (Law("监察法", "Art. 44"),)
NEW_PEOPLE = (Law("监察法", "Art. 56"), Law("政务处分法", "Art. 55-60"))
PRACTICE = (Law("问责工作惯例", mark=Mark.PROPOSAL),)
FORMALITIES = (Law("问责决定执行惯例", mark=Mark.REPORTED),)
LEAST_VOTES = 3
PUBLISHED = {"published", "acknowledged", "filed"}
"""Stages of a notice in which it stands before its readers."""
WEIGHED_FACTS = (
    "honest_error",
    "exploring",
    "for_progress",
    "three_reasons",
    "exemption",
    "exemption_reasons",
)
MEASURE = ("form", "state_sanction", "party_sanction")
ANSWERS = ("uphold", "change", "revoke")


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _place(seen: Snapshot, acts: Iterable[str]) -> int:
    """Return the place of the latest of some acts in the story, from 1; 0 where there is none."""
    wanted = set(acts)
    return max((no for no, one in enumerate(seen.done, start=1) if one.act in wanted), default=0)


def _objects(seen: Snapshot) -> int:
    return len(set(seen.persons("subject_person"))) + len(set(seen.units("subject_unit")))


def _measure(seen: Snapshot, prefix: str = "") -> dict[str, Any]:
    return {key: seen.facts.get(prefix + key) for key in MEASURE}


def _not_heavier_than_intended(seen: Snapshot) -> bool:
    return "form" not in seen.entered or not is_heavier(seen.entered, _measure(seen, "intended_"))


def _not_heavier_than_decided(seen: Snapshot) -> bool:
    return "form" not in seen.entered or not is_heavier(seen.entered, _measure(seen))


def _fits_object(seen: Snapshot) -> bool:
    given = next((key for key in ("form", "intended_form") if key in seen.entered), "")
    if not given:
        return True
    prefix = given.removesuffix("form")
    form = seen.entered[given]
    sanctioned = any(seen.entered.get(f"{prefix}{key}_sanction") for key in ("state", "party"))
    is_organisation = bool(seen.units("subject_unit"))
    return (form in dict(FOR_ORGANISATIONS)) == is_organisation and sanctioned == (form == "discipline")


def _period_fits(seen: Snapshot) -> bool:
    months = INFLUENCE_MONTHS.get(seen.entered.get("state_sanction") or "")
    decided = _day(seen.entered.get("decided_on"))
    if months is None or decided is None:
        return True
    last = months_after(decided, months)
    return _day(seen.entered.get("influence_ends_on")) in {last, last - timedelta(days=1)}


def _several_decide(seen: Snapshot) -> bool:
    return "attended" not in seen.entered or len(set(seen.entered["attended"] or ())) >= LEAST_VOTES


def _points_answered(seen: Snapshot) -> bool:
    return all(
        line.state == "answered" and line.facts.get("reply") and line.facts.get("adopted")
        for line in seen.lines("points")
    )


def _weighed(seen: Snapshot) -> bool:
    after = _place(seen, ("weigh",)) > _place(seen, ("hear",))
    return after and all(seen.facts.get(key) for key in WEIGHED_FACTS)


def _executed_with_papers(seen: Snapshot) -> bool:
    lines = [one for one in seen.lines("executions") if one.facts.get("kind") != "restoration"]
    listed = _place(seen, ("list_execution",)) > _place(seen, ("decide", "change"))
    return listed and bool(lines) and all(one.state == "done" and one.files for one in lines)


def _restored_with_papers(seen: Snapshot) -> bool:
    lines = [one for one in seen.lines("executions") if one.facts.get("kind") == "restoration"]
    return bool(lines) and all(one.state == "done" and one.files for one in lines)


def _file_copied(seen: Snapshot) -> bool:
    return _place(seen, ("copy_file",)) > _place(seen, ("decide", "change"))


def _appeal_is_open(seen: Snapshot) -> bool:
    return _place(seen, ("appeal",)) > _place(seen, ANSWERS)


def _appeal_in_time(seen: Snapshot) -> bool:
    filed, run = _day(seen.entered.get("appeal_filed_on")), seen.clock("account_appeal")
    return filed is None or run is None or run.due_on is None or filed <= run.due_on


def _new_reviewers(seen: Snapshot) -> bool:
    before = {*seen.persons("handler"), *seen.persons("reviewer")}
    before |= {
        one.by for one in seen.done if one.act in {"report_findings", "inform", "hear", "weigh"} and one.by
    }
    chosen = set(seen.persons("appeal_handler"))
    return len(chosen) >= 2 and not chosen & before


def _is_final(seen: Snapshot) -> bool:
    if _appeal_is_open(seen):
        return False
    if _place(seen, ("uphold",)) > _place(seen, ("announce",)):
        return True
    run = seen.clock("account_appeal")
    return run is not None and run.due_on is not None and seen.today > run.due_on


def has_period(seen: Snapshot) -> bool:
    """Return whether the decision has effects for a time."""
    return bool(seen.facts.get("influence_ends_on"))


def nothing_to_wait_for(seen: Snapshot) -> bool:
    """Return whether the papers can be filed: the effects have ended, or the decision has none."""
    return seen.stage == "expired" or not has_period(seen)


def _influence_over(seen: Snapshot) -> bool:
    ends = _day(seen.facts.get("influence_ends_on"))
    return ends is None or seen.today > ends


def _notices_corrected(seen: Snapshot) -> bool:
    return not any(one.outward and one.kind == "announces" and one.stage in PUBLISHED for one in seen.links)


def _revisits_answered(seen: Snapshot) -> bool:
    return not any(one.outward and one.kind == "followed_by" and one.is_open for one in seen.links)


ONE_OBJECT = Gate(
    "one_object",
    _("Name the one person or the one organisation this is about; for another, open another matter."),
    lambda seen: _objects(seen) == 1,
    RULES,
)
DOUBT_GIVEN = fact_given(
    "doubt", _("Say first what is to be found out, and in which field of work."), law=PRACTICE
)
TWO_INVESTIGATORS = Gate(
    "two_investigators",
    _("Name two who investigate: one person alone does not."),
    lambda seen: len(set(seen.persons("handler"))) >= 2,
    TWO_PERSONS,
)
FITS_OBJECT = Gate(
    "fits_object",
    _(
        "Choose a form that fits: those for organisations for an organisation, sanctions only with "
        "a disciplinary one."
    ),
    _fits_object,
    RULES,
)
HEARD = act_done_after(
    "hear",
    "inform",
    _(
        "The person or organisation has not been heard: hear them, or take their waiver in "
        "writing, and file the record."
    ),
    law=DEFENCE,
)
POINTS_ANSWERED = Gate(
    "points_answered",
    _("A point of the defence has no answer: answer each with reasons and say whether it is adopted."),
    _points_answered,
    DEFENCE,
)
WEIGHED = Gate(
    "weighed_in_writing",
    _(
        "The exemptions and the three distinctions (三个区分开来) are not answered in writing: have them "
        "weighed first."
    ),
    _weighed,
    RULES,
)
SEVERAL_DECIDE = Gate(
    "several_decide",
    _(
        "One person does not decide this: record the meeting with at least three who were present "
        "with a vote."
    ),
    _several_decide,
    RULES,
)
NEVER_HEAVIER = Gate(
    "never_heavier",
    _("The form is heavier than the one told before the hearing: a defence never makes it heavier."),
    _not_heavier_than_intended,
    DEFENCE,
)
APPEAL_NEVER_HEAVIER = Gate(
    "appeal_never_heavier",
    _("The form is heavier than the one appealed against: an appeal never makes it heavier."),
    _not_heavier_than_decided,
    NEW_PEOPLE,
)
PERIOD_FITS = Gate(
    "period_fits",
    _(
        "Enter the day on which the effects end: 6 months for a warning, 12 for a demerit, "
        "18 for a major demerit, 24 for demotion or removal, counted from the decision."
    ),
    _period_fits,
    PERIOD,
)
EXECUTED_WITH_PAPERS = Gate(
    "executed_with_papers",
    _("The execution is not complete: list what is carried out, mark each as done and attach its papers."),
    _executed_with_papers,
    FORMALITIES,
)
FILE_COPIED = Gate(
    "file_copied",
    _("The organisation department has no copy for the personnel file: send it and record the receipt."),
    _file_copied,
    FORMALITIES,
)
APPEAL_IN_TIME = Gate(
    "appeal_in_time",
    _("The appeal came after the last day of its month: say so in writing, and treat it as a complaint."),
    _appeal_in_time,
    RULES,
)
NO_APPEAL_OPEN = Gate(
    "no_appeal_open",
    _("An appeal is being examined already: add to it."),
    lambda seen: not _appeal_is_open(seen),
    RULES,
)
APPEAL_OPEN = Gate("appeal_open", _("No appeal is open: record the appeal first."), _appeal_is_open, RULES)
NEW_REVIEWERS = Gate(
    "new_reviewers",
    _(
        "Name two who examine the appeal and who had no part in the investigation, the hearing or "
        "the weighing."
    ),
    _new_reviewers,
    NEW_PEOPLE,
)
FINAL = Gate(
    "final",
    _("The month for an appeal has not passed, or an appeal is open: wait for its end."),
    _is_final,
    RULES,
)
INFLUENCE_OVER = Gate(
    "influence_over", _("The effects last on: wait for their last day."), _influence_over, PERIOD
)
EXPIRY_TOLD = Gate(
    "expiry_told",
    _("The effects last for a time: record their end, and the notice of it goes out."),
    nothing_to_wait_for,
    PERIOD,
)
RESTORED_WITH_PAPERS = Gate(
    "restored_with_papers",
    _("The restoration is not complete: list what is given back, mark each as done and attach its papers."),
    _restored_with_papers,
    NEW_PEOPLE,
)
NOTICES_CORRECTED = Gate(
    "notices_corrected",
    _("A notice still tells the earlier decision: correct it first."),
    _notices_corrected,
    NEW_PEOPLE,
)
PERSON_WITH_PERIOD = Gate(
    "person_with_period",
    _(
        "Return visits are made to a person while the effects of a decision last: there is no such "
        "person or period."
    ),
    lambda seen: bool(seen.persons("subject_person")) and bool(seen.facts.get("influence_ends_on")),
    PRACTICE,
)
REVISITS_ANSWERED = Gate(
    "revisits_answered",
    _("A return visit is neither made nor declined: let it come to its end first."),
    _revisits_answered,
    PRACTICE,
)
