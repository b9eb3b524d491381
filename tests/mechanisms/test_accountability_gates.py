"""What blocks accountability: each act refused without it, and allowed with it (mechanisms.md M06a)."""

from datetime import timedelta
from itertools import product

import a_life
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.matters.snapshot import PartyView
from qingfeng.mechanisms.accountability.declaration import ACCOUNTABILITY
from qingfeng.mechanisms.accountability.forms import (
    FOR_LEADERS,
    FOR_ORGANISATIONS,
    FORMS,
    PARTY_SANCTIONS,
    STATE_SANCTIONS,
    is_heavier,
)

MEASURES = st.fixed_dictionaries(
    {
        "form": st.sampled_from([key for key, _words in FORMS]),
        "state_sanction": st.sampled_from([None, *(key for key, _words in STATE_SANCTIONS)]),
        "party_sanction": st.sampled_from([None, *(key for key, _words in PARTY_SANCTIONS)]),
    }
)
DECIDING = ("uphold", "change", "revoke")


def deciding():
    return a_life.entering("accountability", "announced", "decide")


def on_appeal(act):
    story = {"uphold": "appeal_upheld", "change": "appeal_lighter", "revoke": "appeal_revoked"}[act]
    return a_life.entering("accountability", story, act)


def unmet(act, seen):
    return a_life.unmet("accountability", act, seen)


def test_one_matter_is_about_one_person_or_one_organisation():
    seen = a_life.entering("accountability", "announced", "approve_start")
    nobody = a_life.replace(seen, parties=())
    two = a_life.replace(seen, parties=(*seen.parties, PartyView("subject_unit", unit=1)))

    assert unmet("approve_start", seen) == []
    assert unmet("approve_start", nobody) == ["one_object"]
    assert unmet("approve_start", two) == ["one_object"]


def test_nothing_begins_before_it_says_what_is_to_be_found_out():
    seen = a_life.entering("accountability", "announced", "approve_start")

    assert unmet("approve_start", a_life.with_fact(seen, doubt="")) == ["fact_given:doubt"]


def test_one_person_alone_does_not_investigate():
    """监察法 Art. 44."""
    seen = a_life.entering("accountability", "announced", "report_findings")

    assert unmet("report_findings", seen) == []
    assert unmet("report_findings", a_life.alone(seen, "handler")) == ["two_investigators"]
    assert ACCOUNTABILITY.act("report_findings").second
    assert ACCOUNTABILITY.act("hear").second


def test_the_person_not_heard_blocks_the_decision():
    """政务处分法 Art. 43."""
    seen = deciding()

    assert unmet("decide", seen) == []
    assert "act_done_after:hear:inform" in unmet("decide", a_life.without_act(seen, "hear"))


def test_a_hearing_before_the_last_notification_does_not_count():
    """政务处分法 Art. 43."""
    seen = deciding()
    told_again = next(one for one in seen.done if one.act == "inform")

    assert "act_done_after:hear:inform" in unmet(
        "decide", a_life.replace(seen, done=(*seen.done, told_again))
    )


def test_the_hearing_asks_for_its_signed_record():
    field = next(one for one in ACCOUNTABILITY.act("hear").asks if one.key == "hearing_paper")

    assert (field.kind, field.needed) == ("files", True)


@pytest.mark.parametrize("act", ["weigh", "decide"])
def test_a_point_of_the_defence_without_an_answer_blocks(act):
    seen = a_life.entering("accountability", "announced", act)

    for facts in ({}, {"reply": "逐项核实"}, {"adopted": "not"}):
        raised = a_life.with_lines(seen, "points", ("answered", {"point": "未签批", **facts}, 0))
        assert "points_answered" in unmet(act, raised)
    assert unmet(act, seen) == []


@pytest.mark.parametrize("act", ["decide", "spare"])
def test_exemptions_not_answered_in_writing_block_the_decision(act):
    """中国共产党问责条例 2019 [verify]."""
    seen = a_life.entering("accountability", {"decide": "announced", "spare": "spared"}[act], act)

    assert unmet(act, seen) == []
    for key in (
        "honest_error",
        "exploring",
        "for_progress",
        "three_reasons",
        "exemption",
        "exemption_reasons",
    ):
        assert unmet(act, a_life.with_fact(seen, **{key: None})) == ["weighed_in_writing"]
    assert unmet(act, a_life.without_act(seen, "weigh")) == ["weighed_in_writing"]


@pytest.mark.parametrize(("act", "story"), [
    ("decide", "announced"), ("spare", "spared"), ("uphold", "appeal_upheld"), ("change", "appeal_lighter"),
    ("revoke", "appeal_revoked"),
])  # fmt: skip
@pytest.mark.parametrize("attended", [[], [1], [1, 2], [1, 1, 2]])
def test_decided_by_one_is_refused(act, story, attended):
    seen = a_life.entering("accountability", story, act)

    assert unmet(act, a_life.with_entered(seen, attended=attended)) == ["several_decide"]
    assert unmet(act, a_life.with_entered(seen, attended=[1, 2, 3])) == []
    assert ACCOUNTABILITY.act(act).meeting


def test_executed_without_papers_blocks():
    seen = a_life.entering("accountability", "announced", "confirm_execution")

    assert unmet("confirm_execution", seen) == []
    for lines in ([], [("owed", {}, 1)], [("done", {}, 0)], [("done", {}, 1), ("done", {}, 0)]):
        assert unmet("confirm_execution", a_life.with_lines(seen, "executions", *lines)) == [
            "executed_with_papers"
        ]


def test_what_was_executed_for_an_earlier_decision_does_not_count_for_a_lighter_one():
    seen = a_life.lived("accountability", "appeal_lighter")

    assert unmet("confirm_execution", seen) == ["executed_with_papers", "file_copied"]


def test_without_a_copy_to_the_organisation_department_execution_is_not_confirmed():
    seen = a_life.entering("accountability", "announced", "confirm_execution")

    assert unmet("confirm_execution", a_life.without_act(seen, "copy_file")) == ["file_copied"]


@given(MEASURES)
def test_a_defence_never_makes_it_heavier(measure):
    """政务处分法 Art. 43."""
    seen = a_life.with_entered(deciding(), **measure)
    told = {key: seen.facts.get(f"intended_{key}") for key in ("form", "state_sanction", "party_sanction")}

    refused = "never_heavier" in unmet("decide", seen)

    assert refused == is_heavier(measure, told)


@given(MEASURES)
def test_an_appeal_never_makes_it_heavier(measure):
    """监察法 Art. 56."""
    seen = on_appeal("change")
    now = {key: seen.facts.get(key) for key in ("form", "state_sanction", "party_sanction")}

    refused = "appeal_never_heavier" in unmet("change", a_life.with_entered(seen, **measure))

    assert refused == is_heavier(measure, now)


@given(MEASURES, MEASURES, MEASURES)
def test_weight_is_an_order(one, two, three):
    assert not is_heavier(one, one)
    if not is_heavier(one, two) and not is_heavier(two, three):
        assert not is_heavier(one, three)


def test_a_heavier_form_is_told_apart_for_leaders_and_organisations():
    for ladder in (FOR_LEADERS, FOR_ORGANISATIONS):
        keys = [key for key, _words in ladder]
        for (low, light), (high, heavy) in product(enumerate(keys), repeat=2):
            assert is_heavier({"form": heavy}, {"form": light}) == (high > low)


@pytest.mark.parametrize("form", [key for key, _words in FORMS])
def test_a_form_fits_whom_it_is_for(form):
    person = a_life.with_entered(
        a_life.entering("accountability", "announced", "inform"),
        intended_form=form,
        intended_state_sanction="warning" if form == "discipline" else None,
    )
    unit = a_life.replace(person, parties=(PartyView("subject_unit", unit=1),))

    for_unit = form in dict(FOR_ORGANISATIONS)
    assert unmet("inform", person) == (["fits_object"] if for_unit else [])
    assert unmet("inform", unit) == ([] if for_unit else ["fits_object"])


def test_a_sanction_comes_only_with_a_disciplinary_form():
    seen = a_life.entering("accountability", "announced", "inform")

    without_sanction = a_life.with_entered(seen, intended_state_sanction=None)
    with_talk = a_life.with_entered(seen, intended_form="admonish")

    assert unmet("inform", without_sanction) == ["fits_object"]
    assert unmet("inform", with_talk) == ["fits_object"]


@pytest.mark.parametrize(
    ("sanction", "ends"),
    [
        ("warning", "2025-08-15"),
        ("demerit", "2026-02-15"),
        ("major_demerit", "2026-08-15"),
        ("demotion", "2027-02-15"),
        ("removal", "2027-02-15"),
    ],
)
def test_the_effects_of_a_sanction_last_as_long_as_the_law_says(sanction, ends):
    """政务处分法 Art. 8."""
    seen = a_life.with_fact(deciding(), intended_state_sanction="discharge")
    seen = a_life.with_entered(seen, state_sanction=sanction, decided_on="2025-02-15")

    assert unmet("decide", a_life.with_entered(seen, influence_ends_on=ends)) == []
    for wrong in ("2025-03-01", None):
        assert unmet("decide", a_life.with_entered(seen, influence_ends_on=wrong)) == ["period_fits"]


def test_an_appeal_after_its_month_is_refused_with_the_way_out():
    seen = a_life.entering("accountability", "appeal_upheld", "appeal")
    last = seen.clock("account_appeal").due_on

    on_the_last_day = a_life.with_entered(seen, appeal_filed_on=last.isoformat())
    a_day_late = a_life.with_entered(seen, appeal_filed_on=(last + timedelta(days=1)).isoformat())

    assert unmet("appeal", on_the_last_day) == []
    assert unmet("appeal", a_day_late) == ["appeal_in_time"]


def test_a_second_appeal_waits_for_the_first():
    seen = on_appeal("uphold")

    assert unmet("appeal", a_life.replace(seen, entered={})) == ["no_appeal_open"]


@pytest.mark.parametrize("act", DECIDING)
def test_no_appeal_is_decided_that_was_not_made(act):
    assert unmet(act, on_appeal(act)) == []
    assert unmet(act, a_life.without_act(on_appeal(act), "appeal")) == ["appeal_open"]


@pytest.mark.parametrize("act", DECIDING)
def test_an_appeal_is_examined_by_two_who_had_no_part_before(act):
    """监察法 Art. 56; 政务处分法 Art. 55-60."""
    seen = on_appeal(act)
    others = tuple(one for one in seen.parties if one.role != "appeal_handler")
    new, other = seen.persons("appeal_handler")

    for chosen in ([new], [new, seen.persons("handler")[0]], [other, seen.persons("reviewer")[0]]):
        named = (*others, *(PartyView("appeal_handler", person=one) for one in chosen))
        assert unmet(act, a_life.replace(seen, parties=named)) == ["new_reviewers"]


def test_a_decision_is_final_only_after_the_month_for_an_appeal():
    seen = a_life.entering("accountability", "person", "settle")
    last = seen.clock("account_appeal").due_on

    assert unmet("settle", a_life.replace(seen, today=last)) == ["final"]
    assert unmet("settle", a_life.replace(seen, today=last + timedelta(days=1))) == []


def test_an_open_appeal_keeps_a_decision_from_being_final_however_long_it_takes():
    seen = on_appeal("uphold")

    assert unmet("settle", a_life.replace(seen, today=seen.today + timedelta(days=400))) == ["final"]


def test_an_appeal_that_was_decided_makes_the_decision_final_at_once():
    seen = a_life.entering("accountability", "appeal_upheld", "settle")

    assert unmet("settle", seen) == []


def test_an_appeal_does_not_stay_the_execution():
    assert set(ACCOUNTABILITY.act("appeal").from_) == {"announced", "executed"}
    assert ACCOUNTABILITY.act("appeal").to == ""


def test_the_end_of_the_effects_is_recorded_after_their_last_day():
    seen = a_life.entering("accountability", "person", "expire")
    ends = a_life.date.fromisoformat(seen.facts["influence_ends_on"])

    assert unmet("expire", a_life.replace(seen, today=ends)) == ["influence_over"]
    assert unmet("expire", a_life.replace(seen, today=ends + timedelta(days=1))) == []


def test_papers_are_not_filed_while_the_effects_last():
    seen = a_life.entering("accountability", "person", "expire")

    assert "expiry_told" in unmet("file", seen)
    assert "expiry_told" not in unmet("file", a_life.with_fact(seen, influence_ends_on=None))


def test_a_restoration_without_papers_is_not_confirmed():
    seen = a_life.entering("accountability", "appeal_revoked", "restore")

    assert unmet("restore", seen) == []
    for state, files in (("owed", 1), ("done", 0)):
        lines = a_life.with_lines(seen, "executions", (state, {"kind": "restoration"}, files))
        assert unmet("restore", lines) == ["restored_with_papers"]


@pytest.mark.parametrize(
    ("story", "act", "nth"), [("appeal_lighter", "announce", 2), ("appeal_revoked", "restore", 1)]
)
def test_a_notice_that_tells_the_earlier_decision_is_corrected_first(story, act, nth):
    seen = a_life.entering("accountability", story, act, nth=nth)

    for stage, missing in (("published", True), ("filed", True), ("corrected", False), ("dropped", False)):
        linked = a_life.linked(seen, "announces", "notice", stage)
        assert ("notices_corrected" in unmet(act, linked)) == missing


def test_return_visits_are_planned_for_persons_while_the_effects_last():
    seen = a_life.entering("accountability", "person", "plan_revisit")
    unit = a_life.replace(seen, parties=(PartyView("subject_unit", unit=1),))

    assert unmet("plan_revisit", seen) == []
    assert unmet("plan_revisit", unit) == ["person_with_period"]
    assert unmet("plan_revisit", a_life.with_fact(seen, influence_ends_on=None)) == ["person_with_period"]


def test_papers_are_not_filed_while_a_return_visit_is_neither_made_nor_declined():
    seen = a_life.entering("accountability", "person", "file")

    assert unmet("file", a_life.linked(seen, "followed_by", "revisit", "scheduled")) == ["revisits_answered"]
    assert unmet("file", a_life.linked(seen, "followed_by", "revisit", "closed")) == []


@pytest.mark.parametrize("act", ["end_investigation", "spare"])
def test_ending_without_a_decision_asks_how_that_is_made_clear(act):
    field = next(one for one in ACCOUNTABILITY.act(act).asks if one.key == "clarified")

    assert field.needed
    assert "not_wished" in dict(field.choices)


def test_nobody_answers_before_a_decision_and_the_paper_says_so():
    told = ACCOUNTABILITY.act("inform").prints[0]

    assert told.term == "问责事先告知书"
    assert [stage.key for stage in ACCOUNTABILITY.stages][:6] == [
        "proposed", "approved", "investigated", "informed", "heard", "weighed",
    ]  # fmt: skip


def test_looking_into_new_facts_begins_the_notification_and_the_hearing_anew():
    again = ACCOUNTABILITY.act("investigate_further")

    assert again.to == "approved"
    assert again.reason
    assert [one.key for one in again.asks] == ["new_facts", "new_evidence"]
