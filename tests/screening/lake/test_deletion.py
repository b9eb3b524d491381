"""Deleting for good: a planted string is in no file of the home afterwards."""

from datetime import date

import pytest
from lake_rows import add_fuel, read

from qingfeng.screening.errors import Problem, WrongUse
from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake

PLANTED = "planted-7f3a9c-站"


@pytest.fixture
def lake(tmp_path):
    lake = Lake(Home(tmp_path / "home"))
    add_fuel(lake, month="2026-01", rows=20)
    add_fuel(lake, month="2026-02", rows=30, station=PLANTED)
    add_fuel(lake, month="2026-03", rows=40)
    return lake


def files_with(lake, text):
    """Return the home's files that hold a text, looking inside Parquet as well."""
    wanted = text.encode()
    found = [file for file in lake.home.root.rglob("*") if file.is_file() and wanted in file.read_bytes()]
    for number in range(1, int(lake.snapshot().id) + 1):
        snapshot = lake.snapshot(str(number))
        if "fuel" in snapshot.tables() and read(
            snapshot, f"SELECT 1 FROM {{fuel}} WHERE station = '{text}' LIMIT 1"
        ):
            found.append(number)
    return found


def test_before_the_deletion_the_planted_string_is_there(lake):
    assert files_with(lake, PLANTED)


@pytest.mark.parametrize("how", ["period", "batch", "table"])
def test_a_deleted_row_is_in_no_file_of_the_home(lake, how):
    chosen = {
        "period": {"table": "fuel", "since": date(2026, 2, 1), "until": date(2026, 2, 28)},
        "batch": {"batch": lake.snapshot().sheets()[1].batch},
        "table": {"table": "fuel"},
    }[how]

    record = lake.delete(**chosen, under="清单第3号")

    assert files_with(lake, PLANTED) == []
    assert record.rows == {"fuel": 90 if how == "table" else 30}


def test_other_rows_stay_and_later_imports_go_on(lake):
    lake.delete(table="fuel", since=date(2026, 2, 1), until=date(2026, 2, 28), under="清单第3号")

    snapshot = add_fuel(lake, month="2026-04", rows=5)

    assert read(snapshot, "SELECT month(ts), count(*) FROM {fuel} GROUP BY 1 ORDER BY 1") == [
        (1, 20),
        (3, 40),
        (4, 5),
    ]


def test_old_snapshots_forget_the_table(lake):
    lake.delete(table="fuel", since=date(2026, 2, 1), until=date(2026, 2, 28), under="清单第3号")

    assert [lake.snapshot(number).tables() for number in ("1", "2", "3", "4")] == [(), (), (), ("fuel",)]


def test_the_record_says_what_when_and_under_which_list(lake):
    lake.delete(table="fuel", since=date(2026, 2, 1), until=date(2026, 2, 28), under="清单第3号")

    (record,) = lake.catalog.deletions()
    assert (record.what, record.under) == ("table=fuel since=2026-02-01 until=2026-02-28", "清单第3号")
    assert record.at


def test_a_file_that_was_deleted_from_is_new_when_it_is_given_again(lake):
    before = [sheet.fingerprint for sheet in lake.snapshot().sheets()]

    lake.delete(table="fuel", since=date(2026, 2, 1), until=date(2026, 2, 28), under="清单第3号")

    after = [(sheet.fingerprint, dict(sheet.kept)) for sheet in lake.snapshot().sheets()]
    assert before == ["f", "f", "f"]
    assert after == [("f", {"fuel": 20}), ("", {"fuel": 0}), ("f", {"fuel": 40})]


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"under": "x"}, WrongUse),
        ({"table": "fuel", "batch": "b", "under": "x"}, WrongUse),
        ({"table": "fuel", "under": " "}, WrongUse),
        ({"table": "nothing", "under": "x"}, WrongUse),
        ({"table": "gps", "under": "x"}, Problem),
        ({"batch": "nobody", "under": "x"}, Problem),
    ],
)
def test_a_deletion_that_says_too_little_or_nothing_is_refused(lake, asked, problem):
    with pytest.raises(problem):
        lake.delete(**asked)

    assert lake.snapshot().rows("fuel") == 90
