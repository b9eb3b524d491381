"""A growth file belongs to the person: begun by them, read by them, shared by them, gone when they say so."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from qingfeng.desk.growth.known import known_of
from qingfeng.growth import files, sharing
from qingfeng.growth.models import Entry, GrowthFile, Part, Reading, Share
from qingfeng.journal.models import JournalEntry, JournalSecret
from qingfeng.matters.models import Notice
from qingfeng.screening.errors import Problem

OWNER, READER = "style_one", "dept_head"
WORDS = "跟审计的同志走了一遍三张表"


def page(desk, who, path="/growth/"):
    """What somebody gets at an address of growth."""
    return desk.browser(who).get(path)


@pytest.fixture
def file(desk):
    """The file of the owner with one entry of their own."""
    made = files.begin(desk.viewer(OWNER))
    said = files.Said("学看公司账", WORDS, hours=2.5)
    files.write(made, Part("study"), timezone.localdate(), said=said)
    return made


def test_nobody_has_a_file_until_they_begin_one(desk):
    before = page(desk, OWNER).content.decode()
    desk.browser(OWNER).post("/growth/begin/")

    assert "您还没有成长档案" in before
    assert GrowthFile.objects.get().person_id == desk.viewer(OWNER).person_id


def test_what_is_written_is_not_in_the_rows_of_the_database(desk, file):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM growth_entry")
        rows = str([bytes(one) if isinstance(one, memoryview) else one for row in cursor for one in row])

    assert WORDS not in rows
    assert "学看公司账" not in rows
    assert [one.said.text for one in files.entries_of(file)] == [WORDS]


def test_the_owner_writes_changes_and_removes_an_entry_at_the_pages(desk, file):
    browser = desk.browser(OWNER)
    asked = {"part": "aim", "title": "学会讲课", "on": "2026-01-05", "text": "先讲五分钟"}
    browser.post("/growth/entries/new/", asked)
    pk = Entry.objects.get(part="aim").pk
    refused = browser.post(f"/growth/entries/{pk}/", asked | {"until": "2026-01-01"})
    browser.post(f"/growth/entries/{pk}/", asked | {"title": "学会讲十分钟"})
    shown = browser.get("/growth/").content.decode()
    browser.post(f"/growth/entries/{pk}/remove/")

    assert refused.status_code == 422
    assert "学会讲十分钟" in shown
    assert not Entry.objects.filter(pk=pk).exists()


def test_what_the_house_knows_is_offered_and_what_is_ticked_is_taken_in_once(desk, file):
    browser = desk.browser(OWNER)
    known = known_of(desk.viewer(OWNER))
    ticked = [f"{one.part}|{one.said.source}" for one in known if one.part in {"taught", "activity", "tool"}]
    for _again in range(2):
        browser.post("/growth/known/", {"known": ticked})
    titles = {(one.part, one.said.title) for one in files.entries_of(file) if one.said.source}

    assert {one.part for one in known} >= {"taught", "activity", "paper", "tool"}
    assert ("tool", "村级收支公开表怎么看（图解）") in titles
    assert file.entries.count() == 1 + len(ticked)
    assert all(one.said.drawn for one in files.entries_of(file) if one.said.source)


def test_hours_of_an_activity_are_those_that_the_person_writes_and_never_a_share_of_the_sum(desk):
    assert all(one.said.hours is None for one in known_of(desk.viewer(OWNER)))


def test_who_sat_in_a_course_is_offered_to_whoever_did_not_teach_it(desk):
    taught = {one.said.source for one in known_of(desk.viewer(OWNER)) if one.part == "taught"}
    attended = {one.said.source for one in known_of(desk.viewer("org_head")) if one.part == "attended"}

    assert taught
    assert taught == attended


@pytest.mark.parametrize("who", ["principal", "deputy", "dept_head", "evaluator", "auditor", "system_admin"])
def test_nobody_else_reads_a_file(desk, file, who):
    pk = file.entries.get().pk
    files.begin(desk.viewer(who))

    assert WORDS not in page(desk, who).content.decode()
    assert page(desk, who, f"/growth/entries/{pk}/").status_code == 404
    assert desk.browser(who).post(f"/growth/entries/{pk}/remove/").status_code == 404
    assert WORDS.encode() not in page(desk, who, "/growth/file.json").content


def test_a_shared_part_is_read_by_the_named_person_only_and_no_other_part_of_it(desk, file):
    files.write(file, Part("aim"), timezone.localdate(), said=files.Said("不给别人看的目标"))
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=timezone.localdate())
    read = page(desk, READER, f"/growth/shared/{share.pk}/")

    assert WORDS in read.content.decode()
    assert "不给别人看的目标" not in read.content.decode()
    assert read["Cache-Control"] == "no-store"
    assert page(desk, "principal", f"/growth/shared/{share.pk}/").status_code == 404


def test_every_reading_is_told_to_the_owner(desk, file):
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=timezone.localdate())
    for _again in range(2):
        page(desk, READER, f"/growth/shared/{share.pk}/")
    told = Notice.objects.filter(person=file.person_id, kind="growth_read")

    assert Reading.objects.filter(share=share).count() == told.count() == 2
    assert desk.person(READER).name in page(desk, OWNER, "/growth/shares/").content.decode()


def test_a_share_that_is_withdrawn_is_read_no_more(desk, file):
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=timezone.localdate())
    desk.browser(OWNER).post(f"/growth/shares/{share.pk}/withdraw/")

    assert page(desk, READER, f"/growth/shared/{share.pk}/").status_code == 404
    assert desk.browser(READER).get("/growth/").content.decode().count("/growth/shared/") == 0


def test_a_share_ends_after_its_day(desk, file):
    today = timezone.localdate()
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=today)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert sharing.read(desk.viewer(READER), share.pk) is None
    assert sharing.read(desk.viewer(READER), share.pk) is not None


def test_a_part_is_shared_with_colleagues_of_the_house_and_for_a_year_at_most(desk, file):
    today = timezone.localdate()
    for who, until in (("unit_contact", today), (OWNER, today), (READER, today + timedelta(days=400))):
        with pytest.raises(Problem):
            sharing.share(file, Part("study"), desk.person(who), until_on=until)
    assert not Share.objects.exists()


def test_whoever_is_only_lent_to_the_house_is_not_offered_as_a_reader(desk, file):
    offered = page(desk, OWNER, "/growth/shares/").content.decode()

    assert f'value="{desk.person(READER).number}"' in offered
    assert f'value="{desk.person("seconded").number}"' not in offered


def test_the_owner_takes_the_whole_file_along_as_json_and_pdf(desk, file):
    taken = json.loads(page(desk, OWNER, "/growth/file.json").content)
    paper = PdfReader(BytesIO(page(desk, OWNER, "/growth/file.pdf").content))
    text = "".join(one.extract_text() for one in paper.pages).replace("\n", "")

    assert taken["format"] == files.FORMAT
    assert [one["text"] for one in taken["entries"]] == [WORDS]
    assert "学看公司账" in text
    assert WORDS in text


def test_a_file_is_deleted_wholly_with_who_read_it_in_the_journal(desk, file):
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=timezone.localdate())
    page(desk, READER, f"/growth/shared/{share.pk}/")
    file.refresh_from_db()
    kept = file.entries_of_journal
    asked = desk.browser(OWNER).get("/growth/delete/").content.decode()
    desk.browser(OWNER).post("/growth/delete/", {"confirmed": "yes"})

    assert "彻底删除成长档案" in asked
    assert len(kept) == 2
    assert not JournalSecret.objects.filter(entry__in=kept, value__isnull=False).exists()
    assert "study" not in str([one.said for one in JournalEntry.objects.filter(pk__in=kept)])
    assert [model for model in (GrowthFile, Entry, Share, Reading) if model.objects.exists()] == []


def test_a_button_that_is_pressed_twice_withdraws_once_and_deletes_once(desk, file):
    share = sharing.share(file, Part("study"), desk.person(READER), until_on=timezone.localdate())
    for _again in range(2):
        sharing.withdraw(share)
    for _again in range(2):
        files.delete(GrowthFile(pk=file.pk, person_id=file.person_id))

    kinds = [one.kind for one in JournalEntry.objects.filter(kind__startswith="growth.")]
    assert (kinds.count("growth.withdrawn"), kinds.count("growth.deleted")) == (1, 1)
