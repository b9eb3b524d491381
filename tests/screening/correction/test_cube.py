"""The cube against the records themselves, counted by hand in plain SQL."""

import duckdb
import pytest

from qingfeng.screening.correction import Counts, count_by_unit_and_month
from qingfeng.screening.home import Home
from qingfeng.screening.intake.load import import_inputs
from qingfeng.screening.lake import Lake
from qingfeng.screening.progress import Silent
from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import screen
from qingfeng.screening.sample.writing import write_sample

RULES = ("fuel_holiday", "fuel_over_tank_single", "invoice_consecutive", "subsidy_duplicate")


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cube")
    write_sample(folder / "d", seed=4, units=8, days=180, progress=Silent())
    home = Home(folder / "home")
    lake = Lake(home)
    import_inputs([folder / "d/in"], home, lake, Silent())
    rules = {name: rule for name, rule in load_rules().items() if name in RULES}
    run = screen(home, lake, rules)
    return home, lake.snapshot(), run, rules


def test_findings_of_all_cells_are_those_of_the_run_that_name_a_unit_and_a_day(screened):
    home, snapshot, run, rules = screened
    cube = count_by_unit_and_month(home, snapshot, run, list(rules.values()))
    kept = f"SELECT rule, count(*) FROM '{run.folder}/findings.parquet' WHERE unit_id IS NOT NULL GROUP BY 1"
    wanted = dict(duckdb.sql(kept).fetchall())

    for rule in rules.keys() - cube.unread.keys():
        units, months = cube.units(rule), cube.months(rule)
        found = sum(cube.counts(rule, unit, months).found for unit in units)
        assert found == wanted.get(rule, 0), rule


def test_judged_rows_of_all_cells_are_those_that_the_run_counted_where_unit_and_day_are_known(screened):
    home, snapshot, run, rules = screened
    cube = count_by_unit_and_month(home, snapshot, run, list(rules.values()))
    told = {one.rule: one for one in run.rules}

    for rule in rules.keys() - cube.unread.keys():
        judged = sum(cube.counts(rule, unit, cube.months(rule)).exposure for unit in cube.units(rule))
        assert 0 < judged <= told[rule].judged, rule
        assert judged >= told[rule].judged * 0.9, rule


def test_a_month_without_records_counts_nothing(screened):
    home, snapshot, run, rules = screened
    cube = count_by_unit_and_month(home, snapshot, run, list(rules.values()))

    assert cube.counts("fuel_holiday", cube.units("fuel_holiday")[0], ["1999-01"]) == Counts(0, 0)
