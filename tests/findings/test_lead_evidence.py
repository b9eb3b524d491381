from datetime import date

import pytest
from a_run import a_run
from tiny_lake import a_fill, a_house, a_rule, by_id, put

from qingfeng.findings.evidence import around, evidence_of, rows_cited
from qingfeng.findings.laying_out import question_of
from qingfeng.findings.models import Lead
from qingfeng.findings.reading_in import read_in
from qingfeng.screening.run import screen
from qingfeng.screening.run.forgetting import forget, keep_extracts

PLATE = "苏M10001"


@pytest.fixture
def house(office, settings, tmp_path):
    """A home whose lake has two fills and a day of one vehicle, screened and read in."""
    settings.HOME = tmp_path / "home"
    home, lake = a_house(settings.HOME)
    parked = {
        "plate_norm": PLATE, "place": "云川停车场", "place_id": "P1",
        "in_ts": "2026-03-01T09:10:00", "out_ts": "2026-03-01T10:00:00",
    }  # fmt: skip
    put(
        lake,
        ("三月.csv", "fuel", [a_fill("2026-03-01T08:00:00", plate_norm=PLATE, station="云川第一加油站"),
                              a_fill("2026-03-09T08:00:00", plate_norm=PLATE, liters=20)]),
        ("停车.csv", "sighting", [parked, {**parked, "plate_norm": "苏M10009"},
                                  {**parked, "in_ts": "2026-03-02T09:10:00"}]),
        ("围栏.csv", "geofence", [{"place_id": "P1", "name": "云川停车场", "lon": 118.5, "lat": 32.5}]),
    )  # fmt: skip
    rules = by_id(a_rule(tmp_path, "fill"))
    read_in(screen(home, lake, rules), by=None)
    return home, lake, rules, Lead.objects.get()


def test_a_lead_shows_its_rows_with_their_cells_and_headings(house):
    (row,) = evidence_of(house[3])

    assert (row.table, row.file, row.row, row.source) == ("fuel", "三月.csv", 2, "lake")
    assert row.term == "加油明细"
    assert row.at.isoformat() == "2026-03-01T08:00:00"
    assert (row.cells["station"], row.cells["liters"]) == ("云川第一加油站", "80.00")
    assert ("加油站", "云川第一加油站") in [(heading[:3], value) for heading, value in row.headed()]
    assert not any(name.endswith("_h") or name == "row_id" for name in row.cells)


def test_new_records_leave_the_rows_of_a_lead_as_they_are(house):
    _home, lake, _rules, lead = house
    put(lake, ("四月.csv", "fuel", [a_fill("2026-04-01T08:00:00", plate_norm=PLATE)]))

    assert [row.row for row in evidence_of(lead)] == [2]


def test_the_day_around_it_is_told_by_time_and_place_and_no_other_day_or_vehicle(house):
    seen = around(house[3])

    assert [(one.at.isoformat(), one.table, one.is_evidence) for one in seen] == [
        ("2026-03-01T08:00:00", "fuel", True),
        ("2026-03-01T09:10:00", "sighting", False),
    ]
    assert (seen[1].place, seen[1].lon, seen[1].lat) == ("云川停车场", 118.5, 32.5)
    assert seen[1].until.isoformat() == "2026-03-01T10:00:00"


def test_rows_that_were_deleted_are_shown_from_the_sealed_extract_and_say_so(house):
    home, lake, rules, lead = house
    keep_extracts(home, lake, rules)
    lake.delete(table="fuel", since=date(2026, 3, 1), until=date(2026, 3, 31), under="清单第3号")
    forget(home, lake)

    (row,) = evidence_of(lead)

    assert row.source == "extract"
    assert row.cells["liters"] == "80.00"
    assert "station" not in row.cells
    assert around(lead) == []


def test_nothing_that_a_killed_process_put_aside_outlives_a_deletion(house):
    home, lake, _rules, _lead = house
    left = (
        home.spill / f"{2**22 + 1}-dead" / "duckdb_temp_storage_DEFAULT-0.tmp"
    )  # beyond every process number
    left.parent.mkdir(parents=True)
    left.write_text("苏M00001", encoding="utf-8")

    forget(home, lake)

    assert not left.exists()


def test_rows_that_were_deleted_without_an_extract_are_named_and_have_no_cells(house):
    _home, lake, _rules, lead = house
    lake.delete(table="fuel", since=date(2026, 3, 1), until=date(2026, 3, 31), under="清单第3号")

    (row,) = evidence_of(lead)

    assert (row.file, row.row, row.source, row.cells) == ("三月.csv", 2, "gone", {})


def test_rows_come_by_the_page_and_each_says_which_findings_cite_it(office, settings, tmp_path):
    from a_run import a_finding, a_lead, on_the_desk

    settings.HOME = tmp_path / "home"
    _home, lake = a_house(settings.HOME)
    put(lake, ("加油/2026-10.csv", "fuel", [a_fill("2026-10-01T08:00:00") for _row in range(5)]))
    findings = [a_finding(row=row) for row in (2, 3, 4, 5, 6)] + [a_finding("fuel_over_tank_single", row=3)]

    lead = on_the_desk(tmp_path / "run", a_lead("a1", findings=findings))["a1"]

    assert rows_cited(lead) == 5
    assert [(row.row, row.findings) for row in evidence_of(lead, start=1, most=2)] == [(3, (1, 5)), (4, (2,))]


def test_the_rows_of_a_statistic_name_nobody(office, settings, tmp_path):
    from a_run import a_finding, a_lead

    settings.HOME = tmp_path / "home"
    _home, lake = a_house(settings.HOME)
    trip = {
        "plate_norm": PLATE, "driver": "程远", "passengers": "罗生、程远", "to_place": "程远家", "km": 12,
        "purpose": "送程远", "departed_at": "2026-10-01T08:00:00", "approved_by": "易外人",
    }  # fmt: skip
    put(lake, ("出车.csv", "trip", [trip]))
    finding = a_finding("fuel_small_frequent") | {
        "evidence": [{"table": "trip", "file": "出车.csv", "sheet": None, "row": 2}]
    }
    run = a_run(tmp_path / "run", a_lead("c1", findings=[finding], subject=("unit", "云水区教育局")))
    read_in(run, by=None)

    (row,) = evidence_of(Lead.objects.get())

    assert row.source == "lake"
    assert row.cells["plate_norm"] == PLATE
    assert str(row.cells["km"]) == "12.00"
    assert not {"程远", "易外人"} & {part for value in row.cells.values() for part in str(value).split("、")}
    assert "程远" not in str(row.cells)


def test_a_statistic_has_no_day_around_it(house):
    Lead.objects.update(tier="C")

    assert around(Lead.objects.get()) == []


def test_a_unit_is_asked_by_its_own_rows_and_neither_rule_nor_parameter_nor_identifier(house):
    """监察法 Art. 18."""
    lead = house[3]
    finding = lead.findings.get()
    finding.message, finding.params = "超出上限 75.5 升", {"limit_l": 75.5}
    finding.save(update_fields=["message", "params"])

    asked = question_of(lead)

    told = "".join(asked.values())
    assert set(asked) == {"fact", "rows", "question"}
    assert "三月.csv 第2行" in asked["rows"]
    assert "云川第一加油站" in asked["rows"]
    assert not any(
        word in told for word in ("75.5", "上限", lead.rule, lead.title, lead.key, "unit_id", "尾号")
    )
