"""The daily record: written, checked by whoever led on that day, late ones up the line."""

from datetime import date, timedelta

import a_year
import pytest
from a_year import AFTER, IN_MARCH, a_record, confirmed, handlers, on

from qingfeng.appraisal.points import (
    dailies,
    doors,
    totals,
)
from qingfeng.appraisal.points.checkers import offices_on
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.desk.points import names
from qingfeng.matters.models import Notice
from qingfeng.organization.models import Post, Relation
from qingfeng.organization.viewer import viewer_for
from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 1)
MAY = date(2026, 5, 29)


def test_one_confirmed_entry_makes_a_month_and_more_of_them_add_nothing(year):
    before = totals.total(handlers(year)).value
    with on(IN_MARCH):
        more = dailies.write(viewer_for(year.people["Y0402"]), dailies.Written(IN_MARCH, "再记一条"))
    confirmed(more, year.people["Y0401"])

    with on(AFTER):
        again = totals.replay(handlers(year))

    assert (again.total.value, again.changed) == (before, ())


def test_an_entry_is_checked_by_the_head_and_what_waits_seven_days_goes_up_the_line(year):
    entry = a_record(year.people["Y0402"], date(2026, 6, 1))
    waiting = Daily.objects.filter(state="waiting")

    def seen(name, day):
        with on(day):
            return entry in doors.to_check(viewer_for(year.office.people[name]), waiting)

    in_time, late = entry.check_until, entry.check_until + timedelta(days=1)
    assert entry.check_until == date(2026, 6, 8)
    assert [seen(name, in_time) for name in ("Y0401", "Y0002", "Y0001", "Y0501")] == [
        True,
        False,
        False,
        False,
    ]
    assert [seen(name, late) for name in ("Y0401", "Y0002", "Y0001", "Y0501")] == [True, True, True, False]


def test_a_supervisor_is_reminded_once_two_days_before(year):
    entry = a_record(year.people["Y0403"], date(2026, 6, 1))
    told = Notice.objects.filter(person=year.people["Y0401"], kind="points_check_due")
    before = told.count()
    for day in (
        entry.check_until - timedelta(days=3),
        entry.check_until - timedelta(days=2),
        entry.check_until,
    ):
        with on(day):
            dailies.tick()

    assert told.count() == before + 1


def test_a_confirmed_entry_is_not_changed_and_one_sent_back_may_be(year):
    with on(IN_MARCH), pytest.raises(Problem, match="confirmed"):
        dailies.write(viewer_for(year.people["Y0402"]), dailies.Written(IN_MARCH, "改"), entry=year.entry)
    entry = a_record(year.people["Y0403"], date(2026, 6, 1))
    with on(date(2026, 6, 2)):
        dailies.send_back(entry, "写明结果", by=year.people["Y0401"].pk)
        again = dailies.write(
            viewer_for(year.people["Y0403"]),
            dailies.Written(date(2026, 6, 1), "已补", result="形成清单"),
            entry=entry,
        )

    assert (again.state, again.remark) == ("waiting", "")


def test_nobody_checks_the_own_entries_nor_enters_days_long_past(year):
    entry = a_record(year.people["Y0401"], date(2026, 6, 1))
    with on(date(2026, 6, 2)):
        assert dailies.confirm([entry], by=year.people["Y0401"].pk) == 0
        with pytest.raises(Problem, match="last month"):
            dailies.write(viewer_for(year.people["Y0402"]), dailies.Written(IN_MARCH, "补记"))
        with pytest.raises(Problem, match="no matter"):
            dailies.write(
                viewer_for(year.people["Y0402"]), dailies.Written(date(2026, 6, 2), "记", matter="不存在")
            )


def test_entries_of_others_stand_on_a_sheet_without_their_words(year):
    checker, words = year.people["Y0401"], "核对加油明细并形成比对表"
    refs = [f"daily:{year.entry.pk}"]

    own = names.evidence_of(viewer_for(year.people["Y0402"]), refs, year.people["Y0402"].pk)
    checked = names.evidence_of(viewer_for(checker), refs, checker.pk)

    assert [words in one.words for one in own.shown] == [True]
    assert [(words in one.words, "2026-03-06" in one.words) for one in checked.shown] == [(False, True)]


def checkers(year, entry, day):
    """Who of the people at hand is asked to check an entry on a day."""
    waiting = Daily.objects.filter(state="waiting")
    with on(day):
        numbers = ("Y0401", "Y0501", "Y0002", "Y0001")
        return [no for no in numbers if entry in doors.to_check(viewer_for(year.office.people[no]), waiting)]


def test_after_a_move_the_head_of_those_days_checks_and_not_the_new_one(year):
    """公务员考核规定 [verify]: the old unit gives what it knows."""
    person = year.people["Y0402"]
    before = a_record(person, MAY)
    a_year.moves(person, year.office.units["信访室"], JUNE)
    since = a_record(person, JUNE)

    assert checkers(year, before, JUNE) == ["Y0401"]
    assert checkers(year, since, JUNE) == ["Y0501"]
    with on(before.check_until - timedelta(days=1)):
        dailies.tick()
        told = Notice.objects.filter(kind="points_check_due").values_list("person__number", flat=True)
        page = a_year.said(a_year.browser(year.office.people["Y0401"]).get("/points/checks/"))
        own = a_year.said(a_year.browser(person).get("/points/"))
    assert set(told) == {"Y0401"}
    assert "当日在党风室，由当时的负责人审核" in page
    assert "当日在党风室，由当时的负责人审核" in own


def test_where_the_head_of_those_days_is_gone_the_new_one_checks_and_the_entry_says_why(year):
    person = year.people["Y0402"]
    entry = a_record(person, MAY)
    a_year.moves(person, year.office.units["信访室"], JUNE)
    Post.objects.filter(person=year.people["Y0401"]).update(until_on=MAY)

    assert checkers(year, entry, JUNE) == ["Y0501"]
    with on(JUNE):
        page = a_year.said(a_year.browser(year.office.people["Y0501"]).get("/points/checks/"))
        dailies.confirm([entry], by=year.office.people["Y0501"].pk)
        own = a_year.said(a_year.browser(person).get("/points/"))
    assert "当日的负责人已不在本单位或者需要回避，由现任负责人审核" in page
    assert "当日的负责人已不在本单位或者需要回避，由现任负责人审核" in own


def test_whoever_led_then_and_leads_no_more_still_finds_what_they_check(year):
    entry, head = a_record(year.people["Y0402"], MAY), year.people["Y0401"]
    a_year.moves(head, year.office.units["信访室"], JUNE)

    assert checkers(year, entry, JUNE) == ["Y0401"]
    with on(JUNE):
        assert a_year.browser(head).get("/points/checks/").status_code == 200
        assert a_year.browser(year.people["Y0403"]).get("/points/checks/").status_code == 404


def test_whoever_is_parted_from_the_person_by_now_checks_nothing_of_theirs(year):
    """监察法 Art. 67."""
    entry = a_record(year.people["Y0402"], MAY)
    with on(MAY):
        Relation.objects.create(person=year.people["Y0401"], other=year.people["Y0402"], kind="sibling")

    assert checkers(year, entry, JUNE) == ["Y0002"]


def test_days_between_which_nobody_moved_share_one_look_at_the_office(year):
    days = [MAY + timedelta(days=one) for one in range(20)]
    before = len({id(one) for one in offices_on(days).values()})
    a_year.moves(year.people["Y0402"], year.office.units["信访室"], JUNE)
    offices = offices_on(days)

    assert (before, len({id(one) for one in offices.values()})) == (1, 2)
    who = year.people["Y0402"].pk
    units = year.office.units
    assert [offices[day].held[who].unit for day in (MAY, JUNE - timedelta(days=1), JUNE)] == [
        units["党风室"].pk, units["党风室"].pk, units["信访室"].pk,
    ]  # fmt: skip
