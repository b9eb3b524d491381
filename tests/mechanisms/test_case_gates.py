"""What blocks a case: refused without it, allowed with it (mechanisms.md M08, M09; rights.md 1, 9, 14)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.mechanisms.case import fields, forms
from qingfeng.mechanisms.case.declaration import CASE


def entering(case, act, **others):
    return a_life.entering("case", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("case", act, seen)


def appealed(seen, stage, result):
    return a_life.linked(seen, "appealed", "appeal", stage, appeal_result=result)


def test_a_case_is_not_opened_before_its_card_is_complete():
    seen = entering("closed", "approve_case")

    assert unmet("approve_case", seen) == []
    assert unmet("approve_case", a_life.with_fact(seen, area=None)) == ["fact_given:area"]


@pytest.mark.parametrize("act", ["approve_case", "accept_trial"])
def test_recusal_is_asked_about_whenever_a_case_gets_new_hands(act):
    """监察法 Art. 67."""
    seen = entering("closed", act)

    assert unmet(act, a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_every_act_of_a_case_that_names_hands_asks_about_recusal():
    naming = {act.key for act in CASE.acts if {"handler", "reviewer"} & set(act.names)}
    asking = {act.key for act in CASE.acts if "recusal_checked" in {gate.key for gate in act.gates}}

    assert naming == asking == {"approve_case", "reassign", "accept_trial"}


def test_one_person_alone_does_not_handle_a_case():
    """监察法 Art. 44."""
    seen = entering("closed", "hand_in")

    assert unmet("hand_in", seen) == []
    assert unmet("hand_in", a_life.alone(seen, "handler")) == ["two_handlers"]


def test_one_person_alone_does_not_review_a_case():
    seen = entering("closed", "finish_trial")

    assert unmet("finish_trial", seen) == []
    assert unmet("finish_trial", a_life.alone(seen, "reviewer")) == ["two_reviewers"]


def test_whoever_handled_a_case_does_not_review_it():
    seen = entering("closed", "accept_trial")
    handler = a_life.IDS["case_one"]

    assert unmet("accept_trial", a_life.with_entered(seen, reviewer=[handler, a_life.IDS["trial_head"]])) == [
        "reviewers_apart"
    ]


def test_whoever_is_concerned_is_heard_before_the_decision():
    """政务处分法 Art. 43."""
    seen = entering("closed", "decide")

    assert unmet("decide", seen) == []
    assert unmet("decide", a_life.without_act(seen, "hear")) == ["act_done_after:hear:inform"]


def test_every_point_of_the_defence_in_a_case_is_answered():
    seen = entering("closed", "hear")

    assert unmet("hear", a_life.with_entered(seen, points_answered=False)) == ["points_answered"]


@pytest.mark.parametrize(
    "heavier",
    [{"form": "fourth"}, {"state_sanction": "demotion"}, {"party_sanction": "party_warning"}],
)
def test_a_defence_never_makes_a_case_heavier(heavier):
    """政务处分法 Art. 43."""
    seen = entering("closed", "decide")

    assert unmet("decide", a_life.with_entered(seen, **heavier)) == ["never_heavier"]


def test_a_case_is_decided_by_several():
    seen = entering("closed", "decide")

    assert unmet("decide", a_life.with_entered(seen, attended=seen.entered["attended"][:2])) == [
        "several_decide"
    ]


def test_a_decision_that_is_not_carried_out_blocks():
    seen = entering("closed", "confirm_execution")
    owed = a_life.with_lines(seen, "executions", ("owed", {"kind": "pay"}, 0))
    unproved = a_life.with_lines(seen, "executions", ("done", {"kind": "pay", "proof_no": ""}, 0))

    assert unmet("confirm_execution", seen) == []
    assert unmet("confirm_execution", owed) == unmet("confirm_execution", unproved) == ["executed"]
    assert unmet("confirm_execution", a_life.without_act(seen, "list_execution")) == ["executed"]


def test_a_case_closes_only_after_it_says_whether_a_letter_is_needed_and_why():
    """案书联动."""
    seen = entering("closed", "file")

    assert unmet("file", seen) == []
    assert unmet("file", a_life.without_act(seen, "answer_letter")) == ["act_done:answer_letter"]
    assert {one.key for one in fields.LETTER if one.needed} >= {"letter_needed", "letter_reason"}


def test_a_letter_is_opened_where_one_is_needed_and_nothing_where_none_is():
    opened = CASE.act("answer_letter").opens[0]

    assert (opened.mechanism, opened.link, opened.own_level) == ("recommendation", "leads_to", True)
    assert opened.when_holds(a_life.with_fact(entering("closed", "file"), letter_needed="yes"))
    assert not opened.when_holds(a_life.with_fact(entering("closed", "file"), letter_needed="no"))


def test_a_case_closes_only_after_its_quality_was_reviewed():
    seen = entering("closed", "file")

    assert unmet("file", a_life.without_act(seen, "review_quality")) == ["act_done:review_quality"]


def test_property_that_is_not_accounted_for_blocks_closing():
    seen = entering("closed", "file")

    assert unmet("file", a_life.without_act(seen, "reconcile_property")) == ["act_done:reconcile_property"]


def test_the_scale_of_the_quality_review_is_a_hundred_points():
    """案件质量评查: 事实证据 30, 定性处理 20, 程序手续 20, 文书卷宗 10, 涉案财物 10, 权利保障 10."""
    assert list(forms.SCALE.values()) == [30, 20, 20, 10, 10, 10]
    assert {one.key: one.most for one in fields.QUALITY if one.key in forms.SCALE} == forms.SCALE


def test_the_points_of_a_quality_review_add_up():
    seen = entering("closed", "review_quality")

    assert unmet("review_quality", seen) == []
    assert unmet("review_quality", a_life.with_entered(seen, score=95)) == ["score_adds_up"]


@pytest.mark.parametrize(
    ("score", "vetoes", "grade"),
    [
        (90, [], "excellent"),
        (89, [], "sound"),
        (70, None, "sound"),
        (69, [], "failed"),
        (100, ["recusal"], "failed"),
    ],
)
def test_a_veto_fails_a_case_whatever_its_points(score, vetoes, grade):
    assert forms.grade_of(score, vetoes) == grade


def test_a_grade_that_does_not_fit_blocks_the_review():
    seen = entering("closed", "review_quality")

    assert unmet("review_quality", a_life.with_entered(seen, vetoes=["evidence"])) == ["grade_fits"]
    assert unmet("review_quality", a_life.with_entered(seen, vetoes=["evidence"], grade="failed")) == []


def test_a_case_with_an_open_appeal_is_neither_appealed_again_nor_filed():
    seen = entering("closed", "file")
    last = replace(seen.done[-1], act="open_appeal")
    open_ = replace(seen, done=(*seen.done, last))

    assert unmet("file", open_) == unmet("open_appeal", open_) == ["no_appeal_open"]
    assert unmet("open_appeal", seen) == []


@pytest.mark.parametrize(
    ("case", "act", "result"),
    [("upheld", "note_upheld", "upheld"), ("changed", "note_changed", "changed"),
     ("revoked", "note_revoked", "revoked")],
)  # fmt: skip
def test_what_is_noted_is_what_the_appeal_says(case, act, result):
    seen = entering(case, act)

    assert unmet(act, appealed(seen, "told", result)) == []
    assert unmet(act, appealed(seen, "examining", result)) == [f"appeal_{result}"]
    for other in {"upheld", "changed", "revoked"} - {result}:
        assert unmet(act, appealed(seen, "told", other)) == [f"appeal_{result}"]


def test_an_appeal_never_makes_a_case_heavier():
    """监察法 Art. 56."""
    seen = appealed(entering("changed", "note_changed"), "told", "changed")

    assert unmet("note_changed", a_life.with_entered(seen, form="fourth")) == ["appeal_never_heavier"]


@pytest.mark.parametrize(("case", "act"), [("changed", "note_changed"), ("revoked", "note_revoked")])
def test_a_changed_result_marks_every_notice_that_went_out(case, act):
    seen = appealed(entering(case, act), "told", act.removeprefix("note_"))
    one = a_life.with_entered(seen, notices=seen.entered["notices"][:1])

    assert unmet(act, one) == ["all_notices_marked"]


def test_nothing_is_announced_anew_while_a_notice_tells_the_earlier_decision():
    seen = entering("changed", "announce", nth=2)
    waiting = a_life.with_lines(seen, "notices", ("to_correct", {}, 0))
    published = a_life.linked(seen, "announces", "notice", "published")

    assert unmet("announce", seen) == []
    assert unmet("announce", waiting) == unmet("announce", published) == ["notices_corrected"]
    assert unmet("announce", a_life.linked(seen, "announces", "notice", "corrected")) == []


def test_a_restoration_in_a_case_is_proved():
    seen = entering("revoked", "restore")

    assert unmet("restore", seen) == []
    assert unmet("restore", a_life.with_lines(seen, "executions")) == ["restored"]


def test_a_case_is_final_only_after_the_month_for_an_appeal():
    seen = entering("closed", "settle")

    assert unmet("settle", seen) == []
    assert unmet("settle", replace(seen, today=seen.clock("appeal_window").due_on)) == ["final"]


def test_a_case_that_is_withdrawn_ends_with_an_answer_about_clarification():
    """rights.md 14."""
    ways = {act.key for act in CASE.acts if "dropped" in act.from_}

    assert CASE.act("drop_case").to == "dropped"
    assert ways == {"clarify", "do_not_clarify"}


def test_the_wish_decides_who_is_told_that_a_case_was_withdrawn():
    seen = entering("withdrawn", "clarify")

    assert unmet("clarify", seen) == []
    assert unmet("clarify", a_life.with_entered(seen, wish="private")) == ["wish_followed"]


def test_no_number_stands_without_quality_beside_it():
    """数量、质量双提升: quality is shown beside quantity, always."""
    figures = list(CASE.figures)
    counts = [one for one in figures if one.counts.startswith(("matters", "acts:")) and not one.share_of]

    assert counts
    for one in counts:
        beside = figures[figures.index(one) + 1]
        assert beside.share_of == one.key, one.key


def test_the_four_forms_are_counted():
    """四种形态."""
    assert [key for key, _words in forms.FOUR_FORMS] == ["first", "second", "third", "fourth"]
    assert next(one for one in CASE.figures if one.key == "four_forms").by == ("form",)


def test_a_case_is_a_card_and_holds_no_text_about_anybody():
    asked = [one for act in CASE.acts for one in act.asks] + list(CASE.asks)

    assert {one.key for one in asked if one.kind == "long"} == {"letter_reason"}
    assert not [one for one in asked if one.kind in {"file", "files"}]
