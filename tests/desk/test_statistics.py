"""Declared figures are counted as they say, split as they say, and never by private persons."""

from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest
from django.utils import timezone

from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.statistics import Period, count, matters_of
from qingfeng.matters.vocabulary import Figure

pytestmark = pytest.mark.django_db


def _period(days=200):
    today = timezone.localdate()
    return Period(today - timedelta(days=days), today, today)


def _counted(figure, *, days=200):
    return count(figure, mechanism("directive"), Matter.objects.all(), _period(days))


def test_matters_are_counted_by_the_day_they_were_opened(desk):
    rows = _counted(Figure("all", "All"))
    late = _counted(Figure("all", "All"), days=10)

    assert [row.value for row in rows] == [3]
    assert [row.value for row in late] == [1]


def test_matters_are_split_by_a_fact_a_unit_with_a_role_the_stage_and_the_owner(desk):
    by_area = {row.split: row.value for row in _counted(Figure("a", "A", by=("area",)))}
    by_office = {row.split: row.value for row in _counted(Figure("b", "B", by=("handler_office", "stage")))}
    by_owner = {row.split: row.value for row in _counted(Figure("c", "C", by=("owner",)))}
    room = str(desk.office.units["一室"].pk)

    assert by_area == {("conduct",): 2, ("procurement",): 1}
    assert by_office[room, "signed_for"] == 1
    assert by_owner == {(str(desk.office.units["党风室"].pk),): 3}


def test_a_list_of_values_counts_under_each_of_them(desk):
    rows = {row.split: row.value for row in _counted(Figure("f", "F", by=("forms_applied",)))}

    assert rows[("admonish",)] == rows[("org_inspect",)] == 1


def test_a_flag_is_yes_or_no_on_every_database(desk):
    assert {row.split for row in _counted(Figure("s", "S", by=("not_secret",)))} <= {("yes",), ("no",), ("",)}


def test_acts_and_ledger_lines_are_counted_where_they_were_entered(desk):
    acts = _counted(Figure("n", "N", counts="acts:note_progress"))
    lines = _counted(Figure("l", "L", counts="ledger:milestones"))

    assert (
        acts[0].value
        == Performance.objects.filter(act="note_progress", matter__mechanism="directive").count()
    )
    assert (
        lines[0].value
        == LedgerLine.objects.filter(ledger="milestones", matter__mechanism="directive").count()
    )


def test_a_clock_that_is_overdue_counts_as_not_met(desk):
    figure = Figure("t", "T", counts="clocks:internal_due")
    before = _counted(figure)[0]
    run = desk.directive.clocks.get(key="internal_due", state="running")
    ClockRun.objects.filter(pk=run.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    after = _counted(figure)[0]

    assert (after.value, after.of) == (before.value, before.of + 1)


def test_a_share_is_one_figure_over_another_with_the_same_split(desk):
    declared = mechanism("directive")
    returns = next(one for one in declared.figures if one.key == "returns")
    reports = next(one for one in declared.figures if one.key == "reports")

    shares = {row.split: row.of for row in _counted(returns)}
    whole = {row.split: row.value for row in _counted(replace(reports, by=returns.by))}

    assert shares == whole


def test_a_median_is_taken_over_the_days_between_two_acts(desk):
    rows = _counted(Figure("m", "M", counts="median_days:open:report"))
    lasted = [
        (timezone.localdate(matter.story.filter(act="report").last().at) - matter.opened_on).days
        for matter in Matter.objects.filter(story__act="report").distinct()
    ]

    assert rows[0].value == median(lasted)


def test_the_matters_behind_a_row_are_as_many_as_the_row_says(desk):
    declared, period = mechanism("directive"), _period()
    for figure in declared.figures:
        if figure.counts == "matters":
            for row in count(figure, declared, Matter.objects.all(), period):
                behind = matters_of(figure, declared, Matter.objects.all(), period, row.split)
                assert behind.count() == row.value, (figure.key, row.split)


@pytest.mark.parametrize("figure", [Figure("p", "P", by=("handler",)), Figure("x", "X", counts="people")])
def test_nobody_is_counted_and_nothing_unknown(desk, figure):
    with pytest.raises(ValueError, match=r"offices and items|nothing that can be counted"):
        _counted(figure)


def test_matters_that_were_voided_do_not_count(desk):
    Matter.objects.filter(pk=desk.directive.pk).update(standing="void")

    assert _counted(Figure("all", "All"))[0].value == 2
