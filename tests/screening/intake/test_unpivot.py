"""Pay lists with a column an item come in with a row an item."""

from __future__ import annotations

from decimal import Decimal

import pytest
from office import PEOPLE, UNITS, Office, sheet

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.preview import preview
from qingfeng.screening.progress import Silent

MAPPING = """
[[file]]
path = "工资*.csv"
table = "payroll"
items = ["基本工资", "津贴补贴", "绩效"]
"""
TITLE = "2026年3月工资发放表,,,,,,,"
HEADER = "序号,姓名,单位,发放月份,基本工资,津贴补贴,绩效,应发合计"
ROWS = [
    "1,张三,区城管局,2026年3月,3200.00,1500,800,5500",
    "2,李四,清河区水利局,2026年3月,3000.00,,700,3700",
    "3,王五,清河区水利局,2026年3月,,,,",
]
TOTAL = "合计,,,,6200.00,1500,1500,9200"


def an_office(tmp_path, *rows, mapping=MAPPING, name="工资.csv"):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("people.csv", PEOPLE)
    office.put("mapping.toml", mapping.splitlines())
    office.put(name, [TITLE, HEADER, *rows])
    return office


def yuan(text):
    return Decimal(text).quantize(Decimal("0.01"))


def test_each_filled_cell_is_a_row_with_its_header_as_item_and_the_sheets_row_number(tmp_path):
    office = an_office(tmp_path, *ROWS)

    account = sheet(office.take(), "工资.csv")

    assert office.rows("payroll", "name, item, amount, unit_id, (row_id >> 10) & 1023") == [
        ("张三", "基本工资", yuan("3200"), "U1", 3),
        ("张三", "津贴补贴", yuan("1500"), "U1", 3),
        ("张三", "绩效", yuan("800"), "U1", 3),
        ("李四", "基本工资", yuan("3000"), "U2", 4),
        ("李四", "绩效", yuan("700"), "U2", 4),
        ("王五", None, None, "U2", 5),
    ]
    assert (account.rows_in, account.rows_kept, account.adds_up) == (6, 6, True)
    assert "应发合计" in account.dropped_columns


def test_every_row_has_an_id_of_its_own_and_says_that_item_and_amount_are_given(tmp_path):
    office = an_office(tmp_path, *ROWS)

    office.take()

    assert len(set(office.rows("payroll", "row_id"))) == 6
    assert {given for (given,) in office.rows("payroll", "given")} == {",name,unit,pay_month,amount,item,"}


def test_a_cell_that_cannot_be_read_costs_its_own_item_and_is_told_with_its_header(tmp_path):
    office = an_office(tmp_path, "1,张三,区城管局,2026年3月,3200.00,一千五左右,八百上下,5500", ROWS[1])

    intake = office.take()

    account = sheet(intake, "工资.csv")
    assert [(r.row, r.column, r.value) for r in intake.rejects] == [
        (3, "津贴补贴", "一千五左右"),
        (3, "绩效", "八百上下"),
    ]
    assert (account.rows_in, account.rows_kept, account.rejected) == (5, 3, 2)
    assert account.adds_up


def test_an_unreadable_month_rejects_every_item_of_its_row(tmp_path):
    office = an_office(tmp_path, ROWS[0].replace("2026年3月", "上个月"), ROWS[1])

    account = sheet(office.take(), "工资.csv")

    assert (account.rows_in, account.rows_kept, account.rejected, account.adds_up) == (5, 2, 3, True)


def test_the_same_list_in_another_file_is_duplicates_item_by_item(tmp_path):
    office = an_office(tmp_path, *ROWS)
    office.put("工资副本.csv", [HEADER, *ROWS, "4,赵六,区城管局,2026年3月,2800,,,2800"])

    intake = office.take()

    accounts = [sheet(intake, name) for name in ("工资.csv", "工资副本.csv")]
    assert sum(account.duplicates for account in accounts) == 6
    assert all(account.adds_up for account in accounts)
    assert len(office.rows("payroll")) == 7


@pytest.mark.parametrize(
    ("total", "differs"), [(TOTAL, []), (TOTAL.replace(",1500,1500", ",1500,1510"), ["绩效"])]
)
def test_a_totals_row_is_checked_item_by_item(tmp_path, total, differs):
    office = an_office(tmp_path, *ROWS, total)

    account = sheet(office.take(), "工资.csv")

    assert account.other_rows["total"] == 1
    assert account.totals_checked == 3
    assert [told.column for told in account.totals] == differs


def test_items_may_be_in_ten_thousands(tmp_path):
    units = '[file.units]\n"基本工资" = "万元"\n"津贴补贴" = "万元"\n"绩效" = "万元"\n'
    office = an_office(tmp_path, "1,张三,区城管局,2026年3月,0.32,0.15,,0.47", mapping=MAPPING + units)

    office.take()

    assert office.rows("payroll", "amount") == [(yuan("3200"),), (yuan("1500"),)]


def test_next_months_list_is_read_the_same_without_its_mapping(tmp_path):
    office = an_office(tmp_path, *ROWS)
    office.take()
    (office.folder / "mapping.toml").unlink()
    april = [row.replace("年3月", "年4月") for row in ROWS]
    office.put("四月.csv", [TITLE, HEADER, *april])

    account = sheet(office.take(), "四月.csv")

    assert (account.rows_in, account.rows_kept) == (6, 6)


def test_explaining_says_which_columns_are_items(tmp_path):
    office = an_office(tmp_path, *ROWS)

    told, _ = preview([office.folder / "工资.csv"], office.home, Silent())

    (pay,) = told
    assert "Each filled cell of 基本工资、津贴补贴、绩效 is a row, and counted as one." in pay["why"]
    assert {c["header"]: c["why"] for c in pay["dropped"]}["应发合计"] == (
        "amount is read from the items: dropped."
    )


WRONG = {
    "no list": (
        MAPPING.replace('["基本工资", "津贴补贴", "绩效"]', '"基本工资"'),
        "items is a list of headers.",
    ),
    "twice": (MAPPING.replace('"绩效"', '"基本工资"'), "Header “基本工资” is named twice."),
    "another table": (MAPPING.replace('"payroll"', '"fuel"'), "Rows of table “fuel” are no items"),
    "amount too": (MAPPING + '[file.columns]\n"应发合计" = "amount"\n', "“应发合计” cannot be “amount”"),
    "no such header": (
        MAPPING.replace('"绩效"', '"绩效奖"'),
        "a header “绩效奖” that the sheet does not have.",
    ),
    "two units": (
        MAPPING + '[file.units]\n"绩效" = "万元"\n',
        "The items of a mapping have different units.",
    ),
}


@pytest.mark.parametrize(("mapping", "says"), WRONG.values(), ids=list(WRONG))
def test_a_wrong_list_of_items_stops_the_run_with_the_reason(tmp_path, mapping, says):
    office = an_office(tmp_path, *ROWS, mapping=mapping)

    with pytest.raises(Problem, match=says):
        office.take()
