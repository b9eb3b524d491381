"""Which rules run, and why one does not: tables, columns, groups, periods, the calendar."""

import pytest
from a_screening import BOTH, fuel, told
from tiny_lake import a_fill, a_house, a_rule, by_id

from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import screen


def test_a_rule_whose_table_is_absent_is_not_run(tmp_path):
    rule = a_rule(tmp_path, "fill")

    outcome = told(tmp_path, rule, ("通行.csv", "toll", [{"plate_norm": "苏M1"}]))

    assert (outcome.state, outcome.reason.en, outcome.found) == ("not run", "there is no table fuel", 0)
    assert outcome.reason.zh == "没有加油明细（fuel）"


def test_an_empty_lake_runs_nothing_and_has_no_leads(tmp_path):
    home, lake = a_house(tmp_path / "home")

    run = screen(home, lake, by_id(a_rule(tmp_path, "fill")))

    assert run.file.read_bytes() == b""
    assert run.rules[0].state == "not run"


def test_a_rule_whose_column_no_file_gives_is_not_run(tmp_path):
    rule = a_rule(tmp_path, "fill", needs=["fuel.liters"])

    outcome = told(tmp_path, rule, fuel(a_fill("2026-03-01T08:00:00"), given=",ts,amount,"))

    assert (outcome.state, outcome.reason.en) == ("not run", "no file gives fuel.liters")


def test_one_file_with_the_column_is_enough(tmp_path):
    rule = a_rule(tmp_path, "fill", needs=["fuel.liters"])
    files = [
        ("一.csv", "fuel", [a_fill("2026-03-01T08:00:00")], ",ts,amount,"),
        ("二.csv", "fuel", [a_fill("2026-03-02T08:00:00")], ",ts,liters,"),
    ]

    assert told(tmp_path, rule, *files).state == "ran"


@pytest.mark.parametrize(("passed", "state"), [("2026-03-05", "ran"), ("2026-05-05", "not run")])
def test_tables_whose_periods_do_not_overlap_are_told_with_both_periods(tmp_path, passed, state):
    rule = a_rule(tmp_path, "fill", BOTH, reads=["fuel", "toll"], overlaps=[["fuel", "toll"]])
    fills = fuel(a_fill("2026-03-01T08:00:00"), a_fill("2026-03-09T08:00:00"))
    toll = ("通行.csv", "toll", [{"plate_norm": "苏M12345", "exit_ts": f"{passed}T09:00:00"}])

    outcome = told(tmp_path, rule, fills, toll)

    assert outcome.state == state
    if state == "not run":
        assert outcome.reason.en == (
            "the periods of fuel (2026-03-01 to 2026-03-09) and toll (2026-05-05 to 2026-05-05) "
            "do not overlap"
        )


SEEN = """
SELECT x.plate_norm AS plate, x.unit_id, x.ts AS "at", NULL AS amount, 1 AS liters, x.gps_row, x.toll_row
FROM (
  SELECT plate_norm, unit_id, started_at AS ts, row_id AS gps_row, NULL AS toll_row FROM gps
  UNION ALL
  SELECT plate_norm, unit_id, exit_ts, NULL, row_id FROM toll
) AS x WHERE x.plate_norm NOT IN (SELECT plate_norm FROM fuel WHERE plate_norm IS NOT NULL)
"""


SEEN_HEADER = {"reads_any": [["gps", "toll"]], "overlaps": [["fuel", "gps", "toll"]]}


TRACK = (
    "定位.csv",
    "gps",
    [{"plate_norm": "苏M22222", "unit_id": "U1", "started_at": "2026-03-05T09:00:00"}],
)


def a_toll(day):
    return ("通行.csv", "toll", [{"plate_norm": "苏M33333", "unit_id": "U1", "exit_ts": f"{day}T09:00:00"}])


def test_a_rule_of_which_none_of_a_group_is_there_is_not_run_and_names_the_group(tmp_path):
    rule = a_rule(tmp_path, "seen", SEEN, **SEEN_HEADER)

    outcome = told(tmp_path, rule, fuel(a_fill("2026-03-01T08:00:00")))

    assert (outcome.state, outcome.reason.en) == ("not run", "there is none of the tables gps, toll")
    assert outcome.reason.zh == "定位轨迹（gps）、通行记录（toll）一个都没有"


@pytest.mark.parametrize(("there", "absent"), [(TRACK, "toll"), (a_toll("2026-03-05"), "gps")])
def test_one_table_of_a_group_is_enough_and_the_others_are_told(tmp_path, there, absent):
    rule = a_rule(tmp_path, "seen", SEEN, **SEEN_HEADER)
    fills = fuel(a_fill("2026-03-01T08:00:00"), a_fill("2026-03-09T08:00:00"))

    outcome = told(tmp_path, rule, fills, there)

    assert (outcome.state, outcome.found, outcome.without) == ("ran", 1, (absent,))
    assert (outcome.table, outcome.read, outcome.rows) == ("fuel", 2, {"fuel": 2, there[1]: 1})


@pytest.mark.parametrize(
    ("files", "state"), [([a_toll("2026-05-05")], "not run"), ([a_toll("2026-05-05"), TRACK], "ran")]
)
def test_of_a_group_one_table_with_a_common_period_is_enough(tmp_path, files, state):
    rule = a_rule(tmp_path, "seen", SEEN, **SEEN_HEADER)
    fills = fuel(a_fill("2026-03-01T08:00:00"), a_fill("2026-03-09T08:00:00"))

    outcome = told(tmp_path, rule, fills, *files)

    assert outcome.state == state
    assert bool(outcome.reason) == (state == "not run")
    assert outcome.reason.en in ("", OVERLAP_TOLD)


OVERLAP_TOLD = (
    "the periods of fuel (2026-03-01 to 2026-03-09) and toll (2026-05-05 to 2026-05-05) do not overlap"
)


ALONE = SEEN[: SEEN.index(" WHERE x.")]


@pytest.mark.parametrize(
    ("there", "counted"),
    [
        (TRACK, ("gps", 1, 1, {"没有里程": 1})),
        (a_toll("2026-03-05"), ("toll", 1, 1, {"没有里程": 0})),
    ],
)
def test_a_rule_about_a_group_counts_the_table_that_is_there(tmp_path, there, counted):
    excluded = {"没有里程": "km IS NULL"}
    rule = a_rule(tmp_path, "seen", ALONE, reads=[], reads_any=[["gps", "toll"]], excluded=excluded)

    outcome = told(tmp_path, rule, there)

    assert (outcome.table, outcome.read, outcome.applicable, outcome.excluded) == counted


CAR = {"plate_norm": "苏M12345", "unit_id": "U1", "parking_lon": 120.0, "parking_lat": 32.0}


NIGHT = {"plate_norm": "苏M12345", "unit_id": "U1", "lon": 120.0, "lat": 32.1}


SHIPPED_GROUPS = {
    "vehicle_holiday_move": (
        "gps, toll, sighting",
        [("车辆.csv", "vehicle", [CAR]), ("派车.csv", "trip", [{"departed_at": "2026-03-15T20:00:00"}])],
        ("通行.csv", "toll", [{"plate_norm": "苏M12345", "unit_id": "U1", "exit_ts": "2026-03-15T09:00:00"}]),
    ),
    "vehicle_overnight_away": (
        "gps, sighting",
        [("车辆.csv", "vehicle", [CAR])],
        (
            "停车.csv",
            "sighting",
            [{**NIGHT, "in_ts": "2026-03-15T00:00:00", "out_ts": "2026-03-15T04:00:00"}],
        ),
    ),
    "card_buy_public": (
        "invoice_line, card_buy",
        [("凭证.csv", "voucher", [{"unit_id": "U1", "date": "2026-03-15"}])],
        ("购卡.csv", "card_buy", [{"unit_id": "U1", "date": "2026-03-15", "amount": 3000}]),
    ),
}


@pytest.mark.parametrize("name", SHIPPED_GROUPS)
def test_a_shipped_rule_with_a_group_runs_with_one_of_it_and_not_without(tmp_path, name):
    group, others, one = SHIPPED_GROUPS[name]
    rule = load_rules(only=[name])[name]

    without = told(tmp_path / "without", rule, *others)
    with_one = told(tmp_path / "with", rule, *others, one)

    assert (without.state, without.reason.en) == ("not run", f"there is none of the tables {group}")
    assert (with_one.state, with_one.found) == ("ran", 1)


REST = """
SELECT f.plate_norm AS plate, f.unit_id, f.ts AS "at", f.amount, f.liters, f.row_id AS fuel_row
FROM fuel AS f JOIN calendar AS c ON c.date = CAST(f.ts AS DATE)
WHERE c.day_kind IN ('weekend', 'holiday')
"""


def test_a_year_that_the_calendar_lacks_stops_a_rule_that_asks_for_rest_days(tmp_path):
    rule = a_rule(tmp_path, "rest", REST, reads=["fuel", "calendar"])

    outcome = told(tmp_path, rule, fuel(a_fill("2026-03-01T08:00:00"), a_fill("2059-03-01T08:00:00")))

    assert (outcome.state, outcome.reason.en) == ("not run", "the work calendar lacks 2059")


def test_a_single_wrong_year_in_many_rows_is_counted_as_excluded_instead(tmp_path):
    rule = a_rule(tmp_path, "rest", REST, reads=["fuel", "calendar"])
    fills = [a_fill("2026-03-01T08:00:00") for _ in range(200)]

    outcome = told(tmp_path, rule, fuel(*fills, a_fill("2059-03-01T08:00:00")))

    assert (outcome.state, outcome.read, outcome.excluded) == ("ran", 201, {"工作日历缺2059年": 1})
