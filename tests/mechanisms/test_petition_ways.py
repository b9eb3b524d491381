"""The ways a petition goes back and on again: no clock is left running, no gate is passed by what is past."""

from dataclasses import replace
from datetime import date, timedelta

import a_life
import a_story
import pytest
import time_machine

from qingfeng.matters import ticking
from qingfeng.matters.door import Done, open_matter, perform
from qingfeng.matters.models import Matter
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE, UNITS
from qingfeng.mechanisms.petition import gates
from qingfeng.mechanisms.petition.declaration import PETITION
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("petition", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("petition", act, seen)


def running(matter):
    return set(matter.clocks.filter(state="running").values_list("key", flat=True))


def go_on(office, matter, *steps):
    return sampling.go_on(matter, steps, a_story.scene(office))


def told(step, **others):
    return {**step, **others}


OBJECT, KEEP = sampling.cases("petition")["kept"]["steps"][-2:]
CHANGE = {**KEEP, "act": "change_office"}
OPINION = next(one for one in sampling.cases("petition")["closed"]["steps"] if one["act"] == "write_opinion")
REVIEW = next(one for one in sampling.cases("petition")["anew"]["steps"] if one["act"] == "ask_review")
FACT = {
    "day": 30,
    "by": "petition_registrar",
    "act": "note_fact",
    "lines": {"new_facts": [{"new_fact": "另有一份未计入的补偿协议。", "fact_on": "day:30"}]},
}
EXAMINED = {
    "day": 32,
    "by": "petition_head",
    "act": "examine_fact",
    "changes": {"new_facts": {1: {"fact_examined": "协议属实，此前没有计入。"}}},
}
TAKEN_UP = {"day": 33, "by": "petition_head", "act": "take_up_again", "reason": "出现新的事实。"}


@pytest.mark.django_db
def test_an_office_that_does_not_lead_any_more_is_not_warned(office):
    matter = a_story.played(office, "petition", "objected")
    matter = go_on(office, matter, CHANGE)
    due = matter.clocks.get(key="pet_handle").due_on

    with time_machine.travel(f"{due - timedelta(days=5)}T09:00:00+08:00", tick=False):
        ticking.tick()

    assert (matter.stage, running(matter) & {"plan", "progress"}) == ("accepted", set())
    assert not Matter.objects.filter(mechanism="petition_slip").exists()


@pytest.mark.django_db
def test_an_opinion_written_within_five_days_ends_the_time_for_an_objection(office):
    matter = a_story.played(office, "petition", "closed", steps=3)
    matter = go_on(
        office,
        matter,
        {"day": 7, "by": "petition_head", "act": "drop_part", "reason": "不需要。",
         "changes": {"parts": {1: {"part_owes": "不再需要。"}}}},
        told(OPINION, day=8),
    )  # fmt: skip

    assert matter.stage == "drafted"
    assert "pet_objection_to_transfer" not in running(matter)


@pytest.mark.django_db
def test_a_review_that_was_asked_for_in_time_and_noted_late_stops_the_clock_of_closing(office):
    matter = a_story.played(office, "petition", "served")
    over = matter.clocks.get(key="pet_review_request").due_on + timedelta(days=1)
    with time_machine.travel(f"{over}T09:00:00+08:00", tick=False):
        ticking.tick()
    assert "close" in running(matter)

    matter = go_on(office, matter, told(REVIEW, day=(over - date(2025, 1, 6)).days + 1))

    assert (matter.stage, "close" in running(matter)) == ("reviewing", False)
    assert "close" in PETITION.act("ask_recheck").stops


@pytest.mark.django_db
def test_a_supported_demand_without_anything_owed_is_refused_at_the_door(office):
    matter, step, day = a_story.before(office, "petition", "closed", "write_opinion")
    by = viewer_for(office.people[PEOPLE["petition_one"]])

    with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
        refused = perform("write_opinion", matter, by=by, facts={**step["facts"], "execute_by": "2025-03-20"})

    assert (refused.why, refused.gates) == ("gate", ("something_owed",))


def test_a_petitioner_who_was_asked_about_the_first_opinion_is_asked_about_the_second():
    seen = entering("closed", "strike_off")
    again = replace(seen, done=(*seen.done, seen.last("issue"), seen.last("serve")))

    assert unmet("strike_off", again) == ["asked"]
    assert unmet("strike_off", replace(again, done=(*again.done, seen.last("ask")))) == []


def test_a_fact_that_was_examined_before_the_opinion_does_not_take_the_petition_up_again():
    seen = entering("closed", "strike_off")
    examined = replace(seen.last("ask"), act="examine_fact")
    gate = "act_done_after:examine_fact:issue"

    assert unmet("take_up_fact", seen) == [gate]
    assert unmet("take_up_fact", replace(seen, done=(examined, *seen.done))) == [gate]
    assert unmet("take_up_fact", replace(seen, done=(*seen.done, examined))) == []


@pytest.mark.django_db
def test_a_new_fact_in_what_was_not_taken_up_again_is_examined_and_finds_an_office(office):
    """信访工作条例 Art. 37: what a re-examination ended is taken up again when a new fact comes."""
    matter = a_story.played(office, "petition", "helped", steps=2)

    matter = go_on(office, matter, FACT, EXAMINED, TAKEN_UP)

    assert matter.stage == "accepted"
    assert running(matter) >= {"dispatch", "pet_handle", "joint_session"}
    assert "help_on" not in running(matter)
    assert "in_help" not in PETITION.act("take_up_fact").from_


@pytest.mark.django_db
def test_what_a_returned_opinion_owed_is_dropped_with_a_reason_and_never_once_an_opinion_stands(office):
    matter = a_story.played(office, "petition", "drafted")
    drop = {
        "day": 47, "by": "petition_head", "act": "drop_owed", "reason": "意见退回重拟，不再包含该项。",
        "changes": {"owed": {1: {"owed_what": "重拟后不再要求。"}}},
    }  # fmt: skip

    matter = go_on(
        office,
        matter,
        {"day": 46, "by": "petition_head", "act": "return_opinion", "reason": "请重拟。"},
        drop,
    )

    assert list(matter.lines.filter(ledger="owed").order_by("no").values_list("state", flat=True)) == [
        "dropped", "open",
    ]  # fmt: skip
    assert PETITION.act("drop_owed").from_ == ("handling",)
    seen = entering("closed", "strike_off")
    done, dropped = ({"owed": "pay", "owed_what": "退费"}, {"owed": "help", "owed_what": "已并入"})
    lines = a_life.with_lines(seen, "owed", ("done", done, 0), ("dropped", dropped, 0))
    assert unmet("strike_off", lines) == []
    fresh = a_life.with_lines(entering("closed", "write_opinion"), "owed", ("dropped", dropped, 0))
    without = replace(fresh, entered={key: one for key, one in fresh.entered.items() if key != "owed"})
    assert unmet("write_opinion", without) == ["something_owed"]
    assert not gates.all_done(a_life.with_lines(seen, "owed", ("dropped", dropped, 0)))


@pytest.mark.django_db
def test_a_slip_made_by_hand_after_a_warning_says_nothing_of_the_warning(office):
    """The clock sends what the clock found; what somebody writes, the head of the room sends."""
    matter = a_story.played(office, "petition", "warned")
    head = viewer_for(office.people[PEOPLE["petition_head"]])
    day = date(2025, 1, 6) + timedelta(days=47)

    with time_machine.travel(f"{day}T09:00:00+08:00", tick=False):
        made = perform("issue_slip", matter, by=head, facts={"slip_kind": "warning"}, reason="再次提醒。")
        assert isinstance(made, Done)
        ticking.tick()

    slip = made.opened[0]
    slip.refresh_from_db()
    by_hand = {"slip_of": matter.number, "slip_kind": "warning", "made_by": "hand"}
    assert (slip.stage, slip.facts) == ("drafted", by_hand)


@pytest.mark.django_db
def test_nobody_opens_a_slip_in_the_name_of_the_clock(office):
    refused = open_matter(
        "petition_slip",
        by=viewer_for(office.people[PEOPLE["petition_registrar"]]),
        title="提醒",
        owner=office.units[UNITS["petitions"]],
        facts={"slip_kind": "warning", "made_by": "house", "missing": "尚未答复。"},
        parties={"lead_unit": [office.units[UNITS["housing"]]]},
    )

    assert (refused.why, refused.gates) == ("gate", ("by_hand",))
