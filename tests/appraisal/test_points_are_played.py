"""A year of the assessment: judged, closed, settled, worked out again, appealed; what boards say of it."""

from datetime import date
from decimal import Decimal

import a_year
import pytest
from a_year import AFTER, KEPT, a_record, confirmed, handlers, on, sheet_of

from qingfeng.appraisal.points import (
    appeals,
    boards,
    sheets,
    totals,
)
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.sheets import Given
from qingfeng.appraisal.points.tables import Score, ScoreSheet
from qingfeng.journal.models import JournalEntry
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def test_every_part_of_a_year_makes_its_points(year):
    found = totals.total(handlers(year))

    assert {one.key: one.most for one in found.periods} == {
        "daily": 20, "q1": 10, "q2": 10, "q3": 10, "q4": 10, "half": 10, "year": 30,
    }  # fmt: skip
    assert found.missing == 0
    assert found.value == sum((one.got for one in found.periods), Decimal(0))


def test_a_judged_indicator_counts_with_the_mean_of_those_who_judged(year):
    line = next(
        one for one in totals.lines_of(handlers(year)) if one.key == "quarter_work" and one.period == "q2"
    )

    assert line.given == Decimal("4.20")


def test_a_result_replays_and_says_which_reading_has_changed_since(year):
    later = a_record(year.people["Y0402"], date(2026, 5, 6))
    confirmed(later, year.people["Y0401"])

    with on(AFTER):
        found = totals.replay(handlers(year))

    assert found.is_same
    assert [(one.reading, one.then, one.now) for one in found.changed] == [
        ("daily_kept", ("0.0833", 12), ("0.1667", 12))
    ]


def test_an_appeal_makes_a_new_version_and_both_totals_stay(year):
    sheet, judge = handlers(year), year.office.people["Y0003"]
    given = {("year_results", "year"): Given(Decimal(10), ("成果鉴定书",))}
    with on(AFTER):
        before, after = appeals.recalculate(
            sheet, because="年度实绩漏计一项", by=judge.pk, change=appeals.Change(given)
        )

    assert (
        after.value == before.value + Decimal(2) * 3
    )  # ten of thirty are judged, and twenty spread over them
    assert [one.version for one in sheet.settled.all()] == [1, 2]
    assert [totals.replay(sheet, no).total.value for no in (1, 2)] == [before.value, after.value]
    assert all(totals.replay(sheet, no).is_same for no in (1, 2))


def test_an_appeal_never_makes_a_result_worse_though_a_formula_reads_less_today(year):
    Daily.objects.filter(pk=year.entry.pk).update(state=Daily.State.RETURNED)
    sheet = handlers(year)
    with on(AFTER):
        before, after = appeals.recalculate(sheet, because="核对", by=year.office.people["Y0003"].pk)
        changed = totals.replay(sheet).changed

    assert (after.value, sheet.version) == (before.value, 2)
    assert [one.reading for one in changed] == ["daily_kept"]


def test_whoever_had_a_hand_in_the_points_does_not_decide_about_an_appeal(year):
    for name in ("principal", "evaluator"):
        with pytest.raises(Problem, match="no hand"):
            appeals.recalculate(handlers(year), because="申诉", by=year.office.person(name).pk)
    with pytest.raises(Problem, match="no hand"):
        appeals.recalculate(handlers(year), because="申诉", by=year.people["Y0402"].pk)


def test_no_points_are_given_without_evidence(year):
    draft = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    sheet = sheet_of(draft, year.people["Y0402"])
    one = draft.indicators.get(key="quarter_work")
    for evidence in ((), ("  ",)):
        with pytest.raises(Problem, match="evidence"):
            sheets.judge(sheet, one, "q1", given=Given(Decimal(5), evidence), by=year.people["Y0401"].pk)
    given = Given(Decimal(5), (f"daily:{year.entry.pk + 999}",))
    with pytest.raises(Problem, match="confirmed"):
        sheets.judge(sheet, one, "q1", given=given, by=year.people["Y0401"].pk)

    assert not Score.objects.filter(sheet=sheet).exists()


def test_a_period_is_not_closed_over_what_nobody_judged(year):
    scheme = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    sheet = sheet_of(scheme, year.people["Y0402"])
    with on(date(2028, 4, 2)):
        a_year.judge_all(scheme, "q1", year.people["Y0401"], only={sheet.pk})
        found = sheets.close_period(scheme, "q1", by=year.office.person("evaluator").pk)

    assert found.count == 1
    assert sheet.parts.get(period="q1").closed_on == date(2028, 4, 2)
    assert len(found.waiting) == scheme.sheets.count() - 1


def test_a_period_that_is_not_over_is_not_closed(year):
    scheme = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    with on(date(2028, 3, 31)), pytest.raises(Problem, match="not over"):
        sheets.close_period(scheme, "q1", by=year.office.person("evaluator").pk)


def test_a_year_is_worked_out_again_as_a_whole_and_a_row_that_was_changed_is_found(year):
    appeals.recalculate(handlers(year), because="核对", by=year.office.people["Y0003"].pk)
    before = totals.replay_year(year.scheme)
    Score.objects.filter(sheet=handlers(year), indicator__key="quarter_work", period="q1").update(value=1)

    after = totals.replay_year(year.scheme)

    assert (before.sheets, before.versions, before.differ) == (len(KEPT) + 1, len(KEPT) + 2, ())
    assert [(one.sheet, one.version) for one in after.differ] == [(handlers(year), no) for no in (1, 2)]


def test_nobody_is_ordered_by_points_in_a_list_or_on_a_board(year):
    order = [one.pk for one in year.scheme.sheets.all()]
    ours = ScoreSheet.objects.filter(scheme=year.scheme)
    values = {f"{totals.total(one).value}" for one in ours if one.person_id}
    with on(AFTER):
        client = a_year.browser(year.office.person("principal"))
        listed = client.get("/points/sheets/?sort=-value")
        board = a_year.said(client.get(f"/points/boards/{year.scheme.pk}/"))

    table = listed.context["table"]
    assert [one.pk for one in table.rows] == order
    assert not any(column.sort for column in table.columns)
    assert not [one for one in values if one in a_year.said(listed)]
    assert not [one.name for one in year.people.values() if one.name in board]


def test_halves_of_a_class_are_told_where_each_half_has_five():
    few, many = boards.halves([1, 2, 3, 4, 5, 6, 7, 8, 9]), boards.halves([*range(1, 11)])

    assert (few["low"], few["high"], many["low"], many["high"]) == (None, None, 3, 8)


def test_a_board_is_worked_out_once_and_tells_nothing_of_few(year):
    board = {one.kind: one.told for one in year.scheme.boards.all()}
    before = dict(board["staff"])
    with on(AFTER):
        appeals.recalculate(
            handlers(year), because="申诉成立", by=year.office.people["Y0003"].pk,
            change=appeals.Change({("year_results", "year"): Given(Decimal(10), ("鉴定书",))}),
        )  # fmt: skip

    assert board["middle"] == {"count": 1}
    assert board["room"] == {"count": 1}
    assert year.scheme.boards.get(kind="staff").told == before
    assert before["count"] == 6


def test_a_board_says_how_far_raters_lie_apart(year):
    raters = {one["key"]: one for one in year.scheme.boards.get(kind="staff").told["raters"]}

    assert set(raters) == {"quarter_work"}
    assert (raters["quarter_work"]["count"], raters["quarter_work"]["apart"]) == (6, 1.2)


def test_every_reading_of_anothers_sheet_is_in_the_journal_and_no_word_of_the_daily_record(year):
    kinds = set(JournalEntry.objects.filter(kind__startswith="points.").values_list("kind", flat=True))
    bodies = b"".join(bytes(one.body) for one in JournalEntry.objects.filter(kind__startswith="points.daily"))

    assert {"points.judged", "points.closed", "points.settled", "points.in_force"} <= kinds
    assert "核对加油明细".encode() not in bodies
