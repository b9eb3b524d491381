"""SpreadsheetML, the XML of Excel 2003, as some systems export under the name of .xls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.readers.grid import GridSheet, Rows, shown
from qingfeng.screening.intake.readers.kind import AS_TABLE
from qingfeng.screening.intake.sheet import SourceFile

SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
WIDEST = 16_384


def open_spreadsheetml(source: SourceFile) -> tuple[GridSheet, ...]:
    """Return every worksheet.

    Raises:
        Problem: If the XML is damaged or has no filled worksheet.
    """
    found = []
    for name in _names(source.at):
        preview = shown(_rows(source.at, name))
        if preview:
            found.append(GridSheet(source, name, "", preview, _reader(source.at, name)))
    if not found:
        raise Problem("The workbook has no filled cell.", then=AS_TABLE)
    return tuple(found)


def _reader(file: Path, name: str) -> Callable[[], Rows]:
    return lambda: _rows(file, name)


def _walk(file: Path, *events: str) -> etree.iterparse:
    tags = (SS + "Worksheet", SS + "Row")
    return etree.iterparse(
        str(file), events=events, tag=tags, huge_tree=True, resolve_entities=False, no_network=True
    )


def _names(file: Path) -> list[str]:
    names = []
    try:
        for event, element in _walk(file, "start", "end"):
            if event == "start" and element.tag == SS + "Worksheet":
                names.append(element.get(SS + "Name", ""))
            elif event == "end":
                element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise Problem("The XML breaks off or is damaged.", then="Export it again.") from error
    return names


def _rows(file: Path, name: str) -> Rows:
    here, row = False, 0
    hanging: dict[int, tuple[int, str]] = {}
    for event, element in _walk(file, "start", "end"):
        if element.tag == SS + "Worksheet":
            if here and event == "end":
                return
            here = element.get(SS + "Name", "") == name
        elif event == "end":
            if here:
                row = int(element.get(SS + "Index", row + 1))
                yield row, _cells(element, hanging)
            element.clear(keep_tail=False)


def _cells(row: etree._Element, hanging: dict[int, tuple[int, str]]) -> list[str]:
    """Return a row's cells; `hanging` holds merged text from above: column to (rows left, text)."""
    cells: list[str] = []
    for cell in row.iterchildren(SS + "Cell"):
        at = int(cell.get(SS + "Index", 0)) - 1 if cell.get(SS + "Index") else len(cells)
        cells += [""] * (min(at, WIDEST) - len(cells))
        data = cell.find(SS + "Data")
        text = "".join(map(str, data.itertext())) if data is not None else ""
        number = data is not None and data.get(SS + "Type") == "Number"
        if data is not None and data.get(SS + "Type") == "DateTime":
            text = text.replace("T", " ").removesuffix(".000")
        across, down = (int(cell.get(SS + side, 0)) for side in ("MergeAcross", "MergeDown"))
        repeated = "" if number else text
        if down:
            hanging.update(dict.fromkeys(range(len(cells), len(cells) + across + 1), (down + 1, repeated)))
        cells += [text, *[repeated] * min(across, WIDEST)]
    for at, (left, text) in list(hanging.items()):
        cells += [""] * (at + 1 - len(cells))
        cells[at] = cells[at] or text
        if left > 1:
            hanging[at] = (left - 1, text)
        else:
            del hanging[at]
    return cells
