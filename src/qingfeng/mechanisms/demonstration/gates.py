"""What blocks an act on a demonstration project. Pure functions of the snapshot.

A gate about what is being entered holds while nothing is entered yet: the form itself asks first.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.matters.gates import act_done, fact_is, ledger_done, ledger_has, one_entered
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark

PRACTICE = (Law("主体责任示范项目工作惯例", mark=Mark.PROPOSAL),)
DUTY = (Law("党委(党组)落实全面从严治党主体责任规定", mark=Mark.REPORTED),)
LEAST_EVALUATORS = 3
LEAST_EXAMINERS = 2
LEAST_ANSWERS = 5
PUBLIC_DAYS = 5


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value)[:10])


def _is_secretary(seen: Snapshot) -> bool:
    post = seen.value("leader_post")
    return post is None or "书记" in str(post)


def _names(seen: Snapshot, role: str, least: int) -> bool:
    """Whether at least so many different persons are named for a role, where somebody is named at all."""
    given = seen.entered.get(role)
    return given is None or len(set(given)) >= least


def _scored_by(seen: Snapshot) -> list[int | None]:
    return [one.by for one in seen.done if one.act == "score"]


def _all_scored(seen: Snapshot) -> bool:
    evaluators = set(seen.persons("evaluator"))
    return len(evaluators) >= LEAST_EVALUATORS and evaluators <= set(_scored_by(seen))


def _public_long_enough(seen: Snapshot) -> bool:
    begins, ends = (_day(seen.entered.get(key)) for key in ("public_from", "public_until"))
    return begins is None or ends is None or (ends - begins).days >= PUBLIC_DAYS


def _announced(seen: Snapshot) -> bool:
    until = _day(seen.facts.get("public_until"))
    return until is not None and seen.today > until


def _leader_is_known(seen: Snapshot) -> bool:
    """Whether no note since the last change of the leader says that somebody else leads."""
    acts = [one.act for one in seen.done if one.act in {"note", "change_leader"}]
    changed = "change_leader" in acts
    notes = len(acts) if not changed else acts[::-1].index("change_leader")
    later = seen.lines("notes")[-notes:] if notes else ()
    return not any(one.facts.get("same_leader") == "no" for one in later)


def _midterm_in_time(seen: Snapshot) -> bool:
    midterm, finish = _day(seen.value("midterm_on")), _day(seen.value("finish_on"))
    return midterm is None or finish is None or midterm < finish


def _costs_add_up(seen: Snapshot) -> bool:
    total = seen.value("cost_total")
    if total is None:
        return True
    return Decimal(str(total)) == sum(
        (Decimal(str(one.facts.get("amount") or 0)) for one in seen.lines("costs")), Decimal(0)
    )


def _enough_answers(seen: Snapshot) -> bool:
    asked, content = seen.entered.get("asked_count"), seen.entered.get("asked_content")
    if asked is None or content is None:
        return True
    return int(asked) >= LEAST_ANSWERS and int(content) <= int(asked)


SECRETARY_LEADS = Gate(
    "secretary_leads",
    _("The secretary of the unit's party committee leads the project: enter that name and post."),
    _is_secretary,
    DUTY,
)
OUTCOME_SET = ledger_has(
    "outcomes", _("There is no outcome that can be measured: say what is to change, from what to what."),
    law=PRACTICE,
)  # fmt: skip
MILESTONES_SET = ledger_has(
    "milestones", _("There is no milestone: say what is done by when, and by which post."), law=PRACTICE
)
EVALUATORS_NAMED = Gate(
    "three_evaluators",
    _("Name at least three evaluators; nobody of the unit that applies is one."),
    lambda seen: _names(seen, "evaluator", LEAST_EVALUATORS),
    PRACTICE,
)
IN_PERSON = Gate(
    "in_person",
    _("An evaluator scores in person: nobody stands in."),
    lambda seen: seen.actor is None or seen.actor in seen.persons("evaluator"),
    PRACTICE,
)
ONCE = Gate(
    "scored_once",
    _("You have scored this project, and one score is enough."),
    lambda seen: seen.actor is None or seen.actor not in _scored_by(seen),
    PRACTICE,
)
ONE_SCORE = one_entered("one_score", "scores", _("Enter one score: your own."), law=PRACTICE)
ALL_SCORED = Gate(
    "all_scored",
    _("Not every evaluator has scored yet: scores are opened together."),
    _all_scored,
    PRACTICE,
)
PUBLIC_LONG_ENOUGH = Gate(
    "public_long_enough",
    _("A project is announced for at least five days."),
    _public_long_enough,
    PRACTICE,
)
ANNOUNCED = Gate(
    "announced",
    _("The days of the announcement have not passed yet: wait for them."),
    _announced,
    PRACTICE,
)
OBJECTIONS_SETTLED = ledger_done(
    "objections", ("settled",), _("An objection is not settled: look into it and answer it."), law=PRACTICE
)
MIDTERM_IN_TIME = Gate(
    "midterm_in_time",
    _("The midterm check lies before the day on which the project is to be finished."),
    _midterm_in_time,
    PRACTICE,
)
OUTCOMES_MEASURED = ledger_done(
    "outcomes", ("measured",),
    _("An outcome was not measured: measure it and say what came out, whatever it is."), law=PRACTICE,
)  # fmt: skip
MILESTONES_TOLD = ledger_done(
    "milestones", ("reached", "missed"),
    _("A milestone is open: say that it was reached, or that it was not, and why."), law=PRACTICE,
)  # fmt: skip
ONE_NOTE = one_entered("one_note", "notes", _("Enter one note at a time."), law=PRACTICE)
LEADER_KNOWN = Gate(
    "leader_known",
    _("A note says that somebody else leads the project: enter the change of its leader."),
    _leader_is_known,
    DUTY,
)
LEADER_HANDED_OVER = ledger_done(
    "leaders", ("handed_over",),
    _("The leader changed and nothing was handed over: attach the record signed by both."), law=DUTY,
)  # fmt: skip
COSTS_VOUCHED = ledger_done(
    "costs", ("vouched",), _("A cost has no voucher: attach it with its number."), law=PRACTICE
)
COSTS_ADD_UP = Gate(
    "costs_add_up",
    _("What it cost in all is not the sum of the costs with vouchers: enter what is missing, or correct it."),
    _costs_add_up,
    PRACTICE,
)
ENOUGH_ANSWERS = Gate(
    "enough_answers",
    _(
        "Fewer than five answers say nothing and may lead to somebody: leave the second number out. It is "
        "never more than the first."
    ),
    _enough_answers,
    PRACTICE,
)
PEOPLE_ASKED = act_done(
    "ask_people", _("Nobody asked the people whom it is for: let somebody else than the unit ask them."),
    law=PRACTICE,
)  # fmt: skip
TWO_EXAMINE = Gate(
    "two_examine",
    _("Name two who check and examine the project."),
    lambda seen: _names(seen, "examiner", LEAST_EXAMINERS),
    PRACTICE,
)
CAN_BE_ENDED = (OUTCOMES_MEASURED, MILESTONES_TOLD, LEADER_KNOWN, LEADER_HANDED_OVER, COSTS_VOUCHED)
HOLDS = fact_is(
    "evidence_holds", ("yes",), _("The examination found that the evidence does not hold: rate it failed."),
    law=PRACTICE,
)  # fmt: skip
REACHED = fact_is(
    "outcome_judged", ("reached",), _("The outcome was not reached: it is no demonstration."), law=PRACTICE
)
REACHED_IN_PART = fact_is(
    "outcome_judged", ("reached", "partly"), _("Nothing of the outcome was reached: rate it failed."),
    law=PRACTICE,
)  # fmt: skip
MATERIAL_OUT = act_done(
    "publish", _("Its method has not been published: write it down so that others can do the same."),
    law=PRACTICE,
)  # fmt: skip
NAMES_NOBODY = Gate(
    "names_nobody",
    _("Lessons name nobody and blame nobody: take out what does, then say so."),
    lambda seen: seen.entered.get("names_nobody", True) is True,
    PRACTICE,
)
