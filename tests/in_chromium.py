"""Chromium for tests of pages: how it is started, what axe-core finds, whether a page scrolls sideways.

A module of tests that needs it says:

    from in_chromium import CHROMIUM, chromium, needs_chromium

    pytestmark = needs_chromium

    @pytest.fixture(scope="module")
    def browser():
        with chromium() as started:
            yield started

There is one Chromium a worker: `chromium()` lends it, and takes away what was opened. It ends when a test
begins that looks at no page, since Playwright's loop would run in its thread. A page that is asked only
whether it suits everybody is looked at by `looked_through`: loaded once a look, then made narrow and wide.
"""

import re
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PIN = ".map-dot"  # WCAG 2.5.8 lets pins of a map stand where their places are; a list beside it says the same
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 120_000  # milliseconds: on a busy machine a page may take as long as it likes, almost
WIDTHS = (360, 768, 1366, 1920)
LOOKS = (("light", "zh-hans"), ("dark", "en"))  # each theme and language: colours do not depend on words
AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
needs_chromium = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: make system"),
    pytest.mark.browser,
]


_running = {}


def end():
    """End every Chromium and Playwright, if they run."""
    player = _running.pop("player", None)
    while _running:
        _running.popitem()[1].close()
    if player:
        player.stop()


@contextmanager
def chromium(*more, without=()):
    """Lend the Chromium of this worker; what was opened in it is closed.

    Args:
        more: Flags beside the usual ones; for these there is another Chromium.
        without: Usual flags that are left out.
    """
    if "player" not in _running:
        _running["player"] = sync_playwright().start()
    flags = (*(one for one in FLAGS if one not in without), *more)
    browser = _running.get(flags)
    if browser is None or not browser.is_connected():
        browser = _running["player"].chromium.launch(executable_path=CHROMIUM, args=flags)
        _running[flags] = _patient(browser)
    lent = set(browser.contexts)
    try:
        yield browser
    finally:
        for context in set(browser.contexts) - lent:
            context.close()


def _patient(browser):
    """Let everything that is opened in a browser wait as long as a busy machine needs."""
    opened = browser.new_context

    def new_context(**options):
        context = opened(**options)
        context.set_default_timeout(PATIENCE)
        return context

    browser.new_context = new_context
    return browser


def a_context(browser, live_server, *, theme="light", language="zh-hans", size="100", **options):
    """Return a browser context of somebody who chose theme, language and size of text."""
    context = browser.new_context(**options)
    chosen = {"qingfeng_theme": theme, "qingfeng_size": size, "django_language": language}
    context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in chosen.items()]
    )
    return context


def a_page(context):
    """Return a page that keeps what it complained about (`troubles`) and asked for (`asked`)."""
    page = context.new_page()
    page.troubles, page.asked = [], []
    page.on("console", lambda told: page.troubles.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


def followed(link):
    """Click a link and wait until the page it leads to has been read whole."""
    with link.page.expect_navigation():
        link.click()


@cache
def _axe():
    assert AXE.is_file(), "axe-core is not installed: make env"
    return AXE.read_text(encoding="utf-8")


def serious_findings(page):
    """Return what axe-core finds serious or critical on a page, a line each: rule, where, what."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe())
    found = page.evaluate(
        """() => axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            rules: {"target-size": {enabled: true}}, resultTypes: ["violations"],
        })"""
    )["violations"]
    return [
        f"{one['id']}: {' '.join(node['target'][0])} · {node['failureSummary']}"
        if isinstance(node["target"][0], list)
        else f"{one['id']}: {node['target'][0]} · {node['failureSummary']}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
        if not (one["id"] == "target-size" and PIN in str(node["target"][0]))
    ]


def sideways(page):
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def unsuited(page, widths=WIDTHS):
    """Return what does not suit everybody on an open page, a line each: too wide, or found by axe-core."""
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        over = sideways(page)
        wrong += [f"{over} px too wide at {width}"] if over > 0 else []
    return wrong + serious_findings(page)


def looked_through(signed_in, addresses, *, looks=LOOKS, widths=WIDTHS):
    """Return what does not suit everybody on pages, a line each, in every look at every width.

    Args:
        signed_in: Returns a context of somebody; takes who it is, `theme` and `language`.
        addresses: Whose page to its address, as pairs; those of one person are seen in one window.
        looks: Pairs of theme and language.
        widths: Widths in pixels; axe-core looks at the last, in every other look at the first.
    """
    by_person = {}
    for who, address in addresses:
        by_person.setdefault(who, []).append(address)
    wrong = []
    for no, (theme, language) in enumerate(looks):
        for who, pages in by_person.items():
            page = a_page(signed_in(who, theme=theme, language=language))
            for address in pages:
                status = page.goto(address).status
                found = unsuited(page, widths[:: -1 if no % 2 else 1]) if status == 200 else [f"is {status}"]
                wrong += [f"{address} {theme} {language}: {one}" for one in (*found, *page.troubles)]
                page.troubles.clear()
            page.context.close()
    return wrong


def contrast(one, other):
    """Return the contrast ratio of two colours (`#rgb`, `#rrggbb`) by WCAG 2.2."""

    def light(colour):
        digits = colour.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        parts = [int(part, 16) / 255 for part in re.findall("..", digits)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def until(page, expression):
    """Wait until an expression holds in the page; a page of ours lets no script ask it again and again."""
    for _again in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"This never held: {expression}")
