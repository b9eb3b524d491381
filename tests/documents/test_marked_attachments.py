"""A secrecy mark keeps a file out, by the lawful route; words about secrecy do not."""

import pytest
from a_document import (
    a_docx,
    a_picture,
    a_zip,
    an_ofd,
    an_xlsx,
    with_part,
)
from some_papers import a_pdf, a_word_file, an_old_workbook, left_behind, refused

from qingfeng.documents.attachments import keep
from qingfeng.journal.models import JournalEntry

pytestmark = pytest.mark.django_db


SECRET = {
    "机密★1年 方案.txt": "正文".encode,
    "方案.txt": "机密★1年\n正文".encode,
    "名单.csv": lambda: "密级：秘密\n甲,乙".encode("gb18030"),
    "方案.docx": lambda: a_docx("份号 000001", "秘密★10年", "正文"),
    "名单.xlsx": lambda: an_xlsx(["绝密★"], ["甲"]),
    "方案.ofd": lambda: an_ofd("秘密", "★", "5年"),
    "方案.doc": lambda: a_word_file("机密★长期"),
    "名单.xls": lambda: an_old_workbook("秘密★三年"),
    "材料.zip": lambda: a_zip({"甲.txt": "机密★\n正文"}),
    "材料二.zip": lambda: a_zip({"【绝密】/甲.txt": "正文"}),
}


@pytest.mark.parametrize("name", SECRET)
def test_a_secrecy_mark_is_refused_with_the_lawful_route_and_noted_without_content(name, attachments_folder):
    """保守国家秘密法: such documents go by confidential carrier or another network."""
    refusal = refused(SECRET[name](), name)

    assert refusal.code == "secrecy_mark"
    assert "confidential" in refusal.then
    assert left_behind(attachments_folder) == []
    entry = JournalEntry.objects.get()
    assert entry.kind == "documents.attachment_refused"
    assert entry.said["facts"] == {"reason": "secrecy_mark"}
    assert not any(word in bytes(entry.body).decode() for word in ("机密", "秘密", "绝密", "方案", "名单"))


def test_a_mark_in_the_text_of_a_pdf_is_refused():
    import typst

    marked = typst.compile("秘密★5年\n\n正文".encode(), format="pdf")

    assert refused(marked, "方案.pdf").code == "secrecy_mark"


def test_a_star_in_a_run_of_its_own_hides_no_mark():
    paper = with_part(
        a_docx("甲"),
        "word/document.xml",
        "<w:document xmlns:w='x'><w:p><w:r><w:t>秘密</w:t></w:r><w:r><w:t>★</w:t></w:r></w:p></w:document>",
    )

    assert refused(paper, "方案.docx").code == "secrecy_mark"


@pytest.mark.parametrize("text", ["全体干部应当保守国家秘密，遵守保密纪律。", "本单位不产生机密级载体。"])
def test_words_about_secrecy_are_no_mark(text):
    for name, data in (
        ("保密承诺书.docx", a_docx(text)),
        ("保密.txt", text.encode()),
        ("保密.pdf", a_pdf(text)),
    ):
        assert keep(data, name).text_searched


def test_a_scan_says_that_it_has_no_text_to_search():
    assert not keep(a_picture(), "扫描.png").text_searched
    assert not keep(a_zip({"a.txt": "甲", "b.png": a_picture()}), "材料.zip").text_searched
