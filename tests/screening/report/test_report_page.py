"""The report in a real browser: what a person sees, clicks and prints."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from in_chromium import WIDTHS, a_page, chromium, contrast, needs_chromium, sideways

COMMAND = str(Path(sys.executable).with_name("qingfeng"))

pytestmark = [*needs_chromium, pytest.mark.slow]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The messy sample district of one seed, screened."""
    folder = tmp_path_factory.mktemp("report")
    for arguments in (
        ["sample", "district", "--seed", "7", "--units", "10", "--days", "150", "--scale", "0.1", "--messy"],
        ["screen", "district/in", "--out", "leads.jsonl", "--report", "report.html"],
    ):
        done = subprocess.run(
            [COMMAND, *arguments, "--home", "home"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return folder / "report.html"


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser, report):
    """The report, opened from the disk, with everything it complained about."""
    page = a_page(browser.new_context(viewport={"width": 1366, "height": 768}))
    page.goto(report.as_uri())
    yield page
    page.context.close()


def shown_rows(page):
    return page.locator("#leads tbody tr:visible").count()


def test_it_opens_without_an_error_and_asks_for_nothing(page, report):
    assert page.troubles == []
    assert [url for url in page.asked if not url.startswith(("file:", "data:"))] == []


def test_charts_are_drawn(page):
    for name in ("watch", "month", "unit"):
        assert page.locator(f'[data-chart="{name}"] svg').count() == 1


def test_a_filter_narrows_the_list_and_clearing_brings_it_back(page):
    everything = shown_rows(page)
    page.select_option('select[name="watch"]', "letter")

    narrowed = shown_rows(page)
    tags = page.locator("#leads tbody tr:visible").evaluate_all("rows => rows.map(row => row.dataset.watch)")
    page.click('#filters button[type="reset"]')

    assert 0 < narrowed < everything
    assert set(tags) == {"letter"}
    page.wait_for_function(
        f"document.querySelectorAll('#leads tbody tr:not([hidden])').length == {everything}"
    )


def test_words_that_match_nothing_say_so(page):
    page.fill("#words", "没有这样的疑点")

    assert shown_rows(page) == 0
    assert page.locator("#none").is_visible()


def test_a_lead_opens_as_a_page_and_escape_goes_back(page):
    page.locator("#leads tbody tr a").first.click()

    lead = page.locator(".lead.open")
    lead.wait_for()
    assert lead.count() == 1
    assert not page.locator("#leads").is_visible()
    assert lead.locator(".finding table").count() >= 1
    assert lead.locator("td.hit").count() >= 1
    assert lead.locator(".check input").count() >= 2
    page.keyboard.press("Escape")
    page.wait_for_selector("#leads", state="visible")


def test_what_is_ticked_is_remembered(page):
    page.locator("#leads tbody tr a").first.click()
    box = page.locator(".lead.open .check input").first
    box.check()

    page.reload()

    page.locator(".lead.open").wait_for()
    assert page.locator(".lead.open .check input").first.is_checked()


def test_english_is_complete(page):
    page.click("#lang")

    assert page.title() == "Leads · Qingfeng"
    chinese = page.locator(
        "h1, h2, h3, th, button, nav a, .filters label, .filters option, .figures span, summary"
    ).evaluate_all("""all => all.filter(item => item.offsetParent && !item.closest('td'))
        .map(item => item.innerText).filter(text => /[\\u4e00-\\u9fff]/.test(text))""")
    units = set(page.locator('select[name="unit"] option').all_inner_texts())
    left = [text for text in chinese if not set(text.split("\n")) <= units and "中文" not in text]
    assert [text for text in left if "select" not in text and not any(unit in text for unit in units)] == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_scrolls_sideways(page, width, theme):
    page.set_viewport_size({"width": width, "height": 768})
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")

    for place in ("list", page.locator("#leads tbody tr").first.get_attribute("data-lead")):
        page.evaluate(f"location.hash = '{place}'")
        page.locator(f"#{place}" if place == "list" else f"#{place}.open").wait_for()
        assert sideways(page) <= 0, place


def test_text_and_its_ground_are_far_enough_apart_in_both_themes(page):
    for theme in ("light", "dark"):
        page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
        pairs = page.evaluate(
            """names => { const style = getComputedStyle(document.documentElement);
            const of = name => style.getPropertyValue(name).trim();
            return names.map(([ink, ground]) => [ink, ground, of(ink), of(ground)]); }""",
            PAIRS,
        )
        for ink, ground, one, other in pairs:
            assert contrast(one, other) >= 4.5, (theme, ink, ground)


PAIRS = [
    ["--ink", "--paper"], ["--ink-2", "--paper"], ["--ink-2", "--sheet"], ["--ink-3", "--paper"],
    ["--act", "--paper"], ["--act", "--sheet"], ["--act-ink", "--act"], ["--red", "--red-soft"],
    ["--yellow", "--yellow-soft"], ["--blue", "--blue-soft"], ["--ink", "--mark"], ["--ink", "--act-soft"],
    ["--ink-2", "--grey-soft"],
]  # fmt: skip


def test_it_can_be_read_without_scripts(browser, report):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())

    assert page.locator("#leads tbody tr").first.is_visible()
    assert page.locator(".lead").first.is_visible()
    context.close()


def test_one_lead_prints_on_a_few_pages_of_a4(page):
    page.locator("#leads tbody tr a").first.click()
    page.locator(".lead.open").wait_for()

    pdf = page.pdf(format="A4")

    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", pdf)) <= 5
