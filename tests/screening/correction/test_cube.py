"""The cube against the records themselves, counted by hand in plain SQL."""

import duckdb
import pytest
from a_correction import FATES, MONTHS, NAMES, PEERS, a_lake, a_run

from qingfeng.screening.correction import Counts, count_by_unit_and_month, keep_cube, kept_cube
from qingfeng.screening.correction.cube import _standing_for
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import screen

RULES = ("fuel_nonfuel_goods", "fuel_over_tank_single")


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    home, lake = a_lake(tmp_path_factory.mktemp("cube"))
    rules = load_rules(only=RULES)
    return home, lake.snapshot(), a_run(home, lake), rules


@pytest.fixture(scope="module")
def cube(screened):
    home, snapshot, run, rules = screened
    return count_by_unit_and_month(home, snapshot, run, list(rules.values()), units=_units())


def _units():
    return [f"U-{name}" for name in (*NAMES.values(), *PEERS)]


def _counted(snapshot, sql):
    fuel, cars = snapshot.relation("fuel"), snapshot.relation("vehicle")
    return duckdb.sql(sql.format(fuel=fuel, cars=cars)).fetchall()[0][0]


def test_findings_of_all_cells_are_those_of_the_run_that_name_a_unit_and_a_day(screened, cube):
    _home, _snapshot, run, rules = screened
    kept = f"SELECT rule, count(*) FROM '{run.folder}/findings.parquet' WHERE unit_id IS NOT NULL GROUP BY 1"
    wanted = dict(duckdb.sql(kept).fetchall())

    assert cube.unread == {}
    for rule in rules:
        units, months = cube.units(rule), cube.months(rule)
        assert sum(cube.counts(rule, unit, months).found for unit in units) == wanted.get(rule, 0), rule


def test_within_reach_are_all_rows_of_a_unit_and_month_that_the_rule_does_not_leave_out(screened, cube):
    _home, snapshot, _run, _rules = screened
    sql = "SELECT count(*) FROM {fuel} WHERE unit_id = 'U-云水区教育局' AND strftime(ts, '%Y-%m') = '2025-03'"

    told = cube.counts("fuel_nonfuel_goods", "U-云水区教育局", ["2025-03"])

    assert told == Counts(FATES["education"][0], _counted(snapshot, sql))
    assert told.exposure == 14


def test_rows_that_a_rule_is_not_about_are_within_its_reach_all_the_same(screened, cube):
    _home, snapshot, _run, _rules = screened
    goods = "SELECT count(*) FROM {fuel} WHERE txn_type = '非油' AND unit_id = 'U-云水区教育局'"
    every = "SELECT count(*) FROM {fuel} WHERE unit_id = 'U-云水区教育局'"

    told = cube.counts("fuel_over_tank_single", "U-云水区教育局", MONTHS)

    assert _counted(snapshot, goods) > 0
    assert told.exposure == _counted(snapshot, every)


@pytest.mark.parametrize(
    ("rule", "table"),
    [("card_buy_public", "invoice"), ("vehicle_overnight_away", "gps"), ("x_private_fuel_overlay", "fuel")],
)
def test_for_a_rule_about_a_list_or_a_register_a_table_with_unit_and_day_stands(rule, table):
    assert _standing_for(load_rules(only=[rule])[rule]) == table


def test_fills_just_under_a_tank_are_counted_beside_those_over_it(tmp_path):
    import tiny_lake

    home, lake = tiny_lake.a_house(tmp_path)
    fills = [
        {"unit_id": "U1", "plate_norm": "苏M10000", "ts": f"2026-03-{day:02d} 10:00:00", "liters": liters,
         "txn_type": "加油", "amount": 300}
        for day, liters in enumerate((70, 62.5, 64.9, 61, 40), 3)
    ]  # fmt: skip
    cars = [{"plate_norm": "苏M10000", "unit_id": "U1", "tank_l": 60}]
    tiny_lake.put(lake, ("油卡.csv", "fuel", fills), ("车辆.csv", "vehicle", cars))
    rules = load_rules(only=["fuel_over_tank_single"])
    run = screen(home, lake, rules)

    told = count_by_unit_and_month(home, lake.snapshot(), run, list(rules.values()))

    assert told.counts("fuel_over_tank_single", "U1", ["2026-03"]).found == 1
    assert told.just_under("fuel_over_tank_single", "U1", ["2026-03"]) == Counts(2, 5)
    assert told.margins == {"fuel_over_tank_single"}


def test_every_unit_and_month_says_which_files_its_rows_came_from(screened, cube):
    _home, snapshot, _run, _rules = screened
    known = {sheet.file_no for sheet in snapshot.sheets() if sheet.path.startswith("加油明细/")}

    assert cube.sources["fuel", "U-云水区教育局", "2025-03"] == known


def test_cards_that_left_rows_are_counted_by_month_for_the_units_that_are_asked_for(screened, cube):
    home, snapshot, run, rules = screened
    others = count_by_unit_and_month(home, snapshot, run, list(rules.values()), units=["U-旁单位0"])

    every, march = cube.bits(MONTHS), cube.bits(["2025-03"])
    assert cube.subject_of["fuel_nonfuel_goods"] == "fuel.card_h"
    assert cube.subjects["fuel.card_h", "U-云水区教育局"] == {every: 1}
    assert every & march
    assert {unit for _column, unit in others.subjects} == {"U-旁单位0"}


def test_a_month_without_records_counts_nothing(cube):
    assert cube.counts("fuel_nonfuel_goods", "U-云水区教育局", ["1999-01"]) == Counts(0, 0)


def test_a_cube_is_read_beside_its_run_as_it_was_counted(screened, cube):
    home, snapshot, run, rules = screened
    keep_cube(home, snapshot, run, list(rules.values()), names=_units())

    kept = kept_cube(run.folder)

    assert kept.cube == cube
    assert {one.kind for one in kept.files.values()} == {"加油明细"}
    assert {one.kind for one in kept.units.values()} == {"机关"}
    assert kept.units["U-云水区教育局"].names == ("云水区教育局",)


def test_of_some_rules_only_their_own_cells_are_read(screened):
    home, snapshot, run, rules = screened
    keep_cube(home, snapshot, run, list(rules.values()))

    kept = kept_cube(run.folder, rules=["fuel_nonfuel_goods"])

    assert {rule for rule, _unit, _month in kept.cube.cells} == {"fuel_nonfuel_goods"}
    assert kept.cube.sources


def test_a_rule_that_did_not_run_says_so_and_counts_nothing(screened):
    home, snapshot, run, rules = screened
    other = load_rules(only=["letter_blank"])["letter_blank"]

    told = count_by_unit_and_month(home, snapshot, run, [*rules.values(), other])

    assert told.unread == {"letter_blank": "it did not run"}
    assert told.units("letter_blank") == ()


def test_a_run_without_a_cube_has_none(tmp_path):
    assert kept_cube(tmp_path) is None
