"""Schemes: drafted, tried, put in force by another, frozen then."""

from decimal import Decimal

import pytest
from a_year import handlers

from qingfeng.appraisal.points import (
    schemes,
    sheets,
    trial,
)
from qingfeng.appraisal.points.sheets import Given
from qingfeng.appraisal.points.tables import Scheme
from qingfeng.journal.models import JournalEntry
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def a_new_draft(year, number=2028):
    return schemes.draft(number, "下年度办法", by=year.office.person("evaluator").pk)


def test_a_scheme_is_tried_and_put_in_force_by_another(year):
    made, principal = a_new_draft(year), year.office.person("principal").pk
    with pytest.raises(Problem, match="not tried"):
        schemes.put_in_force(made, by=principal)
    trial.run(made, by=made.made_by_id)
    with pytest.raises(Problem, match="Somebody else"):
        schemes.put_in_force(made, by=made.made_by_id)

    schemes.put_in_force(made, by=principal)

    entry = JournalEntry.objects.filter(kind="points.in_force").latest("pk")
    assert (made.state, made.digest) == (Scheme.State.IN_FORCE, schemes.digest_of(made))
    assert entry.said["facts"] == {"digest": made.digest}


def test_nothing_is_judged_by_an_indicator_of_another_version_of_the_scheme(year):
    other = a_new_draft(year).indicators.get(key="quarter_work")
    given = Given(Decimal(5), ("季度任务完成表",))

    with pytest.raises(Problem, match="not judged on this sheet"):
        sheets.judge(handlers(year), other, "q1", given=given, by=year.people["Y0401"].pk)


def test_a_change_asks_for_another_trial_and_a_scheme_in_force_is_frozen(year):
    made = a_new_draft(year)
    trial.run(made, by=made.made_by_id)
    schemes.keep_indicator(
        made,
        {"key": "year_results", "name_zh": "年度实绩", "of": "person", "period": "year", "most": Decimal(9)},
        by=made.made_by_id, pk=made.indicators.get(key="year_results").pk,
    )  # fmt: skip
    made.refresh_from_db()

    assert made.trial is None
    assert any("29" in one for one in schemes.wrong(made))
    with pytest.raises(Problem, match="no draft"):
        schemes.change(year.scheme, {"bonus_max": 9}, by=made.made_by_id)


def test_no_version_is_replaced_once_points_were_given(year):
    made = schemes.draft(2026, "中途修改", by=year.office.person("evaluator").pk)
    trial.run(made, by=made.made_by_id)
    with pytest.raises(Problem, match="Points were given"):
        schemes.put_in_force(made, by=year.office.person("principal").pk)


def test_a_formula_over_what_is_no_reading_is_refused_with_those_there_are(year):
    made = a_new_draft(year)
    said = {"key": "leads", "name_zh": "线索数量", "of": "person", "period": "year", "most": Decimal(5)}
    with pytest.raises(Problem, match="no reading"):
        schemes.keep_indicator(made, {**said, "formula": "leads / 10"}, by=made.made_by_id)

    kept = schemes.keep_indicator(made, {**said, "formula": "5×按期率"}, by=made.made_by_id)

    assert kept.formula == "5 * clocks_met"


def test_a_trial_run_says_how_points_would_be_spread_and_whose_they_are_nowhere(year):
    made = a_new_draft(year, 2027)
    told = trial.run(made, by=made.made_by_id)

    line = next(one for one in told["lines"] if (one["key"], one["kind"]) == ("daily_kept", "staff"))
    assert (told["year"], line["middle"], line["count"]) == (2026, 0, line["count"])
    assert all(
        set(one) <= {"key", "kind", "count", "nothing", "low", "middle", "high", "full"}
        for one in told["lines"]
    )
