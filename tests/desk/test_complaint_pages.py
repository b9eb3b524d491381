"""A complaint about our own staff at desks: the custodian opens who reported; it is nowhere else."""

import logging
from io import BytesIO
from zipfile import ZipFile

import pytest
from a_desk import at, text_of

from qingfeng.desk import indexing
from qingfeng.desk.models import SearchText
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.models import Notice
from qingfeng.mechanisms.complaint.sample import PHRASE, SEALED

pytestmark = pytest.mark.django_db
REPORTER, REACHED, WISH = (SEALED["facts"][key] for key in ("reporter", "reporter_reached", "reporter_wish"))
WORDS = (REPORTER, REACHED, WISH)


@pytest.fixture(scope="module")
def story(house):
    """A complaint of somebody who gave a name, after its first weeks."""
    return house.played("complaint", "so_in_part", steps=8, ago=30)


def said(response):
    """All that an answer says, unpacked where it is an archive."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with ZipFile(BytesIO(content)) as files:
            content = b"".join(files.read(name) for name in files.namelist())
    return content.decode("utf-8", "replace")


def names_nobody(text):
    return not any(word in text or word.encode("unicode_escape").decode() in text for word in WORDS)


def test_the_custodian_opens_who_reported_with_a_phrase_and_the_journal_keeps_it(desk, story):
    browser = desk.browser("custodian")
    sealed = story.sealed.get(field="reporter")

    listed = browser.get(at(story, "sealed"))
    wrong = browser.post(at(story, "sealed", str(sealed.pk)), {"phrase": "不是这句口令呀不是这句"})
    opened = browser.post(at(story, "sealed", str(sealed.pk)), {"phrase": PHRASE})

    assert names_nobody(said(listed))
    assert names_nobody(said(wrong))
    assert REPORTER in said(opened)
    kinds = JournalEntry.objects.filter(subject=f"complaint/{story.slug}", kind__startswith="matter.sealed")
    assert [one.kind for one in kinds.order_by("pk")] == ["matter.sealed_refused", "matter.sealed_opened"]


@pytest.mark.parametrize("who", ["principal", "deputy", "appeal_one", "appeal_two"])
def test_whoever_works_on_a_complaint_reads_its_card_and_never_who_reported(desk, story, who):
    browser = desk.browser(who)
    sealed = story.sealed.get(field="reporter")

    page = browser.get(at(story))
    there = browser.post(at(story, "sealed", str(sealed.pk)), {"phrase": PHRASE})

    assert "密封" in text_of(page)
    assert names_nobody(said(page))
    assert there.status_code == 404


def test_who_reported_is_in_no_list_export_figure_nor_answer_of_the_interface(desk, story):
    browser = desk.browser("principal")

    answers = [
        browser.get("/complaints/?state=all"),
        browser.get("/complaints/statistics/"),
        browser.post("/complaints/export/", {"form": "csv"}),
        browser.post("/complaints/export/", {"form": "xlsx"}),
        browser.get(f"/api/matters/complaints/{story.slug}"),
    ]

    assert [one.status_code for one in answers] == [200] * 5
    assert story.number in said(answers[0])
    assert all(names_nobody(said(one)) for one in answers)


def test_who_reported_is_not_found_by_search_and_not_in_its_index(desk, story):
    indexing.index_matters([story.pk])

    found = [desk.browser(who).post("/search/", {"q": REPORTER}) for who in ("custodian", "principal")]

    assert all(at(story) not in said(one) for one in found)
    assert SearchText.objects.filter(matter=story).exists()
    stored = str(list(SearchText.objects.filter(matter=story).values_list()))
    assert names_nobody(stored)


def test_who_reported_stands_in_no_log_and_no_notice(desk, story, caplog):
    sealed = story.sealed.get(field="reporter")

    with caplog.at_level(logging.DEBUG):
        desk.browser("custodian").post(at(story, "sealed", str(sealed.pk)), {"phrase": PHRASE})
        desk.browser("principal").get(at(story))

    assert names_nobody(caplog.text)
    assert names_nobody(str(list(Notice.objects.values_list())))


@pytest.mark.parametrize("who", ["case_head", "case_one", "style_head", "registrar", "analyst"])
def test_those_it_is_about_and_those_who_have_no_part_find_nothing_of_it(desk, story, who):
    browser = desk.browser(who)

    pages = [at(story), at(story, "thread"), at(story, "sealed")]

    assert {browser.get(page).status_code for page in pages} == {404}
    assert story.number not in text_of(browser.get("/complaints/?state=all"))
    assert at(story) not in said(browser.post("/search/", {"q": story.number}))
