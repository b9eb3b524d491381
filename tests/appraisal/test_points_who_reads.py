"""Who reads and judges a sheet, and who does after a move."""

from datetime import date

import a_year
import pytest
from a_year import AFTER, IN_MARCH, a_record, handlers, on, sheet_of, who
from django.utils import timezone

from qingfeng.appraisal.points import (
    appeals,
    doors,
)
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.tables import ScoreSheet
from qingfeng.matters.models import Matter, Party
from qingfeng.organization import seconding
from qingfeng.organization.models import Relation
from qingfeng.organization.viewer import viewer_for

pytestmark = pytest.mark.django_db


def test_a_sheet_is_read_by_its_person_the_line_above_and_the_evaluator_only(year):
    sheet = handlers(year)

    reads = {name for name in year.office.people if doors.reads(viewer_for(year.office.people[name]), sheet)}

    assert reads == {"Y0402", "Y0401", "Y0002", "Y0001", "Y0202"}


def test_the_sheet_of_a_head_is_read_by_the_leader_in_charge_and_not_by_the_room(year):
    sheet = sheet_of(year.scheme, year.people["Y0401"])

    reads = {name for name in year.office.people if doors.reads(viewer_for(year.office.people[name]), sheet)}

    assert reads == {"Y0401", "Y0002", "Y0001", "Y0202"}


def test_a_near_relative_neither_reads_nor_judges(year):
    Relation.objects.create(person=year.people["Y0401"], other=year.people["Y0402"], kind="sibling")
    viewer = who(year, "dept_head")

    assert not doors.reads(viewer, handlers(year))
    assert not doors.judges(viewer, handlers(year))


def test_people_who_met_in_a_complaint_neither_read_nor_judge_each_other(year):
    """监察法 Art. 67: whoever handles a complaint about somebody does not give them points."""
    now, people = timezone.now(), year.office.people
    made = Matter.objects.create(
        mechanism="complaint", number="云纪干〔2026〕2号", slug="2026-2", title="反映", stage="accepted",
        owner=year.office.units["干部监督室"], opened_on=IN_MARCH, opened_at=now,
    )  # fmt: skip
    Party.objects.create(matter=made, role="subject", is_subject=True, person=people["Y0402"], since_at=now)
    Party.objects.create(matter=made, role="handler", person=people["Y0401"], since_at=now)
    sheet, own = handlers(year), sheet_of(year.scheme, people["Y0401"])
    entry = a_record(people["Y0402"], date(2026, 6, 1))

    with on(AFTER):
        head, deputy, handler = (viewer_for(people[key]) for key in ("Y0401", "Y0002", "Y0402"))
        assert not doors.reads(head, sheet)
        assert sheet not in doors.readable(head, ScoreSheet.objects.all())
        assert not doors.reads(handler, own)
        assert not doors.to_check(head, Daily.objects.filter(pk=entry.pk))
        assert doors.reads(deputy, sheet)
        assert doors.to_check(deputy, Daily.objects.filter(pk=entry.pk))


@pytest.fixture
def moved(year):
    """The handler has served in the petition office since June."""
    a_year.moves(year.people["Y0402"], year.office.units["信访室"], date(2026, 6, 1))
    return handlers(year)


def test_after_a_move_each_head_judges_the_time_they_led(year, moved):
    """公务员考核规定 [verify]: whoever is moved is assessed where they are; the old unit gives its part."""
    with on(AFTER):
        judged = {
            number: doors.periods_judged(viewer_for(year.office.people[number]), moved)
            for number in ("Y0401", "Y0002", "Y0501", "Y0001", "Y0403", "Y0601")
        }

    before, since = {"daily", "q1", "q2", "half"}, {"daily", "q2", "q3", "q4", "half", "year"}
    assert judged == {"Y0401": before, "Y0002": before, "Y0501": since, "Y0001": doors.EVERY, "Y0403": set(),
                      "Y0601": set()}  # fmt: skip


def test_whoever_led_before_a_move_reads_those_periods_and_no_result(year, moved):
    pages = {}
    with on(AFTER):
        for number in ("Y0401", "Y0501"):
            client = a_year.browser(year.office.people[number])
            page = client.get(f"/points/sheets/{moved.pk}/")
            again = client.get(f"/points/sheets/{moved.pk}/again/").status_code
            keys = [one.key for one in page.context["periods"]]
            pages[number] = (keys, "so_far" in page.context, again)

    assert pages == {
        "Y0401": (["daily", "q1", "q2", "half"], False, 404),
        "Y0501": (["daily", "q1", "q2", "q3", "q4", "half", "year"], True, 200),
    }


def test_whoever_led_before_a_move_decides_about_no_mark(year, moved):
    proposed_by = year.office.people["Y0501"].pk
    with on(AFTER):
        before, principal = (viewer_for(year.office.people[number]) for number in ("Y0002", "Y0001"))

        assert doors.reads(before, moved)
        assert not doors.decides(before, proposed_by, moved)
        assert doors.decides(principal, proposed_by, moved)


def test_the_new_head_does_not_judge_what_was_served_elsewhere(year, moved):
    moved.parts.update(closed_on=None)
    ScoreSheet.objects.filter(pk=moved.pk).update(final_on=None)
    with on(AFTER):
        answers = {
            (number, period): a_year.browser(year.office.people[number])
            .get(f"/points/sheets/{moved.pk}/{period}/judge/")
            .status_code
            for number in ("Y0401", "Y0501")
            for period in ("q1", "q2", "q3", "year")
        }

    assert {place for place, status in answers.items() if status == 200} == {
        ("Y0401", "q1"), ("Y0401", "q2"), ("Y0501", "q2"), ("Y0501", "q3"), ("Y0501", "year"),
    }  # fmt: skip


def test_nobody_decides_an_appeal_about_the_sheet_of_the_own_room(year):
    room = ScoreSheet.objects.get(scheme=year.scheme, person=None)

    may = {number: appeals.may_decide(room, year.office.people[number].pk) for number in ("Y0402", "Y0503")}

    assert may == {"Y0402": False, "Y0503": True}


def test_nobody_judges_the_own_sheet_or_that_of_the_own_room(year):
    room = ScoreSheet.objects.get(scheme=year.scheme, person=None)

    assert doors.reads(who(year, "dept_head"), room)
    assert not doors.judges(who(year, "dept_head"), room)
    assert not doors.judges(who(year, "handler"), handlers(year))


def test_the_sheet_of_a_room_is_not_read_by_whoever_is_only_lent_to_it(year):
    room = ScoreSheet.objects.get(scheme=year.scheme, person=None)
    lent = year.people["Y0503"]
    days = {"from_on": IN_MARCH, "until_on": date(2028, 3, 4)}
    seconding.second(lent, room.unit, title="专班", **days)

    with on(AFTER):
        assert not doors.reads(viewer_for(lent), room)
        assert doors.reads(viewer_for(year.people["Y0402"]), room)
