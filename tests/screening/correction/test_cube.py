"""The cube against the records themselves, counted by hand in plain SQL."""

import duckdb
import pytest

from qingfeng.screening.correction import Counts, count_by_unit_and_month, keep_cube, kept_cube
from qingfeng.screening.home import Home
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.lake import Lake
from qingfeng.screening.progress import Silent
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import screen
from qingfeng.screening.sample.writing import write_sample

RULES = ("card_buy_public", "fuel_holiday", "fuel_over_tank_single", "fuel_nonfuel_goods", "payroll_double")


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cube")
    write_sample(folder / "d", seed=4, units=8, days=180, scale=0.02, progress=Silent())
    home = Home(folder / "home")
    lake = Lake(home)
    import_inputs([folder / "d/in"], home, lake, Silent())
    rules = {name: rule for name, rule in load_rules().items() if name in RULES}
    run = screen(home, lake, rules)
    return home, lake.snapshot(), run, rules


@pytest.fixture(scope="module")
def cube(screened):
    home, snapshot, run, rules = screened
    return count_by_unit_and_month(home, snapshot, run, list(rules.values()), units=_names(snapshot))


def _names(snapshot):
    return [name for (name,) in duckdb.sql(f"SELECT name FROM {snapshot.relation('unit')}").fetchall()]


def _rows(snapshot, condition):
    sql = f"SELECT count(*) FROM {snapshot.relation('fuel')} WHERE unit_id IS NOT NULL AND {condition}"
    return duckdb.sql(sql).fetchone()[0]


def test_findings_of_all_cells_are_those_of_the_run_that_name_a_unit_and_a_day(screened, cube):
    _home, _snapshot, run, rules = screened
    kept = f"SELECT rule, count(*) FROM '{run.folder}/findings.parquet' WHERE unit_id IS NOT NULL GROUP BY 1"
    wanted = dict(duckdb.sql(kept).fetchall())

    assert cube.unread == {}
    for rule in rules:
        units, months = cube.units(rule), cube.months(rule)
        assert sum(cube.counts(rule, unit, months).found for unit in units) == wanted.get(rule, 0), rule


def test_within_reach_are_all_rows_that_a_rule_does_not_leave_out_rest_days_or_not(screened, cube):
    _home, snapshot, _run, _rules = screened
    exempt = "('执法执勤', '应急保障', '机要通信', '特种专业技术', '救护', '环卫')"
    cars = f"SELECT plate_norm FROM {snapshot.relation('vehicle')} WHERE use_type IN {exempt}"
    wanted = _rows(snapshot, f"plate_norm NOT IN ({cars})")

    units, months = cube.units("fuel_holiday"), cube.months("fuel_holiday")

    assert sum(cube.counts("fuel_holiday", unit, months).exposure for unit in units) == wanted


def test_of_a_rule_about_lines_of_invoices_the_invoices_are_within_reach(cube):
    assert cube.tables["card_buy_public"] == "invoice"
    assert cube.months("card_buy_public")


def test_fills_just_under_a_tank_are_counted_beside_those_over_it(screened, cube):
    _home, snapshot, _run, _rules = screened
    near = sum(cube.under.get(("fuel_over_tank_single", unit, month), 0)
               for unit in cube.units("fuel_over_tank_single")
               for month in cube.months("fuel_over_tank_single"))  # fmt: skip
    tanks = f"SELECT plate_norm, max(tank_l) AS tank FROM {snapshot.relation('vehicle')} GROUP BY 1"
    sql = (
        f"SELECT count(*) FROM {snapshot.relation('fuel')} AS f JOIN ({tanks}) AS v USING (plate_norm) "
        "WHERE liters > tank * 0.9975 + 2 AND liters <= tank * 1.05 + 2 AND unit_id IS NOT NULL"
    )

    assert near == duckdb.sql(sql).fetchone()[0]
    assert near > 0


def test_every_unit_and_month_says_which_files_its_rows_came_from(screened, cube):
    _home, snapshot, _run, _rules = screened
    known = {sheet.file_no for sheet in snapshot.sheets() if sheet.path.startswith("加油明细/")}

    found = {number for (table, *_), numbers in cube.sources.items() if table == "fuel" for number in numbers}

    assert found == known


def test_cards_that_left_rows_are_counted_by_month(screened, cube):
    _home, snapshot, _run, _rules = screened
    unit, month = cube.units("fuel_nonfuel_goods")[0], cube.months("fuel_nonfuel_goods")[1]
    sql = (
        f"SELECT count(DISTINCT card_h) FROM {snapshot.relation('fuel')} "
        f"WHERE unit_id = '{unit}' AND strftime(ts, '%Y-%m') = '{month}'"
    )

    assert len(cube.subjects["fuel_nonfuel_goods", unit, month]) == duckdb.sql(sql).fetchone()[0] > 0


def test_a_month_without_records_counts_nothing(cube):
    assert cube.counts("fuel_holiday", cube.units("fuel_holiday")[0], ["1999-01"]) == Counts(0, 0)


def test_a_cube_is_read_beside_its_run_as_it_was_counted(screened, cube):
    home, snapshot, run, rules = screened
    keep_cube(home, snapshot, run, list(rules.values()), names=_names(snapshot))

    kept = kept_cube(run.folder)

    assert kept.cube == cube
    assert {one.kind for one in kept.files.values()} >= {"加油明细"}
    assert {one.kind for one in kept.units.values()} >= {"事业"} or len(kept.units) == 8


def test_of_some_rules_only_their_own_cells_are_read(screened):
    home, snapshot, run, rules = screened
    keep_cube(home, snapshot, run, list(rules.values()))

    kept = kept_cube(run.folder, rules=["fuel_holiday"])

    assert {rule for rule, _unit, _month in kept.cube.cells} == {"fuel_holiday"}
    assert kept.cube.sources


def test_a_rule_that_did_not_run_says_so_and_counts_nothing(screened):
    home, snapshot, run, rules = screened
    other = load_rules()["letter_blank"]

    told = count_by_unit_and_month(home, snapshot, run, [*rules.values(), other])

    assert told.unread == {"letter_blank": "it did not run"}
    assert told.units("letter_blank") == ()


def test_a_run_without_a_cube_has_none(tmp_path):
    assert kept_cube(tmp_path) is None
