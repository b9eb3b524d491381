"""Switches of theme, size and language (plain forms), files of shown tables, and the gallery."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from qingfeng.look import gallery as shown
from qingfeng.look import preferences, sheets


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Return to the page that the form named, if it is ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else "/")


def _choose(request: HttpRequest, preference: preferences.Preference, name: str) -> HttpResponse:
    response = _back(request)
    value = request.POST.get(name, "")
    if value in preference.choices:
        preferences.keep(request, response, preference, value=value)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme (`theme`: auto, light, dark) and go back to `next`."""
    return _choose(request, preferences.THEME, "theme")


@require_POST
def size(request: HttpRequest) -> HttpResponse:
    """Keep the size of text (`size`: 100, 125, 150) and go back to `next`."""
    return _choose(request, preferences.SIZE, "size")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language (`language`: zh-hans, en) as Django does, and on the account; go back to `next`."""
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        preferences.keep_on_account(request, "language", wanted)
    return set_language(request)


@require_POST
def sheet(request: HttpRequest) -> HttpResponse:
    """Return a table that a page showed as a file (`form`: xlsx or csv).

    The table is what the page itself signed; anything else is refused with 404.
    """
    try:
        table = sheets.unpacked(request.POST.get("table", ""))
    except ValueError as error:
        raise Http404 from error
    sheets.taken.send(sender=sheets.Sheet, request=request, sheet=table)
    return sheets.answer(table, form=request.POST.get("form", "xlsx"))


@require_GET
def gallery(request: HttpRequest, page: str = "parts") -> HttpResponse:
    """Show every component (only in a demonstration)."""
    if not settings.DEMO or page not in shown.PAGES:
        raise Http404
    return render(request, f"look/gallery/{page}.html", shown.context(request, page))
