"""Every stage is reached by a story; the tests of the state space play each of them to its end."""

from dataclasses import replace
from datetime import timedelta

import a_life
import a_story
import pytest
from django.utils import timezone

from qingfeng.matters import walking
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling


@pytest.mark.parametrize("kind", a_life.ROOMS)
def test_there_is_a_story_to_every_stage_that_can_be_reached(kind):
    ways = list(sampling.ways_to_every_stage(mechanism(kind)))

    assert [way.stage for way in ways] == list(walking.reachable(mechanism(kind)))


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("directive", "closing"), ("accountability", "person")])
def test_a_story_of_the_past_is_played_as_it_was_without_turning_back_the_clock(office, kind, name):
    past = timezone.localdate() - timedelta(days=sampling.days_of(kind, name) + 1)
    where = replace(a_story.scene(office, past), on=sampling.Scene.on)

    matter = sampling.play(kind, name, where)

    first, last = matter.story.first(), matter.story.last()
    assert (matter.stage, matter.opened_on) == ("filed", past)
    assert (last.at - first.at).days == sampling.cases(kind)[name]["steps"][-1]["day"]


def test_a_story_lasts_as_long_as_the_stories_it_begins():
    assert sampling.days_of("directive", "closing", 4) == 2
    assert sampling.days_of("directive", "proposing") == 14 + sampling.days_of("accountability", "person")


@pytest.mark.django_db
def test_return_visits_end_with_a_decision_that_was_revoked(office):
    visits = a_story.in_stage(office, "revisit", "fallen")

    assert (visits.mechanism, visits.stage, visits.is_open) == ("revisit", "fallen", False)


@pytest.mark.django_db
def test_a_matter_is_made_in_the_stage_that_a_test_asks_for(office):
    directive = a_story.in_stage(office, "directive", "reported")

    assert directive.stage == "reported"
    assert directive.clocks.get(key="review").state == "running"
