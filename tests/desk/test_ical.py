"""What a calendar program is given (RFC 5545): the same day keeps its UID, a change is told as a change."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from qingfeng.desk import feeds
from qingfeng.desk.duties import Duty
from qingfeng.desk.ical import Day, Told, calendar_of
from qingfeng.desk.models import ToldDay
from qingfeng.matters.models import ClockRun

NAME = "年历：到期，节点；\\ 全部"
LONG = "督办单 督〔2026〕17号 " + "办理结果报告、整改台账销号、回访记录" * 6
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def told(desk):
    """A person to whom a whole feed is told, on a day in March."""
    with time_machine.travel(NOON, tick=False):
        yield Told(desk.person("case_one").pk, "feed", since=date.min)


def events(days, told=None):
    """The events of a calendar by summary."""
    return {
        str(one["summary"]): one for one in Calendar.from_ical(calendar_of(days, NAME, told)).walk("VEVENT")
    }


def lines(days):
    """The unfolded content lines of a calendar."""
    return calendar_of(days, NAME).decode().replace("\r\n ", "").split("\r\n")


def test_lines_end_and_fold_as_the_rfc_says_and_chinese_is_not_torn():
    """RFC 5545 3.1: CRLF, at most 75 octets to a line, folded with a space between whole characters."""
    raw = calendar_of([Day("a", date(2026, 3, 9), LONG, "党风政风监督室")], NAME)
    physical = raw.split(b"\r\n")

    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, physical)) <= 75
    assert all(one.decode() is not None for one in physical)
    assert any(one.startswith(b" ") for one in physical)
    assert f"SUMMARY:{LONG}" in raw.decode().replace("\r\n ", "")


def test_the_head_says_what_wrote_it_how_it_is_called_and_how_often_to_ask_again():
    said = lines([])

    assert said[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in said
    assert [one for one in said if one.startswith("PRODID:")]
    assert "NAME:年历：到期，节点；\\\\ 全部" in said
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in said
    assert not [one for one in said if one.startswith("METHOD")]


def test_signs_that_mean_something_in_the_format_are_told_as_signs():
    """RFC 5545 3.3.11."""
    said = lines([Day("a", date(2026, 3, 9), "甲,乙;丙\\丁\n戊")])

    assert "SUMMARY:甲\\,乙\\;丙\\\\丁\\n戊" in said


def test_an_event_is_a_whole_day_without_a_time_zone_and_its_stamp_is_in_utc():
    """RFC 5545 3.6.1: DATE values float; DTEND is the day after, exclusive; DTSTAMP is UTC."""
    with time_machine.travel(NOON, tick=False):
        said = lines([Day("a", date(2026, 3, 31), "立案决定", "一室")])

    assert "DTSTART;VALUE=DATE:20260331" in said
    assert "DTEND;VALUE=DATE:20260401" in said
    assert "DTSTAMP:20260302T040000Z" in said
    assert "LOCATION:一室" in said
    assert not [one for one in said if "TZID" in one or one.startswith(("ATTENDEE", "ORGANIZER"))]


@pytest.mark.django_db
def test_a_day_that_moves_keeps_its_uid_and_its_sequence_goes_up_once(told):
    first = events([Day("clock", date(2026, 3, 9), "报告")], told)["报告"]
    same = events([Day("clock", date(2026, 3, 9), "报告")], told)["报告"]
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        moved = events([Day("clock", date(2026, 3, 19), "报告")], told)["报告"]

    assert first["uid"] == same["uid"] == moved["uid"]
    assert [one["sequence"] for one in (first, same, moved)] == [0, 0, 1]
    assert first.to_ical() == same.to_ical()
    assert moved["dtstart"].dt == date(2026, 3, 19)
    assert moved["last-modified"].dt == NOON + timedelta(days=1)


@pytest.mark.django_db
def test_the_same_matter_has_another_uid_with_another_person(told, desk):
    day = Day("petition-3 clock", date(2026, 3, 9), "信访")
    other = Told(desk.person("dept_head").pk, "feed", since=date.min)

    assert events([day], told)["信访"]["uid"] != events([day], other)["信访"]["uid"]


@pytest.mark.django_db
def test_two_that_are_called_the_same_are_two(told):
    days = [Day("line", date(2026, 3, day), "台账") for day in (9, 19)]
    made = Calendar.from_ical(calendar_of(days, NAME, told)).walk("VEVENT")

    assert len({str(one["uid"]) for one in made}) == 2


@pytest.mark.django_db
def test_what_is_dropped_is_told_as_cancelled_without_its_words_and_may_come_back(told):
    day = Day("clock", date(2026, 5, 9), "督办单 督〔2026〕3号")
    uid = events([day], told)[day.summary]["uid"]
    gone = events([], told)
    again = events([], told)
    back = events([day], told)[day.summary]

    assert [(str(one["uid"]), one["status"], one["sequence"]) for one in gone.values()] == [
        (uid, "CANCELLED", 1)
    ]
    assert [one["sequence"] for one in again.values()] == [1]
    assert "督" not in "".join(gone)
    assert (back["uid"], back["status"], back["sequence"]) == (uid, "CONFIRMED", 2)


@pytest.mark.django_db
def test_a_cancelled_day_is_forgotten_in_the_end_and_one_that_is_over_is_left_as_it_was(told):
    events([Day("soon", date(2026, 3, 4), "近"), Day("late", date(2026, 12, 4), "远")], told)
    with time_machine.travel(NOON + timedelta(days=5), tick=False):
        first = events([], told)
    with time_machine.travel(NOON + timedelta(days=70), tick=False):
        later = events([], told)

    assert [one["dtstart"].dt for one in first.values()] == [date(2026, 12, 4)]
    assert later == {}
    assert not ToldDay.objects.filter(person=told.person).exists()


@pytest.mark.django_db
def test_a_year_that_nobody_takes_along_any_more_is_forgotten_in_the_end(told):
    year = Told(told.person, "file", since=date(2026, 1, 1), until=date(2026, 12, 31))
    events([Day("line", date(2026, 3, 9), "台账")], year)
    for year_no, left in ((2027, 1), (2028, 0)):
        with time_machine.travel(NOON.replace(year=year_no), tick=False):
            whole = Told(told.person, "file", since=date(year_no, 1, 1), until=date(year_no, 12, 31))
            events([], whole)
        assert ToldDay.objects.filter(person=told.person, way="file").count() == left


@pytest.mark.django_db
def test_a_part_of_the_year_drops_nothing_of_the_rest(told):
    file = Told(told.person, "file", date(2026, 1, 1), date(2026, 12, 31))
    events([Day("a", date(2026, 5, 9), "甲"), Day("b", date(2026, 6, 9), "乙")], file)
    part = events([Day("a", date(2026, 5, 9), "甲")], Told(told.person, "file"))
    next_year = events([], Told(told.person, "file", date(2027, 1, 1), date(2027, 12, 31)))
    whole = events([Day("a", date(2026, 5, 9), "甲")], file)

    assert list(part) == ["甲"]
    assert next_year == {}
    assert sorted(str(one["status"]) for one in whole.values()) == ["CANCELLED", "CONFIRMED"]


@pytest.mark.django_db
def test_the_subscription_follows_a_clock_that_is_moved_and_stopped(desk, client):
    runs = ClockRun.objects.filter(state=ClockRun.State.RUNNING, matter=desk.directive)
    at = urlsplit(f"/feed/{feeds.make(desk.viewer('case_one'))}.ics").path

    def about():
        made = Calendar.from_ical(client.get(at).content).walk("VEVENT")
        return {str(one["uid"]): one for one in made}

    before = about()
    later = timezone.localdate() + timedelta(days=40)
    runs.update(due_on=later)
    moved = about()
    uid = next(one for one, said in moved.items() if said["sequence"] == 1)
    runs.update(state=ClockRun.State.STOPPED)
    stopped = about()
    feeds.revoke(desk.viewer("case_one"))

    assert before.keys() == moved.keys()
    assert moved[uid]["dtstart"].dt == later
    assert (stopped[uid]["status"], stopped[uid]["sequence"]) == ("CANCELLED", 2)
    assert desk.directive.number not in str(stopped[uid]["summary"])
    assert not ToldDay.objects.filter(way="feed").exists()


@pytest.mark.django_db
def test_what_is_remembered_holds_neither_number_nor_words(desk):
    desk.browser("dept_head").get("/calendar/year.ics")
    rows = str(list(ToldDay.objects.filter(way="file").values()))

    assert ToldDay.objects.filter(way="file").exists()
    assert desk.directive.number not in rows
    assert not re.search("[一-龥]", rows)


@pytest.mark.django_db
def test_a_duty_keeps_its_uid_where_the_house_calls_it_otherwise(desk):
    matter = desk.directive
    said, named_anew = (
        Duty(matter, what, date(2026, 3, 9), None, of="clock:reply") for what in ("Reply", "Answer by")
    )

    assert feeds.days_of([said])[0].what == feeds.days_of([named_anew])[0].what
