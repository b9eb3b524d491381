"""The work calendar against the published notices."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from qingfeng.screening.errors import Problem
from qingfeng.screening.reference.workdays import Day, work_calendar

NOTICES = Path(__file__).parents[4] / "shared/data/calendar"


@pytest.mark.skipif(
    not NOTICES.exists(), reason="the published notices lie beside the project only where it is built"
)
def test_all_days_of_twenty_years_agree_with_the_published_notices():
    off = {}
    for file in sorted(NOTICES.glob("*.json")):
        off |= {day["date"]: day["isOffDay"] for day in json.loads(file.read_text(encoding="utf-8"))["days"]}

    days = list(work_calendar(date(2007, 1, 1), date(2026, 12, 31)))

    assert len(days) == 7305
    wrong = [
        day.date
        for day in days
        if (day.day_kind in ("weekend", "holiday")) != off.get(day.date.isoformat(), day.date.weekday() >= 5)
    ]
    assert wrong == []


def test_a_make_up_workday_on_a_sunday_is_no_rest_day():
    (day,) = work_calendar(date(2026, 10, 10), date(2026, 10, 10))

    assert day.day_kind == "makeup"
    assert day.date.weekday() == 5


def test_a_year_without_a_notice_is_an_error_and_never_a_guess():
    with pytest.raises(Problem, match="2031") as refused:
        list(work_calendar(date(2030, 12, 30), date(2031, 1, 2)))

    assert "工作日历" in refused.value.then


def test_a_district_that_enters_a_year_gets_it():
    own = [
        Day(date(2031, 1, 1), "holiday", "元旦", "区通知"),
        Day(date(2031, 1, 4), "makeup", "元旦", "区通知"),
    ]

    days = {day.date: day.day_kind for day in work_calendar(date(2031, 1, 1), date(2031, 1, 5), own)}

    assert days == {
        date(2031, 1, 1): "holiday",
        date(2031, 1, 2): "workday",
        date(2031, 1, 3): "workday",
        date(2031, 1, 4): "makeup",
        date(2031, 1, 5): "weekend",
    }


def test_the_district_s_own_day_wins_over_the_national_one():
    own = [Day(date(2026, 3, 2), "holiday", "民俗节", "区通知")]

    (day,) = work_calendar(date(2026, 3, 2), date(2026, 3, 2), own)

    assert (day.day_kind, day.holiday_name) == ("holiday", "民俗节")


def test_every_day_has_exactly_one_kind_over_a_long_period():
    days = list(work_calendar(date(2015, 1, 1), date(2026, 12, 31)))

    assert [day.date for day in days] == [date(2015, 1, 1) + timedelta(days=n) for n in range(len(days))]
    assert {day.day_kind for day in days} == {"workday", "weekend", "holiday", "makeup"}
