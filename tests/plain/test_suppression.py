"""Small cells: what is hidden can be worked out from nothing that is shown."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.plain.suppression import TOTAL, can_be_known, every_margin, hidden_cells, totals

COUNTS = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 9, 20, 50])


@st.composite
def tables(draw):
    """A table of one to three dimensions, two or three values each."""
    shape = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    keys = [()]
    for size in shape:
        keys = [(*key, str(no)) for key in keys for no in range(size)]
    return {key: draw(COUNTS) for key in keys}


def _sums(key, cells):
    return [int(all(a in (b, TOTAL) for a, b in zip(key, cell, strict=True))) for cell in cells]


def _echelon(rows):
    """The rows of a matrix over the fractions in echelon form, by hand: nothing of the code under test."""
    found = []
    for row in rows:
        rest = _rest(row, found)
        place = next((no for no, one in enumerate(rest) if one), None)
        if place is not None:
            found.append((place, [one / rest[place] for one in rest]))
    return found


def _rest(row, echelon):
    left = [Fraction(one) for one in row]
    for place, pivot in echelon:
        if left[place]:
            left = [a - left[place] * b for a, b in zip(left, pivot, strict=True)]
    return left


@settings(max_examples=50, deadline=None)
@given(tables())
def test_no_hidden_cell_or_total_is_a_combination_of_what_is_shown(table):
    hidden, cells = hidden_cells(table), sorted(table)
    shown = [key for key in (*table, *totals(table)) if key not in hidden]

    known = _echelon(_sums(key, cells) for key in shown)

    assert all(any(_rest(_sums(key, cells), known)) for key in hidden)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_every_small_count_is_hidden_and_nothing_more_than_it_takes(table):
    hidden = hidden_cells(table)
    values = {**table, **totals(table)}
    small = {key for key, value in values.items() if 0 < value < 5}

    assert small <= hidden
    assert can_be_known(table, hidden) == []
    assert all(can_be_known(table, hidden - {key}) for key in hidden - small)


def test_a_small_cell_takes_three_neighbours_along():
    table = {
        ("甲", "1"): 3,
        ("甲", "2"): 30,
        ("乙", "1"): 40,
        ("乙", "2"): 50,
        ("丙", "1"): 60,
        ("丙", "2"): 8,
    }

    hidden = hidden_cells(table)

    assert {("甲", "1"), ("甲", "2")} < hidden
    assert len(hidden) == 4


def test_where_a_line_has_nothing_else_its_total_is_hidden():
    table = {("甲", "1"): 3, ("甲", "2"): 0, ("乙", "1"): 40, ("乙", "2"): 50, ("丙", "1"): 7, ("丙", "2"): 0}

    hidden = hidden_cells(table)

    assert ("甲", "1") in hidden
    assert ("甲", TOTAL) in hidden
    assert ("甲", "2") not in hidden


def test_what_costs_least_is_hidden_beside():
    table = {("甲",): 3, ("乙",): 20, ("丙",): 90}

    assert hidden_cells(table) == {("甲",), ("乙",)}
    assert hidden_cells(table, cost=lambda key: {"乙": 9, "丙": 1}[key[0]]) == {("甲",), ("丙",)}


def test_an_empty_cell_is_shown_and_a_table_without_small_ones_whole():
    assert hidden_cells({("甲", "1"): 0, ("甲", "2"): 9}) == frozenset()
    assert hidden_cells({}) == frozenset()


def test_who_says_what_is_sensitive_is_heard():
    table = {("甲",): 100, ("乙",): 200, ("丙",): 300}

    assert hidden_cells(table, sensitive={("丙",)}) == {("丙",), ("甲",)}
    assert hidden_cells(table, sensitive=lambda _key, value: value == 600) >= {(TOTAL,)}


def test_a_margin_that_nobody_shows_gives_nothing_away():
    table = {("甲", "1"): 3, ("甲", "2"): 30, ("乙", "1"): 40, ("乙", "2"): 50}

    assert hidden_cells(table, margins=[]) == {("甲", "1")}
    assert len(hidden_cells(table, margins=[(0,)])) == 2
    assert len(hidden_cells(table, margins=every_margin(2))) == 4


@pytest.mark.parametrize("order", [sorted, lambda keys: sorted(keys, reverse=True)])
def test_the_order_in_which_cells_come_changes_nothing(order):
    table = {(a, b): (3 * ord(a) + 7 * ord(b)) % 23 for a in "甲乙丙丁" for b in "12345"}

    assert hidden_cells({key: table[key] for key in order(table)}) == hidden_cells(table)


def test_what_says_most_is_not_given_up_where_a_square_of_cheap_cells_is_enough():
    columns = ("4 driven", "3 filled", "1 bought", "2 travelled")
    rows = {"a": (20, 20, 43, 10), "b": (5, 5, 14, 3), "c": (7, 7, 10, 3), "d": (80, 75, 193, 40)}
    table = {(row, name): value for row in rows for name, value in zip(columns, rows[row], strict=True)}
    told = {("a", "3 filled"): 17, ("c", "3 filled"): 4, ("d", "3 filled"): 24}

    hidden = hidden_cells(table, cost=lambda key: told.get(key, 0) + table[key] / (table[key] + 1))

    assert hidden == {(row, name) for row in "bc" for name in ("3 filled", "2 travelled")}
    assert can_be_known(table, hidden) == []


def test_two_gaps_that_sum_to_two_are_not_left_to_be_one_each():
    table = {("甲", "1"): 1, ("甲", "2"): 1, ("甲", "3"): 20, ("甲", "4"): 90}

    hidden = hidden_cells(table, margins=[(0,)])

    assert can_be_known(table, {("甲", "1"), ("甲", "2")}, margins=[(0,)]) == [("甲", "1"), ("甲", "2")]
    assert hidden == {("甲", "1"), ("甲", "2"), ("甲", "3")}


def test_what_is_summed_along_with_counts_is_not_told_by_their_being_one():
    table = {("甲", "1"): 1, ("甲", "2"): 1, ("甲", "3"): 20}
    hidden = {("甲", "1"), ("甲", "2")}

    assert can_be_known(table, hidden, margins=[(0,)], are_counts=False) == []


@settings(max_examples=50, deadline=None)
@given(tables())
def test_no_shown_total_has_only_gaps_of_one(table):
    hidden = hidden_cells(table)

    for name in totals(table):
        gaps = [
            key for key in hidden & set(table) if all(a in (b, TOTAL) for a, b in zip(name, key, strict=True))
        ]
        assert name in hidden or not gaps or sum(table[key] for key in gaps) > len(gaps)
