"""HTML tables, as many systems export under the name of .xls."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.readers.encoding import guess_encoding
from qingfeng.screening.intake.readers.grid import GridSheet, Rows, shown
from qingfeng.screening.intake.readers.kind import AS_TABLE
from qingfeng.screening.intake.sheet import SourceFile

WIDEST = 16_384  # columns of a spreadsheet; a wider span is an error
LEAST_CELLS = 4  # a table with fewer is layout


def open_html(source: SourceFile) -> tuple[GridSheet, ...]:
    """Return every table of a page, in the order in which they begin.

    Raises:
        Problem: If the page has no table, or its characters cannot be read.
    """
    encoding = guess_encoding(source.at)
    numbers = _tables(source.at, encoding)
    found = []
    for number in numbers:
        preview = shown(_rows(source.at, encoding, number))
        if sum(bool(cell) for _, cells in preview for cell in cells) >= LEAST_CELLS:
            name = f"table {number}" if len(numbers) > 1 else None
            found.append(GridSheet(source, name, encoding, preview, _reader(source.at, encoding, number)))
    if not found:
        raise Problem("The page has no table.", then=AS_TABLE)
    return tuple(found)


def _reader(file: Path, encoding: str, number: int) -> Callable[[], Rows]:
    return lambda: _rows(file, encoding, number)


def _walk(file: Path, encoding: str) -> etree.iterparse:
    told = {"gb18030": "gb18030", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    return etree.iterparse(str(file), events=("start", "end"), html=True, encoding=told, huge_tree=True)


def _tables(file: Path, encoding: str) -> list[int]:
    """Return the numbers, from 1, of tables that have rows of their own."""
    own: dict[int, int] = {}
    inside: list[int] = []
    count = 0
    for event, element in _walk(file, encoding):
        if element.tag == "table" and event == "start":
            count += 1
            inside.append(count)
        elif element.tag == "table" and inside:
            inside.pop()
        elif element.tag == "tr" and event == "end":
            if inside:
                own[inside[-1]] = own.get(inside[-1], 0) + 1
            element.clear(keep_tail=False)
    return sorted(own)


def _rows(file: Path, encoding: str, number: int) -> Rows:
    """Yield the rows of one table; a cell that spans is repeated, a number only across once."""
    inside: list[int] = []
    count = row = 0
    spans: dict[int, tuple[int, str]] = {}
    for event, element in _walk(file, encoding):
        if element.tag == "table" and event == "start":
            count += 1
            inside.append(count)
        elif element.tag == "table" and inside:
            if inside.pop() == number:
                return
        elif element.tag == "tr" and event == "end":
            if inside and inside[-1] == number:
                row += 1
                yield row, _cells(element, spans)
            element.clear(keep_tail=False)


def _cells(row: etree._Element, spans: dict[int, tuple[int, str]]) -> list[str]:
    """Return a row's cells; `spans` holds what hangs down from rows above: column to (rows left, text)."""
    cells: list[str] = []

    def hang() -> None:
        while len(cells) in spans:
            at = len(cells)
            left, text = spans[at]
            cells.append(text)
            if left > 1:
                spans[at] = (left - 1, text)
            else:
                del spans[at]

    for cell in row.iterchildren("td", "th"):
        hang()
        text = _text(cell)
        repeated = "" if re.fullmatch(r"[-\d.,%￥¥元\s]*", text) else text
        down, across = _span(cell, "rowspan"), _span(cell, "colspan")
        for part in range(across):
            if down > 1:
                spans[len(cells)] = (down - 1, repeated)
            cells.append(text if not part else repeated)
    hang()
    return cells


def _text(cell: etree._Element) -> str:
    for line in cell.iter("br"):
        line.tail = "\n" + (line.tail or "")
    return re.sub(r"[ \t\r\n]+", " ", "".join(map(str, cell.itertext()))).strip()


def _span(cell: etree._Element, name: str) -> int:
    told = cell.get(name, "1").strip()
    return min(max(int(told), 1), WIDEST) if told.isdecimal() else 1
