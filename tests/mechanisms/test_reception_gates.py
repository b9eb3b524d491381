"""Leaders meet people: somebody receives, promises have days and results, the counter asks (M26)."""

import json
from dataclasses import replace

import a_life
import a_story
import pytest
import time_machine

from qingfeng.desk.seen import seen_of
from qingfeng.matters import access, ticking
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.cast import PEOPLE
from qingfeng.mechanisms.reception.declaration import RECEPTION
from qingfeng.organization.viewer import viewer_for


def entering(case, act, **others):
    return a_life.entering("reception", case, act, **others)


def unmet(act, seen):
    return a_life.unmet("reception", act, seen)


def test_a_meeting_is_published_before_it_is_held():
    seen = entering("closed", "hold")

    assert unmet("hold", seen) == []
    assert unmet("hold", a_life.without_act(seen, "publish")) == ["act_done:publish"]


def test_a_leader_who_is_away_has_a_substitute_or_the_meeting_was_missed_and_is_made_up_for():
    """M26: leader absent without substitute."""
    seen = entering("closed", "hold")
    away = a_life.with_entered(seen, received_by="substitute")

    assert unmet("hold", away) == ["somebody_received"]
    assert unmet("hold", entering("substituted", "hold")) == []
    missed = a_life.lived("reception", "missed")
    assert missed.stage == "missed"
    assert missed.clock("make_up").state == "running"
    assert RECEPTION.stage("missed").open


@pytest.mark.parametrize(
    ("due", "why", "held"),
    [
        ("2025-02-02", "", []),
        ("2025-02-03", "", ["days_fit"]),
        ("2025-02-03", "需要先立项", []),
    ],
)
def test_a_promise_has_fifteen_days_unless_a_reason_is_stated(due, why, held):
    seen = a_life.with_fact(entering("closed", "promise"), held_on="2025-01-18")
    line = {**seen.entered["promises"][0], "promise_due": due, "promise_why": why}

    assert unmet("promise", a_life.with_entered(seen, promises=[line])) == held


def test_a_promise_is_handed_to_every_office_that_owes_a_step():
    seen = entering("closed", "hand_over")
    unit = seen.lines("promises")[0].facts["promise_unit"]

    assert unmet("hand_over", a_life.with_entered(seen, office=[unit])) == []
    assert unmet("hand_over", a_life.with_entered(seen, office=[unit + 1])) == ["offices_named"]
    closing = entering("closed", "close")
    nobody = tuple(one for one in closing.parties if one.role != "office")
    assert unmet("close", replace(closing, parties=nobody)) == ["offices_named"]


def test_each_petition_that_was_received_is_recorded():
    seen = entering("closed", "hand_over")
    named = a_life.with_entered(seen, office=[seen.lines("promises")[0].facts["promise_unit"]])

    assert unmet("hand_over", a_life.with_fact(named, visitors=2)) == ["recorded"]


def test_a_promise_ends_by_a_result_and_the_petitioner_is_told():
    done, told = entering("closed", "do_promise"), entering("closed", "tell")

    assert (unmet("do_promise", done), unmet("tell", told)) == ([], [])
    assert unmet("do_promise", a_life.with_entered(done, promises=[{"promise_result": ""}])) == ["result"]
    assert unmet("tell", a_life.with_entered(told, promises=[{"told_on": None}])) == ["day_told"]


def test_a_meeting_is_open_while_a_promise_has_no_result_or_nobody_was_asked():
    """M26: promise without result."""
    seen = entering("closed", "close")
    line = seen.lines("promises")[0]

    assert unmet("close", seen) == []
    assert unmet("close", a_life.with_lines(seen, "promises", ("done", line.facts, 0))) == ["told"]
    assert unmet("close", a_life.without_act(seen, "rate")) == ["act_done:rate"]
    assert set(RECEPTION.act("rate").not_by) == {"leader", "substitute"}


@pytest.mark.django_db
def test_promises_are_kept_in_time_when_they_are_done_not_when_the_meeting_is_closed(office):
    matter = a_story.played(office, "reception", "closed", steps=6)
    clock = matter.clocks.get(key="promises")

    with time_machine.travel(f"{clock.due_on}T09:00:00+08:00", tick=False):
        ticking.tick()
        ticking.tick()

    clock.refresh_from_db()
    assert (clock.state, clock.stopped_on, clock.met) == ("stopped", clock.due_on, True)
    assert matter.story.filter(act="note_kept").count() == 1


def test_promises_are_handed_over_once_so_that_nobody_gets_more_time():
    assert RECEPTION.act("hand_over").from_ == ("held",)
    assert [one.key for one in RECEPTION.acts if "promises" in one.starts] == ["hand_over"]


@pytest.mark.django_db
def test_an_office_reads_its_own_promises_and_nothing_of_other_petitions(office):
    matter = a_story.played(office, "reception", "closed", steps=3)
    promise, handed = sampling.cases("reception")["closed"]["steps"][3:5]
    other = {"promise_item": "信〔2025〕99号", "promise": "为另一人补缴社会保险。",
             "promise_unit": "unit:education", "promise_due": "day:27"}  # fmt: skip
    both = {"promises": [*promise["lines"]["promises"], other]}
    steps = [{**promise, "lines": both}, {**handed, "parties": {"office": ["housing", "education"]}}]
    matter = sampling.go_on(matter, steps, a_story.scene(office))

    contact = office.people[PEOPLE["housing_contact"]]
    seen = seen_of(viewer_for(contact), matter)
    read = json.dumps([one.slip.official for one in seen.slips], ensure_ascii=False, default=str)

    assert [one.key for one in seen.slips] == ["handed"]
    assert "99号" not in read
    assert "社会保险" not in read
    assert len(seen.lines) == 1


@pytest.mark.django_db
def test_an_office_learns_of_a_meeting_when_a_promise_is_handed_to_it(office):
    held = a_story.played(office, "reception", "closed", steps=4)
    handed = a_story.played(office, "reception", "closed", steps=5)
    contact = viewer_for(office.people[PEOPLE["housing_contact"]])

    assert (access.view_of(contact, held), access.view_of(contact, handed)) == ("", "part")
