"""The publisher: what it writes, and everything at which it stops rather than sign a doubt."""

import shutil

import pytest
from a_journal import (
    all_entries,
    an_entry,
    behind_its_back,
    differences,
    every_tile,
    places,
    published,
    put,
    some_entries,
    stops_with,
)
from django.db import connection, transaction

from qingfeng.journal.checkpoint import open_checkpoint
from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.models import (
    JournalCheckpoint,
    JournalEntry,
    JournalState,
    JournalStretch,
    JournalTally,
)
from qingfeng.journal.publisher import ANCHOR_EVERY, MOST_TALLIES, anchor, publish
from qingfeng.journal.store import append, folder_of
from qingfeng.journal.tiles import parse_path, tiles_of
from qingfeng.journal.tree import GrowingTree, leaf_hashes

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
