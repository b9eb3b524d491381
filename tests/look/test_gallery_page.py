"""Every component in a real browser: both themes and languages, four widths, large text, no scripts."""

import re

import pytest
from in_chromium import (
    LOOKS,
    WIDTHS,
    a_context,
    a_page,
    chromium,
    contrast,
    needs_chromium,
    serious_findings,
    sideways,
)

from qingfeng.look.gallery import PAGES

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def gallery(live_server, settings):
    """Addresses of the gallery, which exists in a demonstration only."""
    settings.DEMO = True
    return lambda name: f"{live_server.url}/look/gallery/{name}/"


@pytest.mark.parametrize(("theme", "language"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_suits_everybody_at_every_width(browser, live_server, gallery, name, theme, language):
    context = a_context(browser, live_server, theme=theme, language=language)
    page = a_page(context)
    page.goto(gallery(name))
    if name == "charts":
        page.wait_for_selector(".chart-place canvas")

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        assert sideways(page) <= 0, width
        assert serious_findings(page) == [], width

    assert page.troubles == []
    context.close()


@pytest.mark.parametrize("size", ["125", "150"])
@pytest.mark.parametrize("name", PAGES)
def test_larger_text_never_scrolls_sideways(browser, live_server, gallery, name, size):
    context = a_context(browser, live_server, size=size)
    page = a_page(context)
    page.goto(gallery(name))

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        assert sideways(page) <= 0, width

    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_zoomed_to_200_percent_no_page_scrolls_sideways(browser, live_server, gallery, name):
    context = a_context(browser, live_server, viewport={"width": 683, "height": 384}, device_scale_factor=2)
    page = a_page(context)

    page.goto(gallery(name))

    assert sideways(page) <= 0
    context.close()


PAIRS = [
    ("--ink", "--paper"),
    ("--ink", "--rail"),
    ("--ink-2", "--paper"),
    ("--ink-2", "--sheet"),
    ("--ink-2", "--rail"),
    ("--ink-3", "--paper"),
    ("--ink-3", "--sheet"),
    ("--act", "--paper"),
    ("--act", "--sheet"),
    ("--act-2", "--act-soft"),
    ("--act-ink", "--act"),
    ("--green", "--paper"),
    ("--yellow", "--paper"),
    ("--red", "--paper"),
    ("--green", "--green-soft"),
    ("--yellow", "--yellow-soft"),
    ("--red", "--red-soft"),
    ("--ink", "--mark"),
    ("--ink", "--act-soft"),
    ("--ink-2", "--grey-soft"),
    ("--paper", "--ink-2"),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_its_ground_are_far_enough_apart(browser, live_server, gallery, theme):
    context = a_context(browser, live_server, theme=theme)
    page = a_page(context)
    page.goto(gallery("parts"))

    values = page.evaluate(
        """pairs => { const style = getComputedStyle(document.documentElement);
        return pairs.map(pair => pair.map(name => style.getPropertyValue(name).trim())); }""",
        PAIRS,
    )
    edges = page.evaluate(
        """() => { const style = getComputedStyle(document.documentElement);
        const of = name => style.getPropertyValue(name).trim();
        return ["--edge", "--series-1", "--series-2", "--series-3", "--series-4", "--series-5"]
            .map(name => [name, of(name), of("--sheet")]); }"""
    )

    for names, (ink, ground) in zip(PAIRS, values, strict=True):
        assert contrast(ink, ground) >= 4.5, names
    for name, line, ground in edges:
        assert contrast(line, ground) >= 3, name
    context.close()


def test_a_page_without_a_chart_does_not_fetch_the_drawing_library(browser, live_server, gallery):
    context = a_context(browser, live_server)
    page = a_page(context)

    page.goto(gallery("parts"))
    page.wait_for_load_state("networkidle")
    without = [url for url in page.asked if "/draw-" in url]
    page.goto(gallery("charts"))
    page.wait_for_selector(".chart-place canvas")

    assert without == []
    assert len([url for url in page.asked if "/draw-" in url]) == 1
    assert all(url.startswith((live_server.url, "data:")) for url in page.asked)
    context.close()


def test_a_chart_stands_beside_its_table_and_gives_a_picture_and_a_sheet(browser, live_server, gallery):
    context = a_context(browser, live_server)
    page = a_page(context)
    page.goto(gallery("charts"))
    page.wait_for_selector(".chart-place canvas")
    chart = page.locator("qf-chart").first

    assert not chart.locator("table").is_visible()
    chart.locator("summary").click()
    assert chart.locator("tbody tr").count() == 10
    with page.expect_download() as picture:
        chart.locator("[data-png]").click()
    with page.expect_download() as sheet:
        chart.get_by_role("button", name="XLSX").click()

    assert picture.value.suggested_filename.endswith(".png")
    assert sheet.value.suggested_filename.endswith(".xlsx")
    assert page.troubles == []
    context.close()


def test_without_scripts_tables_menus_and_switches_work(browser, live_server, gallery):
    context = a_context(browser, live_server, java_script_enabled=False)
    page = a_page(context)
    page.goto(gallery("charts"))

    assert page.locator("qf-chart table").first.is_visible()
    assert not page.locator(".chart-place").first.is_visible()
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="深色").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="150%").click()
    assert page.locator("html").get_attribute("data-size") == "150"
    page.locator("details.menu summary").first.click()
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.url == gallery("charts")
    context.close()


def test_on_a_phone_the_rail_opens_and_closes_without_a_script(browser, live_server, gallery):
    context = a_context(
        browser, live_server, java_script_enabled=False, viewport={"width": 360, "height": 700}
    )
    page = a_page(context)
    page.goto(gallery("parts"))

    assert not page.locator("#rail").is_visible()
    page.locator(".rail-open").click()
    assert page.locator("#rail").is_visible()
    page.locator(".rail-close").click()
    assert not page.locator("#rail").is_visible()
    context.close()


def test_the_system_theme_is_followed_unless_one_was_chosen(browser, live_server, gallery):
    paper = "getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"
    seen = {}
    for theme in ("auto", "light"):
        context = a_context(browser, live_server, theme=theme, color_scheme="dark")
        page = a_page(context)
        page.goto(gallery("parts"))
        seen[theme] = page.evaluate(paper)
        context.close()

    assert seen == {"auto": "#15191a", "light": "#fbfbf9"}


def test_a_page_prints_on_a4_without_what_is_to_be_pressed(browser, live_server, gallery):
    context = a_context(browser, live_server, theme="dark")
    page = a_page(context)
    page.goto(gallery("matter"))
    page.emulate_media(media="print")

    assert not page.locator("#rail").is_visible()
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".act").first.is_visible()
    assert page.locator(".story").is_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    pdf = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 4
    context.close()
