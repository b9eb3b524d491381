"""Rates of cells: arithmetic that can be checked by hand or by another way."""

from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from qingfeng.desk.cockpit.rates import cdf, prior, quantile, rates


def test_with_shape_one_the_gamma_is_the_exponential():
    assert cdf(1.5, 1) == pytest.approx(1 - exp(-1.5))
    assert cdf(0.2, 1) == pytest.approx(1 - exp(-0.2))


def test_with_shape_two_and_three_it_is_the_erlang():
    assert cdf(2.0, 2) == pytest.approx(1 - exp(-2) * 3)
    assert cdf(5.0, 3) == pytest.approx(1 - exp(-5) * (1 + 5 + 12.5))


@settings(deadline=None)
@given(some.floats(0.01, 0.99), some.floats(0.05, 500))
def test_a_quantile_is_where_the_probability_is_reached(share, shape):
    assert cdf(quantile(share, shape), shape) == pytest.approx(share, abs=1e-6)


def test_nothing_counted_gives_no_rate():
    assert rates([(0, 100), (0, 50)]) == []


def test_cells_that_differ_as_chance_alone_would_share_the_common_rate():
    found = rates([(10, 1000), (10, 1000), (10, 1000)])

    assert [round(one.mean, 4) for one in found] == [0.01, 0.01, 0.01]


def test_a_small_cell_is_drawn_to_the_common_rate_further_than_a_large_one():
    small, large, *_rest = rates([(2, 10), (200, 1000), (5, 1000), (8, 1000), (3, 1000)])
    common = 218 / 4010

    assert small.mean < 0.2 < large.mean + 0.02
    assert abs(small.mean - common) < abs(large.mean - common)


@settings(deadline=None)
@given(some.lists(some.tuples(some.integers(0, 40), some.integers(5, 5000)), min_size=2, max_size=30))
def test_an_interval_rises_and_its_lower_end_is_at_most_the_mean(cells):
    found = rates(cells)

    assert all(0 <= one.low <= min(one.mean, one.high) for one in found)
    if found:
        a, b = prior(cells)
        assert a > 0
        assert b > 0
