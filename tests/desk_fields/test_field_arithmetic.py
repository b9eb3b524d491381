"""The arithmetic of a field: quarters, rules that are kept, before and after. No database."""

from datetime import date

import pytest

from qingfeng.desk.fields.keeping import Life, sums
from qingfeng.desk.fields.quarters import Quarter, months_around, quarter_in, quarter_of, quarters_until
from qingfeng.desk.fields.rates import Month, Rates
from qingfeng.plain import gamma

IN_FORCE = date(2025, 1, 10)


def test_a_quarter_knows_its_days_and_its_neighbours():
    last = Quarter(2025, 4)

    assert (last.first, last.last) == (date(2025, 10, 1), date(2025, 12, 31))
    assert (last.before, last.after) == (Quarter(2025, 3), Quarter(2026, 1))
    assert quarter_of(date(2026, 3, 31)) == Quarter(2026, 1)
    assert [str(one) for one in quarters_until(date(2026, 2, 1), 3)] == ["2025Q3", "2025Q4", "2026Q1"]


@pytest.mark.parametrize("text", ["2026Q5", "2026", "26Q1", "Q1", "", "0000Q1", "2026q1"])
def test_what_names_no_quarter_is_none(text):
    assert quarter_in("2026Q1") == Quarter(2026, 1)
    assert quarter_in(text) is None


def test_the_months_around_an_action_leave_its_own_out():
    before, after = months_around(date(2026, 1, 20), 2)

    assert before == [date(2025, 11, 1), date(2025, 12, 1)]
    assert after == [date(2026, 2, 1), date(2026, 3, 1)]


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2025, 1, 9), ""),
        (date(2025, 1, 10), "young"),
        (date(2025, 3, 1), "kept"),
        (date(2025, 8, 31), "kept"),
        (date(2025, 9, 1), "idle"),
    ],
)
def test_a_rule_is_kept_while_it_was_carried_out_within_six_months(on, says):
    """不能: made *and still kept*."""
    life = Life("conduct", [(IN_FORCE, True)], [date(2025, 3, 1)])

    assert life.says(on) == says


def test_a_rule_that_is_mended_or_abolished_is_not_in_force_until_it_is_again():
    life = Life(
        "conduct",
        [(IN_FORCE, True), (date(2025, 5, 1), False), (date(2025, 7, 1), True)],
        [date(2025, 3, 1)],
    )

    assert [life.says(date(2025, month, 15)) for month in (4, 6, 8)] == ["kept", "", "kept"]
    assert life.says(date(2025, 10, 1)) == "young"
    assert life.says(date(2026, 1, 2)) == "idle"


def test_rules_are_counted_at_the_end_of_each_quarter_and_of_the_last_day():
    life = Life("conduct", [(IN_FORCE, True)], [date(2025, 3, 1)])
    quarters = [Quarter(2025, 2), Quarter(2025, 3)]

    found = sums([life], quarters, date(2025, 8, 15))

    assert found == {("conduct", "kept", quarters[0]): 1, ("conduct", "kept", quarters[1]): 1}


def rates(before, after, **later):
    """Six months before June 2025 and some after it, each alike."""
    first = [date(2024, 12, 1), *(date(2025, month, 1) for month in range(1, 6))]
    months = dict.fromkeys(first, before) | {date(2025, 6, 1): before}
    months |= {date(2025, 6 + no, 1): after for no in range(1, later.get("months", 6) + 1)}
    return Rates(months).around(date(2025, 6, 1))


USUAL = Month(4, 4.0, 10, 8)


@pytest.mark.parametrize(
    ("after", "months", "says"),
    [
        (Month(0, 4.0, 10, 8), 6, "fewer"),
        (Month(12, 4.0, 20, 16), 6, "more"),
        (Month(4, 4.0, 10, 8), 6, "chance"),
        (Month(0, 4.0, 10, 8), 2, "too_early"),
        (Month(0, 0.1, 1, 1), 6, "too_few"),
        (Month(0, 4.0, 10, 2), 6, "not_verified_yet"),
        (Month(0, 0.0, 0, 0), 6, "too_early"),
    ],
)
def test_a_change_is_said_only_where_it_can_be(after, months, says):
    told = rates(USUAL, after, months=months)

    assert told.says == says
    assert (told.change is None) == (says not in {"fewer", "more", "chance"})


def test_the_ratio_is_that_of_the_rates_and_its_interval_holds_it():
    told = rates(USUAL, Month(2, 4.0, 10, 8)).change

    assert told.ratio == pytest.approx(12 / (24.5 / 24 * 24), rel=0.01)
    assert told.low < told.ratio < told.high


def test_an_index_has_the_interval_of_a_poisson_count():
    low, high = Month(9, 4.5).interval

    assert gamma.cdf(low * 4.5, 9.5) == pytest.approx(0.05, abs=1e-6)
    assert gamma.cdf(high * 4.5, 9.5) == pytest.approx(0.95, abs=1e-6)
    assert Month(0, 4.5).interval[0] == 0
    assert Month(3, 0.0).interval is None
