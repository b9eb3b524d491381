"""The work calendar in versions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as some

from qingfeng.screening.errors import Problem
from qingfeng.screening.reference.workdays import KNOWN_YEARS, work_calendar

pytestmark = pytest.mark.django_db
LAST = date(KNOWN_YEARS[-1], 12, 31)


def enter(since, until=None, kind="holiday", name="示例节", **more):
    from qingfeng.organization.calendar import enter_days

    return enter_days(
        since,
        until or since,
        kind=kind,
        name=name,
        announced_by=more.pop("announced_by", "示例通知"),
        by=None,
    )


def in_force(version=None):
    from qingfeng.organization.calendar import work_calendar_of

    return work_calendar_of(version)


@how(max_examples=50)
@given(step=some.integers(0, 3000), days=some.integers(0, 60))
def test_rest_days_are_those_of_the_published_calendar(step, days):
    since = LAST - timedelta(days=step + days)
    until = since + timedelta(days=days)

    expected = {day.date for day in work_calendar(since, until) if day.day_kind in ("weekend", "holiday")}

    assert in_force().rest_days(since, until) == expected


def test_a_makeup_day_is_worked_and_a_holiday_is_not():
    """全国年节及纪念日放假办法 (2024)."""
    calendar = in_force()

    assert calendar.is_rest_day(date(2026, 10, 1))
    assert calendar.kind(date(2026, 10, 1)) == "holiday"


def test_a_year_nobody_knows_is_an_error_that_says_so():
    from qingfeng.organization.calendar import CalendarMissing

    with pytest.raises(CalendarMissing) as told:
        in_force().is_rest_day(LAST + timedelta(days=1))

    assert str(LAST.year + 1) in told.value.what
    assert told.value.then


def test_a_period_that_runs_into_an_unknown_year_is_an_error():
    from qingfeng.organization.calendar import CalendarMissing

    with pytest.raises(CalendarMissing):
        in_force().rest_days(LAST, LAST + timedelta(days=1))


def test_a_year_is_known_once_a_holiday_of_it_is_entered():
    enter(date(LAST.year + 1, 1, 1), name="元旦")

    assert in_force().is_rest_day(date(LAST.year + 1, 1, 1))


def test_a_changed_calendar_is_a_new_version_and_the_old_one_stays():
    day = date(2026, 6, 3)
    old = in_force()
    enter(day)

    new = in_force()
    assert (new.version, new.is_rest_day(day)) == (old.version + 1, True)
    assert not in_force(old.version).is_rest_day(day)
    assert in_force(old.version).digest == old.digest


def test_the_same_days_again_make_no_new_version():
    first, again = enter(date(2026, 6, 3)), enter(date(2026, 6, 3))

    assert first == again


def test_a_removed_day_makes_a_version_that_says_what_the_first_said():
    from qingfeng.organization.calendar import remove_day

    before = in_force()
    enter(date(2026, 6, 3))
    after = remove_day(date(2026, 6, 3), by=None, reason="录入有误")

    assert after.number == before.version + 2
    assert after.digest == before.digest


def test_a_newer_published_calendar_makes_a_version_when_it_is_first_used():
    from qingfeng.organization import calendar
    from qingfeng.organization.models import CalendarVersion

    first = in_force()
    CalendarVersion.objects.filter(number=first.version).update(digest="0" * 64)
    calendar._opened.clear()

    assert in_force().version == first.version + 1


def test_days_without_a_notice_or_running_backwards_are_refused():
    with pytest.raises(Problem):
        enter(date(2026, 6, 3), announced_by=" ")
    with pytest.raises(Problem):
        enter(date(2026, 6, 3), date(2026, 6, 2))


def test_the_calendar_in_force_costs_one_query(django_assert_num_queries):
    in_force()

    with django_assert_num_queries(1):
        in_force()
