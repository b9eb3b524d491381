import datetime as dt
import io

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from reading import CARD, HEADER, NAMES, a_fill, given, only_sheet, opened, plan, staged


def xlsx(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_book(*rows: tuple[object, ...], title: str = "加油") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def test_an_xlsx_sheet_becomes_text_as_a_person_sees_it(tmp_path):
    row = (CARD, "苏M12345", dt.datetime(2026, 1, 2, 8, 30), 123, 45.5)  # noqa: DTZ001 - as a spreadsheet has it
    given(tmp_path, "a.xlsx", xlsx(a_book(HEADER, row, (None, None, dt.date(2026, 1, 3), 45292, 0.1 + 0.2))))

    sheet = only_sheet(tmp_path)
    _, rows = staged(sheet, tmp_path)

    assert (sheet.sheet, sheet.preview[0]) == ("加油", (1, HEADER))
    assert [(row["row_no"], row["ts"], row["station"], row["amount"]) for row in rows] == [
        (2, "2026-01-02 08:30:00", "123", "45.5"),
        (3, "2026-01-03", "45292", "0.3"),
    ]


def test_a_true_xls_becomes_text(tmp_path):
    book = xlwt.Workbook(encoding="gb18030")
    sheet = book.add_sheet("加油")
    for at, text in enumerate(HEADER):
        sheet.write(0, at, text)
    for at, value in enumerate((CARD, "苏M12345", 45292.5, "清河加油站", 300)):
        sheet.write(1, at, value)
    sheet.write(2, 2, dt.datetime(2024, 1, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))  # noqa: DTZ001 - a civil date
    out = io.BytesIO()
    book.save(out)
    given(tmp_path, "a.xls", out.getvalue())

    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert [(row["ts"], row["amount"]) for row in rows] == [("45292.5", "300"), ("2024-01-01", None)]


def test_a_card_number_kept_as_a_number_has_lost_digits(tmp_path):
    row = (6228480000000012345, "苏M12345", None, None, None)
    given(tmp_path, "a.xlsx", xlsx(a_book(HEADER, row, (622848000000123, None, None, None, 1))))

    sheet = only_sheet(tmp_path)
    _, rows = staged(sheet, tmp_path)

    assert sheet.preview[1][1][0] == "6.22848000000001E+18"
    assert [row["card_flag"] for row in rows] == ["digits_lost", None]
    assert rows[1]["card_last4"] == "0123"


def test_title_rows_and_merged_headers_are_filled_where_the_header_is(tmp_path):
    book = a_book(
        ("清河区加油明细",), (), ("卡号", "车牌号", "加油信息", None, None),
        (None, None, "数量", "加油站", "金额"),
        (CARD, "苏M12345", 40, "清河加油站", 300), (None, None, 50, "清河加油站", 375),
    )  # fmt: skip
    for merged in ("A1:E1", "A3:A4", "B3:B4", "C3:E3", "B5:B6", "C5:C6"):
        book.active.merge_cells(merged)
    given(tmp_path, "a.xlsx", xlsx(book))

    sheet = only_sheet(tmp_path)
    shown = dict(sheet.preview)
    _, rows = staged(sheet, tmp_path, plan(4, names=("card", "plate", "liters", "station", "amount")))

    assert shown[1] == ("清河区加油明细",) * 5
    assert shown[3] == ("卡号", "车牌号", "加油信息", "加油信息", "加油信息")
    assert shown[4] == ("卡号", "车牌号", "数量", "加油站", "金额")
    assert [row["row_no"] for row in rows] == [5, 6]
    assert rows[1]["plate"] == "苏M12345"  # merged down over its rows
    assert rows[1]["liters"] is None  # a number is counted once


def test_every_sheet_is_read_hidden_ones_too_and_empty_ones_not(tmp_path):
    book = a_book(HEADER, a_fill(0))
    book.create_sheet("空")
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden.append(HEADER)
    given(tmp_path, "a.xlsx", xlsx(book))

    assert [sheet.sheet for sheet in opened(tmp_path).sheets] == ["加油", "隐藏"]


def test_a_table_that_begins_away_from_the_corner_keeps_its_row_numbers(tmp_path):
    book = openpyxl.Workbook()
    for at, text in enumerate(HEADER):
        book.active.cell(4, 3 + at, text)
        book.active.cell(6, 3 + at, a_fill(0)[at])
    given(tmp_path, "a.xlsx", xlsx(book))

    sheet = only_sheet(tmp_path)
    how = plan(4, headers=("", "", *HEADER), names=("x", "y", *NAMES))
    _, rows = staged(sheet, tmp_path, how)

    assert dict(sheet.preview)[4] == ("", "", *HEADER)
    assert [(row["row_no"], row["row_kind"], row["plate"]) for row in rows] == [
        (5, "blank", None),
        (6, "data", "苏M12345"),
    ]


def test_a_workbook_that_counts_days_from_1904_means_the_same_day(tmp_path):
    book = a_book(HEADER)
    book.epoch = CALENDAR_MAC_1904
    book.active.append((None, None, dt.date(2024, 1, 1), None, 1))
    given(tmp_path, "a.xlsx", xlsx(book))

    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert rows[0]["ts"] == "2024-01-01"


@pytest.mark.parametrize("length", [30, 2000, 4000])
def test_a_truncated_workbook_is_refused_with_the_reason(tmp_path, length):
    given(tmp_path, "a.xlsx", xlsx(a_book(HEADER, a_fill(0)))[:length])

    (refused,) = opened(tmp_path).refused

    assert "breaks off or is damaged" in refused.what


def an_ole_file(*streams: str) -> bytes:
    """Return the least OLE container: a header, one FAT sector, one directory sector."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[44:48] = (1).to_bytes(4, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = b"\xff" * 436
    header[76:80] = (0).to_bytes(4, "little")
    fat = (0xFFFFFFFD).to_bytes(4, "little") + (0xFFFFFFFE).to_bytes(4, "little") + b"\xff" * 504
    directory = b""
    for name in ("Root Entry", *streams):
        spelt = (name + "\0").encode("utf-16-le")
        entry = bytearray(128)
        entry[: len(spelt)] = spelt
        entry[64:66] = len(spelt).to_bytes(2, "little")
        directory += bytes(entry)
    return bytes(header) + fat + directory.ljust(512, b"\0")


def test_an_encrypted_workbook_is_refused_for_its_password(tmp_path):
    given(tmp_path, "a.xlsx", an_ole_file("EncryptionInfo", "EncryptedPackage"))

    (refused,) = opened(tmp_path).refused

    assert refused.what == "The workbook is protected by a password."
    assert "Remove the password" in refused.then


def test_a_word_document_is_no_table(tmp_path):
    given(tmp_path, "a.xls", an_ole_file("WordDocument"))

    assert "a document" in opened(tmp_path).refused[0].what


def test_a_large_sheet_is_staged_whole(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("加油")
    sheet.append(HEADER)
    for number in range(25_000):
        sheet.append(("c", "苏M12345", "2026-01-01", "清河", number))
    given(tmp_path, "a.xlsx", xlsx(book))

    result, rows = staged(only_sheet(tmp_path), tmp_path)

    assert result.rows == {"data": 25_000}
    assert all(row["row_no"] == int(row["amount"]) + 2 for row in rows)
