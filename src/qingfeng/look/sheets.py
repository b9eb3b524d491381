"""A table that a page shows, as a file: XLSX or CSV of exactly what is shown.

The page signs the table that it shows; the file is made from that and from nothing else, so that this way out
needs no rights of its own. Whoever keeps a record of exports listens to `taken`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.dispatch import Signal
from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from qingfeng.look.outgoing import Outgoing

taken = Signal()
"""Sent before a file goes out, with `request` and `sheet`."""

SALT = "qingfeng.look.sheets"
HOURS = 12
_FORMULA = re.compile(r"^[=+@\t\r]|^-(?![\d.,]+$)")


@dataclass(frozen=True)
class Sheet:
    """A table: a title, the heads, rows of text or numbers, and a line that says what it is."""

    title: str
    heads: list[str]
    rows: list[list[str | int | float | None]]
    note: str = ""


def packed(sheet: Sheet) -> str:
    """Return the table, signed, for a hidden field."""
    return signing.dumps(asdict(sheet), salt=SALT, compress=True)


def unpacked(text: str) -> Sheet:
    """Return a table that this house signed within the last 12 hours.

    Raises:
        ValueError: If it is not one.
    """
    try:
        return Sheet(**signing.loads(text, salt=SALT, max_age=HOURS * 3600))
    except (signing.BadSignature, TypeError) as error:
        raise ValueError("This table was not signed by this house, or too long ago.") from error


def answer(sheet: Sheet, *, form: str) -> HttpResponse:
    """Return the file as a download; anything but `csv` is XLSX. Cells that name a source are left out."""
    outgoing = Outgoing()
    rows = [outgoing.cells(row, table=sheet.title) for row in sheet.rows]
    title, note = outgoing.cells((sheet.title, sheet.note), table=sheet.title)
    sheet = Sheet(title, sheet.heads, rows, f"{note} {outgoing.note}".strip())
    if form == "csv":
        content, kind, ending = _csv(sheet), "text/csv; charset=utf-8", "csv"
    else:
        content = _xlsx(sheet)
        kind, ending = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"
    name = re.sub(r'[\\/:*?"<>|\s]+', " ", sheet.title).strip()[:80] or "table"
    names = f"filename=\"table.{ending}\"; filename*=UTF-8''{quote(name)}.{ending}"
    headers = {
        "Content-Disposition": f"attachment; {names}",
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def _csv(sheet: Sheet) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    rows: list[list[Any]] = [[str(head) for head in sheet.heads], *sheet.rows]
    for row in rows:
        writer.writerow(
            [f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell for cell in row]
        )
    return out.getvalue().encode("utf-8-sig")


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook(write_only=True)
    page: Any = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", sheet.title)[:31] or "table")
    page.freeze_panes = "A2"
    for place, head in enumerate(sheet.heads):
        widest = max(
            [len(str(head)), *(len(str(row[place] or "")) for row in sheet.rows if place < len(row))]
        )
        page.column_dimensions[chr(65 + place) if place < 26 else "AA"].width = min(60, 2 * widest + 4)
    page.append([_cell(page, head, bold=True) for head in sheet.heads])
    for row in sheet.rows:
        page.append([_cell(page, cell) for cell in row])
    if sheet.note:
        page.append([])
        page.append([_cell(page, sheet.note)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, value: Any, *, bold: bool = False) -> Any:
    """Return a cell; text stays text, also where it looks like a formula."""
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=isinstance(value, str) and len(value) > 30)
    return cell
