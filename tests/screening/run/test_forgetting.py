"""What was deleted for good is repeated by no run."""

import pytest
from tiny_lake import FILL, a_fill, a_house, a_rule, by_id, leads_of, put

from qingfeng.screening.errors import Problem
from qingfeng.screening.run import explain, runs, screen
from qingfeng.screening.run.forgetting import forget

PLANTED = "云川独有加油站"


@pytest.fixture
def house(tmp_path):
    """A home with one run over fills and toll passages; its only lead says the station."""
    home, lake = a_house(tmp_path / "home")
    fills = [a_fill("2026-03-01T08:00:00", station=PLANTED)]
    put(lake, ("加油.csv", "fuel", fills), ("通行.csv", "toll", [{"exit_ts": "2026-03-05T08:00:00"}]))
    rule = a_rule(tmp_path, "fill", FILL.replace("f.liters,", "f.liters, f.station,"), message="{station}")
    (lead,) = leads_of(screen(home, lake, by_id(rule)))
    return home, lake, lead


def files_with(folder, planted):
    return [file for file in folder.rglob("*") if file.is_file() and planted.encode() in file.read_bytes()]


def test_a_run_that_cited_deleted_records_goes_with_all_it_said(house):
    home, lake, lead = house
    assert files_with(home.runs, PLANTED)
    lake.delete(table="fuel", under="销毁清单1号")

    removed = forget(home, lake)

    assert removed == 1
    assert files_with(home.runs, PLANTED) == []
    with pytest.raises(Problem, match="No run of this home"):
        explain(home, lake, lead["id"])


def test_a_run_that_found_nothing_in_what_was_deleted_stays(house):
    home, lake, lead = house
    lake.delete(table="toll", under="销毁清单1号")

    removed = forget(home, lake)

    assert (removed, len(runs(home))) == (0, 1)
    assert explain(home, lake, lead["id"]).same
