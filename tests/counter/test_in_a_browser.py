"""The counter in Chromium: with and without scripts, on a phone and at a desk, for eyes and ears."""

import re

import a_counter
import pytest
from in_chromium import a_page, chromium, needs_chromium, serious_findings, sideways

from qingfeng.public.counter import carrying
from qingfeng.sealing.arrivals import seal_answer

pytestmark = [*needs_chromium, pytest.mark.slow]
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1366, "height": 768}
TEXT = "2026年10月3日，同一辆公车两次加油共 140 升。"
PAGES = ("", "write/", "follow/", "draft/", "anonymity/", "rules/", "paper/", "proof/", "poster/")


@pytest.fixture(scope="module")
def browser():
    """Chromium, once for the module."""
    with chromium() as started:
        yield started


@pytest.fixture
def home(settings, tmp_path, transactional_db):
    """A home with the keys of an office, and little waiting."""
    settings.HOME = tmp_path
    (tmp_path / "counter.toml").write_text("wait_seconds = 2\nread_seconds = 2\n", encoding="utf-8")
    a_counter.give_keys()
    return tmp_path


class Person:
    """Somebody at the counter."""

    def __init__(self, browser, server, size, *, scripts, lang="zh"):
        context = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=scripts)
        self.page, self.scripts, self.found = a_page(context), scripts, []
        self.base, self.looks = f"{server.url}/counter/{lang}/", scripts

    def go(self, place):
        """Open a page."""
        self.page.goto(self.base + place)
        self.look()

    def look(self):
        """Note what is wrong with the page for eyes, ears and narrow screens; axe needs scripts."""
        self.found += [(self.page.url, one) for one in (serious_findings(self.page) if self.looks else [])]
        if self.looks and sideways(self.page):
            self.found.append((self.page.url, "scrolls sideways"))

    def press(self, value):
        """Press a button."""
        with self.page.expect_navigation():
            self.page.locator(f"button[name=go][value='{value}']:not([aria-hidden])").click()
        self.look()

    def hands_in(self, value):
        """Press, and wait where the counter asks for it."""
        if self.scripts:
            self.page.locator("input[data-work]:not([value=''])").wait_for(state="attached")
        self.press(value)
        if not self.scripts:
            later = self.page.locator("button.later")
            later.wait_for(state="visible")
            with self.page.expect_navigation():
                later.click()

    def writes_a_report(self):
        """Answer every question; return the code."""
        self.go("write/")
        self.page.check("input[name=line][value=report]")
        self.press("next")
        self.page.check("input[name=whom][value=unsure]")
        self.press("next")
        self.page.fill("#about", "区城管局")
        self.press("next")
        self.press("next")  # nothing typed: it is said
        assert "请写明事情经过" in self.page.inner_text("main")
        self.page.fill("#text", TEXT)
        self.press("next")
        file = {"name": "收据.txt", "mimeType": "text/plain", "buffer": "加油 140 升".encode()}
        self.page.set_input_files("#file", [file])
        self.press("add")
        assert "收据.txt" in self.page.inner_text(".files")
        self.press("next")
        self.page.check("input[name=named][value=no]")
        self.press("next")
        self.page.locator("input[name=excludes]").first.check()
        self.press("next")
        assert TEXT in self.page.inner_text(".summary")
        self.hands_in("next")
        return self.page.inner_text(".code code")

    def opens(self, code):
        """Type a code."""
        self.go("follow/")
        self.page.fill("#code", code)
        self.hands_in("open")


@pytest.mark.parametrize(
    ("size", "scripts"),
    [
        pytest.param(PHONE, True, id="phone", marks=pytest.mark.on_postgres),
        pytest.param(PHONE, False, id="phone without scripts"),
        pytest.param(DESK, True, id="desk"),
        pytest.param(DESK, False, id="desk without scripts", marks=pytest.mark.on_postgres),
    ],
)
def test_somebody_reports_gets_an_answer_and_writes_again(browser, live_server, home, size, scripts):
    person = Person(browser, live_server, size, scripts=scripts)

    code = person.writes_a_report()
    arrival = a_counter.newest()
    answer = {"kind": "question", "text": "在哪个加油站？", "on": "2026-11-27"}
    carrying.take_answer(arrival.number, seal_answer(answer, bytes(arrival.key)))
    person.opens(code)
    said = person.page.inner_text("main")
    person.press("say:reply")
    person.page.fill("#text", "东门加油站。")
    person.hands_in("send:reply")

    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){4}", code)
    assert a_counter.content_of(arrival, a_counter.SHEN)["text"] == TEXT
    assert "在哪个加油站？" in said
    assert a_counter.content_of(a_counter.newest(), a_counter.SHEN)["text"] == "东门加油站。"
    assert person.page.context.cookies() == []
    assert person.found == []


def test_every_page_serves_everybody_in_both_languages_and_is_light(browser, live_server, home):
    heaviest = 0

    for lang, size in (("zh", PHONE), ("zh", DESK), ("en", PHONE)):
        person = Person(browser, live_server, size, scripts=True, lang=lang)
        for place in PAGES:
            person.go(place)
            sizes = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0)"
            heaviest = max(heaviest, person.page.evaluate(sizes))
        assert person.found == []
        person.page.context.close()

    assert 0 < heaviest < 100_000


def test_a_receipt_is_checked_in_the_browser_and_nothing_is_sent(browser, live_server, home):
    person = Person(browser, live_server, PHONE, scripts=True)
    person.writes_a_report()
    person.page.locator(".proof > summary").click()
    person.page.locator(".proof details summary").click()
    proof = person.page.locator(".proof pre").inner_text()
    sent = []
    person.page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    person.page.goto(f"{live_server.url}/proof/", wait_until="networkidle")
    told = []

    bent = proof[:-12] + ("A" if proof[-12] != "A" else "B") + proof[-11:]
    for text in (proof, proof.replace("index 0", "index 1"), bent):
        person.page.evaluate("document.querySelector('[data-verdict]').replaceChildren()")  # that of before
        person.page.fill("textarea", text)
        person.page.locator("main form button[type=submit]").click()
        person.page.locator("[data-verdict] h2").wait_for()
        told.append(person.page.inner_text("[data-verdict]"))

    assert "没有发送任何内容" in told[0]
    assert "counter.arrived" in told[0]
    assert told[0] != told[1] == told[2]
    assert sent == []


@pytest.mark.parametrize("place", ["proof/", "counter/zh/proof/"])
def test_whoever_checks_before_the_code_has_come_waits_for_it(browser, live_server, home, place):
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    page, sent, kept = a_page(context), [], []
    page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    page.route("**/proof-*.js", lambda one: kept.append(one))  # noqa: PLW0108 - Playwright wants a function
    page.goto(f"{live_server.url}/{place}")
    page.fill("textarea", "c2sp.org/tlog-proof@v1\nindex 0\n\nno proof")
    page.locator("main form button[type=submit]").click()
    while not kept:
        page.wait_for_timeout(20)
    is_early = page.locator("[data-verdict] h2").count()
    kept[0].continue_()
    page.locator("[data-verdict] h2").wait_for()
    context.close()

    assert (is_early, sent) == (0, [])


def test_the_key_that_ends_a_line_goes_on_and_does_not_change_the_language(browser, live_server, home):
    person = Person(browser, live_server, PHONE, scripts=True)
    person.go("write/")
    person.page.check("input[name=line][value=petition]")
    for field, asked in (("input[name=line]:checked", "#about"), ("#about", "#text")):
        with person.page.expect_navigation():
            person.page.press(field, "Enter")
        person.page.locator(asked).wait_for()

    assert "/zh/" in person.page.url
    assert person.page.get_attribute("html", "lang") == "zh-Hans"


def test_everything_is_done_with_the_keys_in_the_order_in_which_it_is_read(browser, live_server, home):
    person = Person(browser, live_server, DESK, scripts=True)
    person.go("write/")
    order = []
    for _key in range(9):
        person.page.keyboard.press("Tab")
        order.append(
            person.page.evaluate(
                "(one => `${one.tagName} ${one.name || one.className} ${one.value || ''}`.trim())"
                "(document.activeElement)"
            )
        )

    assert [one.split()[0] for one in order[:3]] == ["A", "A", "BUTTON"]  # skip, home, language
    assert order[3].startswith("INPUT line")
    assert order[4] == "BUTTON go next"
    assert [one.split()[0] for one in order[5:8]] == ["A", "A", "A"]
