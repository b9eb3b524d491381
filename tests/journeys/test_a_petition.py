"""A petition from the counter on a phone to the desk and back: followed, objected to, reviewed, rated."""

import shutil
from pathlib import Path

import pytest
from in_chromium import a_context, a_page, needs_chromium, serious_findings, sideways

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1366, "height": 768}
TEXT, WRONG = "泵房夜间噪声很大，请到场测量并答复。", "测量是白天做的，不是夜里。"
DECIDED = {
    "line": "demand",
    "line_why": "要求主管单位履职。",
    "area": "grassroots",
    "topic": "housing",
    "level": "district",
}


class Writer:
    """Somebody at the counter, with a browser that works for its tickets."""

    def __init__(self, road, size):
        context = a_context(road.browser, road.server, viewport=size, locale="zh-CN")
        context.set_default_timeout(30_000)
        self.page, self.base, self.found = a_page(context), f"{road.server.url}/counter/zh/", []

    def press(self, value):
        """Press a button; where it hands something in, once the browser has worked for it."""
        if self.page.locator("input[data-work]").count():
            self.page.locator("input[data-work]:not([value=''])").wait_for(state="attached")
        with self.page.expect_navigation():
            self.page.locator(f"button[name=go][value='{value}']").click()
        self.found += [(value, one) for one in serious_findings(self.page)]
        self.found += [(value, "scrolls sideways")] if sideways(self.page) else []

    def writes(self):
        """Hand a petition in with a name; return the code."""
        self.page.goto(f"{self.base}write/")
        self.page.check("input[name=line][value=petition]")
        self.press("next")
        self.page.fill("#about", "泵房噪声")
        self.press("next")
        self.page.fill("#text", TEXT)
        self.press("next")
        self.press("next")
        self.page.check("input[name=named][value=yes]")
        self.page.fill("input[name=name]", "梅见山")
        self.press("next")
        self.page.click("details:has(input[name=excludes]) > summary")
        self.page.check("input[name=excludes][value$='第一纪检监察室']")
        self.press("next")
        self.press("next")
        return self.page.inner_text(".code code")

    def opens(self, code):
        """Type the code; return what is shown."""
        self.page.goto(f"{self.base}follow/")
        self.page.fill("#code", code)
        self.press("open")
        return self.page.inner_text("main")

    def says(self, what, text="", rating=0):
        """Say something to what is open."""
        self.press(f"say:{what}")
        if rating:
            self.page.check(f"input[name=rating][value='{rating}']")
        self.page.fill("#text", text)
        self.press(f"send:{what}")


@pytest.fixture
def home(settings, tmp_path):
    """A home of its own, whose office opens what the sample office keeps sealed."""
    from qingfeng.organization.sealing import seal

    seal("")
    (tmp_path / "keys").mkdir()
    shutil.copyfile(Path(settings.HOME) / "keys" / "organization.key", tmp_path / "keys" / "organization.key")
    settings.HOME = tmp_path
    return tmp_path


def _story(road, matter, *, after, until):
    """Let the office do the steps of the long story after one act, up to another."""
    from qingfeng.mechanisms import sampling

    steps = sampling.cases("petition")["rechecked"]["steps"]
    acts = [step["act"] for step in steps]
    first = acts.index(after) + 1 if after else 0
    done = sampling.go_on(matter, steps[first : acts.index(until) + 1], road.scene())
    road.day = steps[acts.index(until)]["day"] + 1
    return done


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_petition_is_written_followed_objected_to_reviewed_twice_and_rated(home, road, size):
    from qingfeng.desk.kinds import address
    from qingfeng.matters.door import perform
    from qingfeng.matters.models import Matter
    from qingfeng.organization.viewer import viewer_for
    from qingfeng.project.both_ends import go_round

    writer, seen = Writer(road, size), {}

    def said(what, text="", rating=0):
        with road.on(road.day):
            seen[what] = writer.opens(code)
            writer.says(what, text, rating)
            go_round(at_once=True)

    with road.on(0):
        go_round(at_once=True)
        code = writer.writes()
        go_round(at_once=True)
        matter = Matter.objects.get(mechanism="petition")
        perform("classify", matter, by=viewer_for(road.person("petition_registrar")), facts=DECIDED)
    _story(road, matter, after="", until="serve")
    with road.on(road.day):
        go_round(at_once=True)
    said("object", WRONG)
    said("review", "请夜间再测一次。")
    with road.on(road.day):
        desk = road.at("petition_registrar")
        desk.page.set_viewport_size(size)
        desk.go(address(matter))
        page = desk.page.inner_text("body")
        wide = sideways(desk.page)
    _story(road, matter, after="serve", until="review")
    with road.on(road.day):
        go_round(at_once=True)
    said("reexamine", "复查仍未夜间测量。")
    _story(road, matter, after="review", until="recheck")
    with road.on(road.day):
        go_round(at_once=True)
    said("rate", "总算测了。", rating=4)

    matter.refresh_from_db()
    assert matter.facts["demand"] == TEXT
    assert WRONG in page
    assert "申请复查" in page
    assert wide == 0
    assert all(words in seen[what] for what, words in (("object", "处理意见"), ("reexamine", "复查")))
    assert (matter.facts["rating"], matter.facts["satisfied"]) == (4, "rather")
    assert [one.facts["said_as"] for one in matter.lines.filter(ledger="dialogue").order_by("no")] == [
        "object", "review", "reexamine", "rate",
    ]  # fmt: skip
    assert writer.found == []
    assert matter.recusals.filter(until_at=None).exists()
