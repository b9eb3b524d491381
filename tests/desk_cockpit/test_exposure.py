"""How many rows of a watch a unit has by month: read from the lake once a screening."""

from datetime import date

import pytest
from a_run import a_lead, on_the_desk
from tiny_lake import a_fill, a_house, put

from qingfeng.desk.cockpit import exposure
from qingfeng.desk.models import Exposure
from qingfeng.findings.models import Screening
from qingfeng.organization.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(tmp_path, settings):
    """A home with five fills of two units in two months."""
    settings.HOME = tmp_path / "home"
    _home, lake = a_house(settings.HOME)
    fills = [a_fill(f"2026-03-0{day}T08:00:00", unit="云水区教育局", unit_id="U1") for day in (1, 2, 3)]
    fills += [a_fill("2026-04-01T08:00:00", unit="云水区教育局", unit_id="U1")]
    fills += [a_fill("2026-04-02T08:00:00", unit="无名小院", unit_id="U9")]
    put(
        lake,
        ("加油.csv", "fuel", fills),
        (
            "单位.csv",
            "unit",
            [{"unit_id": "U1", "name": "云水区教育局"}, {"unit_id": "U9", "name": "无名小院"}],
        ),
    )
    return lake


def test_rows_are_counted_by_unit_and_month_under_the_registers_name(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))

    assert exposure.keep_up()
    told = {(one.unit_name, one.month): one.rows for one in Exposure.objects.exclude(watch="")}
    assert told == {
        ("云水区教育局", date(2026, 3, 1)): 3,
        ("云水区教育局", date(2026, 4, 1)): 1,
        ("无名小院", date(2026, 4, 1)): 1,
    }
    known = Exposure.objects.filter(unit_name="云水区教育局").first()
    assert known.unit == Unit.objects.get(name="云水区教育局")
    assert Exposure.objects.get(unit_name="无名小院").unit is None


def test_they_are_counted_once_a_screening_and_anew_after_a_newer_one(desk, lake, tmp_path):
    on_the_desk(tmp_path / "run", a_lead("1"))

    assert exposure.keep_up()
    assert not exposure.keep_up()
    Screening.objects.update(snapshot="6" * 64)
    assert exposure.keep_up()


def test_without_a_screening_nothing_is_counted(desk):
    assert not exposure.keep_up()
    assert not Exposure.objects.exists()
