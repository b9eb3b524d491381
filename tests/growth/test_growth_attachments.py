"""Attachments of a growth file: sealed like its words, bounded, shared with their part, gone with it."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from a_paper_of_mine import PAPER
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from qingfeng.growth import attaching, files, sharing
from qingfeng.growth.models import Attached, Entry, Part, Reading
from qingfeng.journal.models import JournalEntry
from qingfeng.project.backing_up import _files

OWNER, READER = "style_one", "dept_head"
NAME, INSIDE = "结业证书-看懂村账.txt", "兹证明其读完全部课程并通过考核".encode()


def upload(name=NAME, held=INSIDE * 20):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, held)


def sheet(**more):
    """The form of an entry."""
    return {"part": "study", "title": "学看公司账", "on": "2026-01-05", "text": "三张表"} | more


@pytest.fixture
def file(desk):
    """The file of the owner."""
    return files.begin(desk.viewer(OWNER))


@pytest.fixture
def entry(desk, file):
    """An entry of it that was written at the page with an attachment."""
    answer = desk.browser(OWNER).post("/growth/entries/new/", sheet(papers=[upload()]))
    assert answer.status_code == 302
    return Entry.objects.get(file=file)


def test_what_was_attached_is_listed_and_given_back_as_it_came_to_its_owner_alone(desk, entry):
    page = desk.browser(OWNER).get("/growth/").content.decode()
    pk = entry.attached.get().pk
    given = desk.browser(OWNER).get(f"/growth/attachments/{pk}/")

    assert NAME in page
    assert b"".join(given.streaming_content) == INSIDE * 20
    assert given["Content-Disposition"].startswith("attachment")
    assert (given["Cache-Control"], given["X-Content-Type-Options"]) == ("no-store", "nosniff")
    for who in (READER, "principal", "system_admin"):
        files.begin(desk.viewer(who))
        assert desk.browser(who).get(f"/growth/attachments/{pk}/").status_code == 404
        assert desk.browser(who).post(f"/growth/attachments/{pk}/remove/").status_code == 404


def test_neither_name_nor_content_nor_length_of_an_attachment_is_in_the_rows_or_in_the_home(
    desk, entry, settings
):
    with connection.cursor() as cursor:
        cursor.execute("SELECT named, sealed FROM growth_attached")
        named, sealed = map(bytes, cursor.fetchone())
    longer = desk.browser(OWNER).post(
        f"/growth/entries/{entry.pk}/", sheet(papers=[upload("乙.txt", b"x" * 9)])
    )
    sizes = {len(one.sealed) for one in Attached.objects.all()}
    names = {len(one.named) for one in Attached.objects.all()}
    kept = [one.read_bytes() for one in Path(settings.HOME).rglob("*") if one.is_file()]

    assert longer.status_code == 302
    assert INSIDE not in sealed
    assert NAME.encode() not in named
    assert (len(sizes), len(names)) == (1, 1)
    assert not [held for held in kept if INSIDE in held]


def test_a_backup_takes_no_upload_along_that_is_still_on_its_way(settings):
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    (root / ".incoming-x1").write_bytes(INSIDE)
    try:
        packed = [one.name for one in _files(Path(settings.HOME))]
    finally:
        (root / ".incoming-x1").unlink()

    assert ".incoming-x1" not in packed


def test_a_file_that_may_not_come_in_says_why_and_what_was_written_stays_on_the_page(desk, file):
    secret = upload("关于某事的汇报（机密★）.txt")
    program = upload("工具.exe", b"MZ" + b"\0" * 99)
    answer = desk.browser(OWNER).post("/growth/entries/new/", sheet(papers=[secret, program]))
    page = answer.content.decode()
    noted = JournalEntry.objects.filter(kind="documents.attachment_refused")

    assert answer.status_code == 422
    assert "密级标志" in page
    assert "工具.exe" in page
    assert "三张表" in page
    assert not Entry.objects.filter(file=file).exists()
    assert [one.by for one in noted] == ["house", "house"]


def test_attachments_are_bounded_one_by_one_by_entry_and_in_all(desk, entry, monkeypatch):
    browser, at = desk.browser(OWNER), f"/growth/entries/{entry.pk}/"
    large = browser.post(at, sheet(papers=[upload("大.txt", b"a" * (attaching.LARGEST + 1))]))
    many = browser.post(at, sheet(papers=[upload(f"{no}.txt", b"a") for no in range(attaching.MOST)]))
    monkeypatch.setattr(attaching, "TOGETHER", len(INSIDE) * 20 + 10)
    fits = browser.post(at, sheet(papers=[upload("小.txt", b"a" * 10)]))
    full = browser.post(at, sheet(papers=[upload("又.txt", b"a")]))

    assert [one.status_code for one in (large, many, fits, full)] == [422, 422, 302, 422]
    assert "10 MB" in large.content.decode()
    assert Attached.objects.filter(entry=entry).count() == 2


def test_more_files_than_an_entry_holds_are_refused_before_one_is_opened(desk, entry):
    endless = [upload(f"{no}.exe", b"MZ") for no in range(attaching.MOST + 1)]

    answer = desk.browser(OWNER).post("/growth/entries/new/", sheet(papers=endless))

    assert answer.status_code == 422
    assert "最多10个附件" in answer.content.decode().replace(" ", "")
    assert not JournalEntry.objects.filter(kind="documents.attachment_refused").exists()


def test_a_reader_of_a_part_fetches_its_attachments_no_others_and_the_owner_is_told_of_each(
    desk, file, entry
):
    desk.browser(OWNER).post("/growth/entries/new/", sheet(part="aim", papers=[upload("不给人看.txt")]))
    mine, hidden = (Attached.objects.get(entry__part=part).pk for part in ("study", "aim"))
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=timezone.localdate())
    at = f"/growth/shared/{share.pk}/"
    page = desk.browser(READER).get(at).content.decode()
    given = desk.browser(READER).get(f"{at}attachments/{mine}/")
    refused = desk.browser(READER).get(f"{at}attachments/{hidden}/").status_code
    read = Reading.objects.filter(share=share).count()
    sharing.withdraw(share)

    assert NAME in page
    assert "不给人看" not in page
    assert b"".join(given.streaming_content) == INSIDE * 20
    assert (refused, read) == (404, 2)
    assert desk.browser("principal").get(f"{at}attachments/{mine}/").status_code == 404
    assert desk.browser(READER).get(f"{at}attachments/{mine}/").status_code == 404


def test_the_whole_file_is_taken_along_with_what_was_attached(desk, entry):
    desk.browser(OWNER).post(
        f"/growth/entries/{entry.pk}/", sheet(papers=[upload("证书.pdf", PAPER), upload()])
    )
    answer = desk.browser(OWNER).get("/growth/file.zip")
    with ZipFile(BytesIO(answer.content)) as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    told = json.loads(next(said for name, said in held.items() if name.endswith(".json")))
    page = next(said for name, said in held.items() if name.endswith(".html")).decode()
    paper = PdfReader(BytesIO(next(said for name, said in held.items() if name.startswith("growth") and
                                   name.endswith(".pdf"))))  # fmt: skip
    paths = [one["path"] for one in told["entries"][0]["attached"]]

    assert paths == [f"attachments/01-{NAME}", "attachments/02-证书.pdf", f"attachments/03-{NAME}"]
    assert [held[path] for path in paths] == [INSIDE * 20, held[paths[1]], INSIDE * 20]
    assert held[paths[1]].startswith(b"%PDF")
    assert page.count('href="attachments/') == 3
    assert "证书.pdf" in "".join(one.extract_text() for one in paper.pages).replace("\n", "")


def test_an_attachment_goes_alone_with_its_entry_and_with_the_file(desk, file, entry):
    browser = desk.browser(OWNER)
    browser.post(f"/growth/entries/{entry.pk}/", sheet(papers=[upload("乙.txt")]))
    browser.post(f"/growth/attachments/{entry.attached.first().pk}/remove/")
    left = [one.name for one in files.shown(entry).attached]
    browser.post("/growth/entries/new/", sheet(papers=[upload("丙.txt")]))
    browser.post(f"/growth/entries/{entry.pk}/remove/")
    after = [one.name for shown in files.entries_of(file) for one in shown.attached]
    browser.post("/growth/delete/", {"confirmed": "yes"})

    assert (left, after) == (["乙.txt"], ["丙.txt"])
    assert not Attached.objects.exists()


def test_an_attachment_moves_with_its_entry_to_another_part_and_is_shared_there_no_more(desk, file, entry):
    until = timezone.localdate() + timedelta(days=3)
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=until)
    desk.browser(OWNER).post(f"/growth/entries/{entry.pk}/", sheet(part="aim"))

    assert (
        desk.browser(READER)
        .get(f"/growth/shared/{share.pk}/attachments/{entry.attached.get().pk}/")
        .status_code
        == 404
    )
