"""What every request is given: its viewer, and the way to a password of one's own."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from qingfeng.organization.viewer import viewer_of

Answer = Callable[[HttpRequest], HttpResponse]
ASIDE = (f"/{settings.STATIC_URL.strip('/')}/", "/look/", "/i18n/")


def viewer_middleware(answer: Answer) -> Answer:
    """Give the request `viewer`, made once when first asked for."""

    def with_viewer(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user))
        return answer(request)

    return with_viewer


def first_password_middleware(answer: Answer) -> Answer:
    """Lead whoever holds a password for one sign-in to the page where it is changed, and nowhere else."""

    def with_password(request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change_password", False):
            page = reverse("account_change_password")
            open_pages = (page, reverse("account_logout"))
            if request.path not in open_pages and not request.path.startswith(ASIDE):
                return redirect(page)
        return answer(request)

    return with_password
