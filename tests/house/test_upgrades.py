"""A home with matters in every stage lives through two new versions of a declaration."""

import json
from dataclasses import replace

import a_check
import pytest
from django.core.checks import run_checks
from django.db import transaction

from qingfeng.matters import keeping, walking
from qingfeng.matters.answers import Done, Refusal
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import forget, mechanism, mechanisms, register
from qingfeng.matters.vocabulary import Act, Clock, Law, Mark, Stage
from qingfeng.mechanisms import sampling

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EVERY_KIND = [one.key for one in mechanisms()]
BASIS = (Law("试行办法", mark=Mark.PROPOSAL),)


def second(one):
    """The next version: a stage for checking that papers are complete, which is left by an act on a clock."""
    first = one.stages[0]
    checked = Stage("papers_checked", "Papers checked", "材料核验")
    leads_out = next(act for act in one.acts if first.key in act.from_ and act.to not in ("", first.key))
    check = Act(
        "check_papers", "Check papers", by=leads_out.by, from_=first.key, to=checked.key, starts="papers"
    )
    onward = replace(leads_out, from_=(*leads_out.from_, checked.key))
    clock = Clock("papers", "Go on", working_days=2, stops=leads_out.key, law=BASIS, bears=leads_out.by[0])
    acts = tuple(onward if act is leads_out else act for act in one.acts)
    stages = (first, checked, *one.stages[1:])
    return replace(
        one, version=one.version + 1, stages=stages, acts=(*acts, check), clocks=(*one.clocks, clock)
    )


def third(two, was):
    """The version after that: the first stage has another name and one duty is owed no more."""
    first = two.stages[0]
    renamed = replace(first, key="taken_in", name="Taken in")

    def at(stage):
        return "taken_in" if stage == first.key else stage

    acts = tuple(replace(act, from_=tuple(map(at, act.from_)), to=at(act.to)) for act in two.acts)
    return replace(
        two,
        version=two.version + 1,
        stages=(renamed, *two.stages[1:]),
        acts=acts,
        moves={was: {first.key: "taken_in"}, two.version: {first.key: "taken_in"}},
    )


@pytest.fixture
def newer():
    """Makes two newer versions of a kind known, for one test."""
    made = []

    def versions(kind):
        one = mechanism(kind)
        made.append(register(second(one)))
        made.append(register(third(made[0], one.version)))
        return one, *made

    yield versions
    for one in reversed(made):
        forget(one)


def every_stage(house, kind):
    """A matter in every stage, each kept by the ways that stories go."""
    import a_house
    import time_machine

    a_year_earlier = a_house.NEW_YEAR.replace(
        year=2025
    )  # a card is followed for two years: its calendar is known
    scene = house.scene(a_year_earlier, lambda at: time_machine.travel(at, tick=False))
    found = {}
    for way in sampling.ways_to_every_stage(mechanism(kind)):
        played = sampling.play(way.kind, way.case, scene, steps=way.steps)
        found[way.stage] = played if way.kind == kind else played.links_out.get(target__mechanism=kind).target
    return found


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_matters_of_every_stage_stay_as_they_are_and_move_when_somebody_moves_them(whole_house, kind, newer):
    matters = every_stage(whole_house, kind)
    before = {stage: Matter.objects.filter(pk=one.pk).values().get() for stage, one in matters.items()}

    one, _two, three = newer(kind)

    after = {stage: Matter.objects.filter(pk=each.pk).values().get() for stage, each in matters.items()}
    assert after == before
    assert not [found for found in run_checks(tags=["matters"]) if found.level >= 40]
    assert all(a_check.broken(Matter.objects.get(pk=each.pk)) == [] for each in matters.values())
    for stage, each in matters.items():
        _moved(whole_house, Matter.objects.get(pk=each.pk), stage, (one, three))


def _moved(house, matter, stage, versions):
    """Move one matter as its preview says, and hold that story, clocks and journal say so."""
    from qingfeng.organization.viewer import viewer_for

    one, three = versions
    plan = keeping.preview_move(matter)
    viewers = map(viewer_for, house.office.people.values())
    keeper = next((one for one in viewers if keeping.may_keep(one, matter)), None)
    if (
        keeper is None
    ):  # a file known by its card is kept by whoever asked to read it, one of the named by them
        assert one.named_only or any(role.card for role in one.parties)
        return
    done = keeping.move(matter, by=keeper, reason="新版规程施行")

    assert isinstance(done, Done), (stage, done)
    moved = Matter.objects.get(pk=matter.pk)
    assert (moved.version, moved.stage) == (three.version, plan.stage[1])
    assert plan.stage == (stage, "taken_in" if stage == one.stages[0].key else stage)
    said = json.loads(bytes(done.performance.entry.body))["facts"]
    assert (said["from_digest"], said["to_digest"]) == (one.digest, three.digest)
    running = set(moved.clocks.exclude(state="stopped").values_list("key", flat=True))
    if moved.is_open and not three.stage(moved.stage).rests:
        assert running
    assert isinstance(keeping.preview_move(moved), Refusal)


def test_a_matter_on_the_old_version_goes_on_by_the_old_acts_and_a_new_one_by_the_new(whole_house, newer):
    from qingfeng.organization.viewer import viewer_for

    old = every_stage(whole_house, "directive")["received"]
    newer("directive")
    registrar = viewer_for(whole_house.office.people["Y0102"])

    refused = perform("check_papers", old, by=registrar)
    with transaction.atomic():
        fresh = a_new_one(whole_house)
        checked = perform("check_papers", fresh, by=registrar)

    assert refused.why == "stage"
    assert isinstance(checked, Done), checked
    assert checked.matter.clocks.filter(key="papers", state="running").exists()


def a_new_one(house):
    """A directive that has just been opened, on the newest version."""
    import a_house
    import time_machine

    scene = house.scene(a_house.NEW_YEAR, lambda at: time_machine.travel(at, tick=False))
    return sampling.play("directive", "closing", scene, steps=0)


def test_the_newer_versions_of_these_tests_are_sound_declarations():
    from qingfeng.matters.checks import problems

    for kind in EVERY_KIND:
        two = second(mechanism(kind))
        three = third(two, mechanism(kind).version)

        assert [str(found) for one in (two, three) for found in problems(one)] == []
        assert set(walking.reachable(three)) == {stage.key for stage in three.stages}
