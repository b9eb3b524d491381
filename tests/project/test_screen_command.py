"""`qingfeng screen`: the contract of the command line, as outside checks call it."""

import hashlib
import json
import shutil

import pytest


def leads(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_fill_larger_than_its_tank_is_a_lead_with_file_and_row(screened):
    (lead,) = leads(screened[0] / "leads.jsonl")

    (finding,) = lead["findings"]
    assert (lead["tier"], lead["watch"], lead["subject"]) == (
        "A",
        "vehicle",
        {"kind": "plate", "key": "苏M12345"},
    )
    assert (lead["unit"], lead["at"], lead["amount"]) == ("区城管局", "2026-03-03T12:01:00+08:00", "612.00")
    assert finding["rule"] == "fuel_over_tank_single"
    assert {"table": "fuel", "file": "加油明细.csv", "sheet": None, "row": 2} in finding["evidence"]
    assert finding["version"].startswith("sha256:")
    assert finding["params"] == {"slack_l": 2, "tolerance": 1.05}
    assert "87" in finding["message"]
    assert lead["innocent"]
    assert lead["verify"]
    assert lead["rank"] == 1
    assert 0 < lead["score"] <= 1


def test_the_sum_of_rows_is_printed(screened):
    assert "rows in 5 = kept 5 + rejected 0 + duplicates 0 + withheld 0" in screened[1].stdout


def test_a_rule_without_its_tables_is_not_run_and_says_why(screened):
    line = next(line for line in screened[1].stdout.splitlines() if line.startswith("payroll_double"))
    assert "not run" in line
    assert "payroll" in line


def test_the_same_input_again_adds_nothing_and_gives_the_same_bytes(say, screened, tmp_path):
    shutil.copytree(screened[0] / "home", tmp_path / "home")
    files = sorted((tmp_path / "home/lake/tables").rglob("*.parquet"))

    say("screen", screened[0] / "导出", "--out", "second.jsonl")

    assert files
    assert (screened[0] / "leads.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes()
    assert sorted((tmp_path / "home/lake/tables").rglob("*.parquet")) == files


def test_another_home_gives_the_same_bytes(say, exports, screened, tmp_path):
    say("screen", exports, "--out", "second.jsonl", home="two")

    assert (screened[0] / "leads.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes()


def test_the_order_of_inputs_changes_nothing(say, exports, tmp_path):
    one, two = sorted(exports.iterdir())

    say("screen", one, two, "--out", "first.jsonl", home="one")
    say("screen", two, one, "--out", "second.jsonl", home="two")

    assert (tmp_path / "first.jsonl").read_bytes() == (tmp_path / "second.jsonl").read_bytes()


def test_rows_that_cannot_be_read_are_listed_and_strict_says_so(say, exports, tmp_path):
    with (exports / "加油明细.csv").open("a", encoding="utf-8") as file:
        file.write("T4,苏M12345,不是日期,加油,92号汽油,12.00,7.03,84.36,云川第一加油站\n")

    done = say("screen", exports, "--out", "leads.jsonl", "--rejects", "rejects.csv", "--strict")

    assert done.returncode == 3
    assert "rejected 1" in done.stdout
    rejected = (tmp_path / "rejects.csv").read_text(encoding="utf-8-sig")
    assert "加油明细.csv" in rejected
    assert "不是日期" in rejected
    assert ",5," in rejected
    assert len(leads(tmp_path / "leads.jsonl")) == 1


def test_only_some_rules_run_when_only_is_said(say, exports, tmp_path):
    done = say("screen", exports, "--out", "leads.jsonl", "--only", "fuel_same_day_repeat")

    assert done.returncode == 0, done.stderr
    assert leads(tmp_path / "leads.jsonl") == []


def test_as_of_keeps_later_rows_and_does_not_screen_them(say, exports, tmp_path):
    done = say("screen", exports, "--out", "leads.jsonl", "--as-of", "2026-03-01")

    assert done.returncode == 0, done.stderr
    assert leads(tmp_path / "leads.jsonl") == []
    assert "kept 5" in done.stdout


def test_explain_shows_the_same_rows_from_the_snapshot(say, screened):
    lead = leads(screened[0] / "leads.jsonl")[0]

    done = say("explain", lead["id"], home=screened[0] / "home")

    assert done.returncode == 0, done.stderr
    assert "the same rows" in done.stdout
    assert "加油明细.csv" in done.stdout
    assert "SELECT" in done.stdout


def test_explain_of_an_unknown_lead_says_what_to_do(say, screened):
    done = say("explain", "0000ffff0000ffff", home=screened[0] / "home")

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "0000ffff0000ffff" in done.stderr


HALF_TANK = """/*
title    = "单次加油不到半箱"
question = "Was less than half a tank bought?"
watch    = "vehicle"
tier     = "B"
basis    = ["本单位规定"]
reads    = ["fuel"]
subject  = "plate"
scope    = "row"
message  = "{plate} 于 {at} 加油 {liters} 升"
innocent = ["油价上涨前的小额补油"]
verify   = ["查：用车记录"]

[params]
most_l = 42
*/
SELECT f.plate_norm AS plate, f.unit_id, f.ts AS at, f.amount, f.liters, f.row_id AS fuel_row
FROM fuel AS f
WHERE f.liters < $most_l
"""


def test_rules_of_one_s_own_run_beside_the_shipped_ones(say, exports, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/fuel_half_tank.sql").write_text(HALF_TANK, encoding="utf-8")

    done = say("screen", exports, "--out", "leads.jsonl", "--rules", "rules", "--only", "fuel_half_tank")

    assert done.returncode == 0, done.stderr
    (lead,) = leads(tmp_path / "leads.jsonl")
    assert lead["subject"]["key"] == "苏M23456"


def test_rules_that_the_district_has_in_use_run_too_and_one_that_is_unfit_is_left_out(say, exports, tmp_path):
    for rule, text in {"fuel_half_tank": HALF_TANK, "fuel_broken": "DROP TABLE fuel"}.items():
        (tmp_path / "home/rules" / rule).mkdir(parents=True)
        (tmp_path / "home/rules" / rule / f"{rule}.sql").write_text(text, encoding="utf-8")

    done = say("screen", exports, "--out", "leads.jsonl", "--only", "fuel_half_tank")

    assert done.returncode == 0, done.stderr
    assert [lead["subject"]["key"] for lead in leads(tmp_path / "leads.jsonl")] == ["苏M23456"]
    assert done.stderr.count("A rule of the district is left out: ") == 1
    assert "fuel_broken.sql:1" in done.stderr


def test_the_report_is_one_file_that_fetches_nothing(screened):
    page = (screened[0] / "report.html").read_text(encoding="utf-8")

    assert "苏M12345" in page
    assert "加油明细.csv" in page
    for fetching in ('src="', 'href="http', "@import", "url(http"):
        assert fetching not in page.split("<script>")[0]


def test_a_zip_of_the_folder_names_its_members(say, exports, tmp_path):
    shutil.make_archive(str(tmp_path / "三月"), "zip", exports)

    done = say("screen", tmp_path / "三月.zip", "--out", "leads.jsonl")

    assert done.returncode == 0, done.stderr
    (lead,) = leads(tmp_path / "leads.jsonl")
    assert lead["findings"][0]["evidence"][0]["file"] == "三月.zip/加油明细.csv"


def test_the_lead_s_id_is_the_hash_of_rules_and_evidence_and_of_no_key(say, exports, screened, tmp_path):
    first = leads(screened[0] / "leads.jsonl")[0]["id"]
    (tmp_path / "two/keys").mkdir(parents=True)
    (tmp_path / "two/keys/identifiers.key").write_bytes(hashlib.sha256(b"another").digest())

    say("screen", exports, "--out", "leads.jsonl", home="two")

    assert leads(tmp_path / "leads.jsonl")[0]["id"] == first
    assert len(first) == 16


@pytest.mark.parametrize(
    "wrong",
    [
        ["screen"],
        ["screen", "nowhere", "--out", "x.jsonl"],
        ["screen", ".", "--out", "no/such/folder/x.jsonl"],
        ["screen", ".", "--out", "x.jsonl", "--engine", "duckdb"],
        ["screen", ".", "--out", "x.jsonl", "--only", "no_such_rule"],
        ["screen", ".", "--out", "x.jsonl", "--as-of", "yesterday"],
        ["nonsense"],
    ],
)
def test_wrong_use_is_exit_code_two_in_a_few_words(say, tmp_path, wrong):
    done = say(*wrong)

    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert not (tmp_path / "x.jsonl").exists()
