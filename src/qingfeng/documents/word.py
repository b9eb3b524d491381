"""A document as DOCX, for those who go on writing in WPS or Word: the same words, nearly the same layout.

Fonts are named as the standard names them; the program that opens the file has them or puts its own in.

Law:
    GB/T 9704-2012
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from qingfeng.documents.body import Block, Heading, Paragraph, Table
from qingfeng.documents.official import Official, chinese_date
from qingfeng.documents.rendering import (
    RETURN_LINE,
    copies_line,
    proof_lines,
    qr_code,
    qr_mm,
    sides,
    title_lines,
    widths,
)

TITLE, TEXT, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
MIDDLE = WD_CELL_VERTICAL_ALIGNMENT.CENTER
LATIN = "Times New Roman"
TWO, THREE, FOUR, FIVE = 22, 16, 14, 10.5  # points: 二号, 三号, 四号, 五号
STEP = 28.95  # points a line
PITCH = "-4"  # twentieths of a point between signs of 三号, so that 28 stand on a line
RED_HEX = "D7000F"
RED = RGBColor(0xD7, 0x00, 0x0F)
LEVEL_FONTS = (HEI, KAI, TEXT, TEXT)
RIGHT_TAB = WD_TAB_ALIGNMENT.RIGHT
SIDES = {"left": ALIGN.LEFT, "center": ALIGN.CENTER, "right": ALIGN.RIGHT}
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every member: a file says nothing of when it was packed


def docx_of(official: Official) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes."""
    paper = Document()
    _page(paper)
    if official.form == "letter":
        _letter_head(paper, official)
    else:
        _red_head(paper, official)
    for line in title_lines(official.title):
        _line(paper, line, font=TITLE, size=TWO, align=ALIGN.CENTER)
    _line(paper)
    if official.to:
        _line(paper, f"{official.to}：")
    _body(paper, official.body)
    _close(paper, official)
    for number, annex in enumerate(official.annexes, start=1):
        if annex.body:
            label = _line(paper, f"附件{number}" if len(official.annexes) > 1 else "附件", font=HEI)
            label.paragraph_format.page_break_before = True
            _line(paper)
            _line(paper, annex.title, font=TITLE, size=TWO, align=ALIGN.CENTER)
            _line(paper)
            _body(paper, annex.body)
    _proof(paper, official)
    _imprint(paper, official)
    _properties(paper, official)
    return packed(paper)


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(35 - 7 - 5)
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no door to the grid of a page
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001
    for name, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{name}"), value)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(THREE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
    paper.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        _page_number(footer.paragraphs[0], align)


def _page_number(paragraph: Any, align: Any) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(FOUR)
    _run(paragraph, "— ", font=SONG, size=FOUR)
    field = _run(paragraph, "", font=SONG, size=FOUR)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        field._r.append(part)  # noqa: SLF001 - nor to fields
    _run(paragraph, " —", font=SONG, size=FOUR)


def _letter_head(paper: Any, official: Official) -> None:
    """Set the head of a letter: 30 mm from the edge of the paper, double lines in red at head and foot."""
    section = paper.sections[0]
    section.top_margin, section.different_first_page_header_footer = Mm(30), True
    _rule(section.first_page_footer.paragraphs[0], "top", size=24, colour=RED_HEX, style="thinThickSmallGap")
    size = min(36, max(26, 430 / max(len(official.red_head), 1)))
    head = _line(paper, official.red_head, font=TITLE, size=size, align=ALIGN.CENTER, colour=RED, exact=False)
    _rule(head, "bottom", size=24, colour=RED_HEX, space=11, style="thickThinSmallGap")
    number = _line(paper, official.urgency, font=HEI)
    number.paragraph_format.tab_stops.add_tab_stop(Mm(156), alignment=RIGHT_TAB)
    _run(number, f"\t{official.number}")
    _line(paper)
    _line(paper)


def _red_head(paper: Any, official: Official) -> None:
    head = official.red_head
    size = min(48, max(26, 430 / max(len(head), 1)))
    if official.urgency:
        _line(paper, official.urgency, font=HEI)
    first = _line(paper, head, font=TITLE, size=size, align=ALIGN.CENTER, colour=RED, exact=False)
    first.paragraph_format.space_before = Mm(35) - (Pt(STEP) if official.urgency else 0)
    _line(paper)
    _line(paper)
    if official.signed_by:
        number = _line(paper, f"{official.number}\t签发人：")
        number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(THREE)
        number.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(THREE * 5))
        _run(number, official.signed_by, font=KAI)
    else:
        number = _line(paper, official.number, align=ALIGN.CENTER)
    _rule(number, "bottom", size=11, colour=RED_HEX, space=11)
    _line(paper)
    _line(paper)


def _body(paper: Any, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        match block:
            case Paragraph():
                _indented(_line(paper, block.text))
            case Heading():
                level_font = LEVEL_FONTS[block.level - 1]
                heading = _indented(_line(paper, block.text, font=level_font))
                heading.paragraph_format.keep_with_next = not block.rest and block.text[-1] not in "。；："
                if block.rest:
                    _run(heading, block.rest)
            case Table():
                _table(paper, block)


def _table(paper: Any, block: Table) -> None:
    shares, places = widths(block), sides(block)
    table = paper.add_table(rows=0, cols=len(block.head))
    table.style = "Table Grid"
    table.autofit = False
    for number, row in enumerate((block.head, *block.rows)):
        for cell, text, share, place in zip(table.add_row().cells, row, shares, places, strict=True):
            cell.width = Mm(156 * share / sum(shares))
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.CENTER if number == 0 else SIDES[place]
            _run(paragraph, text, font=HEI if number == 0 else TEXT, size=FOUR)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(156 * share / sum(shares))
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001


def _close(paper: Any, official: Official) -> None:
    if official.annexes:
        _line(paper)
    for number, annex in enumerate(official.annexes, start=1):
        label = "附件：" if number == 1 else "\u3000" * 3
        count = f"{number}. " if len(official.annexes) > 1 else ""
        _indented(_line(paper, f"{label}{count}{annex.title}"))
    _line(paper)
    _line(paper)
    signature, day = official.signature or official.issuer, chinese_date(official.dated)
    wide = len(signature) * THREE
    narrow = (sum(2 if sign in "年月日" else 1 for sign in day)) * THREE / 2
    for text, indent in (
        (signature, max(THREE, 4 * THREE - max(0.0, (wide - narrow) / 2))),
        (day, 4 * THREE),
    ):
        line = _line(paper, text, align=ALIGN.RIGHT)
        line.paragraph_format.right_indent = Pt(indent)
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = text == signature
    if official.contact:
        _indented(_line(paper, f"（{official.contact}）"))


def _proof(paper: Any, official: Official) -> None:
    rows = [(official.proof.qr, proof_lines(official))] if official.proof else []
    if official.return_qr:
        rows.append((official.return_qr, [RETURN_LINE]))
    if not rows:
        return
    _line(paper)
    table = paper.add_table(rows=0, cols=2)
    table.autofit = False
    for text, lines in rows:
        code, words = table.add_row().cells
        code.width, words.width = Mm(max(qr_mm(text), 24) + 4), Mm(156 - 4 - max(qr_mm(text), 24))
        if text:
            picture = io.BytesIO()
            qr_code(text).save(picture, kind="png", scale=8, border=1)
            code.paragraphs[0].add_run().add_picture(picture, width=Mm(qr_mm(text)))
        words.vertical_alignment = MIDDLE
        table.columns[0].width, table.columns[1].width = code.width, words.width
        for number, line in enumerate(lines):
            _run(words.paragraphs[0] if number == 0 else words.add_paragraph(), line, size=FIVE)


def _imprint(paper: Any, official: Official) -> None:
    copies = copies_line(official)
    texts = [f"抄送：{copies}"] if copies else []
    printed = f"{chinese_date(official.printed_on or official.dated)}印发"
    if official.form == "document":
        texts.append(f"{official.printed_by or official.issuer}\t{printed}")
    for number, text in enumerate(texts):
        line = _line(paper, text, size=FOUR, exact=False)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(FOUR)
        if "\t" in text:
            line.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(FOUR), alignment=RIGHT_TAB)
        else:
            line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = (
                Pt(4 * FOUR),
                Pt(-3 * FOUR),
            )
        if official.form == "letter":
            continue
        _rule(line, "top", size=8 if number == 0 else 6, colour="000000", space=4)
        if number == len(texts) - 1:
            _rule(line, "bottom", size=8, colour="000000", space=4)


def _line(
    paper: Any,
    text: str = "",
    *,
    font: str = TEXT,
    size: float = THREE,
    align: Any = ALIGN.JUSTIFY,
    colour: Any = None,
    exact: bool = True,
) -> Any:
    paragraph = paper.add_paragraph()
    paragraph.alignment = align
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    if exact:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(max(STEP, size * 1.4))
    run = _run(paragraph, text, font=font, size=size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _run(paragraph: Any, text: str, *, font: str = TEXT, size: float = THREE) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = LATIN, Pt(size)
    properties = run._element.get_or_add_rPr()  # noqa: SLF001 - nor to Chinese faces and the pitch of signs
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size == THREE:
        pitch = OxmlElement("w:spacing")
        pitch.set(qn("w:val"), PITCH)
        properties.insert_element_before(pitch, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    return run


def _indented(paragraph: Any) -> Any:
    paragraph.paragraph_format.first_line_indent = Pt(2 * THREE)
    return paragraph


def _rule(
    paragraph: Any, side: str, *, size: int, colour: str, space: int = 0, style: str = "single"
) -> None:
    """Draw a line over or under a paragraph; size in eighths of a point, space in points."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - nor to borders
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", str(size)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _properties(paper: Any, official: Official) -> None:
    properties, day = paper.core_properties, datetime.combine(official.dated, time(), UTC)
    properties.title, properties.author, properties.subject = (
        official.title.replace("\n", ""),
        official.issuer,
        official.number,
    )
    properties.created = properties.modified = day
    properties.last_modified_by, properties.comments, properties.language = official.issuer, "", "zh-CN"


def packed(paper: Any) -> bytes:
    """Return the file with its members in order and without the time of packing."""
    loose, made = io.BytesIO(), io.BytesIO()
    paper.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(
                zipfile.ZipInfo(member.filename, EPOCH), source.read(member), zipfile.ZIP_DEFLATED
            )
    return made.getvalue()
