"""Builders of workbooks to be read in."""

import io

from openpyxl import Workbook, load_workbook

from qingfeng.organization.workbook.columns import PEOPLE, POSTS, SHEETS, UNITS

__all__ = ["PEOPLE", "POSTS", "UNITS", "a_workbook", "filled_template", "problems"]


def a_workbook(**sheets):
    """A workbook from `units=`, `people=`, `posts=`: lists of dicts by key of the column."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in zip(
        (UNITS, PEOPLE, POSTS), (sheets.get(one, []) for one in ("units", "people", "posts")), strict=True
    ):
        sheet = book.create_sheet(name)
        sheet.append([column.header for column in SHEETS[name]])
        for line, row in enumerate(rows, start=2):
            for place, column in enumerate(SHEETS[name], start=1):
                cell = sheet.cell(line, place, row.get(column.key))
                cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled_template(template, sheet, row):
    """The house's own template with one row typed into a sheet, by header."""
    book = load_workbook(io.BytesIO(template))
    headers = [str(cell.value).rstrip("*") for cell in book[sheet][1]]
    for place, header in enumerate(headers, start=1):
        book[sheet].cell(2, place, row.get(header))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def problems(intake):
    """(sheet, row) → problems, of the rejected rows."""
    return {
        (row["sheet"], row["number"]): row["problems"] for row in intake.rows if row["action"] == "rejected"
    }
