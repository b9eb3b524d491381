"""Builders: entries, and ways to do harm that a journal must notice."""

import pytest
from django.db import connection, transaction

from qingfeng.journal.alarms import open_alarms
from qingfeng.journal.errors import Alarm
from qingfeng.journal.guard import database_rows
from qingfeng.journal.models import JournalEntry, JournalStretch
from qingfeng.journal.note import WITNESS, Signer
from qingfeng.journal.publisher import Publisher
from qingfeng.journal.store import Draft, append, append_many, folder_of
from qingfeng.journal.verifying import verify_home

WITNESS_KEY = Signer("jianghuai.example/witness", bytes(range(1, 33)), WITNESS)


def an_entry(subject="2026-督-001", **parts):
    with transaction.atomic():
        return append("matter.performed", subject=subject, by="12", **parts)


def some_entries(number, log="internal"):
    drafts = [Draft("matter.performed", subject=f"2026-督-{at:03}", by="12") for at in range(number)]
    with transaction.atomic():
        return append_many(drafts, log=log)


def published(home, number=0, log="internal"):
    """Append entries, publish them with a publisher that knows nothing yet, and return it."""
    some_entries(number, log)
    publisher = Publisher(home)
    publisher.publish(log)
    return publisher


def differences(home):
    return [str(one) for one in verify_home(home, database_rows())]


def behind_its_back(sql, *values):
    """Change rows as somebody with the database's password would."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def row_at(index, log="internal"):
    """The number of the row at a place."""
    return places(log)[index]


def places(log="internal"):
    """Where every published row stands: index → number of the row."""
    return {
        stretch.start + at: stretch.first_id + at
        for stretch in JournalStretch.objects.filter(log=log)
        for at in range(stretch.last_id - stretch.first_id + 1)
    }


def put(rows, log="internal"):
    """Give rows their places behind the journal's back, in place of all that it gave."""
    JournalStretch.objects.filter(log=log).delete()
    JournalStretch.objects.bulk_create(
        JournalStretch(log=log, start=index, first_id=row, last_id=row) for index, row in rows.items()
    )


def all_entries(log="internal"):
    return list(JournalEntry.objects.filter(log=log).order_by("id"))


def every_tile(home, log="internal"):
    return sorted(path for path in (folder_of(log).root / "tile").rglob("*") if path.is_file())


def stops_with(code, publisher, log="internal"):
    """The publisher stops with that alarm, keeps it as a row, and leaves what was signed as it was."""
    signed = folder_of(log).note()

    with pytest.raises(Alarm) as stopped:
        publisher.publish(log)

    assert stopped.value.code == code, stopped.value
    assert [alarm.code for alarm in open_alarms()] == [code]
    assert all(part for part in (stopped.value.what, stopped.value.where, stopped.value.then))
    assert folder_of(log).note() == signed
    return stopped.value
