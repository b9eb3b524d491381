"""Theme and size of text, as a person chose them: on the account if it keeps them, else in a cookie."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

YEAR = 365 * 24 * 3600


class Preference(NamedTuple):
    """One thing that a person may choose.

    `attribute` is the name on the account, `cookie` the name in the browser; the first choice is the default.
    """

    attribute: str
    cookie: str
    choices: tuple[str, ...]


THEME = Preference("theme", "qingfeng_theme", ("auto", "light", "dark"))
SIZE = Preference("text_size", "qingfeng_size", ("100", "125", "150"))


def chosen(request: HttpRequest, preference: Preference) -> str:
    """Return what was chosen, the default if nothing (or nothing known) was."""
    user = getattr(request, "user", None)
    for value in (
        getattr(user, preference.attribute, None),
        request.COOKIES.get(preference.cookie),
    ):
        if value is not None and str(value) in preference.choices:
            return str(value)
    return preference.choices[0]


def keep(request: HttpRequest, response: HttpResponse, preference: Preference, *, value: str) -> None:
    """Keep a choice on the account, if it has a place for it, and in this browser.

    Raises:
        ValueError: If the value is none of the choices.
    """
    if value not in preference.choices:
        raise ValueError(
            f"{preference.attribute} may be {', '.join(preference.choices)}, not {value[:20]!r}."
        )
    keep_on_account(request, preference.attribute, value)
    response.set_cookie(
        preference.cookie,
        value,
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def keep_on_account(request: HttpRequest, attribute: str, value: str) -> None:
    """Write one attribute of the signed-in account, if it has it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(user, attribute):
        return
    kind = type(getattr(user, attribute))
    setattr(user, attribute, int(value) if kind is int else value)
    user.save(update_fields=[attribute])
