"""What blocks an assessment of the year: refused without it, allowed with it (mechanisms.md M32)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.appraisal.points.tables import Kind
from qingfeng.mechanisms.assessment import fields, parts
from qingfeng.mechanisms.assessment.declaration import ASSESSMENT
from qingfeng.mechanisms.assessment.duties import on_paper, on_platform
from qingfeng.mechanisms.assessment.gates import posting_differs

FIVE = ("sign_method", "sign_self", "sign_grades", "sign_reports", "sign_result")


def entering(act, case="closed", **others):
    return a_life.entering("assessment", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("assessment", act, seen)


def table(seen, no, **changed):
    """The snapshot with other facts in one line of the table of grades."""
    lines = tuple(
        replace(one, facts={**one.facts, **changed}) if one.no == no else one for one in seen.lines("grades")
    )
    return replace(seen, ledgers={**seen.ledgers, "grades": lines}, entered={**seen.entered, "grades": ()})


@pytest.mark.parametrize("act", FIVE)
def test_no_gate_is_signed_without_its_document_its_day_and_its_minutes(act):
    seen = entering(act)
    unsigned = tuple(one for one in seen.lines("steps") if one.state != "laid")

    assert unmet(act, seen) == []
    assert unmet(act, replace(seen, ledgers={**seen.ledgers, "steps": unsigned})) == ["laid"]


def test_the_next_step_begins_when_the_gate_before_it_is_signed_by_a_leader():
    acts = [ASSESSMENT.act(key) for key in FIVE]

    assert [one.from_[0] for one in acts] == list(parts.FIVE)
    assert [one.to for one in acts] == [*parts.FIVE[1:], "decided"]
    assert {one.by for one in acts} == {parts.LEADERS}


def test_papers_are_laid_down_for_the_step_at_hand_and_no_other():
    seen = entering("lay_paper")
    other = a_life.with_entered(seen, steps=[{"step": "result"}])

    assert unmet("lay_paper", seen) == []
    assert unmet("lay_paper", other) == ["right_step"]


def test_a_method_has_a_quota_limits_that_fall_and_a_list():
    seen, setting = entering("sign_method"), entering("set_method")

    assert unmet("sign_method", a_life.without_act(seen, "set_method")) == ["method_set"]
    assert unmet("sign_method", a_life.with_lines(seen, "objects")) == ["ledger_has:objects"]
    assert unmet("set_method", a_life.with_entered(setting, limit_basic=75)) == ["limits_fall"]


def test_what_would_be_a_second_assessment_is_not_opened():
    (gate,) = ASSESSMENT.gates
    seen = entering("set_method")

    assert gate.key == "alone"
    assert not gate.holds(a_life.with_entered(seen, is_second=True))
    assert gate.holds(a_life.with_entered(seen, is_second=False))


def test_points_of_the_house_need_a_scheme_in_force_that_says_the_same():
    seen = a_life.with_entered(entering("set_method"), points_from="platform", scheme_fits=False)

    assert unmet("set_method", seen) == ["scheme_in_force"]
    assert unmet("set_method", a_life.with_entered(seen, scheme_fits=True)) == []
    assert unmet("set_method", a_life.with_entered(seen, points_from="paper")) == []


def test_self_assessments_are_all_in_or_explained_and_everybody_writes_their_own():
    seen = entering("sign_self")
    first = next(one for one in seen.done if one.act == "self_assess")
    fewer = replace(seen, done=tuple(one for one in seen.done if one != first))
    stranger = replace(entering("self_assess"), actor=9999)

    assert unmet("sign_self", fewer) == ["self_in"]
    assert unmet("self_assess", stranger) == ["own_self"]
    here = a_life.with_fact(fewer, points_from="platform")
    assert unmet("sign_self", here) == []
    assert unmet("sign_self", a_life.with_entered(here, self_missing=2)) == ["self_in"]


def test_points_are_taken_from_settled_sheets_only():
    seen = a_life.with_fact(entering("enter_points"), points_from="platform")

    assert (on_platform(seen), on_paper(seen)) == (True, False)
    assert unmet("take_points", seen) == []
    assert unmet("take_points", a_life.with_entered(seen, sheets_open=1)) == ["sheets_final"]


def test_points_on_paper_are_entered_by_two_once_a_line_and_by_nobody_for_themselves():
    seen = entering("enter_points")

    assert ASSESSMENT.act("enter_points").second
    assert unmet("enter_points", a_life.with_entered(seen, not_on_list=["9"])) == ["on_list"]
    assert unmet("enter_points", replace(seen, actor=a_life.IDS["style_one"])) == ["not_of_oneself"]


@pytest.mark.parametrize("act", ["propose_grades", "sign_grades"])
def test_everybody_on_the_list_stands_once_on_the_table(act):
    seen = entering(act)
    lines = seen.lines("grades")

    assert unmet(act, seen) == []
    for wrong in (lines[:-1], (*lines, lines[0])):
        assert "table_complete" in unmet(act, replace(seen, ledgers={**seen.ledgers, "grades": wrong}))


@pytest.mark.parametrize("act", ["sign_grades", "sign_result"])
@pytest.mark.parametrize(
    ("no", "changed", "held"),
    [
        (2, {"grade": ""}, "all_graded"),
        (3, {"grade": "competent"}, "all_graded"),
        (7, {"grade": "excellent", "grade_why": "集体研究"}, "within_quota"),
        (4, {"grade": "excellent", "grade_why": "集体研究"}, "within_points"),
        (1, {"vetoed": True}, "within_points"),
        (1, {"grade_why": ""}, "reasoned"),
        (5, {"grade": "basic", "grade_why": ""}, "reasoned"),
    ],
)
def test_grades_keep_to_the_quota_the_points_and_vetoes_and_say_why(act, no, changed, held):
    seen = entering(act)

    assert unmet(act, seen) == []
    assert held in unmet(act, table(seen, no, **changed))


@pytest.mark.parametrize(
    ("act", "held"),
    [("judge", "within_points"), ("judge_again", "within_points"), ("change_grade", "change_holds")],
)
def test_nobody_decides_about_the_own_grade_nor_above_the_points(act, held):
    seen = entering(act)
    own = seen.entered["grades"][0]
    whose = next(one for one in seen.lines("objects") if one.no == own["graded_no"]).facts["object"]

    assert unmet(act, seen) == []
    assert "not_of_oneself" in unmet(act, replace(seen, actor=whose))
    high = a_life.with_entered(seen, grades=[{**own, "graded_no": 4, "total": "83.20", "grade": "excellent"}])
    assert held in unmet(act, high)


def test_the_vote_is_a_meeting_of_so_many_and_paper_is_counted_by_two():
    meeting, counting, signing = entering("enter_meeting"), entering("count_votes"), entering("sign_reports")
    line = counting.entered["grades"][0]

    assert ASSESSMENT.act("count_votes").second
    assert unmet("enter_meeting", a_life.with_entered(meeting, came=31)) == ["came_fits"]
    for wrong in ({"votes": 27}, {"votes": 10, "votes_good": 11}):
        assert unmet("count_votes", a_life.with_entered(counting, grades=[{**line, **wrong}])) == [
            "votes_add_up"
        ]
    assert unmet("count_votes", a_life.without_act(counting, "enter_meeting")) == ["reported"]
    assert unmet("sign_reports", a_life.without_act(signing, "count_votes")) == ["voted"]
    assert unmet("take_round", a_life.with_entered(counting, round_there=False)) == ["round_closed"]


def test_fewer_than_five_ballots_are_not_entered():
    ballots = next(one for one in fields.GRADE if one.key == "votes")

    assert ballots.least == 5


def test_a_result_is_signed_for_by_whose_it_is():
    seen = entering("sign_for")

    assert unmet("sign_for", seen) == []
    assert unmet("sign_for", replace(seen, actor=a_life.IDS["style_head"])) == ["own_result"]


def test_the_posting_stays_five_workdays_and_objections_are_answered():
    seen = entering("end_posting")
    last = seen.clock("posting").due_on
    raised = ("raised", {"objection": "有异议"}, 0)

    assert unmet("end_posting", seen) == []
    assert unmet("end_posting", replace(seen, today=last)) == ["clock_over:posting"]
    assert unmet("end_posting", a_life.with_lines(seen, "objections", raised)) == ["ledger_done:objections"]


def test_an_appeal_is_made_within_ten_days_one_at_a_time():
    seen = entering("appeal")
    line, last = seen.entered["appeals"][0], seen.clock("appeal").due_on
    filed = ("filed", {"appellant": seen.actor}, 0)

    assert unmet("appeal", replace(seen, today=last)) == []
    assert unmet("appeal", replace(seen, today=last.replace(day=last.day + 1))) == ["appeal_in_time"]
    assert unmet("appeal", a_life.with_entered(seen, appeals=[line, line])) == ["one_appeal"]
    assert unmet("appeal", a_life.with_lines(seen, "appeals", filed)) == ["no_open_appeal"]


def test_an_appeal_is_answered_by_two_who_gave_neither_points_nor_grades():
    naming, answering = entering("name_examiners"), entering("answer_appeal")
    organizer, appellant = a_life.IDS["org_head"], a_life.IDS["case_two"]
    naming = a_life.with_lines(naming, "appeals", ("filed", {"appellant": appellant}, 0))
    naming = a_life.with_entered(naming, examiner=[1001, 1002])

    assert (ASSESSMENT.role("examiner").least, ASSESSMENT.act("answer_appeal").second) == (2, True)
    assert unmet("name_examiners", naming) == []
    assert unmet("name_examiners", a_life.with_entered(naming, recusal_checked=False)) == ["recusal_checked"]
    for wrong in (
        {"examiner": [organizer, 7]},
        {"examiner": [appellant, 7]},
        {"scorers": [1002]},
    ):
        assert unmet("name_examiners", a_life.with_entered(naming, **wrong)) == ["examiners_apart"]
    assert unmet("answer_appeal", answering) == []
    assert unmet("answer_appeal", replace(answering, actor=organizer)) == ["did_not_score"]


def test_what_was_upheld_is_recalculated_and_told_before_the_year_is_closed():
    seen, again = entering("close"), entering("notify_again")
    upheld = ("answered", {"outcome": "upheld"}, 0)
    told = ("told", {**seen.lines("results")[1].facts}, 0)

    assert unmet("close", seen) == []
    assert unmet("close", a_life.with_lines(seen, "appeals", ("filed", {}, 0))) == ["appeals_answered"]
    assert unmet("close", a_life.with_lines(seen, "appeals", upheld)) == ["recalculated"]
    assert unmet("close", table(seen, 2, total="91.50")) == ["all_told"]
    assert unmet("close", table(seen, 3, total="88.00")) == []  # no grade: no points were told
    assert "all_handed" in unmet("close", a_life.with_lines(seen, "results", told))
    assert unmet("close", replace(seen, today=seen.clock("appeal").due_on)) == ["clock_over:appeal"]
    assert unmet("notify_again", a_life.with_lines(again, "appeals", upheld)) == ["recalculated"]


def test_a_change_rests_on_the_own_appeal_an_answered_objection_or_a_decision_with_its_paper():
    by_order, by_appeal = entering("change_grade", "changed", nth=2), entering("change_grade")
    order, appeal = by_order.entered["grades"][0], by_appeal.entered["grades"][0]
    objection = {**order, "change_basis": "objection"}

    def held(seen, **line):
        return unmet("change_grade", a_life.with_entered(seen, grades=[line]))

    assert unmet("change_grade", by_order) == unmet("change_grade", by_appeal) == []
    assert held(by_order, **{**order, "change_paper": []}) == ["change_rests"]
    assert held(by_order, **{**order, "change_basis": "appeal"}) == ["change_rests"]
    assert "change_rests" in held(by_appeal, **{**appeal, "graded_no": 4})
    assert held(by_order, **objection) == []
    assert "change_rests" in unmet(
        "change_grade", a_life.with_lines(a_life.with_entered(by_order, grades=[objection]), "objections")
    )


def test_a_change_of_who_is_excellent_keeps_to_the_quota_and_is_told_and_posted_before_the_end():
    seen, ended = entering("post_change", "changed"), entering("end_change", "changed")
    closing = a_life.lived("assessment", "changed")
    second = entering("change_grade", "changed", nth=2)
    two = {**second.entered["grades"][0], "graded_no": 7, "grade": "excellent", "total": "94.50"}

    assert (posting_differs(seen), posting_differs(ended)) == (True, False)
    assert unmet("post_change", seen) == []
    assert unmet("close", seen) != unmet("close", closing) == []
    assert "changes_posted" in unmet("close", seen)
    assert unmet("change_grade", a_life.with_entered(second, grades=[two])) == ["change_holds"]
    assert unmet("post_change", table(seen, 7, grade="excellent", grade_why="集体研究")) == ["all_told"]
    assert unmet("end_change", ended) == []
    assert unmet("end_change", replace(ended, today=ended.clock("posting_change").due_on)) == [
        "clock_over:posting_change"
    ]
    assert "clock_not_running:posting_change" in unmet("close", ended)


def test_a_sheet_that_cannot_be_recalculated_is_not_taken():
    seen = a_life.with_entered(entering("recalculate"), cannot_recalculate=True)

    assert unmet("recalculate", seen) == ["can_recalculate"]


def test_the_classes_are_those_of_the_100_point_assessment():
    assert {key for key, _words in fields.CLASSES} == set(Kind.values)


def test_whoever_is_assessed_reads_only_what_is_their_own():
    role = ASSESSMENT.role("assessed")
    named = {
        ledger.key: {one.key for one in ledger.fields if one.kind in {"person", "persons"}}
        for ledger in ASSESSMENT.ledgers
    }

    assert not role.reads
    assert named["grades"] == named["steps"] == named["posted"] == named["objections"] == set()
    assert named["results"] == {"told_person"}
