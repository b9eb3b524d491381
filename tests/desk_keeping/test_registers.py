"""The register of interference, emergency access, handover."""

from datetime import timedelta

import pytest
import time_machine
from a_keeper import REASON, at, restricted, text_of, through
from django.utils import timezone

from qingfeng.desk.directory import PERSON, Directory
from qingfeng.journal.models import JournalEntry
from qingfeng.matters import guarding
from qingfeng.matters.models import BreakGlass, Interference

pytestmark = pytest.mark.django_db
SAID = {"about": "公务用车一事", "who": "某局副局长", "what": "电话里问办到哪一步了", "number": ""}
URGENT = "举报材料今天必须转办，承办人联系不上"


def _today():
    return timezone.localdate().isoformat()


def _registered(house, who="handler", **others):
    return through(house.browser(who), "/interference/new/", **{**SAID, "happened_on": _today(), **others})


def test_interference_is_registered_and_the_law_stands_beside_it(house):
    """监察法 Art. 66."""
    page = house.browser("handler").get("/interference/new/")

    done = _registered(house, number=house.parcel.number)

    assert done.status_code == 302
    assert "监察法" in text_of(page)
    row = Interference.objects.get()
    assert (row.who, row.matter_id) == ("某局副局长", house.parcel.pk)


def test_before_it_is_registered_it_can_still_be_changed(house):
    browser, given = house.browser("handler"), {**SAID, "happened_on": _today()}

    look = browser.post("/interference/new/", given)
    back = browser.post("/interference/new/", {**given, "confirmed": "change"})

    assert SAID["what"] in text_of(look)
    assert SAID["what"] in back.content.decode()
    assert 'id="id_what"' in back.content.decode()
    assert not Interference.objects.exists()


def test_what_was_registered_has_no_page_that_changes_it(house):
    _registered(house)
    row = Interference.objects.get()
    browser = house.browser("handler")

    assert browser.get(f"/interference/{row.pk}/").status_code == 200
    assert browser.post(f"/interference/{row.pk}/", {"who": "别人"}).status_code == 405
    assert Interference.objects.get().who == "某局副局长"


@pytest.mark.parametrize(
    ("who", "sees"),
    [("handler", True), ("handler2", False), ("auditor", True), ("Y1101", True), ("principal", False)],
)
def test_entries_are_seen_by_who_wrote_them_and_by_who_watches_over_the_staff(house, who, sees):
    _registered(house)
    row = Interference.objects.get()

    listed = text_of(house.browser(who).get("/interference/"))
    status = house.browser(who).get(f"/interference/{row.pk}/").status_code

    assert ("公务用车一事" in listed) is sees
    assert (status == 200) is sees


def test_the_auditor_registers_nothing(house):
    assert house.browser("auditor").get("/interference/new/").status_code == 404


def test_emergency_access_opens_a_matter_for_hours_and_says_how_long(house):
    matter = restricted(house.a_parcel())
    browser = house.browser("Y0702")

    before = browser.get(at(matter)).status_code
    done = through(browser, "/emergency/", number=matter.number, reason=URGENT)
    after = browser.get(at(matter)).status_code
    listed = text_of(browser.get("/emergency/"))
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        later = browser.get(at(matter)).status_code

    assert (before, after, later) == (404, 200, 404)
    assert done["Location"] == at(matter)
    assert "剩 3 小时" in listed
    assert JournalEntry.objects.filter(kind="matter.glass_broken").count() == 1


def test_emergency_access_without_a_sentence_opens_nothing(house):
    answer = through(house.browser("Y0702"), "/emergency/", number=house.parcel.number, reason="急")

    assert answer.status_code == 422
    assert not BreakGlass.objects.exists()


def test_emergency_access_never_helps_against_a_recusal(house):
    matter = house.a_parcel()
    guarding.recuse(matter, house.person("handler"), "亲属", by=house.viewer("dept_head"))

    answer = through(house.browser("handler"), "/emergency/", number=matter.number, reason=URGENT)

    assert answer.status_code == 422
    assert not BreakGlass.objects.exists()


def test_somebody_else_reviews_emergency_access_and_sees_no_title(house):
    matter = restricted(house.a_parcel("不该出现的标题"))
    through(house.browser("Y0702"), "/emergency/", number=matter.number, reason=URGENT)
    glass, browser = BreakGlass.objects.get(), house.browser("auditor")

    listed = browser.get("/emergency/reviews/")
    page = browser.get(f"/emergency/reviews/{glass.pk}/")
    done = browser.post(
        f"/emergency/reviews/{glass.pk}/", {"was_right": "yes", "review": "情况属实，确需查阅"}
    )

    assert matter.number in text_of(listed)
    assert "不该出现的标题" not in listed.content.decode() + page.content.decode()
    assert done.status_code == 302
    glass.refresh_from_db()
    assert (glass.was_right, glass.reviewer_id) == (True, house.person("auditor").pk)
    assert browser.get(f"/emergency/reviews/{glass.pk}/").status_code == 404


def test_nobody_reviews_their_own_emergency_access(house):
    matter = restricted(house.a_parcel())
    through(house.browser("principal"), "/emergency/", number=matter.number, reason=URGENT)
    glass = BreakGlass.objects.get()

    assert house.browser("principal").get(f"/emergency/reviews/{glass.pk}/").status_code == 404


def _line(house, by, who):
    return Directory(house.viewer(by)).line(PERSON, house.person(who).pk)


def test_own_work_is_handed_over_with_a_preview_and_a_result(house):
    matter, browser = house.a_parcel(), house.browser("handler")
    to = _line(house, "handler", "Y0702")

    look = browser.post("/handover/", {"to": to, "reason": "调离本室"})
    done = through(browser, "/handover/", to=to, reason="调离本室")

    assert f"{matter.number} 一件包裹" in text_of(look)
    assert matter.number in text_of(done)
    assert matter.parties.filter(role="handler", person=house.person("Y0702"), until_at=None).exists()
    assert not matter.parties.filter(role="handler", person=house.person("handler"), until_at=None).exists()


def test_the_security_administrator_hands_over_by_number_alone(house):
    matter, browser = house.a_parcel("不该出现的标题"), house.browser("security_admin")
    given = {
        "giver": _line(house, "security_admin", "handler"),
        "to": _line(house, "security_admin", "Y0702"),
    }

    look = browser.post("/handover/", {**given, "reason": "离任"})

    assert matter.number in text_of(look)
    assert "不该出现的标题" not in look.content.decode()


def test_a_head_hands_over_for_the_own_room_and_not_for_others(house):
    browser = house.browser("dept_head")
    given = {
        "giver": _line(house, "dept_head", "Y0702"),
        "to": _line(house, "dept_head", "Y0703"),
        "reason": "离任",
    }

    assert browser.post("/handover/", given).status_code == 422
    assert (
        browser.post("/handover/", {**given, "giver": _line(house, "dept_head", "handler")}).status_code
        == 200
    )


def test_a_handover_to_oneself_or_without_a_reason_is_refused(house):
    browser = house.browser("handler")

    assert (
        browser.post("/handover/", {"to": _line(house, "handler", "Y0702"), "reason": ""}).status_code == 422
    )
    own = through(browser, "/handover/", to=_line(house, "handler", "handler"), reason=REASON)
    assert own.status_code == 422
