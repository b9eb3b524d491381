"""Snapshots: whole or not at all, in order, and readable by DuckDB without extensions."""

import multiprocessing
from datetime import date

import pytest
from lake_rows import add_fuel, read, record, write_fuel

from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake


@pytest.fixture
def lake(tmp_path):
    return Lake(Home(tmp_path / "home"))


def test_a_new_lake_has_an_empty_snapshot(lake):
    snapshot = lake.snapshot()

    assert (snapshot.id, snapshot.tables(), snapshot.sheets()) == ("0", (), ())


def test_a_batch_becomes_one_snapshot_and_the_older_one_stays(lake):
    first = add_fuel(lake, month="2026-01", rows=3)
    second = add_fuel(lake, month="2026-02", rows=5)

    assert (first.rows("fuel"), second.rows("fuel")) == (3, 8)
    assert lake.snapshot(first.id).rows("fuel") == 3


def test_types_survive_the_way_through_the_lake(lake):
    snapshot = add_fuel(lake, month="2026-01", rows=2)

    assert read(
        snapshot, "SELECT typeof(ts), typeof(amount), sum(amount), min(row_id >> 42) FROM {fuel} GROUP BY ALL"
    ) == [("TIMESTAMP", "DECIMAL(14,2)", pytest.approx(601), 1)]


def test_files_of_other_months_are_not_read(lake):
    add_fuel(lake, month="2026-01", rows=3)
    snapshot = add_fuel(lake, month="2026-02", rows=5)

    files = snapshot.files("fuel", since=date(2026, 2, 10), until=date(2026, 2, 12))

    assert len(files) == 1
    assert "month=2026-02" in files[0]


def test_a_table_says_how_many_rows_it_has_by_month(lake):
    add_fuel(lake, month="2026-02", rows=5)
    snapshot = add_fuel(lake, month="2026-01", rows=3)

    assert list(snapshot.months("fuel").items()) == [("2026-01", 3), ("2026-02", 5)]
    assert snapshot.months("toll") == {}


def test_a_batch_that_is_left_without_commit_leaves_nothing(lake):
    with lake.batch() as batch, batch.turn():
        write_fuel(batch, number=batch.reserve(1), month="2026-01", rows=3)

    assert lake.snapshot().tables() == ()
    assert list(lake.home.root.rglob("*.parquet")) == []


def test_a_replaced_table_has_its_new_rows_only_and_the_old_snapshot_its_old_ones(lake):
    old = add_fuel(lake, month="2026-01", rows=3)
    with lake.batch() as batch, batch.turn():
        number = batch.reserve(1)
        write_fuel(batch, number=number, month="2026-02", rows=2)
        new = batch.commit([record(number, month="2026-02", rows=2)], replace=("fuel",))

    assert (lake.snapshot(old.id).rows("fuel"), new.rows("fuel")) == (3, 2)


def test_the_content_hash_knows_what_came_in_and_not_when_or_where(tmp_path):
    one, two = Lake(Home(tmp_path / "one")), Lake(Home(tmp_path / "two"))
    for lake, months in ((one, ("2026-01", "2026-02")), (two, ("2026-02", "2026-01"))):
        for month in months:
            add_fuel(lake, month=month, rows=4)

    assert one.snapshot().content_hash(["fuel"]) == two.snapshot().content_hash(["fuel"])
    assert one.snapshot("1").content_hash(["fuel"]) != one.snapshot().content_hash(["fuel"])


def test_a_snapshot_that_never_was_is_said_to_be_missing(lake):
    with pytest.raises(Problem, match="no snapshot 7"):
        lake.snapshot("7")


def import_month(root, month):
    """Import one month in a process of its own."""
    add_fuel(Lake(Home(root)), month=month, rows=50)


def test_two_importers_at_once_both_arrive(tmp_path):
    root = tmp_path / "home"
    months = [f"2026-{month:02d}" for month in range(1, 7)]
    spawn = multiprocessing.get_context("spawn")
    Home(root)

    workers = [spawn.Process(target=import_month, args=(root, month)) for month in months]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    snapshot = Lake(Home(root)).snapshot()
    assert [worker.exitcode for worker in workers] == [0] * 6
    assert snapshot.id == "6"
    assert read(snapshot, "SELECT count(*), count(DISTINCT row_id) FROM {fuel}") == [(300, 300)]
