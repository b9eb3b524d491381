"""What every matter can do besides its acts, each through its page."""

import pytest
from a_keeper import REASON, at, parcel, text_of, through

from qingfeng.matters import access
from qingfeng.matters.models import Matter, MatterLink
from qingfeng.matters.registry import forget, register

pytestmark = pytest.mark.django_db


def test_a_correction_shows_old_and_new_and_stands_beside_what_it_corrects(house):
    matter, browser = house.a_parcel(came_on="2026-03-02"), house.browser("dept_head")
    address = at(matter, "correct", 1, "what")

    page = browser.get(address)
    look = browser.post(address, {"what": "两箱旧账册", "reason": REASON})
    done = through(browser, address, what="两箱旧账册", reason=REASON)

    assert "一箱旧账册" in text_of(page)
    assert "何物：一箱旧账册 → 两箱旧账册" in text_of(look)
    assert done.status_code == 302
    matter.refresh_from_db()
    assert matter.facts["what"] == "两箱旧账册"
    shown = text_of(browser.get(at(matter)))
    assert "一箱旧账册 → 两箱旧账册" in shown
    assert REASON in shown
    assert matter.story.first().entered["what"] == "一箱旧账册"


def test_a_correction_without_a_reason_changes_nothing(house):
    matter, browser = house.a_parcel(), house.browser("dept_head")

    answer = browser.post(at(matter, "correct", 1, "what"), {"what": "两箱旧账册", "reason": " "})

    assert answer.status_code == 422
    matter.refresh_from_db()
    assert matter.facts["what"] == "一箱旧账册"


def test_every_field_of_every_act_can_be_chosen_and_sealed_ones_cannot(house):
    page = house.browser("dept_head").get(at(house.parcel, "correct"))

    assert at(house.parcel, "correct", 1, "came_on") in page.content.decode()
    assert house.browser("dept_head").get(at(house.parcel, "correct", 2, "wish")).status_code == 404


@pytest.mark.parametrize(("way", "standing"), [("void", "void"), ("withdraw", "withdrawn")])
def test_a_matter_ends_with_a_reason_and_can_be_opened_again(house, way, standing):
    matter, browser = house.a_parcel(), house.browser("dept_head")

    nothing = browser.post(at(matter, "end", way), {"reason": ""})
    browser.post(at(matter, "end", way), {"reason": REASON})
    ended = Matter.objects.get(pk=matter.pk)
    browser.post(at(matter, "end", "reopen"), {"reason": REASON})

    assert nothing.status_code == 422
    assert (ended.standing, ended.is_open) == (standing, False)
    matter.refresh_from_db()
    assert (matter.standing, matter.is_open, matter.stage) == ("valid", True, "in_hand")


def test_a_lawful_no_is_said_on_the_page(house):
    answer = house.browser("dept_head").post(at(house.parcel, "end", "reopen"), {"reason": REASON})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_matter_is_merged_into_another_found_by_its_number(house):
    browser, into = house.browser("dept_head"), house.a_parcel("另一件")
    matter = house.listed("第一条")

    unknown = browser.post(at(matter, "merge"), {"into": "包〔1999〕1号", "reason": REASON})
    done = through(browser, at(matter, "merge"), into=into.number, reason=REASON)

    assert unknown.status_code == 422
    assert done.status_code == 302
    matter.refresh_from_db()
    assert (matter.standing, matter.merged_into_id) == ("merged", into.pk)
    assert into.lines.get().facts["text"] == "第一条"


def test_a_part_is_split_off_with_the_lines_that_were_chosen(house):
    browser, matter = house.browser("dept_head"), house.listed("留下的", "带走的")

    done = through(browser, at(matter, "split"), title="分出的一件", reason=REASON, **{"lines-items": ["2"]})

    new = Matter.objects.get(title="分出的一件")
    assert done.status_code == 302
    assert done["Location"] == at(new)
    assert [line.facts["text"] for line in new.lines.all()] == ["带走的"]
    assert matter.lines.filter(is_done=True).get().no == 2


def test_two_matters_are_linked_and_the_link_is_taken_away(house):
    browser, matter, other = house.browser("dept_head"), house.a_parcel(), house.a_parcel("另一件")

    through(browser, at(matter, "link"), other=other.number, kind="related", reason=REASON)
    line = MatterLink.objects.get(source=matter, target=other)
    shown = browser.get(at(matter, "link"))
    browser.post(at(matter, "link", line.pk), {"reason": REASON})

    assert other.number in text_of(shown)
    line.refresh_from_db()
    assert line.until_at is not None


def test_moving_shows_what_changes_with_both_digests_first(house):
    browser, matter = house.browser("dept_head"), house.a_parcel()
    newer = register(parcel(2, moves={1: {}}))

    try:
        page = browser.get(at(matter, "move"))
        done = browser.post(at(matter, "move"), {"reason": REASON})
        again = browser.get(at(matter, "move"))
    finally:
        forget(newer)

    assert newer.digest in page.content.decode()
    assert "1 → 2" in text_of(page)
    assert done.status_code == 302
    assert Matter.objects.get(pk=matter.pk).version == 2
    assert 'role="alert"' in again.content.decode()


def test_whoever_asks_for_recusal_finds_nothing_afterwards(house):
    matter, browser = house.a_parcel(), house.browser("handler")

    done = through(browser, at(matter, "recuse"), ground="当事人是我的表弟")

    assert done["Location"] == "/"
    assert browser.get(at(matter)).status_code == 404
    assert not access.may_see(house.viewer("handler"), matter)


def test_who_keeps_a_matter_recuses_somebody_by_decision_and_others_cannot(house):
    matter, other = house.a_parcel(), house.person("handler2")

    through(house.browser("dept_head"), at(matter, "recuse"), person=_line(house, other), ground="亲属")
    page = house.browser("handler").get(at(matter, "recuse"))

    assert not access.may_see(house.viewer("handler2"), matter)
    assert 'name="person"' not in page.content.decode()


def _line(house, person):
    from qingfeng.desk.directory import PERSON, Directory

    return Directory(house.viewer("dept_head")).line(PERSON, person.pk)


KEEPERS_PAGES = ["correct", "merge", "split", "link", "move", "end/void", "end/withdraw", "end/reopen"]


@pytest.mark.parametrize("page", KEEPERS_PAGES)
def test_pages_of_keeping_exist_for_who_keeps_the_matter_and_for_nobody_else(house, page):
    address = at(house.parcel, *page.split("/"))
    people = (
        "dept_head",
        "principal",
        "handler",
        "reviewer",
        "recused",
        "auditor",
        "system_admin",
        "unit_contact",
    )

    found = {who: house.browser(who).get(address).status_code for who in people}

    assert {who for who, status in found.items() if status == 200} == {"dept_head", "principal"}
    assert set(found.values()) == {200, 404}


def test_nobody_may_keep_what_does_not_exist_for_them(house):
    address = at(house.parcel, "end", "no-such-way")

    assert house.browser("dept_head").get(address).status_code == 404
    assert house.browser("dept_head").get("/parcels/2026-999/correct/").status_code == 404


def test_the_page_of_a_matter_offers_what_somebody_may_do(house):
    keeper = text_of(house.browser("dept_head").get(at(house.parcel)))
    handler = text_of(house.browser("handler").get(at(house.parcel)))

    assert "管理本事项" in keeper
    assert "管理本事项" not in handler
    assert "登记过问" in handler
