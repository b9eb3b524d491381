"""What every request is given: its viewer, and the way to a password and a second factor of one's own."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from qingfeng.look import errors
from qingfeng.organization.calendar import CalendarMissing
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


def second_factor_middleware(answer: Answer) -> Answer:
    """Lead an administrator without a second factor to the page where one is set up, and nowhere else.

    Theirs are the accounts with which others could be opened, watched or silenced. `SECOND_FACTOR`
    in the settings says whether it is asked for; the demonstration does not ask.
    """

    def with_factor(request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR or request.path.startswith(ASIDE) or not request.user.is_authenticated:
            return answer(request)
        open_pages = (
            reverse("account_logout"),
            reverse("account_reauthenticate"),
            reverse("account_change_password"),
        )
        page = reverse("mfa_index")
        if request.path in open_pages or request.path.startswith(page):
            return answer(request)
        if request.viewer.is_administrator and not is_mfa_enabled(request.user):
            messages.info(request, _("An administrator signs in with a second factor. Set one up first."))
            return redirect(page)
        return answer(request)

    return with_factor


class CalendarInWords:
    """Say on a page that a period runs into a year whose notice nobody has entered, and who enters it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page, status 422; None for anything else that went wrong."""
        if not isinstance(error, CalendarMissing):
            return None
        saved, do = "", [str(error.then)]
        if request.method == "POST":
            saved = _("What you sent was not saved; what was there before is unchanged.")
            do.append(_("Go back and send it again."))
        return errors.page(request, 422, what=str(error.what), saved=saved, do=do)
