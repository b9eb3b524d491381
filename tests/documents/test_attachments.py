"""Attachments: what is taken and given back, what is refused, what is kept of it, and how it is given."""

import io

import pytest
from a_document import (
    a_docx,
    a_picture,
    a_zip,
    an_ofd,
    an_xlsx,
    box,
    exif,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from some_papers import a_pdf, a_word_file, an_old_workbook, left_behind, refused

from qingfeng.documents import attachments, storage
from qingfeng.documents.attachments import discard_orphans, erase, keep, opened, response_for
from qingfeng.documents.models import Attachment, Slip
from qingfeng.documents.refusal import Damaged, NoRoom
from qingfeng.journal.models import JournalEntry

pytestmark = pytest.mark.django_db


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
