"""What blocks a campaign: refused without it, allowed with it (mechanisms.md M20)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.mechanisms.campaign import gates
from qingfeng.mechanisms.campaign.declaration import CAMPAIGN


def entering(act, case="closed", **others):
    return a_life.entering("campaign", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("campaign", act, seen)


def assessed(seen, result, stage="stands"):
    return a_life.linked(seen, "assessed_by", "impact", stage, result=result)


# --- the plan -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "held"),
    [
        ({}, []),
        ({"period_until": "2000-01-01"}, ["period_fits"]),
        ({"lock_by": "2025-02-01"}, ["timetable_fits"]),
        ({"data_until": "2025-03-01"}, ["timetable_fits"]),
        ({"units": []}, ["units_fit"]),
        ({"units": [], "scope": "all"}, []),
    ],
)
def test_a_plan_is_in_order(entered, held):
    assert unmet("write_plan", a_life.with_entered(entering("write_plan"), **entered)) == held


def test_a_campaign_has_one_to_three_pilots():
    pilot = CAMPAIGN.role("subject_pilot")

    assert (pilot.least, pilot.most, pilot.subject) == (1, 3, True)


def test_a_plan_without_a_list_of_data_is_not_handed_in():
    seen = entering("submit_plan")

    assert unmet("submit_plan", seen) == []
    assert unmet("submit_plan", a_life.with_lines(seen, "data_list")) == ["data_listed"]
    assert unmet("submit_plan", a_life.without_act(seen, "write_plan")) == ["act_done:write_plan"]


@pytest.mark.parametrize(
    ("result", "held"),
    [
        ("acceptable", []),
        ("with_measures", []),
        ("not_acceptable", ["impact_stands"]),
        ("", ["impact_stands"]),
    ],
)
def test_an_assessment_that_is_missing_or_says_no_blocks_the_approval(result, held):
    """个人信息保护法 Art. 55, 56."""
    assert unmet("approve_plan", assessed(entering("approve_plan"), result)) == held


def test_an_assessment_that_nobody_else_has_looked_at_does_not_stand():
    seen = assessed(entering("approve_plan"), "acceptable", "submitted")

    assert unmet("approve_plan", seen) == ["impact_stands"]
    assert not CAMPAIGN.act("assess").when(seen)
    assert CAMPAIGN.act("assess").when(assessed(seen, "not_acceptable", "kept"))


def test_whoever_wrote_the_plan_does_not_approve_it():
    assert set(CAMPAIGN.act("approve_plan").not_by) >= {"head", "analyst", "lead"}


def test_a_force_without_members_is_not_taken_in():
    seen = entering("set_team")

    assert unmet("take_in", a_life.with_entered(seen, force_members=2)) == []
    assert unmet("take_in", a_life.with_entered(seen, force_members=0)) == ["force_there"]


def test_recusal_is_asked_about_before_somebody_works_on_it():
    seen = entering("set_team")

    assert unmet("set_team", a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


# --- step 1 to step 2 ---------------------------------------------------------------------------


def test_pilots_are_reported_on_only_after_a_deep_dive():
    seen = entering("report_pilot")

    assert unmet("report_pilot", seen) == []
    assert unmet("report_pilot", a_life.with_lines(seen, "dives")) == ["ledger_has:dives"]


def test_a_trace_that_is_said_to_be_there_is_told():
    seen = a_life.with_entered(entering("report_pilot"), trace="")

    assert unmet("report_pilot", seen) == ["trace_told"]


@pytest.mark.parametrize("act", ["report_pilot", "tell_pilots"])
def test_the_trick_leads_to_nobody(act):
    key = "trick" if act == "report_pilot" else "pilots_told"
    seen = a_life.with_entered(entering(act), **{key: "以苏M12345加油后报销。"})

    assert unmet(act, seen) == ["trick_names_nobody"]


def test_nothing_is_told_to_pilots_before_they_are_reported_on():
    seen = a_life.without_act(entering("tell_pilots"), "report_pilot")

    assert unmet("tell_pilots", seen) == ["act_done:report_pilot"]


@pytest.mark.parametrize("facts", [{"data_trace": "no"}, {"trace": ""}, {"trace_tables": []}])
def test_step_2_does_not_begin_without_a_documented_trace(facts):
    """M20: ① to ② no documented trace."""
    seen = entering("lock")

    assert unmet("lock", seen) == []
    assert unmet("lock", a_life.with_fact(seen, **facts)) == ["traced"]


# --- step 2 to step 3 ---------------------------------------------------------------------------


def in_custody(seen, stage="received"):
    return a_life.linked(seen, "asks_for", "data_request", stage)


@pytest.mark.parametrize(
    ("stage", "held"),
    [("received", []), ("deleted", []), ("issued", ["custody"]), ("dropped", ["custody"])],
)
def test_step_3_does_not_begin_before_all_data_is_in_custody(stage, held):
    """M20: ② to ③ data custody list incomplete."""
    assert unmet("sweep", in_custody(entering("sweep"), stage)) == held


def test_what_the_house_finds_missing_blocks_whatever_the_page_says():
    seen = in_custody(entering("sweep"))

    assert unmet("sweep", a_life.with_entered(seen, custody_missing=["调〔2025〕1号"])) == ["custody"]
    assert unmet("sweep", a_life.with_entered(seen, untested=["fuel_holiday"])) == ["rules_tested"]


def test_step_3_does_not_begin_with_a_rule_that_is_untested_on_labelled_findings():
    """M20: ② to ③ rule untested on labelled sample."""
    seen = in_custody(entering("sweep"))
    few = {"tested_rule": "fuel_over_tank_single", "sample_size": 5, "sample_right": 2, "sample_wrong": 2}
    more = a_life.with_fact(seen, rules=["fuel_over_tank_single", "fuel_holiday"])

    assert unmet("sweep", seen) == []
    assert unmet("sweep", a_life.with_lines(seen, "rule_tests", ("by_hand", few, 1))) == ["rules_tested"]
    assert unmet("sweep", more) == ["rules_tested"]


@pytest.mark.parametrize("act", ["count_labels", "test_rule", "sweep"])
def test_rules_are_chosen_first(act):
    seen = in_custody(a_life.with_fact(entering(act), rules=[]))

    assert unmet(act, seen) == ["rules_set"]


def test_no_more_findings_are_judged_than_were_looked_at():
    seen = entering("test_rule")
    line = {**seen.entered["rule_tests"][0], "sample_size": 10}

    assert unmet("test_rule", seen) == []
    assert unmet("test_rule", a_life.with_entered(seen, rule_tests=[line])) == ["sample_adds_up"]


# --- step 3 to step 4 ---------------------------------------------------------------------------


def test_step_4_does_not_begin_while_a_doubt_of_tier_a_is_unverified():
    """M20: ③ to ④ any A-grade hit unverified; what the house tells at the act goes before the last count."""
    seen = a_life.with_lines(entering("spread"), "counts", ("counted", {"a_left": 0}, 0))

    assert unmet("spread", seen) == []
    assert unmet("spread", a_life.with_entered(seen, a_left=1)) == ["a_verified"]
    assert unmet("spread", a_life.with_lines(seen, "counts")) == ["a_verified"]


def test_a_rule_that_is_added_in_step_3_is_tested_too_and_none_is_taken_out_with_its_doubts():
    seen = a_life.with_lines(entering("spread"), "counts", ("counted", {"a_left": 0}, 0))
    more = ["fuel_over_tank_single", "fuel_holiday"]

    assert unmet("spread", a_life.with_fact(seen, rules=more)) == ["rules_tested"]
    assert unmet("spread", a_life.with_entered(seen, untested=["fuel_holiday"])) == ["rules_tested"]
    assert unmet("set_rules", a_life.with_entered(seen, rules=more)) == []
    assert unmet("set_rules", a_life.with_entered(seen, rules=more[1:])) == ["rules_kept"]
    assert unmet("set_rules", a_life.with_entered(replace(seen, stage="locking"), rules=more[1:])) == []
    for act in ("count_labels", "test_rule"):
        assert "sweeping" in CAMPAIGN.act(act).from_


# --- step 4 -------------------------------------------------------------------------------------


def test_units_are_never_told_a_rule():
    """监察法 Art. 18."""
    seen = entering("send_self_checks")

    assert unmet("send_self_checks", seen) == []
    assert unmet("send_self_checks", a_life.with_entered(seen, tells_rule=True)) == ["no_rule_told"]


def test_a_unit_is_asked_once():
    seen = a_life.with_entered(entering("send_self_checks"), units_left=0)

    assert unmet("send_self_checks", seen) == ["units_to_ask"]


def test_a_circular_that_says_who_somebody_is_does_not_go_out():
    seen = entering("circulate")

    assert unmet("circulate", seen) == []
    assert unmet("circulate", a_life.with_entered(seen, tells_who=["单位名称"])) == ["anonymous"]


@pytest.mark.parametrize("act", ["circulate", "sum_up"])
def test_a_number_that_differs_from_the_count_is_explained(act):
    seen = self_checked(entering(act))
    line = {"figure": "clues", "number_said": "3", "number_counted": "2", "differs": True}
    told = {**line, "why_differs": "一件移送其他机关，未计入。"}

    assert unmet(act, a_life.with_entered(seen, published=[line])) == ["differences_explained"]
    assert unmet(act, a_life.with_entered(seen, published=[told])) == []


def self_checked(seen, stage="closed", found_any="yes", **facts):
    return a_life.linked(seen, "rolls_out", "self_check", stage, found_any=found_any, **facts)


def test_it_is_summed_up_after_the_units_have_checked_themselves():
    seen = entering("sum_up")

    assert unmet("sum_up", self_checked(seen)) == []
    assert unmet("sum_up", self_checked(seen, "correcting")) == ["self_checks_ended"]
    assert unmet("sum_up", a_life.without_act(self_checked(seen), "send_self_checks")) == [
        "act_done:send_self_checks"
    ]


def test_one_in_five_of_those_who_found_nothing_is_looked_at_on_site():
    seen = entering("sum_up")

    assert unmet("sum_up", self_checked(seen, found_any="no")) == ["spot_checked"]
    assert unmet("sum_up", self_checked(seen, found_any="no", spot_agrees="yes")) == []


def test_tasks_are_ended_before_it_is_summed_up():
    seen = a_life.with_lines(self_checked(entering("sum_up")), "tasks", ("set", {}, 0))

    assert unmet("sum_up", seen) == ["ledger_done:tasks"]


# --- the end ------------------------------------------------------------------------------------


def ended(seen, **count):
    counted = {"a_left": 0, "b_left": 0, "clues_left": 0, **count}
    seen = a_life.linked(seen, "asks_for", "data_request", "deleted")
    return a_life.with_lines(seen, "counts", ("counted", counted, 0))


@pytest.mark.parametrize("left", ["a_left", "b_left", "clues_left"])
def test_leads_that_are_not_handled_keep_it_open(left):
    seen = entering("close")

    assert unmet("close", ended(seen)) == []
    assert unmet("close", ended(seen, **{left: 1})) == ["leads_handled"]


def test_a_campaign_that_made_no_rule_is_not_struck_off():
    seen = a_life.with_lines(ended(entering("close")), "systems")

    assert unmet("close", seen) == ["ledger_has:systems"]


def test_a_campaign_is_looked_back_on_before_it_is_struck_off():
    seen = a_life.without_act(ended(entering("close")), "look_back")

    assert unmet("close", seen) == ["act_done_after:look_back:sum_up"]


def test_a_campaign_whose_problem_came_back_is_taken_up_again():
    seen = a_life.with_fact(ended(entering("close")), recurred="yes")

    assert unmet("close", seen) == ["it_holds"]
    assert CAMPAIGN.act("take_up").when(seen)
    assert not CAMPAIGN.act("take_up").when(ended(entering("close")))


@pytest.mark.parametrize("act", ["prove_deletion", "close"])
def test_data_without_proof_of_deletion_keeps_it_open(act):
    """个人信息保护法 Art. 19; M20: data returned or deleted 30 D after closing."""
    seen = a_life.linked(ended(entering(act)), "asks_for", "data_request", "received")
    kept = a_life.with_lines(seen, "kept_on", ("kept", {"kept_request": "调〔2025〕1号"}, 0))

    assert unmet(act, seen) == ["data_gone"]
    assert unmet(act, kept) == []
    assert unmet(act, a_life.with_entered(kept, data_left=["调〔2025〕1号"])) == ["data_gone"]


def test_it_is_struck_off_only_with_the_proofs_gathered():
    seen = a_life.without_act(ended(entering("close")), "prove_deletion")

    assert unmet("close", seen) == ["act_done_after:prove_deletion:sum_up"]


def test_only_data_of_this_campaign_can_be_kept_on():
    seen = a_life.with_entered(entering("close"), is_linked=False)

    assert unmet("keep_on", seen) == ["request_linked"]
    assert unmet("keep_on", a_life.with_entered(seen, is_linked=True)) == []


def test_a_rule_counts_as_tested_by_five_judged_findings():
    seen = a_life.with_fact(entering("sweep"), rules=["a_rule"])
    line = {"tested_rule": "a_rule", "sample_right": 4, "sample_wrong": 1}

    assert gates.untested(a_life.with_lines(seen, "rule_tests", ("labelled", line, 0))) == []
    assert gates.untested(a_life.with_lines(seen, "rule_tests")) == ["a_rule"]
