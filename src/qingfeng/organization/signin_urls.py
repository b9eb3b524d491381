"""Addresses of signing in: of allauth's pages only those that exist here.

Nobody signs up, resets a password by mail or keeps a mail address: the security administrator
opens accounts and renews passwords. One of the addresses that are not here is asked for by
name; it answers 404.
"""

from __future__ import annotations

from allauth.account import views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path


def not_here(request: HttpRequest) -> HttpResponse:
    """Answer as for an address that does not exist."""
    raise Http404(request.path)


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", not_here, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
