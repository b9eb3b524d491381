import io

from a_document import an_official
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from qingfeng.documents.word import docx_of


def opened(official):
    return Document(io.BytesIO(docx_of(official)))


def words(paper):
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_it_says_what_the_pdf_says():
    said = words(opened(an_official(urgency="加急", signed_by="许清和")))

    for piece in (
        "加急",
        "中共云水区纪律检查委员会文件",
        "云纪督〔2026〕17号\t签发人：许清和",
        "区城市管理局党组：",
        "（一）关于加油记录与车辆轨迹不一致的问题。2026年3月至8月，有12笔加油记录待核。",
        "1,204.50",
        "附件：1. 疑点清单",
        "抄送：市纪委监委党风政风监督室，区财政局。",
        "2026年11月26日印发",
        "日志序号：4711",
    ):
        assert piece in said, piece


def test_it_has_the_page_of_the_standard():
    """GB/T 9704-2012 5.2: 37 mm at the head, 28 mm at the binding, a type area of 156 mm by 225 mm."""
    section = opened(an_official()).sections[0]

    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert round((section.page_width - section.left_margin - section.right_margin) / Mm(1)) == 156
    assert round((section.page_height - section.top_margin - section.bottom_margin) / Mm(1)) == 225


def test_it_names_the_faces_of_the_standard():
    faces = {
        run._element.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in opened(an_official()).paragraphs
        for run in paragraph.runs
    }

    assert faces >= {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}


def test_the_same_document_gives_the_same_bytes():
    assert docx_of(an_official()) == docx_of(an_official())


def test_both_codes_are_in_it_as_pictures():
    assert len(opened(an_official()).inline_shapes) == 2
    assert len(opened(an_official(proof=None, return_qr="")).inline_shapes) == 0


def test_a_letter_has_double_lines_and_no_imprint():
    """GB/T 9704-2012 9.1."""
    paper = opened(an_official(form="letter"))

    assert "印发" not in words(paper)
    assert "thickThinSmallGap" in paper.paragraphs[0]._p.xml
    assert "thinThickSmallGap" in paper.sections[0].first_page_footer.paragraphs[0]._p.xml
