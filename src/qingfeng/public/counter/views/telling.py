"""Pages that only tell: the start, what is anonymous, the rules, the way on paper, the sheet for the door."""

from __future__ import annotations

import contextlib
from base64 import b64encode
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from qingfeng.documents.rendering import qr_svg
from qingfeng.public.counter import house, limits
from qingfeng.public.counter.following import MOST_LETTERS
from qingfeng.public.counter.in_memory import TAKEN
from qingfeng.public.counter.tickets import LASTS_SECONDS
from qingfeng.public.counter.views.speaking import page, speaks

LAWS = ("信访工作条例 第18条、第30条、第46条", "监察法 第73条")


@csrf_exempt
@require_safe
def begin(_request: HttpRequest) -> HttpResponse:
    """Lead to the start in the language that the browser asks for."""
    lang = "en" if translation.get_language() == "en" else "zh"
    return redirect(reverse("counter:start", kwargs={"lang": lang}))


@speaks
@require_safe
def start(request: HttpRequest, lang: str) -> HttpResponse:
    """Show what can be done here."""
    keys = house.house()
    lines = [line for line in house.LINES if house.is_open(keys, line)]
    return page(request, "start", lang, lines=lines, others=list(_others()))


def _others() -> Iterator[tuple[str, str, str]]:
    """Yield address, name and hint of what else is public here; on a machine of its own there is nothing."""
    for name, words, hint in (
        ("public:roster", _("Leaders receive people"), _("When, where, and about what.")),
        ("public:yearly_index", _("The year in petitions"), _("How offices handled them, in numbers.")),
    ):
        with contextlib.suppress(NoReverseMatch):
            yield reverse(name), words, hint


@speaks
@require_safe
def anonymity(request: HttpRequest, lang: str) -> HttpResponse:
    """Say in plain words what is and what is not anonymous."""
    return page(request, "anonymity", lang, laws=LAWS)


@speaks
@require_safe
def rules(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the limits in force."""
    figures = {"lasts_hours": LASTS_SECONDS // 3600, "most_letters": MOST_LETTERS}
    return page(request, "rules", lang, limits=limits.limits(), kinds=TAKEN, **figures)


@speaks
@require_safe
def paper(request: HttpRequest, lang: str) -> HttpResponse:
    """Show the way on paper; nothing is typed here."""
    return page(request, "paper", lang, whom="")


@speaks
@require_safe
def poster(request: HttpRequest, lang: str) -> HttpResponse:
    """Show a sheet for the office's door, with a code that leads here."""
    address = request.build_absolute_uri(reverse("counter:begin"))
    return page(request, "poster", lang, address=address, code=picture_of(address))


def picture_of(text: str) -> str:
    """Return the QR code of a text as the address of a picture that carries itself."""
    return "data:image/svg+xml;base64," + b64encode(qr_svg(text).encode()).decode()
