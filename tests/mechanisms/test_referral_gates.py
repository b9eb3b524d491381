"""What blocks a referral, in both directions: refused without it, allowed with it (mechanisms.md M06)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.matters import walking
from qingfeng.mechanisms.referral.declaration import REFERRAL

DECISION = {"announced_on": "2025-05-01", "file_copied_on": "2025-05-10"}


def closing():
    return a_life.entering("referral", "received", "close")


def led_to(stage, **facts):
    """A referral about to be closed that was disposed of as accountability, standing there."""
    seen = a_life.with_fact(closing(), outcome="accountability")
    return a_life.linked(seen, "leads_to", "accountability", stage, **facts)


@pytest.mark.parametrize(("story", "act"), [("received", "accept"), ("handed_over", "approve")])
def test_papers_that_are_not_complete_are_not_taken_up(story, act):
    seen = a_life.entering("referral", story, act)

    assert a_life.unmet("referral", act, seen) == []
    assert a_life.unmet("referral", act, a_life.with_entered(seen, complete=False)) == ["complete"]


@pytest.mark.parametrize(("story", "act"), [("received", "accept"), ("handed_over", "approve")])
def test_a_receiver_without_jurisdiction_does_not_take_it_up(story, act):
    """监察法 Art. 37."""
    seen = a_life.entering("referral", story, act)

    assert a_life.unmet("referral", act, a_life.with_entered(seen, ours_to_decide=False)) == [
        "ours_to_decide"
    ]


@pytest.mark.parametrize(("story", "act"), [("received", "accept"), ("handed_over", "approve")])
def test_without_a_list_of_evidence_nothing_is_handed_over(story, act):
    seen = a_life.entering("referral", story, act)

    assert a_life.unmet("referral", act, a_life.with_lines(seen, "evidence")) == ["ledger_has:evidence"]


def test_it_is_disposed_of_by_two_who_both_sign():
    """监察法 Art. 44."""
    seen = a_life.entering("referral", "received", "dispose")

    assert a_life.unmet("referral", "dispose", seen) == []
    assert a_life.unmet("referral", "dispose", a_life.alone(seen, "handler")) == ["two_handlers"]
    assert REFERRAL.act("dispose").second


def test_no_feedback_sent_blocks_closing():
    seen = closing()

    assert a_life.unmet("referral", "close", seen) == []
    assert a_life.unmet("referral", "close", a_life.without_act(seen, "feed_back")) == ["act_done:feed_back"]


@pytest.mark.parametrize("stage", ["proposed", "heard", "decided"])
def test_a_decision_that_is_not_announced_blocks_feedback_and_closing(stage):
    waiting = led_to(stage)

    assert "announced" in a_life.unmet("referral", "feed_back", waiting)
    assert "announced" in a_life.unmet("referral", "close", waiting)
    assert a_life.unmet("referral", "close", led_to("settled", **DECISION)) == []


def test_accountability_that_was_promised_and_never_proposed_blocks_feedback():
    seen = a_life.with_fact(closing(), outcome="accountability")

    assert "announced" in a_life.unmet("referral", "feed_back", seen)


def test_a_missing_file_copy_to_the_organisation_department_blocks_closing():
    copied = led_to("settled", **DECISION)
    not_copied = led_to("settled", announced_on=DECISION["announced_on"])

    assert a_life.unmet("referral", "close", copied) == []
    assert a_life.unmet("referral", "close", not_copied) == ["file_copied"]


@pytest.mark.parametrize("stage", ["announced", "executed"])
def test_an_open_appeal_or_its_window_blocks_closing_except_as_appeal_pending(stage):
    pending = led_to(stage, **DECISION)

    assert a_life.unmet("referral", "close", pending) == ["appeals_over"]
    assert a_life.unmet("referral", "close_pending", pending) == []
    assert REFERRAL.stage("pending").open


def test_nothing_is_closed_as_appeal_pending_once_the_decision_is_final():
    assert a_life.unmet("referral", "close_pending", led_to("settled", **DECISION)) == ["appeal_pending"]


@pytest.mark.parametrize("stage", ["refused", "ended", "annulled"])
def test_a_proceeding_that_ended_without_a_decision_lets_it_close(stage):
    assert a_life.unmet("referral", "close", led_to(stage)) == []


def test_the_answer_is_judged_or_its_time_has_passed_before_closing():
    seen = closing()
    unrated = a_life.without_act(seen, "rate")
    run = next(one for one in seen.clocks if one.key == "rating")

    too_early = replace(unrated, today=run.due_on)
    day_after = replace(unrated, today=run.due_on.replace(month=run.due_on.month + 1))

    assert a_life.unmet("referral", "close", seen) == []
    assert a_life.unmet("referral", "close", too_early) == ["rated_or_waited"]
    assert a_life.unmet("referral", "close", day_after) == []


def test_ours_is_not_closed_before_the_other_body_answers():
    seen = a_life.entering("referral", "handed_over", "close_ours")

    assert a_life.unmet("referral", "close_ours", seen) == []
    assert a_life.unmet("referral", "close_ours", a_life.without_act(seen, "answer")) == ["act_done:answer"]


@pytest.mark.parametrize(
    ("act", "direction"),
    [
        ("accept", "in"),
        ("refuse", "in"),
        ("close", "in"),
        ("approve", "out"),
        ("drop", "out"),
        ("close_ours", "out"),
    ],
)
def test_an_act_belongs_to_one_direction(act, direction):
    seen = a_life.with_fact(closing(), direction=direction)
    other = a_life.with_fact(seen, direction={"in": "out", "out": "in"}[direction])

    assert REFERRAL.act(act).when(seen)
    assert not REFERRAL.act(act).when(other)


def test_refusing_and_declining_say_why():
    assert REFERRAL.act("refuse").reason
    assert REFERRAL.act("decline").reason


def test_both_sides_have_the_same_clocks():
    clocks = {clock.key: (clock.working_days, clock.months) for clock in REFERRAL.clocks}

    assert clocks["receipt_check"] == clocks["their_check"] == (5, 0)
    assert clocks["transfer_feedback"] == clocks["their_feedback"] == (0, 3)


def test_the_other_body_has_a_part_of_its_own_that_reads_nothing_else():
    partner, contact = REFERRAL.role("partner"), REFERRAL.role("partner_contact")

    assert (partner.kind, partner.reads) == ("unit", False)
    assert (contact.office, contact.within, contact.reads) == (("partner",), "partner", False)
    own = {act.key for act in REFERRAL.acts if "partner_contact" in act.by}
    assert own >= {"supply", "rate", "want_papers", "take_up", "decline", "answer", "list_evidence"}
    assert own.isdisjoint({"accept", "assign", "dispose", "feed_back", "close", "approve"})


def test_a_suggested_handling_is_asked_for_only_where_the_district_allows_it():
    field = next(one for one in REFERRAL.asks if one.key == "suggested_handling")

    assert field.setting == "referral.suggested_handling"
    assert not field.needed


def test_from_every_stage_of_either_direction_there_is_a_way_to_an_end():
    for stage in REFERRAL.stages:
        assert any(not REFERRAL.stage(one).open for one in walking.reachable(REFERRAL, stage.key))


def test_the_letter_says_all_that_the_text_lists():
    asked = {one.key for one in REFERRAL.asks}

    assert asked >= {
        "letter_no",
        "letter_on",
        "matter",
        "about",
        "facts_known",
        "rule_doubted",
        "suggested_handling",
    }
    assert {one.key for one in REFERRAL.ledger("evidence").fields} >= {"what", "shows", "copy"}
