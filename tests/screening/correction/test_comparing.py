"""Before and after against comparable units: known values, and how often the interval is right."""

import random
from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.screening.correction.comparing import Counts, change, digamma, trigamma

EULER = 0.5772156649015329


def dice(seed):
    return random.Random(seed)  # noqa: S311 - no secret: the same draws every time


def drawn(chance, rate, exposure):
    """A count that is binomial, as findings among judged rows are."""
    return Counts(sum(chance.random() < rate for _ in range(exposure)), exposure)


def group_of(chance, rates, *, before=400, after=200, factor=1.0):
    return [(drawn(chance, rate, before), drawn(chance, rate * factor, after)) for rate in rates]


@pytest.mark.parametrize(
    ("x", "wanted"),
    [(1, -EULER), (0.5, -EULER - 2 * 0.6931471805599453), (10, 2.251752589066721), (2, 1 - EULER)],
)
def test_digamma_has_its_known_values(x, wanted):
    assert digamma(x) == pytest.approx(wanted, abs=1e-10)


@pytest.mark.parametrize(("x", "wanted"), [(1, pi**2 / 6), (0.5, pi**2 / 2), (10, 0.10516633568168575)])
def test_trigamma_has_its_known_values(x, wanted):
    assert trigamma(x) == pytest.approx(wanted, abs=1e-9)


@given(st.floats(0.05, 80))
def test_digamma_climbs_by_one_over_x(x):
    assert digamma(x + 1) == pytest.approx(digamma(x) + 1 / x, rel=1e-8, abs=1e-9)


def test_a_unit_that_stopped_has_an_interval_below_one():
    chance = dice(1)
    others = group_of(chance, [0.03] * 8)

    told = change(Counts(40, 800), Counts(1, 400), others)

    assert told.high < 0.5
    assert told.low < told.ratio < told.high


def test_a_unit_that_moved_with_its_group_has_one_inside_the_interval():
    chance = dice(2)
    others = group_of(chance, [0.05] * 10, before=800, after=800, factor=0.4)

    told = change(Counts(40, 800), Counts(16, 800), others)

    assert told.group_ratio == pytest.approx(0.4, abs=0.1)
    assert told.low < 1 < told.high


def test_without_comparable_units_only_its_own_months_count():
    told = change(Counts(20, 100), Counts(10, 100), [])

    assert told.group_ratio == 1
    assert told.units == 0
    assert told.ratio == pytest.approx(0.5, abs=0.05)


def test_units_that_could_not_be_judged_in_one_period_are_left_out():
    others = [(Counts(3, 100), Counts(0, 0)), (Counts(3, 100), Counts(2, 100))]

    assert change(Counts(5, 100), Counts(5, 100), others).units == 1


def test_a_rate_is_drawn_towards_that_of_units_that_hardly_differ():
    chance = dice(3)
    others = group_of(chance, [0.02] * 12, before=1000, after=1000)

    told = change(Counts(8, 100), Counts(2, 100), others)

    assert 0.02 < told.shrunk_rate < 0.05  # its own 0.08 rests on 100 rows only


def test_twice_the_rows_and_findings_narrow_the_interval():
    chance = dice(4)
    others = group_of(chance, [0.05] * 6, before=500, after=500)
    small = change(Counts(25, 500), Counts(10, 500), others)

    large = change(Counts(250, 5000), Counts(100, 5000), others)

    assert large.high / large.low < small.high / small.low


def test_where_nothing_was_done_the_interval_holds_one_nine_times_in_ten():
    chance = dice(5)
    inside = 0
    for _ in range(300):
        rates = [chance.gammavariate(8, 0.05 / 8) for _ in range(9)]
        others = group_of(chance, rates[1:], before=300, after=150)
        told = change(drawn(chance, rates[0], 300), drawn(chance, rates[0], 150), others)
        inside += told.low <= 1 <= told.high

    assert 255 <= inside <= 300


def test_a_unit_chosen_for_its_worst_half_is_seldom_said_to_have_mended_by_itself():
    chance = dice(6)
    mended = plain = 0
    for _ in range(60):
        units = [(drawn(chance, 0.04, 200), drawn(chance, 0.04, 200)) for _ in range(20)]
        worst = max(range(20), key=lambda no: units[no][0].found)
        before, after = units[worst]
        told = change(before, after, [one for no, one in enumerate(units) if no != worst])
        mended += told.high < 1
        plain += after.found < before.found * 0.6

    assert mended <= 6
    assert plain > 2 * mended  # what a plain look at before and after would have believed


def test_a_unit_that_stands_far_out_keeps_most_of_its_own_rate():
    others = [(Counts(found, 60), Counts(0, 60)) for found in (0, 0, 1, 0, 0, 0, 1, 0)]

    told = change(Counts(12, 60), Counts(0, 60), others)

    assert told.shrunk_rate == pytest.approx(0.18, abs=0.03)
    assert told.high < 0.6


def test_a_group_that_hardly_finds_anything_is_not_said_to_have_doubled():
    others = [(Counts(found, 60), Counts(2 * found, 60)) for found in (0, 1, 0, 0, 1)]

    assert change(Counts(10, 60), Counts(10, 60), others).group_ratio == pytest.approx(1.1, abs=0.1)
