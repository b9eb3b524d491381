"""Writing the template, and the rows that were rejected with the reason beside each."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qingfeng.organization.models import Intake
from qingfeng.organization.roles import HELD_WITHOUT_POST, ROLES
from qingfeng.organization.workbook.columns import REASON, SHEETS, Column
from qingfeng.organization.workbook.reading import rows_of

HEAD = PatternFill("solid", fgColor="E6EEF0")
NOTES = "填写说明"


def template_workbook() -> bytes:
    """Return the empty workbook: one sheet a register, and one that says what each column takes."""
    book = _empty()
    for name, columns in SHEETS.items():
        _head(book.create_sheet(name), columns)
    notes = book.create_sheet(NOTES)
    notes.append(["工作表", "列", "必填", "说明", "示例"])
    for name, columns in SHEETS.items():
        for column in columns:
            notes.append([name, column.header, "是" if column.is_needed else "", column.note, column.example])
    for role in ROLES.values():
        if role.key not in HELD_WITHOUT_POST:
            notes.append(["任职", "角色", "", role.term, ""])
    return _saved(book)


def rejects_of(intake: Intake) -> bytes:
    """Return the rejected rows as a workbook in the template's form, with reasons in a last column.

    The ID number is not given back: it was never kept.
    """
    book = _empty()
    for name, columns in SHEETS.items():
        sheet = book.create_sheet(name)
        _head(sheet, columns)
        at = len(columns) + 1
        sheet.cell(1, at, REASON)
        rejected = [row for row in rows_of(intake) if row.sheet == name and row.action == "rejected"]
        for line, row in enumerate(rejected, start=2):
            told = [
                *(row.values.get(column.key, "") for column in columns),
                f"{row.number}: {' '.join(row.problems)}",
            ]
            for place, value in enumerate(told, start=1):
                if value:
                    sheet.cell(line, place, value).data_type = "s"  # a text that begins with = stays a text
    return _saved(book)


def _empty() -> Workbook:
    book = Workbook()
    del book[book.sheetnames[0]]
    return book


def _head(sheet: Worksheet, columns: tuple[Column, ...]) -> None:
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(1, place, column.header + ("*" if column.is_needed else ""))
        cell.font, cell.fill = Font(bold=True), HEAD
        sheet.column_dimensions[get_column_letter(place)].width = max(12, 2 * len(column.header) + 4)
        sheet.column_dimensions[
            get_column_letter(place)
        ].number_format = "@"  # numbers stay as they are typed
    sheet.freeze_panes = "A2"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
