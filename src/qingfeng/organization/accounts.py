"""Accounts: opened and closed by the security administrator, kept safe by their owner."""

from __future__ import annotations

import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.organization import parting
from qingfeng.organization.models import Account, Person
from qingfeng.organization.records import record, reference
from qingfeng.screening.errors import Problem

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else on paper


def first_password() -> str:
    """Return a password for one sign-in: 14 letters and digits in two groups, 68 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _each in range(7)) for _group in range(2))


@transaction.atomic
def open_account(
    person: Person, username: str, *, by: Account | None, prepared: str = ""
) -> tuple[Account, str]:
    """Open an account for a person on record.

    Args:
        person: Whose account it is.
        username: Name to sign in with.
        by: Who opens it; never the person.
        prepared: A hashed password instead of one for the first sign-in; nothing is asked to be changed.

    Returns:
        The account, and the password for its first sign-in, which must be changed there; it is
        shown once and kept nowhere.

    Raises:
        Problem: If the person has an account, the name is taken, or somebody opens one for themselves.
    """
    _not_own(person, by)
    username = username.strip()
    if Account.objects.filter(person=person).exists():
        raise Problem(
            _("This person has an account already."), then=_("Open it again, or give it a new password.")
        )
    if not username or Account.objects.filter(username__iexact=username).exists():
        raise Problem(_("Choose another sign-in name: this one is taken."), where=username)
    password = "" if prepared else first_password()
    account = Account(username=username, person=person, must_change_password=not prepared, opened_by=by)
    account.password = prepared or make_password(password)
    account.save()
    facts = {"person": reference(person)}
    record("organization.account.opened", account, by=by, facts=facts, personal={"username": username})
    return account, password


def _not_own(person: Person | None, by: Account | None) -> None:
    if by is not None and person is not None and by.person_id == person.pk:
        raise Problem(
            _("Nobody administers their own account."), then=_("Another security administrator does it.")
        )


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(of=("self",)).select_related("person").get(pk=account.pk)


@transaction.atomic
def close_account(account: Account, *, by: Account | None, reason: str) -> Account:
    """Close an account: nobody signs in with it, and open sessions end.

    Raises:
        Problem: If it is one's own, closed already, or no reason is given.
    """
    _not_own(account.person, by)
    account = _locked(account)
    if not account.is_active:
        raise Problem(_("The account is closed already."))
    if not reason.strip():
        raise Problem(_("Say why the account is closed."))
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account)
    record("organization.account.closed", account, by=by, personal={"reason": reason.strip()})
    if account.person and parting.is_owed(account.person):
        parting.begin(account.person, timezone.localdate(), by=by)
    return account


@transaction.atomic
def reopen_account(account: Account, *, by: Account | None, reason: str) -> tuple[Account, str]:
    """Open a closed account again, with a new password for one sign-in.

    Raises:
        Problem: If it is one's own, open, or no reason is given.
    """
    _not_own(account.person, by)
    account = _locked(account)
    if account.is_active:
        raise Problem(_("The account is open."))
    if not reason.strip():
        raise Problem(_("Say why the account is opened again."))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record("organization.account.reopened", account, by=by, personal={"reason": reason.strip()})
    return renew_password(account, by=by)


@transaction.atomic
def renew_password(account: Account, *, by: Account | None) -> tuple[Account, str]:
    """Give an account a new password for one sign-in; open sessions end.

    Raises:
        Problem: If it is one's own: that is changed on the page of the password.
    """
    _not_own(account.person, by)
    account, password = _locked(account), first_password()
    account.set_password(password)
    account.must_change_password = True
    account.save(update_fields=["password", "must_change_password"])
    end_sessions(account)
    record("organization.account.password_renewed", account, by=by)
    return account, password


@transaction.atomic
def drop_second_factors(account: Account, *, by: Account | None, reason: str) -> int:
    """Remove every second factor of somebody who has lost theirs; return how many there were.

    Raises:
        Problem: If it is one's own or no reason is given.
    """
    _not_own(account.person, by)
    if not reason.strip():
        raise Problem(_("Say how the loss was told and who confirmed it."))
    rows = Authenticator.objects.filter(user=account)
    dropped = rows.count()
    rows.delete()
    end_sessions(account)
    told = {"reason": reason.strip()}
    record(
        "organization.account.second_factors_dropped",
        account,
        by=by,
        facts={"dropped": dropped},
        personal=told,
    )
    return dropped


def end_sessions(account: Account) -> None:
    """End every open session of an account."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()
