"""The map on paper: one sheet of A4 or A3 with legend, numbered places and approval number."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from qingfeng.culture.content import Content
from qingfeng.culture.models import Place
from qingfeng.public.culture import pages, shown
from qingfeng.public.culture.drawing import MANY, Mark, map_svg
from qingfeng.public.culture.ways import AnyWay, way_of

PAPERS = ("a4", "a3")
ON_ONE_SHEET = 36
"""Places whose list finds room beside the map; longer lists follow on further sheets."""


@gzip_page
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Show the map as a sheet to print, narrowed as the map is."""
    way, paper = way_of(request), request.GET.get("paper", "")
    context = printed(way, asked=pages.asked_in(request.GET))
    context |= {"paper": paper if paper in PAPERS else PAPERS[0], "papers": PAPERS}
    return render(request, "public/culture/sheet.html", pages.frame(way) | context)


def printed(way: AnyWay, *, asked: dict[str, str]) -> dict[str, Any]:
    """Return what a sheet says: the drawing, the kinds that are on it, and its places by number.

    Args:
        way: Where links lead.
        asked: `q`, `kind` and `theme`, as far as they were asked.
    """
    rows = shown.asked_for(pages.PLACE, asked).select_related("version")
    count = rows.count()
    listed = [] if count > MANY else [shown.card(one, way.language) for one in rows]
    marks = [_numbered(no, one, way) for no, one in enumerate(listed, 1)] or [
        Mark(lon, lat, kind, "", "") for lon, lat, kind in rows.values_list("lon", "lat", "category")
    ]
    kinds = set(rows.values_list("category", flat=True))
    words = _("Map with %(n)d places; the list says the same") % {"n": count}
    return {
        "title": _("Integrity map of the district"), "asked": asked, "found": count, "places": listed,
        "fits": 0 < len(listed) <= ON_ONE_SHEET,
        "svg": map_svg(marks, language=way.language, words=words),
        "kinds": [(key, label) for key, label in Place.Category.choices if key in kinds],
        "code": qr_inline(way.whole("map")), "address": way.whole("map"),
    }  # fmt: skip


def qr_inline(text: str) -> SafeString:
    """Return a QR code as an `<svg>` that stands in a page."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=2, scale=4, dark="#16393c", light="#fff")
    return mark_safe(drawn)  # noqa: S308 - squares alone


def _numbered(no: int, said: Content, way: AnyWay) -> Mark:
    """Return the mark of a place with its number in place of its name."""
    words = f"{no} {said['name']}"
    return Mark(
        said["lon"], said["lat"], said["category"], str(no), way.to("place", said["slug"]), words=words
    )
