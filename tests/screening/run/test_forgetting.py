"""Deleting records: what an open lead cites stays in its extract, everything else goes."""

import json
from datetime import date

import pytest
from tiny_lake import a_fill, a_house, a_rule, by_id, leads_of, put

from qingfeng.screening.errors import Problem
from qingfeng.screening.run import explain, runs, screen
from qingfeng.screening.run.forgetting import extract_file, forget, keep_extracts

PLANTED = "planted-3c51-站"


def delete_march(home, lake, rules):
    keep_extracts(home, lake, rules)
    lake.delete(table="fuel", since=date(2026, 3, 1), until=date(2026, 3, 31), under="清单第3号")
    return forget(home, lake)


@pytest.fixture
def house(tmp_path):
    """Two leads, one in March and one in May, and an older run."""
    home, lake = a_house(tmp_path / "home")
    rules = by_id(a_rule(tmp_path, "fill"))
    put(lake, ("三月.csv", "fuel", [a_fill("2026-03-01T08:00:00", station=PLANTED)]))
    screen(home, lake, rules)
    put(lake, ("五月.csv", "fuel", [a_fill("2026-05-20T08:00:00", station="云川第一加油站")]))
    return home, lake, rules, leads_of(screen(home, lake, rules))


def test_a_lead_whose_rows_are_deleted_is_explained_from_its_extract_and_says_so(house):
    home, lake, rules, leads = house
    (march,) = [lead for lead in leads if lead["at"].startswith("2026-03")]

    delete_march(home, lake, rules)
    explained = explain(home, lake, march["id"])

    assert explained.sealed
    assert explained.findings[0].evidence[0].cells["liters"] == "80.00"
    assert any("sealed extract" in line for line in explained.lines())


def test_the_extract_has_the_columns_that_the_rule_judges_by_and_no_others(house):
    home, lake, rules, leads = house
    (march,) = [lead for lead in leads if lead["at"].startswith("2026-03")]

    delete_march(home, lake, rules)

    (row,) = json.loads(extract_file(home, march["id"]).read_text(encoding="utf-8"))["rows"]
    assert "station" not in row["cells"]
    assert {"ts", "liters", "plate_norm"} <= set(row["cells"])


def test_nothing_else_of_the_deleted_rows_is_in_any_file_of_the_home(house):
    home, lake, rules, _ = house

    delete_march(home, lake, rules)

    wanted = PLANTED.encode()
    assert [file for file in home.root.rglob("*") if file.is_file() and wanted in file.read_bytes()] == []


def test_a_lead_whose_rows_stay_has_no_extract(house):
    home, lake, rules, leads = house
    (may,) = [lead for lead in leads if lead["at"].startswith("2026-05")]

    delete_march(home, lake, rules)

    assert not extract_file(home, may["id"]).exists()


def test_older_runs_go_and_the_newest_stays(house):
    home, lake, rules, _ = house
    newest = runs(home)[0].id

    assert delete_march(home, lake, rules) == 1
    assert [run.id for run in runs(home)] == [newest]


def test_an_extract_that_was_changed_is_not_believed(house):
    home, lake, rules, leads = house
    (march,) = [lead for lead in leads if lead["at"].startswith("2026-03")]
    delete_march(home, lake, rules)
    file = extract_file(home, march["id"])
    file.write_text(file.read_text(encoding="utf-8").replace("80.00", "20.00"), encoding="utf-8")

    with pytest.raises(Problem, match="deleted"):
        explain(home, lake, march["id"])
