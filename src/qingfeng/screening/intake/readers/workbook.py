"""XLSX, XLSB, XLS and ODS: every sheet, hidden ones too, as the text a person sees."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.readers.grid import GridSheet, Rows, shown
from qingfeng.screening.intake.readers.kind import UNLOCK
from qingfeng.screening.intake.sheet import SourceFile

EXACT = 10**15  # a spreadsheet keeps 15 digits; a larger number has lost some
LARGEST_PART = 4 << 30  # bytes that one part of a packed workbook may unpack to
MOST_RATIO = 400  # times that a large part may be larger than packed
LARGE = 256 << 20  # bytes from which the ratio counts

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]


def open_workbook(source: SourceFile) -> tuple[GridSheet, ...]:
    """Return every sheet of a workbook that holds anything.

    Raises:
        Problem: If the workbook is locked, damaged or unpacks to too much.
    """
    if source.kind != "xls":
        _check_parts(source.at)
    workbook = _opened(source.at)
    names = [s.name for s in workbook.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    found = []
    for name in names:
        preview = shown(_rows(workbook, name))
        if preview:
            found.append(GridSheet(source, name, "", preview, _reader(source.at, name)))
    if not found:
        raise Problem("The workbook has no filled cell.", then="Export it again.")
    return tuple(found)


def _reader(file: Path, name: str) -> Callable[[], Rows]:
    return lambda: _rows(_opened(file), name)


def _opened(file: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(file))
    except PasswordError as error:
        raise Problem("The workbook is protected by a password.", then=UNLOCK) from error
    except CalamineError as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise Problem("The workbook is protected by a password.", then=UNLOCK) from error
        raise _damaged() from error


def _rows(workbook: CalamineWorkbook, name: str) -> Rows:
    try:
        sheet = workbook.get_sheet_by_name(name)
        indent = [""] * (sheet.start[1] if sheet.start else 0)
        fills = _Fills(sheet.merged_cell_ranges or ())
        for at, cells in enumerate(sheet.iter_rows()):
            yield at + 1, fills.fill(at, indent + [as_text(cell) for cell in cells])
    except CalamineError as error:
        raise _damaged() from error


def _damaged() -> Problem:
    return Problem(
        "The workbook breaks off or is damaged.", then="Open and save it again, or export it again."
    )


def as_text(cell: Any) -> str:
    """Return a cell as text: dates in ISO form, whole numbers without a point.

    A number of more than 15 digits is written with an exponent, for a spreadsheet has
    lost what came after: staging then knows not to trust it as an identifier.
    """
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds")
    if isinstance(cell, dt.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if abs(value) >= EXACT:
        return f"{value:.15G}" if "E" in f"{value:.15G}" else f"{value:.14E}"
    if value == int(value):
        return str(int(value))
    short = f"{value:.15g}"
    return f"{value:.15f}".rstrip("0") if "e" in short else short


class _Fills:
    """What stands in cells that a merged one covers.

    A cell merged across columns, or down, is repeated: groups over headers, a unit
    over its rows. A number is not, for it would be added up more than once.
    """

    def __init__(self, merged: Merged) -> None:
        self.by_top = sorted(merged, reverse=True)
        self.open: list[tuple[int, int, int, str]] = []

    def fill(self, at: int, cells: list[str]) -> list[str]:
        self.open = [area for area in self.open if area[0] >= at]
        for _, left, right, text in self.open:
            self._repeat(cells, left, right, text)
        while self.by_top and self.by_top[-1][0][0] <= at:
            (top, left), (bottom, right) = self.by_top.pop()
            text = cells[left] if top == at and left < len(cells) else ""
            if text and not _is_number(text):
                self._repeat(cells, left + 1, right, text)
                if bottom > at:
                    self.open.append((bottom, left, right, text))
        return cells

    @staticmethod
    def _repeat(cells: list[str], left: int, right: int, text: str) -> None:
        for column in range(left, min(right + 1, len(cells))):
            cells[column] = cells[column] or text


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").strip("￥¥元% "))
    except ValueError:
        return False
    return True


def _check_parts(file: Path) -> None:
    """Refuse a workbook that unpacks to more than a machine holds."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged() from error
    for part in parts:
        bomb = part.file_size > LARGE and part.file_size > MOST_RATIO * max(1, part.compress_size)
        if part.file_size > LARGEST_PART or bomb:
            raise Problem(
                f"The workbook would unpack to {part.file_size >> 20:,} MiB: a zip bomb.",
                then="Save it again without empty formatted rows, or as CSV.",
            )
