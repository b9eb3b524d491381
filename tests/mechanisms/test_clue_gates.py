"""What blocks a clue: refused without it, allowed with it (mechanisms.md M08; rights.md 1, 9, 11, 14)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.matters.snapshot import Snapshot
from qingfeng.mechanisms.clue import fields
from qingfeng.mechanisms.clue.declaration import CLUE
from qingfeng.mechanisms.clue.gates import QUESTIONS, SOURCE_OF, quality_of


def entering(case, act, **others):
    return a_life.entering("clue", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("clue", act, seen)


def test_a_clue_out_of_another_matter_has_its_source():
    seen = entering("from_finding", "register")
    from_records = a_life.linked(seen, "leads_to", "verification", "disposed", outward=False)

    assert unmet("register", from_records) == []
    assert unmet("register", a_life.with_entered(from_records, source="audit")) == ["source_fits"]


def test_every_source_of_the_text_can_be_chosen():
    assert {key for key, _words in fields.SOURCES} >= {*SOURCE_OF.values(), "audit", "supervision"}


@pytest.mark.parametrize(
    ("answers", "quality"),
    [
        (["yes"] * 5, "high"),
        (["yes", "yes", "yes", "yes", "no"], "high"),
        (["yes", "yes", "yes", "partly", "no"], "middle"),
        (["partly"] * 4 + ["no"], "middle"),
        (["partly"] * 3 + ["no"] * 2, "low"),
        (["no"] * 5, "low"),
    ],
)
def test_how_well_a_clue_can_be_looked_into_is_what_five_answers_add_up_to(answers, quality):
    """高质量问题线索: who, when, where, how much, evidence."""
    given = dict(zip(QUESTIONS, answers, strict=True))
    seen = a_life.with_entered(entering("to_case", "register"), **given, quality=quality)

    assert quality_of(given) == quality
    assert unmet("register", seen) == []
    for other in {"high", "middle", "low"} - {quality}:
        assert unmet("register", a_life.with_entered(seen, quality=other)) == ["quality_fits"]


@pytest.mark.parametrize("act", ["distribute", "sign_for"])
def test_recusal_is_asked_about_at_every_assignment(act):
    """监察法 Art. 67."""
    seen = entering("to_case", act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_entered(seen, recusal_checked=False)) == ["recusal_checked"]


def test_every_act_that_names_who_works_on_it_asks_about_recusal():
    naming = {act.key for act in CLUE.acts if {"handler", "room_head"} & set(act.names)}
    asking = {act.key for act in CLUE.acts if "recusal_checked" in {gate.key for gate in act.gates}}

    assert naming == asking == {"distribute", "sign_for", "reassign"}


@pytest.mark.parametrize(
    ("case", "act"),
    [
        ("to_case", "propose"),
        ("to_case", "approve_verification"),
        ("to_case", "report_verification"),
        ("cleared", "send_inquiry"),
        ("talked", "hold_talk"),
    ],
)
def test_one_person_alone_does_not_handle_a_clue(case, act):
    """监察法 Art. 44."""
    seen = entering(case, act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.alone(seen, "handler")) == ["two_handlers"]


def test_a_clue_is_studied_together_with_minutes():
    seen = entering("to_case", "study")
    two = a_life.with_entered(seen, attended=seen.entered["attended"][:2])

    assert unmet("study", seen) == []
    assert unmet("study", two) == ["several_study"]
    assert {one.key for one in CLUE.act("study").asks if one.needed} >= {"minutes_no", "met_on", "attended"}


@pytest.mark.parametrize(
    ("way", "act"),
    [("inquiry", "approve_inquiry"), ("preliminary", "approve_verification"), ("hold", "hold"),
     ("close", "conclude")],
)  # fmt: skip
def test_each_of_the_four_ways_is_gone_only_where_it_was_agreed_on(way, act):
    """四种处置方式."""
    offered = CLUE.act(act).when

    for agreed in dict(fields.WAYS):
        assert offered(Snapshot("studied", {"way_agreed": agreed})) == (agreed == way)
    assert offered(Snapshot("reported", {"way_agreed": "inquiry"}))


def test_a_reply_is_signed_by_the_head_of_the_party_organisation():
    """监督执纪工作规则 Art. 29 [verify]."""
    seen = entering("cleared", "take_reply")

    assert unmet("take_reply", seen) == []
    assert unmet("take_reply", a_life.with_entered(seen, reply_signed_off=False)) == ["reply_signed_off"]


def test_no_reply_is_recorded_to_a_letter_that_was_not_sent():
    seen = a_life.without_act(entering("cleared", "take_reply"), "send_inquiry")

    assert unmet("take_reply", seen) == ["act_done:send_inquiry"]


def test_silence_is_recorded_only_after_the_time_has_passed():
    seen = entering("cleared", "take_reply")
    run = seen.clock("inquiry_reply")
    late = replace(seen, entered={}, today=run.due_on.replace(month=run.due_on.month + 1))

    assert unmet("note_silence", late) == []
    assert unmet("note_silence", replace(late, today=run.due_on)) == ["clock_over:inquiry_reply"]


def test_the_report_on_a_verification_is_signed_by_all():
    seen = entering("to_case", "report_verification")

    assert unmet("report_verification", a_life.with_entered(seen, all_signed=False)) == ["all_signed"]


@pytest.mark.parametrize("outcome", ["case", "admonish", "remind", "transfer"])
@pytest.mark.parametrize("found", ["no", "unverifiable"])
def test_where_nothing_was_found_nothing_follows(outcome, found):
    """rights.md 1: insufficient evidence, no finding."""
    seen = a_life.with_entered(entering("to_case", "conclude"), found=found)

    assert unmet("conclude", a_life.with_entered(seen, outcome=outcome)) == ["outcome_fits"]
    assert unmet("conclude", a_life.with_entered(seen, outcome="close")) == []


def test_a_case_is_opened_only_after_a_preliminary_verification():
    seen = a_life.with_entered(entering("talked", "conclude"), outcome="case")

    assert unmet("conclude", entering("talked", "conclude")) == []
    assert unmet("conclude", seen) == ["case_after_verification"]
    assert unmet("conclude", entering("to_case", "conclude")) == []


def test_the_wish_of_the_person_decides_who_is_told():
    """澄清正名: asks the person's wish (rights.md 14)."""
    seen = entering("cleared", "approve_clarification")
    private = a_life.with_entered(seen, wish="private")

    assert unmet("approve_clarification", seen) == []
    assert unmet("approve_clarification", private) == ["wish_followed"]
    assert unmet("approve_clarification", a_life.with_entered(private, audience=["person"])) == []


def test_nothing_is_clarified_without_the_principal():
    seen = entering("cleared", "clarify")

    assert unmet("clarify", seen) == []
    assert unmet("clarify", a_life.without_act(seen, "approve_clarification")) == [
        "act_done_after:approve_clarification:conclude"
    ]
    assert CLUE.act("approve_clarification").by == ("principal",)


def test_the_unit_is_told_only_where_it_is_in_the_audience():
    seen = entering("cleared", "tell_unit")

    assert unmet("tell_unit", seen) == []
    assert unmet("tell_unit", a_life.with_fact(seen, audience=["person"])) == ["unit_in_audience"]


def test_where_nothing_was_found_clarification_is_a_question_that_must_be_answered():
    """rights.md 14."""
    cleared, held = entering("cleared", "file"), entering("held", "file")

    assert unmet("file", cleared) == unmet("file", held) == []
    assert unmet("file", a_life.without_act(cleared, "clarify")) == ["clarification_answered"]
    assert unmet("file", a_life.without_act(held, "do_not_clarify")) == ["clarification_answered"]


def test_whoever_is_believed_gets_an_answer_before_the_papers_are_filed():
    seen = entering("cleared", "file")

    assert unmet("file", a_life.without_act(seen, "answer_person")) == ["person_answered"]


def test_the_office_that_a_clue_came_from_is_told():
    seen = entering("cleared", "file")

    assert unmet("file", a_life.without_act(seen, "give_feedback")) == [
        "act_done_after:give_feedback:conclude"
    ]


def test_a_disposal_without_an_approval_on_record_blocks_filing():
    seen = entering("cleared", "file")

    assert unmet("file", a_life.with_fact(seen, approval_no=None)) == ["approval_recorded"]


def test_a_clue_that_became_a_case_leads_to_it():
    seen = a_life.with_fact(entering("cleared", "file"), outcome="case", found="yes")

    assert unmet("file", seen) == ["case_opened"]


def test_what_is_held_is_looked_at_again_every_six_months():
    clock = CLUE.clock("shelved_review")

    assert (clock.months, clock.repeats, clock.during) == (6, True, ("held",))
    assert a_life.entering("clue", "held", "take_up").times("review_held") == 2


def test_no_form_asks_who_reported_nor_what_a_letter_says():
    """rights.md 6, 22."""
    asked = {one.key for act in CLUE.acts for one in act.asks} | {one.key for one in CLUE.asks}
    long_texts = {one.key for act in CLUE.acts for one in act.asks if one.kind == "long"}

    assert asked.isdisjoint({"reporter", "reporter_name", "phone", "named_report", "content", "summary"})
    assert long_texts == {"audience_record", "extract"}
    assert {one.key for act in (*CLUE.acts, CLUE) for one in act.asks if one.sealed} == {"extract"}
    assert not [one for act in CLUE.acts for one in act.asks if one.kind in {"file", "files"}]
