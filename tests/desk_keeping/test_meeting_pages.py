"""Meetings: an agenda, who was there, and each decision with its act's own form."""

import pytest
from a_keeper import at, paper, text_of
from django.utils import timezone

from qingfeng.desk.directory import PERSON, Directory
from qingfeng.matters import guarding
from qingfeng.matters.models import Matter, Meeting

pytestmark = pytest.mark.django_db


def _line(house, who):
    return Directory(house.viewer("principal")).line(PERSON, house.person(who).pk)


def _called(house, *matters):
    """A meeting that the principal called and chairs."""
    browser = house.browser("principal")
    done = browser.post(
        "/meetings/new/",
        {
            "name": "第12次常委会会议",
            "held_on": timezone.localdate().isoformat(),
            "chair": _line(house, "principal"),
            "items": [f"{one.pk}:close" for one in matters],
        },
    )
    assert done.status_code == 302, text_of(done)
    return browser, Meeting.objects.get()


def _minuted(house, browser, meeting, *, voted=("principal", "Y0003", "Y0004")):
    return browser.post(
        f"/meetings/{meeting.pk}/minutes/",
        {"voted": [_line(house, one) for one in voted], "attended": [_line(house, "registrar")],
         "minutes": "经研究，同意办结。"},
    )  # fmt: skip


def test_only_acts_that_a_meeting_may_decide_from_here_are_offered(house):
    page = text_of(house.browser("principal").get("/meetings/new/"))

    assert f"{house.parcel.number} 一件包裹 · 决定办结" in page
    assert f"{house.parcel.number} 一件包裹 · 列入清单" not in page


def test_a_meeting_decides_item_by_item_after_its_minutes(house):
    first, second = house.a_parcel("第一件"), house.a_parcel("第二件")
    browser, meeting = _called(house, first, second)

    early = browser.get(f"/meetings/{meeting.pk}/items/1/")
    _minuted(house, browser, meeting)
    form = browser.get(f"/meetings/{meeting.pk}/items/1/")
    empty = browser.post(f"/meetings/{meeting.pk}/items/1/", {"result": ""})
    done = browser.post(f"/meetings/{meeting.pk}/items/1/", {"result": "同意办结"}, follow=True)

    assert early.status_code == 302
    assert "结果" in text_of(form)
    assert empty.status_code == 422
    assert f"{first.number}：已录入会议决定。" in text_of(done)
    assert Matter.objects.get(pk=first.pk).stage == "closed"
    assert Matter.objects.get(pk=second.pk).stage == "in_hand"
    assert first.story.last().meeting == meeting
    assert "第12次常委会会议" in text_of(browser.get(at(first)))


def test_minutes_need_three_who_voted_and_nobody_twice(house):
    browser, meeting = _called(house, house.a_parcel())

    few = _minuted(house, browser, meeting, voted=("principal", "Y0003"))
    twice = _minuted(house, browser, meeting, voted=("principal", "Y0003", "registrar"))

    assert (few.status_code, twice.status_code) == (422, 422)
    meeting.refresh_from_db()
    assert not meeting.minutes


def test_the_signed_scan_stays_with_the_minutes(house):
    browser, meeting = _called(house, house.a_parcel())
    sent = {"voted": [_line(house, one) for one in ("principal", "Y0003", "Y0004")], "minutes": "同意。"}

    browser.post(f"/meetings/{meeting.pk}/minutes/", {**sent, "file": paper("纪要.pdf")})

    meeting.refresh_from_db()
    assert meeting.minutes_file.name == "纪要.pdf"
    assert browser.get(f"/meetings/{meeting.pk}/minutes/scan/").status_code == 200


def test_one_more_box_is_offered_without_judging_the_form(house):
    browser, meeting = _called(house, house.a_parcel())

    page = browser.post(
        f"/meetings/{meeting.pk}/minutes/",
        {"voted": [_line(house, "Y0003")], "absent": [""], "add": "absent"},
    )

    assert page.status_code == 200
    assert page.content.decode().count('name="absent"') == 2
    assert "field-error" not in page.content.decode()


def test_a_decision_is_refused_where_somebody_recused_has_voted(house):
    """监察法 Art. 67."""
    matter = house.a_parcel()
    browser, meeting = _called(house, matter)
    guarding.recuse(matter, house.person("Y0004"), "亲属", by=house.viewer("principal"))
    _minuted(house, browser, meeting)

    answer = browser.post(f"/meetings/{meeting.pk}/items/1/", {"result": "同意办结"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Matter.objects.get(pk=matter.pk).stage == "in_hand"


def test_whoever_was_not_there_finds_no_meeting_and_hidden_items_stay_hidden(house):
    matter = house.a_parcel("不该出现的标题")
    browser, meeting = _called(house, matter)
    _minuted(house, browser, meeting, voted=("principal", "Y0003", "Y0004"))
    guarding.recuse(matter, house.person("Y0004"), "亲属", by=house.viewer("principal"))

    page = house.browser("Y0004").get(f"/meetings/{meeting.pk}/")

    assert house.browser("handler").get(f"/meetings/{meeting.pk}/").status_code == 404
    assert "不该出现的标题" not in page.content.decode()
    assert "经研究，同意办结" not in page.content.decode()
    assert "另有 1 项不向您显示" in text_of(page)


def test_an_act_that_no_meeting_may_decide_is_no_choice(house):
    browser = house.browser("principal")

    answer = browser.post(
        "/meetings/new/",
        {
            "name": "会",
            "held_on": "2026-01-05",
            "chair": _line(house, "principal"),
            "items": [f"{house.parcel.pk}:list"],
        },
    )

    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_handlers_call_no_meeting(house):
    assert house.browser("handler").get("/meetings/").status_code == 200
    assert house.browser("handler").get("/meetings/new/").status_code == 404
