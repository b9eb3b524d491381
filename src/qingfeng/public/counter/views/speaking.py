"""What every page of the counter shares: its language stands in its address; no cookie, no session."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from qingfeng.public.counter import house

LANGUAGES = {"zh": "zh-hans", "en": "en"}
View = Callable[..., HttpResponse]


class LanguageConverter:
    """`zh` or `en` in an address."""

    regex = "zh|en"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


def speaks(view: View) -> View:
    """Speak the language of the address; ask for no token of a session, because there is none.

    A forged form could do nothing that its forger could not do: nobody is signed in here, and each form has a
    ticket of its own.
    """

    @wraps(view)
    def spoken(request: HttpRequest, lang: str, **parts: Any) -> HttpResponse:
        with translation.override(LANGUAGES[lang]):
            request.LANGUAGE_CODE = LANGUAGES[lang]
            return view(request, lang, **parts)

    return csrf_exempt(spoken)


def page(
    request: HttpRequest, template: str, lang: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Return a page of the counter."""
    other = "en" if lang == "zh" else "zh"
    said = {"lang": lang, "other": other, "house": house.house(), **context}
    return render(request, f"counter/{template}.html", said, status=status)
