from dataclasses import replace

import duckdb
import pytest
from rule_texts import SQL, a_rule

from qingfeng.screening.errors import Problem
from qingfeng.screening.rulebook import read_cases, run_cases

FILL = '{plate_norm = "苏M12345", ts = 2026-10-03T12:01:00, liters = %s, amount = 612.00}'
GIVEN = '[given]\nvehicle = [{plate_norm = "苏M12345", tank_l = 60}]\n'


def case(found, liters="70", kind="boundary", more=""):
    return f'[[case]]\nsays = "a fill"\nkind = "{kind}"\nfound = {found}\nfuel = [{FILL % liters}]\n{more}\n'


def results(tmp_path, text, con=None, **changes):
    rule = a_rule(tmp_path, **changes)
    rule.cases.write_text(text, encoding="utf-8")
    return run_cases(rule, con)


def why(tmp_path, text, **changes):
    (result,) = results(tmp_path, text, **changes)
    assert not result.holds
    return result.why


def wrong(tmp_path, text, **changes):
    rule = a_rule(tmp_path, **changes)
    rule.cases.write_text(text, encoding="utf-8")
    return "\n".join(str(one) for one in read_cases(rule)[1])


@pytest.mark.parametrize(
    ("found", "liters"),
    [
        ("0", "65"),
        ("1", "65.01"),
        ('[{plate = "苏M12345", amount = 612, liters = 65.01, at = 2026-10-03T12:01:00}]', "65.01"),
        ("[{fuel_row = 2, vehicle_row = 1}]", "65.01"),
    ],
)
def test_a_case_that_holds(tmp_path, found, liters):
    (result,) = results(tmp_path, GIVEN + case(found, liters))

    assert result.holds, result.why


def test_too_few_findings_are_told(tmp_path):
    assert why(tmp_path, GIVEN + case("1", "65")) == "found 0 instead of 1"


def test_too_many_findings_are_told_and_shown(tmp_path):
    assert why(tmp_path, GIVEN + case("0")).startswith("found 1 instead of 0: (plate = 苏M12345")


def test_another_value_is_told(tmp_path):
    assert why(tmp_path, GIVEN + case("[{amount = 611.99}]")).startswith("found none with (amount = 611.99)")


def test_two_findings_are_matched_in_any_order(tmp_path):
    text = GIVEN + case("[{liters = 80}, {liters = 70}]").replace("fuel = [", f"fuel = [{FILL % '80'}, ")

    (result,) = results(tmp_path, text)

    assert result.holds, result.why


def test_cases_do_not_see_each_others_rows(tmp_path):
    found = results(tmp_path, GIVEN + case("1") + case("1"))

    assert [result.holds for result in found] == [True, True]


def test_a_case_may_set_parameters(tmp_path):
    (result,) = results(tmp_path, GIVEN + case("0", more="params = {slack_l = 10}"))

    assert result.holds, result.why


def test_rows_are_numbered_over_the_whole_case(tmp_path):
    rule = a_rule(tmp_path)
    rule.cases.write_text(GIVEN + case("0"), encoding="utf-8")

    (read,) = read_cases(rule)[0]

    assert read.rows["vehicle"][0]["row_id"] == 1
    assert read.rows["fuel"][0]["row_id"] == 2


def test_a_row_has_all_declared_columns_unless_it_says_otherwise(tmp_path):
    rule = a_rule(tmp_path)
    rule.cases.write_text(
        GIVEN + case("0").replace("liters = 70", 'liters = 70, given = ",liters,"'), encoding="utf-8"
    )

    (read,) = read_cases(rule)[0]

    assert ",tank_l," in read.rows["vehicle"][0]["given"]
    assert read.rows["fuel"][0]["given"] == ",liters,"


def test_the_shipped_calendar_is_there_unless_a_case_gives_its_own(tmp_path):
    sql = SQL + "\n  AND f.ts::DATE IN (SELECT c.date FROM calendar AS c WHERE c.day_kind = 'holiday')"
    reads = '["fuel", "vehicle", "calendar"]'
    own = "calendar = [{date = 2026-10-03, day_kind = 'workday'}]"

    found = results(tmp_path, GIVEN + case("1") + case("0", more=own), sql=sql, reads=reads)

    assert [result.why for result in found] == ["", ""]


def test_a_connection_of_ones_own_can_be_used(tmp_path):
    with duckdb.connect() as con:
        found = [results(tmp_path, GIVEN + case("1"), con) for _ in range(2)]

    assert all(result.holds for (result,) in found)


def test_evidence_that_is_another_tables_row_is_told(tmp_path):
    sql = SQL.replace("v.row_id AS vehicle_row", "f.row_id AS vehicle_row")

    assert why(tmp_path, GIVEN + case("1"), sql=sql) == "vehicle_row names [2], which is no row of vehicle"


def test_evidence_with_a_hole_is_told(tmp_path):
    sql = SQL.replace("v.row_id AS vehicle_row", "[v.row_id, NULL] AS vehicle_rows")

    assert "vehicle_rows holds a NULL" in why(tmp_path, GIVEN + case("1"), sql=sql)


def test_a_finding_about_nobody_is_told(tmp_path):
    sql = SQL.replace("f.plate_norm AS plate", "f.station AS plate")

    assert "a finding has no plate" in why(tmp_path, GIVEN + case("1"), sql=sql)


@pytest.mark.parametrize(
    "changes", [{"applies": "\"txn_type = '加油'\""}, {"tables": '[excluded]\n"满罐" = "liters > 60"'}]
)
def test_finding_a_row_that_is_not_judged_is_told(tmp_path, changes):
    told = why(tmp_path, GIVEN + case("1"), **changes)

    assert told.startswith("found a row that does not apply or is excluded")


def test_a_value_of_the_wrong_kind_is_told(tmp_path):
    assert "Could not convert" in why(tmp_path, GIVEN + case("1", '"七十"'))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[case]\n", "fuel_over_tank.cases.toml:1: this is not TOML"),
        ("case = [{}]", "the cases are not written as [[case]]"),
        ('[[case]]\nkind = "twin"\nfound = 0', "the case has no sentence."),
        ('[[case]]\nsays = "x"\nkind = "twin"', "the case does not say what is found."),
        ('[[case]]\nsays = "x"\nkind = "twin"\nfound = 1', "a twin with 1 findings contradicts itself."),
        (
            '[[case]]\nsays = "x"\nkind = "violation"\nfound = 0',
            "a violation with 0 findings contradicts itself.",
        ),
        (case("[{litres = 3}]"), "the rule returns no column 'litres'. Did you mean 'liters'?"),
        (case("0", more="params = {slack = 3}"), "the rule has no parameter 'slack'."),
        (case("0", more="trip = [{km = 3}]"), "the rule does not read a table 'trip'."),
        (
            case("0", more="vehicle = [{tank = 3}]"),
            "there is no column 'tank' in table 'vehicle'. Did you mean 'tank_l'?",
        ),
        (case("0", more="vehicle = 3"), "'vehicle' is not a list of rows."),
    ],
)
def test_a_case_that_cannot_be_read_is_told(tmp_path, text, says):
    assert says in wrong(tmp_path, text)


def test_cases_that_cannot_be_read_are_not_run(tmp_path):
    with pytest.raises(Problem, match="The cases of fuel_over_tank cannot be run"):
        results(tmp_path, "[[case]]")


def test_a_rule_that_reaches_out_is_stopped_by_the_bench_too(tmp_path):
    rule = replace(a_rule(tmp_path), sql="SELECT content AS plate FROM read_text('/etc/hostname')", params={})
    rule.cases.write_text(case("0").replace("fuel = [", "fuel = [] # ["), encoding="utf-8")

    (result,) = run_cases(rule)

    assert not result.holds
    assert "file system operations are disabled" in result.why
