"""Chromium for tests of pages: how it is started, what axe-core finds, whether a page scrolls sideways.

A module of tests that needs it says:

    from in_chromium import CHROMIUM, chromium, needs_chromium

    pytestmark = needs_chromium

    @pytest.fixture(scope="module")
    def browser():
        with chromium() as started:
            yield started
"""

import re
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = (360, 768, 1366, 1920)
AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
needs_chromium = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: make system"),
    pytest.mark.browser,
]


@contextmanager
def chromium():
    """Start Chromium and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
    ]


def sideways(page):
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


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
