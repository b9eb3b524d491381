"""A place is made, reviewed, shown, walked to in a group, remarked on and withdrawn; a phone reads along."""

import re

import pytest
from in_chromium import a_context, a_page, needs_chromium, sideways

from qingfeng.culture import life
from qingfeng.culture.models import BaseMap, Entry, Signature

pytestmark = [*needs_chromium, pytest.mark.slow]
PLACE = {
    "slug": "stone-bridge", "name_zh": "石桥", "name_en": "Stone Bridge", "theme": "thrift",
    "abstract_zh": "账刻在桥栏上。", "abstract_en": "The accounts are on its railing.",
    "text_zh": "一段故事。", "text_en": "A story.", "lon": "124.0", "lat": "30.5",
    "sources": "旧志（虚构） | 第1页",
}  # fmt: skip
ROUTE = {
    "slug": "bridge-line", "name_zh": "石桥线", "name_en": "Bridge Line", "theme": "thrift",
    "abstract_zh": "两站。", "abstract_en": "Two stops.", "text_zh": "走两站。", "text_en": "Two stops.",
    "stops": "stone-bridge | 20 | 看桥栏 | See the railing\nold-ferry | 15 | 看渡口 | See the ferry",
    "sources": "踏勘记录（虚构） | 第2页",
}  # fmt: skip
QUIZ = {
    "ask_zh_0": "账刻在哪里？", "ask_en_0": "Where are the accounts?", "a0_zh_0": "桥栏",
    "a0_en_0": "On the railing", "a1_zh_0": "桥墩", "a1_en_0": "On a pier", "why_zh_0": "人人看得见。",
    "why_en_0": "Everybody sees it.",
}  # fmt: skip


@pytest.fixture
def phone(browser, road):
    """A visitor at a phone, 360 pixels wide."""
    context = a_context(browser, road.server, viewport={"width": 360, "height": 760}, locale="zh-CN")
    yield a_page(context)
    context.close()


@pytest.fixture
def editor(road):
    """The editor at a desk, and a second place that is public already."""
    account = road.office.accounts["editor"]
    BaseMap.objects.create(approval="云水2026-1", credit_zh="自绘", by=account.person, reason="初次")
    ferry = {**PLACE, "slug": "old-ferry", "name_zh": "老渡口", "name_en": "Old Ferry", "lon": "124.02"}
    entry = a_place(ferry, account.person)
    publish(road, entry, by=account.person)
    return road.at(account.person.number)


def a_place(said, by):
    """A place that is written as its form says."""
    from qingfeng.culture.models import Place

    texts = {key: said[key] for key in said if key not in {"lon", "lat", "sources"}}
    entry = Entry.objects.create(kind="place", made_by=by, **texts)
    Place.objects.create(entry=entry, category="person", lon=float(said["lon"]), lat=float(said["lat"]))
    entry.sources.create(title="旧志（虚构）", where="第1页")
    return entry


def sign(road, entry, *, by):
    """Let six people sign what was handed in."""
    version = life.under_review(Entry.objects.get(pk=entry.pk))
    others = [one for one in road.office.people.values() if one.pk != by.pk][:6]
    for step, person in zip(Signature.Step.values, others, strict=True):
        assert life.sign(version, step, by=person, passed=True)
    return version


def publish(road, entry, *, by):
    """Hand in, let six sign, publish."""
    assert life.hand_in(entry, by=by)
    assert life.publish(sign(road, entry, by=by), by=by)


def write(desk, address, said):
    """Fill in a form of the desk by the names of its controls and keep it."""
    desk.go(address)
    for name, value in said.items():
        control = desk.page.locator(f"main [name='{name}']").first
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def sent(page, words):
    """Press what is called so, and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).last.click()


def made(road, desk, kind, said):
    """A page of the desk, from the form to the public, through six signatures."""
    write(desk, f"/culture-desk/new/{kind}/", said)
    sent(desk.page, "保存草稿")
    if kind == "route":
        write(desk, f"/culture-desk/{said['slug']}/quiz/", QUIZ)
        desk.page.locator("[name=right_0]").first.check()
        sent(desk.page, "保存问答")
    sent(desk.page, "送审")
    sign(road, Entry.objects.get(slug=said["slug"]), by=desk.person)
    desk.go(f"/culture-desk/{said['slug']}/")
    sent(desk.page, "发布")
    return Entry.objects.get(slug=said["slug"])


def test_from_the_first_draft_to_the_trace(road, editor, phone):
    from datetime import timedelta

    from django.utils import timezone

    from qingfeng.culture.booking import add_slots

    site = f"{road.server.url}/culture/"
    place = made(road, editor, "place", PLACE)
    route = made(road, editor, "route", ROUTE)
    add_slots(route, starts=[timezone.now() + timedelta(days=3)], minutes=120, capacity=20)

    phone.goto(site)
    assert phone.locator(".card", has_text="石桥").count() == 1
    assert sideways(phone) == 0
    phone.goto(f"{site}routes/bridge-line/book/")
    phone.get_by_label("团体名称").fill("某支部")
    phone.get_by_label("人数").fill("12")
    sent(phone, "提交预约")
    booking = phone.url
    editor.go("/culture-desk/bookings/")
    sent(editor.page, "确认")
    phone.goto(booking)
    assert "已确认" in phone.inner_text("main")

    phone.goto(f"{site}routes/bridge-line/quiz/")
    phone.get_by_label("桥栏").check()
    sent(phone, "看答案")
    assert "答对1题" in phone.inner_text("main")
    phone.goto(f"{site}remarks/bridge-line/")
    phone.locator("input[type=radio]").first.check()
    sent(phone, "提交")
    assert "谢谢" in phone.inner_text("main")

    assert "已发布线路经过此处" in refused(editor, place)
    for entry in (route, place):
        withdrawn(editor, entry)
    answer = phone.goto(f"{site}places/stone-bridge/")
    assert answer.status == 410
    assert "史料有误" in phone.inner_text("main")
    phone.goto(f"{site}withdrawn/")
    assert re.search("石桥[^线].*史料有误", phone.inner_text("main"), re.DOTALL)
    assert phone.troubles == [one for one in phone.troubles if "410" in one]


def refused(desk, entry):
    """What the desk says to a withdrawal that a public route stands against."""
    withdrawn(desk, entry)
    return desk.page.inner_text("body")


def withdrawn(desk, entry):
    """Withdraw a page with a reason."""
    desk.go(f"/culture-desk/{entry.slug}/")
    desk.page.locator("summary", has_text="撤下").click()
    desk.page.locator("#why_zh").fill("史料有误，重新核实")
    sent(desk.page, "确认撤下")
