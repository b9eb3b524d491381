"""What blocks a data request: refused without it, allowed with it (mechanisms.md M22a; rights.md 3-5)."""

from dataclasses import replace
from datetime import date, timedelta

import a_life
import pytest

from qingfeng.matters.counting import next_in_month
from qingfeng.mechanisms.data_request.columns import choices
from qingfeng.mechanisms.data_request.declaration import DATA_REQUEST
from qingfeng.screening.tables import tables


def unmet(act, seen):
    return a_life.unmet("data_request", act, seen)


def submitting(case="standing"):
    return a_life.entering("data_request", case, "submit")


def receiving(**facts):
    """A first delivery about to be recorded, with other facts of its line."""
    seen = a_life.entering("data_request", "standing", "receive")
    return a_life.with_entered(seen, deliveries=[{**seen.entered["deliveries"][0], **facts}])


def test_a_request_without_a_holder_is_not_submitted():
    """A request that another matter opened has none yet."""
    seen = submitting()

    assert unmet("submit", a_life.replace(seen, parties=())) == ["named:holder"]


def test_a_request_without_a_column_is_not_submitted():
    seen = submitting()

    assert unmet("submit", seen) == []
    assert unmet("submit", a_life.with_lines(seen, "columns")) == ["columns_listed"]
    assert unmet("submit", a_life.with_lines(seen, "columns", ("struck", {}, 0))) == ["columns_listed"]


@pytest.mark.parametrize(("case", "key"), [("standing", "delivery_day"), ("single", "deliver_by")])
def test_a_request_says_when_data_is_delivered(case, key):
    assert unmet("submit", a_life.with_fact(submitting(case), **{key: None})) == ["times_given"]


@pytest.mark.parametrize(
    ("key", "day"), [("period_from", "2030-01-01"), ("delete_on", "2025-02-01"), ("period_to", "2024-01-01")]
)
def test_days_that_do_not_fit_block(key, day):
    """个人信息保护法 Art. 19."""
    assert unmet("submit", a_life.with_fact(submitting(), **{key: day})) == ["periods_fit"]


@pytest.mark.parametrize("act", ["submit", "issue", "receive"])
def test_nobody_answerable_at_the_holder_blocks(act):
    seen = a_life.entering("data_request", "standing", act)

    assert unmet(act, seen) == []
    assert unmet(act, a_life.with_fact(seen, answerable=None)) == ["answerable"]


@pytest.mark.parametrize("result", [None, "unfit"])
def test_a_request_without_an_assessment_is_not_submitted(result):
    """个人信息保护法 Art. 55, 56."""
    assert unmet("submit", a_life.with_fact(submitting(), pia_result=result)) == ["assessed"]


def test_columns_outside_the_list_are_dropped_before_anything_is_taken_in():
    """个人信息保护法 Art. 6."""
    seen = receiving(outside="fuel.points", outside_dropped=True)

    assert unmet("receive", seen) == []
    assert unmet("receive", receiving(outside="fuel.points", outside_dropped=False)) == ["outside_dropped"]
    assert unmet("receive", receiving(outside="", outside_dropped=False)) == []


@pytest.mark.parametrize("sha256", ["", "abc", "g" * 64])
def test_what_has_come_has_its_hash(sha256):
    assert unmet("receive", receiving(sha256=sha256)) == ["hashed"]


def test_a_day_of_deletion_that_passed_without_proof_blocks_the_next_delivery():
    seen = a_life.entering("data_request", "standing", "receive", nth=2)
    kept = seen.lines("deliveries")[0]
    due = date.fromisoformat(kept.facts["delete_on"])

    assert unmet("receive", replace(seen, today=due)) == []
    assert unmet("receive", replace(seen, today=due + timedelta(days=1))) == ["deleted_in_time"]


def test_a_delivery_is_deleted_no_later_than_the_request_says():
    assert unmet("receive", receiving(delete_on="2030-01-01")) == ["within_the_request"]


def test_a_request_is_not_closed_while_something_is_kept():
    seen = a_life.entering("data_request", "standing", "close")
    kept = a_life.with_lines(seen, "deliveries", ("in", {}, 0))

    assert unmet("close", seen) == []
    assert unmet("close", kept) == ["ledger_done:deliveries"]


def test_a_standing_request_is_not_closed_while_data_still_comes():
    seen = a_life.entering("data_request", "standing", "close")

    assert unmet("close", a_life.without_act(seen, "end_deliveries")) == ["nothing_to_come"]


@pytest.mark.parametrize(("repeats", "clock"), [("single", "deliver"), ("standing", "monthly")])
def test_a_request_has_the_clock_of_its_kind(repeats, clock):
    seen = a_life.with_fact(submitting(), repeats=repeats)

    running = [key for key in ("deliver", "monthly") if DATA_REQUEST.clock(key).when(seen)]

    assert running == [clock]


def test_columns_are_those_of_the_declared_tables_and_no_others():
    offered = {value for value, _words in choices()}

    assert offered == {f"{table.name}.{column}" for table in tables().values() for column in table.columns}


@pytest.mark.parametrize(
    ("after", "day", "due"),
    [
        (date(2026, 1, 4), 5, date(2026, 1, 5)),
        (date(2026, 1, 5), 5, date(2026, 2, 5)),
        (date(2026, 12, 30), 28, date(2027, 1, 28)),
    ],
)
def test_a_delivery_is_due_on_the_next_such_day_of_a_month(after, day, due):
    assert next_in_month(after, day) == due


@pytest.mark.parametrize("day", [0, 29, 31])
def test_a_day_that_not_every_month_has_is_refused(day):
    with pytest.raises(ValueError, match="Not every month"):
        next_in_month(date(2026, 1, 5), day)
