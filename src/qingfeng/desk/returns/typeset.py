"""A printed return as a file: XLSX with merged heads and its definition on a second sheet, DOCX, CSV.

No cell is a formula: what looks like one stays text.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from qingfeng.desk.returns.printed import Printed
from qingfeng.desk.workbook import FORMULA
from qingfeng.documents.word import packed
from qingfeng.look.outgoing import Outgoing

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}
TITLE, TEXT, HEI, LATIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "Times New Roman"
THIN = Side(style="thin", color="000000")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
WORDS = 2  # columns before the numbers: what, unit
WIDE = 7  # columns from which the paper lies


def as_file(table: Printed, form: str) -> bytes:
    """Return a table as a file of a form: `xlsx`, `docx` or `csv`."""
    return {"xlsx": as_xlsx, "docx": as_docx, "csv": as_csv}[form](_searched(table))


def _searched(table: Printed) -> Printed:
    """Return a table without the notes and heads of lines that name a source."""
    outgoing = Outgoing()
    titles = outgoing.cells([one.title for one in table.lines], table=table.title)
    notes = outgoing.cells(table.notes, table=table.title)
    about = [tuple(outgoing.cells(pair, table=table.title)) for pair in table.about]
    lines = [replace(one, title=title) for one, title in zip(table.lines, titles, strict=True)]
    notes += [outgoing.note] if outgoing.note else []
    return replace(table, lines=lines, notes=notes, about=[(str(what), str(words)) for what, words in about])


def as_csv(table: Printed) -> bytes:
    """Return a table as CSV with a byte order mark, as office programs expect."""
    out = io.StringIO()
    writer = csv.writer(out)

    def row(cells: list[Any]) -> None:
        writer.writerow([f"'{one}" if isinstance(one, str) and FORMULA.match(one) else one for one in cells])

    if table.overs:
        row(["", "", *(over for over, span in table.overs for _no in range(span))])
    row([pgettext("return", "What"), pgettext("return", "Unit"), *table.heads])
    for line in table.lines:
        row([f"　{line.title}" if line.is_part else line.title, line.unit, *line.numbers])
    return out.getvalue().encode("utf-8-sig")


# --- XLSX ---------------------------------------------------------------------------------------


def as_xlsx(table: Printed) -> bytes:
    """Return a table as a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page = book.create_sheet(pgettext("return", "Table"))
    _sheet(page, table)
    about = book.create_sheet(pgettext("return", "Definition and date"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 30, 90
    for what, words in (*table.about, *((_("Note"), one) for one in table.notes)):
        about.append([])
        for at, text in enumerate((what, words), start=1):
            _put(about, about.max_row + (at == 1), at, text)
        about.cell(about.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(page: Any, table: Printed) -> None:
    last = WORDS + len(table.heads)
    for at, text in ((1, table.title), (2, f"{table.issuer}　{table.period}")):
        _put(page, at, 1, text)
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=last)
        page.cell(at, 1).alignment = MIDDLE
    page.cell(1, 1).font = Font(bold=True, size=16)
    first = _heads(page, table)
    for at, line in enumerate(table.lines, start=first):
        _put(page, at, 1, f"　{line.title}" if line.is_part else line.title)
        _put(page, at, 2, line.unit)
        for place, value in enumerate(line.numbers, start=WORDS + 1):
            _put(page, at, place, "—" if value is None else value)
            cell = page.cell(at, place)
            cell.alignment = Alignment(horizontal="right")
            if isinstance(value, int | float):
                cell.number_format = line.places
        for place in range(1, last + 1):
            page.cell(at, place).border = BORDER
    foot = first + len(table.lines)
    for at, note in enumerate(table.notes, start=foot):
        _put(page, at, 1, note)
        page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=last)
    _put(page, foot + len(table.notes), 1, signed_line(table))
    page.merge_cells(
        start_row=foot + len(table.notes), start_column=1, end_row=foot + len(table.notes), end_column=last
    )
    page.column_dimensions["A"].width = 34
    for place in range(WORDS + 1, last + 1):
        page.column_dimensions[get_column_letter(place)].width = 16
    page.freeze_panes = page.cell(first, WORDS + 1)
    page.page_setup.orientation = "landscape" if len(table.heads) >= WIDE else "portrait"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _heads(page: Any, table: Printed) -> int:
    """Write one or two rows of heads; return the row after them."""
    top, low = 3, 4 if table.overs else 3
    for at, text in ((1, pgettext("return", "What")), (2, pgettext("return", "Unit"))):
        _put(page, top, at, text)
        if low > top:
            page.merge_cells(start_row=top, start_column=at, end_row=low, end_column=at)
    at = WORDS + 1
    for over, span in table.overs:
        _put(page, top, at, over)
        if span > 1:
            page.merge_cells(start_row=top, start_column=at, end_row=top, end_column=at + span - 1)
        at += span
    for at, head in enumerate(table.heads, start=WORDS + 1):
        _put(page, low, at, head)
    for row in range(top, low + 1):
        for at in range(1, WORDS + len(table.heads) + 1):
            page.cell(row, at).font, page.cell(row, at).border = Font(bold=True), BORDER
            page.cell(row, at).alignment = MIDDLE
    return low + 1


def _put(page: Any, row: int, column: int, value: Any) -> None:
    cell = page.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = bool(FORMULA.match(value))


def signed_line(table: Printed) -> str:
    """Return the line of the signatures."""
    return "　　".join(f"{part}：{name or '　　　　'} {day}".rstrip() for part, name, day in table.signers)


# --- DOCX ---------------------------------------------------------------------------------------


def as_docx(table: Printed) -> bytes:
    """Return a table as an official table: title, head repeated on every page, signatures below."""
    paper = Document()
    section = paper.sections[0]
    wide, high = (297, 210) if len(table.heads) >= WIDE else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if wide > high else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(25)
    _line(paper, table.title, font=TITLE, size=20, align=ALIGN.CENTER)
    _line(paper, f"{table.issuer}　　{table.period}", size=12, align=ALIGN.CENTER)
    _grid(paper, table, wide - 44)
    for note in table.notes:
        _line(paper, note, size=10.5)
    _line(paper, signed_line(table), size=12)
    _line(
        paper, pgettext("return", "Definition and date"), font=HEI, size=12
    ).paragraph_format.page_break_before = True
    for what, words in table.about:
        _line(paper, f"{what}：{words}", size=10.5)
    properties = paper.core_properties
    properties.title, properties.author, properties.language, properties.comments = (
        table.title,
        table.issuer,
        "zh-CN",
        "",
    )
    return packed(paper)


def _grid(paper: Any, table: Printed, wide: float) -> None:
    columns = WORDS + len(table.heads)
    made = paper.add_table(rows=0, cols=columns)
    made.style, made.autofit = "Table Grid", False
    rest = wide - 62
    sizes = [Mm(46), Mm(16), *[Mm(rest / len(table.heads))] * len(table.heads)]
    rows: list[list[str]] = []
    if table.overs:
        rows.append(["", "", *(over for over, span in table.overs for _no in range(span))])
    rows.append([pgettext("return", "What"), pgettext("return", "Unit"), *table.heads])
    heads = len(rows)
    rows += [
        [f"　{line.title}" if line.is_part else line.title, line.unit, *line.words] for line in table.lines
    ]
    for number, row in enumerate(rows):
        cells = made.add_row().cells
        for place, (cell, text, size) in enumerate(zip(cells, row, sizes, strict=True)):
            cell.width = size
            paragraph = cell.paragraphs[0]
            is_head = number < heads
            paragraph.alignment = (
                ALIGN.CENTER if is_head or place == 1 else ALIGN.RIGHT if place >= WORDS else ALIGN.LEFT
            )
            _run(paragraph, text, font=HEI if is_head else TEXT, size=10.5)
    _merge_heads(made, table, heads)
    for number in range(heads):
        repeat = OxmlElement("w:tblHeader")
        made.rows[number]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 - python-docx has no door to it


def _merge_heads(made: Any, table: Printed, heads: int) -> None:
    if heads == 1:
        return
    for place in range(WORDS):
        made.cell(0, place).text = ""
        made.cell(0, place).merge(made.cell(1, place))
    at = WORDS
    for over, span in table.overs:
        if span > 1:
            for place in range(at + 1, at + span):
                made.cell(0, place).text = ""
            merged = made.cell(0, at).merge(made.cell(0, at + span - 1))
            for paragraph in merged.paragraphs[1:]:
                paragraph._p.getparent().remove(paragraph._p)  # noqa: SLF001 - left over by the merge
            merged.paragraphs[0].alignment = ALIGN.CENTER
        del over
        at += span


def _line(paper: Any, text: str, *, font: str = TEXT, size: float = 14, align: Any = ALIGN.LEFT) -> Any:
    paragraph = paper.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(4)
    _run(paragraph, text, font=font, size=size)
    return paragraph


def _run(paragraph: Any, text: str, *, font: str, size: float) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, Pt(size)
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - nor to Chinese faces
    fonts.set(qn("w:eastAsia"), font)
