"""The calendar of the year: what is due, for who looks; to take along, and by an address that says little."""

import re
from datetime import date, timedelta
from hashlib import sha256

import pytest
from a_desk import TITLE
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

import qingfeng.desk.calendar.urls  # noqa: F401 - brings the sources in
from qingfeng.appraisal.models import Round
from qingfeng.appraisal.points.tables import Scheme
from qingfeng.desk import duties, feeds
from qingfeng.desk.calendar import taking
from qingfeng.desk.calendar.events import Event, Span, found_in, marks_in
from qingfeng.desk.calendar.weeks import months_of, span_of, weeks_of
from qingfeng.desk.duties import work_of
from qingfeng.desk.ical import calendar_of
from qingfeng.journal.models import JournalEntry
from qingfeng.look.lights import Light
from qingfeng.matters import guarding
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.registry import mechanism

YEAR = timedelta(days=200)


def around(**narrowed):
    """The days around today."""
    today = timezone.localdate()
    return Span(today - YEAR, today + YEAR, **narrowed)


def numbers(desk, who, **narrowed):
    """The numbers that stand in somebody's calendar."""
    return {one.number for one in found_in(desk.viewer(who), around(**narrowed)).events}


def due_of(matter):
    """The day of the first running clock of a matter."""
    return matter.clocks.filter(state=ClockRun.State.RUNNING).order_by("due_on").first().due_on


def test_what_is_due_on_a_matter_stands_on_its_day(desk):
    day = due_of(desk.directive)
    page = desk.browser("dept_head").get(f"/calendar/?view=list&day={day:%Y-%m-%d}").content.decode()
    section = page.partition(f'id="d{day:%m%d}"')[2].partition("</section>")[0]

    assert desk.directive.number in section


@pytest.mark.parametrize("view", ["month", "week", "list", "nonsense"])
def test_each_view_is_a_page_and_shows_the_day(desk, view):
    day = due_of(desk.directive)
    answer = desk.browser("dept_head").get(f"/calendar/?view={view}&day={day:%Y-%m-%d}")

    assert answer.status_code == 200
    assert desk.directive.number in answer.content.decode()


@pytest.mark.parametrize("day", ["", "0001-01-01", "9999-12-31", "2026-02-30", "x"])
def test_a_day_that_is_none_is_today(desk, day):
    assert desk.browser("dept_head").get(f"/calendar/?day={day}").status_code == 200


def test_whoever_is_recused_finds_nothing_of_a_matter_in_list_count_or_file(desk):
    guarding.recuse(desk.directive, desk.person("dept_head"), "本人申请", by=desk.viewer("principal"))
    viewer = desk.viewer("dept_head")
    file = desk.browser("dept_head").get("/calendar/year.ics").content.decode()

    assert desk.directive.number not in numbers(desk, "dept_head")
    assert desk.directive.number not in file
    assert len(marks_in(viewer, around())) <= sum(
        len(found_in(viewer, around(kind=kind)).events)
        for kind in {one.kind for one in marks_in(viewer, around())}
    )


def test_a_restricted_matter_stands_there_only_for_those_who_read_it(desk):
    desk.restricted(desk.directive)

    assert desk.directive.number in numbers(desk, "style_one")
    assert desk.directive.number not in numbers(desk, "principal")
    assert desk.directive.number not in numbers(desk, "evaluator")


def test_kinds_and_offices_are_sifted(desk):
    owner = desk.directive.owner_id

    assert desk.directive.number in numbers(desk, "principal", kind="directive", office=owner)
    assert desk.revisit.number not in numbers(desk, "principal", kind="directive")
    assert desk.directive.number not in numbers(desk, "principal", kind="culture_check")
    assert numbers(desk, "principal", office=desk.office.units["一室"].pk).isdisjoint({desk.directive.number})


def test_questions_do_not_grow_with_what_is_due(desk):
    browser = desk.browser("dept_head")
    path = f"/calendar/?view=list&day={due_of(desk.directive):%Y-%m-%d}"
    browser.get(path)
    with CaptureQueriesContext(connection) as few:
        browser.get(path)
    for _again in range(2):
        desk.played("directive", "objected", steps=2, ago=3)
    browser.get(path)
    with CaptureQueriesContext(connection) as many:
        browser.get(path)

    assert len(many) <= len(few) + 2


def test_the_year_is_taken_along_with_number_and_duty_and_without_a_title(desk):
    taken = desk.browser("dept_head").get("/calendar/year.ics")
    events = Calendar.from_ical(taken.content).walk("VEVENT")
    ours = [one for one in events if desk.directive.number in str(one["summary"])]

    assert ours
    assert TITLE not in taken.content.decode()
    assert JournalEntry.objects.filter(kind="calendar.taken").count() == 1


def test_no_number_of_a_petition_leaves_and_none_is_found_by_trying_numbers_out():
    """信访工作条例 Art. 30."""
    on, number, what = timezone.localdate(), "信〔2026〕17号", "受理告知"
    lit = Light("green", on, "")
    errand = duties.Errand("k", what, on, lit, "题目", "/", number=number)
    event = Event(on, "petition", "信访事项", number, what, "信访室", 1, "/", lit)

    fed = calendar_of(feeds.days_of([errand]), "")
    said = (fed + taking.file_of([event])).decode().replace("\r\n ", "")

    assert number not in said
    tried = f"{number} {what}", f"petition {number} {what} {on.isoformat()}"
    assert not [one for one in tried if sha256(one.encode()).hexdigest()[:12] in said]
    assert f"信访事项 {what}" in said


def test_a_file_that_holds_less_than_there_is_says_so_on_its_last_day():
    days = [date(2026, 3, day) for day in (2, 9)]
    events = [Event(on, "k", "类别", "1号", "事项", "", 0, "/", Light("green", on, "")) for on in days]

    whole, cut = (Calendar.from_ical(taking.file_of(events, is_cut=one)) for one in (False, True))

    assert len(whole.walk("VEVENT")) == len(events)
    assert [one["dtstart"].dt for one in cut.walk("VEVENT")] == [*days, days[-1]]


def test_there_is_no_address_to_subscribe_to_until_somebody_makes_one_and_it_says_kind_and_number_only(desk):
    viewer = desk.viewer("dept_head")
    work = work_of(viewer)
    owed = {
        (str(mechanism(one.matter.mechanism).name), one.number)
        for one in (*work.now, *work.week, *work.later)
    }
    assert feeds.current(viewer) is None

    token = feeds.make(viewer)
    said = feeds.read(token).decode().replace("\r\n ", "")
    summaries = {tuple(one.strip().split(" ", 1)) for one in re.findall(r"SUMMARY:(.*)", said)}

    assert owed
    assert summaries == owed
    assert TITLE not in said
    assert feeds.revoke(viewer)
    assert feeds.read(token) is None


def test_the_ends_of_the_periods_of_assessment_stand_there_for_those_who_are_assessed(desk):
    year = timezone.localdate().year
    Scheme.objects.create(
        year=year, title="百分制考核办法", state="in_force", periods={}, made_by=desk.person("evaluator")
    )
    span = Span(date(year, 1, 1), date(year, 12, 31), kind="points")
    days = [one.on for one in found_in(desk.viewer("style_one"), span).events]

    assert days == [
        date(year, 3, 31),
        date(year, 6, 30),
        date(year, 6, 30),
        date(year, 9, 30),
        *[date(year, 12, 31)] * 2,
    ]
    assert found_in(desk.viewer("unit_contact"), span).events == []


def test_a_round_that_is_being_prepared_is_there_for_those_who_follow_rounds_only(desk):
    today = timezone.localdate()
    Round.objects.create(
        code="2026-9",
        title="年度五评",
        from_on=today,
        until_on=today + timedelta(days=9),
        made_by=desk.person("evaluator"),
    )
    span = Span(today, today + timedelta(days=9), kind="evaluation")

    assert [one.number for one in found_in(desk.viewer("evaluator"), span).events] == ["2026-9"] * 2
    assert found_in(desk.viewer("style_one"), span).events == []


def test_the_strip_of_the_year_counts_what_the_list_shows(desk):
    viewer = desk.viewer("style_one")
    day = due_of(desk.directive)
    since, until = span_of("month", day)
    listed = [one for one in found_in(viewer, Span(since, until)).events if one.kind != "own"]
    strip = months_of(marks_in(viewer, Span(day.replace(month=1, day=1), day.replace(month=12, day=31))), day)

    assert strip[day.month - 1].count >= len([one for one in listed if one.on.month == day.month]) > 0
    assert sum(one.is_here for one in strip) == 1


def test_a_month_is_drawn_as_whole_weeks_from_monday_to_sunday():
    day = timezone.localdate().replace(year=2026, month=11, day=9)
    weeks = weeks_of(Span(*span_of("month", day)), [], day, None)

    assert {len(week) for week in weeks} == {7}
    assert all(week[0].on.weekday() == 0 for week in weeks)
    assert sum(cell.is_here for week in weeks for cell in week) == 30
    assert sum(cell.is_today for week in weeks for cell in week) == 1


def test_the_calendar_does_not_exist_for_the_three_administrators(desk):
    for who in ("system_admin", "security_admin", "auditor"):
        assert desk.browser(who).get("/calendar/").status_code == 404
        assert desk.browser(who).get("/calendar/year.ics").status_code == 404


def test_a_unit_sees_what_it_owes_and_no_clock_of_the_office(desk):
    """rights.md: a supervised unit sees its own part only."""
    viewer = desk.viewer("unit_contact")
    found = [one for one in found_in(viewer, around()).events if one.kind not in {"own", "evaluation"}]
    owed = {(one.number, str(one.what)) for one in found}
    here = Matter.objects.filter(number__in={number for number, _what in owed})

    assert all(one.parties.filter(unit__in=viewer.own_units).exists() for one in here)
