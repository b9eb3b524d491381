"""These pages in a real browser: both languages, narrow and wide; the wording seen as it is typed."""

from functools import partial

import pytest
from a_keeper import House, at, parcels
from django.conf import settings as site
from in_chromium import a_context, a_page, chromium, looked_through, needs_chromium

from qingfeng.journal.models import JournalEntry
from qingfeng.matters import guarding

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def house():
    """The sample office, committed, so that a browser sees it."""
    with parcels():
        yield House().at_work()


def _signed_in(house, browser, live_server, who, **options):
    context = a_context(browser, live_server, **options)
    cookie = house.browser(who).cookies[site.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return context


def _pages(house):
    slip = house.directive.slips.first().slip_id
    glass = guarding.break_glass(
        house.parcel.number, "举报材料今天必须转办，联系不上", by=house.viewer("Y0702")
    )
    below = (
        "correct",
        "correct/1/source_no",
        "merge",
        "split",
        "link",
        "recuse",
        "end/void",
        f"slips/{slip}",
    )
    matter = [at(house.directive, *page.split("/")) for page in below]
    desk = (
        "interference/new/",
        "interference/",
        "emergency/",
        "handover/",
        "returned/",
        "sealed/",
        "meetings/",
    )
    entry = JournalEntry.objects.latest("id").pk
    audit = (
        "journal/",
        f"journal/{entry}/",
        "journal/alarms/",
        f"readers/?number={house.parcel.number}&on=2026-01-05",
    )
    return {
        "dept_head": [*matter, at(house.directive), *(f"/{one}" for one in desk), "/sealed/phrase/"],
        "principal": ["/meetings/new/", "/emergency/reviews/", f"/emergency/reviews/{glass.pk}/"],
        "registrar": ["/wordings/", "/wordings/directive.ticket/", "/takeover/", "/takeover/parcels/"],
        "auditor": [*(f"/audit/{one}" for one in audit), "/proof/"],
    }


def test_every_page_suits_everybody_narrow_and_wide(house, browser, live_server):
    pages = [(who, live_server.url + one) for who, addresses in _pages(house).items() for one in addresses]
    signed_in = partial(_signed_in, house, browser, live_server)

    wrong = looked_through(signed_in, pages, widths=(360, 1366))

    assert wrong == []


def test_wording_is_seen_as_it_is_typed(house, browser, live_server):
    context = _signed_in(house, browser, live_server, "registrar")
    page = a_page(context)
    page.goto(f"{live_server.url}/wordings/directive.ticket/")

    page.fill("#id_headline", "关于{area}的督办单")
    page.wait_for_selector("#look h3:has-text('关于〔领域〕的督办单')")
    page.fill("#id_body", "请办理{matterr}")
    page.wait_for_selector("#look .gates")

    assert "matter" in page.inner_text("#look")
    assert page.troubles == []
    context.close()


def test_a_proof_downloaded_by_the_auditor_verifies_on_the_public_page(house, client, settings, tmp_path):
    from qingfeng.journal import publisher

    settings.HOME = tmp_path
    publisher.publish()
    entry, auditor = JournalEntry.objects.latest("id"), house.browser("auditor")

    held = auditor.get(f"/audit/journal/{entry.pk}/proof/")

    assert held.status_code == 200
    assert "核验通过" in client.post("/proof/", {"text": held.content.decode()}).content.decode()
