from datetime import date

import pytest
import time_machine
from a_run import ANALYST, HEAD, a_lead, looking, on_the_desk, unit
from a_verdict import judged, settled

from qingfeng.findings.access import visible_leads
from qingfeng.findings.exceptions import approve, propose
from qingfeng.findings.models import Draw, Lead, RuleStanding
from qingfeng.findings.ticking import tick
from qingfeng.organization.district_settings import set_setting
from qingfeng.organization.models import Interest, Person, Unit


@pytest.fixture
def desk(office, tmp_path):
    with time_machine.travel("2026-11-26T09:00:00+08:00", tick=False):
        yield on_the_desk(tmp_path, a_lead("a1"))["a1"]


def test_an_exception_whose_day_is_over_shows_its_lead_again(desk):
    made = propose(desk, by=looking(ANALYST), reason="值守用车", until_on=date(2026, 11, 30))
    approve(made, by=looking(HEAD))

    with time_machine.travel("2026-12-01T09:00:00+08:00", tick=False):
        tick()

    assert Lead.objects.get().excepted_by is None


def test_the_week_is_drawn_without_anybody_asking(desk):
    tick()

    assert Draw.objects.get().population == [desk.key]


def test_a_floor_that_the_district_has_moved_counts_for_every_rule(desk):
    for _time in range(10):
        settled(judged("fuel_holiday", "refuted"))
    tick()
    set_setting("findings.watch_only_below", 50, by=None, reason="试行")

    tick()

    assert RuleStanding.objects.get(rule="fuel_holiday").is_watch_only


def test_a_name_that_was_given_to_a_unit_recuses_from_its_leads(desk):
    Lead.objects.update(unit_name="云水区渔政站", unit=None)
    Unit.objects.filter(short_name="区水务局").update(aliases=["云水区渔政站"])
    Interest.objects.create(
        person=Person.objects.get(number=ANALYST), unit=unit("区水务局"), kind=Interest.Kind.SHARES
    )
    before = visible_leads(looking(ANALYST)).count()

    tick()

    assert (before, visible_leads(looking(ANALYST)).count()) == (1, 0)


def test_the_same_again_changes_nothing(desk):
    tick()

    assert tick() == 0
