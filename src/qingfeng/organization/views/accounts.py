"""Accounts."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from qingfeng.look.tables import Column
from qingfeng.organization import accounts
from qingfeng.organization.forms import AccountForm, NothingForm, ReasonForm
from qingfeng.organization.models import Account
from qingfeng.organization.permissions import needs_role
from qingfeng.organization.showing import NamedTable, nothing, row_acts, show
from qingfeng.organization.views.asking import Question, ask, data_of


@needs_role("security_admin", "auditor")
def account_list(request: HttpRequest) -> HttpResponse:
    """Show accounts, with or without a second factor."""
    factor = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=("totp", "webauthn")))
    rows = (
        Account.objects.select_related("person")
        .annotate(has_factor=factor)
        .order_by("-is_active", "username")
    )
    columns = [
        Column("username", _("sign-in name"), is_head=True),
        Column("get_full_name", _("person's name")),
        Column(lambda row: _("yes") if row.has_factor else _("no"), _("second factor")),
        Column("last_login", _("last sign-in"), "moment"),
        Column(_state, _("state"), "tag"),
    ]
    may = request.viewer.has("security_admin")
    if may:
        columns.append(row_acts(_acts))
    empty = nothing(_("No accounts yet"), _("An account belongs to a person on record."))
    table = NamedTable(columns, rows, _("Accounts"), empty=empty, ident="accounts")
    acts = [(_("Open an account"), reverse("organization:account_open"))] if may else []
    return show(request, _("Accounts"), table, acts=acts)


def _state(account: Account) -> str:
    return pgettext("account", "open") if account.is_active else pgettext("account", "closed")


def _acts(account: Account) -> list[tuple[str, str]]:
    words = {"account_reopen": _("Open again")}
    if account.is_active:
        words = {"account_password": _("New password"), "account_close": pgettext("account", "Close")}
    if account.has_factor:
        words["account_factors"] = _("Remove second factors")
    return [(said, reverse(f"organization:{name}", args=[account.pk])) for name, said in words.items()]


def _shown_once(request: HttpRequest, opened: tuple[Account, str]) -> HttpResponse:
    account, password = opened
    return render(request, "organization/first_password.html", {"account": account, "password": password})


@never_cache
@needs_role("security_admin")
def account_open(request: HttpRequest) -> HttpResponse:
    """Open an account and show its first password, once."""
    question = Question(_("Open an account"), pgettext("account", "Open"), reverse("organization:accounts"))
    form = AccountForm(data_of(request))
    return ask(request, form, question, lambda **entered: _open(request, **entered))


def _open(request: HttpRequest, **entered: str) -> HttpResponse:
    return _shown_once(request, accounts.open_account(by=request.user, **entered))


def _asked(
    request: HttpRequest, pk: int, words: tuple[str, str], act: Callable[..., object], *, reason: bool = True
) -> HttpResponse:
    account = get_object_or_404(Account.objects.select_related("person"), pk=pk)
    title, button = words
    form = (ReasonForm if reason else NothingForm)(data_of(request))
    question = Question(f"{title} {account}", button, reverse("organization:accounts"))
    return ask(request, form, question, lambda **entered: act(account, by=request.user, **entered))


@needs_role("security_admin")
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    return _asked(
        request, pk, (_("Close the account:"), pgettext("account", "Close")), accounts.close_account
    )


@never_cache
@needs_role("security_admin")
def account_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    words = (_("Open the account again:"), pgettext("account", "Open"))
    return _asked(
        request,
        pk,
        words,
        lambda account, **how: _shown_once(request, accounts.reopen_account(account, **how)),
    )


@never_cache
@needs_role("security_admin")
def account_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an account a password for one sign-in."""
    words = (_("New password for:"), _("Make a new password"))
    return _asked(
        request,
        pk,
        words,
        lambda account, **how: _shown_once(request, accounts.renew_password(account, **how)),
        reason=False,
    )


@needs_role("security_admin")
def account_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the second factors that somebody has lost."""
    words = (_("Remove the second factors of:"), _("Remove"))
    return _asked(request, pk, words, accounts.drop_second_factors)
