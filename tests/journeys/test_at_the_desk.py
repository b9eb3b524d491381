"""What happens at desks: standing in, paper, a double click, two tabs, only a keyboard, a recusal."""

from datetime import timedelta

import a_road
import pytest
from a_paper_of_mine import PAPER
from django.utils import timezone
from in_chromium import needs_chromium

from qingfeng.mechanisms import sampling

pytestmark = [
    needs_chromium[0],
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
]
STEPS = sampling.cases("directive")["closing"]["steps"]


def before(road, act):
    """A directive just before an act of its story, and the step."""
    place = next(no for no, step in enumerate(STEPS) if step["act"] == act)
    return sampling.play("directive", "closing", road.scene(), steps=place), STEPS[place]


def act_of(step):
    from qingfeng.matters.registry import mechanism

    return mechanism("directive").act(step["act"])


def at_form(road, matter, step, person=""):
    """Somebody with the form of a step filled in."""
    desk = road.at(person or step["by"])
    desk.start(matter, act_of(step))
    fill_line(desk, step["lines"]["progress"][0])
    return desk


def fill_line(desk, line):
    """Fill in a line of progress."""
    for field in _columns("progress"):
        if field.key in line:
            desk.fill(field, line[field.key], f"line-progress-1-{field.key}")


def _columns(ledger):
    from qingfeng.matters.registry import mechanism

    return mechanism("directive").ledger(ledger).fields


def test_a_double_click_acts_once(road):
    matter, step = before(road, "note_progress")

    with road.on(step["day"]):
        desk = at_form(road, matter, step)
        desk.page.locator(".form-acts button[type=submit]").dblclick()
        desk.page.wait_for_url("**/directives/*/")

    assert matter.story.filter(act="note_progress").count() == 1


def test_of_two_tabs_the_second_is_told_what_changed_and_loses_nothing(road):
    matter, step = before(road, "note_progress")

    with road.on(step["day"]):
        first = at_form(road, matter, step)
        other = a_road.Desk(road, first.page.context.new_page(), first.person)
        other.page.troubles = []
        other.start(matter, act_of(step))
        fill_line(other, {**step["lines"]["progress"][0], "what": "第二个窗口填写的内容"})
        first.send(act_of(step))
        other.press(str(act_of(step).name), ".form-acts")

    assert matter.story.filter(act="note_progress").count() == 1
    assert other.page.locator("#id_line-progress-1-what").input_value() == "第二个窗口填写的内容"
    assert other.reads("您打开页面后已有他人办理")


def test_with_a_keyboard_alone_an_act_is_chosen_filled_in_and_sent(road):
    from qingfeng.desk.kinds import address

    matter, step = before(road, "review")

    with road.on(step["day"]):
        desk = road.at(step["by"])
        desk.go(address(matter))
        page, keys = desk.page, desk.page.keyboard
        _tab_to(page, "(document.activeElement.href || '').endsWith('/acts/review/')")
        keys.press("Enter")
        page.wait_for_url("**/acts/review/")
        _tab_to(page, "document.activeElement.id === 'id_review_opinion'")
        keys.type(step["facts"]["review_opinion"])
        _tab_to(page, "document.activeElement.matches('.form-acts button')")
        keys.press("Enter")
        page.wait_for_url("**/directives/*/")

    matter.refresh_from_db()
    assert matter.stage == "reviewed"


def _tab_to(page, there, most=120):
    """Press the tabulator until what holds the focus is what is looked for."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(there):
            return
    raise AssertionError(page.url)


def test_who_stands_in_acts_and_both_names_are_on_the_page(road):
    from qingfeng.desk.kinds import address
    from qingfeng.organization.models import StandIn

    matter, step = before(road, "note_progress")
    with road.on(step["day"]):
        today = timezone.localdate()
        StandIn.objects.create(
            principal=road.person("case_one"),
            stand_in=road.person("Y0903"),
            kinds=["directive"],
            from_on=today,
            until_on=today + timedelta(days=2),
            reason="出差",
            approved_by=road.person("deputy"),
        )
        desk = at_form(road, matter, step, "Y0903")
        desk.send(act_of(step))
        desk.go(address(matter))

    assert desk.reads(road.person("Y0903").name)
    assert desk.reads(road.person("case_one").name)
    assert matter.story.last().for_person_id == road.person("case_one").pk


def test_an_act_that_was_signed_on_paper_is_entered_with_its_scan(road):
    from qingfeng.desk.kinds import address

    matter, step = before(road, "assign")
    with road.on(step["day"]):
        desk = road.at("registrar")
        desk.go(address(matter))
        desk.page.get_by_text("录入纸质签批").or_(desk.page.get_by_text("纸质")).first.click()
        desk.press(str(act_of(step).name), "section[aria-labelledby=can] details")
        desk.page.locator("#id_paper-person").fill(road.person("deputy").number)
        desk.page.locator("#id_paper-on").fill(desk.typed(f"day:{step['day']}"))
        paper = {"name": "批示单.pdf", "mimeType": "application/pdf", "buffer": PAPER}
        desk.page.locator("#id_paper").set_input_files([paper])
        from qingfeng.matters.registry import mechanism

        desk.hand_in(mechanism("directive"), act_of(step), step)

    signed = matter.story.last()
    assert (signed.act, signed.on_paper, signed.for_person_id) == ("assign", True, road.person("deputy").pk)
    assert matter.files.filter(field="paper").count() == 1


def test_a_recused_colleague_finds_nothing(road):
    """监察法 Art. 67."""
    from qingfeng.desk.kinds import address
    from qingfeng.matters import guarding
    from qingfeng.organization.viewer import viewer_for

    matter, step = before(road, "note_progress")
    with road.on(step["day"]):
        bound = road.person("style_one")
        guarding.recuse(matter, bound, "本人申请", by=viewer_for(bound))
        desk = road.at("style_one")
        answer = desk.go(address(matter))
        desk.go("/directives/?state=all")
        listed = desk.reads(matter.number)
        desk.page.locator("input[name=q]").first.fill(matter.title[:6])
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_url("**/search/**")

    assert answer.status == 404
    assert not listed
    assert not desk.reads(matter.number)
