"""Letters of the sample district: what is bought when, and what the records must say of it."""

import json
from collections import Counter
from datetime import date

import pytest

from qingfeng.screening.correction import Counts, Letter, judge
from qingfeng.screening.sample import corrections
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.living import live

BEFORE = ("2025-11", "2025-12", "2026-01")
AFTER = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
FOUR = {"mended": "confirmed", "on_paper": "not_confirmed", "too_few": "cannot_be_said", "moved": "moved"}


@pytest.fixture(scope="module", params=[1, 5])
def stage(request):
    return live(Life(request.param, 365), 12)


@pytest.fixture(scope="module")
def counts(stage):
    """What the two rules find, and of how many rows, as the district's own answer key has it."""
    tables = {
        corrections.RULE: ("fuel", "unit", "ts"),
        corrections.ELSEWHERE: ("invoice", "buyer_name", "issue_date"),
    }
    rows, found = Counter(), Counter()
    for rule, (table, unit, when) in tables.items():
        for row in stage.life.rows[table]:
            rows[rule, row[unit], f"{row[when]:%Y-%m}"] += 1
        for case in stage.life.cases:
            if case.kind == "violation" and rule in case.rules:
                for row in case.rows[:1]:
                    found[rule, row[unit], f"{row[when]:%Y-%m}"] += 1

    def read(rule, unit, months):
        cells = [(rule, unit, month) for month in months]
        return Counts(sum(found[cell] for cell in cells), sum(rows[cell] for cell in cells))

    return read


def units_of(stage):
    return {story.key: unit for story, unit in corrections.stories(stage.district)}


@pytest.mark.parametrize("story", FOUR)
def test_the_records_say_of_each_story_exactly_what_it_is_about(stage, counts, story):
    told = units_of(stage)
    peers = tuple(unit.name for unit in stage.district.units if unit not in told.values())
    letter = Letter(
        told[story].name, (corrections.RULE,), (corrections.ELSEWHERE,), BEFORE, AFTER, 0.3, peers
    )

    assert judge(letter, counts).says == FOUR[story]


def test_a_unit_that_was_struck_off_buys_nothing_until_then_and_goes_on_afterwards(stage, counts):
    unit = units_of(stage)["again"].name

    assert counts(corrections.RULE, unit, ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"]).found == 0
    assert counts(corrections.RULE, unit, ["2026-09", "2026-10"]).found == 8


def test_no_other_story_about_the_same_is_told_of_a_unit_with_a_letter(stage, counts):
    told = units_of(stage)

    assert counts(corrections.RULE, told["too_few"].name, [*BEFORE, *AFTER]).found == 0
    assert counts(corrections.ELSEWHERE, told["mended"].name, [*BEFORE, *AFTER]).found == 0


def test_which_unit_gets_which_letter_is_written_down_with_its_days(stage, tmp_path):
    corrections.tell(stage, tmp_path / "letters.jsonl")

    lines = [
        json.loads(line) for line in (tmp_path / "letters.jsonl").read_text(encoding="utf-8").splitlines()
    ]

    assert {line["story"]: line["says"] for line in lines}.items() >= FOUR.items()
    assert all(line["trigger_until"] < line["served_on"] < line["mend_by"] for line in lines)
    assert [date.fromisoformat(line["struck_off_on"]) for line in lines if line["struck_off_on"]] == [
        date(2026, 8, 5)
    ]


def test_a_district_of_few_units_has_no_letters(tmp_path):
    few = live(Life(7, 300), 4)

    corrections.tell(few, tmp_path / "letters.jsonl")

    assert list(corrections.stories(few.district)) == []
    assert not (tmp_path / "letters.jsonl").exists()
