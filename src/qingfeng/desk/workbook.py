"""Tables as files: one XLSX with a sheet for each, or a zip of CSV files; no cell is a formula."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from qingfeng.look.outgoing import Outgoing

FORMULA = re.compile(r"^[\s]*[=+@\t\r]|^[\s]*-(?![\d.,]+$)")
IN_MEMORY = 4 << 20
MEDIA = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "csv": ("application/zip", "zip"),
}
"""Media type and ending by form."""
LONGEST = 32_000  # a cell of a sheet holds 32,767 characters
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Tables:
    """Tables that are written row by row, in any order, and come out as one file.

    Args:
        form: `xlsx`, or `csv` for a zip of CSV files with a byte order mark, as office programs expect.
        outgoing: Searches every cell for words that name a source; told of what the house says by itself.
    """

    def __init__(self, form: str, outgoing: Outgoing | None = None) -> None:
        self.outgoing = outgoing or Outgoing()
        self._is_csv = form == "csv"
        self._book = Workbook(write_only=True)
        self._pages: dict[str, Any] = {}
        self._csv: dict[str, io.TextIOWrapper] = {}
        self._rows: dict[str, Any] = {}

    def begin(self, name: str, heads: Iterable[Any]) -> None:
        """Begin a table with its heads."""
        if self._is_csv:
            held = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - goes with the table
            self._csv[name] = io.TextIOWrapper(held, "utf-8-sig", newline="")
            self._rows[name] = csv.writer(self._csv[name])
        else:
            page = self._pages[name] = self._book.create_sheet(_sheet_name(name, set(self._book.sheetnames)))
            page.freeze_panes = "B2"
        self.add(name, [str(head) for head in heads], is_head=True)

    def add(self, name: str, row: Iterable[Any], *, is_head: bool = False) -> None:
        """Add a row: text, numbers, or None."""
        cells = [_clean(cell) for cell in row]
        if not is_head:
            cells = self.outgoing.cells(cells, table=name)
        if self._is_csv:
            self._rows[name].writerow([_defused(cell) for cell in cells])
        else:
            page = self._pages[name]
            page.append([_cell(page, cell, is_head=is_head) for cell in cells])

    def file(self) -> IO[bytes]:
        """Return the file, at its beginning; a last table says which cells name a source."""
        self._tell()
        out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
        if self._is_csv:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
                for name, text in self._csv.items():
                    text.seek(0)
                    with folder.open(f"{_file_name(name)}.csv", "w") as inside:
                        while block := text.buffer.read(IN_MEMORY):
                            inside.write(block)
        else:
            self._book.save(out)
        out.seek(0)
        return out

    def _tell(self) -> None:
        found, name = self.outgoing.found, _("Sources")
        if not found:
            return
        self.begin(name, [pgettext("export", "Table"), _("Number"), _("Words that name a source")])
        for line in (*found, (self.outgoing.note, "", "")):
            self.add(name, line, is_head=True)


def _clean(cell: Any) -> Any:
    """Return a value that a cell can hold: no control characters, at most `LONGEST` characters."""
    if cell is None or isinstance(cell, int | float):
        return cell
    return CONTROL.sub(" ", str(cell))[:LONGEST]


def _defused(cell: Any) -> Any:
    """Return a CSV cell that no program takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _cell(page: Any, value: Any, *, is_head: bool) -> Any:
    """Return a value as it stands, or a cell for what has a style or would be taken for something else."""
    is_odd = isinstance(value, str) and (value[:1] == "#" or FORMULA.match(value) is not None)
    if not is_odd and not is_head:
        return value  # most are: a cell of its own costs five times as much
    cell = WriteOnlyCell(page, value=value)
    if is_odd:
        cell.data_type = "s"  # text stays text, also where it looks like a formula or an error
        cell.quotePrefix = FORMULA.match(value) is not None
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that a sheet may have: 31 characters, none of the forbidden signs, not given twice."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "table"
    free = plain
    while free in taken:
        free = f"{plain} {len(taken)}"[:31]
    return free


def _file_name(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', " ", name).strip()[:60] or "table"
