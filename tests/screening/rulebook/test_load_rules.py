import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from rule_texts import PARAMS, SQL, a_rule, rule_text, write_rule

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.rulebook import SHIPPED, Dated, check, columns_read, load_rules, read_rule

DATED = (
    '[{from = 2025-05-18, value = 1.5, basis = "修订"}, {from = 2014-01-01, value = 1.05, basis = "办法"}]'
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def a_params_file(tmp_path, text):
    file = tmp_path / "params.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_users_rules_are_found_in_folders_within_folders(folder):
    (folder / "a" / "b").mkdir(parents=True)
    write_rule(folder / "a" / "b", rule_text(), "my_rule")

    assert list(load_rules([folder], only=["my_rule"])) == ["my_rule"]


def test_a_rule_says_what_it_returns(tmp_path):
    rule = a_rule(tmp_path)

    assert rule.columns == ("plate", "unit_id", "at", "amount", "liters", "tank_l", "fuel_row", "vehicle_row")
    assert rule.evidence == {"fuel_row": "fuel", "vehicle_row": "vehicle"}
    assert rule.facts == ("liters", "tank_l")


def test_a_rule_says_which_columns_it_reads(tmp_path):
    assert columns_read(a_rule(tmp_path)) == {
        "fuel": ("row_id", "plate_norm", "unit_id", "ts", "liters", "amount"),
        "vehicle": ("row_id", "plate_norm", "tank_l"),
    }


def test_columns_of_files_are_named_as_files_give_them(tmp_path):
    rule = a_rule(tmp_path, needs='["fuel.plate_norm", "fuel.liters"]', optional='["fuel.card_h"]')

    assert rule.needs == ("fuel.plate", "fuel.liters")
    assert rule.optional == ("fuel.card",)


def test_the_version_does_not_depend_on_line_ends(tmp_path):
    file = write_rule(tmp_path, rule_text())
    unix = read_rule(file)[0]
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    dos = read_rule(file)[0]

    assert unix is not None
    assert dos is not None
    assert unix.version == dos.version
    assert unix.version.startswith("sha256:")
    assert len(unix.version) == len("sha256:") + 64


def test_the_version_changes_with_any_other_byte(tmp_path):
    first, second = a_rule(tmp_path), a_rule(tmp_path, params={**PARAMS, "slack_l": "3"})

    assert first.version != second.version


def test_numbers_with_a_point_are_exact(tmp_path):
    sql, values = a_rule(tmp_path).query()

    assert values == {"tolerance": Decimal("1.05"), "slack_l": 2}
    assert sql == SQL


def test_a_dated_parameter_is_the_value_in_force_on_the_rows_own_date(tmp_path):
    rule = a_rule(tmp_path, on='"f.ts"', params={"tolerance": DATED, "slack_l": "2"})
    sql, values = rule.query()
    days = ", ".join(f"(DATE '{day}')" for day in ("2013-12-31", "2014-01-01", "2025-05-17", "2025-05-18"))

    case = sql[sql.index("(CASE") : sql.index("END)") + 4]
    found = duckdb.sql(f"SELECT {case} FROM (VALUES {days}) AS f(ts)").fetchall()

    assert rule.params["tolerance"] == (
        Dated(date(2014, 1, 1), Decimal("1.05"), "办法"),
        Dated(date(2025, 5, 18), Decimal("1.5"), "修订"),
    )
    assert values == {"slack_l": 2}
    assert [value for (value,) in found] == [None, Decimal("1.05"), Decimal("1.05"), Decimal("1.5")]


def test_another_dialect_has_its_own_parameters(tmp_path):
    sql, _ = a_rule(tmp_path).query("spark")

    assert "v.tank_l * :tolerance + :slack_l" in sql


def test_how_duckdb_keeps_a_query_is_not_told_to_another_dialect(tmp_path):
    sql = SQL.replace("FROM fuel AS f", "FROM few AS f")
    rule = a_rule(tmp_path, sql=f"WITH few AS NOT MATERIALIZED (SELECT * FROM fuel)\n{sql}")

    assert "NOT MATERIALIZED" in rule.query()[0]
    assert "MATERIALIZED" not in rule.query("spark")[0]


def test_a_dollar_in_a_text_or_a_comment_is_no_parameter(tmp_path):
    sql = SQL + "\n  AND f.station <> '$price' -- costs $nothing"

    assert set(a_rule(tmp_path, sql=sql).query()[1]) == {"tolerance", "slack_l"}


def test_unknown_values_cannot_be_bound(tmp_path):
    with pytest.raises(WrongUse, match="has no parameter 'slack'"):
        a_rule(tmp_path).query(params={"slack": 3})


def test_an_id_that_is_shipped_already_is_an_error(folder):
    shipped = next(iter(sorted(SHIPPED.rglob("*.sql"))))
    shutil.copy(shipped, folder / shipped.name)

    with pytest.raises(Problem, match=f"there is a rule '{shipped.stem}' already"):
        load_rules([folder], only=[shipped.stem])


def test_an_id_that_nobody_has_is_wrong_use(folder):
    write_rule(folder, rule_text(), "my_rule")

    with pytest.raises(WrongUse, match=r"There is no rule 'my_rul'.*\nDid you mean 'my_rule'"):
        load_rules([folder], only=["my_rul"])


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path):
    with pytest.raises(WrongUse, match="no such folder of rules"):
        load_rules([tmp_path / "nowhere"])


def test_rules_that_are_not_asked_for_may_be_broken(folder):
    write_rule(folder, rule_text(), "good")
    write_rule(folder, "SELECT 1", "bad")

    assert list(load_rules([folder], only=["good"])) == ["good"]


def test_every_broken_rule_is_in_the_problem(folder):
    write_rule(folder, "SELECT 1", "bad")
    write_rule(folder, rule_text(tier='"D"'), "worse")

    with pytest.raises(Problem) as told:
        load_rules([folder], only=["bad", "worse"])

    assert told.value.what == "The rulebook has 2 errors."
    assert "bad.sql:1: " in told.value.where
    assert "worse.sql:5: there is no tier 'D'." in told.value.where


def test_a_file_may_set_parameters(folder, tmp_path):
    write_rule(folder, rule_text(), "my_rule")
    params = a_params_file(tmp_path, "[my_rule]\ntolerance = 1.2\n")

    rule = load_rules([folder], only=["my_rule"], params=params)["my_rule"]

    assert rule.params == {"tolerance": Decimal("1.2"), "slack_l": 2}
    assert rule.query()[1]["tolerance"] == Decimal("1.2")


def test_a_file_may_set_a_dated_value(folder, tmp_path):
    write_rule(folder, rule_text(on='"f.ts"'), "my_rule")
    params = a_params_file(tmp_path, f"[my_rule]\ntolerance = {DATED}\n")

    rule = load_rules([folder], only=["my_rule"], params=params)["my_rule"]

    assert "(CASE WHEN f.ts >= DATE '2025-05-18' THEN 1.5" in rule.query()[0]


def test_a_file_may_set_parameters_of_rules_that_are_not_asked_for(folder, tmp_path):
    write_rule(folder, rule_text(), "my_rule")
    write_rule(folder, rule_text(), "other_rule")
    params = a_params_file(tmp_path, "[other_rule]\ntolerance = 1.2\n")

    assert load_rules([folder], only=["my_rule"], params=params)["my_rule"].params["tolerance"] == Decimal(
        "1.05"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[my_rul]\ntolerance = 1", "params.toml:1: there is no rule 'my_rul'. Did you mean 'my_rule'?"),
        ("[my_rule]\ntolerence = 1", "params.toml:2: the rule my_rule has no parameter 'tolerence'."),
        (
            "[my_rule]\ntolerance = 'x'",
            "params.toml:2: the parameter 'tolerance' is a text. The rule's own is a number.",
        ),
        ("[my_rule]\nslack_l = 1\ntolerance = {}", "params.toml:3: the parameter 'tolerance' has no value"),
        (f"[my_rule]\ntolerance = {DATED}", "params.toml:2: the rule my_rule cannot date 'tolerance'."),
        ("my_rule = 3", "params.toml:1: 'my_rule' is not a table."),
        ("[my_rule]\ntolerance = 1,2", "params.toml:2: this is not TOML"),
        (
            "[my_rule]\nslack_l = 13800001111",
            "params.toml:2: the parameter 'slack_l' looks like a phone number.",
        ),
    ],
)
def test_a_wrong_value_is_told_by_line(folder, tmp_path, text, says):
    write_rule(folder, rule_text(), "my_rule")

    with pytest.raises(Problem) as told:
        load_rules([folder], only=["my_rule"], params=a_params_file(tmp_path, text))

    assert says in told.value.where


def test_a_shipped_rule_is_not_stopped_by_a_namesake(folder):
    own = write_rule(folder, rule_text(SQL + "\n  AND f.txn_type = '加油'"), "my_rule")
    shipped = load_rules(only=["fuel_over_tank_single"], known_identifiers=["加油"])["fuel_over_tank_single"]

    assert "'加油'" in shipped.sql
    assert read_rule(own, frozenset({"加油"}))[0] is None


def test_check_tells_what_is_wrong_with_a_users_folder_only(folder):
    write_rule(folder, rule_text(tier='"D"'), "my_rule")

    violations = check(folder)

    assert {one.file.name for one in violations} == {"my_rule.sql"}


def test_check_tells_what_is_wrong_with_cases(folder):
    write_rule(folder, rule_text(), "my_rule")
    (folder / "my_rule.cases.toml").write_text(
        '[[case]]\nsays = "x"\nkind = "twn"\nfound = 0\n', encoding="utf-8"
    )

    assert [str(one) for one in check(folder)] == [
        "my_rule.cases.toml:1: there is no kind of case 'twn'. Choose one of violation, twin, boundary."
    ]


def test_check_tells_an_id_that_is_shipped_already(folder):
    shipped = next(iter(sorted(SHIPPED.rglob("*.sql"))))
    write_rule(folder, rule_text(), shipped.stem)

    assert [one.what for one in check(folder)] == [f"there is a rule '{shipped.stem}' already: {shipped}."]


def test_a_threshold_moved_by_its_share_stays_of_its_kind():
    rules = load_rules(only=["fuel_small_frequent", "fuel_over_tank_single", "fuel_holiday"])

    assert rules["fuel_small_frequent"].loosened == {"small_yuan": 120}
    assert rules["fuel_over_tank_single"].loosened == {"tolerance": Decimal("0.9975")}
    assert rules["fuel_holiday"].loosened == {}


def test_jobs_that_load_rules_side_by_side_find_them_right():
    some = sorted(SHIPPED.rglob("*.sql"))[:6]

    def wrong(_job):  # with names that are known nothing is remembered, so each job checks for itself
        return [one for file in some for one in read_rule(file, frozenset({"无此人"}))[1]]

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(wrong, range(4)))

    assert found == [[], [], [], []]
