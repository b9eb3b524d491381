"""Deadlines: examples over a real Spring Festival, and laws that hold for every clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.matters.counting import (
    Extension,
    Pause,
    Rule,
    Working,
    count,
    end_of_month,
    left_share,
    months_after,
)

FESTIVAL = {date(2026, 2, day): "holiday" for day in range(15, 24)}  # 2026-02-15 to 02-23 are days off
MADE_UP = {date(2026, 2, 14), date(2026, 2, 28)}  # Saturdays that are worked


def rest(day):
    if day in FESTIVAL:
        return FESTIVAL[day]
    return "weekend" if day.weekday() >= 5 and day not in MADE_UP else ""


def test_the_day_of_the_event_is_not_counted():
    working = count(Rule("days", 1), date(2026, 3, 3), rest)

    assert working.due_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (2, date(2028, 2, 29)),
        (3, date(2028, 3, 31)),
        (6, date(2028, 6, 30)),
        (12, date(2028, 12, 31)),
        (13, date(2029, 1, 31)),
    ],
)
def test_a_duty_of_a_year_is_due_on_the_last_day_of_a_month_of_it_or_of_the_year_after(month, last):
    assert end_of_month(2028, month) == last


def test_there_is_no_month_before_the_first():
    with pytest.raises(ValueError, match="no month 0"):
        end_of_month(2028, 0)


def test_a_last_day_in_the_spring_festival_moves_behind_it():
    working = count(Rule("days", 15), date(2026, 2, 3), rest)

    assert working.due_on == date(2026, 2, 24)
    assert working.skipped[0] == (date(2026, 2, 18), "holiday")
    assert len(working.skipped) == 6


def test_working_days_skip_the_festival_and_count_days_made_up():
    working = count(Rule("working_days", 3), date(2026, 2, 12), rest)

    assert working.due_on == date(2026, 2, 24)  # 13 Fri, 14 Sat made up, 24 Tue


def test_months_end_on_the_last_day_where_a_month_is_shorter():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_a_pause_adds_the_days_it_lasted():
    pause = Pause(date(2026, 3, 10), date(2026, 3, 17))

    working = count(Rule("days", 30), date(2026, 3, 2), rest, pauses=[pause])

    assert working.due_on == date(2026, 4, 8)


def test_while_a_pause_lasts_there_is_no_due_date():
    working = count(Rule("days", 30), date(2026, 3, 2), rest, pauses=[Pause(date(2026, 3, 10), None)])

    assert working.due_on is None


def test_an_extension_of_working_days_counts_working_days():
    extension = Extension(2, "person:1", date(2026, 3, 3))

    working = count(Rule("working_days", 3), date(2026, 3, 2), rest, extensions=[extension])

    assert working.due_on == date(2026, 3, 9)


def test_a_given_due_date_stays_where_it_is():
    working = count(Rule("until", day=date(2026, 2, 18), moves=False), date(2026, 2, 1), rest)

    assert working.due_on == date(2026, 2, 18)


def test_a_period_never_counts_backwards():
    with pytest.raises(ValueError, match="forwards"):
        count(Rule("days", -1), date(2026, 3, 2), rest)


def test_what_is_left_is_one_at_the_start_and_negative_after_the_end():
    working = count(Rule("days", 10), date(2026, 3, 2), rest)

    assert left_share(working, date(2026, 3, 2)) == 1.0
    assert left_share(working, date(2026, 3, 12)) == 0.0
    assert left_share(working, date(2026, 3, 13)) < 0


days = st.dates(date(2026, 1, 1), date(2026, 10, 1))
rules = st.builds(
    Rule, kind=st.sampled_from(["days", "working_days"]), amount=st.integers(1, 120), moves=st.booleans()
) | st.builds(Rule, kind=st.just("months"), amount=st.integers(1, 12), moves=st.booleans())
pauses = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=3)
extensions = st.lists(st.builds(Extension, st.integers(1, 40), st.just("person:1"), days), max_size=2)


def laid_out(begun, gaps):
    """Pauses one after another, none overlapping."""
    found, day = [], begun
    for wait, lasts in gaps:
        day += timedelta(days=wait + 1)
        found.append(Pause(day, day + timedelta(days=lasts)))
        day += timedelta(days=lasts)
    return found


@given(begun=days, rule=rules, gaps=pauses, more=extensions)
def test_a_due_date_counted_again_from_its_working_is_the_same(begun, rule, gaps, more):
    working = count(rule, begun, rest, pauses=laid_out(begun, gaps), extensions=more)

    again = Working.from_json(working.as_json())

    assert again == working
    assert again.recomputed().due_on == working.due_on


@given(begun=days, rule=rules, gaps=pauses, more=extensions)
def test_extensions_and_pauses_never_bring_a_due_date_forward(begun, rule, gaps, more):
    plain = count(rule, begun, rest)

    longer = count(rule, begun, rest, pauses=laid_out(begun, gaps), extensions=more)

    assert longer.due_on >= plain.due_on > begun


@given(begun=days, rule=rules)
def test_a_last_day_that_moves_is_no_rest_day(begun, rule):
    working = count(rule, begun, rest)

    assert not rest(working.due_on) or not (rule.moves or rule.kind == "working_days")
