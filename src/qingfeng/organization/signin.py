"""Signing in and out, failures, passwords and second factors: each is an entry in the journal.

What was typed at a failed sign-in is kept nowhere: it may be a password in the wrong field. A
run of failures is told by its first five and then each tenfold, so that nobody can flood the log.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals
from django.core.cache import cache
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from qingfeng.organization.models import Account
from qingfeng.organization.records import record, reference

WINDOW_SECONDS = 600
FIRST_LINES = 5


@receiver(signals.user_logged_in)
def signed_in(sender: Any, user: Account, **kwargs: Any) -> None:  # noqa: ARG001 - Django calls so
    """Tell of a sign-in."""
    record("organization.signin.done", user, by=user)


@receiver(signals.user_logged_out)
def signed_out(sender: Any, user: Account | None, **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of a sign-out."""
    if user is not None:
        record("organization.signin.ended", user, by=user)


@receiver(signals.user_login_failed)
def failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of a failed sign-in, by account where the name is one."""
    account = Account.objects.filter(username__iexact=str(credentials.get("username") or "")).first()
    _failure(reference(account) if account else "account:unknown", "password")


@receiver(factor_signals.authentication_failed)
def factor_failed(sender: Any, user: Account, **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of a second factor that was wrong."""
    _failure(reference(user), "second_factor")


def _failure(subject: str, step: str) -> None:
    key = f"organization.signin.failed:{subject}:{step}"
    cache.add(key, 0, WINDOW_SECONDS)
    count = cache.incr(key)
    if count <= FIRST_LINES or str(count).rstrip("0") == "1":
        record("organization.signin.failed", subject, by=None, facts={"step": step, "in_a_row": count})


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
def password_changed(sender: Any, request: HttpRequest, user: Account, **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of a changed password; a password for one sign-in has done its service."""
    with transaction.atomic():
        Account.objects.filter(pk=user.pk).update(must_change_password=False)
        user.must_change_password = False
        record("organization.password.changed", user, by=user)


@receiver(factor_signals.authenticator_added)
def factor_added(sender: Any, user: Account, authenticator: Any, **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of a new second factor."""
    record("organization.second_factor.added", user, by=user, facts={"type": authenticator.type})


@receiver(factor_signals.authenticator_removed)
def factor_removed(sender: Any, user: Account, authenticator: Any, **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of a second factor that was removed."""
    record("organization.second_factor.removed", user, by=user, facts={"type": authenticator.type})


@receiver(factor_signals.authenticator_reset)
def factor_renewed(sender: Any, user: Account, authenticator: Any, **kwargs: Any) -> None:  # noqa: ARG001
    """Tell of recovery codes that were made anew."""
    record("organization.second_factor.renewed", user, by=user, facts={"type": authenticator.type})
