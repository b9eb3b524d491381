"""Rows of a file as people save them: a workbook or text, in whatever encoding, a title above the heads."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from qingfeng.screening.errors import Problem

Rows = list[tuple[int, tuple[str, ...]]]
HEADS_WITHIN, WIDEST, LONGEST = 10, 60, 6000
"""Heads stand within the first ten rows; more than sixty columns or six thousand rows are not read."""
OLD_WORKBOOK, MARKS_OF_16 = b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")


def rows_of(data: bytes, heads: Sequence[str]) -> Rows:
    """Return the rows below the heads of a file, each with its number from 1 and its cells under the heads.

    Cells are text: full-width signs made plain, noughts after a whole number gone, no space around. Empty
    rows are left out; other columns, and a title above the heads, do no harm.

    Raises:
        Problem: If it cannot be read, no sheet has the heads, or more than one has.
    """
    if data[:4] == OLD_WORKBOOK:
        raise Problem(_("This is an old workbook (XLS)."), then=_("Save it as XLSX and try again."))
    sheets = _of_workbook(data) if data[:2] == b"PK" else [("", _of_text(data))]
    found = [(name, rows) for name, held in sheets if (rows := _below(held, heads)) is not None]
    if not found:
        raise Problem(_("There is no row with these heads: %(heads)s.") % {"heads": "、".join(heads)})
    if len(found) > 1:
        names = "、".join(name for name, _rows in found)
        raise Problem(
            _("More than one sheet has these heads: %(names)s.") % {"names": names},
            then=_("Leave one sheet in the workbook."),
        )
    return found[0][1]


def _of_workbook(data: bytes) -> list[tuple[str, list[Sequence[Any]]]]:
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        return [
            (one.title, list(one.iter_rows(values_only=True, max_row=LONGEST, max_col=WIDEST)))
            for one in book.worksheets
        ]
    except Exception as error:  # whatever a broken file makes of the reader
        raise Problem(_("This workbook cannot be read."), then=_("Save it again and retry.")) from error


def _of_text(data: bytes) -> list[Sequence[Any]]:
    encodings = ("utf-16",) if data[:2] in MARKS_OF_16 else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            return list(csv.reader(StringIO(text, newline=""), delimiter=_parted_by(text)))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise Problem(_("This is neither an XLSX workbook nor a CSV file."))


def _parted_by(text: str) -> str:
    """Return by what the cells of a text are parted: the sign that stands most often in its first rows."""
    first = "\n".join(text.splitlines()[:HEADS_WITHIN])
    return max((",", "\t", ";"), key=first.count)


def _below(rows: Sequence[Sequence[Any]], heads: Sequence[str]) -> Rows | None:
    for no, row in enumerate(rows[:HEADS_WITHIN]):
        cells = [plain(one) for one in row]
        if set(heads) <= set(cells):
            places = [cells.index(one) for one in heads]
            return list(_filled(rows[no + 1 :], places, no + 2))
    return None


def _filled(
    rows: Iterable[Sequence[Any]], places: Sequence[int], first: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    for no, row in enumerate(rows, start=first):
        cells = tuple(plain(row[place]) if place < len(row) else "" for place in places)
        if any(cells):
            yield no, cells


def plain(cell: Any) -> str:
    """Return a cell as text: full-width signs plain, `2024.0` as `2024`, no space around."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip()
