import re

import pytest
from click.testing import CliRunner
from rule_texts import rule_text, write_rule

from qingfeng.project.rules_commands import rules
from qingfeng.screening.errors import Problem

CASES = """
[[case]]
says = "a fill above the tank is found"
kind = "violation"
found = {found}
vehicle = [{{plate_norm = "苏M12345", tank_l = 60}}]
fuel = [{{plate_norm = "苏M12345", ts = 2026-10-03T12:01:00, liters = 70}}]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "own").mkdir()
    write_rule(tmp_path / "own", rule_text(), "my_rule")
    return tmp_path / "own"


def say(*words):
    return CliRunner().invoke(rules, [str(word) for word in words], catch_exceptions=True)


def test_show_prints_all_of_a_rule(folder, tmp_path):
    said = say("show", "my_rule", "--rules", folder, "--home", tmp_path)

    for part in (
        "单次加油超油箱容积",
        "tolerance = 1.05",
        "FROM fuel AS f",
        "登记的油箱容积有误",
        "查：行驶证",
        "sha256:",
    ):
        assert part in said.output


def test_show_prints_of_which_tables_one_is_enough(tmp_path):
    said = say("show", "vehicle_holiday_move", "--home", tmp_path)

    assert re.search(r"any of +gps, toll, sighting", said.output)


def test_show_prints_the_homes_own_values(folder, tmp_path):
    (tmp_path / "params.toml").write_text("[my_rule]\ntolerance = 1.3\n", encoding="utf-8")

    assert "tolerance = 1.3" in say("show", "my_rule", "--rules", folder, "--home", tmp_path).output


def test_test_prints_each_sentence_that_holds(folder):
    (folder / "my_rule.cases.toml").write_text(CASES.format(found=1), encoding="utf-8")

    said = say("test", folder, "--only", "my_rule")

    assert said.exit_code == 0, said.exception
    assert "✓ violation: a fill above the tank is found" in said.output


def test_test_says_what_a_rule_did_instead(folder):
    (folder / "my_rule.cases.toml").write_text(CASES.format(found=2), encoding="utf-8")

    said = say("test", folder, "--only", "my_rule")

    assert isinstance(said.exception, Problem)
    assert "✗ violation: a fill above the tank is found" in said.output
    assert "my_rule.cases.toml:2: found 1 instead of 2" in said.output


def test_check_fails_on_a_broken_rule(folder):
    write_rule(folder, rule_text(tier='"D"'), "my_rule")

    said = say("check", folder)

    assert isinstance(said.exception, Problem)
    assert "my_rule.sql:5: there is no tier 'D'." in str(said.exception)


def test_check_is_content_with_a_good_folder(folder):
    assert "1 rules, nothing to mend." in say("check", folder).output


def test_new_begins_a_rule_and_says_what_to_do_next(tmp_path):
    said = say("new", "my_rule", "--watch", "letter", "--into", tmp_path / "mine")

    assert (tmp_path / "mine" / "my_rule.sql").is_file()
    assert "qingfeng rules test" in said.output
