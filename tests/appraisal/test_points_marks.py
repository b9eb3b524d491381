"""Bonuses, deductions and vetoes: what they stand on, who decides, and what an appeal strikes."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import a_year
import pytest
from a_year import AFTER, IN_MARCH, handlers, on, sheet_of
from django.db import IntegrityError, transaction
from django.utils import timezone

from qingfeng.appraisal.points import (
    appeals,
    marks,
    sheets,
    totals,
)
from qingfeng.appraisal.points.tables import Mark, ScoreSheet
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import append
from qingfeng.matters.models import Matter, Notice
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db


def an_entry_of(person, subject="directive/2026-1", kind="matter.report"):
    """Index of a published entry about what somebody did."""
    made = append(kind, subject=subject, by=f"person:{person.pk}")
    publish()
    return JournalEntry.objects.get(pk=made.pk).index


def test_an_appeal_may_strike_a_deduction_and_the_version_before_still_has_it(year):
    sheet = handlers(year)
    with on(AFTER):
        Mark.objects.create(
            sheet=sheet, of="deduction", points=Decimal(2), why="超期", journal_seq=1, state="standing",
            proposed_by=year.people["Y0401"], proposed_on=AFTER,
        )  # fmt: skip
        mark = sheet.marks.get()
        before, after = appeals.recalculate(
            sheet,
            because="系统故障所致",
            by=year.office.people["Y0003"].pk,
            change=appeals.Change(struck={mark.pk: "系统停用"}),
        )

    assert (before.deduction, after.deduction) == (Decimal("2.00"), Decimal("0.00"))
    assert totals.total(sheet, 1).deduction == Decimal("2.00")


def test_a_sheet_is_not_final_over_a_bonus_or_deduction_that_nobody_decided(year):
    sheet, by = handlers(year), year.office.person("evaluator").pk
    sheet.scores.filter(period="year", by=None).delete()
    sheet.settled.all().delete()
    sheet.parts.filter(period="year").update(closed_on=None)
    ScoreSheet.objects.filter(pk=sheet.pk).update(final_on=None)
    with on(AFTER):
        said = marks.Proposed("bonus", "通报表扬", Decimal(2), evidence="通报")
        mark = marks.propose(handlers(year), said, by=year.people["Y0401"].pk)
        before = sheets.close_period(year.scheme, "year", by=by)
        marks.decide(mark, stands=True, by=year.office.people["Y0002"].pk)
        after = sheets.close_period(year.scheme, "year", by=by)

    assert [one.pk for one, _missing in before.waiting] == [sheet.pk]
    assert (before.count, after.count, after.waiting) == (0, 1, ())
    assert (handlers(year).final_on, totals.total(handlers(year)).bonus) == (AFTER, Decimal("2.00"))


@pytest.fixture
def running(year, settings, tmp_path):
    """A year that has begun, with the handler's sheet, and a journal of its own to publish."""
    settings.HOME = tmp_path
    scheme = a_year.in_force(year.office, 2028, date(2028, 1, 4))
    return SimpleNamespace(
        sheet=sheet_of(scheme, year.people["Y0402"]), people=year.people, office=year.office
    )


def propose(running, by="Y0401", **said):
    named = {"of": "deduction", "why": "材料迟交", "points": Decimal(1)} | said
    return marks.propose(running.sheet, marks.Proposed(**named), by=running.office.people[by].pk)


def test_a_deduction_cites_an_entry_and_is_refused_without_one(running):
    for index in (None, 10**9):
        with pytest.raises(Problem, match="cites the entry"):
            propose(running, journal_seq=index)
    with pytest.raises(Problem, match="somebody else"):
        propose(running, journal_seq=an_entry_of(running.people["Y0403"]))

    mark = propose(running, journal_seq=an_entry_of(running.people["Y0402"]))

    assert (mark.state, totals.total(running.sheet).deduction) == ("proposed", Decimal(0))


def test_the_database_keeps_no_deduction_without_its_entry(running):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(
            sheet=running.sheet, of="veto", veto="leak", why="空口", proposed_by=running.people["Y0401"],
            proposed_on=IN_MARCH,
        )  # fmt: skip


def test_nothing_of_petitions_may_be_cited(running):
    """信访工作条例 Art. 46: whoever receives petitions does not lose points for them."""
    for kind in ("petition", "petition_slip", "reception", "report", "appeal"):
        index = an_entry_of(running.people["Y0402"], f"{kind}/2026-1")
        with pytest.raises(Problem, match="may not be cited"):
            propose(running, journal_seq=index)


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("account:7", "organization.signin.done"),
        ("relation:7", "organization.relation.declared"),
        ("interference:7", "interference.registered"),
        ("points:2028-1", "points.mark_answered"),
        ("directive/2026-1", "matter.read"),
        ("directive/2026-1", "person.sought"),
        ("assessment/2026-1", "matter.self_assess"),
        ("recommendation/2026-1", "matter.object"),
    ],
)
def test_no_sign_in_no_reading_and_no_use_of_a_right_may_be_cited(running, subject, kind):
    with pytest.raises(Problem, match="may not be cited"):
        propose(running, journal_seq=an_entry_of(running.people["Y0402"], subject, kind))


def test_a_veto_has_no_points_and_a_deduction_no_veto(running):
    index = an_entry_of(running.people["Y0402"])
    said = {"veto": "leak", "journal_seq": index}

    veto = propose(running, of="veto", points=Decimal(10**6), **said)
    deduction = propose(running, **said)

    assert (veto.points, veto.veto) == (0, "leak")
    assert (deduction.points, deduction.veto) == (1, "")


def test_what_is_not_decided_yet_may_not_be_cited(running):
    made = Matter.objects.create(
        mechanism="complaint", number="云纪干〔2028〕1号", slug="2028-1", title="反映", stage="accepted",
        owner=running.office.units["干部监督室"], opened_on=IN_MARCH, opened_at=timezone.now(),
    )  # fmt: skip
    index = an_entry_of(running.people["Y0402"], "complaint/2028-1")
    with pytest.raises(Problem, match="may not be cited"):
        propose(running, journal_seq=index)

    Matter.objects.filter(pk=made.pk).update(is_open=False, closed_on=IN_MARCH)

    assert propose(running, journal_seq=index).journal_seq == index


def test_another_decides_about_a_deduction_and_the_person_answers(running):
    mark = propose(running, journal_seq=an_entry_of(running.people["Y0402"]))
    marks.answer(mark, "当日系统停用。", by=running.people["Y0402"].pk)
    with pytest.raises(Problem, match="Somebody else"):
        marks.decide(mark, stands=True, by=running.people["Y0401"].pk)

    marks.decide(mark, stands=True, by=running.office.people["Y0002"].pk)

    mark.refresh_from_db()
    assert (mark.state, mark.answer) == ("standing", "当日系统停用。")
    assert totals.total(running.sheet).deduction == Decimal("1.00")
    assert Notice.objects.filter(person=running.people["Y0402"], kind="points_mark").count() == 2


def test_a_veto_changes_no_points_and_is_told_for_the_grade(running):
    mark = propose(
        running, of="veto", veto="leak", points=Decimal(0), journal_seq=an_entry_of(running.people["Y0402"])
    )
    marks.decide(mark, stands=True, by=running.office.people["Y0002"].pk)

    found = totals.total(running.sheet)

    assert (found.vetoes, found.value) == (("leak",), Decimal("0.00"))


def test_bonuses_have_their_ceiling(running):
    for _no in range(3):
        mark = propose(running, of="bonus", points=Decimal(4), evidence="通报表扬")
        marks.decide(mark, stands=True, by=running.office.people["Y0002"].pk)

    assert totals.total(running.sheet).bonus == Decimal("5.00")
