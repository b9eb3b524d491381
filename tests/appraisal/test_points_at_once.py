"""Two at once: whatever two people press at the same moment happens once, and the later one is told so."""

import sys
from datetime import date
from pathlib import Path

import pytest
import time_machine

from qingfeng.appraisal.points import schemes, sheets, trial
from qingfeng.appraisal.points.tables import Indicator, Mark, Part, Period, Scheme, Score, ScoreSheet, Settled
from qingfeng.journal.models import JournalEntry
from qingfeng.screening.errors import Problem

sys.path.append(str(Path(__file__).parents[1] / "house"))
sys.path.append(str(Path(__file__).parents[1] / "organization"))

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = 2026
AFTER = date(2027, 1, 6)


@pytest.fixture
def house():
    """A unit of three, whoever writes schemes, and two leaders."""
    import an_office

    unit = an_office.a_unit(is_ours=True)
    for _no in range(3):
        an_office.a_post(None, unit, "handler")
    return unit, *(an_office.a_person().pk for _no in range(3))


def at_once(*acts):
    from at_once import at_once

    return at_once(*acts)


def a_draft(by, year=YEAR):
    """A draft that was tried."""
    made = schemes.draft(year, "办法", by=by)
    trial.run(made, by=by)
    return made


def in_force(by, leader):
    made = a_draft(by)
    schemes.put_in_force(made, by=leader)
    made.refresh_from_db()
    return made


def entries(kind):
    """How often something is told in the journal."""
    return JournalEntry.objects.filter(kind=f"points.{kind}").count()


def judge_all(sheet, period, by):
    for one in sheet.scheme.indicators.filter(by=Indicator.By.JUDGED):
        if one.holds_for(sheet.kind) and period in one.in_periods:
            sheets.judge(sheet, one, period, given=sheets.Given(one.most, ("办结材料",)), by=by)


def test_who_lays_out_at_the_same_moment_finds_everybody_laid_out(house):
    _unit, by, leader, _other = house
    scheme = in_force(by, leader)

    told = at_once(*[lambda: sheets.lay_out(scheme, by=by)] * 2)

    assert sorted(told) == [0, 4]
    assert ScoreSheet.objects.count() == 4
    assert Part.objects.count() == 4 * len(Period.values)


def test_of_two_who_begin_a_draft_at_the_same_moment_one_is_told_of_the_other(house):
    _unit, by, leader, _other = house

    told = at_once(*(lambda who=who: schemes.draft(YEAR, "办法", by=who) for who in (by, leader)))

    assert {type(one) for one in told} == {Scheme, Problem}
    assert Scheme.objects.count() == 1


def test_a_scheme_that_two_put_in_force_at_the_same_moment_is_in_force_once(house):
    _unit, by, *leaders = house
    made = a_draft(by)

    told = at_once(*(lambda who=who: schemes.put_in_force(made, by=who) for who in leaders))

    there = Scheme.objects.get()
    assert {type(one) for one in told} == {type(None), Problem}
    assert (there.state, there.forced_by_id) == ("in_force", leaders[told.index(None)])
    assert entries("in_force") == 1


def test_sheets_laid_out_while_a_new_version_comes_into_force_are_all_under_it(house):
    _unit, by, leader, _other = house
    old = in_force(by, leader)
    new = a_draft(by)

    told = at_once(
        lambda: schemes.put_in_force(new, by=leader),
        lambda: sheets.lay_out(old, by=by),
    )

    assert told[0] is None
    assert isinstance(told[1], Problem) or told[1] == 4
    assert set(ScoreSheet.objects.values_list("scheme", flat=True)) <= {new.pk}


def test_points_given_while_a_new_version_comes_into_force_are_of_one_version(house):
    _unit, by, leader, other = house
    old = in_force(by, leader)
    sheets.lay_out(old, by=by)
    new = a_draft(by)
    sheet = ScoreSheet.objects.exclude(person=None).select_related("scheme").first()
    one = old.indicators.filter(by=Indicator.By.JUDGED, period="quarter", of="person").first()
    given = sheets.Given(one.most, ("办结材料",))

    told = at_once(
        lambda: schemes.put_in_force(new, by=leader),
        lambda: sheets.judge(sheet, one, "q1", given=given, by=other),
    )

    assert sum(isinstance(answer, Problem) for answer in told) == 1, told
    assert not [score for score in Score.objects.all() if score.indicator.scheme_id != score.sheet.scheme_id]
    assert ScoreSheet.objects.get(pk=sheet.pk).scheme.state == "in_force"


def test_a_period_that_two_close_at_the_same_moment_is_closed_once(house):
    _unit, by, leader, other = house
    scheme = in_force(by, leader)
    sheets.lay_out(scheme, by=by)
    with time_machine.travel(AFTER, tick=False):
        people = list(scheme.sheets.select_related("scheme", "unit"))
        for sheet in people:
            for period in sheets.over_on(scheme):
                judge_all(sheet, period, other)
        for period in sheets.over_on(scheme)[:-1]:
            sheets.close_period(scheme, period, by=by)
        last = sheets.over_on(scheme)[-1]
        told = at_once(*(lambda who=who: sheets.close_period(scheme, last, by=who) for who in (by, leader)))

    assert sorted(one.count for one in told) == [0, len(people)]
    assert [one.waiting for one in told] == [(), ()]
    assert Settled.objects.count() == len(people)
    readings = Score.objects.filter(by=None).values_list("sheet", "indicator", "period")
    assert len(readings) == len(set(readings))
    assert Mark.objects.count() == 0
    assert entries("settled") == len(people)
