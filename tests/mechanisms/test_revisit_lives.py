"""Return visits through the door: made and declined, and who may read them."""

from datetime import date

import a_story
import pytest

from qingfeng.matters import access
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def view(office, matter, key):
    scene = a_story.scene(office)
    return access.view_of(viewer_for(scene.person(key), date(2025, 6, 2)), matter)


def test_visits_are_made_recorded_and_closed_with_the_letter(office):
    matter = a_story.played(office, "revisit", "made")

    assert matter.stage == "closed"
    assert list(matter.slips.order_by("pk").values_list("key", flat=True)) == ["record", "record", "expiry"]
    assert matter.facts["restored"] == "recommended"


def test_the_second_record_does_not_repeat_what_was_said_at_the_first(office):
    matter = a_story.played(office, "revisit", "made")

    assert "difficulties" not in matter.facts
    assert "own_words" not in matter.facts


def test_a_person_declines_and_gives_no_reason(office):
    matter = a_story.played(office, "revisit", "declined")

    told = matter.story.get(act="decline_all")
    assert matter.stage == "closed"
    assert told.reason == ""
    assert told.entered == {}
    assert not matter.slips.filter(key="record").exists()


def test_one_visit_declined_sets_the_next_in_six_months(office):
    matter = a_story.played(office, "revisit", "declined_once")

    assert matter.stage == "recorded"
    assert matter.clocks.get(key="revisit_next").due_on == date(2025, 7, 18)
    assert matter.clocks.get(key="revisit_first").met is True


def test_visitors_the_organisation_room_and_the_principal_read_it_and_nobody_else(office):
    matter = a_story.played(office, "revisit", "made", steps=4)

    reading = {a_story.PEOPLE[key] for key in a_story.PEOPLE if view(office, matter, key) == "whole"}

    assert reading == {a_story.PEOPLE[key] for key in ("principal", "org_head", "visitor_one", "visitor_two")}


def test_the_deadline_of_the_first_visit_counts_from_the_decision(office):
    matter = a_story.played(office, "revisit", "planned")

    assert matter.clocks.get(key="revisit_first").due_on == date(2025, 2, 26)
