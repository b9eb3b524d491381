"""What blocks a complaint about our own staff: refused without it, allowed with it."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.matters.snapshot import PartyView, Running, Snapshot
from qingfeng.mechanisms.complaint import fields
from qingfeng.mechanisms.complaint.declaration import COMPLAINT


def entering(case, act, **others):
    return a_life.entering("complaint", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("complaint", act, seen)


def _running(seen, key):
    clock = Running(key, "running", seen.today, seen.today)
    return replace(seen, clocks=(*seen.clocks, clock))


def opening(**entered):
    seen = Snapshot(stage="", actor=7, entered={"custodian": [7], "concerns": "staff", **entered})
    return [gate.key for gate in COMPLAINT.gates if not gate.holds(seen)]


@pytest.mark.parametrize(
    ("concerns", "named", "missing"),
    [
        ("staff", {}, []),
        ("principal", {}, ["concerned_named"]),
        ("principal", {"unit": [3]}, ["concerned_named"]),
        ("principal", {"subject_person": [1]}, ["concerned_named"]),
        ("principal", {"subject_person": [1], "unit": [3]}, []),
        ("leaders", {"unit": [3]}, ["concerned_named"]),
        ("leaders", {"subject_person": [2], "unit": [3]}, []),
        ("supervision", {"subject_person": [5]}, ["concerned_named"]),
        ("supervision", {"unit": [3]}, []),
    ],
)
def test_whom_a_complaint_that_goes_up_concerns_is_named_when_it_is_opened(concerns, named, missing):
    """监察法 Art. 67."""
    assert opening(concerns=concerns, **named) == missing


def test_who_takes_a_complaint_in_keeps_who_reported():
    assert opening(custodian=[8]) == ["custodian_opens"]
    assert opening() == []


def test_what_belongs_above_is_not_taken_up_and_what_belongs_here_is_not_sent_up():
    here, above = entering("so_in_part", "accept"), entering("about_the_principal", "send_up")

    assert unmet("accept", here) == unmet("send_up", above) == []
    assert unmet("accept", a_life.with_fact(here, concerns="leaders")) == ["stays_here"]
    assert unmet("send_on", a_life.with_fact(entering("not_ours", "send_on"), concerns="principal")) == [
        "stays_here"
    ]
    assert unmet("send_up", a_life.with_fact(above, concerns="staff")) == ["goes_up"]


def test_a_name_is_sealed_before_the_complaint_is_taken_up():
    named, unnamed = entering("so_in_part", "accept"), entering("measure", "accept")

    assert unmet("accept", a_life.without_act(named, "keep_identity")) == ["identity_kept"]
    assert unmet("accept", unnamed) == []


def test_a_complaint_gets_hands_only_once_it_says_from_whom_it_must_be_kept():
    """监察法 Art. 67."""
    seen = entering("so_in_part", "assign")
    nobody = replace(seen, parties=tuple(one for one in seen.parties if one.role == "custodian"))
    somebody = replace(nobody, parties=(*nobody.parties, PartyView("subject_person", person=4)))

    assert unmet("assign", seen) == unmet("assign", somebody) == []
    assert unmet("assign", nobody) == ["subject_known"]


@pytest.mark.parametrize("act", ["assign", "reassign"])
def test_recusal_is_asked_about_whenever_a_complaint_gets_hands(act):
    seen = entering("not_clarified", act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_one_person_alone_does_not_handle_a_complaint():
    """监察法 Art. 44."""
    seen = entering("cleared", "propose")

    assert unmet("propose", seen) == []
    assert unmet("propose", a_life.alone(seen, "handler")) == ["two_handlers"]


def test_whoever_a_complaint_is_about_is_heard():
    """政务处分法 Art. 43."""
    seen = entering("cleared", "propose")

    assert unmet("propose", seen) == []
    assert unmet("propose", a_life.without_act(seen, "hear")) == ["act_done:hear"]


@pytest.mark.parametrize("act", ["propose", "decide"])
def test_where_nothing_was_found_nothing_follows(act):
    seen = entering("cleared", act)

    assert unmet(act, a_life.with_entered(seen, outcome="move")) == ["outcome_fits"]
    assert unmet(act, a_life.with_entered(seen, found="partly", outcome="move")) == []


def test_a_complaint_is_decided_by_several():
    seen = entering("cleared", "decide")

    assert unmet("decide", a_life.with_entered(seen, attended=seen.entered["attended"][:2])) == [
        "several_decide"
    ]


def test_a_review_above_is_asked_for_within_a_month():
    """监察法 Art. 69."""
    seen = entering("reviewed", "ask_review")
    late = a_life.with_entered(seen, decided_told_on="2024-12-31")

    assert unmet("ask_review", seen) == []
    assert unmet("ask_review", late) == ["review_in_time"]


def test_an_objection_is_looked_at_before_the_result_counts_as_told():
    seen = entering("cleared", "give_feedback")
    objected = a_life.with_entered(seen, objection=True)

    assert unmet("give_feedback", objected) == ["objection_checked"]
    assert unmet("give_feedback", a_life.with_entered(objected, new_evidence=True)) == []


def test_a_clarification_is_made_only_as_the_principal_approved_it():
    seen = entering("cleared", "clarify")

    assert unmet("clarify", seen) == []
    assert unmet("clarify", a_life.without_act(seen, "approve_clarification")) == [
        "act_done_after:approve_clarification:decide"
    ]


def test_a_complaint_in_which_nothing_was_found_is_clarified_or_says_why_not():
    cleared, silent = entering("cleared", "close"), entering("not_clarified", "close")

    assert unmet("close", cleared) == unmet("close", silent) == []
    assert unmet("close", a_life.without_act(cleared, "clarify")) == ["clarification_answered"]
    assert unmet("close", a_life.without_act(silent, "do_not_clarify")) == ["clarification_answered"]


@pytest.mark.parametrize("clock", ["rep_named_ack", "rep_named_feedback"])
def test_a_complaint_does_not_close_before_whoever_gave_a_name_was_told(clock):
    seen = entering("cleared", "close")

    assert unmet("close", _running(seen, clock)) == [f"clock_not_running:{clock}"]


def test_a_measure_that_was_unlawful_is_put_right_before_the_complaint_closes():
    """监察法 Art. 69."""
    seen = entering("measure", "close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.without_act(seen, "put_right")) == ["is_put_right"]


def test_what_the_review_above_changed_is_put_right_after_it():
    seen = entering("reviewed", "close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.without_act(seen, "put_right")) == ["is_put_right"]
    assert (
        unmet("close", a_life.with_fact(a_life.without_act(seen, "put_right"), review_result="upheld")) == []
    )


def test_a_sign_of_retaliation_must_be_answered():
    """监察法 Art. 73."""
    seen = entering("so_in_part", "close")
    noted = a_life.with_lines(seen, "retaliation", ("noted", {"form": "asked"}, 0))

    assert unmet("close", seen) == []
    assert unmet("close", noted) == ["ledger_done:retaliation"]


def test_a_reporter_is_asked_about_once_and_sealed_to_the_custodian_alone():
    """检举控告工作规则 Art. 52; 信访工作条例 Art. 30."""
    asked = [one for act in COMPLAINT.acts for one in act.asks] + list(COMPLAINT.asks)
    columns = [one for ledger in COMPLAINT.ledgers for one in ledger.fields]
    sealed = {one.key for one in asked if one.sealed}

    assert sealed == {"reporter", "reporter_reached", "reporter_wish"}
    assert {one.holders for one in fields.IDENTITY} == {("custodian",)}
    assert [one.key for one in (*asked, *columns) if "reporter" in one.key and not one.sealed] == []


def test_figures_are_by_kind_matter_and_room_never_by_reporter():
    split = {key for figure in COMPLAINT.figures for key in figure.by}

    assert split <= {"complaint_kind", "concerns", "room", "complaint_about", "stage", "light", "found",
                     "outcome", "form", "step"}  # fmt: skip


@pytest.mark.parametrize(
    ("case", "running"),
    [("so_in_part", {"handle"}), ("measure", {"sup_complaint"})],
)
def test_the_month_of_the_law_runs_against_a_measure_and_the_own_limit_for_conduct(case, running):
    seen = entering(case, "assign")

    found = {one.key for one in seen.clocks if one.state == "running"}

    assert found & {"handle", "sup_complaint"} == running
