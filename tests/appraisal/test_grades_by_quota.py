"""Grades by quota (格次赋分): what totals propose, and what people may choose."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.appraisal.points import grades
from qingfeng.appraisal.points.grades import Standing, assign, wrong


def standings(**totals):
    return [Standing(key, Decimal(str(total))) for key, total in totals.items()]


def test_a_fifth_of_those_graded_may_be_excellent_and_it_is_rounded_down():
    assert [grades.places(count) for count in (0, 4, 5, 9, 10)] == [0, 0, 1, 1, 2]
    assert grades.places(9, Fraction(1, 3)) == 3


def test_points_give_the_grade_and_the_quota_takes_the_rest_one_lower():
    rows = standings(a=96, b=95, c=92, d=74.99, e=59.99, f=75, g=60, h=80, i=81, j=82)

    found = assign(rows)

    assert found.grades == {
        "a": "excellent", "b": "excellent", "c": "competent", "d": "basic", "e": "failed", "f": "competent",
        "g": "basic", "h": "competent", "i": "competent", "j": "competent",
    }  # fmt: skip
    assert (found.tied, found.places, found.free) == ((), 2, 0)


def test_equal_totals_at_the_edge_are_left_to_people_and_none_of_them_is_preferred():
    rows = standings(a=96, b=93, c=93, d=93, **{f"x{no}": 70 for no in range(6)})

    found = assign(rows)

    assert found.grades["a"] == "excellent"
    assert found.tied == ("b", "c", "d")
    assert {found.grades[key] for key in found.tied} == {"competent"}
    assert (found.places, found.free) == (2, 1)


def test_a_veto_is_the_lowest_grade_whatever_the_points():
    found = assign([Standing("a", Decimal(99), is_vetoed=True), *standings(b=91, c=80, d=80, e=80)])

    assert found.grades["a"] == "failed"
    assert found.grades["b"] == "excellent"


def test_whoever_has_no_grade_this_year_neither_has_one_nor_widens_the_quota():
    new = Standing("new", Decimal(99), undetermined=True)

    found = assign([new, *standings(a=95, b=94, c=93, d=92)])

    assert found.grades["new"] == "none"
    assert found.places == 0


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ({"a": "excellent"}, {}),
        ({"a": "competent", "b": "excellent"}, {}),
        ({"a": "excellent", "b": "excellent"}, {"over_quota": ("a", "b")}),
        ({"c": "competent"}, {"too_high": ("c",)}),
        ({"d": "basic"}, {"too_high": ("d",)}),
        ({"e": ""}, {"no_grade": ("e",)}),
        ({"f": "competent"}, {"not_graded": ("f",)}),
        ({"e": "none"}, {"not_graded": ("e",)}),
    ],
)
def test_people_choose_within_quota_points_and_vetoes(chosen, why):
    rows = [
        *standings(a=95, b=95, c=70, e=80),
        Standing("d", Decimal(90), is_vetoed=True),
        Standing("f", Decimal(0), undetermined=True),
    ]
    proposed = {**assign(rows).grades, **chosen}

    assert wrong(rows, proposed) == why


@given(st.lists(st.tuples(st.decimals(0, 115, places=2), st.booleans(), st.booleans()), max_size=40))
def test_what_is_proposed_can_always_be_chosen_as_it_is(rows):
    all_ = [Standing(str(no), *row) for no, row in enumerate(rows)]

    found = assign(all_)

    assert wrong(all_, found.grades) == {}
    assert all(found.grades[one] == "competent" for one in found.tied)
