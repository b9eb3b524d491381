"""What blocks a petition: every gate binds an office, none of them a petitioner (mechanisms.md M25, M28)."""

from dataclasses import replace
from datetime import date

import a_life
import pytest

from qingfeng.matters.snapshot import Snapshot
from qingfeng.mechanisms.petition import gates
from qingfeng.mechanisms.petition.declaration import PETITION

OPEN_LINE = ("open", {"owed": "pay", "owed_what": "退费", "owed_due": "2026-01-01"}, 0)
DONE_LINE = ("done", {"owed": "pay", "owed_what": "退费", "owed_proof": "退费清单"}, 0)


def entering(case, act, **others):
    return a_life.entering("petition", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("petition", act, seen)


@pytest.mark.parametrize(("line", "held"), [("demand", True), ("suggestion", True), ("report", False)])
def test_a_report_on_a_person_is_stopped_before_anything_is_kept(line, held):
    assert gates.NO_REPORT.holds(Snapshot("registered", entered={"line": line})) is held
    assert gates.NO_REPORT in PETITION.gates


@pytest.mark.parametrize(
    ("way", "delegates", "held"), [("visit", 5, True), ("letter", None, True), ("letter", 3, False)]
)
def test_delegates_belong_to_a_joint_visit_and_signers_may_be_any_number(way, delegates, held):
    entered = {"way": way, "delegates": delegates, "signers": 4_000}

    assert gates.FIVE_SPEAK.holds(Snapshot("registered", entered=entered)) is held
    asked = {one.key: one for one in PETITION.asks}
    assert (asked["delegates"].most, asked["signers"].most) == (5, None)


def test_who_can_be_told_is_told():
    seen = a_life.with_entered(entering("accepted", "accept"), told_how="cannot")

    assert unmet("accept", seen) == ["told_as_it_can"]
    assert unmet("accept", a_life.with_fact(seen, can_be_told="no")) == []


def test_a_petition_is_refused_only_after_it_was_read_for_a_new_fact():
    seen = entering("helped", "not_again")

    assert unmet("not_again", seen) == []
    assert unmet("not_again", a_life.with_entered(seen, nothing_new=False)) == ["nothing_new"]


@pytest.mark.parametrize(
    ("case", "act"), [("closed", "name_leader"), ("anew", "ask_review"), ("rechecked", "ask_recheck")]
)
def test_recusal_is_asked_about_whenever_a_petition_gets_hands(case, act):
    seen = entering(case, act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_no_office_gets_a_petition_without_a_leader_in_charge():
    seen = entering("closed", "dispatch")

    assert unmet("dispatch", seen) == []
    assert unmet("dispatch", a_life.without_act(seen, "name_leader")) == ["act_done:name_leader"]


def test_an_opinion_waits_for_the_part_of_every_office():
    seen = entering("closed", "write_opinion")

    assert unmet("write_opinion", seen) == []
    part = ("open", {"part_owes": "核对", "part_due": "2026-01-01"}, 0)
    assert unmet("write_opinion", a_life.with_lines(seen, "parts", part)) == ["ledger_done:parts"]
    assert unmet("write_opinion", a_life.with_lines(seen, "parts", ("dropped", *part[1:]))) == []


@pytest.mark.parametrize(
    ("case", "act"),
    [("closed", "write_opinion"), ("closed", "issue"), ("closed", "strike_off"), ("helped", "end_help")],
)
def test_a_new_fact_that_nobody_examined_holds_everything_up(case, act):
    seen = entering(case, act)
    fact = ("noted", {"new_fact": "新材料", "fact_on": "2025-02-01"}, 0)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_lines(seen, "new_facts", fact)) == ["ledger_done:new_facts"]


def test_what_is_supported_becomes_a_debt_of_the_office_with_a_day():
    seen = entering("closed", "write_opinion")

    without = a_life.with_entered(seen, owed=[], execute_by=None)

    assert unmet("write_opinion", without) == ["something_owed", "day_set"]
    assert unmet("write_opinion", a_life.with_entered(without, supported="no")) == []


def test_an_opinion_is_explained_when_it_is_served():
    seen = entering("closed", "serve")

    assert unmet("serve", seen) == []
    assert unmet("serve", a_life.with_entered(seen, explained=False)) == ["explained"]


@pytest.mark.parametrize(
    ("case", "act", "clock", "gate"),
    [
        ("anew", "ask_review", "pet_review_request", "review_in_time"),
        ("rechecked", "ask_recheck", "pet_recheck_request", "recheck_in_time"),
    ],
)
def test_a_review_is_asked_for_within_thirty_days_of_the_service(case, act, clock, gate):
    seen = entering(case, act)
    last = seen.clock(clock).due_on

    assert unmet(act, a_life.with_entered(seen, review_asked_on=last.isoformat())) == []
    late = date.fromordinal(last.toordinal() + 1).isoformat()
    assert unmet(act, a_life.with_entered(seen, review_asked_on=late)) == [gate]


def test_whoever_handled_it_or_reviewed_it_before_does_not_review_it():
    seen = entering("rechecked", "ask_recheck")
    handler, reviewed = seen.persons("handler")[0], seen.last("review").by

    for somebody in (handler, seen.persons("leader")[0], reviewed):
        assert unmet("ask_recheck", a_life.with_entered(seen, reviewer=[somebody])) == ["reviewers_apart"]
    first = entering("anew", "ask_review")
    assert unmet("ask_review", a_life.with_entered(first, reviewer=[handler])) == ["reviewers_apart"]


@pytest.mark.parametrize(
    ("case", "act", "other", "gate"),
    [
        ("rechecked", "review", "revoked", "leaves_it"),
        ("rechecked", "recheck", "revoked", "leaves_it"),
        ("anew", "review_anew", "upheld", "revokes_it"),
    ],
)
def test_a_result_goes_where_it_says(case, act, other, gate):
    seen = entering(case, act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_entered(seen, review_result=other)) == [gate]


def test_a_re_examination_that_revokes_is_handled_anew():
    seen = entering("rechecked", "recheck")

    assert unmet("recheck_anew", seen) == ["revokes_it"]
    assert unmet("recheck_anew", a_life.with_entered(seen, review_result="revoked")) == []


def test_a_hearing_is_recorded_that_began():
    seen = entering("rechecked", "end_hearing")

    assert unmet("end_hearing", seen) == []
    bare = a_life.without_act(seen, "begin_hearing")
    assert unmet("end_hearing", bare) == ["act_done_after:begin_hearing:end_hearing"]


def test_a_debt_is_done_when_papers_show_it():
    seen = entering("closed", "do_owed")

    assert unmet("do_owed", seen) == []
    assert unmet("do_owed", a_life.with_entered(seen, owed=[{"owed_proof": ""}])) == ["proved"]


def test_nothing_is_struck_off_without_an_opinion_that_was_served():
    seen = entering("closed", "strike_off")

    assert unmet("strike_off", seen) == []
    assert unmet("strike_off", a_life.without_act(seen, "serve")) == ["act_done_after:serve:issue"]
    assert "act_done:issue" in unmet("strike_off", a_life.without_act(seen, "issue"))


def test_a_result_is_carried_out_or_explained_before_it_is_struck_off():
    """三到位 ①: a lawful result delivered and executed, or the procedures ended with reasons explained."""
    seen = entering("closed", "strike_off")

    assert unmet("strike_off", a_life.with_lines(seen, "owed", DONE_LINE, OPEN_LINE)) == ["executed"]
    assert unmet("strike_off", a_life.with_fact(seen, explained=None)) == ["executed"]
    assert unmet("strike_off", a_life.with_lines(seen, "owed", DONE_LINE)) == []


@pytest.mark.parametrize("missing", [{"help_offered": []}, {"help_safety": None}])
def test_help_is_offered_and_dangers_are_asked_about(missing):
    """三到位 ②: responsibility and help, instead of control."""
    seen = entering("closed", "strike_off")

    assert unmet("strike_off", a_life.with_fact(seen, **missing)) == ["helped"]


@pytest.mark.parametrize("says", ["yes", "rather", "no", "no_answer"])
def test_the_petitioner_is_asked_and_no_answer_blocks(says):
    """三到位 ③: asked, or exhausted and explained; an undertaking is never a condition."""
    seen = a_life.with_fact(entering("closed", "strike_off"), satisfied=says)

    assert unmet("strike_off", seen) == []
    assert unmet("strike_off", a_life.without_act(seen, "ask")) == ["asked"]
    assert not next(one for one in PETITION.act("ask").asks if one.key == "undertaking").needed


@pytest.mark.parametrize(("case", "clock"), [("closed", "pet_review_request")])
def test_a_petition_is_open_while_a_review_can_be_asked_for(case, clock):
    seen = entering(case, "strike_off")

    still = replace(seen, today=seen.clock(clock).due_on)

    assert unmet("strike_off", still) == ["window_over"]
    reviewed = a_life.lived("petition", "rechecked")
    assert gates.WINDOW_OVER.holds(replace(reviewed, stage="final"))


def test_help_goes_on_after_the_last_word_and_is_ended_only_when_it_was_given():
    seen = entering("helped", "end_help")

    assert unmet("end_help", seen) == []
    assert unmet("end_help", a_life.with_fact(seen, help_offered=[])) == ["fact_given:help_offered"]


def test_an_office_may_say_within_five_working_days_that_it_is_not_its_own():
    seen = entering("objected", "object")
    last = seen.clock("pet_objection_to_transfer").due_on

    assert gates.may_object(replace(seen, today=last))
    assert not gates.objection_is_over(replace(seen, today=last))
    late = replace(seen, today=date.fromordinal(last.toordinal() + 1))
    assert (gates.may_object(late), gates.objection_is_over(late)) == (False, True)
