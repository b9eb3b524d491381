"""While the database is started again whoever writes waits, is answered, and what they bring comes once."""

import json
import sqlite3

import pytest
from a_counter import PETITION, Writer, code_of, hidden, later, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection

from qingfeng.public.counter import away, forgetting
from qingfeng.public.counter.models import Arrival

pytestmark = pytest.mark.django_db(transaction=True)


def away_for(times, at="", error=None):
    """A database that refuses so many statements in which some words are, and is back then."""
    left = [times]
    error = error or OperationalError("the database system is starting up")

    def refuse(execute, sql, params, many, context):
        if left[0] and at in sql:
            left[0] -= 1
            raise error
        return execute(sql, params, many, context)

    return connection.execute_wrapper(refuse)


@pytest.mark.parametrize("at", ["", "counter_arrival", "counter_spent", "journal_journalentry"])
def test_a_letter_is_taken_once_though_the_database_went_away_in_the_middle(home, at):
    writer = Writer()
    fields = hidden(writer.checked(PETITION))

    with later(21), away_for(2, at):
        answer = writer.send({**fields, "go": "next"})

    assert answer.status_code == 200
    assert code_of(answer)
    assert Arrival.objects.count() == 1


@pytest.mark.parametrize(
    "at", ["", "counter_spent", "counter_arrival", "counter_answer", "journal_journalentry"]
)
@pytest.mark.parametrize("times", [1, 3])
def test_whoever_reads_with_a_code_waits_once_though_the_database_went_away_in_the_middle(home, at, times):
    writer = Writer()
    code = code_of(writer.writes(PETITION))
    fields = hidden(writer.page("follow/")) | {"code": code, "go": "open"}

    with later(6), away_for(times, at):
        opened = writer.send(fields, "follow")
    with later(6):
        again = writer.send(fields, "follow")

    assert "往来记录" in text_of(opened)
    assert again.status_code == 422
    assert "往来记录" not in text_of(again)


def test_whoever_reads_is_believed_where_the_connection_went_while_the_mark_was_set(home, monkeypatch):
    from qingfeng.public.counter import tickets

    spend, left = tickets.spend, [1]

    def set_and_lost(ticket):
        done = spend(ticket)
        if left[0]:
            left[0] -= 1
            raise OperationalError("server closed the connection unexpectedly")
        return done

    writer = Writer()
    code = code_of(writer.writes(PETITION))
    fields = hidden(writer.page("follow/")) | {"code": code, "go": "open"}
    monkeypatch.setattr(tickets, "spend", set_and_lost)

    with later(6):
        opened = writer.send(fields, "follow")
        again = writer.send(fields, "follow")

    assert "往来记录" in text_of(opened)
    assert again.status_code == 422


def test_a_file_that_came_while_the_database_was_away_is_read_from_its_beginning(home):
    file = SimpleUploadedFile("a.txt", "水泥路验收单".encode())

    with away_for(2, "counter_pending"):
        fields = hidden(Writer().at("files", dict(PETITION), go="add", file=file))

    assert [shown for _name, shown in json.loads(fields["files"])] == ["a.txt"]


def test_where_it_stays_away_somebody_is_told_and_not_kept_waiting_for_ever(home, monkeypatch):
    monkeypatch.setattr(forgetting, "AWAY_SECONDS", 0.5)
    writer = Writer()
    writer.browser.raise_request_exception = False
    fields = hidden(writer.checked(PETITION))

    with later(21), away_for(10_000):
        answer = writer.send({**fields, "go": "next"})

    assert answer.status_code == 503
    assert Arrival.objects.count() == 0


class OfPostgres(Exception):  # noqa: N818 - what a driver says
    """What the driver says, with its SQLSTATE."""

    def __init__(self, state):
        self.sqlstate = state


def of_sqlite(code):
    """What SQLite says, with its code."""
    error = sqlite3.OperationalError("disk")
    error.sqlite_errorcode = code
    return error


def fails(cause, words=""):
    """What Django makes of it."""
    error = OperationalError(words)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "failure",
    [
        fails(of_sqlite(5)),
        fails(of_sqlite(6 | 1 << 8)),
        fails(OfPostgres("57P03")),
        fails(OfPostgres("08006")),
        fails(OfPostgres("55P03")),
        fails(OfPostgres(None), "connection failed: Connection refused"),
        fails(OfPostgres(None), "server closed the connection unexpectedly"),
        InterfaceError("connection already closed"),
    ],
)
def test_a_lost_connection_a_start_and_a_lock_go_by(failure):
    assert away.goes_by(failure)


@pytest.mark.parametrize(
    "failure",
    [
        fails(of_sqlite(13)),
        fails(of_sqlite(8)),
        fails(of_sqlite(1)),
        fails(OfPostgres("53100")),
        fails(OfPostgres("42501")),
        fails(OfPostgres(None), 'FATAL:  password authentication failed for user "q"'),
    ],
)
def test_a_full_disk_a_missing_table_and_a_right_that_lacks_do_not(failure):
    assert not away.goes_by(failure)


def test_whoever_writes_on_a_full_disk_is_told_at_once_and_sends_what_they_typed_again(home, monkeypatch):
    monkeypatch.setattr(forgetting, "sleep", lambda _seconds: pytest.fail("waited"))
    writer = Writer()
    fields = hidden(writer.checked(PETITION)) | {"go": "next"}

    with later(21), away_for(10_000, error=fails(of_sqlite(13))):
        told = writer.send(fields)
    kept = hidden(told)
    with later(21):
        answer = writer.send(kept)

    assert told.status_code == 503
    assert PETITION["text"] in text_of(told)
    assert kept == fields
    assert code_of(answer)
    assert Arrival.objects.count() == 1


def test_what_could_not_be_read_at_all_is_not_said_to_stand_on_the_page(home):
    writer = Writer()
    writer.browser.raise_request_exception = False

    told = writer.send({"at": "text", "text": "水" * 3_000_000, "go": "next"})

    assert told.status_code == 500
    assert told["Cache-Control"] == "no-store"
    assert "暂未收下" not in text_of(told)
