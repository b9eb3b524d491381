"""My unit's work: who carries what, and what was sent to a unit outside."""

import pytest
from a_desk import at, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from many_matters import copied

from qingfeng.desk.duties import work_of
from qingfeng.desk.unit.carried import rooms_of
from qingfeng.desk.unit.sent import sent_to
from qingfeng.matters import access, guarding
from qingfeng.organization.declarations import let_stand_in

pytestmark = pytest.mark.django_db
CASE_HEAD = "Y0701"


def _people(desk, who):
    return {one.name: one for room in rooms_of(desk.viewer(who)) for one in room.people}


def test_a_head_sees_the_people_of_the_own_room_alone(desk):
    rooms = rooms_of(desk.viewer("style_head"))

    assert [str(room.unit) for room in rooms] == ["党风室"]
    assert desk.person("style_one").name in _people(desk, "style_head")
    assert desk.person("case_one").name not in _people(desk, "style_head")


def test_whoever_is_named_carries_what_they_owe(desk):
    carried = _people(desk, CASE_HEAD)[desk.person("case_one").name]
    work = work_of(desk.viewer("case_one"))
    owed = {(one.matter.pk, str(one.what)) for one in [*work.now, *work.week, *work.later]}

    assert (desk.directive.pk, "报结") in {(one.matter.pk, str(one.what)) for one in carried.duties}
    assert {(one.matter.pk, "报结") for one in carried.duties if str(one.what) == "报结"} <= owed
    assert sum(count for _state, count in carried.counts) == len(carried.duties)


def test_a_matter_that_the_head_may_not_see_is_nobodys_there(desk):
    head = desk.viewer(CASE_HEAD)
    before = _people(desk, CASE_HEAD)[desk.person("case_one").name]
    guarding.recuse(desk.directive, desk.person(CASE_HEAD), "曾任职单位", by=head)
    after = _people(desk, CASE_HEAD)[desk.person("case_one").name]

    assert any(one.matter == desk.directive for one in before.duties)
    assert not any(one.matter == desk.directive for one in after.duties)
    assert after.matters == before.matters - 1


def test_what_only_an_office_bears_stands_with_its_unit(desk):
    rooms = {str(room.unit): room for room in rooms_of(desk.viewer("principal"))}
    named = {
        (duty.matter.pk, str(duty.what))
        for room in rooms.values()
        for one in room.people
        for duty in one.duties
    }
    office = {(duty.matter.pk, str(duty.what)) for room in rooms.values() for duty in room.office.duties}

    assert office
    assert not office & named


def test_who_stands_in_is_said_beside_the_absent_person(desk):
    viewer = desk.viewer("style_head")
    let_stand_in(
        desk.person("style_one"), desk.person("style_two"), kinds=["directive"], from_on=viewer.on,
        until_on=viewer.on, reason="出差", approved_by=desk.person("deputy"), by=None,
    )  # fmt: skip

    assert [name for name, _until in _people(desk, "style_head")[desk.person("style_one").name].away] == [
        desk.person("style_two").name
    ]
    assert "代办至" in text_of(desk.browser("style_head").get("/my-unit/"))


def test_a_title_is_said_only_where_the_matter_is_read_whole(desk):
    desk.restricted(desk.directive)
    page = text_of(desk.browser("principal").get("/my-unit/"))

    assert access.view_of(desk.viewer("principal"), desk.directive) == "card"
    assert desk.directive.number in page
    assert desk.directive.title not in page


def test_the_page_asks_no_more_with_more_matters(desk):
    browser = desk.browser("principal")

    def asked():
        with CaptureQueriesContext(connection) as held:
            assert browser.get("/my-unit/").status_code == 200
        return len(held)

    copied(desk.directive, 1, "one")  # a page with a card asks once for all of them how much is shown
    asked()
    few = asked()
    copied(desk.directive, 20, "more")
    asked()  # the tray is counted anew after others' steps

    assert asked() <= few


@pytest.mark.parametrize("who", ["education_contact", "partner", "superior"])
def test_a_contact_sees_what_was_sent_to_the_unit_and_nothing_else(desk, who):
    viewer = desk.viewer(who)
    there = set(access.visible(viewer).filter(is_open=True).values_list("pk", flat=True))

    assert {one.matter.pk for one in sent_to(viewer)} == there
    page = desk.browser(who).get("/my-unit/").content.decode()
    for matter in (desk.directive, desk.assigning, desk.reported, desk.referral, desk.revisit):
        assert (at(matter) in page) is (matter.pk in there)
        if access.view_of(viewer, matter) != "whole":
            assert matter.title not in page


@pytest.mark.parametrize("who", ["handler", "analyst", "editor", "special_supervisor"])
def test_for_others_there_is_no_such_page(desk, who):
    assert desk.browser(who).get("/my-unit/").status_code == 404
