"""What blocks a verification: refused without it, allowed with it (mechanisms.md M21, M22; rights.md)."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.mechanisms.verification.declaration import VERIFICATION
from qingfeng.mechanisms.verification.gates import FORM_OF, verdict_of

EXCLUDED = ("verification", "excluded", "exclude")


def concluding(case="partly", **others):
    return a_life.entering("verification", case, "conclude", **others)


def unmet(act, seen):
    return a_life.unmet("verification", act, seen)


def without(seen, *acts):
    return replace(seen, done=tuple(one for one in seen.done if one.act not in acts))


def changed(seen, ledger, **facts):
    """The snapshot with its first line of a ledger changed."""
    first, *others = seen.lines(ledger)
    line = replace(first, facts={**first.facts, **facts})
    return replace(seen, ledgers={**seen.ledgers, ledger: (line, *others)})


def test_a_lead_is_laid_out_before_it_is_handed_out():
    seen = a_life.entering("verification", "partly", "assign")

    assert unmet("assign", seen) == []
    assert unmet("assign", a_life.with_lines(seen, "explanations")) == ["listed"]
    assert unmet("assign", a_life.with_lines(seen, "labels")) == ["listed"]


def test_a_missing_second_verifier_blocks():
    """监察法 Art. 44."""
    seen = concluding()

    assert unmet("conclude", seen) == []
    assert unmet("conclude", a_life.alone(seen, "verifier")) == ["two_verifiers"]
    assert unmet("ask_unit", a_life.alone(a_life.entering("verification", "partly", "ask_unit"), "verifier"))


def test_innocent_explanations_that_were_not_ticked_one_by_one_block():
    """政务处分法 Art. 43."""
    seen = concluding()

    half = a_life.with_lines(seen, "explanations", ("tested", seen.lines("explanations")[0].facts, 0),
                             ("open", {"explanation": "另有用途"}, 0))  # fmt: skip

    assert unmet("conclude", half) == ["explanations_ticked"]
    assert unmet("conclude", changed(seen, "explanations", why=None)) == ["explanations_ticked"]
    assert unmet("conclude", a_life.with_lines(seen, "explanations")) == ["explanations_ticked"]


def test_a_unit_that_was_not_heard_blocks_unless_a_leader_approved_secrecy():
    """监察法 Art. 5; 政务处分法 Art. 43."""
    heard, secret = concluding(), concluding("secret")

    assert unmet("conclude", without(heard, "explain")) == ["unit_heard"]
    assert unmet("conclude", without(heard, "ask_unit", "explain")) == ["unit_heard"]
    assert unmet("conclude", secret) == []
    assert unmet("conclude", without(secret, "keep_secret")) == ["unit_heard"]


def test_silence_counts_as_heard_only_after_the_time_has_passed():
    seen = a_life.entering("verification", "silent", "note_silence")
    run = seen.clock("alert_escalate")

    assert unmet("note_silence", seen) == []
    assert unmet("note_silence", replace(seen, today=run.due_on)) == ["clock_over:alert_escalate"]


def test_secrecy_is_approved_only_before_the_unit_is_asked():
    seen = a_life.entering("verification", "partly", "explain")

    assert unmet("keep_secret", seen) == ["not_asked"]


def test_a_label_that_was_not_given_blocks():
    seen = concluding()

    assert unmet("conclude", changed(seen, "labels", verdict=None)) == ["label_given", "verdict_fits"]
    assert "label_given" in unmet("conclude", changed(seen, "labels", verdict_reason=None))
    assert "label_given" in unmet("conclude", a_life.with_lines(seen, "labels"))


def test_a_recording_that_runs_out_blocks_until_it_is_copied_or_given_up():
    seen = concluding()
    running = tuple(
        replace(one, state="running") if one.key == "video_expiry" else one for one in seen.clocks
    )

    assert unmet("conclude", replace(seen, clocks=running)) == ["clock_not_running:video_expiry"]
    assert "video_expiry" in VERIFICATION.act("record_video").stops
    assert "video_expiry" in VERIFICATION.act("give_up_video").stops


def test_a_finding_of_tier_c_names_no_person():
    seen = a_life.entering("verification", "excluded", "judge")
    naming = a_life.with_entered(seen, subject_person=[1])

    assert unmet("name_person", naming) == ["names_nobody"]
    assert unmet("name_person", a_life.with_fact(naming, tier="B")) == []


def test_an_open_task_blocks_the_verdict():
    seen = concluding()
    task = seen.lines("tasks")[0]

    still = a_life.with_lines(seen, "tasks", ("set", task.facts, 0))

    assert unmet("conclude", still) == ["ledger_done:tasks"]


@pytest.mark.parametrize("who", [[], ["one"], ["one", "stranger"]])
def test_a_task_is_done_by_two_who_were_named(who):
    """监察法 Art. 44."""
    seen = a_life.entering("verification", "partly", "set_task")
    ids = {"one": a_life.IDS["style_one"], "stranger": a_life.IDS["deputy"]}
    task = {**seen.entered["tasks"][0], "who": [ids[key] for key in who]}

    assert unmet("set_task", seen) == []
    assert unmet("set_task", a_life.with_entered(seen, tasks=[task])) == ["two_go"]


def test_a_record_belongs_to_a_task_of_its_kind():
    seen = a_life.entering("verification", "partly", "record_video")
    other = a_life.with_entered(seen, video_pulls=[{**seen.entered["video_pulls"][0], "task_no": 2}])

    assert unmet("record_video", seen) == []
    assert unmet("record_video", other) == ["form_fits"]


@pytest.mark.parametrize("kind", FORM_OF)
def test_every_kind_of_task_has_a_record_form_of_its_own(kind):
    act = VERIFICATION.act(f"record_{kind}")
    columns = {one.key for one in VERIFICATION.ledger(FORM_OF[kind]).fields}

    assert act.enters[0].where == (("kind", kind),)
    assert [entry.ledger for entry in act.enters] == ["tasks", FORM_OF[kind]]
    assert "task_no" in columns


def test_talks_with_residents_ask_for_no_name():
    columns = {one.key for one in VERIFICATION.ledger("resident_talks").fields}

    assert columns.isdisjoint({"met", "name", "phone", "id_number", "address"})


@pytest.mark.parametrize(
    ("labels", "verdict"),
    [
        (["confirmed", "confirmed"], "confirmed"),
        (["confirmed", "refuted"], "partly"),
        (["partly"], "partly"),
        (["explained", "refuted"], "explained"),
        (["unverifiable", "refuted"], "unverifiable"),
        (["refuted"], "refuted"),
    ],
)
def test_the_verdict_is_what_the_verdicts_on_the_findings_add_up_to(labels, verdict):
    seen = a_life.with_lines(
        concluding(), "labels", *(("judged", {"verdict": one, "verdict_reason": "据实"}, 0) for one in labels)
    )

    assert verdict_of(labels) == verdict
    assert "verdict_fits" not in unmet("conclude", a_life.with_entered(seen, verdict=verdict))
    for other in {"confirmed", "partly", "explained", "refuted", "unverifiable"} - {verdict}:
        assert "verdict_fits" in unmet("conclude", a_life.with_entered(seen, verdict=other))


def test_a_doubt_with_an_explanation_that_holds_is_not_confirmed():
    seen = changed(concluding("silent"), "explanations", holds="yes")

    assert unmet("conclude", seen) == ["no_explanation_holds"]


def test_a_hit_is_not_confirmed_by_one_signer():
    """rights.md 2: no state changes to 属实 without two humans and an approval."""
    assert VERIFICATION.act("conclude").second
    assert VERIFICATION.act("exclude").second
    assert set(VERIFICATION.act("approve").by) == {"deputy", "principal"}


def test_nothing_is_excluded_once_the_unit_was_asked():
    seen = a_life.entering(*EXCLUDED)
    asked = a_life.entering("verification", "partly", "explain").done

    assert unmet("exclude", seen) == []
    assert unmet("exclude", replace(seen, done=(*seen.done, *asked))) == ["not_asked"]


@pytest.mark.parametrize("verdict", ["confirmed", "partly"])
def test_what_was_found_is_not_excluded(verdict):
    seen = a_life.entering(*EXCLUDED)

    assert unmet("exclude", changed(seen, "labels", verdict=verdict)) == ["nothing_found"]


def test_a_unit_is_not_exchanged_after_it_was_asked():
    seen = a_life.entering("verification", "partly", "explain")

    assert unmet("name_unit", seen) == ["not_asked"]


def test_a_letter_goes_to_a_unit_that_is_named():
    seen = a_life.entering("verification", "partly", "ask_unit")
    nobody = replace(seen, parties=tuple(one for one in seen.parties if one.role != "unit"))

    assert unmet("ask_unit", seen) == []
    assert unmet("ask_unit", nobody) == ["unit_named"]


def test_a_unit_answers_every_question():
    seen = a_life.entering("verification", "partly", "explain")
    two = a_life.with_lines(seen, "questions", ("asked", {}, 0), ("asked", {}, 0))

    assert unmet("explain", seen) == []
    assert unmet("explain", two) == ["all_answered"]


def test_where_nothing_was_found_the_unit_is_cleared_and_nothing_else_follows():
    cleared = a_life.entering("verification", "cleared", "dispose")
    found = a_life.entering("verification", "partly", "dispose")

    assert unmet("dispose", cleared) == unmet("dispose", found) == []
    assert unmet("dispose", a_life.with_entered(cleared, disposition=["clue"], clue_grounds="x")) == [
        "disposal_fits"
    ]
    assert unmet("dispose", a_life.with_entered(found, disposition=["clear"])) == ["disposal_fits"]


@pytest.mark.parametrize("key", ["correction", "correct_by"])
def test_a_reminder_says_what_and_by_when(key):
    seen = a_life.entering("verification", "partly", "dispose")

    assert unmet("dispose", a_life.with_entered(seen, **{key: None})) == ["disposal_whole"]


def test_a_clue_says_its_grounds():
    seen = a_life.entering("verification", "secret", "dispose")

    assert unmet("dispose", seen) == []
    assert unmet("dispose", a_life.with_entered(seen, clue_grounds=None)) == ["disposal_whole"]


def test_the_result_is_withheld_only_where_secrecy_was_approved():
    seen = a_life.entering("verification", "secret", "withhold")

    assert unmet("withhold", seen) == []
    assert unmet("withhold", without(seen, "keep_secret")) == ["kept_secret"]


def test_papers_are_not_filed_before_the_unit_was_told():
    seen = a_life.entering("verification", "cleared", "file")

    assert unmet("file", seen) == []
    assert unmet("file", without(seen, "clear")) == ["result_told"]


def test_papers_are_not_filed_before_what_was_asked_for_is_put_right():
    seen = a_life.entering("verification", "partly", "file")

    assert unmet("file", seen) == []
    assert unmet("file", without(seen, "report_correction")) == ["put_right"]


@pytest.mark.parametrize(
    ("colour", "clock"),
    [("red", "verify_red"), ("yellow", "verify_yellow"), ("blue", "verify_blue"), ("grey", "verify_blue")],
)
def test_one_clock_runs_by_colour(colour, clock):
    seen = a_life.with_fact(concluding(), colour=colour)
    clocks = [VERIFICATION.clock(key) for key in ("verify_red", "verify_yellow", "verify_blue")]

    assert [one.key for one in clocks if one.when(seen)] == [clock]
