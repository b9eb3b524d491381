"""What blocks an act on an assessment. Pure functions of the snapshot.

What stands in other tables (the scheme of the year, sheets of points, who gave points) is told by
`joining.py` at the act. A gate about what is being entered holds while nothing is entered yet: the form
itself asks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.appraisal.points import grades
from qingfeng.matters.gates import alone, clock_not_running, clock_over, ledger_done, ledger_has, one_entered
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.vocabulary import Gate, Law, Mark
from qingfeng.mechanisms.assessment import judged, parts
from qingfeng.mechanisms.assessment.fields import BY_ORDER, OBJECTION_FOUND, PLATFORM

PRACTICE = (Law("年度考核工作惯例", mark=Mark.PROPOSAL),)
YEARLY = (Law("公务员考核规定", mark=Mark.VERIFY),)
APPEALS = (Law("公务员法", "Art. 95", Mark.VERIFY),)
SCORING = (
    "take_points",
    "enter_points",
    "mend_points",
    "propose_grades",
    "judge",
    "judge_again",
    "count_votes",
)
"""Acts by which points or grades are given; whoever did one examines no appeal."""


def _is_this_step(seen: Snapshot) -> bool:
    given = [str(one.get("step")) for one in seen.entered.get("steps") or ()]
    return all(one == parts.STEP_OF.get(seen.stage) for one in given)


def _laid(seen: Snapshot) -> bool:
    step = parts.STEP_OF.get(seen.stage)
    return any(one.facts.get("step") == step and one.state == "laid" for one in seen.lines("steps"))


def _limits_fall(seen: Snapshot) -> bool:
    values = [seen.value(f"limit_{key}") for key in ("excellent", "competent", "basic")]
    if any(one in (None, "") for one in values):
        return True
    first, second, third = map(int, values)
    return first > second > third


def _method_set(seen: Snapshot) -> bool:
    return seen.last("set_method") is not None


def _has_self(seen: Snapshot) -> bool:
    wrote = {one.by for one in seen.done if one.act == "self_assess"}
    owed = [one for one in judged.people(seen) if one.state == "listed"]
    if seen.value("points_from") == PLATFORM:
        return not seen.entered.get("self_missing")
    return all(_person(one.facts.get("object")) in wrote for one in owed)


def _person(value: object) -> int | None:
    return int(str(value)) if value not in (None, "") else None


def _has_result(seen: Snapshot) -> bool:
    told = {_person(one.facts.get("told_person")) for one in seen.lines("results")}
    return seen.actor is None or seen.actor in told


def _is_assessed(seen: Snapshot) -> bool:
    return seen.actor is None or seen.actor in seen.persons("assessed")


def _not_of_oneself(seen: Snapshot) -> bool:
    own = {
        str(one.no) for one in judged.people(seen)
        if seen.actor is not None and _person(one.facts.get("object")) == seen.actor
    }  # fmt: skip
    return not any(str(one.get("graded_no")) in own for one in seen.entered.get("grades") or ())


def _votes_add_up(seen: Snapshot) -> bool:
    came = int(seen.facts.get("came") or 0)
    rows = [one for one in seen.entered.get("grades") or () if one.get("votes") not in (None, "")]
    return all(int(one.get("votes_good") or 0) <= int(one["votes"]) <= came for one in rows)


def _came_fits(seen: Snapshot) -> bool:
    invited, came = seen.entered.get("invited"), seen.entered.get("came")
    return invited is None or came is None or int(came) <= int(invited)


def _voted(seen: Snapshot) -> bool:
    return any(seen.last(act) is not None for act in (judged.COUNTED, judged.ROUND))


def _in_time(seen: Snapshot) -> bool:
    run = seen.clock("appeal")
    return run is not None and run.due_on is not None and seen.today <= run.due_on


def _no_open_appeal(seen: Snapshot) -> bool:
    own = [one for one in seen.lines("appeals") if _person(one.facts.get("appellant")) == seen.actor]
    return seen.actor is None or not any(one.state == "filed" for one in own)


def _examiners_apart(seen: Snapshot) -> bool:
    named = set(map(int, seen.entered.get("examiner") or ()))
    gave = {one.by for one in seen.done if one.act in SCORING}
    return not named & {*map(int, seen.entered.get("scorers", ())), *gave, *_appellants(seen)}


def _appellants(seen: Snapshot) -> set[int]:
    return {int(one.facts["appellant"]) for one in seen.lines("appeals") if one.facts.get("appellant")}


def _did_not_score(seen: Snapshot) -> bool:
    gave = {one.by for one in seen.done if one.act in SCORING}
    return seen.actor is None or seen.actor not in gave | _appellants(seen)


def open_appeal(seen: Snapshot) -> bool:
    """Return whether an appeal waits for its answer."""
    return any(one.state == "filed" for one in seen.lines("appeals"))


def appeal_time_over(seen: Snapshot) -> bool:
    """Return whether the days for an appeal have passed and still stand as if they ran."""
    run = seen.clock("appeal")
    return _runs(seen, "appeal") and run is not None and run.due_on is not None and seen.today > run.due_on


def upheld(seen: Snapshot) -> bool:
    """Return whether an appeal was upheld and nothing was recalculated for it yet."""
    return any(
        one.state == "answered" and one.facts.get("outcome") == "upheld" for one in seen.lines("appeals")
    )


def posting_differs(seen: Snapshot) -> bool:
    """Return whether the posting, if there was one, names others than are excellent now."""
    return seen.last("post") is not None and bool(judged.to_post(seen.lines("posted"), seen.lines("grades")))


def _runs(seen: Snapshot, clock: str) -> bool:
    run = seen.clock(clock)
    return run is not None and run.state != "stopped"


def change_is_posted(seen: Snapshot) -> bool:
    """Return whether a change is being posted."""
    return _runs(seen, "posting_change")


def is_posted(seen: Snapshot) -> bool:
    """Return whether names, or a change of them, are being posted."""
    return _runs(seen, "posting") or change_is_posted(seen)


def _change_rests(seen: Snapshot) -> bool:
    return all(_rests(seen, one) for one in seen.entered.get("grades") or ())


def _rests(seen: Snapshot, grade: Mapping[str, Any]) -> bool:
    basis = grade.get("change_basis")
    if basis == BY_ORDER:
        return bool(grade.get("change_paper"))
    if basis == OBJECTION_FOUND:
        return any(one.state == "settled" for one in seen.lines("objections"))
    whose = {_person(one.facts.get("object")) for one in judged.people(seen)
             if str(one.no) == str(grade.get("graded_no"))}  # fmt: skip
    won = {_person(one.facts.get("appellant")) for one in seen.lines("appeals")
           if one.facts.get("outcome") == "upheld"}  # fmt: skip
    return basis is None or bool(whose & won)


def something_untold(seen: Snapshot) -> bool:
    """Return whether something else stands than was told."""
    return bool(judged.untold(seen))


ALONE = alone(
    _("These are assessed for this year already: go on with that assessment, or drop it with a reason."),
    law=YEARLY,
)
RIGHT_STEP = Gate(
    "right_step", _("This is the paper of another step: choose the one at hand."), _is_this_step
)
LAID = Gate(
    "laid",
    _("The step has no paper yet: its document, its day and its minutes come first."),
    _laid,
    PRACTICE,
)
METHOD_SET = Gate(
    "method_set",
    _("The method says nothing of quota and limits yet: enter them."),
    _method_set,
    PRACTICE,
)
LIMITS_FALL = Gate(
    "limits_fall",
    _("Each grade asks for fewer points than the one above it: correct the limits."),
    _limits_fall,
    PRACTICE,
)
SCHEME_IN_FORCE = Gate(
    "scheme_in_force",
    _("No scheme of the 100-point assessment is in force for this year, or its limits and quota are others."),
    lambda seen: seen.value("points_from") != PLATFORM or bool(seen.entered.get("scheme_fits", True)),
    PRACTICE,
)
HAS_OBJECTS = ledger_has("objects", _("Nobody is on the list: draw it up first."), law=PRACTICE)
OWN_SELF = Gate("own_self", _("Only who is assessed hands in a self-assessment."), _is_assessed, PRACTICE)
SELF_IN = Gate(
    "self_in",
    _("Somebody has not handed in a self-assessment: remind them, or write down why there is none."),
    _has_self,
    PRACTICE,
)
SHEETS_FINAL = Gate(
    "sheets_final",
    _("Sheets of points are not all settled: close their periods first."),
    lambda seen: not seen.entered.get("sheets_open"),
    PRACTICE,
)
ON_LIST = Gate(
    "on_list",
    _("Points are entered once for each line of the list: check the numbers."),
    lambda seen: not seen.entered.get("not_on_list"),
    PRACTICE,
)
COMPLETE = Gate(
    "table_complete",
    _("Somebody on the list is not on the table of grades: enter their points."),
    judged.is_complete,
    PRACTICE,
)
NOT_OF_ONESELF = Gate(
    "not_of_oneself",
    _("Nobody decides about the own grade: leave that line to somebody else."),
    _not_of_oneself,
    PRACTICE,
)
ALL_GRADED = Gate(
    "all_graded",
    _("Somebody has no grade, or has one though none is determined for them: correct the table."),
    lambda seen: not {grades.NO_GRADE, grades.NOT_GRADED} & judged.amiss(seen).keys(),
    YEARLY,
)
WITHIN_QUOTA = Gate(
    "within_quota",
    _("More are excellent than the quota allows: choose again."),
    lambda seen: grades.OVER_QUOTA not in judged.amiss(seen),
    YEARLY,
)
WITHIN_POINTS = Gate(
    "within_points",
    _("A grade is above what the points or a veto allow: lower it."),
    lambda seen: grades.TOO_HIGH not in judged.amiss(seen),
    YEARLY,
)
REASONED = Gate(
    "reasoned",
    _("A grade is another than the points propose, or chosen among equals, without a reason: write it down."),
    lambda seen: not judged.unreasoned(seen),
    PRACTICE,
)
CHANGE_HOLDS = Gate(
    "change_holds",
    _("With this change the table breaks quota, points or a veto, or lacks a reason: look at it again."),
    lambda seen: not seen.entered.get("grades") or not (judged.amiss(seen) or judged.unreasoned(seen)),
    YEARLY,
)
GRADES_HOLD = (COMPLETE, ALL_GRADED, WITHIN_QUOTA, WITHIN_POINTS, REASONED)
CAME_FITS = Gate("came_fits", _("More came than were invited: correct one of the two."), _came_fits)
VOTES_ADD_UP = Gate(
    "votes_add_up",
    _("There are more ballots than people who came, or more yes than ballots: count again."),
    _votes_add_up,
    PRACTICE,
)
REPORTED = Gate(
    "reported",
    _("The meeting of the reports on duty is not entered: who was invited, and who came."),
    lambda seen: seen.last("enter_meeting") is not None,
    PRACTICE,
)
VOTED = Gate(
    "voted",
    _("Nobody has voted: count the paper ballots by two, or take the vote from a round of evaluation."),
    _voted,
    PRACTICE,
)
ROUND_CLOSED = Gate(
    "round_closed",
    _("There is no closed round of evaluation of that number: enter its number with the meeting."),
    lambda seen: bool(seen.entered.get("round_there", True)),
    PRACTICE,
)
OWN_RESULT = Gate(
    "own_result",
    _("No result of yours was told here."),
    _has_result,
)
POSTING_OVER = clock_over(
    "posting", _("The five workdays of the posting have not passed: it stays until then."), law=YEARLY
)
OBJECTIONS_SETTLED = ledger_done(
    "objections", ("settled",), _("An objection to the posting is not answered."), law=YEARLY
)
IN_TIME = Gate(
    "appeal_in_time",
    _("The ten days for an appeal are over: the organisation department says what else is open to you."),
    _in_time,
    APPEALS,
)
ONE_APPEAL = one_entered("one_appeal", "appeals", _("Enter one appeal."), law=APPEALS)
NO_OPEN_APPEAL = Gate(
    "no_open_appeal",
    _("Your appeal is being looked at: wait for its answer, or say more to who examines it."),
    _no_open_appeal,
    APPEALS,
)
EXAMINERS_APART = Gate(
    "examiners_apart",
    _("Who gave points or grades, appeals, or is parted from who appeals, examines none: name others."),
    _examiners_apart,
    APPEALS,
)
DID_NOT_SCORE = Gate(
    "did_not_score",
    _("You gave points or grades here, or appeal yourself: somebody else answers."),
    _did_not_score,
    APPEALS,
)
APPEAL_TIME_OVER = clock_over(
    "appeal", _("People may still appeal: wait until the ten days are over."), law=APPEALS
)
APPEALS_ANSWERED = Gate(
    "appeals_answered",
    _("An appeal is not answered."),
    lambda seen: not open_appeal(seen),
    APPEALS,
)
RECALCULATED = Gate(
    "recalculated",
    _("An appeal was upheld and nothing was recalculated: do that, then tell the person."),
    lambda seen: not upheld(seen),
    APPEALS,
)
CAN_RECALCULATE = Gate(
    "can_recalculate",
    _(
        "The sheet cannot be recalculated: it is not final, two have not signed what changes on it, or"
        " whoever answered had a hand in its points."
    ),
    lambda seen: not seen.entered.get("cannot_recalculate"),
    APPEALS,
)
CHANGE_RESTS = Gate(
    "change_rests",
    _(
        "A change rests on an appeal upheld for them, an objection that was answered, or a decision with its"
        " paper: none of it is here."
    ),
    _change_rests,
    APPEALS,
)
CHANGES_POSTED = Gate(
    "changes_posted",
    _("The posting names others than are excellent now: post the change."),
    lambda seen: not posting_differs(seen),
    YEARLY,
)
CHANGE_POSTED_LONG_ENOUGH = clock_over(
    "posting_change", _("The five workdays of the posting of the change have not passed."), law=YEARLY
)
CHANGE_ENDED = clock_not_running(
    "posting_change", _("The posting of a change is not ended: end it after its days."), law=YEARLY
)
ALL_TOLD = Gate(
    "all_told",
    _("Somebody was told something else than what stands now: tell them, with both."),
    lambda seen: not something_untold(seen),
    YEARLY,
)
ALL_HANDED = Gate(
    "all_handed",
    _("A result has not been read or signed for: hand it over, and note how."),
    lambda seen: not judged.unsigned(seen),
    YEARLY,
)
