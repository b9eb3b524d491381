import os
import subprocess
import sys
from itertools import pairwise

import pytest
from reading import CARD, HEADER, a_fill, csv_text, given, only_sheet, opened, plan, staged

from qingfeng.screening.intake.readers import transcode

TEXT = csv_text(a_fill(0), a_fill(1), a_fill(2))


@pytest.mark.parametrize(
    ("name", "data", "encoding"),
    [
        ("utf8.csv", TEXT.encode(), "utf-8"),
        ("bom.csv", TEXT.encode("utf-8-sig"), "utf-8-sig"),
        ("gbk.csv", TEXT.encode("gb18030"), "gb18030"),
        ("windows.csv", TEXT.replace("\n", "\r\n").encode("gb18030"), "gb18030"),
        ("unicode.txt", TEXT.replace(",", "\t").encode("utf-16"), "utf-16"),
        ("bare.txt", TEXT.replace(",", "\t").encode("utf-16-le"), "utf-16-le"),
        ("named.xls", TEXT.replace(",", "\t").encode("gb18030"), "gb18030"),
        ("semicolon.csv", TEXT.replace(",", ";").encode(), "utf-8"),
        (
            "quoted.csv",
            '"' + TEXT.strip().replace(",", '","').replace("\n", '"\n"').encode().decode() + '"\n',
            "",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_text_of_every_encoding_and_delimiter_gives_the_same_rows(tmp_path, name, data, encoding):
    given(tmp_path, name, data if isinstance(data, bytes) else data.encode())

    sheet = only_sheet(tmp_path)
    result, rows = staged(sheet, tmp_path)

    assert not encoding or sheet.encoding == encoding
    assert sheet.preview[0] == (1, HEADER)
    assert result.rows == {"data": 3}
    assert [(row["row_no"], row["plate"], row["station"], row["amount"]) for row in rows] == [
        (2, "苏M12345", "清河加油站", "100.00"),
        (3, "苏M12345", "清河加油站", "101.00"),
        (4, "苏M12345", "清河加油站", "102.00"),
    ]


def test_a_header_of_mojibake_is_refused_and_not_imported(tmp_path):
    given(tmp_path, "a.csv", TEXT.replace("卡号,车牌号", "�����,����").encode())

    sources = opened(tmp_path)

    assert not sources.sheets
    assert "mojibake" in sources.refused[0].what


def test_bytes_that_are_neither_utf8_nor_gb18030_are_refused(tmp_path):
    given(tmp_path, "a.csv", b"\xff\x81\xff,\x90\xff\n" * 40)

    assert "mojibake" in opened(tmp_path).refused[0].what


def test_a_gb18030_file_that_is_spoilt_behind_the_samples_is_refused_whole(tmp_path):
    data = bytearray(csv_text(*(a_fill(n) for n in range(60_000))).encode("gb18030"))
    at = (1 << 20) + 20_000
    data[at : at + 20_000] = b"\xff" * 19_999 + b"\n"
    given(tmp_path, "a.csv", bytes(data))
    sources = opened(tmp_path)

    reasons = [refused.what for refused in sources.refused]
    for sheet in sources.sheets:
        with pytest.raises(Exception, match="mojibake") as told:
            staged(sheet, tmp_path)
        reasons.append(str(told.value))

    assert len(reasons) == 1
    assert "mojibake" in reasons[0]


def test_utf8_that_turns_into_gb18030_far_down_is_read_as_gb18030(tmp_path):
    head = csv_text(*(a_fill(n, station="QH") for n in range(30_000)), header=NAMES_ASCII).encode()
    given(tmp_path, "a.csv", head + ",".join(a_fill(7)).encode("gb18030") + b"\n")

    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert len(rows) == 30_001
    assert rows[-1]["station"] == "清河加油站"


NAMES_ASCII = ("card", "plate", "ts", "station", "amount")


def test_rows_keep_the_line_they_start_on_when_cells_hold_line_ends(tmp_path):
    text = csv_text(a_fill(0), a_fill(1, station='"清河\n加油站"'), a_fill(2))
    given(tmp_path, "a.csv", text.encode())

    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert [row["row_no"] for row in rows] == [2, 3, 5]
    assert rows[1]["station"] == "清河\n加油站"


def test_blank_lines_are_counted_and_told_apart(tmp_path):
    given(tmp_path, "a.csv", csv_text(a_fill(0), ("",), a_fill(1)).encode() + b"\n\n\n")

    result, rows = staged(only_sheet(tmp_path), tmp_path)

    assert result.rows["data"] == 2
    assert [row["row_no"] for row in rows if row["row_kind"] == "data"] == [2, 4]


def test_a_short_record_is_filled_up_and_a_long_one_rejected(tmp_path):
    text = csv_text(a_fill(0), (CARD, "苏M12345"), (*a_fill(1), "x"), (*a_fill(2), "", " "), a_fill(3))
    given(tmp_path, "a.csv", text.encode())

    result, rows = staged(only_sheet(tmp_path), tmp_path)

    assert [row["row_no"] for row in rows] == [2, 3, 5, 6]
    assert rows[1]["amount"] is None
    assert result.rejected == ((4, "The record has 6 cells, the header 5."),)


def test_a_quotation_mark_that_nothing_closes_swallows_no_record(tmp_path):
    text = csv_text(
        *(a_fill(n) for n in range(5)), a_fill(5, station='"清河'), *(a_fill(n) for n in range(6, 90))
    )
    given(tmp_path, "a.csv", text.encode())

    result, rows = staged(only_sheet(tmp_path), tmp_path)

    assert len(rows) + len(result.rejected) == 90
    assert [row["row_no"] for row in rows] == list(range(2, 92))


def test_a_title_above_the_header_moves_no_row_number(tmp_path):
    given(tmp_path, "a.csv", ("清河区加油明细,,,,\n打印日期：2026-02-01,,,,\n" + TEXT).encode())

    result, rows = staged(only_sheet(tmp_path), tmp_path, plan(3))

    assert [row["row_no"] for row in rows] == [4, 5, 6]
    assert result.rows == {"data": 3}


def test_a_large_file_keeps_its_order_on_several_threads(tmp_path):
    given(tmp_path, "a.csv", csv_text(*(a_fill(0, amount=str(n)) for n in range(300_000))).encode())

    result, rows = staged(only_sheet(tmp_path), tmp_path)

    assert result.first_row == 2  # the engine read it, no line was looked at by Python
    assert all(row["row_no"] == int(row["amount"]) + 2 for row in rows)


def test_a_line_without_end_is_refused_before_it_is_read(tmp_path):
    """A sparse file of ten gigabytes is refused within its first megabytes."""
    file = given(tmp_path, "a.csv", TEXT.encode())
    os.truncate(file, 10 << 30)

    (refused,) = opened(tmp_path).refused

    assert refused.what == "A line is longer than 4 MiB: this is no table."


def test_extra_columns_that_nobody_asked_for_are_not_staged(tmp_path):
    given(tmp_path, "a.csv", csv_text((*a_fill(0), "13900001234"), header=(*HEADER, "手机")).encode())

    staged(only_sheet(tmp_path), tmp_path)

    assert b"13900001234" not in (tmp_path / "staged.parquet").read_bytes()


@pytest.mark.parametrize("parts", [1, 2, 7, 40])
def test_a_gb18030_file_decoded_in_parts_is_the_whole_text(tmp_path, parts):
    text = csv_text(*(a_fill(n, station="清河𠀀加油站〇") for n in range(20)))
    data = text.encode("gb18030")
    file = given(tmp_path, "a.csv", data)
    cuts = [len(data) * part // parts for part in range(parts + 1)]

    told = [
        subprocess.run(
            [sys.executable, "-I", transcode.__file__, str(file), str(start), str(end)],
            check=True,
            capture_output=True,
        ).stdout
        for start, end in pairwise(cuts)
    ]

    assert b"".join(told).decode() == text
