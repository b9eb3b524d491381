"""A key device in a real browser, which has one of its own (WebAuthn, PRF): registered, used, taken away."""

import pytest
from a_keeper import House, parcels
from django.conf import settings as site
from in_chromium import a_context, a_page, chromium, needs_chromium, serious_findings, sideways

from qingfeng.matters import sealing
from qingfeng.matters.key_models import KeyDevice, PersonKey
from qingfeng.sealing import wrapping

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True), pytest.mark.slow]
PHRASE, NEW = "青山依旧在几度夕阳红何处", "白发渔樵江渚上惯看秋月春风"
DEVICE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "hasPrf": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def house(monkeypatch):
    """The sample office, committed; phrases cost an eighth of the memory, as a wrapped key says of itself."""
    monkeypatch.setattr(wrapping, "MEMORY_KIB", wrapping.MEMORY_KIB // 8)
    with parcels():
        yield House()


@pytest.fixture
def desk(house, browser, live_server):
    """The desk of somebody with a phrase, in a browser with a key device."""
    sealing.make_key(house.person("custodian"), PHRASE)
    context = a_context(browser, live_server, viewport={"width": 360, "height": 740})
    cookie = house.browser("custodian").cookies[site.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = a_page(context)
    page.tools = context.new_cdp_session(page)
    page.tools.send("WebAuthn.enable")
    page.device = page.tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    yield page
    context.close()


def registered(page, live_server, phrase=PHRASE):
    page.goto(f"{live_server.url}/sealed/devices/new/")
    page.fill("[name=name]", "办公室的钥匙")
    page.fill("[name=phrase]", phrase)
    with page.expect_navigation():
        page.click("form.form .btn-primary")


def test_a_device_is_registered_opens_what_the_phrase_opens_and_is_taken_away(house, desk, live_server):
    key = PersonKey.objects.get(person=house.person("custodian"))

    registered(desk, live_server)
    listed = desk.text_content("main")
    findings, wide = serious_findings(desk), sideways(desk)
    desk.goto(f"{live_server.url}/sealed/phrase/")
    desk.click("[data-key-device]:visible")
    desk.wait_for_function("document.querySelector('[name=old]').value.startsWith('device:')")
    desk.fill("[name=new]", NEW)
    desk.fill("[name=again]", NEW)
    with desk.expect_navigation():
        desk.click("form.form .btn-primary")
    key.refresh_from_db()
    opened = sealing.unlocked(key, NEW)
    desk.goto(f"{live_server.url}/sealed/devices/{KeyDevice.objects.get().pk}/drop/")
    with desk.expect_navigation():
        desk.click("form.form .btn-danger")

    assert "办公室的钥匙" in listed
    assert (findings, wide) == ([], 0)
    assert len(opened) == 32
    assert not KeyDevice.objects.exists()
    assert desk.troubles == []


def test_a_wrong_phrase_registers_nothing_and_the_page_repeats_nothing_of_the_device(desk, live_server):
    registered(desk, live_server, phrase=NEW)

    assert not KeyDevice.objects.exists()
    assert desk.input_value("[name=output]") == ""
    assert desk.input_value("[name=made]") == ""


def test_a_device_without_such_a_secret_is_told_and_the_phrase_works_on(desk, live_server):
    desk.tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": desk.device})
    desk.tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "hasPrf": False}})

    desk.goto(f"{live_server.url}/sealed/devices/new/")
    desk.fill("[name=name]", "旧设备")
    desk.fill("[name=phrase]", PHRASE)
    desk.click("form.form .btn-primary")
    desk.wait_for_function("document.querySelector('[data-key-device-new]').textContent.includes('PRF')")

    assert not KeyDevice.objects.exists()
