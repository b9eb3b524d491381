"""Signing in, in a browser: strict CSP, an authenticator app, recovery codes, a passkey."""

import time

import an_office as an
import pytest
from in_chromium import a_context, a_page, chromium, needs_chromium, unsuited

pytestmark = [*needs_chromium, pytest.mark.django_db(transaction=True)]
START = "/organization/declarations/"
PASSWORD = "qingshui-9-liuchang"  # noqa: S105 - of nobody


@pytest.fixture
def page(live_server):
    """A page of a fresh browser; what the browser refuses or a script throws fails the test."""
    with chromium() as browser:
        context = browser.new_context(locale="zh-CN")
        opened = context.new_page()
        refused = []
        opened.on(
            "console", lambda message: refused.append(message.text) if message.type == "error" else None
        )
        opened.on("pageerror", lambda error: refused.append(str(error)))
        yield opened
        context.close()
    assert refused == []


@pytest.fixture
def address(live_server):
    """Addresses as a browser that allows passkeys without TLS sees them: on localhost."""
    return live_server.url.replace("127.0.0.1", "localhost")


@pytest.fixture
def account():
    """Somebody who can sign in."""
    made = an.an_account("handler", name="罗一诺")
    made.set_password(PASSWORD)
    made.save()
    return made


def sign_in(page, address, account):
    page.goto(f"{address}/accounts/login/?next={START}")
    page.fill("input[name=login]", account.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def sign_out(page, address):
    page.goto(f"{address}/accounts/logout/")
    page.click("main button[type=submit]")
    page.wait_for_url("**/accounts/login/**")
    page.goto(f"{address}/accounts/login/?next={START}")


def confirm_password(page):
    """Show once more that it is you, where the page asks."""
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")


def code_for(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))  # as an app counts


def test_an_app_is_set_up_and_then_asked_for_and_a_recovery_code_replaces_it(page, address, account):
    sign_in(page, address, account)
    page.goto(f"{address}/accounts/2fa/totp/activate/")
    confirm_password(page)
    page.fill("input[name=code]", code_for(page.inner_text("#totp-secret")))
    page.click("main button[type=submit]")
    page.wait_for_selector("#recovery-codes")
    recovery = page.inner_text("#recovery-codes li >> nth=0").strip()

    sign_out(page, address)
    page.fill("input[name=login]", account.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/2fa/authenticate/**")
    page.fill("input[name=code]", recovery)
    page.press("input[name=code]", "Enter")
    page.wait_for_url(f"{address}{START}")

    assert "个人报告事项" in page.inner_text("h1")
    kinds = [kind for kind, _subject, _by in an.entries()]
    assert kinds.count("organization.second_factor.added") == 2  # the app, and the recovery codes with it


def test_a_passkey_is_added_and_opens_the_house_without_a_password(page, address, account):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page, address, account)
    page.goto(f"{address}/accounts/2fa/webauthn/add/")
    confirm_password(page)
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_selector("#recovery-codes")

    sign_out(page, address)
    page.click("#passkey_login")
    page.wait_for_url(f"{address}{START}")

    assert "个人报告事项" in page.inner_text("h1")


def test_a_passkey_that_cannot_be_read_is_told_and_nothing_is_lost(page, address, account):
    page.goto(f"{address}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('cancelled')) }")

    page.click("#passkey_login")

    page.wait_for_selector("#passkey-problem:not([hidden])")
    assert "/accounts/login/" in page.url


PAGES = [
    "/accounts/login/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/password/change/",
    "/organization/units/",
    "/organization/units/add/",
    "/organization/people/",
    "/organization/people/Y0402/",
    "/organization/people/Y0402/appoint/",
    "/organization/accounts/",
    "/organization/declarations/",
    "/organization/calendar/",
    "/organization/imports/",
]


@pytest.mark.slow
@pytest.mark.parametrize(("theme", "language"), [("light", "zh-hans"), ("dark", "en")])
def test_no_page_has_a_serious_finding_or_scrolls_sideways(live_server, office, theme, language):
    account = office.accounts["security_admin"]
    account.set_password(PASSWORD)
    account.language, account.theme = language, theme
    account.save()
    found = []
    with chromium() as browser:
        context = a_context(browser, live_server, theme=theme, language=language, bypass_csp=True)
        page = a_page(context)
        for address in PAGES:
            page.goto(f"{live_server.url}{address}")
            confirm_password(page)
            found += [f"{address} {told}" for told in unsuited(page, (360, 1366))]
            if address == PAGES[0]:
                sign_in(page, live_server.url, account)
    assert found == []
