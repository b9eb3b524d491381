"""Prone areas in a real browser: widths, themes, the map, and the same without a script."""

import a_desk
import pytest
from a_prone_area import a_district, half_a_year
from in_chromium import a_context, a_page, chromium, needs_chromium, unsuited

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def desk(transactional_db, tmp_path):
    """The sample office with a district that has one prone unit."""
    from an_office_kept import sample_office

    made = a_desk.Desk(sample_office()).at_work()
    a_district(tmp_path / "run")
    made.browser("analyst").get("/prone-areas/")  # parts are compiled by the first who asks
    return made


def _signed_in(browser, live_server, desk, **options):
    context = a_context(browser, live_server, **options)
    session = desk.browser("analyst").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


def test_prone_areas_suit_everybody_at_every_width_and_open_their_rows(browser, live_server, desk):
    period, found = half_a_year(), []
    days = f"since={period.since}&until={period.until}"
    address = f"{live_server.url}/prone-areas/?{days}&rows=unit&columns=expense&map=unit"

    for theme, language in (("light", "zh-hans"), ("dark", "en")):
        context = _signed_in(browser, live_server, desk, theme=theme, language=language)
        page = a_page(context)
        page.goto(address)
        page.wait_for_selector(".map-dot")
        found += [(theme, language, one) for one in [*unsuited(page), *page.troubles]]
        context.close()

    context = _signed_in(browser, live_server, desk)
    page = a_page(context)
    page.goto(address)
    page.wait_for_selector(".map-dot.is-own")
    page.locator(".map-dot.is-own").first.click()
    page.wait_for_selector(".moments li.is-own.is-on")
    with page.expect_navigation():
        page.locator(".moments li.is-own a").first.click()
    page.wait_for_selector("table")
    assert page.locator("h1").inner_text() == "核实的疑点"
    context.close()
    assert found == []


def test_without_a_script_everything_is_read_and_chosen(browser, live_server, desk):
    context = _signed_in(browser, live_server, desk, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/prone-areas/")
    page.locator("#rows").select_option("place")
    page.locator("#columns").select_option("month")
    with page.expect_navigation():
        page.locator("form.row-of button[type=submit]").click()
    page.wait_for_selector(".heat")

    assert "地点 × 月份" in page.locator("#heat").inner_text()
    assert page.locator(".moments li").first.is_visible()
    context.close()
