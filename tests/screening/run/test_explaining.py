"""A lead again, from its snapshot."""

import pytest
from test_screening import CROSS
from tiny_lake import FILL, a_fill, a_house, a_rule, by_id, leads_of, put

from qingfeng.screening.errors import Problem
from qingfeng.screening.run import explain, screen


@pytest.fixture
def house(tmp_path):
    """A home with one lead of one fill."""
    home, lake = a_house(tmp_path / "home")
    put(lake, ("三月.csv", "fuel", [a_fill("2026-03-01T08:00:00", station="云川第一加油站")]))
    return home, lake


def test_explaining_a_lead_shows_rule_params_and_rows_with_their_cells(tmp_path, house):
    rule = a_rule(tmp_path, "fill", FILL.replace("50", "$least"), params={"least": 50})
    (lead,) = leads_of(screen(*house, by_id(rule)))

    explained = explain(*house, lead["id"], rules=by_id(rule))

    (finding,) = explained.findings
    (row,) = finding.evidence
    assert explained.same
    assert explained.warnings == ()
    assert (finding.version, finding.params) == (rule.version, {"least": 50})
    assert finding.sql == rule.sql
    assert (row.file, row.row) == ("三月.csv", 2)
    assert str(row.cells["liters"]) == "80.00"
    assert row.cells["station"] == "云川第一加油站"


def test_the_beginning_of_an_id_is_enough(tmp_path, house):
    (lead,) = leads_of(screen(*house, by_id(a_rule(tmp_path, "fill"))))

    assert explain(*house, lead["id"][:6]).lead["id"] == lead["id"]


def test_an_unknown_id_names_the_near_ones(tmp_path, house):
    (lead,) = leads_of(screen(*house, by_id(a_rule(tmp_path, "fill"))))
    typo = lead["id"][:-1] + ("0" if lead["id"][-1] != "0" else "1")

    with pytest.raises(Problem, match=f"Did you mean {lead['id']}"):
        explain(*house, typo)


def test_a_lead_is_explained_from_its_own_snapshot_after_new_records_came(tmp_path, house):
    rules = by_id(a_rule(tmp_path, "fill"))
    (lead,) = leads_of(screen(*house, rules))
    put(house[1], ("四月.csv", "fuel", [a_fill("2026-03-05T08:00:00")]))
    screen(*house, rules)

    explained = explain(*house, lead["id"])

    assert explained.same
    assert explained.lake_snapshot == "1"


def test_a_rule_that_has_changed_since_is_told_and_shown_as_it_was(tmp_path, house):
    old = a_rule(tmp_path, "fill")
    (lead,) = leads_of(screen(*house, by_id(old)))
    new = a_rule(tmp_path, "fill", FILL.replace("50", "90"))

    explained = explain(*house, lead["id"], rules=by_id(new))

    assert explained.same
    assert explained.findings[0].sql == old.sql
    assert explained.warnings[0].startswith("The rule fill has changed since")


def test_a_cross_lead_is_found_again_from_the_findings_of_its_run(tmp_path, house):
    cross = a_rule(
        tmp_path, "x_two", CROSS, watch="cross", reads=["finding"], scope="table", message="{plate} {hits}"
    )
    rules = by_id(a_rule(tmp_path, "one"), a_rule(tmp_path, "two"), cross)
    (lead,) = leads_of(screen(*house, rules))

    explained = explain(*house, lead["id"])

    assert {finding.rule: finding.again for finding in explained.findings} == {
        "one": True,
        "two": True,
        "x_two": True,
    }


def test_a_lead_whose_records_were_deleted_says_so(tmp_path, house):
    (lead,) = leads_of(screen(*house, by_id(a_rule(tmp_path, "fill"))))
    house[1].delete(table="fuel", under="销毁清单1号")

    with pytest.raises(Problem, match="deleted from the lake since"):
        explain(*house, lead["id"])


def test_deleting_other_records_leaves_a_lead_explained(tmp_path, house):
    put(house[1], ("通行.csv", "toll", [{"plate_norm": "苏M12345", "exit_ts": "2026-03-05T08:00:00"}]))
    (lead,) = leads_of(screen(*house, by_id(a_rule(tmp_path, "fill"))))
    house[1].delete(table="toll", under="销毁清单1号")

    assert explain(*house, lead["id"]).same


def test_the_explanation_reads_as_lines(tmp_path, house):
    (lead,) = leads_of(screen(*house, by_id(a_rule(tmp_path, "fill"))))

    text = "\n".join(explain(*house, lead["id"]).lines())

    assert "苏M12345 于 2026年3月1日 08:00 加油 80 升" in text
    assert "三月.csv  row 2" in text
    assert "found again: the same rows" in text
