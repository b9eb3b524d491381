"""Rows that are there twice, and rows that say two things under one id."""

from __future__ import annotations

from office import FUEL, LINES, Office, sheet

ROW = "{0},苏M12345,{1} 08:00:00,92#汽油,40,{2},清河站"


def row(number, day="2024-01-31", amount="320.00"):
    return ROW.format(number, day, amount)


def test_overlapping_monthly_exports_keep_a_row_once(tmp_path):
    office = Office(tmp_path)
    office.put("jan.csv", [FUEL, row("T1", "2024-01-30"), row("T2")])
    office.put("feb.csv", [FUEL, row("T2"), row("T3", "2024-02-01")])

    intake = office.take()

    assert [s.duplicates for s in intake.sheets] == [0, 1]
    assert sorted(r[0] for r in office.rows("fuel", "txn_id")) == ["T1", "T2", "T3"]


def test_months_that_come_one_after_the_other_keep_a_row_once(tmp_path):
    office = Office(tmp_path)
    office.put("jan.csv", [FUEL, row("T1", "2024-01-30"), row("T2")])
    office.take()
    office.put("feb.csv", [FUEL, row("T2"), row("T3", "2024-02-01")])

    intake = office.take()

    assert sheet(intake, "feb.csv").duplicates == 1
    assert sorted(r[0] for r in office.rows("fuel", "txn_id")) == ["T1", "T2", "T3"]


def test_one_id_with_two_values_is_kept_twice_flagged_and_listed(tmp_path):
    office = Office(tmp_path)
    office.put("jan.csv", [FUEL, row("T1")])
    office.put("feb.csv", [FUEL, row("T1", amount="321.00")])

    intake = office.take()

    assert office.rows("fuel", "quality_flags") == [(",conflict,",), (",conflict,",)]
    (conflict,) = intake.conflicts
    assert (conflict.table, conflict.key, conflict.columns) == ("fuel", "T1", ("amount",))
    assert sorted(conflict.rows) == [("feb.csv", None, 2), ("jan.csv", None, 2)]


def test_a_conflict_with_an_older_import_flags_both_rows(tmp_path):
    office = Office(tmp_path)
    office.put("jan.csv", [FUEL, row("T1"), row("T2")])
    office.take()
    office.put("feb.csv", [FUEL, row("T1", amount="321.00")])

    intake = office.take()

    flags = office.rows("fuel", "txn_id, amount::VARCHAR, quality_flags")
    assert sorted(flags) == [
        ("T1", "320.00", ",conflict,"),
        ("T1", "321.00", ",conflict,"),
        ("T2", "320.00", ","),
    ]
    assert intake.conflicts_found == 1


def test_a_row_with_an_id_that_is_there_twice_in_one_file_is_kept_once(tmp_path):
    office = Office(tmp_path)
    office.put("jan.csv", [FUEL, row("T1"), row("T1"), row("T2")])

    account = sheet(office.take(), "jan.csv")

    assert (account.rows_kept, account.duplicates) == (2, 1)


def test_equal_rows_without_an_id_stay_and_say_that_they_may_be_duplicates(tmp_path):
    office = Office(tmp_path)
    office.put("jan.csv", [FUEL, row(""), row(""), row("", amount="99.00")])

    account = sheet(office.take(), "jan.csv")

    assert (account.rows_kept, account.flags) == (3, {"maybe_duplicate": 2})


def test_across_files_copies_are_counted(tmp_path):
    office = Office(tmp_path)
    office.put("a.csv", [FUEL, row(""), row("")])
    office.put("b.csv", [FUEL, row(""), row(""), row("")])
    office.put("c.csv", [FUEL, row("")])

    intake = office.take()

    assert [(s.rows_kept, s.duplicates) for s in intake.sheets] == [(2, 0), (1, 2), (0, 1)]
    assert len(office.rows("fuel")) == 3


def test_copies_are_counted_against_older_imports_too(tmp_path):
    office = Office(tmp_path)
    office.put("a.csv", [FUEL, row(""), row("")])
    office.take()
    office.put("b.csv", [FUEL, row(""), row(""), row("")])

    intake = office.take()

    assert sheet(intake, "b.csv").duplicates == 2
    assert len(office.rows("fuel")) == 3


def test_a_hundred_equal_lines_of_an_invoice_stay_a_hundred(tmp_path):
    line = "24322000000012345678,清河超市,区城管局,2024-01-02,1010101,纸,A4,1,10.00,10.00,3%,0.30,10.30"
    office = Office(tmp_path)
    office.put("invoices.csv", [LINES, *[line] * 100])

    intake = office.take()

    assert office.rows("invoice", "amount::VARCHAR, total::VARCHAR") == [("1000.00", "1030.00")]
    assert len(office.rows("invoice_line")) == 100
    assert sheet(intake, "invoices.csv").adds_up


def test_the_lines_of_an_invoice_that_is_known_are_known_as_well(tmp_path):
    line = "24322000000012345678,清河超市,区城管局,2024-01-02,1010101,纸,A4,1,10.00,10.00,3%,0.30,10.30"
    office = Office(tmp_path)
    office.put("a.csv", [LINES, *[line] * 3])
    office.put("b.csv", [LINES, *[line] * 3, line.replace("5678,", "5679,")])

    intake = office.take()

    account = sheet(intake, "b.csv")
    assert (account.rows_in, account.rows_kept, account.duplicates) == (4, 1, 3)
    assert len(office.rows("invoice")) == 2
    assert len(office.rows("invoice_line")) == 4


def test_passengers_are_part_of_what_a_trip_says(tmp_path):
    header = "派车单号,车牌号,驾驶员,乘车人,目的地,出车时间,收车时间"
    trip = "P1,苏M12345,张三,{0},云川,2024-01-02 08:00,2024-01-02 18:00"
    office = Office(tmp_path)
    office.put("a.csv", [header, trip.format("张三、李四")])
    office.put("b.csv", [header, trip.format("张三、李四")])
    office.put("c.csv", [header, trip.format("张三、王五")])

    intake = office.take()

    assert [s.duplicates for s in intake.sheets] == [0, 1, 0]
    assert [c.columns for c in intake.conflicts] == [("trip_person",)]
    assert len(office.rows("trip_person")) == 4


def test_a_row_that_only_says_more_is_no_conflict(tmp_path):
    office = Office(tmp_path)
    office.put("a.csv", [FUEL, row("T1")])
    office.put("b.csv", [FUEL + ",余额", row("T1") + ",1000"])

    intake = office.take()

    assert intake.conflicts_found == 0
    assert office.rows("fuel", "quality_flags") == [(",maybe_duplicate,",), (",maybe_duplicate,",)]
