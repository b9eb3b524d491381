"""Totals rows are no records, but they check the sum."""

from __future__ import annotations

from decimal import Decimal

from office import FUEL, Office, sheet

ROW = "T{0},苏M12345,2024-01-0{0} 08:00:00,92#汽油,{1},{2},清河站"


def test_a_total_that_differs_by_ten_fen_is_told_with_both_numbers(tmp_path):
    office = Office(tmp_path)
    office.put(
        "fuel.csv", [FUEL, ROW.format(1, 40, "320.00"), ROW.format(2, 30, "240.00"), "合计,,,,70,560.10,"]
    )

    account = sheet(office.take(), "fuel.csv")

    (differs,) = account.totals
    assert (differs.column, differs.said, differs.summed) == ("amount", Decimal("560.10"), Decimal("560.00"))
    assert (differs.row, differs.covers_from) == (4, 2)
    assert account.totals_checked == 2
    assert account.other_rows["total"] == 1
    assert account.rows_in == 2


def test_a_total_within_five_fen_agrees(tmp_path):
    office = Office(tmp_path)
    office.put("fuel.csv", [FUEL, ROW.format(1, 40, "320.00"), "合计,,,,40,320.05,"])

    assert sheet(office.take(), "fuel.csv").totals == []


def test_page_totals_and_the_grand_total_each_cover_their_rows(tmp_path):
    office = Office(tmp_path)
    office.put(
        "fuel.csv",
        [
            FUEL,
            ROW.format(1, 40, "320.00"),
            "小计,,,,40,320.00,",
            ROW.format(2, 30, "240.00"),
            ROW.format(3, 10, "80.00"),
            "小计,,,,40,320.00,",
            "总计,,,,80,640.00,",
        ],
    )

    account = sheet(office.take(), "fuel.csv")

    assert account.totals == []
    assert account.totals_checked == 6


def test_a_page_total_that_differs_is_told_with_the_rows_it_covers(tmp_path):
    office = Office(tmp_path)
    office.put(
        "fuel.csv",
        [
            FUEL,
            ROW.format(1, 40, "320.00"),
            "小计,,,,40,320.00,",
            ROW.format(2, 30, "240.00"),
            "小计,,,,30,250.00,",
        ],
    )

    (differs,) = sheet(office.take(), "fuel.csv").totals

    assert (differs.row, differs.covers_from, differs.summed) == (5, 4, Decimal("240.00"))
