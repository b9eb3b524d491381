"""What blocks a report on a person: refused without it, allowed with it."""

from dataclasses import replace

import a_life
import pytest

from qingfeng.matters.checks import problems
from qingfeng.matters.snapshot import Running, Snapshot
from qingfeng.mechanisms.report.declaration import REPORT


def entering(case, act, **others):
    return a_life.entering("report", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("report", act, seen)


def opening(**entered):
    seen = Snapshot(stage="", actor=7, entered={"custodian": [7], "level_asked": "ours", **entered})
    return [gate.key for gate in REPORT.gates if not gate.holds(seen)]


@pytest.mark.parametrize(("level", "missing"), [("ours", []), ("sealed", []), ("above", ["level_ours"])])
def test_the_level_is_asked_before_a_word_is_typed(level, missing):
    assert opening(level_asked=level) == missing


def test_who_takes_a_report_in_keeps_it():
    assert opening(custodian=[8]) == ["custodian_opens"]
    assert opening() == []


def test_nothing_is_taken_up_before_it_is_sealed():
    seen = entering("to_the_end", "accept")

    assert unmet("accept", seen) == []
    assert unmet("accept", a_life.without_act(seen, "write_in")) == ["is_sealed"]


def test_a_report_goes_on_as_an_extract_only():
    seen = entering("to_the_end", "hand_on")

    assert unmet("hand_on", seen) == []
    assert unmet("hand_on", a_life.without_act(seen, "make_extract")) == ["act_done:make_extract"]


def test_an_extract_that_says_that_somebody_reported_is_not_kept():
    seen = entering("to_the_end", "make_extract")

    assert unmet("make_extract", seen) == []
    assert unmet("make_extract", a_life.with_entered(seen, source_words=["来信反映"])) == ["no_source"]


@pytest.mark.parametrize(
    ("case", "act"),
    [("named", "allow_release"), ("refused", "refuse_release"), ("set_aside", "agree_aside"),
     ("set_aside", "send_back")],
)  # fmt: skip
def test_whoever_keeps_an_identity_decides_nothing_about_it_alone(case, act):
    seen = entering(case, act)
    (custodian,) = seen.persons("custodian")

    assert unmet(act, seen) == []
    assert unmet(act, replace(seen, actor=custodian)) == ["another_allows"]


def test_an_objection_of_a_reporter_is_looked_at_before_the_result_counts_as_told():
    seen = entering("to_the_end", "give_feedback")
    objected = replace(seen, entered={**seen.entered, "objection": True})

    assert unmet("give_feedback", seen) == []
    assert unmet("give_feedback", objected) == ["objection_checked"]
    checked = replace(objected, entered={**objected.entered, "new_evidence": True})
    assert unmet("give_feedback", checked) == []


@pytest.mark.parametrize("clock", ["rep_named_ack", "rep_named_feedback"])
def test_a_report_does_not_close_before_whoever_gave_a_name_was_told(clock):
    seen = entering("to_the_end", "close")
    running = replace(seen, clocks=(*seen.clocks, Running(clock, "running", seen.today, seen.today)))

    assert unmet("close", seen) == []
    assert unmet("close", running) == [f"clock_not_running:{clock}"]


def test_a_sign_of_retaliation_keeps_a_report_open_until_it_is_answered():
    seen = entering("to_the_end", "close")

    assert unmet("close", a_life.with_lines(seen, "protection", ("noted", {}, 0))) == [
        "ledger_done:protection"
    ]


@pytest.mark.parametrize("state", ["asked", "allowed"])
def test_a_release_that_is_not_ended_keeps_a_report_open(state):
    seen = entering("to_the_end", "close")

    assert unmet("close", a_life.with_lines(seen, "releases", (state, {}, 0))) == ["no_release_open"]


def test_nothing_sealed_waits_for_a_second_signer():
    """What waits for a signature lies in the table as it was entered: the house does not start so."""
    acts = tuple(replace(act, second=True) if act.key == "write_in" else act for act in REPORT.acts)

    said = [message.msg for message in problems(replace(REPORT, acts=acts))]

    assert [one for one in said if "something sealed" in one]
    assert list(problems(REPORT)) == []
