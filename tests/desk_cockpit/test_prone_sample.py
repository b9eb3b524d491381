"""The sample district's prone area stands out by arithmetic, and its innocent twin does not."""

import json
from collections import Counter
from datetime import date

import pytest
from a_cockpit import verified
from a_run import a_finding, a_lead, on_the_desk
from django.db.models import F

from qingfeng.findings.models import Exposure, UnitOnRecord
from qingfeng.findings.prone import scoring
from qingfeng.matters.statistics import Period
from qingfeng.screening.sample import areas
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.living import live

pytestmark = pytest.mark.django_db
YEAR = Period(date(2025, 11, 1), date(2026, 10, 31), date(2026, 10, 31))
SEEDS = (1, 3)  # districts whose small kind of unit has three units, and two


@pytest.fixture(scope="module", params=SEEDS)
def stage(request):
    return live(Life(request.param, 365), 24)


@pytest.fixture
def answers(desk, stage, tmp_path):
    """The answer key of a district whose doubts are verified by its truth, exposed as its records say."""
    leads = on_the_desk(tmp_path / "run", *_doubts(stage))
    for lead in leads.values():
        verified(lead)
    UnitOnRecord.objects.bulk_create(
        UnitOnRecord(name=unit.name, kind=unit.kind) for unit in stage.district.units
    )
    filled = {(row["unit"], row["ts"].date().replace(day=1), row["card"]) for row in stage.life.rows["fuel"]}
    counted = Counter((unit, month) for unit, month, _card in filled)
    Exposure.objects.bulk_create(
        Exposure(unit_name=unit, expense=areas.EXPENSE, month=month, amount=amount, snapshot="5")
        for (unit, month), amount in counted.items()
    )
    file = tmp_path / "areas.jsonl"
    areas.tell(stage, file)
    return file


def _doubts(stage):
    told = [case for case in stage.life.cases if case.kind == "violation" and areas.RULE in case.rules]
    for no, case in enumerate(told):
        row, finding = case.rows[0], a_finding(areas.RULE, row=no + 1)
        at = f"{row['ts'].isoformat()}+08:00"
        yield a_lead(
            f"{no + 1:04x}", findings=[finding], subject=("plate", f"苏M{no:05d}"), unit=row["unit"], at=at
        )


def test_the_planted_area_is_found_and_its_twin_is_not(stage, answers):
    (told,) = scoring.score(answers, YEAR)

    assert (told.name, told.violations, told.twins) == ("unit_kind x expense", 1, 1)
    assert (told.recall, told.precision, told.twins_found) == (1.0, 1.0, 0)


def test_the_same_acts_on_a_fleet_four_times_as_large_do_not_stand_out(stage, answers):
    of_units = next(one.of_units for one in areas.areas(stage.district) if one.kind == "violation")
    units = [unit.name for unit in stage.district.units if unit.kind == of_units]
    Exposure.objects.filter(unit_name__in=units).update(amount=F("amount") * 4)

    (told,) = scoring.score(answers, YEAR)

    assert (told.findings, told.recall) == (0, 0.0)


def test_a_twin_is_told_of_as_many_acts_as_the_area_itself(stage):
    acts = Counter()
    kinds = {unit.name: unit.kind for unit in stage.district.units}
    for case in stage.life.cases:
        if case.kind == "violation" and areas.RULE in case.rules:
            acts[kinds[case.rows[0]["unit"]]] += 1

    assert {acts[one.of_units] for one in areas.areas(stage.district)} == {areas.ACTS}


def test_the_answer_key_has_a_line_for_each_area(stage, tmp_path):
    areas.tell(stage, tmp_path / "areas.jsonl")

    lines = [json.loads(one) for one in (tmp_path / "areas.jsonl").read_text(encoding="utf-8").splitlines()]

    assert [one["kind"] for one in lines] == ["violation", "twin"]
    assert all(one["by"] == list(areas.BY) and one["key"][1] == areas.EXPENSE for one in lines)


def test_a_district_in_which_no_kind_is_small_tells_of_no_area(tmp_path):
    few = live(Life(7, 300), 4)

    areas.tell(few, tmp_path / "areas.jsonl")

    assert areas.areas(few.district) == ()
    assert not (tmp_path / "areas.jsonl").exists()
    assert scoring.score(tmp_path / "areas.jsonl", YEAR) == []
