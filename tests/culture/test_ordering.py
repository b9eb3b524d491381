import random
from itertools import permutations
from math import dist

import pytest

from qingfeng.culture.ordering import Call, best_order, walk

NOON = 12 * 60.0


def scattered(count, seed):
    draw = random.Random(seed)  # noqa: S311 - a scatter, no secret
    points = [(draw.uniform(0, 90), draw.uniform(0, 90)) for _ in range(count)]
    return [[dist(one, other) for other in points] for one in points]


@pytest.mark.parametrize("seed", range(8))
def test_up_to_nine_stops_no_order_is_better(seed):
    draw = random.Random(seed)  # noqa: S311 - a scatter, no secret
    minutes = scattered(6, seed)
    calls = [
        Call(15, opens, opens + draw.uniform(60, 400)) for opens in (draw.uniform(500, 900) for _ in range(6))
    ]

    found = best_order(calls, minutes, starts=540)

    every = (walk(calls, minutes, order, starts=540) for order in permutations(range(6)))
    assert (found.late, found.ends) == pytest.approx(min((late, ends) for ends, late in every))
    assert found.is_exact


def test_a_stop_that_opens_in_the_afternoon_is_visited_last():
    calls = [Call(30, opens=14 * 60), Call(30), Call(30)]
    minutes = [[0, 5, 5], [5, 0, 5], [5, 5, 0]]

    found = best_order(calls, minutes, starts=9 * 60)

    assert found.order[-1] == 0


def test_a_stop_that_closes_at_noon_is_not_left_for_later_though_that_were_shorter():
    calls = [Call(60), Call(60), Call(60, closes=NOON)]
    minutes = [[0, 10, 90], [10, 0, 90], [90, 90, 0]]

    found = best_order(calls, minutes, starts=9 * 60)

    assert found.order[0] == 2
    assert found.late == 0


def test_where_no_order_respects_every_hour_it_says_by_how_much():
    calls = [Call(60, closes=600), Call(60, closes=600)]

    found = best_order(calls, [[0, 10], [10, 0]], starts=540)

    assert found.late == 70


def test_a_stop_that_must_come_first_does():
    minutes = scattered(7, 3)

    assert best_order([Call(5)] * 7, minutes, starts=0, first=4).order[0] == 4


def test_above_nine_stops_no_reversal_is_better():
    minutes = scattered(14, 5)
    calls = [Call(5)] * 14

    found = best_order(calls, minutes, starts=540)

    order = list(found.order)
    turned = [order[:a] + order[a:b][::-1] + order[b:] for a in range(14) for b in range(a + 2, 15)]
    assert sorted(order) == list(range(14))
    assert not found.is_exact
    assert all(walk(calls, minutes, one, starts=540)[0] >= found.ends - 1e-9 for one in turned)


def test_no_stops_end_where_they_begin():
    assert best_order([], [], starts=540).ends == 540
