"""Results of earlier years out of files as people save them: what is read, what is rejected and why."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from a_year import on
from django.utils import translation
from openpyxl import Workbook

from qingfeng.appraisal.points import earlier
from qingfeng.appraisal.points.tables import EarlierPoints
from qingfeng.organization.models import Unit
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
HEADS = list(earlier.HEADS)
TEXT = "对象编号,年度,总分,等次\nY0402,2024,88.5,称职\n党风室,2024,91,优秀\n"


@pytest.fixture(autouse=True)
def in_english(office, db):
    with translation.override("en"), on(date(2026, 3, 4)):
        yield


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def read(*rows):
    return earlier.read(workbook(结果=[HEADS, *rows]))


def kept(found):
    return [(one.name, one.year, one.value, one.grade) for one in found.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_text_is_read_in_whatever_encoding_and_however_its_cells_are_parted(office, encoding, sign):
    found = earlier.read(TEXT.replace(",", sign).encode(encoding))

    name = office.people["Y0402"].name
    assert kept(found) == [(name, 2024, "88.50", "competent"), ("党风室", 2024, "91.00", "excellent")]
    assert found.rejects == ()


def test_a_unit_whose_own_name_has_full_width_signs_is_found(office):
    Unit.objects.filter(short_name="党风室").update(short_name="党风室（一）")

    assert kept(read(["党风室（一）", 2024, 91, "优秀"])) == [("党风室（一）", 2024, "91.00", "excellent")]


def test_numbers_that_are_text_and_full_width_signs_are_numbers(office):
    found = read(["Ｙ０４０２ ", "2024年度", "８８．５分", " 称职"], ["Y0403", 2024.0, "90", None])

    assert [(one.year, one.value, one.grade) for one in found.lines] == [
        (2024, "88.50", "competent"), (2024, "90.00", ""),
    ]  # fmt: skip


def test_a_title_above_the_heads_other_columns_and_another_sheet_do_no_harm(office):
    rows = [
        ["2024 年度考核结果"],
        [],
        ["姓名", "等次", "对象编号", "总分", "年度"],
        ["某", "称职", "Y0402", 88.5, 2024],
    ]

    found = earlier.read(workbook(说明=[["填表说明"]], 结果=rows))

    assert [(one.row, one.value) for one in found.lines] == [(4, "88.50")]


def test_two_sheets_with_results_are_told_by_name(office):
    data = workbook(上半年=[HEADS], 下半年=[HEADS])

    with pytest.raises(Problem, match="上半年、下半年"):
        earlier.read(data)


def test_somebody_who_stands_twice_with_different_results_is_rejected_both_times(office):
    found = read(["Y0402", 2024, 88.5, ""], ["Y0402", 2024, 70, ""], ["Y0403", 2024, 80, ""],
                 ["Y0403", 2024, 80, ""])  # fmt: skip

    assert [(one.row, one.why) for one in found.rejects] == [
        (2, "Row 3 says something else of the same."),
        (3, "Row 2 says something else of the same."),
        (5, "The same stands in row 4."),
    ]
    assert [one.row for one in found.lines] == [4]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["Y9999", 2024, 80, ""], "no person of this number"),
        (["程思源", 2024, 80, ""], "enter the number of the person"),
        (["Y0402", 2026, 80, ""], "not over"),
        (["Y0402", "去年", 80, ""], "year cannot be read"),
        (["Y0402", 2024, "很好", ""], "points cannot be read"),
        (["Y0402", 2024, 130, ""], "0 to 115"),
        (["Y0402", 2024, "NaN", ""], "0 to 115"),
        (["Y0402", 2024, 80, "一般"], "一般"),
    ],
)
def test_what_cannot_be_kept_says_why_with_its_cells(office, row, why):
    (reject,) = read(row).rejects

    assert why in reject.why
    assert reject.cells[0] == row[0]


def test_what_is_kept_already_is_counted_and_what_differs_from_it_is_rejected(office):
    by = office.person("evaluator")
    first = read(["Y0402", 2024, 88.5, "称职"], ["Y0403", 2024, 80, ""])
    assert earlier.keep(first.lines, by=by.pk) == 2

    found = read(["Y0402", 2024, 88.5, "称职"], ["Y0403", 2024, 82, ""], ["Y0404", 2024, 85, ""])

    assert (found.there, [one.row for one in found.lines]) == (1, [4])
    assert [(one.row, "80.00" in one.why) for one in found.rejects] == [(3, True)]
    assert EarlierPoints.objects.get(person=office.people["Y0403"]).value == Decimal(80)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04broken",
        "姓名,分数\n".encode(),
        b"\xff\xfe\x00\x81",
        b"\xd0\xcf\x11\xe0old",
        b"\xff\xfe\xd8",
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(office, data):
    with pytest.raises(Problem):
        earlier.read(data)
