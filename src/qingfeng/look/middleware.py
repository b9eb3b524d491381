"""A person's language goes with the account, whichever machine they sit at."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

KNOWN = {code for code, _ in settings.LANGUAGES}


class LanguageOfPerson:
    """Speak the account's `language`, if the account has one; else what LocaleMiddleware found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the language before the view runs."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            language = getattr(getattr(request, "user", None), "language", None)
            if language in KNOWN:
                translation.activate(language)
                request.LANGUAGE_CODE = translation.get_language()
        return self._get_response(request)
