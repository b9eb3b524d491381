"""What is hidden outside: small cells, and whatever would give one away; solved against an attacker."""

from datetime import date
from itertools import product

import pytest

from qingfeng.desk.returns import masks, measures, seeing
from qingfeng.desk.returns.definitions import Check, Row, Said
from qingfeng.desk.returns.grid import ALL, laid_out
from qingfeng.desk.returns.measures import Cell, Dimension, Measure, NotCounted, offer

LEAST = 5
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def _measure(key, **more):
    dimensions = (Dimension("way", "方式"), Dimension("room", "部门"))
    return Measure(key, key, key, "件", lambda _scope, _by: {}, dimensions, **more)


@pytest.fixture(autouse=True)
def _offered():
    offer(_measure("trial.all"))
    offer(_measure("trial.other"))
    yield
    for key in ("trial.all", "trial.other"):
        measures._KNOWN.offered.pop(key)


def _grid(rows, answers, **more):
    said = Said(title="试", period="year", columns=more.pop("columns", ("this",)), rows=rows, **more)
    told = {name: {key: Cell(value) for key, value in cells.items()} for name, cells in answers.items()}
    return laid_out(said, told, *YEAR)


def _shown(grid, **more):
    gone = masks.hidden(grid, least=LEAST, **more)
    return {spot: cell.value for spot, cell in grid.cells.items() if spot not in gone}


EACH = (Row("all", measure="trial.all", each="way"),)


def test_a_small_part_is_hidden_with_another_so_that_their_total_tells_neither():
    grid = _grid(EACH, {"trial.all|way|this": {("a",): 2, ("b",): 9, ("c",): 20}})

    assert _shown(grid) == {(("all", ALL), "this"): 31, (("all", "vc"), "this"): 20}


def test_two_small_parts_whose_sum_is_small_take_a_third_along():
    grid = _grid(EACH, {"trial.all|way|this": {("a",): 1, ("b",): 1, ("c",): 30, ("d",): 40}})

    assert _shown(grid) == {(("all", ALL), "this"): 72, (("all", "vd"), "this"): 40}


def test_a_table_without_small_cells_hides_nothing():
    grid = _grid(EACH, {"trial.all|way|this": {("a",): 0, ("b",): 9, ("c",): 20}})

    assert not masks.hidden(grid, least=LEAST)


def test_a_line_that_counts_nearly_all_of_another_is_hidden_because_the_rest_is_small():
    rows = (Row("all", measure="trial.all"), Row("some", measure="trial.all", only=("way", "a")))
    answers = {"trial.all||this": {(): 20}, "trial.all|way|this": {("a",): 18, ("b",): 2}}

    shown = _shown(_grid(rows, answers))

    assert list(shown.values()) == [20]


def test_a_check_that_must_hold_gives_no_small_line_away():
    rows = (Row("sum", measure="trial.all"), Row("one", measure="trial.other", only=("way", "a")),
            Row("two", measure="trial.other", only=("way", "b")))  # fmt: skip
    answers = {"trial.all||this": {(): 23}, "trial.other|way|this": {("a",): 3, ("b",): 20}}

    shown = _shown(_grid(rows, answers, checks=(Check(("sum",), "=", ("one", "two")),)))

    assert shown == {(("sum", ALL), "this"): 23}


def test_the_year_so_far_gives_no_small_month_away():
    rows = (Row("all", measure="trial.all"),)
    answers = {"trial.all||this": {(): 3}, "trial.all||cumulative": {(): 30}}

    some = _shown(_grid(rows, answers, columns=("this", "cumulative")))
    answers["trial.all||cumulative"] = {(): 6}
    others = _shown(_grid(rows, answers | {"trial.all||this": {(): 4}}, columns=("this", "cumulative")))

    assert list(some.values()) == [30]
    assert list(others.values()) == [6]


def test_a_share_of_something_hidden_is_hidden():
    rows = (Row("part", measure="trial.other"), Row("whole", measure="trial.all"),
            Row("share", part="part", whole="whole"))  # fmt: skip
    grid = _grid(rows, {"trial.other||this": {(): 3}, "trial.all||this": {(): 40}})

    assert _shown(grid) == {(("whole", ALL), "this"): 40}


def test_what_an_earlier_edition_hid_stays_hidden():
    grid = _grid(EACH, {"trial.all|way|this": {("a",): 7, ("b",): 9, ("c",): 20}})

    shown = _shown(grid, besides=[(("all", "va"), "this")])

    assert (("all", "va"), "this") not in shown
    assert len(shown) == 2


@pytest.mark.parametrize(
    "numbers", [(2, 9, 20, 8, 1, 12), (4, 4, 4, 4, 4, 4), (0, 3, 0, 11, 6, 5), (1, 0, 0, 0, 0, 0)]
)
def test_nobody_works_a_small_cell_out_of_a_table_with_two_ways_of_adding_up(numbers):
    """Every table that says the same where it is shown is tried: a small cell has more than one value."""
    ways, rooms = ("a", "b"), ("x", "y", "z")
    cells = dict(zip(product(ways, rooms), numbers, strict=True))
    rows = (Row("all", measure="trial.all", each="way"),)
    grid = _grid(rows, {"trial.all|way,room|this": cells}, split="room")
    gone = masks.hidden(grid, least=LEAST)

    hidden = [key for key in cells if (("all", f"v{key[0]}"), f"v{key[1]}") in gone]
    small = [key for key, value in cells.items() if 0 < value < LEAST]
    assert set(small) <= set(hidden)

    def agrees(tried):
        full = cells | dict(zip(hidden, tried, strict=True))
        margins = {(("all", ALL), "this"): sum(full.values())}
        margins |= {(("all", f"v{way}"), "this"): sum(full[way, room] for room in rooms) for way in ways}
        margins |= {(("all", ALL), f"v{room}"): sum(full[way, room] for way in ways) for room in rooms}
        return all(grid.cells[spot].value == value for spot, value in margins.items() if spot not in gone)

    worlds = (
        [one for one in product(range(13), repeat=len(hidden)) if agrees(one)] if len(hidden) < 6 else None
    )
    for key in small:
        if worlds is not None:
            assert len({world[hidden.index(key)] for world in worlds}) > 1, key


def test_a_measure_of_people_is_refused_with_a_sentence():
    with pytest.raises(NotCounted, match="counts people"):
        offer(Measure("trial.people", "t", "s", "u", lambda _scope, _by: {}, subject="petitioner"))
    people = Dimension("who", "人", subject="person")
    with pytest.raises(NotCounted, match="never persons"):
        offer(Measure("trial.ranking", "t", "s", "u", lambda _scope, _by: {}, (people,)))


def test_of_a_check_it_does_not_matter_which_side_is_written_first():
    rows = (Row("due", measure="trial.all"), Row("met", measure="trial.other"))
    grid = _grid(
        rows,
        {"trial.all||this": {(): 20}, "trial.other||this": {(): 18}},
        checks=(Check(("met",), "<=", ("due",)),),
    )

    assert list(_shown(grid).values()) == [20]


def test_lines_of_single_values_leave_no_small_rest_between_them():
    rows = (
        Row("all", measure="trial.all"),
        *(Row(one, measure="trial.all", only=("way", one)) for one in "ab"),
    )
    grid = _grid(
        rows, {"trial.all||this": {(): 20}, "trial.all|way|this": {("a",): 8, ("b",): 10, ("c",): 2}}
    )

    assert len(_shown(grid)) < len(grid.cells)


def test_what_one_line_hides_no_other_line_says():
    rows = (*EACH, Row("twin", measure="trial.all", only=("way", "b")))
    grid = _grid(rows, {"trial.all|way|this": {("a",): 2, ("b",): 9, ("c",): 20}})

    assert _shown(grid) == {(("all", ALL), "this"): 31, (("all", "vc"), "this"): 20}


def test_where_something_hidden_stands_says_nothing_of_how_large_it_is():
    grid = _grid(EACH, {"trial.all|way|this": {("a",): 9, ("b",): 20, ("c",): 2, ("d",): 9}})

    assert [line.value for line in grid.lines] == [None, "b", "a", "d", "c"]
    assert [line.value for line in grid.unranked.lines] == [None, "a", "b", "c", "d"]


def test_columns_stand_in_an_order_that_says_nothing_either():
    cells = {("a", "x"): 2, ("a", "y"): 9}
    grid = _grid(EACH, {"trial.all|way,room|this": cells}, split="room")

    assert [column.value for column in grid.columns] == [None, "y", "x"]
    assert [column.value for column in grid.unranked.columns] == [None, "x", "y"]


def test_of_few_rows_that_somebody_does_not_see_no_sum_tells_either():
    house = _grid(EACH, {"trial.all|way|this": {("a",): 50, ("b",): 40, ("c",): 100, ("d",): 60}})
    own = _grid(EACH, {"trial.all|way|this": {("a",): 48, ("b",): 39, ("c",): 90, ("d",): 60}})

    gone = seeing.gaps(house, own, LEAST)
    unseen = {"a": 2, "b": 1, "c": 10, "d": 0}

    hidden = {key for key in unseen if (("all", f"v{key}"), "this") in gone}
    assert {"a", "b"} <= hidden
    assert (("all", ALL), "this") in gone or sum(unseen[key] for key in hidden) >= LEAST


def test_who_sees_all_rows_of_a_return_is_told_all_of_it():
    house = _grid(EACH, {"trial.all|way|this": {("a",): 2, ("b",): 40}})

    assert seeing.gaps(house, house, LEAST) == frozenset()


def test_a_value_of_which_somebody_sees_nothing_does_not_occur_for_them():
    house = _grid(EACH, {"trial.all|way|this": {("a",): 2, ("b",): 40, ("c",): 50}})
    own = _grid(EACH, {"trial.all|way|this": {("b",): 30, ("c",): 30}})

    gone = seeing.gaps(house, own, LEAST)
    shown = seeing._without_unknown(house, own, gone)

    assert "a" not in [line.value for line in shown.lines]
    assert "b" in [line.value for line in shown.lines]
