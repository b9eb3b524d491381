"""Older databases and homes that come back, a key that is gone, a clock that went back."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from a_journal import (
    all_entries,
    an_entry,
    behind_its_back,
    differences,
    places,
    published,
    put,
    some_entries,
    stops_with,
)

from qingfeng.journal.alarms import open_alarms
from qingfeng.journal.guard import look_at_clock
from qingfeng.journal.models import (
    JournalEntry,
    JournalState,
    JournalTally,
)
from qingfeng.journal.publisher import Publisher
from qingfeng.journal.store import folder_of


def test_a_restored_older_database_does_not_sign_over_what_was_signed(home):
    published(home, 5)
    for table in ("entry", "stretch", "checkpoint", "tally", "state"):
        behind_its_back(f"DELETE FROM journal_journal{table}")
    some_entries(5)

    stops_with("shrunk", Publisher(home))

    assert any("it is older" in one for one in differences(home))


def restore(home, backup):
    """Bring database rows and the journal's folder back to how they were; keys are not in that backup."""
    files, entries, there, state = backup
    shutil.rmtree(home / "journal")
    shutil.copytree(files, home / "journal")
    behind_its_back("DELETE FROM journal_journalentry")
    behind_its_back("DELETE FROM journal_journalcheckpoint WHERE size > %s", state.size)
    JournalEntry.objects.bulk_create(entries)
    put(there)
    JournalTally.objects.update(appended=len(entries))
    JournalState.objects.filter(log="internal").update(size=state.size, root=bytes(state.root))


def a_backup(home, tmp):
    shutil.copytree(home / "journal", tmp)
    return tmp, all_entries(), places(), JournalState.objects.get(log="internal")


def test_a_restored_older_home_is_noticed_by_what_the_key_remembers(home, tmp_path_factory):
    published(home, 5)
    backup = a_backup(home, tmp_path_factory.mktemp("backup") / "journal")
    published(home, 3)

    restore(home, backup)
    some_entries(3)

    alarm = stops_with("shrunk", Publisher(home))
    assert "8 were signed" in alarm.what


def test_a_restored_home_that_was_continued_otherwise_is_noticed(home, tmp_path_factory):
    published(home, 5)
    backup = a_backup(home, tmp_path_factory.mktemp("backup") / "journal")
    published(home, 3)
    remembered = folder_of("internal").signed()
    restore(home, backup)
    (home / "keys" / "journal-internal.signed").unlink()
    published(home, 4)

    (home / "keys" / "journal-internal.signed").write_bytes(remembered)

    stops_with("forked", Publisher(home))
    assert any("does not continue" in one for one in differences(home))


@pytest.mark.parametrize("harm", ["missing", "damaged", "other"])
def test_without_its_own_key_the_publisher_signs_nothing(home, harm):
    published(home, 2)
    key = home / "keys" / "journal-internal.key"
    published(home, 1, log="public")
    some_entries(1)
    if harm == "missing":
        key.unlink()
    else:
        other = (home / "keys" / "journal-public.key").read_text(encoding="utf-8")
        key.write_text(other if harm == "other" else "PRIVATE+KEY+x", encoding="utf-8")

    stops_with("key", Publisher(home))

    assert differences(home) == []


def test_a_clock_that_went_back_is_noticed_and_the_order_stays(home):
    now = datetime.now(UTC)
    with time_machine.travel(now, tick=False):
        an_entry()
    with time_machine.travel(now - timedelta(seconds=90), tick=False):
        late = an_entry()
    an_entry()

    published(home)

    assert [entry.index for entry in all_entries()] == [0, 1, 2, 3]
    (alarm,) = open_alarms()
    assert (alarm.code, "went back by" in alarm.what) == ("clock", True)
    told = all_entries()[-1].said
    assert told["kind"] == "journal.clock_went_back"
    assert told["facts"]["row"] == late.pk
    assert told["facts"]["seconds"] == 90
    assert differences(home) == []


def test_a_clock_that_went_back_between_two_publications_is_noticed_once(home):
    publisher = published(home, 2)
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1)):
        some_entries(3)
        publisher.publish("internal")
        some_entries(3)
        publisher.publish("internal")

    assert [(alarm.code, alarm.times) for alarm in open_alarms()] == [("clock", 1)]


def test_a_long_transaction_and_a_small_difference_of_clocks_are_no_clock_that_went_back(home):
    noon = datetime(2026, 3, 3, 12, tzinfo=UTC)
    state = JournalState(log="internal")

    young = look_at_clock(state, [2, 3], [noon, noon - timedelta(seconds=2)])
    committed_late = look_at_clock(state, [1, 4], [noon - timedelta(hours=1), noon])
    went_back = look_at_clock(state, [5], [noon - timedelta(minutes=1)])

    assert (young, committed_late) == ([], [])
    assert went_back == [{"row": 5, "seconds": 60}]
