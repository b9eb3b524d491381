"""Which months are before a letter and which after it; whole months only."""

from datetime import date

import pytest

from qingfeng.findings.confirming.months import last_whole_month, months_from, periods_of

YEAR = months_from("2025-01", "2026-06")


def periods(**changed):
    given = {
        "until": date(2026, 6, 30),
        "written_on": date(2025, 9, 8),
        "mend_by": date(2025, 11, 30),
        "trigger": (date(2025, 7, 1), date(2025, 8, 20)),
    } | changed
    return periods_of(YEAR, **given)


def test_a_month_that_is_not_over_does_not_count():
    assert periods(until=date(2026, 6, 29)).after[-1] == "2026-05"
    assert periods(until=date(2026, 6, 30)).after[-1] == "2026-06"


@pytest.mark.parametrize(
    ("mend_by", "first"),
    [(date(2025, 11, 30), "2025-12"), (date(2025, 12, 1), "2026-01"), (date(2025, 12, 31), "2026-01")],
)
def test_after_begins_with_the_first_month_that_begins_after_the_day_of_correction(mend_by, first):
    assert periods(mend_by=mend_by).after[0] == first


def test_months_that_gave_rise_to_the_letter_are_neither_before_nor_after():
    told = periods()

    assert told.trigger == ("2025-07", "2025-08")
    assert not set(told.trigger) & {*told.before, *told.between, *told.after}


def test_between_service_and_the_day_of_correction_nothing_counts():
    assert periods().between == ("2025-09", "2025-10", "2025-11")


def test_no_more_than_twelve_months_before_count():
    told = periods(written_on=date(2026, 3, 3), mend_by=date(2026, 4, 30), trigger=(None, None))

    assert told.before == tuple(months_from("2025-03", "2026-02"))


def test_before_a_day_of_correction_is_set_there_is_no_after():
    assert periods(mend_by=None).after == ()


def test_records_that_are_one_month_late_are_no_gap_and_two_months_are():
    late = [month for month in YEAR if month < "2026-06"]
    later = [month for month in YEAR if month < "2026-05"]
    given = {
        "until": date(2026, 6, 30), "written_on": date(2025, 9, 8), "mend_by": date(2025, 11, 30),
        "trigger": (None, None),
    }  # fmt: skip

    assert periods_of(late, **given).after[-1] == "2026-05"
    assert periods_of(later, **given).after[-1] == "2026-05"  # and is missing


def test_without_records_there_are_no_months():
    told = periods_of(
        [], until=date(2026, 6, 30), written_on=date(2025, 9, 8), mend_by=None, trigger=(None, None)
    )

    assert told.every == ()


def test_every_month_of_the_picture_stands_there_once_without_gaps():
    assert periods().every == tuple(YEAR)


@pytest.mark.parametrize(
    ("until", "month"),
    [(date(2026, 2, 28), "2026-02"), (date(2026, 3, 1), "2026-02"), (date(2026, 1, 30), "2025-12")],
)
def test_the_last_whole_month_is_the_one_that_is_over(until, month):
    assert last_whole_month(until) == month
