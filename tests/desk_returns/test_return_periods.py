"""Periods of returns, and the periods that stand beside one."""

from datetime import date

import pytest

from qingfeng.desk.returns import periods
from qingfeng.desk.returns.periods import Days


@pytest.mark.parametrize(
    ("kind", "slug", "since", "until"),
    [
        ("month", "2024m02", date(2024, 2, 1), date(2024, 2, 29)),
        ("quarter", "2026q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("half", "2026h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("year", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("custom", "20260305-20260410", date(2026, 3, 5), date(2026, 4, 10)),
    ],
)
def test_a_word_in_an_address_names_a_period_and_back(kind, slug, since, until):
    days = periods.of_slug(kind, slug)

    assert days == Days(since, until)
    assert periods.slug_of(kind, days) == slug


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("month", "2026m13"),
        ("month", "2026q1"),
        ("year", "2026h1"),
        ("custom", "20260410-20260305"),
        ("year", ""),
        ("year", "0001"),
        ("custom", "00010101-00010131"),
        ("custom", "20260101-99991231"),
    ],
)
def test_another_word_names_none(kind, slug):
    assert periods.of_slug(kind, slug) is None


def test_beside_a_period_stand_the_one_before_the_same_of_last_year_and_the_year_so_far():
    first = Days(date(2024, 1, 1), date(2024, 3, 31))

    assert periods.beside("quarter", first, "last") == Days(date(2023, 10, 1), date(2023, 12, 31))
    assert periods.beside("quarter", first, "cumulative") == first
    assert periods.beside("month", Days(date(2024, 2, 1), date(2024, 2, 29)), "year_ago") == Days(
        date(2023, 2, 1), date(2023, 2, 28)
    )
    assert periods.before("custom", Days(date(2026, 3, 5), date(2026, 3, 9))) == Days(
        date(2026, 2, 28), date(2026, 3, 4)
    )


def test_the_last_period_that_has_ended_is_offered_first():
    assert periods.last_ended("quarter", date(2026, 1, 15)) == Days(date(2025, 10, 1), date(2025, 12, 31))
