"""The log of the public counter knows hours, and keeps no list of exact times among its files."""

from a_journal import all_entries, differences, every_tile, published, some_entries

from qingfeng.journal import store
from qingfeng.journal.models import JournalCheckpoint
from qingfeng.journal.proof import check_proof


def test_an_entry_of_the_counter_says_the_hour_and_nothing_more_exact(home):
    published(home, 2, "counter")

    said = [entry.said for entry in all_entries("counter")]
    assert all(one["at"] == one["written"] and one["at"].endswith(":00:00+00:00") for one in said)
    rows = [*all_entries("counter"), *JournalCheckpoint.objects.filter(log="counter")]
    times = [
        getattr(row, name) for row in rows for name in ("at", "written_at", "signed_at") if hasattr(row, name)
    ]
    assert all((at.minute, at.second, at.microsecond) == (0, 0, 0) for at in times)


def test_of_the_partial_tiles_only_the_widest_stays(home):
    publisher = published(home, 3, "counter")

    for _letter in range(3):
        some_entries(1, "counter")
        publisher.publish("counter")

    assert sorted(tile.name for tile in every_tile(home, "counter")) == ["6", "6"]
    assert differences(home) == []


def test_a_tree_that_was_signed_before_is_read_from_the_wider_tiles(home):
    publisher = published(home, 3, "counter")
    folder = store.folder_of("counter")
    early = folder.note()
    folder.remember_witnessed(early)
    some_entries(2, "counter")
    publisher.publish("counter")

    held = store.prove(all_entries("counter")[1])

    proven = check_proof(held, folder.verifier())
    assert proven.checkpoint.size == 3


def test_the_counter_is_published_by_itself_and_not_with_the_two_others(home):
    from qingfeng.journal.publisher import publish

    some_entries(1, "counter")

    publish()

    assert all_entries("counter")[0].index is None
    assert publish("counter") == 1
