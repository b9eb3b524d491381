"""While the database is started again whoever writes waits, is answered, and what they bring comes once."""

import json

import pytest
from a_counter import PETITION, Writer, code_of, hidden, later
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from qingfeng.public.counter import forgetting
from qingfeng.public.counter.models import Arrival

pytestmark = pytest.mark.django_db(transaction=True)


def away_for(times, at=""):
    """A database that refuses so many statements in which some words are, and is back then."""
    left = [times]

    def refuse(execute, sql, params, many, context):
        if left[0] and at in sql:
            left[0] -= 1
            raise OperationalError("the database system is starting up")
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

    assert answer.status_code == 500
    assert Arrival.objects.count() == 0
