"""Nothing of who wrote stays: no address, browser, cookie, referrer, exact time; in no table, file or log.

Law:
    domain rights 21
"""

import logging
from datetime import datetime

import a_counter
import pytest
from a_counter import PETITION, REPORT, Writer, code_of, hidden, later, newest, text_of
from django.apps import apps
from django.db import connection, transaction
from django.test import Client, RequestFactory, override_settings

pytestmark = pytest.mark.django_db

MARK = "4f1d-of-this-browser"
ADDRESS = "203.0.113.77"
TRACES = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_USER_AGENT": f"Mozilla/5.0 {MARK}",
    "HTTP_REFERER": f"https://elsewhere.example/{MARK}",
    "HTTP_COOKIE": f"sessionid={MARK}; qingfeng_theme=dark",
    "HTTP_SEC_CH_UA_PLATFORM": MARK,
    "HTTP_ACCEPT_LANGUAGE": "en",
}
WORDS = "苜蓿地头的那张收据"


@pytest.fixture(scope="module")
def place(tmp_path_factory, django_db_setup, django_db_blocker):
    """A home and a database for the whole module; what is written is rolled back at its end."""
    folder = tmp_path_factory.mktemp("counter")
    block = transaction.atomic()
    block._from_testcase = True
    with django_db_blocker.unblock(), override_settings(HOME=folder), block:
        a_counter.give_keys()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def story(place):
    """Letters of both lines, written and followed by one browser; its answers, and what was logged."""
    logged = []
    handler = logging.Handler()
    handler.emit = lambda record: logged.append(f"{record.name} {record.getMessage()} {record.__dict__}")
    root = logging.getLogger()
    root.addHandler(handler)
    for name in ("django.request", "django.server", "django.security", "qingfeng"):
        logging.getLogger(name).addHandler(handler)
    browser = Client(raise_request_exception=False, **TRACES)
    writer = Writer()
    writer.browser = browser
    pages = [
        browser.get("/counter/"),
        *(writer.page(name) for name in ("", "rules/", "anonymity/", "nothing/")),
    ]
    for said in (REPORT, PETITION):
        receipt = writer.writes({**said, "text": WORDS})
        pages.append(receipt)
        opened = writer.opens(code_of(receipt))
        pages += [opened, writer.says(opened, "reply", text=WORDS), writer.opens("2222-2222")]
    pages.append(writer.at("text", REPORT, text=WORDS, go="save"))
    root.removeHandler(handler)
    return pages, logged


def tables():
    """Every value of every table, as text."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    held = bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
                    yield table, held


@pytest.mark.parametrize("trace", [MARK, ADDRESS, WORDS])
def test_no_table_holds_it(story, trace):
    assert [table for table, held in tables() if trace.encode() in held] == []


@pytest.mark.parametrize("trace", [MARK, ADDRESS, WORDS])
def test_no_file_of_the_home_holds_it(story, place, trace):
    from django.conf import settings

    places = {place, settings.FILE_UPLOAD_TEMP_DIR, settings.MEDIA_ROOT}
    files = [file for place in places for file in place.rglob("*") if file.is_file()]

    assert [file for file in files if trace.encode() in file.read_bytes()] == []


def test_no_log_says_that_a_page_of_the_counter_was_asked_for(story):
    _pages, logged = story

    assert [line for line in logged if "/counter/" in line or MARK in line or ADDRESS in line] == []


def test_no_session_begins_and_no_answer_sets_a_cookie_or_may_be_kept(story):
    from django.contrib.sessions.models import Session

    pages, _logged = story
    assert Session.objects.count() == 0
    for page in pages:
        assert not page.cookies
        assert "Set-Cookie" not in page.headers
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
        assert "Cookie" not in page.get("Vary", "")


def test_no_column_of_the_counter_is_more_exact_than_an_hour(story):
    for model in apps.get_app_config("counter").get_models():
        for row in model.objects.values():
            times = [value for value in row.values() if isinstance(value, datetime)]
            assert all((at.minute, at.second, at.microsecond) == (0, 0, 0) for at in times), model


def test_the_columns_of_the_counter_are_these_and_none_is_about_a_browser():
    columns = {
        model.__name__: {field.name for field in model._meta.get_fields() if field.concrete}
        for model in apps.get_app_config("counter").get_models()
    }

    assert columns == {
        "Arrival": {
            "id", "number", "code_digest", "key", "hour", "envelope", "own", "salt", "digest", "entry",
            "is_carried",
        },
        "SealedFile": {"id", "arrival", "place", "sha256", "held"},
        "Answer": {"id", "arrival", "digest", "held", "hour"},
        "Pending": {"id", "name", "held", "until"},
        "Spent": {"id", "digest", "until"},
        "Numbering": {"id", "last"},
    }  # fmt: skip


def test_a_request_has_nothing_of_its_browser_when_the_site_sees_it(home):
    from django.http import HttpResponse

    from qingfeng.public.counter.forgetting import KEPT, forgetting_middleware

    seen = {}

    def answer(request):
        seen["meta"], seen["cookies"] = dict(request.META), dict(request.COOKIES)
        response = HttpResponse()
        response.set_cookie("a", "b")
        return response

    request = RequestFactory(**TRACES).post("/counter/zh/write/")
    response = forgetting_middleware(answer)(request)

    assert seen["cookies"] == {}
    assert {name for name in seen["meta"] if not name.startswith("wsgi.")} <= KEPT
    assert not response.cookies


def test_elsewhere_on_the_site_nothing_is_taken_off(home):
    from django.http import HttpResponse

    from qingfeng.public.counter.forgetting import forgetting_middleware

    request = RequestFactory(**TRACES).get("/proof/")
    forgetting_middleware(lambda _request: HttpResponse())(request)

    assert request.META["REMOTE_ADDR"] == ADDRESS


def test_what_fails_is_logged_by_its_place_and_not_with_what_was_written(home, monkeypatch, caplog):
    from django.db import DatabaseError

    from qingfeng.journal import store

    def broken(*_parts, **_more):
        raise DatabaseError(f"could not write {WORDS} of {ADDRESS}")

    writer = Writer()
    writer.browser = Client(raise_request_exception=False, **TRACES)
    fields = hidden(writer.checked({**REPORT, "text": WORDS}))
    before = newest()
    monkeypatch.setattr(store, "insert", broken)

    with later(21):
        answer = writer.send({**fields, "go": "next"})

    assert answer.status_code == 503
    assert "DatabaseError" in caplog.text
    assert all(trace not in caplog.text for trace in (WORDS, ADDRESS, MARK, "/counter/"))
    assert all(trace not in text_of(answer) for trace in (ADDRESS, MARK, "could not write"))
    assert hidden(answer)["text"] == WORDS  # to whoever wrote it, and to nobody else
    assert answer["Cache-Control"] == "no-store"
    assert newest() == before
