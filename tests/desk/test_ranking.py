"""What one can do on a matter stands in the order in which one comes to it, for every kind of matter."""

from __future__ import annotations

from datetime import date

import pytest

from qingfeng.desk.offers import Missing, Offer
from qingfeng.desk.ranking import AT_HAND, FEW, ranked
from qingfeng.desk.shown import ClockShown
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.registry import mechanisms

KINDS = list(mechanisms())


def _all_at(declared, stage, missing=()):
    return [
        Offer(act, None, tuple(Missing("x") for key in missing if key == act.key))
        for act in declared.acts
        if declared.is_from(act, stage)
    ]


def _running(*keys, on=date(2026, 3, 1)):
    return [ClockShown(ClockRun(key=key, due_on=on), None, None, []) for key in keys]


def _shown(offered):
    return [*([offered.next] if offered.next else []), *offered.at_hand, *offered.folded, *offered.resting]


@pytest.mark.parametrize("declared", KINDS, ids=lambda one: one.key)
def test_every_act_stands_once_and_few_of_them_open(declared):
    for stage in declared.stages:
        offers = _all_at(declared, stage.key)

        offered = ranked(offers, declared, Matter(stage=stage.key), ())

        assert sorted(one.act.key for one in _shown(offered)) == sorted(one.act.key for one in offers)
        assert len(offered.at_hand) <= max(AT_HAND, FEW - 1)
        if offered.folded:
            assert len(offered.at_hand) <= AT_HAND


@pytest.mark.parametrize("declared", KINDS, ids=lambda one: one.key)
def test_the_next_step_needs_no_reason_and_does_not_lead_back(declared):
    order = [one.key for one in declared.stages]
    for stage in declared.stages:
        step = ranked(_all_at(declared, stage.key), declared, Matter(stage=stage.key), ()).next

        assert step is None or not step.act.reason
        assert step is None or not step.act.to or order.index(step.act.to) >= order.index(stage.key)


def test_what_a_running_clock_waits_for_comes_first():
    found = 0
    for declared in KINDS:
        for stage in declared.stages:
            offers = _all_at(declared, stage.key)
            for one in offers:
                clocks = [clock.key for clock in declared.stopped_by(one.act.key)]
                order = [each.key for each in declared.stages]
                back = one.act.to and order.index(one.act.to) < order.index(stage.key)
                if not clocks or one.act.reason or back:
                    continue
                offered = ranked(offers, declared, Matter(stage=stage.key), _running(*clocks))
                found += 1
                stopped = {clock.key for clock in declared.stopped_by(offered.next.act.key)}
                assert stopped & set(clocks)
                assert offered.due_on == date(2026, 3, 1)
    assert found > 20


def test_what_lacks_something_rests_and_gives_way_to_what_can_be_done():
    declared = next(one for one in KINDS if one.key == "directive")
    stage = declared.stages[0].key
    offers = _all_at(declared, stage)
    first = ranked(offers, declared, Matter(stage=stage), ()).next.act.key

    offered = ranked(_all_at(declared, stage, missing=[first]), declared, Matter(stage=stage), ())

    if offered.next.act.key == first:  # nothing else moves it on: then it says what is missing
        assert offered.next.missing
    else:
        assert first in {one.act.key for one in offered.resting}


def _plainly_stopped(declared):
    """Clocks that an act stops, in some stage, without a reason and without leading back."""
    order = [one.key for one in declared.stages]
    return {
        clock.key
        for stage in declared.stages
        for one in _all_at(declared, stage.key)
        if not one.act.reason and not (one.act.to and order.index(one.act.to) < order.index(stage.key))
        for clock in declared.stopped_by(one.act.key)
    }


def test_what_a_clock_waits_for_stands_open_where_nothing_plainer_ever_stops_it():
    found = 0
    for declared in KINDS:
        alone = {one.key for one in declared.clocks} - _plainly_stopped(declared)
        for stage in declared.stages:
            offers = _all_at(declared, stage.key)
            for key in alone:
                stops = {
                    one.act.key for one in offers if key in {c.key for c in declared.stopped_by(one.act.key)}
                }

                offered = ranked(offers, declared, Matter(stage=stage.key), _running(key))

                found += bool(stops)
                assert not stops & {one.act.key for one in offered.folded}
                assert offered.next is None or not offered.next.act.reason
    assert found > 10


def test_giving_up_is_not_what_a_clock_waits_for_where_another_act_stops_it_later():
    declared = next(one for one in KINDS if one.key == "verification")
    offers = _all_at(declared, "weighed")

    offered = ranked(offers, declared, Matter(stage="weighed"), _running("verify_red"))

    assert "exclude" in {one.act.key for one in offered.folded}
