"""Enclosures: judged and sealed in memory, without what a camera writes into them, gone if not handed in."""

import io
import json
import zipfile

import a_counter
import pytest
from a_counter import (
    PETITION,
    REPORT,
    SHEN,
    Writer,
    code_of,
    content_of,
    file_of,
    hidden,
    later,
    newest,
    text_of,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfReader, PdfWriter

from qingfeng.documents.admission import admit
from qingfeng.public.counter import in_memory, waiting_room
from qingfeng.public.counter.models import Pending

pytestmark = pytest.mark.django_db

MAKER = "CAMERA-OF-SOMEBODY"
TEXT = "水泥路验收单：第三标段".encode()


def picture():
    """A picture that says where it was taken and by which camera."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = MAKER
    exif.get_ifd(0x8825)[2] = (31.0, 12.0, 5.0)
    Image.new("RGB", (64, 48), (90, 120, 130)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def upload(data, name="a.jpg"):
    return SimpleUploadedFile(name, data)


def adds(writer, said, *files):
    """Add files one by one; return the hidden fields of the last page."""
    fields = dict(said)
    for file in files:
        fields = hidden(writer.at("files", fields, go="add", file=file))
    return fields


def test_a_picture_arrives_without_where_and_with_what_it_was_taken(home):
    writer = Writer()

    fields = adds(writer, REPORT, upload(picture(), "现场.jpg"), upload(TEXT, "验收单.txt"))
    writer.writes({**fields, "line": "report"})

    arrival = newest()
    assert content_of(arrival, SHEN)["files"] == ["现场.jpg", "验收单.txt"]
    shown, written = [file_of(one, SHEN) for one in arrival.files.order_by("place")]
    assert MAKER.encode() not in shown
    assert not Image.open(io.BytesIO(shown)).getexif()
    assert written == TEXT
    assert Pending.objects.count() == 0


def test_what_waits_is_opened_by_the_key_in_the_form_only(home):
    fields = adds(Writer(), PETITION, upload(TEXT, "a.txt"))
    ((name, _shown),) = json.loads(fields["files"])

    assert waiting_room.get(name, fields["key"]) == TEXT
    assert waiting_room.get(name, waiting_room.new_key()) is None
    assert all(TEXT not in bytes(one.held) for one in Pending.objects.all())


def test_what_waited_longer_than_an_hour_is_gone_and_is_asked_for_again(home):
    writer = Writer()
    fields = adds(writer, PETITION, upload(TEXT, "验收单.txt"))
    checked = hidden(writer.checked(fields))

    with later(3 * 3600):
        answer = writer.send({**checked, "go": "next"})
        waiting_room.sweep()

    assert answer.status_code == 422
    assert "暂存超时" in text_of(answer)
    assert "验收单.txt" in text_of(answer)
    assert hidden(answer)["text"] == PETITION["text"]
    assert not Pending.objects.filter(name=json.loads(fields["files"])[0][0]).exists()


def test_a_file_is_taken_out_again(home):
    writer = Writer()
    fields = adds(writer, PETITION, upload(TEXT, "a.txt"), upload(TEXT, "b.txt"))
    first, second = (one for one, _name in json.loads(fields["files"]))

    left = hidden(writer.at("files", fields, go=f"drop:{first}"))

    assert json.loads(left["files"]) == [[second, "b.txt"]]
    assert not Pending.objects.filter(name=first).exists()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (TEXT, "秘密★一年.txt", "密级标志"),
        ("机密★\n某某事项".encode(), "a.txt", "密级标志"),
        (b"MZ\x90\x00program", "a.exe", "程序"),
        (b"PK\x03\x04", "a.zip", "不收压缩包"),
        (picture(), "a.pdf", ""),
    ],
)
def test_what_may_not_come_in_is_refused_in_words_and_nothing_of_it_is_kept(home, data, name, words):
    from qingfeng.journal.models import JournalEntry

    before = Pending.objects.count(), JournalEntry.objects.count()

    answer = Writer().at("files", PETITION, go="add", file=upload(data, name))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert (Pending.objects.count(), JournalEntry.objects.count()) == before


def test_a_file_beyond_the_limit_ends_the_upload_and_keeps_what_was_typed(home):
    (home / "counter.toml").write_text("file_mb = 1\nfiles = 1\n", encoding="utf-8")
    writer = Writer()

    large = writer.at("files", PETITION, go="add", file=upload(b"x" * (2 << 20), "a.txt"))
    one = adds(writer, PETITION, upload(TEXT, "a.txt"))
    full = writer.at("files", one, go="add", file=upload(TEXT, "b.txt"))

    (home / "counter.toml").unlink()
    assert "文件超过 1 MB" in text_of(large)
    assert hidden(large)["text"] == PETITION["text"]
    assert "已有 1 个文件" in text_of(full)


def test_no_enclosure_touches_a_disk_as_it_came(home, monkeypatch):
    """What Python opens for writing while a file is taken in lies in memory or is the database."""
    import sys

    written = set()

    def watch(event, parts):
        if event == "open" and watching and isinstance(parts[0], str):
            mode, flags = parts[1] or "", parts[2] or 0
            if any(sign in mode for sign in "wax+") or flags & 3:
                written.add(parts[0])

    watching = False
    sys.addaudithook(watch)
    watching = True
    adds(Writer(), PETITION, upload(picture()), upload(TEXT, "a.txt"))
    watching = False

    assert {one for one in written if not one.startswith(("/proc/self/fd/", "/dev/null"))} == set()


def test_where_a_system_keeps_no_files_in_memory_none_are_taken(home, monkeypatch):
    monkeypatch.delattr("os.memfd_create")

    assert not in_memory.can_hold()
    assert "暂时不能接收文件" in text_of(Writer().at("text", {"line": "petition", "text": "甲"}, text="甲"))
    assert a_counter.hidden(Writer().at("files", {**PETITION}, go="next"))["at"] == "who"


def test_who_stops_with_a_file_just_chosen_has_the_code_of_the_draft_at_once(home):
    """Enclosures are never part of a draft; asking to stop is no asking to add."""
    saved = Writer().at("files", PETITION, go="save", file=upload(TEXT, "a.txt"))

    again = Writer().send({"code": code_of(saved)}, "draft")

    assert hidden(again)["text"] == PETITION["text"]
    assert "a.txt" not in text_of(again)


WRITER = "钟离写的"


def a_word_paper():
    """A paper that names its writer in its properties, at a change, and in the camera of its picture."""
    document = Document()
    document.core_properties.author = document.core_properties.last_modified_by = WRITER
    change = document.add_paragraph("第三标段验收单").runs[0]._r
    change.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}author", WRITER)
    document.add_picture(io.BytesIO(picture()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_sheet():
    book = Workbook()
    book.properties.creator = WRITER
    book.active["A1"] = "第三标段验收单"
    book.active["A1"].comment = Comment("数目不对", WRITER)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_pdf():
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": MAKER, "/Creator": MAKER})
    writer.write(out)
    return out.getvalue()


def everything(data):
    """All bytes of a paper, taken apart as far as it goes."""
    if not data.startswith(b"PK"):
        return data + str(PdfReader(io.BytesIO(data)).metadata).encode()
    with zipfile.ZipFile(io.BytesIO(data)) as paper:
        return b"".join(paper.read(one) for one in paper.infolist())


@pytest.mark.parametrize(
    ("name", "made", "said"),
    [
        ("a.docx", a_word_paper, "第三标段".encode()),
        ("a.xlsx", a_sheet, "数目不对".encode()),
        ("a.pdf", a_pdf, b""),
    ],
)
def test_a_paper_arrives_without_who_made_it_and_can_be_read_as_before(name, made, said):
    data = made()

    _name, kept = in_memory.judged(data, name)

    held = everything(kept)
    assert any(one in everything(data) for one in (WRITER.encode(), MAKER.encode()))
    assert WRITER.encode() not in held
    assert MAKER.encode() not in held
    assert said in held
    assert admission_of(kept, name).key == name.rpartition(".")[2]


def admission_of(data, name):
    """The kind as which the judge of documents lets what was kept in again."""
    with in_memory._memory(data) as raw, in_memory._memory(b"") as clean:
        return admit(raw, name, clean).kind


def test_signs_that_turn_words_around_are_taken_out_and_scripts_and_emoji_stay(home):
    writer = Writer()
    family, peace = "\U0001f468\u200d\U0001f469", "\u0627\u0644\u0633\u0644\u0627\u0645\u200f"

    code_of(writer.writes({**PETITION, "text": f"甲\u202e乙\x07\u2066丙{family} {peace}"}))

    assert content_of(newest())["text"] == f"甲乙丙{family} {peace}"
