"""Staff enter letters, calls and visits for people: sealed at once, never shown again, one receipt."""

import re
from datetime import timedelta

import a_counter
import pytest
from a_counter import GU, INTAKE, content_of, file_of, newest, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from qingfeng.journal.models import JournalEntry
from qingfeng.public.counter.models import Arrival

pytestmark = pytest.mark.django_db
WORDS = "榆钱饭店的账单"
CODE = re.compile(r"<strong>[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){4}</strong>")


@pytest.fixture
def desk(home):
    """The registrar at a browser."""
    from an_office_kept import sample_office

    office = sample_office()
    browser = Client()
    browser.force_login(office.accounts["registrar"], backend="django.contrib.auth.backends.ModelBackend")
    return browser


def said(**parts):
    """What is typed."""
    given = {"source": "visit", "received_on": timezone.localdate().isoformat(), "text": WORDS}
    return given | parts


def test_a_report_that_was_told_is_sealed_to_the_custodians_and_shown_to_nobody_again(desk):
    answer = desk.post("/counter-desk/report/", said(excludes=[a_counter.NAMES[1]]))

    arrival = newest()
    assert content_of(arrival, GU) == {
        "line": "report", "text": WORDS, "excludes": [a_counter.NAMES[1]], "source": "visit",
        "received_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert CODE.search(answer.content.decode())
    assert WORDS not in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    told = JournalEntry.objects.get(kind="counter.entered_for_somebody").said
    assert (told["subject"], told["facts"]) == (f"arrival/{arrival.number}", {"source": "visit"})


def test_a_letter_with_its_scan_is_sealed_to_the_office_with_its_source(desk):
    scan = SimpleUploadedFile("来信.txt", WORDS.encode())

    desk.post("/counter-desk/petition/", said(source="letter", name="钟离", area="conduct", files=scan))

    arrival = newest()
    content = content_of(arrival)
    assert (content["source"], content["name"], content["area"]) == ("letter", "钟离", "conduct")
    assert file_of(arrival.files.get(), INTAKE) == WORDS.encode()


def test_what_is_wrong_is_said_beside_the_field_and_nothing_arrives(desk):
    later = timezone.localdate() + timedelta(days=2)
    answers = [
        desk.post("/counter-desk/petition/", said(text="")),
        desk.post("/counter-desk/petition/", said(received_on=later.isoformat())),
        desk.post("/counter-desk/report/", said(excludes=list(a_counter.NAMES))),
        desk.post("/counter-desk/petition/", said(files=SimpleUploadedFile("a.exe", b"MZ\x90"))),
    ]

    assert [one.status_code for one in answers] == [422] * 4
    assert "请填写不晚于今天的日期" in text_of(answers[1])
    assert "这样就没有人能看到了" in text_of(answers[2])
    assert Arrival.objects.count() == 0


def test_what_belongs_above_is_not_typed(desk):
    page = text_of(desk.get("/counter-desk/above/"))

    assert "<textarea" not in page
    assert "身份信息保管人" in page


def test_a_form_of_another_site_enters_nothing(home, desk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies

    assert strict.post("/counter-desk/petition/", said()).status_code == 403


def test_the_same_form_sent_twice_arrives_once_and_shows_the_same_receipt(desk):
    once = form_of(desk.get("/counter-desk/petition/"))["once"]
    given = said(source="letter", name="钟离", once=once)
    scans = [SimpleUploadedFile("来信.txt", WORDS.encode()) for _time in range(2)]

    answers = [desk.post("/counter-desk/petition/", given | {"files": scan}) for scan in scans]

    assert Arrival.objects.count() == 1
    assert len({CODE.search(one.content.decode())[0] for one in answers}) == 1
    assert JournalEntry.objects.filter(kind="counter.entered_for_somebody").count() == 1


def test_another_letter_typed_into_the_form_that_was_sent_is_a_letter_of_its_own(desk):
    once = form_of(desk.get("/counter-desk/petition/"))["once"]

    for text in (WORDS, f"{WORDS}，另一封"):
        desk.post("/counter-desk/petition/", said(text=text, once=once))

    assert Arrival.objects.count() == 2


def test_two_people_who_say_the_same_are_two_letters(desk):
    for _person in range(2):
        once = form_of(desk.get("/counter-desk/petition/"))["once"]
        desk.post("/counter-desk/petition/", said(once=once))

    assert Arrival.objects.count() == 2


def form_of(page):
    """Hidden fields of a form."""
    return a_counter.hidden(page)
