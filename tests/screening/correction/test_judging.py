"""What is said of a correction, and what is not."""

from dataclasses import replace

import pytest

from qingfeng.screening.correction.comparing import Counts
from qingfeng.screening.correction.judging import Letter, Records, judge

BEFORE, AFTER = tuple(f"2025-{m:02d}" for m in range(1, 13)), ("2026-04", "2026-05", "2026-06", "2026-07")
PEERS = tuple(f"乙{no}局" for no in range(8))
LETTER = Letter("甲局", ("fuel_holiday",), ("letter_blank",), BEFORE, AFTER, 0.5, PEERS)


def records_of(*, before=4, after=0, exposure=60, elsewhere=(1, 1), peers=2):
    """A reading: findings a month of the unit before and after, and of the neighbouring rule."""

    def read(rule, unit, months):
        months = list(months)
        late = bool(months) and months[0] in AFTER
        if unit != LETTER.unit:
            return Counts(peers * len(months), exposure * len(months))
        pair = (before, after) if rule == "fuel_holiday" else elsewhere
        return Counts(pair[late] * len(months), exposure * len(months))

    return read


def test_a_unit_that_mended_is_confirmed_with_its_figures():
    said = judge(LETTER, records_of())

    assert said.says == "confirmed"
    ((why, values),) = said.because
    assert why == "gone"
    assert values["found"] == 0
    assert values["expected"] == pytest.approx(12.7, abs=0.1)


def test_a_unit_that_mended_on_paper_only_is_not_confirmed():
    said = judge(LETTER, records_of(after=4))

    assert said.says == "not_confirmed"
    assert said.because[0][0] == "still_found"


def test_a_unit_with_too_few_records_is_not_spoken_of():
    said = judge(LETTER, records_of(before=0, exposure=1, peers=0))

    assert said.says == "cannot_be_said"
    assert said.because[0][0] == "too_few"


def test_a_unit_whose_findings_came_up_under_a_neighbouring_rule_has_moved_them():
    said = judge(LETTER, records_of(elsewhere=(1, 9)))

    assert said.says == "moved"
    assert said.because[0][:1] == ("came_up_elsewhere",)
    assert said.because[0][1]["rule"] == "letter_blank"


def test_rows_that_gather_just_under_the_threshold_are_a_move_too():
    under = Records(just_under={"fuel_holiday": (Counts(4, 700), Counts(30, 250))})

    said = judge(LETTER, records_of(), under)

    assert said.says == "moved"
    assert said.because[0][0] == "just_under"


@pytest.mark.parametrize(
    ("records", "why"),
    [
        (Records(missing_sources=("石油公司",)), "sources_missing"),
        (Records(missing_months=("2026-05",)), "months_missing"),
        (Records(same_subjects=0.5), "subjects_gone"),
    ],
)
def test_other_records_than_before_confirm_nothing(records, why):
    said = judge(LETTER, records_of(), records)

    assert said.says == "cannot_be_said"
    assert said.because[0][0] == why


def test_two_months_after_the_letter_are_too_early():
    said = judge(replace(LETTER, after=AFTER[:2]), records_of())

    assert said.says == "cannot_be_said"
    assert said.because[0][0] == "too_early"


def test_a_letter_without_a_fitting_rule_rests_on_the_visit():
    said = judge(replace(LETTER, rules=()), records_of())

    assert said.says == "cannot_be_said"
    assert said.because[0][0] == "no_rule"


def test_a_fall_that_chance_explains_is_not_called_a_correction():
    said = judge(LETTER, records_of(before=2, after=1, peers=2))

    told = said.changes["fuel_holiday"]
    assert told.ratio == pytest.approx(0.5, abs=0.01)
    assert told.low < 1 < told.high
    assert said.says == "cannot_be_said"
    assert said.because[0][0] == "within_chance"


def test_records_that_the_unit_supplied_itself_are_said_to_be_so():
    assert judge(LETTER, records_of(), Records(self_supplied=True)).self_supplied


def test_a_rule_that_did_not_run_has_found_nothing_and_confirms_nothing():
    said = judge(LETTER, records_of(), Records(not_run={"fuel_holiday": ("no file", "没有文件")}))

    assert said.says == "cannot_be_said"
    assert said.because[0][0] == "not_run"


def test_a_unit_that_no_one_in_the_records_goes_by_is_not_spoken_of():
    said = judge(replace(LETTER, unit=""), records_of())

    assert said.says == "cannot_be_said"
    assert said.because[0][0] == "unit_unknown"


def test_a_second_rule_of_which_little_was_to_be_expected_does_not_stand_in_the_way():
    two = replace(LETTER, rules=("fuel_holiday", "letter_blank"), neighbours=())

    said = judge(two, records_of(elsewhere=(0, 0), peers=0))

    assert said.says == "confirmed"
    assert [why for why, _values in said.because] == ["gone", "within_chance"]


def test_of_two_rules_one_that_goes_on_is_enough():
    two = replace(LETTER, rules=("fuel_holiday", "letter_blank"), neighbours=())

    said = judge(two, records_of(elsewhere=(4, 4)))

    assert said.says == "not_confirmed"
    assert said.because[0][1]["rule"] == "letter_blank"


def test_what_would_take_more_than_two_years_to_say_is_not_waited_for():
    said = judge(LETTER, records_of(before=0, after=0, exposure=1, peers=0))

    assert said.because[0][1]["more_months"] is None
