"""Every story of every mechanism goes through the door to its end, and every stage is reached by one."""

import a_story
import pytest

from qingfeng.matters.registry import mechanism, mechanisms
from qingfeng.mechanisms import sampling

pytestmark = pytest.mark.django_db
ROOMS = ("accountability", "directive", "notice", "referral", "revisit")
STORIES = [
    (kind, name) for kind in ROOMS for name, case in sampling.cases(kind).items() if "within" not in case
]
STAGES = [
    (kind, way.stage) for kind in ROOMS for way in sampling.ways_to_every_stage(mechanism(kind))
]


@pytest.mark.parametrize(("kind", "name"), STORIES, ids=lambda word: word)
def test_a_story_goes_through_the_door_to_its_end(office, kind, name):
    matter = a_story.played(office, kind, name)

    assert matter.stage == sampling.stages_of(mechanism(kind), sampling.cases(kind)[name])[-1]


@pytest.mark.parametrize(("kind", "stage"), STAGES, ids=lambda word: word)
def test_a_matter_can_be_made_in_every_stage(office, kind, stage):
    matter = a_story.in_stage(office, kind, stage)

    assert (matter.mechanism, matter.stage) == (kind, stage)


def test_the_rooms_of_this_test_are_known():
    assert {one.key for one in mechanisms()} >= set(ROOMS)
