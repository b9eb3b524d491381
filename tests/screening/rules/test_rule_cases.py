"""Every shipped rule does what its cases say."""

import pytest

from qingfeng.screening.errors import Problem
from qingfeng.screening.rulebook import SHIPPED, CaseResult, Rule, read_cases, read_rule, run_cases

FILES = {file.stem: file for file in sorted(SHIPPED.rglob("*.sql"))}
RULES = {name: read_rule(file) for name, file in FILES.items()}
CASES = {
    f"{name}: {case.says}": (rule, case.says)
    for name, (rule, _) in RULES.items()
    if rule is not None
    for case in read_cases(rule)[0]
}
RESULTS: dict[str, list[CaseResult]] = {}

# The patterns that every release keeps.
ASKED_FOR = """
fuel_over_tank_single fuel_over_tank_window fuel_same_day_repeat fuel_holiday fuel_holiday_consecutive
fuel_small_frequent fuel_nonfuel_goods fuel_type_mismatch fuel_card_vehicle_separated fuel_orphan_card
fuel_disposed_vehicle vehicle_holiday_move vehicle_overnight_away vehicle_sensitive_geofence
vehicle_toll_no_trip vehicle_parking_no_trip trip_overlap maint_zombie
reception_no_letter letter_blank letter_reused letter_postdated letter_number_duplicate
reception_companions_over reception_per_capita_over reception_holiday reception_alcohol_tobacco
card_buy_public card_split_threshold supplies_disguise card_outside_recipient
scenic_free_pass scenic_vehicle_holiday hotel_holiday_unit travel_agency_invoice
invoice_duplicate invoice_consecutive invoice_split_same_day voucher_keyword_misposted
payroll_deceased payroll_double subsidy_duplicate travel_two_places union_over_annual_cap
x_private_fuel_overlay x_trip_chain
""".split()  # noqa: SIM905 - forty-six quoted names are harder to read


def results_of(rule: Rule) -> list[CaseResult]:
    if rule.id not in RESULTS:
        RESULTS[rule.id] = run_cases(rule)
    return RESULTS[rule.id]


@pytest.mark.parametrize("name", RULES)
def test_a_shipped_rule_can_be_used(name: str) -> None:
    rule, violations = RULES[name]

    assert not violations, "\n".join(map(str, violations))
    assert rule is not None


@pytest.mark.parametrize("name", RULES)
def test_a_shipped_rule_has_two_violations_two_twins_and_a_boundary(name: str) -> None:
    rule, violations = RULES[name]
    assert rule is not None, "\n".join(map(str, violations))

    cases, wrong = read_cases(rule)

    assert not wrong, "\n".join(map(str, wrong))
    kinds = [case.kind for case in cases]
    assert kinds.count("violation") >= 2
    assert kinds.count("twin") >= 2
    assert kinds.count("boundary") >= 1
    assert len({case.says for case in cases}) == len(cases)


@pytest.mark.parametrize("sentence", CASES)
def test_a_shipped_rule_does_what_its_case_says(sentence: str) -> None:
    rule, says = CASES[sentence]

    try:
        result = next(result for result in results_of(rule) if result.says == says)
    except Problem as problem:
        pytest.fail(str(problem))

    assert result.holds, f"{result.case.file.name}:{result.case.line}: {result.why}"


@pytest.mark.parametrize("name", ASKED_FOR)
def test_a_rule_that_was_asked_for_is_there(name: str) -> None:
    assert name in FILES
