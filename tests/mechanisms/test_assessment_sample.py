"""The years of the sample: one assessment of this year or the last for each stage, none beside another."""

from dataclasses import replace
from datetime import date, timedelta

import a_story
import pytest

from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms import sampling
from qingfeng.mechanisms.assessment import sheets
from qingfeng.mechanisms.assessment.casts import CASTS, KEYS


def listed(cast):
    """Who is on the list of a cast."""
    return {cast["people"][key] for key in KEYS}


def test_no_two_casts_of_a_class_share_somebody_or_a_room():
    for one in CASTS:
        others = [cast for cast in CASTS if cast is not one]
        assert not listed(one) & {who for cast in others for who in listed(cast)}
        alike = [
            cast["facts"]
            for cast in others
            if cast["facts"]["objects_class"] == one["facts"]["objects_class"]
        ]
        assert not {*one["facts"]["units"]} & {unit for facts in alike for unit in facts["units"]}
        assert len(listed(one)) == len(KEYS)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 11, 27), date(2026, 2, 10)])
def test_a_sample_of_every_stage_is_of_this_year_and_the_last_two(office, today):
    ways = [way for way in sampling.ways_to_every_stage(mechanism("assessment")) if way.stage != "dropped"]

    made = []
    for way in ways:
        latest = today - timedelta(days=sampling.days_of(way.kind, way.case, way.steps))
        where = replace(a_story.scene(office, latest), of_others=True)
        made.append(sampling.play(way.kind, way.case, where, steps=way.steps))

    assert [one.stage for one in made] == [way.stage for way in ways]
    assert {int(one.facts["year"]) for one in made} <= {today.year, today.year - 1, today.year - 2}
    assert [sheets.same_year(one.facts).count() for one in made] == [1] * len(made)
