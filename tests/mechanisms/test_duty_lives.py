"""A unit's year through the door: the unit's own side, what it is told, what the house knows (M02)."""

import json
from datetime import date

import a_story
import pytest
import time_machine

from qingfeng.matters import access, keeping
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.duty import joining
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db
BASE = a_story.NEW_YEAR_2025


def viewer(office, key, on):
    return viewer_for(a_story.scene(office).person(key), on)


def test_every_stage_is_reached_by_the_year_of_another_unit():
    """The demonstration plays all of them in one office, where a unit has one year of a number."""
    stories = sampling.cases("duty")

    ways = list(sampling.ways_to_every_stage(mechanism("duty")))

    units = [stories[way.case]["parties"]["unit"][0] for way in ways]
    assert len(units) == len(set(units))


def test_a_year_ends_as_not_fulfilled_with_its_reason_and_the_unit_is_told(office):
    matter = a_story.played(office, "duty", "unfulfilled")

    said = json.dumps(matter.slips.get(key="unfulfilled").slip.official, ensure_ascii=False)
    assert (matter.stage, matter.is_open) == ("unfulfilled", False)
    assert matter.facts["missing"] == ["second_half"]
    assert "下半年未专题研究" in said
    assert "主要负责人更替" in said
    runs = {run.key: run.met for run in matter.clocks.all()}
    assert (runs["study_first"], runs["study_second"]) == (True, False)


def test_a_year_is_seen_by_its_unit_in_its_own_part_and_by_no_other_unit(office):
    matter = a_story.played(office, "duty", "fulfilled")
    on = date(2026, 3, 1)

    views = {
        who: access.view_of(viewer(office, who, on), matter)
        for who in ("education_contact", "education_secretary", "housing_contact", "tracker", "principal")
    }

    assert views == {
        "education_contact": "part",
        "education_secretary": "part",
        "housing_contact": "",
        "tracker": "whole",
        "principal": "whole",
    }


def test_a_letter_that_the_unit_was_told_of_asks_for_the_secretary(office):
    """The gate learns that there is one, and nothing else of it."""
    matter, step, on = a_story.before(office, "duty", "unfulfilled", "declare_unfulfilled")
    where = a_story.scene(office)
    before = joining.needed(matter, None).told["asked_for_secretary"]
    letter = a_story.played(office, "recommendation", "from_case", base=date(2025, 3, 3))
    told_unit = letter.parties.get(role="unit").unit
    matter.parties.filter(role="unit").update(unit=told_unit)
    with time_machine.travel(where.at((on - BASE).days), tick=False):
        answer = perform(
            "declare_unfulfilled",
            matter,
            by=viewer(office, "principal", on),
            facts=step["facts"],
            at=where.at((on - BASE).days),
        )

    assert before is False
    assert joining.needed(matter, None).told["asked_for_secretary"] is True
    assert isinstance(answer, Refusal)
    assert answer.gates == ("said_rightly",)


def test_a_letter_that_is_not_delivered_asks_for_nothing(office):
    matter = a_story.played(office, "duty", "drawn_up", steps=2)
    letter = a_story.played(office, "recommendation", "consulted", base=date(2025, 3, 3))
    matter.parties.filter(role="unit").update(unit=letter.parties.get(role="unit").unit)

    assert joining.needed(matter, None).told["asked_for_secretary"] is False


def test_a_unit_has_one_year_of_duty_of_a_number(office):
    first = a_story.played(office, "duty", "drawn_up", steps=0)
    second, step, on = a_story.before(office, "duty", "drawn_up", "issue_list")
    by, day = viewer(office, step["by"], on), (on - BASE).days
    where = a_story.scene(office)
    sheet = {"facts": where.meant(step["facts"], where.person(step["by"])), "by": by, "at": where.at(day)}
    with where.on(where.at(day)):
        refused = perform("issue_list", second, **sheet)
        passed = keeping.void(first, by=viewer(office, "principal", on), reason="同一年度重复登记。")
        issued = perform("issue_list", second, **sheet)

    assert isinstance(refused, Refusal)
    assert refused.gates == ("alone",)
    assert isinstance(passed, Done), passed
    assert isinstance(issued, Done), issued


def test_whoever_follows_a_unit_enters_what_it_hands_in_on_paper(office):
    matter = a_story.played(office, "duty", "conferred", steps=3)

    by = {one.act: (one.as_role, one.by.number) for one in matter.story.all()}

    assert by["issue_list"] == ("tracker", "Y1502")


def test_the_first_half_is_red_when_it_is_over_without_a_study(office):
    matter = a_story.played(office, "duty", "drawn_up", steps=2)

    due = {run.key: run.due_on for run in matter.clocks.filter(state="running")}

    assert due == {
        "study_first": date(2025, 6, 30),
        "study_second": date(2025, 12, 31),
        "duty_report": date(2026, 1, 31),
    }


def test_a_reminder_is_answered_in_fifteen_working_days(office):
    matter, step, on = a_story.before(office, "duty", "fulfilled", "answer_reminder")

    run = matter.clocks.get(key="answer")

    assert (run.started_on, run.due_on) == (date(2025, 8, 29), date(2025, 9, 19))
    with time_machine.travel(a_story.scene(office).at((on - BASE).days), tick=False):
        answer = perform(
            "answer_reminder",
            matter,
            by=viewer(office, "education_contact", on),
            changes=step["changes"],
            at=a_story.scene(office).at((on - BASE).days),
        )
    assert isinstance(answer, Done)
    run.refresh_from_db()
    assert (run.state, run.met) == ("stopped", True)
