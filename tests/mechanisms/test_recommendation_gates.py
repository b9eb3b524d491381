"""What blocks a letter: refused without it, allowed with it (mechanisms.md M10-M13)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.recommendation import gates_after, scale, texts
from qingfeng.mechanisms.recommendation.declaration import RECOMMENDATION

ACTS = ("report", "strike_off", "evaluate", "pass_review", "submit_draft", "draft", "seal", "agree_tracker",
        "check_complete", "deliver", "weigh", "file")  # fmt: skip


@pytest.fixture(scope="module")
def lived():
    """The whole story of a letter, stopped before each act."""
    return {act: a_life.entering("recommendation", "closed", act) for act in ACTS}


def unmet(act, seen):
    return a_life.unmet("recommendation", act, seen)


def changed(seen, ledger, **facts):
    """The snapshot with other facts in every line of a ledger."""
    lines = [(one.state, {**one.facts, **facts}, one.files) for one in seen.lines(ledger)]
    return a_life.with_lines(seen, ledger, *lines)


def test_a_resident_team_signs_in_its_own_name_and_the_commission_names_none(lived):
    """监察法 Art. 13."""
    seen = lived["weigh"]

    assert unmet("weigh", seen) == []
    assert unmet("weigh", a_life.with_entered(seen, issuer="team")) == ["team_signs"]
    assert unmet("weigh", a_life.with_entered(seen, issuer="team", signing_team=[9])) == []
    assert unmet("weigh", a_life.with_entered(seen, signing_team=[9])) == ["team_signs"]


@pytest.mark.parametrize(
    "act", ["assign_rows", "name_evaluators", "hand_over_issuing", "hand_over_tracking", "hand_over_mending",
            "hand_over_chasing"]
)  # fmt: skip
def test_recusal_is_asked_about_whenever_a_letter_gets_hands(lived, act):
    assert "recusal_checked" in unmet(act, a_life.with_entered(lived["report"], recusal_checked=False))
    assert "recusal_checked" not in unmet(act, a_life.with_entered(lived["report"], recusal_checked=True))


def test_whoever_drafts_does_not_review(lived):
    drafters = lived["draft"].persons("drafter")

    assert unmet("assign_rows", lived["draft"]) == []
    assert unmet("assign_rows", a_life.with_entered(lived["draft"], examiner=list(drafters[:1]))) == [
        "examiners_apart"
    ]


def test_a_letter_is_drafted_by_a_named_person_and_a_second(lived):
    """专人起草."""
    assert unmet("draft", lived["draft"]) == []
    assert unmet("draft", a_life.alone(lived["draft"], "drafter")) == ["named:drafter"]


def test_a_secret_letter_is_not_entered(lived):
    assert unmet("draft", a_life.with_entered(lived["draft"], not_secret=False)) == ["not_secret"]


def test_a_letter_names_its_rules_or_says_why_none_fits(lived):
    without = a_life.with_entered(lived["draft"], rules=[], trigger_from=None, trigger_until=None)

    assert unmet("draft", without) == ["rules_or_why"]
    assert unmet("draft", a_life.with_entered(without, no_rule_why="没有电子记录")) == []


@pytest.mark.parametrize(
    ("first", "last"), [("2024-12-31", "2024-09-01"), (None, "2024-09-01"), (None, None)]
)
def test_the_months_that_gave_rise_to_a_letter_with_rules_are_given_in_order(lived, first, last):
    seen = a_life.with_entered(lived["draft"], trigger_from=first, trigger_until=last)

    assert unmet("draft", seen) == ["months_in_order"]


def test_the_day_of_correction_lies_ahead(lived):
    assert unmet("draft", a_life.with_entered(lived["draft"], mend_by="2025-01-06")) == ["mend_by_ahead"]


@pytest.mark.parametrize(("role", "gate"), [("unit", "named:unit"), ("chasing_office", "rows_named")])
def test_a_draft_names_the_unit_and_an_owner_for_each_of_the_four_links(lived, role, gate):
    """职能室制发、派驻组跟踪、接收单位整改、办公室督改."""
    seen = lived["submit_draft"]
    without = replace(seen, parties=tuple(one for one in seen.parties if one.role != role))

    assert unmet("submit_draft", seen) == []
    assert unmet("submit_draft", without) == [gate]


def test_two_review_a_letter(lived):
    """专审把关: 审理室 + 办公室."""
    assert unmet("submit_draft", a_life.alone(lived["submit_draft"], "examiner")) == ["named:examiner"]


@pytest.mark.parametrize("act", ["draft", "join_early"])
def test_nothing_is_handed_in_before_it_is_written_and_the_review_has_joined(lived, act):
    """提前介入."""
    assert unmet("submit_draft", a_life.without_act(lived["submit_draft"], act)) == [f"act_done:{act}"]


def test_each_problem_has_a_recommendation_and_each_recommendation_a_problem(lived):
    assert unmet("submit_draft", changed(lived["submit_draft"], "proposals", for_problem=1)) == ["matched"]


def test_a_text_that_changed_is_compared_and_scored_again(lived):
    seen = lived["pass_review"]
    rewritten = replace(seen, done=(*seen.done, replace(seen.done[0], act="rewrite_problem")))

    assert unmet("pass_review", seen) == []
    assert unmet("pass_review", rewritten) == ["compared", "good_enough"]
    assert unmet("pass_review", a_life.with_fact(seen, draft_score=69)) == ["good_enough"]


def test_every_warning_is_answered_with_a_reason_and_one_that_asks_for_rewriting_holds_the_letter(lived):
    warning = {"found_kind": "alike", "found_share": 91}
    seen = lived["pass_review"]
    at = next(no for no, one in enumerate(seen.done) if one.act == "compare")
    compared = replace(seen.done[at], facts={"lines": [["warnings", 1, "open", warning]]})
    seen = replace(seen, done=(*seen.done[:at], compared, *seen.done[at + 1 :]))

    def answered(state, **answer):
        return unmet("pass_review", a_life.with_lines(seen, "warnings", (state, {**warning, **answer}, 0)))

    assert answered("open") == ["ledger_done:warnings"]
    assert answered("answered", answer_kind="stays", answer_why="同一规定的原文") == []
    assert answered("answered", answer_kind="rewritten") == ["nothing_to_rewrite"]


@pytest.mark.parametrize(
    ("key", "gate"),
    [
        ("evidenced", "checked_evidence"),
        ("doable", "checked_doable"),
        ("within_power", "checked_doable"),
        ("no_more_data", "checked_privacy"),
    ],
)
def test_a_no_on_the_checklist_of_the_review_holds_the_letter(lived, key, gate):
    assert unmet("pass_review", a_life.with_entered(lived["pass_review"], **{key: "no"})) == [gate]


@pytest.mark.parametrize("act", ["weigh", "assign_rows", "join_early", "pass_review", "approve"])
def test_a_letter_is_sealed_only_behind_all_six_gates(lived, act):
    """三专三提."""
    assert unmet("seal", lived["seal"]) == []
    assert unmet("seal", a_life.without_act(lived["seal"], act)) == ["all_steps"]


def test_a_letter_is_delivered_with_the_signature_of_who_receives_it(lived):
    """公开送达、当面签收."""
    assert unmet("deliver", lived["deliver"]) == []
    assert unmet("deliver", a_life.with_entered(lived["deliver"], served_paper=[])) == ["signed_for"]


def test_an_objection_is_made_within_its_time():
    seen = a_life.entering("recommendation", "kept", "object")

    assert unmet("object", seen) == []
    assert unmet("object", replace(seen, today=seen.today.replace(month=5))) == ["window_open"]
    assert gates_after.window_is_over(replace(seen, today=seen.today.replace(month=5)))
    assert not gates_after.window_is_over(seen)


def test_an_open_objection_blocks_the_report_and_striking_off(lived):
    for act in ("report", "strike_off"):
        seen = lived[act]
        objected = replace(seen, done=(*seen.done, replace(seen.done[0], act="object")))
        assert "objection_closed" in unmet(act, objected)
        assert "objection_closed" not in unmet(act, seen)


def test_a_plan_answers_every_problem_of_the_letter(lived):
    assert unmet("report", lived["report"]) == []
    assert unmet("report", changed(lived["report"], "items", item_problem=1)) == ["planned"]


def test_a_measure_that_is_not_done_or_has_no_proof_blocks_the_report(lived):
    """M12: any item without proof."""
    lines = lived["report"].lines("items")
    undone = [("planned", one.facts, one.files) for one in lines]
    unproved = [("done", one.facts, 0) for one in lines]

    assert unmet("report", a_life.with_lines(lived["report"], "items", *undone)) == ["items_done"]
    assert unmet("report", a_life.with_lines(lived["report"], "items", *unproved)) == ["items_proved"]


def test_a_rule_that_was_made_and_never_carried_out_is_a_correction_on_paper(lived):
    """M11: for a new rule at least one record of execution."""
    seen = a_life.with_lines(lived["report"], "systems", ("made", {"system_name": "办法"}, 0))

    assert unmet("report", seen) == ["systems_executed"]
    executed = a_life.linked(seen, "leads_to", "rule_made", "issued", executed=True)
    assert unmet("report", executed) == []
    assert unmet("report", a_life.linked(seen, "leads_to", "rule_made", "issued")) == ["systems_executed"]


def test_a_rule_is_not_carried_out_before_it_is_in_force(lived):
    line = {"system_from": "2025-03-10", "executed_on": "2025-03-01"}

    assert unmet("prove_execution", a_life.with_entered(lived["report"], systems=[line])) == [
        "executed_after"
    ]


def test_a_chase_without_an_answer_blocks_the_report_and_the_check(lived):
    for act in ("report", "check_complete"):
        chased = a_life.with_lines(lived[act], "chases", ("sent", {"chase_level": "remind"}, 0))
        assert unmet(act, chased) == ["ledger_done:chases"]


def test_chasing_goes_step_by_step_with_each_who_is_chased(lived):
    """督改: 提醒、书面、约谈、通报."""
    seen = a_life.with_entered(lived["report"], chase_level="written", chased=3)
    reminded = ("answered", {"chase_level": "remind", "chased": 3}, 0)
    other = ("answered", {"chase_level": "remind", "chased": 4}, 0)

    assert unmet("chase", seen) == ["level_follows"]
    assert unmet("chase", a_life.with_lines(seen, "chases", other)) == ["level_follows"]
    assert unmet("chase", a_life.with_lines(seen, "chases", reminded)) == []
    assert unmet("chase", a_life.with_entered(seen, chase_level="remind")) == []


def test_three_returns_call_for_a_talk_before_the_next_report():
    returned = a_life.lived("recommendation", "returned")
    answered = a_life.with_lines(returned, "chases")
    without = a_life.without_act(answered, "hold_talk")

    assert returned.times("return_report") == 3
    assert "talk_held" in unmet("report", without)
    assert "talk_held" not in unmet("report", answered)


@pytest.mark.parametrize(
    ("act", "key", "value", "gate"),
    [
        ("report", "self_duty", 3, "self_adds_up"),
        ("evaluate", "given_duty", 3, "score_adds_up"),
        ("evaluate", "grade", "excellent", "grade_fits"),
        ("evaluate", "self_gap", "over", "gap_fits"),
        ("evaluate", "rerun", "moved", "rerun_told"),
    ],
)
def test_what_does_not_add_up_or_fit_is_looked_at_again(lived, act, key, value, gate):
    assert unmet(act, lived[act]) == []
    assert unmet(act, a_life.with_entered(lived[act], **{key: value})) == [gate]


def test_where_rules_are_named_the_data_are_run_again_before_a_letter_is_evaluated(lived):
    """M13: a data re-run is mandatory."""
    unheard = a_life.with_lines(lived["evaluate"], "records")

    assert unmet("evaluate", unheard) == ["rerun_told"]
    assert unmet("evaluate", a_life.with_fact(unheard, rules=[])) == []


def test_two_evaluate_and_one_of_them_comes_from_elsewhere(lived):
    assert unmet("evaluate", a_life.alone(lived["evaluate"], "evaluator")) == ["two_evaluate"]
    assert unmet("name_evaluators", a_life.with_entered(lived["report"], outside_evaluators=0)) == [
        "evaluators_apart"
    ]
    assert unmet("name_evaluators", a_life.with_entered(lived["report"], outside_evaluators=1)) == []


def test_the_scale_has_a_hundred_points_and_four_grades():
    assert sum(most for *_rest, most in scale.SCALE) == 100
    assert [scale.grade_of(score) for score in (90, 89, 70, 69, 60, 59)] == [
        "excellent", "passed", "passed", "again", "again", "failed",
    ]  # fmt: skip
    assert [scale.gap_of(own, 80) for own in (70, 71, 89, 90)] == ["under", "even", "even", "over"]


@pytest.mark.parametrize("grade", ["again", "failed"])
def test_a_letter_without_an_evaluation_that_passed_is_not_struck_off(lived, grade):
    assert unmet("check_complete", a_life.with_fact(lived["check_complete"], grade=grade)) == ["evaluated"]
    assert "evaluated" in unmet("strike_off", a_life.without_act(lived["strike_off"], "evaluate"))


def test_each_problem_is_visited_on_site_before_the_team_agrees(lived):
    seen = lived["agree_tracker"]

    assert unmet("agree_tracker", seen) == []
    assert unmet("agree_tracker", changed(seen, "visits", visit_on_site="no")) == ["visited"]
    assert unmet("agree_tracker", changed(seen, "visits", visit_problem=1)) == ["visited"]


def test_a_visit_before_the_report_was_sent_back_does_not_count(lived):
    seen = lived["agree_tracker"]
    back = replace(seen.done[-1], act="return_report")

    assert unmet("agree_tracker", replace(seen, done=(*seen.done, back))) == ["visited"]


@pytest.mark.parametrize(
    ("says", "entered", "held"),
    [
        ("confirmed", None, []),
        ("not_confirmed", None, ["records_confirm"]),
        ("moved", None, ["records_confirm"]),
        ("cannot_be_said", True, []),
        ("cannot_be_said", False, ["records_confirm"]),
    ],
)
def test_a_letter_is_struck_off_when_the_records_confirm_it(lived, says, entered, held):
    seen = a_life.with_lines(lived["strike_off"], "records", ("heard", {"says": says, "why": "…"}, 0))

    assert unmet("strike_off", a_life.with_entered(seen, rests_on_visit=entered or False)) == held


def test_nothing_is_struck_off_while_rules_are_named_and_nothing_was_heard(lived):
    unheard = a_life.with_lines(lived["strike_off"], "records")

    assert unmet("strike_off", unheard) == ["records_confirm"]
    assert unmet("strike_off", a_life.with_fact(unheard, rules=[])) == []
    gate = next(one for one in RECOMMENDATION.act("strike_off").gates if one.key == "records_confirm")
    assert gate.overridden_by == "principal"


@pytest.mark.parametrize(
    ("adoption", "offered"), [("all", False), ("part", True), ("none", True), (None, False)]
)
def test_the_superior_is_turned_to_only_where_a_letter_is_refused(lived, adoption, offered):
    """监察法 Art. 71: who refuses without good reason is told to correct it by the superior."""
    seen = a_life.with_fact(lived["report"], adoption=adoption)

    assert RECOMMENDATION.act("turn_to_superior").when(seen) == offered


@pytest.mark.parametrize(("chased", "slip"), [("unit", "chase"), ("tracking_unit", "chase_inside")])
def test_a_chase_of_our_own_links_is_not_sent_to_the_unit(lived, chased, slip):
    seen = lived["report"]
    chasing = a_life.with_fact(seen, chased=seen.units(chased)[0])

    printed = [one for one in RECOMMENDATION.act("chase").prints if one.when(chasing)]

    assert [(one.key, one.to) for one in printed] == [(slip, "unit" if chased == "unit" else "")]


def test_an_extension_is_approved_only_where_the_unit_asked(lived):
    seen = lived["report"]
    asked = replace(seen, done=(*seen.done, replace(seen.done[0], act="ask_extension")))

    for act in ("grant_extension", "refuse_extension"):
        assert unmet(act, seen) == ["extension_asked"]
        assert unmet(act, asked) == []


def test_a_letter_is_filed_after_a_look_back_that_found_it_kept(lived):
    assert unmet("file", lived["file"]) == []
    assert unmet("file", a_life.without_act(lived["file"], "look_back")) == [
        "act_done_after:look_back:strike_off"
    ]
    back = a_life.with_fact(lived["file"], recurred="yes")
    assert unmet("file", back) == ["correction_holds"]
    assert RECOMMENDATION.act("take_up").when(back)
    assert not RECOMMENDATION.act("take_up").when(lived["file"])


def test_the_house_alone_says_what_the_records_say_and_reopens(lived):
    for key in ("hear_records", "recur"):
        act = RECOMMENDATION.act(key)
        assert act.by == ("clock",)
        assert not act.when(replace(lived["strike_off"], entered={}))  # no round of the clocks does it alone
    assert RECOMMENDATION.act("recur").to == "correcting"
    assert set(RECOMMENDATION.act("recur").from_) == {"struck_off", "looked_back"}


@pytest.mark.parametrize(
    ("act", "never"),
    [
        ("pass_review", "drafter"),
        ("approve", "drafter"),
        ("approve", "examiner"),
        ("seal", "drafter"),
        ("return_draft", "drafter"),
        ("keep_letter", "drafter"),
        ("strike_off", "drafter"),
        ("strike_off", "evaluator"),
        ("strike_off", "tracker"),
        ("check_complete", "evaluator"),
    ],
)
def test_whoever_drafted_or_judged_does_not_do_the_next_step(act, never):
    assert never in RECOMMENDATION.act(act).not_by


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("设立接待复核岗，报销前由经办人以外的人员核对陪餐人数并签字。",
         "设立接待复核岗,报销前由经办人以外的人员核对陪餐人数，并签字", True),
        ("设立接待复核岗，报销前由经办人以外的人员核对陪餐人数并签字。",
         "实行采购、验收、保管三岗分离，验收单由两人当场签字。", False),
        ("加强学习", "加强学习", False),
    ],
)  # fmt: skip
def test_texts_are_alike_by_their_signs_and_a_comma_makes_no_difference(one, other, alike):
    assert (texts.likeness(one, other) >= 0.8) == alike
    assert texts.likeness(one, other) == texts.likeness(other, one)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请联系320102199003075678核实", ["identity"]),
        ("致电13800001234", ["telephone"]),
        ("转入6222 0212 3456 7890", ["account"]),
        ("由鲁春生负责", ["somebody"]),
        ("由财务科负责人负责，2025年3月1日前完成", []),
    ],
)
def test_a_letter_is_looked_through_for_what_says_who_somebody_is(text, found):
    said = list(texts.personal(text, ["鲁春生"]))

    assert len(said) == len(found)
    assert all(word in one for word, one in zip(found, said, strict=True))
    assert not any("鲁春生" in one or "1380" in one for one in said)


def test_no_figure_ranks_by_punishments():
    asked = {key for figure in RECOMMENDATION.figures for key in (figure.counts, *figure.by)}

    assert not [key for key in asked if "dealt_with" in key]


def test_every_story_ends_where_it_says():
    stages = {
        name: sampling.stages_of(RECOMMENDATION, case)[-1]
        for name, case in sampling.cases("recommendation").items()
    }

    assert {stages[name] for name in ("declined", "dropped", "revoked", "withdrawn")} == {
        "not_needed", "withdrawn",
    }  # fmt: skip
    assert (stages["closed"], stages["amended"], stages["kept"]) == ("filed", "drafting", "delivered")
    assert {stages[name] for name in ("returned", "recurred", "merged")} == {"correcting"}
