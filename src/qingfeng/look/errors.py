"""Pages for what went wrong: what happened, what was saved, what to do, a reference number.

The number stands in the log beside the cause; the page never shows the cause. These pages ask nothing of
the database: they must be there when it is not.
"""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from qingfeng.look import preferences

log = logging.getLogger("qingfeng.errors")
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def reference() -> str:
    """Return a number that can be read out on the telephone: XXXX-XXXX, no letter that looks like a digit."""
    letters = [secrets.choice(LETTERS) for _place in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def page(request: HttpRequest, status: int, *, what: str, saved: str, do: list[str]) -> HttpResponse:
    """Return an error page and log its number.

    Args:
        request: What was asked; only cookies are read of it.
        status: HTTP status.
        what: What happened, one sentence.
        saved: What was kept and what not, one sentence; "" where nothing was sent.
        do: What to do next, one sentence each.
    """
    number = reference()
    log.warning("answered %s, reference %s", status, number)
    text = render_to_string(
        "look/error.html",
        {
            "what": what,
            "saved": saved,
            "do": do,
            "reference": number,
            "status": status,
            "look": _plain_look(request),
        },
    )
    return HttpResponse(text, status=status, headers={"Cache-Control": "no-store"})


def _plain_look(request: HttpRequest) -> dict[str, str]:
    """Theme and size from the cookies alone."""
    found = {}
    for name, preference in (("theme", preferences.THEME), ("size", preferences.SIZE)):
        value = request.COOKIES.get(preference.cookie)
        found[name] = value if value in preference.choices else preference.choices[0]
    return found


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    del exception
    return page(
        request,
        400,
        what=_("The request could not be read."),
        saved=_("Nothing was changed."),
        do=[
            _("Go back and send it again."),
            _("If it happens again, tell your administrator the reference number."),
        ],
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: only for what is no secret; what one may not see is a 404."""
    del exception
    return page(
        request,
        403,
        what=_("This cannot be done from here."),
        saved=_("Nothing was changed."),
        do=[_("Go back, or begin at the start page.")],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    del exception
    return page(
        request,
        404,
        what=_("There is no such page."),
        saved=_("Nothing was changed."),
        do=[_("Check the address or the number."), _("Begin at the start page, or search.")],
    )


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(
        request,
        500,
        what=_("Something in the program failed while it answered."),
        saved=_("What you sent was not saved; what was there before is unchanged."),
        do=[
            _("Go back and try once more: nothing is done twice."),
            _("If it happens again, tell your administrator the reference number."),
        ],
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that this house did not give, or gave too long ago."""
    del reason
    return page(
        request,
        403,
        what=_("The form was too old or did not come from this site."),
        saved=_("What you sent was not saved."),
        do=[
            _(
                "Go back, load the page again and send it once more; "
                "what you typed may be offered as a draft."
            ),
            _("Cookies must be allowed for this site."),
        ],
    )
