"""What a run says about every rule: ran or not, why, and what it counted."""

import json
from datetime import date

import pytest
from a_screening import BOTH, fuel, told
from tiny_lake import FILL, a_fill, a_house, a_rule, by_id, leads_of, put

from qingfeng.screening.engines.duckdb_engine import connect, mount
from qingfeng.screening.errors import Problem
from qingfeng.screening.run import plain_lines, rule_table, runs, screen, write_leads
from qingfeng.screening.run.counting import count


def test_an_error_of_the_engine_fails_its_rule_and_no_other(tmp_path):
    wrong = a_rule(tmp_path, "wrong", FILL.replace("f.liters > 50", "CAST(f.product AS INTEGER) > 50"))
    right = a_rule(tmp_path, "right")
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00", product="汽油")))

    run = screen(home, lake, by_id(wrong, right))

    outcomes = {outcome.rule: outcome for outcome in run.rules}
    assert outcomes["wrong"].state == "not run"
    assert outcomes["wrong"].reason.en.startswith("failed: Conversion Error")
    assert outcomes["right"].found == 1


def test_a_predicate_that_fails_costs_its_own_rule_only(tmp_path):
    wrong = a_rule(tmp_path, "wrong", applies="CAST(product AS INTEGER) > 1")
    right = a_rule(tmp_path, "right", applies="txn_type = '加油'")
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00", product="汽油", txn_type="加油")))

    run = screen(home, lake, by_id(wrong, right))

    outcomes = {outcome.rule: outcome for outcome in run.rules}
    assert outcomes["wrong"].failed
    assert (outcomes["right"].applicable, outcomes["right"].found) == (1, 1)


def test_rows_are_counted_as_read_applicable_and_excluded_by_the_first_reason(tmp_path):
    rule = a_rule(
        tmp_path,
        "fill",
        applies="txn_type = '加油'",
        excluded={
            "未登记车辆": "plate_norm NOT IN (SELECT plate_norm FROM vehicle)",
            "无数量": "liters IS NULL",
        },
        uses=["vehicle"],
        sql=FILL + " AND f.txn_type = '加油' AND f.plate_norm IN (SELECT plate_norm FROM vehicle)",
    )
    fills = [
        a_fill("2026-03-01T08:00:00", txn_type="加油"),
        a_fill("2026-03-02T08:00:00", txn_type="加油", liters=None),
        a_fill("2026-03-02T08:00:00", txn_type="加油", plate_norm="苏M99", liters=None),
        a_fill("2026-03-03T08:00:00", txn_type="充值"),
    ]

    outcome = told(tmp_path, rule, fuel(*fills), ("车.csv", "vehicle", [{"plate_norm": "苏M12345"}]))

    assert (outcome.read, outcome.applicable, outcome.judged, outcome.found) == (4, 3, 1, 1)
    assert outcome.excluded == {"未登记车辆": 1, "无数量": 1}


def test_one_scan_counts_for_many_rules_what_each_counts_alone(tmp_path):
    rules = [
        a_rule(
            tmp_path,
            f"over_{least}",
            FILL.replace("50", "$least"),
            applies="liters > $least",
            params={"least": least},
            excluded={"无金额": "amount IS NULL", "大额": "amount > 10 * $least"},
        )
        for least in (10, 45, 70)
    ]
    home, lake = a_house(tmp_path / "home")
    fills = [
        a_fill(f"2026-03-{d:02}T08:00:00", liters=d * 4, amount=d * 40 if d % 5 else None)
        for d in range(1, 29)
    ]
    put(lake, fuel(*fills))
    asked = []

    class Watched:
        """The connection, which also writes down what it is asked."""

        def __init__(self, con):
            self.con = con

        def execute(self, sql, values=None):
            asked.append(sql)
            return self.con.execute(sql, values)

    with connect(home) as con:
        mount(con, lake.snapshot())
        known, counts = count(Watched(con), rules)
        alone = {rule.id: count(con, [rule])[1][rule.id] for rule in rules}

    assert len(asked) == 1
    assert known["fuel"].rows == 28
    assert counts == alone
    assert [counted.applicable for counted in counts.values()] == [26, 17, 11]


def test_a_condition_that_a_file_cannot_answer_is_told_with_the_file(tmp_path):
    rule = a_rule(tmp_path, "fill", optional=["fuel.txn_type"])
    files = [
        ("有.csv", "fuel", [a_fill("2026-03-01T08:00:00")], ",ts,txn_type,"),
        ("无.csv", "fuel", [a_fill("2026-03-02T08:00:00")], ",ts,"),
    ]

    (skipped,) = told(tmp_path, rule, *files).skipped

    assert (skipped.column, skipped.files, skipped.of) == ("fuel.txn_type", ("无.csv",), 2)


def test_a_table_that_a_rule_can_do_without_is_told_if_it_had_to(tmp_path):
    rule = a_rule(tmp_path, "fill", BOTH, uses=["toll"])

    outcome = told(tmp_path, rule, fuel(a_fill("2026-03-01T08:00:00")))

    assert (outcome.state, outcome.without, outcome.found) == ("ran", ("toll",), 1)


def test_rows_after_the_day_that_counts_as_today_are_not_screened(tmp_path):
    rule = a_rule(tmp_path, "fill")
    fills = fuel(a_fill("2026-03-01T23:59:00"), a_fill("2026-03-02T00:00:00"))

    outcome = told(tmp_path, rule, fills, as_of=date(2026, 3, 1))

    assert (outcome.read, outcome.found) == (1, 1)


CROSS = """
SELECT f.subject_key AS plate, f.unit_id, min(f."at") AS "at", sum(f.amount) AS amount, count(*) AS hits,
  list_sort(list(f.finding_row)) AS finding_rows
FROM finding AS f WHERE f.subject_kind = 'plate' GROUP BY f.subject_key, f.unit_id HAVING count(*) >= 2
"""


def test_a_cross_rule_rests_on_the_evidence_of_the_findings_it_cites(tmp_path):
    cross = a_rule(
        tmp_path, "x_two", CROSS, watch="cross", reads=["finding"], scope="table", message="{plate} {hits}"
    )
    rules = by_id(a_rule(tmp_path, "one"), a_rule(tmp_path, "two"), cross)
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00"), a_fill("2026-03-02T08:00:00")))

    run = screen(home, lake, rules)

    (lead,) = leads_of(run)
    (found,) = [finding for finding in lead["findings"] if finding["rule"] == "x_two"]
    assert [row["row"] for row in found["evidence"]] == [2, 3]
    assert found["message"] == "苏M12345 4"
    assert lead["amount"] == "1200.00"
    assert {o.rule: o.read for o in run.rules}["x_two"] == 4


def test_a_rule_that_finds_a_great_deal_is_kept_in_bounded_memory(tmp_path):
    home, lake = a_house(tmp_path / "home")
    rule = a_rule(tmp_path, "much")
    fills = [a_fill("2026-03-01T08:00:00", plate_norm=f"苏M{i:05}") for i in range(30_000)]
    put(lake, fuel(*fills))

    run = screen(home, lake, by_id(rule), memory="200MB")

    assert run.findings == 30_000
    assert sum(1 for _ in run.file.open(encoding="utf-8")) == 30_000


def test_the_same_input_again_gives_the_same_bytes_and_no_second_run(tmp_path):
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00")))
    rules = by_id(a_rule(tmp_path, "fill"))

    first = screen(home, lake, rules).file.read_bytes()
    second = screen(home, lake, rules).file.read_bytes()

    assert first == second
    assert len(runs(home)) == 1
    assert b"replaces" not in first


def test_a_lead_that_grew_names_the_old_one_and_does_so_again(tmp_path):
    home, lake = a_house(tmp_path / "home")
    rules = by_id(a_rule(tmp_path, "fill"))
    put(
        lake,
        (
            "三月.csv",
            "fuel",
            [a_fill("2026-03-01T08:00:00"), a_fill("2026-03-01T08:00:00", plate_norm="苏M9")],
        ),
    )
    before = {lead["subject"]["key"]: lead["id"] for lead in leads_of(screen(home, lake, rules))}
    put(lake, ("四月.csv", "fuel", [a_fill("2026-03-20T08:00:00")]))

    run = screen(home, lake, rules)
    bytes_once = run.file.read_bytes()
    again = screen(home, lake, rules).file.read_bytes()

    told = {lead["subject"]["key"]: lead.get("replaces") for lead in leads_of(run)}
    assert told == {"苏M12345": before["苏M12345"], "苏M9": None}
    assert again == bytes_once


def test_only_the_rules_that_were_asked_for_are_in_the_run(tmp_path):
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00")))

    run = screen(home, lake, by_id(a_rule(tmp_path, "one"), a_rule(tmp_path, "two")), only=("two",))

    assert [outcome.rule for outcome in run.rules] == ["two"]


def test_a_run_is_kept_as_it_was_told(tmp_path):
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00"), given=",ts,"))
    rules = by_id(
        a_rule(tmp_path, "fill", optional=["fuel.txn_type"]), a_rule(tmp_path, "no", needs=["fuel.liters"])
    )

    run = screen(home, lake, rules)

    assert runs(home) == (run,)
    assert json.loads((run.folder / "run.json").read_text(encoding="utf-8"))["rules"][1]["state"] == "not run"


def test_the_summary_names_every_rule_and_why_one_did_not_run(tmp_path):
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00"), given=",ts,"))
    rules = by_id(
        a_rule(tmp_path, "fill", optional=["fuel.txn_type"]), a_rule(tmp_path, "no", needs=["fuel.liters"])
    )

    run = screen(home, lake, rules)

    lines = plain_lines(run)
    assert lines[0].startswith("1 of 2 rules ran, 1 findings, leads: 1 B;")
    assert lines[1] == (
        "fill (B): read 1, applicable 1, excluded 0, found 1; "
        "condition on fuel.txn_type skipped for 1 of 1 files, which lack it"
    )
    assert lines[2] == "no (B): not run: no file gives fuel.liters"
    assert rule_table(run).row_count == 2


def test_leads_are_written_whole_or_the_folder_is_named(tmp_path):
    home, lake = a_house(tmp_path / "home")
    put(lake, fuel(a_fill("2026-03-01T08:00:00")))
    run = screen(home, lake, by_id(a_rule(tmp_path, "fill")))

    write_leads(run, tmp_path / "leads.jsonl")

    assert (tmp_path / "leads.jsonl").read_bytes() == run.file.read_bytes()
    with pytest.raises(Problem, match="no such folder"):
        write_leads(run, tmp_path / "nowhere" / "leads.jsonl")


def test_a_dated_parameter_judges_a_row_by_the_value_of_its_day(tmp_path):
    rule = a_rule(
        tmp_path,
        "dated",
        FILL.replace("50", "$least"),
        on="f.ts",
        applies="liters > $least",
        dated={"least": [("2020-01-01", 90), ("2026-03-10", 50)]},
    )
    fills = fuel(a_fill("2026-03-09T08:00:00"), a_fill("2026-03-10T08:00:00"))
    home, lake = a_house(tmp_path / "home")
    put(lake, fills)

    run = screen(home, lake, by_id(rule))

    (lead,) = leads_of(run)
    assert (run.rules[0].applicable, lead["at"]) == (1, "2026-03-10T08:00:00+08:00")
    assert lead["findings"][0]["params"]["least"][1] == {"from": "2026-03-10", "value": 50, "basis": "用车17"}
