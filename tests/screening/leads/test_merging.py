"""Findings on one subject become one lead: chains, subjects, money, colour, rank."""

import hashlib
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_lake import FILL, UNITS, a_fill, a_house, a_rule, by_id, leads_of, put, screened

from qingfeng.screening.run import screen

BY_CARD = FILL.replace("f.plate_norm AS plate", "f.card_h AS card")
CARD = "0123456789abcdef0123456789abcdef"
PERSON = "fedcba9876543210fedcba9876543210"


def test_findings_exactly_30_days_apart_are_one_lead(tmp_path):
    fills = [a_fill("2026-03-01T23:50:00"), a_fill("2026-03-31T00:10:00")]

    leads = screened(tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", fills))

    assert [len(lead["findings"]) for lead in leads] == [2]


def test_findings_31_days_apart_are_two_leads(tmp_path):
    fills = [a_fill("2026-03-01T00:10:00"), a_fill("2026-04-01T00:10:00")]

    leads = screened(tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", fills))

    assert [len(lead["findings"]) for lead in leads] == [1, 1]


def test_a_chain_of_short_steps_is_one_lead_however_long(tmp_path):
    fills = [a_fill(f"2026-{month:02}-01T08:00:00") for month in (4, 5)] + [a_fill("2026-04-20T08:00:00")]
    fills += [a_fill("2026-05-30T08:00:00")]

    (lead,) = screened(tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", fills))

    assert len(lead["findings"]) == 4


def test_other_plates_are_other_leads(tmp_path):
    fills = [a_fill("2026-03-01T08:00:00"), a_fill("2026-03-01T08:00:00", plate_norm="苏M54321")]

    leads = screened(tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", fills))

    assert {lead["subject"]["key"] for lead in leads} == {"苏M12345", "苏M54321"}


def test_a_card_counts_as_the_plate_it_is_bound_to(tmp_path):
    rules = [
        a_rule(tmp_path, "by_plate"),
        a_rule(tmp_path, "by_card", BY_CARD, subject="card", message="{card}"),
    ]
    cards = [{"card_h": CARD, "card_last4": "6677", "plate_norm": "苏M12345", "unit_id": "U1"}]

    (lead,) = screened(
        tmp_path,
        rules,
        ("油卡.csv", "fuel_card", cards),
        ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00", card_h=CARD, card_last4="6677")]),
    )

    assert lead["subject"] == {"kind": "plate", "key": "苏M12345"}
    assert {f["rule"]: f["message"] for f in lead["findings"]}["by_card"] == "尾号6677"


def test_an_unbound_card_is_its_unit_and_last_four(tmp_path):
    rule = a_rule(tmp_path, "by_card", BY_CARD, subject="card", message="{card}")

    (lead,) = screened(
        tmp_path,
        [rule],
        ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00", card_h=CARD, card_last4="6677")]),
    )

    assert lead["subject"] == {"kind": "card", "key": "清河区城管局·尾号6677"}


PAY = """
SELECT p.person_id AS person, p.unit_id, CAST(p.pay_month AS TIMESTAMP) AS "at", p.amount,
  '证件' || p.id_h AS whose, p.name, p.row_id AS payroll_row
FROM payroll AS p
"""


def paid(tmp_path, tier, *more):
    rule = a_rule(
        tmp_path, "pay", PAY, reads=["payroll"], subject="person", message="{person} {name}", tier="B"
    )
    if tier == "C":
        sql = PAY.replace("p.name,", "p.name, 'C' AS tier,")
        rule = a_rule(tmp_path, "pay", sql, reads=["payroll"], subject="person", message="{person} {name}")
    pay = {"person_id": PERSON, "id_h": PERSON, "name": "周小禾", "id_last4": "123X", "unit_id": "U1"}
    row = {**pay, "pay_month": "2026-03-01", "amount": 5000}
    return screened(tmp_path, [rule], ("工资.csv", "payroll", [row]), *more)


def test_a_person_is_unit_name_and_last_four_and_never_a_hash(tmp_path):
    register = [{"person_id": PERSON, "id_h": PERSON, "id_last4": "123X", "name": "周小禾", "unit_id": "U2"}]

    (lead,) = paid(tmp_path, "B", ("人员.csv", "person", register))

    assert lead["subject"] == {"kind": "person", "key": "清河区水务局·周小禾·123X"}
    assert PERSON not in json.dumps(lead)
    assert lead["findings"][0]["message"] == "周小禾 周小禾"


def test_a_person_whom_no_register_knows_is_named_by_the_row_itself(tmp_path):
    (lead,) = paid(tmp_path, "B")

    assert lead["subject"] == {"kind": "person", "key": "清河区城管局·周小禾·123X"}


def test_tier_c_names_nobody(tmp_path):
    (lead,) = paid(tmp_path, "C")

    assert lead["subject"] == {"kind": "unit", "key": "清河区城管局"}
    assert (lead["tier"], lead["colour"]) == ("C", "grey")
    assert "周小禾" not in json.dumps(lead, ensure_ascii=False)
    assert lead["findings"][0]["lowered_from"] == "B"


def test_tier_c_does_not_say_a_registered_name_in_another_fact(tmp_path):
    sql = FILL.replace("f.liters,", "f.liters, f.station AS what,").replace(
        "f.plate_norm AS plate", "f.unit_id AS unit"
    )
    rule = a_rule(tmp_path, "fill", sql, tier="C", subject="unit", message="{what}")
    people = [{"person_id": PERSON, "id_h": PERSON, "name": "周小禾", "unit_id": "U1"}]
    fills = [a_fill("2026-03-01T08:00:00", station="周小禾、某站")]

    (lead,) = screened(tmp_path, [rule], ("人员.csv", "person", people), ("加油.csv", "fuel", fills))

    assert "周小禾" not in json.dumps(lead, ensure_ascii=False)


def test_tier_c_comes_after_everything_else_and_stays_apart(tmp_path):
    rules = [
        a_rule(tmp_path, "signal", FILL, tier="C", subject="plate"),
        a_rule(
            tmp_path, "breach", FILL.replace("f.amount,", "CAST(NULL AS DECIMAL(14,2)) AS amount,"), tier="B"
        ),
    ]

    leads = screened(tmp_path, rules, ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00", amount=900_000)]))

    assert [(lead["rank"], lead["tier"], lead["subject"]["kind"]) for lead in leads] == [
        (1, "B", "plate"),
        (2, "C", "unit"),
    ]


def test_an_amount_is_counted_once_for_one_row(tmp_path):
    rules = [a_rule(tmp_path, "one"), a_rule(tmp_path, "two")]

    (lead,) = screened(tmp_path, rules, ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00")]))

    assert lead["amount"] == "600.00"


def test_register_rows_beside_it_do_not_make_it_count_twice(tmp_path):
    joined = FILL.replace("f.row_id AS fuel_row", "f.row_id AS fuel_row, v.row_id AS vehicle_row").replace(
        "FROM fuel AS f", "FROM fuel AS f JOIN vehicle AS v USING (plate_norm)"
    )
    rules = [a_rule(tmp_path, "one"), a_rule(tmp_path, "two", joined, reads=["fuel", "vehicle"])]
    files = [
        ("车辆.csv", "vehicle", [{"plate_norm": "苏M12345", "unit_id": "U1"}]),
        ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00")]),
    ]

    (lead,) = screened(tmp_path, rules, *files)

    assert lead["amount"] == "600.00"


DAY = """
SELECT f.plate_norm AS plate, min(f.unit_id) AS unit_id, min(f.ts) AS "at", sum(f.amount) AS amount,
  sum(f.liters) AS liters, list_sort(list(f.row_id)) AS fuel_rows
FROM fuel AS f GROUP BY f.plate_norm
"""


def test_a_finding_whose_rows_a_larger_one_covers_adds_nothing(tmp_path):
    rules = [a_rule(tmp_path, "single"), a_rule(tmp_path, "window", DAY)]
    fills = [a_fill("2026-03-01T08:00:00"), a_fill("2026-03-01T10:00:00", amount=700, liters=20)]

    (lead,) = screened(tmp_path, rules, ("加油.csv", "fuel", fills))

    assert lead["amount"] == "1300.00"


def test_a_finding_that_shares_half_its_rows_counts_half(tmp_path):
    first = DAY.replace("GROUP BY", "WHERE hour(f.ts) < 11 GROUP BY")
    second = DAY.replace("GROUP BY", "WHERE hour(f.ts) > 9 GROUP BY")
    rules = [a_rule(tmp_path, "first", first), a_rule(tmp_path, "second", second)]
    fills = [
        a_fill("2026-03-01T08:00:00"),
        a_fill("2026-03-01T10:00:00"),
        a_fill("2026-03-01T12:00:00", amount=500),
    ]

    (lead,) = screened(tmp_path, rules, ("加油.csv", "fuel", fills))

    assert lead["amount"] == "1750.00"


def test_the_heaviest_finding_gives_tier_title_and_time(tmp_path):
    rules = [
        a_rule(tmp_path, "early", FILL.replace("> 50", "> 90")),
        a_rule(tmp_path, "heavy", FILL, tier="A", title="重"),
    ]
    fills = [a_fill("2026-03-01T08:00:00", liters=95), a_fill("2026-03-02T08:00:00", amount=5000)]

    (lead,) = screened(tmp_path, rules, ("加油.csv", "fuel", fills))

    assert (lead["tier"], lead["title"], lead["at"]) == ("A", "重", "2026-03-02T08:00:00+08:00")
    assert [f["rule"] for f in lead["findings"]] == ["heavy", "heavy", "early"]


TOLL = """
SELECT t.plate_norm AS plate, t.unit_id, t.exit_ts AS "at", CAST(NULL AS DECIMAL(14,2)) AS amount,
  t.row_id AS toll_row FROM toll AS t
"""


@pytest.mark.parametrize(("day", "colour"), [("2026-03-31", "yellow"), ("2026-04-01", "blue")])
def test_two_breaches_from_different_sources_within_30_days_rise_one_colour(tmp_path, day, colour):
    rules = [a_rule(tmp_path, "fill"), a_rule(tmp_path, "toll", TOLL, reads=["toll"], message="{plate}")]
    files = [
        ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00")]),
        ("通行.csv", "toll", [{"plate_norm": "苏M12345", "unit_id": "U1", "exit_ts": f"{day}T08:00:00"}]),
    ]

    leads = screened(tmp_path, rules, *files)

    assert leads[0]["colour"] == colour


def test_two_breaches_from_one_source_do_not_rise(tmp_path):
    rules = [a_rule(tmp_path, "one"), a_rule(tmp_path, "two")]

    (lead,) = screened(tmp_path, rules, ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00")]))

    assert (lead["colour"], lead["points"]) == ("blue", 40)


def test_a_contradiction_of_612_yuan_has_60_points_and_is_yellow(tmp_path):
    rule = a_rule(tmp_path, "fill", tier="A")

    (lead,) = screened(tmp_path, [rule], ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00", amount=612)]))

    assert (lead["points"], lead["colour"], lead["amount"], lead["score"]) == (60, "yellow", "612.00", 0.9)
    assert lead["arithmetic"]["rank"] == "0.90×金额档1＝0.90"


def test_the_id_is_the_hash_of_rules_and_evidence(tmp_path):
    (lead,) = screened(
        tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00")])
    )

    hashed = [{"rule": f["rule"], "evidence": f["evidence"]} for f in lead["findings"]]
    canonical = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert lead["id"] == hashlib.sha256(canonical.encode()).hexdigest()[:16]
    assert lead["findings"][0]["evidence"] == [{"table": "fuel", "file": "加油.csv", "sheet": None, "row": 2}]


def test_a_lead_has_the_agreed_keys_and_facts_are_text_with_their_scale(tmp_path):
    (lead,) = screened(
        tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", [a_fill("2026-03-01T12:01:00")])
    )

    agreed = ["id", "rank", "score", "points", "colour", "tier", "watch", "title", "subject", "unit", "at"]
    agreed += ["amount", "findings", "innocent", "verify", "snapshot"]
    assert list(lead)[: len(agreed)] == agreed
    assert lead["findings"][0]["facts"] == {"liters": "80.00"}
    assert lead["findings"][0]["message"] == "苏M12345 于 2026年3月1日 12:01 加油 80 升"
    assert re.fullmatch("[0-9a-f]{64}", lead["snapshot"])


def test_findings_that_nothing_can_be_named_for_do_not_merge(tmp_path):
    fills = [a_fill(f"2026-03-0{day}T08:00:00", plate_norm=None, unit_id=None) for day in (1, 2)]

    leads = screened(tmp_path, [a_rule(tmp_path, "fill")], ("加油.csv", "fuel", fills))

    assert [lead["subject"]["key"] for lead in leads] == ["单位不明", "单位不明"]


FILES = [
    ("油卡.csv", "fuel_card", [{"card_h": CARD, "card_last4": "6677", "plate_norm": "苏M12345"}]),
    ("加油/1.csv", "fuel", [a_fill(f"2026-03-{day:02}T08:00:00", card_h=CARD) for day in range(1, 29)]),
    ("加油/2.csv", "fuel", [a_fill(f"2026-05-{day:02}T08:00:00", plate_norm="苏M777") for day in (1, 3, 9)]),
    ("通行.csv", "toll", [{"plate_norm": "苏M12345", "unit_id": "U2", "exit_ts": "2026-03-05T09:00:00"}]),
]


def several_rules(folder):
    return [
        a_rule(folder, "fill", tier="A"),
        a_rule(folder, "by_card", BY_CARD, subject="card", message="{card}"),
        a_rule(folder, "day", DAY, scope="key"),
        a_rule(folder, "toll", TOLL, reads=["toll"], message="{plate}"),
        a_rule(folder, "signal", FILL, tier="C"),
    ]


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(order=st.permutations(FILES), threads=st.sampled_from([1, 2, 4]), batches=st.booleans())
def test_any_order_of_files_and_any_number_of_threads_give_the_same_bytes(
    tmp_path_factory, order, threads, batches
):
    folder = tmp_path_factory.mktemp("order")
    rules = several_rules(folder)

    def bytes_of(name, files, threads):
        home, lake = a_house(folder / name)
        for batch in files:
            put(lake, *batch)
        return screen(home, lake, by_id(*rules), threads=threads).file.read_bytes()

    units = ("单位.csv", "unit", UNITS)
    expected = bytes_of("one", [[units, *FILES]], 2)
    files = [[file] for file in [*order, units]] if batches else [[*order, units]]

    assert bytes_of("other", files, threads) == expected
    assert expected.count(b"\n") >= 3


def test_the_key_of_the_home_changes_nothing(tmp_path):
    rule = a_rule(
        tmp_path,
        "by_card",
        BY_CARD.replace("f.liters,", "f.liters, '卡' || f.card_h AS mark,"),
        subject="card",
        message="{card}",
    )

    def bytes_of(name):
        home, lake = a_house(tmp_path / name)
        card = home.hash("6222 0001")
        put(lake, ("加油.csv", "fuel", [a_fill("2026-03-01T08:00:00", card_h=card, card_last4="0001")]))
        run = screen(home, lake, by_id(rule))
        return leads_of(run)[0]["findings"], leads_of(run)[0]["subject"]

    assert bytes_of("one") == bytes_of("two")
