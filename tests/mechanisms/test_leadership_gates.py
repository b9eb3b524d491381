"""What blocks a talk, the year of a leading team and an integrity file (M04; rights.md 6, 14, 22)."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import a_life
import pytest

from qingfeng import mechanisms
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshot import Snapshot
from qingfeng.mechanisms.integrity_file.declaration import INTEGRITY_FILE
from qingfeng.mechanisms.leadership import fields
from qingfeng.mechanisms.leadership.declaration import LEADERSHIP
from qingfeng.mechanisms.talk import gates as talk_gates
from qingfeng.mechanisms.talk.declaration import TALK


def held(kind, case, act, **others):
    """The snapshot before an act, which every gate lets pass."""
    seen = a_life.entering(kind, case, act, **others)
    assert a_life.unmet(kind, act, seen) == []
    return seen


def with_line(seen, ledger, **values):
    return a_life.with_entered(seen, **{ledger: [{**seen.entered[ledger][0], **values}]})


# --- talk ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "day"), [("appointment", "appointed_on"), ("supervision", "talk_by"), ("reminder", "")]
)
def test_a_talk_is_opened_with_the_day_that_its_deadline_counts_from(kind, day):
    without = Snapshot(stage="", entered={"talk_kind": kind})

    assert talk_gates.DAYS_FIT.holds(without) == (not day)
    assert talk_gates.DAYS_FIT.holds(replace(without, entered={"talk_kind": kind, day: "2026-01-05"}))


def test_nobody_is_told_of_a_talk_before_it_is_said_who_talks():
    seen = held("talk", "closed", "notify")
    nobody = replace(seen, parties=tuple(one for one in seen.parties if one.role != "talker"))

    assert a_life.unmet("talk", "notify", nobody) == ["talker_named"]


def test_an_admonition_is_approved_by_the_principal_first():
    seen = held("talk", "admonished", "notify")

    assert a_life.unmet("talk", "notify", a_life.without_act(seen, "approve")) == ["admonition_approved"]
    assert TALK.act("approve").by == ("principal",)


@pytest.mark.parametrize("word", ["根据举报", "有人反映", "信访件显示"])
def test_whatever_tells_of_a_report_is_refused_on_a_talk(word):
    """信访工作条例 Art. 30."""
    seen = held("talk", "closed", "record")

    told = a_life.with_entered(seen, points=f"{word}，要求说明。")

    assert a_life.unmet("talk", "record", told) == ["says_no_source"]
    assert a_life.unmet("talk", "record", with_line(seen, "issues", issue=word)) == ["says_no_source"]


def test_a_promise_does_not_end_before_the_talk():
    seen = held("talk", "closed", "record")

    assert a_life.unmet("talk", "record", with_line(seen, "issues", due_on="2025-01-07")) == ["issues_dated"]


@pytest.mark.parametrize(
    ("act", "gate", "key"),
    [("report_corrected", "result_said", "result"), ("confirm_issue", "looked_at", "looked_at")],
)
def test_what_was_done_and_what_was_looked_at_is_said_issue_by_issue(act, gate, key):
    seen = held("talk", "closed", act)

    assert a_life.unmet("talk", act, with_line(seen, "issues", **{key: "  "})) == [gate]


def test_an_overdue_promise_blocks_the_check_and_the_closing():
    """承诺超期."""
    seen = held("talk", "closed", "check")
    late = a_life.with_lines(
        seen, "issues", ("corrected", {"due_on": (seen.today - timedelta(days=1)).isoformat()}, 1)
    )
    on_the_day = a_life.with_lines(seen, "issues", ("corrected", {"due_on": seen.today.isoformat()}, 1))

    assert a_life.unmet("talk", "check", late) == ["commitment_overdue", "commitments_checked"]
    assert a_life.unmet("talk", "close", late) == ["commitment_overdue", "act_done:check"]
    assert a_life.unmet("talk", "check", on_the_day) == ["commitments_checked"]


def test_a_talk_without_record_or_signature_is_not_closed():
    """无谈话记录、未签字."""
    seen = held("talk", "closed", "close")

    assert a_life.unmet("talk", "close", a_life.without_act(seen, "record")) == ["act_done:record"]
    assert a_life.unmet("talk", "close", a_life.without_act(seen, "sign")) == ["record_signed"]
    assert a_life.unmet("talk", "close", a_life.without_act(seen, "check")) == ["act_done:check"]


def test_why_a_record_is_not_signed_stands_for_the_signature():
    noted = a_life.lived("talk", "correcting")

    assert talk_gates.SIGNED.holds(noted)
    assert not talk_gates.SIGNED.holds(a_life.without_act(noted, "note_no_signature"))


def test_one_of_three_clocks_runs_by_the_kind_of_a_talk():
    running = {
        case: {one.key for one in a_life.opened("talk", case)[1].clocks}
        for case in ("closed", "correcting", "admonished")
    }

    assert running == {"closed": {"head_talk"}, "correcting": {"new_head"}, "admonished": {"event_talk"}}


# --- the year of a leading team --------------------------------------------------------------


def test_a_plan_without_a_talk_is_not_approved():
    seen = held("leadership", "evaluated", "approve")
    struck = a_life.with_lines(seen, "plan", ("struck", {}, 0))

    assert a_life.unmet("leadership", "approve", struck) == ["has_plan"]


def test_a_planned_talk_says_its_day():
    seen = held("leadership", "began", "plan_talk")

    assert a_life.unmet("leadership", "plan_talk", with_line(seen, "plan", talk_by=None)) == ["line_days_fit"]


def test_of_repeated_reports_the_count_is_entered_and_nothing_else():
    """多次反映：只记件次."""
    seen = held("leadership", "evaluated", "note_trigger")
    asked = {one.key for one in LEADERSHIP.ledger("triggers").fields if one.kind in {"long", "text"}}

    assert asked == {"trigger_ref", "post_title"}
    for wrong in (
        {"reports_count": None},
        {"trigger_ref": "信访〔2026〕9号"},
        {"trigger_kind": "sign"},
    ):
        line = with_line(seen, "triggers", **wrong)
        assert a_life.unmet("leadership", "note_trigger", line) == ["counts_only"], wrong


@pytest.mark.parametrize(
    ("wrong", "gate"),
    [
        ({"votes_for": 4}, "votes_add_up"),
        ({"members": 5}, "votes_add_up"),
        ({"dissent": " "}, "dissent_kept"),
        ({"present": 3, "votes_for": 3, "votes_against": 0}, "quorum"),
        ({"present": 4, "votes_for": 3, "votes_against": 1}, "votes_carry"),
        ({"decision_result": "rejected"}, "votes_carry"),
    ],
)
def test_a_collective_decision_is_recorded_as_it_was_voted(wrong, gate):
    """三重一大."""
    seen = held("leadership", "evaluated", "record_decision")

    found = a_life.unmet("leadership", "record_decision", with_line(seen, "decisions", **wrong))

    assert gate in found


def test_a_post_is_given_by_two_thirds_of_the_members():
    seen = held("leadership", "evaluated", "record_decision")
    line = {"decision_kind": "posts", "members": 9, "votes_against": 0, "dissent": ""}

    five = with_line(seen, "decisions", **line, present=5, votes_for=5)
    six = with_line(seen, "decisions", **line, present=6, votes_for=6)

    assert a_life.unmet("leadership", "record_decision", five) == ["quorum"]
    assert a_life.unmet("leadership", "record_decision", six) == []


@pytest.mark.parametrize(
    ("said", "count", "fits"),
    [("recorded", 1, True), ("recorded", 0, False), ("none_recorded", 0, True), ("nothing_due", 2, False)],
)
def test_what_is_said_of_decisions_agrees_with_the_ledger(said, count, fits):
    seen = held("leadership", "evaluated", "take_stock")

    found = a_life.unmet(
        "leadership", "take_stock", a_life.with_entered(seen, collective=said, above_count=count)
    )

    assert found == ([] if fits else ["stock_fits"])


def test_a_duty_report_is_evaluated_after_decisions_and_unit_were_looked_at():
    seen = held("leadership", "evaluated", "evaluate")

    assert a_life.unmet("leadership", "evaluate", a_life.without_act(seen, "take_stock")) == [
        "act_done:take_stock"
    ]
    assert a_life.unmet("leadership", "evaluate", a_life.without_act(seen, "judge")) == ["act_done:judge"]


def test_a_year_is_not_closed_while_one_of_its_talks_is_open():
    seen = held("leadership", "closed", "close")

    still = a_life.linked(seen, "plans", "talk", "signed")
    ended = a_life.linked(seen, "plans", "talk", "closed")

    assert a_life.unmet("leadership", "close", still) == ["links_closed:plans"]
    assert a_life.unmet("leadership", "close", ended) == []


# --- integrity file --------------------------------------------------------------------------


def test_a_file_is_kept_of_who_holds_a_leading_post_only():
    seen = held("integrity_file", "kept", "begin")

    told = a_life.with_entered(seen, holds_leading_post=False)

    assert a_life.unmet("integrity_file", "begin", told) == ["leading_post"]


def test_effects_do_not_end_before_the_decision():
    seen = held("integrity_file", "effects_ended", "note_penalty")

    line = with_line(seen, "penalties", effects_until="2024-01-01")

    assert a_life.unmet("integrity_file", "note_penalty", line) == ["effects_fit"]


@pytest.mark.parametrize("missing", ["told_on", "told_no", "clarified", "clarified_how", "outcome_on"])
def test_clearing_is_recorded_as_carefully_as_the_question_was(missing):
    """采信了结、澄清正名."""
    seen = held("integrity_file", "kept", "note_outcome")

    line = with_line(seen, "inquiries", **{missing: None})

    assert a_life.unmet("integrity_file", "note_outcome", line) == ["outcome_whole"]


def test_clarification_that_was_not_wished_needs_no_way():
    seen = held("integrity_file", "kept", "note_outcome")

    line = with_line(seen, "inquiries", clarified="not_wished", clarified_how=None)

    assert a_life.unmet("integrity_file", "note_outcome", line) == []


def test_a_file_that_lacks_the_outcome_of_an_inquiry_that_cleared_somebody_is_not_closed():
    seen = held("integrity_file", "closed", "close")
    asked = {"inquiry_no": "函询6号", "asked_on": "2025-02-01"}
    told = {**asked, "outcome": "accepted", "outcome_on": "2025-03-01"}
    whole = {**told, "told_on": "2025-03-03", "told_no": "反馈6号", "clarified": "not_wished"}

    found = [
        a_life.unmet("integrity_file", "close", a_life.with_lines(seen, "inquiries", ("answered", line, 0)))
        for line in (asked, told, whole)
    ]

    assert found == [["outcomes_there"], ["outcomes_there"], []]


def test_a_file_is_read_for_a_week_at_most():
    seen = held("integrity_file", "kept", "consult")

    def until(days):
        line = with_line(seen, "consultations", read_until=(seen.today + timedelta(days=days)).isoformat())
        return a_life.unmet("integrity_file", "consult", line)

    assert (until(7), until(8)) == ([], ["read_shortly"])


def test_an_objection_is_answered_and_waits_for_nothing_when_the_file_is_closed():
    answer = held("integrity_file", "kept", "answer_objection")
    close = held("integrity_file", "closed", "close")

    unsaid = with_line(answer, "objections", was_mended=None)
    waiting = a_life.with_lines(close, "objections", ("raised", {"objects_to": "缺任职经历。"}, 0))

    assert a_life.unmet("integrity_file", "answer_objection", unsaid) == ["answer_given"]
    assert a_life.unmet("integrity_file", "close", waiting) == ["ledger_done:objections"]


def test_a_file_is_closed_after_its_time_and_not_before():
    """个人信息保护法 Art. 19, 47."""
    seen = held("integrity_file", "closed", "close")

    soon = replace(seen, today=seen.today - timedelta(days=300))

    assert a_life.unmet("integrity_file", "close", soon) == ["clock_over:retention"]


@pytest.mark.parametrize("kind", ["talk", "integrity_file"])
def test_recusal_is_asked_about_whenever_somebody_gets_a_hand(kind):
    act = {"talk": "set_talker", "integrity_file": "set_clerk"}[kind]
    gate = next(one for one in mechanism(kind).act(act).gates if one.key == "recusal_checked")

    assert gate.holds(Snapshot(stage="", entered={"recusal_checked": True}))
    assert not gate.holds(Snapshot(stage="", entered={"recusal_checked": False}))


def test_every_line_of_a_file_can_go_out_of_view():
    for ledger in INTEGRITY_FILE.ledgers:
        assert ledger.gone == ("removed",), ledger.key
        assert any(
            entry.ledger == ledger.key and entry.to == "removed"
            for entry in INTEGRITY_FILE.act("close").enters
        ), ledger.key


def test_no_file_has_a_place_for_a_text_about_somebody():
    """rights.md 22."""
    texts = {one.key for ledger in INTEGRITY_FILE.ledgers for one in ledger.fields if one.kind == "long"}

    assert texts == {"read_why", "objects_to", "wishes", "answer"}


# --- what the text lists ---------------------------------------------------------------------


def placed(kind, slip):
    """Keys of everything that a slip says."""
    folder = Path(mechanisms.__file__).parent / kind / "slips"
    return set(re.findall(r"\{#?(\w+)\}", (folder / f"{slip}.toml").read_text(encoding="utf-8")))


def test_every_occasion_of_the_text_can_be_entered():
    """任职、苗头性问题、多次反映、三重一大、建议超期."""
    kinds = [key for key, _words in fields.TRIGGER_KINDS]

    assert kinds == ["appointment", "sign", "reports", "collective", "overdue_letter"]


def test_the_record_of_a_talk_says_all_that_the_text_lists():
    """Type, date, place, both parties, points raised, commitments, due, signature."""
    assert placed("talk", "record") >= {
        "talk_kind", "held_on", "held_place", "talker", "subject_head", "points", "commitment", "due_on",
    }  # fmt: skip
    assert TALK.act("record").prints[0].term == "监督谈话记录"


def test_the_card_says_all_that_the_text_lists():
    """Offices held, talks, disclosures, penalties and expiry, inquiries with their results."""
    assert placed("integrity_file", "card") >= {
        "offices", "talks", "disclosures", "penalties", "effects_until", "inquiries", "outcome", "told_no",
        "clarified",
    }  # fmt: skip


def test_the_note_on_a_unit_says_what_the_house_counted():
    """政治生态研判."""
    assert placed("leadership", "ecology") >= set(LEADERSHIP.act("judge").finds) | {"eco_level", "collective"}
