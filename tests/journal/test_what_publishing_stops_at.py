"""What the publisher notices and stops at: rows, tiles and bundles that somebody touched, and gaps."""

import pytest
from a_journal import (
    all_entries,
    an_entry,
    behind_its_back,
    differences,
    places,
    published,
    put,
    row_at,
    some_entries,
    stops_with,
)

from qingfeng.journal.alarms import open_alarms, settle
from qingfeng.journal.errors import Alarm, Refused
from qingfeng.journal.models import (
    JournalAlarm,
    JournalEntry,
)
from qingfeng.journal.publisher import Publisher


def test_a_published_row_that_was_changed_is_noticed_by_a_new_publisher(home):
    published(home, 5)
    behind_its_back(
        "UPDATE journal_journalentry SET body = %s WHERE id = %s", bytes(all_entries()[2].body), row_at(3)
    )
    some_entries(1)

    stops_with("row", Publisher(home))

    assert any("entry 3" in one for one in differences(home))


@pytest.mark.parametrize("column", ["kind", "subject", '"by"', "at", "written_at", "leaf_hash"])
def test_a_column_that_no_longer_says_what_the_entry_says_is_noticed(home, column):
    published(home, 5)
    value = {
        "at": "2020-01-01 00:00:00+00:00",
        "written_at": "2020-01-01 00:00:00+00:00",
        "leaf_hash": b"x" * 32,
    }
    behind_its_back(
        f"UPDATE journal_journalentry SET {column} = %s WHERE id = %s", value.get(column, "other"), row_at(3)
    )

    assert any("entry 3" in one for one in differences(home))
    stops_with("row", Publisher(home))


def test_a_published_row_that_was_changed_is_noticed_by_the_running_publisher_in_turn(home):
    publisher = published(home, 5)
    behind_its_back("UPDATE journal_journalentry SET body = %s WHERE id = %s", b"{}", row_at(1))

    stops_with("row", publisher)


@pytest.mark.parametrize("index", [0, 2, 4])
def test_a_published_row_that_was_deleted_is_noticed(home, index):
    publisher = published(home, 5)
    behind_its_back("DELETE FROM journal_journalentry WHERE id = %s", row_at(index))

    assert differences(home) != []
    with pytest.raises(Alarm):
        publisher.publish("internal")
    with pytest.raises(Alarm):
        Publisher(home).publish("internal")


def test_two_rows_that_changed_places_are_noticed(home):
    published(home, 5)
    there = places()
    put(there | {1: there[2], 2: there[1]})

    stops_with("row", Publisher(home))


def test_a_waiting_row_that_was_changed_is_noticed(home):
    publisher = published(home, 2)
    entry = an_entry()
    behind_its_back("UPDATE journal_journalentry SET body = %s WHERE id = %s", b"{}", entry.pk)

    stops_with("row", publisher)

    assert any(f"row {entry.pk}" in one for one in differences(home))


def test_a_waiting_row_that_was_deleted_is_a_gap(home):
    publisher = published(home, 2)
    entry = some_entries(3)[1]
    behind_its_back("DELETE FROM journal_journalentry WHERE id = %s", entry.pk)

    alarm = stops_with("gap", publisher)

    assert "5 entries were appended, but 2 are published and 2 wait" in alarm.what
    assert any("5 entries were appended" in one for one in differences(home))


def test_a_row_that_did_not_come_through_the_door_is_a_gap(home):
    publisher = published(home, 2)
    foreign = JournalEntry.objects.first()
    foreign.pk, foreign._state.adding = None, True
    foreign.save()

    stops_with("gap", publisher)


def test_a_row_that_was_published_past_the_publisher_is_a_gap(home):
    publisher = published(home, 2)
    entry = an_entry()
    put(places() | {2: entry.pk})

    stops_with("gap", publisher)

    assert any("never signed" in one for one in differences(home))


def test_a_gap_is_settled_with_a_reason_that_stays_in_the_journal(home):
    publisher = published(home, 2)
    behind_its_back("DELETE FROM journal_journalentry WHERE id = %s", some_entries(3)[1].pk)
    stops_with("gap", publisher)
    (alarm,) = open_alarms()

    with pytest.raises(Refused):
        settle(alarm, by="3", reason="")
    settle(alarm, by="3", reason="误删，已查明")

    assert publisher.publish("internal") == 3
    told = all_entries()[-1].said
    assert (told["kind"], told["facts"]["missing"]) == ("journal.alarm_settled", 1)
    assert told["facts"]["reason"] == "误删，已查明"
    assert list(open_alarms()) == []
    assert differences(home) == []


def test_the_same_alarm_again_is_counted_and_not_repeated(home):
    publisher = published(home, 2)
    behind_its_back("DELETE FROM journal_journalentry WHERE id = %s", an_entry().pk)

    for _ in range(3):
        with pytest.raises(Alarm):
            publisher.publish("internal")

    assert JournalAlarm.objects.get().times == 3


@pytest.mark.parametrize("how", ["changed", "cut", "longer", "removed"])
def test_any_tile_bundle_or_checkpoint_that_was_touched_is_noticed(home, how):
    published(home, 300)
    files = [
        path for path in (home / "journal" / "internal").rglob("*") if path.is_file() and path.name != "turn"
    ]
    assert len(files) == 7

    for path in files:
        held = path.read_bytes()
        if how == "removed":
            path.unlink()
        else:
            middle = len(held) // 2
            flipped = held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :]
            path.write_bytes({"changed": flipped, "cut": held[:-2], "longer": held + b"x"}[how])

        told = differences(home)
        if how == "removed" and path.name in ("checkpoint", "vkey"):
            published(home)
            assert path.read_bytes() == held, "database and key still know it"
        else:
            assert told, f"{path} was {how}, and nobody noticed"
            with pytest.raises(Alarm):
                Publisher(home).publish("internal")
        path.write_bytes(held)

    assert differences(home) == []
    JournalAlarm.objects.all().delete()
    assert published(home, 1)
