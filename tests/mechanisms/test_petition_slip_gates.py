"""Three slips bind an office: what they refuse, what they wait for, and which clock makes one (M27)."""

from dataclasses import replace
from datetime import timedelta

import a_life
import a_story
import pytest
import time_machine

from qingfeng.documents.body import lines_of
from qingfeng.documents.slips import official_of
from qingfeng.matters import access, ticking
from qingfeng.matters.models import Matter, MatterSlip
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.petition import gates as petition_gates
from qingfeng.mechanisms.petition_slip import fields, gates
from qingfeng.mechanisms.petition_slip.declaration import PETITION_SLIP
from qingfeng.organization.viewer import viewer_for

HEAD_OF_HOUSING = "W0201"


def entering(case, act, **others):
    return a_life.entering("petition_slip", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("petition_slip", act, seen)


def test_steps_are_chosen_from_what_an_office_owes_and_nothing_is_written_freely():
    """rights.md, schema test (g)."""
    step = {one.key: one for one in fields.STEP}

    assert step["owed"].kind == "choice"
    assert [key for key, _words in step["owed"].choices] == [
        "explain", "pay", "execute", "correct", "help", "mediate", "refer", "contact",
    ]  # fmt: skip
    assert [one.key for one in fields.DUTY if one.kind == "long"] == []
    assert all(key in gates.FREE_TEXT for key in ("contact_post", "unit_head"))


@pytest.mark.parametrize("word", ["稳控", "行踪", "家属", "劝返", "手机"])
def test_words_of_control_over_people_are_refused_and_need_two_who_say_why(word):
    seen = entering("duty", "issue")
    spoken = a_life.with_fact(seen, unit_head=f"负责{word}的副局长")

    assert (unmet("issue", seen), gates.has_words(seen)) == ([], False)
    assert (unmet("issue", spoken), unmet("issue_itself", spoken)) == (["no_control"], ["no_control"])
    by_two = PETITION_SLIP.act("issue_by_two")
    assert (by_two.second, by_two.when(spoken), unmet("issue_by_two", spoken)) == (True, True, [])
    assert [one.key for one in by_two.asks if one.needed] == ["words_why"]


@pytest.mark.parametrize(("key", "missing"), [("duty", "duty_why"), ("supervision", "requirement")])
def test_a_slip_is_written_and_addressed_before_it_is_sent(key, missing):
    act = "issue" if key == "duty" else "issue_by_two"
    seen = entering(key, act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_fact(seen, **{missing: ""})) == ["written"]
    assert unmet(act, replace(seen, parties=())) == ["addressed"]


def test_a_slip_of_duty_has_a_step_that_is_owed():
    seen = entering("duty", "write_duty")

    assert unmet("write_duty", seen) == []
    assert unmet("write_duty", a_life.with_entered(seen, steps=[])) == ["steps_owed"]


def test_a_step_is_done_when_papers_show_it():
    seen = entering("duty", "do_step")

    assert unmet("do_step", seen) == []
    assert unmet("do_step", a_life.with_entered(seen, steps=[{"owed_proof": ""}])) == ["proved"]


def test_a_slip_of_duty_is_open_until_the_contact_was_made_and_every_step_is_done():
    seen = entering("duty", "close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.without_act(seen, "meet")) == ["contact_made"]
    step = {"owed": "pay", "owed_due": "2025-01-20"}
    assert unmet("close", a_life.with_lines(seen, "steps", ("open", step, 0))) == ["steps_done"]
    assert unmet("close", a_life.without_act(seen, "sign_for")) == ["act_done:sign_for"]


def test_a_warning_is_open_while_what_was_missing_is_missing():
    seen = a_life.lived("petition_slip", "warning")

    assert "missing_done" in unmet("close", seen)
    right = replace(seen, done=(*seen.done, replace(seen.done[-1], act="put_right")))
    assert "missing_done" not in unmet("close", right)


def test_a_supervision_slip_is_open_without_a_written_answer_and_without_a_correction():
    """信访工作条例 Art. 40."""
    seen = entering("supervision", "close")

    assert unmet("close", seen) == []
    assert unmet("close", a_life.without_act(seen, "answer")) == ["answered"]
    assert unmet("close", a_life.without_act(seen, "put_right")) == ["corrected"]


def test_a_clock_of_the_office_calls_for_a_warning_at_seven_tenths_and_once():
    seen = a_life.entering("petition", "warned", "warn")
    run = seen.clock("pet_handle")
    whole = (run.due_on - run.started_on).days
    others = tuple(one for one in seen.clocks if one.key not in petition_gates.OFFICE_CLOCKS)
    alone = replace(seen, clocks=(*others, run))

    early = replace(alone, today=run.started_on + timedelta(days=whole * 7 // 10 - 1))
    late = replace(alone, today=run.started_on + timedelta(days=-(-whole * 7 // 10)))

    assert (petition_gates.needs_warning(early), petition_gates.needs_warning(late)) == (False, True)
    told = a_life.after(
        a_life.mechanism("petition"), late, {"act": "warn", "facts": {"clock_key": "pet_handle"}}
    )
    assert not petition_gates.needs_warning(told)


@pytest.mark.django_db
def test_the_clock_itself_makes_the_slip_and_sends_it_to_the_office_alone(office):
    matter = a_story.played(office, "petition", "kept")
    due = matter.clocks.get(key="pet_handle").due_on

    with time_machine.travel(f"{due - timedelta(days=10)}T09:00:00+08:00", tick=False):
        ticking.tick()
        ticking.tick()

    slips = Matter.objects.filter(mechanism="petition_slip")
    assert {one.facts["made_by"] for one in slips} == {"house"}
    assert {one.stage for one in slips} == {"issued"}
    assert {one.facts["slip_of"] for one in slips} == {matter.number}
    said = lines_of(official_of(MatterSlip.objects.get(matter=slips[0]).slip).body)
    assert any(matter.number in one for one in said), said
    assert any(one.startswith("预警情形 时限已过七成") for one in said), said
    assert not any(due.isoformat() in one for one in said), "a day is said as people say it"
    numbers = (PEOPLE["housing_contact"], HEAD_OF_HOUSING, PEOPLE["vehicles_contact"])
    told = [viewer_for(office.people[number]) for number in numbers]
    assert [access.view_of(one, slips[0]) for one in told] == ["part", "part", ""]
    with time_machine.travel(f"{due - timedelta(days=9)}T09:00:00+08:00", tick=False):
        ticking.tick()
    assert slips.count() == matter.story.filter(act="warn").count()
