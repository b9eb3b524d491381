"""Two rounds of one year over the same people closed at one moment: the later looks at the earlier."""

import sys
from datetime import date
from pathlib import Path

import pytest
from a_round import BEGINS, DAYS, on

from qingfeng.appraisal import results, rosters, rounds
from qingfeng.appraisal.models import Rated, Round

sys.path.append(str(Path(__file__).parents[1] / "house"))

pytestmark = pytest.mark.django_db(transaction=True)
ROOMS = ("党风室", "信访室", "一室")


@pytest.fixture
def staff():
    """Everybody of three rooms, with unit and level."""
    from an_office_kept import sample_office

    office = sample_office()
    units = [office.units[name].pk for name in ROOMS]
    return rosters.rated_in(rosters.office_on(BEGINS), units)


def an_open_round(people, code):
    """A round that is to be closed, in which nobody votes: its results are there already."""
    days = {"from_on": BEGINS, "until_on": date(BEGINS.year, BEGINS.month, BEGINS.day + DAYS)}
    made = Round.objects.create(code=code, title=code, state="open", made_by_id=people[0].person, **days)
    Rated.objects.bulk_create(
        Rated(round=made, person_id=one.person, unit_id=one.unit, post="", level=one.level,
              result={"value": 70.0 + one.person % 23, "parts": []})
        for one in people
    )  # fmt: skip
    return made


def test_of_two_rounds_closed_at_the_same_moment_the_later_hides_who_is_in_one_alone(staff, monkeypatch):
    from at_once import at_once

    monkeypatch.setattr(
        results,
        "work_out",
        lambda round_: [(one, one.result) for one in round_.rated.select_related("unit")],
    )
    made = [an_open_round(staff, "2026-90"), an_open_round(staff[1:], "2026-91")]

    with on(DAYS + 1):
        told = at_once(*[lambda one=one: rounds.close(one, by=None) for one in made])

    boards = [Round.objects.get(pk=one.pk).board for one in made]
    assert told == [None, None], told
    assert ["beside" in one for one in boards].count(True) == 1
    assert ["distribution" in one for one in boards].count(True) == 1


def test_no_box_is_emptied_where_the_last_day_for_answers_is_not_known(staff, monkeypatch):
    from qingfeng.appraisal import box
    from qingfeng.organization.calendar import CalendarMissing

    made, emptied = an_open_round(staff, "2026-90"), []
    made.slates.create(form="peer", unit_id=staff[0].unit, people=[], secret=b"key")

    def missing(_day, _count):
        raise CalendarMissing("2027")

    monkeypatch.setattr(rounds, "_workdays_after", missing)
    monkeypatch.setattr(box, "empty", emptied.append)

    with on(DAYS + 1), pytest.raises(CalendarMissing):
        rounds.close(made, by=None)

    assert emptied == []
    assert bytes(made.slates.get().secret) == b"key"
