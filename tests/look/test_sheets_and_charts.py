"""A shown table as a file, of exactly what was shown and nothing else; charts that are honest."""

import io

import pytest
from django.core import signing
from django.test import Client
from openpyxl import load_workbook

from qingfeng.look import sheets
from qingfeng.look.charts import Chart, Series

pytestmark = pytest.mark.django_db

SHEET = sheets.Sheet(
    "督办 2026/11", ["单位", "件"], [["=1+1", 3], ["@区, 城管\n局", -2], ["-cmd", None]], "截至 11月26日"
)


def test_an_xlsx_holds_what_was_shown_and_text_stays_text():
    answer = Client().post("/look/sheet/", {"table": sheets.packed(SHEET), "form": "xlsx"})

    page = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[:3] == [["单位", "件"], ["=1+1", 3], ["@区, 城管\n局", -2]]
    assert page["A2"].data_type == "s"
    assert rows[-1][0] == "截至 11月26日"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"


def test_a_csv_opens_in_a_spreadsheet_without_running_anything():
    answer = Client().post("/look/sheet/", {"table": sheets.packed(SHEET), "form": "csv"})

    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[:2] == ["单位,件", "'=1+1,3"]
    assert "'-cmd" in text
    assert ",-2" in text


@pytest.mark.parametrize(
    "table",
    ["", "x", signing.dumps({"title": "forged"}), signing.dumps(["a"], salt=sheets.SALT)],
    ids=["nothing", "no table", "another's signature", "no sheet"],
)
def test_a_table_that_this_house_did_not_sign_is_refused(table):
    assert Client().post("/look/sheet/", {"table": table}).status_code == 404


def test_whoever_records_exports_is_told_before_the_file_goes_out():
    heard = []

    def listen(sender, request, sheet, **kwargs):
        heard.append((request.path, sheet.title))

    sheets.taken.connect(listen)
    Client().post("/look/sheet/", {"table": sheets.packed(SHEET), "form": "csv"})
    sheets.taken.disconnect(listen)

    assert heard == [("/look/sheet/", "督办 2026/11")]


def test_a_chart_is_also_a_table_with_units_in_its_heads():
    chart = Chart(
        "逾期减少",
        "每月",
        ["1月", "2月"],
        [Series("按期", [3, 4]), Series("逾期", [1, None])],
        unit="件",
        head="月份",
    )

    assert chart.heads == ["月份", "按期 (件)", "逾期 (件)"]
    assert chart.rows == [["1月", 3, 1], ["2月", 4, None]]
    assert sheets.unpacked(chart.signed).rows == [["1月", 3, 1], ["2月", 4, None]]


def test_more_colours_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="draw 1 to 5"):
        Chart("六", "", ["a"], [Series(str(place), [1]) for place in range(6)])


def test_values_that_do_not_fit_the_names_are_refused():
    with pytest.raises(ValueError, match="1 values for 2 names"):
        Chart("短", "", ["a", "b"], [Series("x", [1])])


def test_a_kind_that_nothing_draws_is_refused():
    with pytest.raises(ValueError, match="not 'pie'"):
        Chart("饼", "", ["a"], [Series("x", [1])], kind="pie")
