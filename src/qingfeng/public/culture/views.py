"""Pages that only show: map, list, places, routes, their files; no cookie, no session, no log of who asks."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from qingfeng.culture.basemap import place_of_map
from qingfeng.culture.counting import saw
from qingfeng.culture.giving import Given
from qingfeng.culture.models import Publication
from qingfeng.culture.storing import FORMS, place_of
from qingfeng.look.map_tiles import asks_tiles_of
from qingfeng.public.culture import pages, shown
from qingfeng.public.culture.below import asked_for_tiles
from qingfeng.public.culture.cards import card_png, qr_svg
from qingfeng.public.culture.giving import file_of, kept_a_while
from qingfeng.public.culture.hall_cards import hall_card
from qingfeng.public.culture.ways import Way, way_of

FOLDER = "public/culture/"
PLACE, ROUTE = pages.PLACE, pages.ROUTE


@asks_tiles_of(asked_for_tiles)
@gzip_page
@require_safe
def the_map(request: HttpRequest) -> HttpResponse:
    """Show the map with its list."""
    saw("map")
    return _show(
        request,
        "map.html",
        lambda way: pages.the_map(way, asked=pages.asked_in(request.GET), page=request.GET.get("page")),
    )


@gzip_page
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Show the equal list, without a map."""
    saw("places")
    return _show(
        request,
        "places.html",
        lambda way: pages.all_places(way, asked=pages.asked_in(request.GET), page=request.GET.get("page")),
    )


@gzip_page
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a place, or since when and why it is not shown any more."""
    return _one(request, PLACE, slug, pages.place)


@gzip_page
@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """Show all routes."""
    saw("routes")
    return _show(request, "routes.html", pages.routes)


@gzip_page
@require_safe
def route(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a route, or since when and why it is not shown any more."""
    return _one(request, ROUTE, slug, pages.route)


@asks_tiles_of(asked_for_tiles)
@gzip_page
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Show one place after another on a large screen; the page turns by itself, without a script."""
    rows = list(shown.live(PLACE).order_by("pk").values_list("slug", flat=True))
    if not rows:
        raise Http404
    asked = request.GET.get("at", "")
    at = int(asked) if re.fullmatch(r"[0-9]{1,9}", asked) else 0
    row = shown.one_or_404(PLACE, rows[at % len(rows)])
    next_at = (at + 1) % len(rows)
    more = {"next": next_at, "no": at % len(rows) + 1, "count": len(rows)}
    return _show(request, "wall.html", lambda way: pages.place(way, row) | more)


@require_safe
def trace(request: HttpRequest) -> HttpResponse:
    """Show what was withdrawn, when and why."""
    rows = Publication.objects.exclude(withdrawn_at=None).order_by("-withdrawn_at")[:200]
    return _show(
        request, "trace.html", lambda _way: {"title": translation.gettext("What was withdrawn"), "rows": rows}
    )


@require_safe
@cache_control(max_age=300, public=True)
def geojson(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the places that are asked for as GeoJSON, WGS-84; `zh` or `en` names."""
    if slug not in {"zh", "en"}:
        raise Http404
    asked = pages.asked_in(request.GET)
    if any(asked.values()):
        return HttpResponse(pages.places_geojson(Way(slug), asked), content_type="application/geo+json")
    newest = Publication.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    live = shown.live(PLACE).count()
    return _zipped(request, _places(slug, (newest, live)), "application/geo+json")


@require_safe
@cache_control(max_age=3600, public=True)
def ground(request: HttpRequest) -> HttpResponse:
    """Give the base map as GeoJSON."""
    file = place_of_map()
    if not file.exists():
        return HttpResponse('{"type":"FeatureCollection","features":[]}', content_type="application/geo+json")
    return _zipped(request, _ground(file, file.stat().st_mtime_ns), "application/geo+json")


@require_safe
def media(request: HttpRequest, slug: str, form: str) -> Given:
    """Give a picture, sound or film by its hash, if something public shows it."""
    if form not in FORMS:
        raise Http404
    return file_of(slug, request, place_of(slug, form), content_type=FORMS[form])


@require_safe
@kept_a_while
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the QR code of a place or route: its one address."""
    row = shown.live().filter(slug=slug).first()
    if row is None:
        raise Http404
    return HttpResponse(qr_svg(way_of(request).whole(row.kind, slug)), content_type="image/svg+xml")


@require_safe
@kept_a_while
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the picture of the share card: 1,200 by 630."""
    row = shown.live().filter(slug=slug).select_related("version").first()
    if row is None:
        raise Http404
    way = way_of(request)
    if row.kind == "hall":
        return HttpResponse(hall_card(row, way), content_type="image/png")
    return HttpResponse(card_png(row, way.language, way.whole(row.kind, slug)), content_type="image/png")


@require_safe
def gpx(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a route for a satellite receiver: WGS-84."""
    row = shown.one_or_404(ROUTE, slug)
    text = gpx_of(row, way_of(request).language)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.gpx"'}
    return HttpResponse(text, content_type="application/gpx+xml", headers=headers)


@require_safe
def ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a route as a day of a calendar: the next slot, or the coming Saturday."""
    row, way = shown.one_or_404(ROUTE, slug), way_of(request)
    said = pages.route(way, row)
    calendar = Calendar()
    calendar.add("prodid", "-//Qingfeng//culture//")
    calendar.add("version", "2.0")
    for event in _events(said, way):
        calendar.add_component(event)
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8", headers=headers)


def gpx_of(row: Publication, language: str) -> str:
    """Return a route as GPX 1.1: stops as way points and as one route."""
    said = shown.spoken(row.version.content, language)
    day = shown.day_as_said(row.version.content, language)
    points = "".join(
        f'<{{0}} lat="{one["lat"]}" lon="{one["lon"]}"><name>{escape(one["place"]["name"])}</name>'
        f"<desc>{escape(one['guide'])}</desc></{{0}}>"
        for one in (day[0] if day else [])
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Qingfeng" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<metadata><name>{escape(said['name'])}</name></metadata>{points.replace('{0}', 'wpt')}"
        f"<rte><name>{escape(said['name'])}</name>{points.replace('{0}', 'rtept')}</rte></gpx>\n"
    )


def _events(said: dict[str, Any], way: Way) -> list[Event]:
    sums, stops = said["sums"], said["stops"]
    if not sums:
        return []
    slot = said["slots"][0] if said["slots"] else None
    day = timezone.localdate(slot.starts_at) if slot else _saturday()
    found = []
    for one in stops:
        begins = datetime.combine(day, datetime.strptime(one["arrives"], "%H:%M").time())  # noqa: DTZ007 - local hour
        begins = timezone.make_aware(begins + timedelta(minutes=one["waits"]))
        event = Event()
        event.add("uid", f"{said['row'].slug}-{one['no']}-{day:%Y%m%d}@qingfeng")
        event.add("dtstamp", said["row"].at)
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=one["stay"]))
        event.add("summary", f"{one['no']} {one['place']['name']}")
        event.add("description", one["guide"])
        event.add("url", way.whole("place", one["place"]["slug"]))
        event.add("geo", (one["lat"], one["lon"]))
        found.append(event)
    return found


def _saturday() -> Any:
    today = timezone.localdate()
    return today + timedelta(days=(5 - today.weekday()) % 7 or 7)


def _show(
    request: HttpRequest, template: str, says: Callable[[Way], dict[str, Any]], *, status: int = 200
) -> HttpResponse:
    way = way_of(request)
    return render(request, FOLDER + template, pages.frame(way) | says(way), status=status)


def _one(
    request: HttpRequest, kind: str, slug: str, says: Callable[[Way, Publication], dict[str, Any]]
) -> HttpResponse:
    if gone := shown.withdrawn(kind, slug):
        return _show(request, "gone.html", lambda _way: {"title": gone.name_zh, "row": gone}, status=410)
    row = shown.one_or_404(kind, slug)
    saw(f"{kind}:{slug}")
    return _show(request, f"{kind}.html", lambda way: says(way, row))


def _zipped(request: HttpRequest, data: tuple[bytes, bytes], content_type: str) -> HttpResponse:
    plain, zipped = data
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return HttpResponse(zipped, content_type=content_type, headers=headers)
    return HttpResponse(plain, content_type=content_type, headers={"Vary": "Accept-Encoding"})


@lru_cache(maxsize=4)
def _places(language: str, _stamp: tuple[int, int]) -> tuple[bytes, bytes]:
    text = pages.places_geojson(Way(language)).encode()
    return text, gzip.compress(text, 6, mtime=0)


@lru_cache(maxsize=2)
def _ground(file: Path, _changed: int) -> tuple[bytes, bytes]:
    text = file.read_bytes()
    return text, gzip.compress(text, 9, mtime=0)
