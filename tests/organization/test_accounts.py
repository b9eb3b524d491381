"""Accounts, signing in, and the entries that tell of it."""

import time
from datetime import UTC, datetime

import an_office as an
import pytest
import time_machine
from django.test import Client

from qingfeng.screening.errors import Problem

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"
STEP = 30  # seconds for which a code of an app holds


@pytest.fixture
def opened():
    """An account as the security administrator opens it, and its first password."""
    from qingfeng.organization.accounts import open_account

    person = an.a_person()
    an.a_post(person, None, "handler")
    return open_account(person, "newcomer", by=an.an_account("security_admin"))


def sign_in(client, username, password):
    return client.post(SIGN_IN, {"login": username, "password": password})


def test_the_password_is_kept_as_argon2(opened):
    account, _password = opened

    assert account.password.startswith("argon2")


def test_the_first_sign_in_leads_to_a_new_password_and_nowhere_else(opened):
    account, password = opened
    client = Client()
    sign_in(client, account.username, password)

    led = client.get("/organization/declarations/")
    assert led.headers["Location"] == "/accounts/password/change/"


def test_after_the_password_is_changed_the_house_opens_and_the_journal_says_so(opened):
    account, password = opened
    client = Client()
    sign_in(client, account.username, password)

    new = "qingshui-9-liuchang"
    told = {"oldpassword": password, "password1": new, "password2": new}
    led = client.post("/accounts/password/change/", told)

    assert led.headers["Location"] == "/"
    account.refresh_from_db()
    assert not account.must_change_password
    assert client.get("/organization/declarations/").status_code == 200
    assert (f"account:{account.pk}",) * 2 == an.entries("organization.password.changed")[-1][1:]


@pytest.mark.parametrize("address", ["signup", "password/reset", "password/set", "email", "signup/passkey"])
def test_nobody_signs_up_or_resets_a_password_by_mail(address):
    assert Client().get(f"/accounts/{address}/").status_code == 404


def test_signing_in_and_out_are_entries():
    account = an.an_account("handler")
    account.set_password("qingshui-9-liuchang")
    account.save()
    client = Client()

    sign_in(client, account.username, "qingshui-9-liuchang")
    client.post("/accounts/logout/")

    me = f"account:{account.pk}"
    assert an.entries("organization.signin.done") == [("organization.signin.done", me, me)]
    assert an.entries("organization.signin.ended") == [("organization.signin.ended", me, me)]


def test_a_failed_sign_in_is_an_entry_without_what_was_typed():
    from qingfeng.journal.models import JournalEntry

    account = an.an_account("handler")

    sign_in(Client(), account.username, "typed-secret-1")
    sign_in(Client(), "typed-secret-2", "x")

    told = an.entries("organization.signin.failed")
    bodies = b"".join(bytes(row.body) for row in JournalEntry.objects.all())
    assert [subject for _kind, subject, _by in told] == [f"account:{account.pk}", "account:unknown"]
    assert b"typed-secret" not in bodies


def test_a_run_of_failures_cannot_flood_the_journal():
    from qingfeng.organization.signin import failed

    account = an.an_account("handler")
    for _each in range(120):
        failed(None, {"username": account.username})

    assert len(an.entries("organization.signin.failed")) == 5 + 2  # the tenth and the hundredth


def test_after_five_failures_even_the_right_password_waits():
    account = an.an_account("handler")
    account.set_password("qingshui-9-liuchang")
    account.save()
    client = Client()
    for _each in range(5):
        sign_in(client, account.username, "wrong")

    sign_in(client, account.username, "qingshui-9-liuchang")

    assert "_auth_user_id" not in client.session


def test_a_closed_account_signs_in_no_more_and_its_sessions_end():
    from qingfeng.organization.accounts import close_account

    account = an.an_account("handler")
    client = Client()
    client.force_login(account)

    close_account(account, by=an.an_account("security_admin"), reason="调离")

    assert client.get("/organization/declarations/").status_code == 302
    assert sign_in(Client(), account.username, "any").status_code == 200


def test_nobody_administers_their_own_account():
    from qingfeng.organization import accounts

    admin = an.an_account("security_admin")

    for change in (
        lambda: accounts.renew_password(admin, by=admin),
        lambda: accounts.close_account(admin, by=admin, reason="示例"),
        lambda: accounts.drop_second_factors(admin, by=admin, reason="示例"),
        lambda: accounts.open_account(admin.person, "second", by=admin),
    ):
        with pytest.raises(Problem):
            change()


def test_a_person_has_one_account_and_a_name_is_taken_once_in_any_case(opened):
    from qingfeng.organization.accounts import open_account

    account, _password = opened

    with pytest.raises(Problem):
        open_account(account.person, "another", by=None)
    with pytest.raises(Problem):
        open_account(an.a_person(), "NEWCOMER", by=None)


def test_the_secret_of_an_app_is_sealed_in_the_database():
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    account = an.an_account("handler")

    TOTP.activate(account, "JBSWY3DPEHPK3PXP")

    row = Authenticator.objects.get(user=account)
    assert "JBSWY3DPEHPK3PXP" not in str(row.data)
    assert row.wrap().validate_code(_code("JBSWY3DPEHPK3PXP"))


@pytest.mark.parametrize(("ago", "is_taken"), [(0, True), (STEP, True), (3 * STEP, False)])
def test_a_code_that_has_just_changed_is_still_taken_and_an_old_one_is_not(ago, is_taken):
    from allauth.mfa.totp.internal.auth import TOTP

    row = TOTP.activate(an.an_account("handler"), "JBSWY3DPEHPK3PXP").instance

    with time_machine.travel(datetime(2026, 11, 9, 1, tzinfo=UTC), tick=False):
        assert row.wrap().validate_code(_code("JBSWY3DPEHPK3PXP", ago)) is is_taken


def _code(secret, ago=0):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time() - ago) // STEP))


def test_lost_second_factors_are_dropped_by_somebody_else_and_told():
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    from qingfeng.organization.accounts import drop_second_factors

    account = an.an_account("handler")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")

    assert drop_second_factors(account, by=an.an_account("security_admin"), reason="手机丢失") == 1
    assert not Authenticator.objects.filter(user=account).exists()
    assert an.entries("organization.account.second_factors_dropped")
