"""The publisher: what it writes, and everything at which it stops rather than sign a doubt."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from a_journal import (
    all_entries,
    an_entry,
    behind_its_back,
    differences,
    every_tile,
    places,
    published,
    put,
    row_at,
    some_entries,
)
from django.db import connection, transaction

from qingfeng.journal.alarms import open_alarms, settle
from qingfeng.journal.checkpoint import open_checkpoint
from qingfeng.journal.errors import Alarm, JournalProblem, Refused
from qingfeng.journal.guard import look_at_clock
from qingfeng.journal.models import (
    JournalAlarm,
    JournalCheckpoint,
    JournalEntry,
    JournalState,
    JournalStretch,
    JournalTally,
)
from qingfeng.journal.publisher import ANCHOR_EVERY, MOST_TALLIES, Publisher, anchor, publish
from qingfeng.journal.store import append, folder_of
from qingfeng.journal.tiles import parse_path, tiles_of
from qingfeng.journal.tree import GrowingTree, leaf_hashes


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


# --- what it writes ------------------------------------------------------------------------------


def test_waiting_entries_get_their_places_in_order_and_a_signed_checkpoint(home):
    entries = some_entries(5)

    assert publish("internal") == 5

    assert [entry.index for entry in all_entries()] == [0, 1, 2, 3, 4]
    folder = folder_of("internal")
    checkpoint = open_checkpoint(folder.note(), folder.verifier())
    tree = GrowingTree()
    tree.extend(leaf_hashes(bytes(entry.body) for entry in entries))
    assert (checkpoint.size, checkpoint.root) == (5, tree.root)
    assert JournalCheckpoint.objects.get().note.encode() == folder.note()
    assert publish("internal") == 0
    assert differences(home) == []


@pytest.mark.parametrize("portions", [[1, 1, 1], [255, 1, 1], [256, 256], [300, 300, 1], [700]])
def test_any_portions_leave_the_tiles_of_the_specification_and_the_same_tree(home, portions):
    for portion in portions:
        published(home, portion)

    size = sum(portions)
    folder = folder_of("internal")
    found = {parse_path(path.relative_to(folder.root).as_posix()) for path in every_tile(home)}
    assert set(tiles_of(size)) <= found
    full = {(tile.level, tile.number) for tile in found if tile.width == 256}
    assert not [tile for tile in found if tile.width < 256 and (tile.level, tile.number) in full]
    tree = GrowingTree()
    tree.extend(leaf_hashes(bytes(entry.body) for entry in all_entries()))
    assert open_checkpoint(folder.note(), folder.verifier()).root == tree.root
    assert differences(home) == []


def test_nothing_half_written_is_left_in_the_home(home):
    published(home, 300)

    assert [path for path in home.rglob(".*") if path.name.endswith(".new")] == []


def test_the_key_is_readable_by_its_owner_only_and_is_in_no_other_file(home):
    published(home, 1)

    key = home / "keys" / "journal-internal.key"
    secret = key.read_text(encoding="utf-8").split("+")[-1].strip()

    assert key.stat().st_mode & 0o777 == 0o600
    others = [path for path in home.rglob("*") if path.is_file() and path != key]
    assert not [path for path in others if secret.encode() in path.read_bytes()]
    assert folder_of("internal").verifier().name.endswith("/internal")


def test_the_two_logs_have_keys_and_trees_of_their_own(home):
    some_entries(3)
    some_entries(2, log="public")

    publish()

    assert folder_of("internal").verifier() != folder_of("public").verifier()
    assert [entry.index for entry in all_entries("public")] == [0, 1, 2]


def test_entries_whose_ids_have_holes_or_are_mixed_with_the_other_log_are_no_gap(home):
    for number in range(150):
        some_entries(1, log="public" if number % 2 else "internal")
        if number % 5 == 0:
            with transaction.atomic():
                append("matter.performed", subject="rolled back")
                transaction.set_rollback(True)

    assert publish("internal") == 75

    assert [entry.index for entry in all_entries()] == list(range(75))
    assert differences(home) == []


def test_rows_without_a_gap_share_one_line_of_places_over_publications_and_a_gap_begins_another(home):
    published(home, 5)
    published(home, 3)
    an_entry(log="public")
    published(home, 2)

    held = JournalStretch.objects.filter(log="internal").order_by("start")

    assert [(one.start, one.last_id - one.first_id + 1) for one in held] == [(0, 8), (8, 2)]
    assert differences(home) == []


def test_a_row_that_commits_long_after_younger_ones_is_found_and_gets_the_next_place(home, monkeypatch):
    monkeypatch.setattr("qingfeng.journal.guard.LATE", 2)
    late = an_entry()
    behind_its_back("DELETE FROM journal_journalentry WHERE id = %s", late.pk)
    behind_its_back("UPDATE journal_journaltally SET appended = appended - 1")
    published(home, 5)
    late._state.adding = True
    late.save(force_insert=True)
    behind_its_back("UPDATE journal_journaltally SET appended = appended + 1")

    publish("internal")

    assert JournalEntry.objects.get(pk=late.pk).index == 5
    assert differences(home) == []


def test_a_list_of_entries_asks_for_all_their_places_at_once(home, django_assert_num_queries):
    published(home, 4)
    an_entry()

    with django_assert_num_queries(1):
        told = [one.index for one in JournalEntry.objects.with_places().order_by("id")]

    assert told == [0, 1, 2, 3, None]


@pytest.mark.parametrize("harm", ["missing", "twice", "beyond"])
def test_places_that_do_not_cover_every_signed_entry_once_are_noticed(home, harm):
    publisher = published(home, 5)
    there = places()
    put({0: there[0], 4: there[4]} if harm == "missing" else there | {7: 999} if harm == "beyond" else there)
    if harm == "twice":
        behind_its_back("UPDATE journal_journalstretch SET last_id = last_id + 1 WHERE start = 1")

    assert differences(home) != []
    stops_with("gap", publisher)


def test_publishing_inside_a_transaction_is_refused(home):
    some_entries(1)

    with pytest.raises(JournalProblem, match="inside a transaction"), transaction.atomic():
        publish()

    assert every_tile(home) == []


def test_publishing_takes_as_many_statements_however_many_rows_are_published(home):
    publisher = published(home, 3)

    def statements():
        some_entries(1)
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        publisher.publish("internal")
        connection.force_debug_cursor = False
        return len(connection.queries_log)

    few = statements()
    published(home, 2_000)

    assert statements() == few


def test_tallies_of_connections_that_are_gone_are_folded_and_nothing_is_lost(home):
    published(home, 2)
    rows = [JournalTally(log="internal", slot=slot) for slot in range(10**6, 10**6 + MOST_TALLIES + 5)]
    JournalTally.objects.bulk_create(rows)

    published(home, 3)

    assert JournalTally.objects.filter(log="internal").count() == 1
    assert sum(JournalTally.objects.values_list("appended", flat=True)) == 5
    published(home, 1)
    assert differences(home) == []


# --- the public log ------------------------------------------------------------------------------


def test_the_internal_checkpoint_becomes_an_entry_of_the_public_log(home):
    some_entries(3)
    publish()

    held = all_entries("public")

    assert [entry.kind for entry in held] == ["journal.anchored"]
    assert held[0].said["facts"]["checkpoint"].encode() == folder_of("internal").note()
    assert held[0].index == 0
    assert differences(home) == []


def test_an_anchor_is_made_when_something_is_new_and_an_hour_has_passed_or_on_demand(home):
    some_entries(1)
    publish()
    some_entries(1)
    publish()
    assert len(all_entries("public")) == 1

    state = JournalState.objects.get(log="public")
    JournalState.objects.filter(log="public").update(anchored_at=state.anchored_at - ANCHOR_EVERY)
    publish()
    assert len(all_entries("public")) == 2

    assert anchor() is None
    some_entries(1)
    publish("internal")
    assert anchor().said["facts"]["size"] == 3


def test_an_anchor_that_the_internal_log_does_not_continue_is_a_difference(home):
    some_entries(4)
    publish()
    shutil.rmtree(home / "journal" / "internal")
    for path in (home / "keys").glob("journal-internal.signed"):
        path.unlink()

    assert any("internal checkpoint" in one for one in differences(home))


# --- what it stops at ----------------------------------------------------------------------------


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
