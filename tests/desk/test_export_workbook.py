import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from qingfeng.desk.workbook import Tables

DANGEROUS = ["=1+1", "+cmd", "@SUM(A1)", "-2+3", "\t=1", " =1", '=HYPERLINK("http://x")']


def _held(form, cell):
    tables = Tables(form)
    tables.begin("事项", ["编号", "标题"])
    tables.add("事项", ["督1号", cell])
    return tables.file().read()


def _csv_rows(content):
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        text = folder.read("事项.csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("cell", DANGEROUS)
def test_no_csv_cell_begins_as_a_formula(cell):
    assert _csv_rows(_held("csv", cell))[1][1].startswith("'")


@pytest.mark.parametrize("cell", DANGEROUS)
def test_no_sheet_holds_a_formula(cell):
    page = load_workbook(io.BytesIO(_held("xlsx", cell)))["事项"]

    assert page["B2"].data_type == "s"
    assert page["B2"].value.strip() == cell.strip()


def test_a_negative_number_stays_a_number():
    assert _csv_rows(_held("csv", -1200.5))[1][1] == "-1200.5"
    assert _csv_rows(_held("csv", "-1,200.50"))[1][1] == "-1,200.50"


def test_signs_that_no_sheet_knows_are_taken_out():
    page = load_workbook(io.BytesIO(_held("xlsx", "甲\x00乙\x0b丙")))["事项"]

    assert page["B2"].value == "甲 乙 丙"


def test_two_tables_of_one_name_get_sheets_of_their_own():
    tables = Tables("xlsx")
    for name in ("问责决定台账/一", "问责决定台账:一"):
        tables.begin(name, ["列"])

    assert len(set(load_workbook(tables.file()).sheetnames)) == 2
