"""Precision and recall, honestly: nothing found is not nothing right."""

import json

import pytest

from qingfeng.screening.errors import Problem
from qingfeng.screening.score import score


def lead(rule, *rows, tier="A", file="加油.csv", **more):
    evidence = [{"table": "fuel", "file": file, "sheet": None, "row": row} for row in rows]
    return {"tier": tier, "findings": [{"rule": rule, "tier": tier, "evidence": evidence, **more}]}


def truth(rule, *rows, kind="violation", file="加油.csv"):
    evidence = [{"file": file, "sheet": None, "row": row} for row in rows]
    return {"rule": rule, "evidence": evidence, "kind": kind}


@pytest.fixture
def scored(tmp_path):
    """Return what scoring some leads against some truth gives."""

    def run(leads, planted, **how):
        for name, lines in (("leads.jsonl", leads), ("truth.jsonl", planted)):
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return score(tmp_path / "leads.jsonl", tmp_path / "truth.jsonl", **how)

    return run


def test_a_violation_is_found_if_a_finding_of_its_rule_shares_a_row(scored):
    result = scored([lead("a", 1, 2)], [truth("a", 2, 3), truth("a", 4)])

    assert (result.rules[0].found, result.rules[0].violations, result.rules[0].recall) == (1, 2, 0.5)


def test_a_finding_of_another_rule_does_not_find_it(scored):
    result = scored([lead("b", 1)], [truth("a", 1)])

    assert {tally.name: (tally.recall, tally.precision) for tally in result.rules} == {
        "a": (0.0, None),
        "b": (None, 1.0),
    }


def test_a_finding_is_right_if_it_shares_a_row_with_a_violation_of_any_rule(scored):
    result = scored([lead("b", 1), lead("b", 9)], [truth("a", 1)])

    assert (result.rules[1].right, result.rules[1].findings) == (1, 2)


def test_the_same_row_number_in_another_file_is_another_row(scored):
    result = scored([lead("a", 1, file="甲.csv")], [truth("a", 1, file="乙.csv")])

    assert (result.rules[0].found, result.rules[0].right) == (0, 0)


def test_a_twin_is_found_if_a_finding_of_its_rule_shares_a_row(scored):
    result = scored([lead("a", 1), lead("b", 2)], [truth("a", 1, kind="twin"), truth("a", 2, kind="twin")])

    assert (result.rules[0].twins_found, result.rules[0].twins, result.rules[0].precision) == (1, 2, 0.0)


def test_a_rule_without_truth_or_without_findings_has_no_share_at_all(scored):
    result = scored([lead("a", 1)], [truth("b", 5), truth("c", 6, kind="twin")], tiers={"b": "B", "c": "C"})

    told = {cells[0]: cells for cells in (line.split("\t") for line in result.lines())}
    assert told["a"][4] == "–"
    assert told["b"][2] == "–"
    assert (told["c"][2], told["c"][4], told["c"][6]) == ("–", "–", "0/1")
    assert result.as_json()["rules"][0]["recall"] is None


def test_tiers_sum_their_rules_and_a_lowered_finding_counts_for_its_rules_tier(scored):
    leads = [lead("a", 1), lead("b", 2, tier="B", lowered_from="A"), lead("c", 3, tier="B")]

    result = scored(leads, [truth("a", 1), truth("b", 7), truth("c", 3)])

    assert [(t.name, t.right, t.findings, t.found, t.violations) for t in result.tiers] == [
        ("A", 1, 2, 1, 2),
        ("B", 1, 1, 1, 1),
    ]
    assert (result.total.findings, result.total.found) == (3, 2)


def test_a_line_that_is_no_lead_is_named(tmp_path):
    (tmp_path / "leads.jsonl").write_text('{"findings": [{}]}\n', encoding="utf-8")
    (tmp_path / "truth.jsonl").write_text("", encoding="utf-8")

    with pytest.raises(Problem, match=r"leads\.jsonl:1"):
        score(tmp_path / "leads.jsonl", tmp_path / "truth.jsonl")


def test_a_kind_that_does_not_exist_is_named(scored):
    with pytest.raises(Problem, match="no kind 'maybe'"):
        scored([], [truth("a", 1, kind="maybe")])


def test_the_table_has_a_row_for_every_rule_tier_and_the_total(scored):
    result = scored([lead("a", 1)], [truth("a", 1)])

    assert result.table().row_count == 3
