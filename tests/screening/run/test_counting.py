"""Rows applicable and excluded are the same, counted by groups or row by row."""

from contextlib import closing

import pytest
from tiny_lake import UNITS, a_fill, a_house, a_rule, put

from qingfeng.screening.engines.duckdb_engine import connect, mount
from qingfeng.screening.run.counting import Count, count

EXCLUDED = {
    "exempt": "plate_norm IN (SELECT v.plate_norm FROM vehicle AS v WHERE v.use_type = '执法执勤')",
    "far": "regexp_matches(station, '^外地')",
    "no litres": "liters IS NULL",
    "late": "CAST(ts AS DATE) IN (SELECT c.date FROM calendar AS c WHERE c.day_kind = 'weekend')",
}
CARS = [
    {"plate_norm": "苏M00000", "use_type": "执法执勤"},
    {"plate_norm": "苏M00001", "use_type": "一般公务"},
]


def counted(tmp_path, fills):
    home, lake = a_house(tmp_path / "home")
    put(lake, ("单位.csv", "unit", UNITS), ("车.csv", "vehicle", CARS), ("加油.csv", "fuel", fills))
    rule = a_rule(
        tmp_path,
        "fill",
        excluded=EXCLUDED,
        applies="regexp_matches(plate_norm, '^苏')",
        uses=["vehicle", "calendar"],
    )
    with closing(connect(home)) as con:
        mount(con, lake.snapshot())
        return count(con, [rule], ["fuel", "vehicle"])


def some_fills(rows, stations):
    return [
        a_fill(
            "2026-03-02T08:00:00" if at % 4 else "2026-03-07T08:00:00",
            plate_norm=None if at % 5 == 4 else f"苏M{at % 5:05}",
            station=None if at % 6 == 5 else f"{'外地' if at % 3 else '本地'}{at % stations}",
            liters=None if at % 7 == 6 else 40,
        )
        for at in range(rows)
    ]


def expected(fills):
    told = dict.fromkeys(EXCLUDED, 0)
    applicable = [fill for fill in fills if fill["plate_norm"]]
    for fill in applicable:
        holds = {
            "exempt": fill["plate_norm"] == "苏M00000",
            "far": (fill["station"] or "").startswith("外地"),
            "no litres": fill["liters"] is None,
            "late": fill["ts"].startswith("2026-03-07"),
        }
        reason = next((name for name in EXCLUDED if holds[name]), None)
        if reason:
            told[reason] += 1
    return Count(len(applicable), told)


@pytest.mark.parametrize("stations", [2, 10_000], ids=["few stations", "a station a row"])
def test_groups_and_rows_give_the_same_counts(tmp_path, stations):
    fills = some_fills(420, stations)

    known, counts = counted(tmp_path, fills)

    assert counts["fill"] == expected(fills)
    assert known["fuel"].rows == 420
    assert (str(known["fuel"].since), str(known["fuel"].until)) == ("2026-03-02", "2026-03-07")


def test_a_table_without_rows_counts_nothing(tmp_path):
    known, counts = counted(tmp_path, [])

    assert counts["fill"] == Count(0, dict.fromkeys(EXCLUDED, 0))
    assert known["fuel"].rows == 0
    assert known["fuel"].since is None
