"""The pages of leads in a real browser: themes, languages, widths, map, with and without a script."""

import re
from functools import partial

import pytest
from a_desk_of_leads import ANALYST, HEAD, browser, handed_out
from a_run import looking
from django.utils import timezone
from in_chromium import a_context, a_page, chromium, followed, looked_through, needs_chromium
from tiny_lake import a_fill, a_house, a_rule, by_id, put

from qingfeng.findings.exceptions import propose
from qingfeng.findings.models import Draw, Lead
from qingfeng.findings.reading_in import read_in
from qingfeng.screening.run import screen

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLATE = "苏M10001"
FILLS = ("2026-03-01T08:00:00", "2026-05-02T08:00:00", "2026-07-03T08:00:00")


@pytest.fixture(scope="module")
def chrome():
    with chromium() as started:
        yield started


@pytest.fixture
def leads(transactional_db, settings, tmp_path):
    """Leads out of a lake with places: one handed out, one with an exception that waits, one drawn."""
    import shutil

    from an_office_kept import sample_office

    sample_office()
    shutil.copytree(settings.HOME / "keys", tmp_path / "home" / "keys")
    settings.HOME = tmp_path / "home"
    home, lake = a_house(settings.HOME)
    parked = {
        "plate_norm": PLATE, "place": "云川停车场", "place_id": "P1", "in_ts": "2026-03-01T09:10:00",
        "out_ts": "2026-03-01T10:00:00",
    }  # fmt: skip
    put(
        lake,
        ("加油/很长的文件名/云水区机关事务服务中心二〇二六年度公务用车加油明细.csv", "fuel",
         [a_fill(at, plate_norm=PLATE, station="云川第一加油站", lon=118.52, lat=32.51) for at in FILLS]),
        ("停车.csv", "sighting", [parked]),
        ("围栏.csv", "geofence",
         [{"place_id": "P1", "name": "云川停车场", "lon": 118.5, "lat": 32.5, "radius_m": 400}]),
        ("地名.csv", "place", [{"name": "云水区", "adcode": "320999", "lon": 118.51, "lat": 32.5}]),
    )  # fmt: skip
    read_in(screen(home, lake, by_id(a_rule(tmp_path, "fill"))), by=None)
    Lead.objects.update(tier="B")
    found = list(Lead.objects.order_by("at"))
    handed_out(found[0])
    propose(found[1], by=looking(ANALYST), reason="应急保障用车", until_on=timezone.localdate())
    draw = Draw.objects.create(
        week_on="2026-03-02", share=5, count=1, population=[found[2].key], digest="0" * 64,
        asked_at=timezone.now(), after_size=0,
    )  # fmt: skip
    Lead.objects.filter(pk=found[2].pk).update(drawn=draw)
    return found


def _addresses(leads):
    from qingfeng.findings.models import RuleException

    lead = f"/leads/{leads[0].key}/"
    return [
        "/leads/", "/leads/?colour=red", "/leads/?show=all&least=1", lead, f"/leads/{leads[2].key}/",
        f"{lead}again/", f"/leads/{leads[1].key}/assign/", f"/leads/{leads[1].key}/except/",
        "/screening-rules/", "/screening-rules/fuel_holiday/", f"/screening-rules/{leads[0].rule}/",
        "/exceptions/", f"/exceptions/{RuleException.objects.get().pk}/", "/draws/", "/draws/2026-03-02/",
        "/blind-spots/",
    ]  # fmt: skip


def _open(chrome, live_server, number, **options):
    context = a_context(chrome, live_server, **options)
    session = browser(number).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return context


def test_every_page_of_leads_suits_everybody_at_every_width(chrome, live_server, leads):
    pages = [(ANALYST, live_server.url + address) for address in _addresses(leads)]

    found = looked_through(partial(_open, chrome, live_server), pages)

    assert found == []


def test_the_map_draws_the_records_over_the_district_s_own_places_and_asks_nobody_else(
    chrome, live_server, leads
):
    context = _open(chrome, live_server, ANALYST, viewport={"width": 1366, "height": 900})
    page = a_page(context)

    with page.expect_request(re.compile("maplibre-gl-csp-worker")):  # by which the map is drawn
        page.goto(f"{live_server.url}/leads/{leads[0].key}/")
    page.wait_for_selector(".map-dot")
    page.locator(".map-dot").first.click()

    assert page.locator(".map-dot").count() == 2
    assert page.locator(".map-name").inner_text() == "云水区"
    assert page.locator(".moments .is-on").count() == 1
    assert {address.split("/")[2] for address in page.asked if address.startswith("http")} == {
        live_server.url.split("/")[2]
    }
    assert page.troubles == []
    context.close()


def test_no_page_without_a_map_fetches_the_map(chrome, live_server, leads):
    context = _open(chrome, live_server, ANALYST)
    page = a_page(context)

    page.goto(f"{live_server.url}/leads/", wait_until="networkidle")

    assert not any("places-" in address or "maplibre" in address for address in page.asked)
    context.close()


def test_without_a_script_filters_work_and_a_lead_is_read_whole(chrome, live_server, leads):
    context = _open(chrome, live_server, HEAD, java_script_enabled=False)
    page = a_page(context)
    page.goto(f"{live_server.url}/leads/")

    followed(page.locator(".heat td a").first)
    followed(page.locator(".lead-table tbody th a").first)

    assert page.locator(".day-picture").count() == 1
    assert page.locator(".moments > li").count() >= 1
    assert page.locator(".evidence mark").count() >= 1
    context.close()


def test_english_pages_have_chinese_only_where_records_and_rules_are_quoted(chrome, live_server, leads):
    context = _open(chrome, live_server, ANALYST, language="en")
    page = a_page(context)

    page.goto(f"{live_server.url}/draws/2026-03-02/")

    main = page.locator("main").inner_text()
    assert not CHINESE.search(main.replace(leads[2].title, "").replace(PLATE, "")), main
    context.close()


def test_a_lead_prints_with_its_rows_and_without_what_can_be_pressed(chrome, live_server, leads):
    context = _open(chrome, live_server, ANALYST, viewport={"width": 794, "height": 1123})
    page = a_page(context)
    page.goto(f"{live_server.url}/leads/{leads[2].key}/", wait_until="networkidle")

    page.emulate_media(media="print")

    assert page.locator(".evidence").is_visible()
    assert not page.locator(".act").first.is_visible()
    assert not page.locator("qf-map").is_visible()
    context.close()
