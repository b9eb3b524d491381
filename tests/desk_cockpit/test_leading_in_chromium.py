"""Cockpit, unit, search, drafts in a real browser: themes, languages, widths, keys, two browsers."""

import re
from functools import partial

import a_desk
import pytest
from in_chromium import a_context, a_page, chromium, looked_through, needs_chromium

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PAGES = {
    "cockpit": ("principal", "/cockpit/"),
    "wall": ("principal", "/cockpit/wall/"),
    "rows": ("principal", "/cockpit/quality/rows/?what=opened&of=directive"),
    "rooms": ("principal", "/my-unit/"),
    "sent": ("superior", "/my-unit/"),
    "person": ("registrar", "/search/person/"),
    "drafts": ("case_one", "/drafts/"),
    "telling": ("case_one", "/my-notices/mail/"),
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def desk(transactional_db):
    """The sample office at work, for a server of its own, its matters taken into the search."""
    from an_office_kept import sample_office

    from qingfeng.desk import indexing

    made = a_desk.Desk(sample_office()).at_work()
    indexing.keep_up()
    return made


def _signed_in(browser, live_server, desk, who, **options):
    context = a_context(browser, live_server, **options)
    session = desk.browser(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


def test_every_page_suits_everybody_at_every_width(browser, live_server, desk):
    pages = [(who, live_server.url + address) for who, address in PAGES.values()]

    found = looked_through(partial(_signed_in, browser, live_server, desk), pages)

    assert found == []


def test_the_search_is_typed_walked_and_opened_by_keys_alone(browser, live_server, desk):
    context = _signed_in(browser, live_server, desk, "registrar")
    page = a_page(context)
    page.goto(live_server.url + "/tray/")

    page.keyboard.press("/")
    page.keyboard.insert_text("采砂管理")  # at once, as an input method does: one list comes, and stays
    page.wait_for_selector(".suggested a mark")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + a_desk.at(desk.directive))

    assert page.troubles == []
    context.close()


def test_g_and_a_letter_go_to_a_page_but_not_from_a_field_nor_when_switched_off(browser, live_server, desk):
    context = _signed_in(browser, live_server, desk, "principal")
    page = a_page(context)
    page.clock.set_fixed_time("2026-11-09T09:00:00+08:00")  # a letter comes at once, however busy the machine
    page.goto(live_server.url + "/")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url(re.compile("/cockpit/"))

    page.locator("#find").focus()
    page.keyboard.type("gw")
    assert page.input_value("#find") == "gw"

    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("w")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    assert "/cockpit/" in page.url
    assert not page.locator("#keys").evaluate("one => one.open")
    context.close()


def test_a_draft_is_offered_in_another_browser_discarded_and_taken_back(browser, live_server, desk):
    address = live_server.url + a_desk.at(desk.directive, "acts", "ask_extension")
    first = _signed_in(browser, live_server, desk, "case_one")
    page = a_page(first)
    page.goto(address)
    with page.expect_response(re.compile("/drafts/keep/")):
        page.locator("textarea").first.fill("需要补充谈话")
    first.close()

    second = _signed_in(browser, live_server, desk, "case_one")
    page = a_page(second)
    page.goto(address)
    page.wait_for_selector(".draft")
    page.locator(".draft button").nth(0).click()
    assert page.locator("textarea").first.input_value() == "需要补充谈话"

    page.goto(address)
    page.wait_for_selector(".draft")
    with page.expect_response(re.compile("/discard/")):
        page.locator(".draft button").nth(1).click()
    with page.expect_response(re.compile("/discard/")):
        page.locator(".draft button").nth(0).click()
    page.goto(address)
    page.wait_for_selector(".draft")
    assert page.troubles == []
    second.close()


def test_help_opens_beside_the_heading_and_escape_closes_it(browser, live_server, desk):
    context = _signed_in(browser, live_server, desk, "case_one")
    page = a_page(context)
    page.goto(live_server.url + "/tray/")

    page.locator(".help > summary").click()
    assert page.locator(".help .menu-panel").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".help .menu-panel").is_visible()
    context.close()
