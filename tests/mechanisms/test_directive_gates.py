"""What blocks a directive: each act refused without it, and allowed with it (mechanisms.md M05)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.mechanisms.directive.declaration import DIRECTIVE


def closing(stage="acknowledged"):
    return replace(a_life.entering("directive", "closing", "close"), stage=stage)


def test_a_secret_order_is_not_registered():
    """保守国家秘密法."""
    seen = a_life.entering("directive", "closing", "register")

    assert a_life.unmet("directive", "register", seen) == []
    assert a_life.unmet("directive", "register", a_life.with_entered(seen, not_secret=False)) == [
        "not_secret"
    ]


def test_the_inner_deadline_lies_before_the_upward_one():
    seen = a_life.entering("directive", "closing", "assign")

    same_day = a_life.with_entered(seen, internal_due_on=seen.facts["upward_due_on"])

    assert a_life.unmet("directive", "assign", seen) == []
    assert a_life.unmet("directive", "assign", same_day) == ["internal_is_earlier"]


@pytest.mark.parametrize("act", ["dispatch", "report"])
def test_work_is_not_done_by_one_person_alone(act):
    """监察法 Art. 44."""
    seen = a_life.entering("directive", "closing", act, nth=1)

    assert a_life.unmet("directive", act, seen) == []
    assert a_life.unmet("directive", act, a_life.alone(seen, "handler")) == ["two_handlers"]
    assert DIRECTIVE.role("handler").least == 2


def test_a_report_needs_two_signatures():
    """监察法 Art. 44."""
    assert DIRECTIVE.act("report").second


def test_a_report_waits_for_the_answer_to_a_chase():
    seen = a_life.entering("directive", "closing", "report")

    unanswered = a_life.with_lines(seen, "chases", ("sent", {}, 0))

    assert a_life.unmet("directive", "report", seen) == []
    assert a_life.unmet("directive", "report", unanswered) == ["ledger_done:chases"]


@pytest.mark.parametrize("act", ["grant_extension", "refuse_extension"])
def test_no_extension_is_answered_that_was_not_asked_for(act):
    seen = a_life.entering("directive", "closing", "grant_extension")

    assert "extension_asked" not in a_life.unmet("directive", act, seen)
    assert "extension_asked" in a_life.unmet("directive", act, a_life.without_act(seen, "ask_extension"))


def test_an_extension_past_the_upward_deadline_needs_the_superior():
    seen = a_life.entering("directive", "closing", "grant_extension")

    past = a_life.with_entered(seen, until=seen.facts["upward_due_on"], superior_agreed=False)
    agreed = a_life.with_entered(past, superior_agreed=True)

    assert a_life.unmet("directive", "grant_extension", past) == ["extension_within"]
    assert a_life.unmet("directive", "grant_extension", agreed) == []


def test_an_extension_is_approved_by_the_supervising_leader_and_printed():
    act = DIRECTIVE.act("grant_extension")

    assert act.by == ("supervisor",)
    assert act.extends == "internal_due"
    assert [slip.term for slip in act.prints] == ["延期批复"]


@pytest.mark.parametrize("act", ["submit", "close"])
def test_no_approved_result_report_blocks(act):
    seen = a_life.entering("directive", "closing", act)

    assert a_life.unmet("directive", act, seen) == []
    assert "result_approved" in a_life.unmet("directive", act, a_life.without_act(seen, "approve"))


def test_an_approval_before_the_superior_sent_it_back_does_not_count():
    seen = a_life.lived("directive", "sent_back")

    assert "result_approved" in a_life.unmet("directive", "submit", seen)


def test_a_decision_that_is_listed_but_not_executed_blocks_closing():
    seen = closing()

    listed = a_life.with_lines(seen, "decisions", ("listed", {"form": "admonish"}, 0))

    assert a_life.unmet("directive", "close", seen) == []
    assert a_life.unmet("directive", "close", listed) == ["decisions_executed"]


@pytest.mark.parametrize("stage", ["approved", "heard", "decided", "announced"])
def test_an_accountability_that_it_led_to_and_is_not_carried_out_blocks_closing(stage):
    waiting = a_life.linked(closing(), "leads_to", "accountability", stage)

    assert a_life.unmet("directive", "close", waiting) == ["decisions_executed"]


@pytest.mark.parametrize("stage", ["executed", "settled", "filed", "ended", "refused", "annulled"])
def test_an_accountability_that_is_carried_out_or_fell_lets_it_close(stage):
    carried_out = a_life.linked(closing(), "leads_to", "accountability", stage)

    assert a_life.unmet("directive", "close", carried_out) == []


def test_a_missing_upward_receipt_blocks_closing():
    seen = closing("submitted")

    assert a_life.unmet("directive", "close", a_life.without_act(seen, "record_receipt")) == [
        "act_done_after:record_receipt:submit"
    ]
    assert a_life.unmet("directive", "close", seen) == []


def test_an_open_correction_blocks_closing():
    seen = closing()

    for state in ("open", "proved"):
        waiting = a_life.with_lines(seen, "corrections", (state, {}, 1))
        assert a_life.unmet("directive", "close", waiting) == ["ledger_done:corrections"]
    assert a_life.unmet("directive", "close", seen) == []


def test_a_report_that_is_sent_back_says_why_and_gets_a_new_deadline():
    act = DIRECTIVE.act("return_report")

    assert act.reason
    assert "internal_due" in act.starts
    assert [one.key for one in act.asks] == ["internal_due_on"]


def test_the_directive_says_all_that_the_text_lists():
    asked = {one.key for act in DIRECTIVE.acts for one in act.asks} | {one.key for one in DIRECTIVE.asks}
    ledgers = {ledger.key for ledger in DIRECTIVE.ledgers}

    assert asked >= {
        "source_organ", "source_no", "received_on", "area", "matter", "requirement", "internal_due_on",
        "upward_due_on", "until", "why_longer", "facts_found", "answerable", "forms_applied", "execution",
        "correction", "review_opinion", "submission_no", "submitted_on", "receipt_no", "receipt_on",
    }  # fmt: skip
    assert ledgers >= {"milestones", "progress", "decisions", "corrections", "chases"}
    assert {role.key for role in DIRECTIVE.parties} >= {"handler_office", "handler", "supervisor", "superior"}


def test_the_superior_sees_its_own_part_only():
    assert DIRECTIVE.role("superior").reads is False
    assert DIRECTIVE.role("superior_contact").reads is False
