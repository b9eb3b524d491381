"""Groups of people beside those that were shown before: no combination of all lists tells of few."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.plain.overlaps import atoms, hidden_beside, is_alike, tells_of_few, worked_out
from qingfeng.plain.suppression import LEAST

PEOPLE = 14
groups = st.frozensets(st.integers(0, PEOPLE - 1), min_size=LEAST)


def of(*people):
    return frozenset(people)


def run(first, last):
    return frozenset(range(first, last))


def told_by(shown, groups_):
    """Those groups whose sum is a combination of shown sums, by floating-point algebra."""
    if not shown:
        return set()
    rows = np.array([[float(one in each) for one in range(PEOPLE)] for each in shown])
    _left, sizes, turned = np.linalg.svd(rows, full_matrices=False)
    base = turned[sizes > 1e-9]
    wanted = np.array([[float(one in each) for one in range(PEOPLE)] for each in groups_])
    apart = np.abs(wanted - wanted @ base.T @ base).max(axis=1)
    return {group for group, far in zip(groups_, apart, strict=True) if far < 1e-8}


FEW = [frozenset(some) for size in range(1, LEAST) for some in combinations(range(PEOPLE), size)]


@pytest.mark.parametrize(
    ("group", "alike"),
    [(run(0, 9), False), (run(0, 8), True), (run(0, 5), True), (run(0, 4), False), (run(1, 10), True),
     (run(0, 14), False), (run(20, 30), False)],
)  # fmt: skip
def test_a_group_that_differs_by_fewer_than_five_is_alike_and_the_same_one_is_not(group, alike):
    assert is_alike(group, [run(0, 9)]) is alike


def test_parts_are_those_who_are_in_the_same_groups():
    assert atoms([of(1, 2, 3), of(3, 4)]) == [of(1, 2), of(3), of(4)]


def test_one_who_left_is_worked_out_from_two_lists_and_the_list_is_hidden():
    before, after = run(0, 9), run(0, 8)

    assert worked_out([before, after], [of(8)]) == {of(8)}
    assert hidden_beside({"all": after}, [before], ()) == {"all"}


def test_two_small_lists_that_make_up_an_earlier_one_but_for_one_are_not_both_shown():
    """Neither is alike the earlier list; only their sum is."""
    before = run(0, 13)
    now = {"a": run(0, 6), "b": run(6, 12)}

    assert not any(is_alike(one, [before]) for one in now.values())
    assert len(hidden_beside(now, [before], ())) == 1


def test_a_list_of_the_same_people_is_shown_again():
    assert hidden_beside({"all": run(0, 9)}, [run(0, 9)], ()) == set()
    assert not tells_of_few(run(0, 9), [run(0, 9)])


def test_a_list_of_people_who_were_told_of_stays_beside_one_that_goes():
    given_ = [run(0, 9), run(9, 18), run(0, 18)]
    now = {"same": run(0, 9), "fewer": run(9, 17), "all": run(0, 17)}

    assert hidden_beside(now, given_, ()) == {"fewer", "all"}


def test_what_is_out_already_hides_nothing_more():
    assert hidden_beside({"other": run(20, 30)}, [run(0, 9), run(0, 8)], ()) == set()


@settings(max_examples=60)
@given(st.lists(groups, max_size=4), st.lists(groups, min_size=1, max_size=4))
def test_no_four_people_or_fewer_are_told_by_any_combination_of_all_lists_that_were_shown(before, now):
    """Whoever they are: every set of one to four of fourteen people is tried."""
    named = {str(no): one for no, one in enumerate(now)}
    hidden = hidden_beside(named, before, ())
    shown = [one for name, one in named.items() if name not in hidden]

    assert told_by([*shown, *before], FEW) - told_by(before, FEW) == set()
    assert not [one for one in shown if is_alike(one, before) and one not in before]


@settings(max_examples=40)
@given(st.lists(groups, min_size=1, max_size=4), groups)
def test_both_ways_of_asking_say_the_same(shown, asked):
    assert worked_out(shown, [asked]) == told_by(shown, [asked])
