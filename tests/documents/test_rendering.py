import io
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from a_document import an_official
from pypdf import PdfReader

from qingfeng.documents.body import Paragraph, Table, read_body
from qingfeng.documents.fonts import FACES, LAST, FontSet
from qingfeng.documents.official import Annex
from qingfeng.documents.rendering import made_with, pdf_of, sides, title_lines, widths

MM = 72 / 25.4


def pages_of(official):
    return PdfReader(io.BytesIO(pdf_of(official))).pages


def text_of(official):
    return "\n".join(page.extract_text() for page in pages_of(official))


def squeezed(text):
    return re.sub(r"\s", "", text)


def places(page):
    """Return the text of a page with where it stands, points from the left and from the top."""
    found = []

    def visit(text, m, at, _font, _size):
        x, y = at[4] * m[0] + at[5] * m[2] + m[4], at[4] * m[1] + at[5] * m[3] + m[5]
        found.append((text, x, 841.89 - y))

    page.extract_text(visitor_text=visit)
    return [(text, x, y) for text, x, y in found if text.strip()]


def test_a_page_is_a4():
    assert [round(float(side) / MM) for side in pages_of(an_official())[0].mediabox[2:]] == [210, 297]


def test_everything_a_document_says_is_on_paper():
    text = squeezed(text_of(an_official(urgency="特急")))

    for piece in (
        "特急",
        "中共云水区纪律检查委员会文件",
        "云纪督〔2026〕17号",
        "区城市管理局党组：",
        "一、督办事项",
        "有12笔加油记录待核。",
        "1,204.50",
        "附件：1.疑点清单",
        "2.报告格式",
        "2026年11月26日",
        "（联系人：许清和）",
        "附件1",
        "抄送：市纪委监委党风政风监督室，区财政局。",
        "2026年11月26日印发",
        "日志序号：4711",
        "house.example47129hQ7",
        "—1—",
    ):
        assert piece in text, piece


def test_a_full_page_has_22_lines_of_28_signs():
    """GB/T 9704-2012 5.2.3: 22 lines a page, 28 signs a line."""
    official = an_official(body=(Paragraph("监督执纪问责" * 400),), annexes=(), proof=None, return_qr="")

    lines = pages_of(official)[1].extract_text().splitlines()
    full = [line.strip() for line in lines if set(line.strip()) <= set("监督执纪问责")]
    assert len(full) == 22
    assert {len(line) for line in full} == {28}


def test_the_text_stands_within_the_type_area():
    """GB/T 9704-2012 5.1, 5.2.1: margins of 37 mm at the head and 28 mm at the binding."""
    body = [(x, y) for text, x, y in places(pages_of(an_official())[0]) if "—" not in text]

    assert min(x for x, _y in body) >= 28 * MM - 1
    assert min(y for _x, y in body) >= (37 + 35) * MM - 1
    assert max(y for _x, y in body) <= (297 - 35) * MM + 1


def test_odd_page_numbers_stand_right_and_even_ones_left():
    """GB/T 9704-2012 7.5."""
    official = an_official(body=read_body("正文。\n" * 60))

    first, second = pages_of(official)[:2]
    (odd,), (even,) = ([x for text, x, _y in places(page) if "—" in text][:1] for page in (first, second))
    assert odd > 105 * MM > even


def test_the_imprint_stands_at_the_foot_of_the_last_page():
    """GB/T 9704-2012 7.4: 版记 on the last page."""
    pages = pages_of(an_official())

    (foot,) = [y for text, _x, y in places(pages[-1]) if "印发" in text][-1:]
    assert (297 - 35 - 15) * MM < foot <= (297 - 35) * MM
    assert not any("印发" in page.extract_text() for page in pages[:-1])


@pytest.mark.parametrize(
    "end", ["特此通知。", "特此通知，请遵照办理，" + "按期报告结果，" * 20 + "特此通知。"]
)
def test_a_signature_never_stands_alone_on_a_page(end):
    """GB/T 9704-2012 7.3.5.4: no page that holds only the seal, the name or the date."""
    for lines in range(24):
        official = an_official(
            body=read_body("一段说明文字。\n" * lines + end),
            annexes=(),
            copies_to=(),
            contact="",
            printed_by="区纪委办公室",
        )

        texts = [squeezed(page.extract_text()) for page in pages_of(official)]
        (page,) = [text for text in texts if "委员会2026年11月26日" in text]
        assert "通知。" in page, lines


def test_the_same_document_gives_the_same_bytes_in_another_process():
    code = (
        "import hashlib, sys; sys.path.insert(0, 'tests/documents');"
        "from a_document import an_official; from qingfeng.documents.rendering import pdf_of;"
        "print(hashlib.sha256(pdf_of(an_official())).hexdigest())"
    )

    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in "ab"
    }
    assert len(runs) == 1


def test_another_word_gives_other_bytes():
    assert pdf_of(an_official()) != pdf_of(an_official(contact="联系人：陈望舒"))


def test_a_file_says_the_day_of_signing_and_not_when_it_was_made():
    metadata = PdfReader(io.BytesIO(pdf_of(an_official()))).metadata

    assert (
        metadata.creation_date_raw.startswith("D:20261125160000") or "20261126" in metadata.creation_date_raw
    )
    assert metadata.title == an_official().title


@pytest.mark.parametrize(
    "hostile", ['#eval("1")', "$x$ *粗* _斜_", '#image("/etc/passwd")', "\\u{41} // `raw`", "]#panic()["]
)
def test_no_text_is_read_as_markup(hostile):
    official = an_official(
        title=hostile,
        to=hostile,
        body=(Paragraph(hostile), Table((hostile,), ((hostile,),))),
        annexes=(Annex(hostile),),
    )

    assert squeezed(text_of(official)).count(squeezed(hostile)) >= 4


def test_a_machine_without_one_chinese_font_still_gives_a_pdf():
    import typst

    bare = typst.Fonts(include_system_fonts=False)
    fonts = FontSet({role: [LAST] for role in FACES}, dict.fromkeys(FACES, ""), bare)

    assert pdf_of(an_official(), fonts=fonts).startswith(b"%PDF-")


def test_what_a_document_was_set_with_names_every_face():
    assert made_with().keys() == {"typst", *FACES}


def test_a_long_title_is_broken_into_lines_that_fit_and_lose_nothing():
    title = "关于进一步规范全区党政机关公务用车管理使用和公务加油卡管理工作有关事项的督办通知"

    lines = title_lines(title)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 19
    assert title_lines("第一行\n第二行") == ["第一行", "第二行"]


def test_columns_of_numbers_stand_right_and_sentences_left():
    table = Table(
        ("序号", "金额", "说明"), (("1", "1,204.50", "派车审批单、值班安排与行驶记录"), ("2", "612.00", "无"))
    )

    assert sides(table) == ["center", "right", "left"]
    assert widths(table)[2] > widths(table)[0]


def test_a_table_without_rows_and_an_empty_body_can_be_set():
    official = replace(an_official(), body=(Table(("甲", "乙")),), annexes=(), to="", copies_to=())

    assert "甲" in text_of(official)


def test_a_proof_of_a_thousand_signs_is_printed_large_enough_to_scan():
    from qingfeng.documents.rendering import qr_code, qr_mm

    long = "c" * 1000
    assert qr_mm(long) / qr_code(long).symbol_size(border=1)[0] >= 0.32
    assert qr_mm("short") == 24
