"""Every state that a declaration allows, walked: stages, the clocks that run in them, who can go on."""

import pkgutil
from datetime import timedelta

import a_check
import a_house
import pytest
import time_machine

from qingfeng import mechanisms
from qingfeng.matters import access, walking
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling
from qingfeng.organization.viewer import viewer_for

KINDS = tuple(sorted(one.name for one in pkgutil.iter_modules(mechanisms.__path__) if one.ispkg))
STORIES = [
    (kind, name) for kind in KINDS for name, case in sampling.cases(kind).items() if "within" not in case
]
SEEN = {"whole", "part", "card"}
A_YEAR_BEFORE = a_house.NEW_YEAR - timedelta(weeks=52)  # calendars are known for two years from here
every_kind = pytest.mark.parametrize("kind", KINDS)


def ends_from(declared, stage, running):
    """Whether an end is reached from a state by some sequence of acts."""
    seen, queue = {(stage, running)}, [(stage, running)]
    while queue:
        here, clocks = queue.pop()
        if not declared.stage(here).open:
            return True
        for act, to in walking.steps_from(declared, here):
            after = (to, frozenset(walking.clocks_after(declared, act, to, clocks)))
            if after not in seen:
                seen.add(after)
                queue.append(after)
    return False


@every_kind
def test_from_every_pair_of_stage_and_clocks_there_is_a_way_to_an_end(kind):
    declared = mechanism(kind)

    for stage, sets in walking.clocks_running(declared).items():
        for running in sets:
            assert ends_from(declared, stage, running), (stage, sorted(running))


@every_kind
def test_in_every_pair_an_open_matter_owes_something_or_says_why_it_rests(kind):
    declared = mechanism(kind)

    pairs = [(stage, one) for stage, sets in walking.clocks_running(declared).items() for one in sets]

    assert pairs
    for stage, running in pairs:
        one = declared.stage(stage)
        assert bool(running) or bool(one.rests) or not one.open, stage
        assert one.open or not running, stage


@every_kind
def test_every_duty_is_owed_by_a_part_that_can_act_while_it_runs(kind):
    declared = mechanism(kind)

    for stage, sets in walking.clocks_running(declared).items():
        acting = {role for act, _to in walking.steps_from(declared, stage) for role in act.by}
        if any(sets):
            assert acting, stage


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), STORIES, ids=lambda word: word)
def test_a_story_goes_through_the_door_to_its_end(whole_house, kind, name):
    """It stays inside the state space, and whoever acts next can see the matter."""
    declared = mechanism(kind)
    walked = walking.clocks_running(declared)
    scene = whole_house.scene(A_YEAR_BEFORE, lambda at: time_machine.travel(at, tick=False))
    matter = sampling.play(kind, name, scene, steps=0)

    for step in sampling.cases(kind)[name]["steps"]:
        if step["by"] != sampling.HOUSE:
            with time_machine.travel(scene.at(step["day"]), tick=False):
                assert access.view_of(viewer_for(scene.person(step["by"])), matter) in SEEN, step["act"]
        matter = sampling.go_on(matter, [step], scene)
        there = Matter.objects.get(pk=matter.pk)
        running = frozenset(there.clocks.exclude(state="stopped").values_list("key", flat=True))
        assert any(running <= one for one in walked[there.stage]), (step["act"], there.stage, running)
        assert a_check.broken(there) == [], step["act"]

    assert matter.stage == sampling.stages_of(declared, sampling.cases(kind)[name])[-1]
