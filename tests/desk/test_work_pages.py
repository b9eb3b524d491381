"""My work, the tray, notices, the search box, the calendar feed."""

import re
from datetime import timedelta

import pytest
from a_desk import at, text_of
from django.utils import timezone
from icalendar import Calendar

from qingfeng.desk import indexing
from qingfeng.desk.awaiting import tray_of
from qingfeng.desk.duties import work_of
from qingfeng.desk.models import FeedAddress
from qingfeng.journal.models import JournalEntry
from qingfeng.matters.door import perform
from qingfeng.matters.models import Matter, Notice
from qingfeng.organization.declarations import let_stand_in
from qingfeng.organization.models import Account

pytestmark = pytest.mark.django_db


def _every(work):
    return [*work.now, *work.week, *work.later]


def test_a_duty_stands_with_whoever_bears_its_clock(desk):
    duties = [(one.matter.pk, str(one.what)) for one in _every(work_of(desk.viewer("case_one")))]
    others = [one.matter.pk for one in _every(work_of(desk.viewer("style_one")))]

    assert (desk.directive.pk, "报结") in duties
    assert desk.directive.pk not in others


def test_an_office_bears_the_clocks_of_its_role_without_being_named(desk):
    duties = _every(work_of(desk.viewer("style_head")))
    others = _every(work_of(desk.viewer("org_head")))

    assert desk.reported.pk in {one.matter.pk for one in duties}
    assert desk.reported.pk not in {one.matter.pk for one in others}


def test_work_is_laid_out_by_time(desk):
    viewer = desk.viewer("case_one")
    work = work_of(viewer)

    assert all(one.due_on <= viewer.on for one in work.now)
    assert all(one.due_on > viewer.on for one in [*work.week, *work.later])
    assert [one.due_on for one in work.later] == sorted(one.due_on for one in work.later)


def test_a_ledger_line_that_falls_due_is_a_duty(desk):
    lines = [
        one
        for one in _every(work_of(desk.viewer("case_two")))
        if "2" in str(one.what) and one.matter == desk.directive
    ]

    assert [one.due_on for one in lines] == [desk.directive.lines.get(ledger="milestones", no=2).due_on]


def test_the_page_says_why_the_day_is_that_day(desk):
    page = desk.browser("case_one").get("/")

    assert desk.directive.number in text_of(page)
    assert "为什么是这一天" in text_of(page)
    assert "最后一日为" in text_of(page)


def test_whoever_owes_nothing_reads_what_will_be_here(desk):
    assert "您目前没有到期事项" in text_of(desk.browser("analyst").get("/"))


def test_the_count_of_queries_does_not_grow_with_the_work(desk, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        work_of(desk.viewer("case_one"))
    for _each in range(3):
        desk.until("directive", "closing", "ask_extension", ago=41)
    with django_assert_max_num_queries(len(before)):
        work_of(desk.viewer("case_one"))


def test_standing_in_brings_the_absent_persons_duties_with_the_name(desk):
    today = timezone.localdate()
    let_stand_in(
        desk.person("case_one"),
        desk.person("case_head"),
        kinds=["directive"],
        from_on=today,
        until_on=today + timedelta(days=3),
        reason="培训",
        approved_by=desk.person("deputy"),
        by=desk.account("case_one"),
    )

    duties = [one for one in _every(work_of(desk.viewer("case_head"))) if one.matter == desk.directive]

    assert {one.instead_of for one in duties} == {desk.person("case_one").name}


def test_nobody_sees_the_desk_before_signing_in(client, desk):
    assert client.get("/").url.startswith("/accounts/login/")
    assert client.get(at(desk.directive)).url.startswith("/accounts/login/")


def test_a_decision_waits_in_the_tray_of_those_who_decide(desk):
    matters = [one.matter.pk for one in tray_of(desk.viewer("style_head")).approvals]

    assert desk.reported.pk in matters
    assert desk.reported.pk not in [one.matter.pk for one in tray_of(desk.viewer("case_one")).approvals]


def test_an_act_whose_gate_does_not_hold_waits_in_no_tray(desk):
    waiting = {
        one.matter.pk: [act.key for act in one.acts] for one in tray_of(desk.viewer("deputy")).approvals
    }

    assert "grant_extension" not in waiting.get(desk.directive.pk, [])
    perform(
        "ask_extension",
        desk.directive,
        by=desk.viewer("case_one"),
        facts={"asked_until": str(timezone.localdate() + timedelta(days=20)), "why_longer": "银行回单未到"},
    )
    waiting = {
        one.matter.pk: [act.key for act in one.acts] for one in tray_of(desk.viewer("deputy")).approvals
    }
    assert "grant_extension" in waiting[desk.directive.pk]


def test_the_tray_counts_on_the_rail(desk):
    count = tray_of(desk.viewer("style_head")).count

    page = desk.browser("style_head").get("/directives/").content.decode()

    assert count > 0
    assert f'<span class="count count-due">{count}</span>' in page


def test_a_notice_tells_what_happened_and_nothing_of_the_matter(desk):
    page = text_of(desk.browser("case_one").get("/my-notices/"))

    assert desk.directive.number in page
    assert desk.directive.title not in page


def test_a_notice_of_a_matter_that_is_no_longer_seen_is_gone(desk):
    Notice.objects.create(
        person=desk.person("recused"),
        matter=desk.directive,
        kind="acted",
        facts={"act": "chase"},
        at=timezone.now(),
        shown_from=timezone.now(),
    )
    Matter.objects.filter(pk=desk.directive.pk).update(confidentiality="restricted")

    assert desk.directive.number not in text_of(desk.browser("recused").get("/my-notices/"))


def test_opening_a_matter_marks_what_was_told_of_it_as_read(desk):
    desk.browser("case_one").get(at(desk.directive))

    assert not Notice.objects.filter(
        person=desk.person("case_one"), matter=desk.directive, read_at=None
    ).exists()


def test_a_number_in_the_search_box_opens_its_matter(desk):
    response = desk.browser("case_one").post("/search/", {"q": desk.directive.number})

    assert response.url == at(desk.directive)


def test_titles_are_found_within_what_one_may_read(desk):
    indexing.keep_up()
    word = "采砂管理"
    desk.restricted(desk.directive)

    assert desk.directive.title in text_of(desk.browser("case_one").post("/search/", {"q": word}))
    assert desk.directive.title not in text_of(desk.browser("principal").post("/search/", {"q": word}))
    nothing = desk.browser("partner").post("/search/", {"q": desk.directive.number})
    assert (nothing.status_code, nothing.context["found"].groups) == (200, [])


def _token(desk, who):
    page = desk.browser(who).post("/feed/").content.decode()
    return re.search(r"/feed/([\w-]+)\.ics", page)[1]


def test_a_feed_gives_numbers_and_duties_to_whoever_has_the_address(desk, client):
    token = _token(desk, "case_one")

    calendar = Calendar.from_ical(client.get(f"/feed/{token}.ics").content)
    events = [str(one["summary"]) for one in calendar.walk("VEVENT")]

    assert any(desk.directive.number in one for one in events)
    assert not any(desk.directive.title in one for one in events)


def test_the_address_of_a_feed_is_kept_nowhere(desk):
    token = _token(desk, "case_one")

    assert not FeedAddress.objects.filter(digest__contains=token).exists()
    assert token not in desk.browser("case_one").get("/feed/").content.decode()


def test_a_revoked_feed_and_a_closed_account_give_nothing(desk, client):
    revoked, closed = _token(desk, "case_one"), _token(desk, "case_two")
    desk.browser("case_one").post("/feed/revoke/")
    Account.objects.filter(person=desk.person("case_two")).update(is_active=False)

    assert [client.get(f"/feed/{one}.ics").status_code for one in (revoked, closed, "guessed")] == [
        404,
        404,
        404,
    ]
    assert JournalEntry.objects.filter(kind__in=["desk.feed_made", "desk.feed_revoked"]).count() == 3


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor"])
def test_every_administrator_is_led_to_a_page_that_is_there(desk, role):
    browser = desk.browser(role)

    led = browser.get("/")

    assert led.status_code == 302
    assert browser.get(led["Location"]).status_code == 200
