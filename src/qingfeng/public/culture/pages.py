"""What each page says, live and in the export alike: one function a page, a dict for its template."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from qingfeng.culture.basemap import base_map
from qingfeng.culture.booking import open_slots
from qingfeng.culture.models import Entry, Place, Publication
from qingfeng.public.culture import shown
from qingfeng.public.culture.below import below
from qingfeng.public.culture.drawing import MANY, Mark, map_svg
from qingfeng.public.culture.ways import AnyWay

A_PAGE = 60
PLACE, ROUTE = "place", "route"
ASKED = ("q", "kind", "theme")
NOTHING: Mapping[str, str] = {}


def the_map(way: AnyWay, *, asked: dict[str, str], page: str | None = None) -> dict[str, Any]:
    """Return the map with the equal list beside it, narrowed by what was asked.

    Args:
        way: Where links lead.
        asked: `q`, `kind` and `theme`, as far as they were asked.
        page: Number of the page of the list.
    """
    rows = shown.asked_for(PLACE, asked)
    points = list(rows.values_list("lon", "lat", "category", "name_zh", "name_en", "slug"))
    are_many = len(points) > MANY  # then they are drawn as numbers, and none leads anywhere
    marks = [_mark(row, way, leads=not are_many) for row in points]
    listed = Paginator(
        rows.select_related("version"), A_PAGE if not way.is_offline else max(len(marks), 1)
    ).get_page(page)
    words = _("Map with %(n)d places; the list says the same") % {"n": len(marks)}
    return {
        "title": _("Integrity map of the district"), "here": "map",
        "svg": map_svg(marks, language=way.language, words=words),
        "page": listed, "cards": [
            shown.card(one, way.language) | {"sought": "" if listed.has_other_pages() else one.sought}
            for one in listed.object_list
        ],
        "asked": asked, "query": urlencode({key: one for key, one in asked.items() if one}),
        "found": len(marks), "kinds": Place.Category.choices, "themes": Entry.Theme.choices,
        "is_asked": any(asked.values()),
        "routes": [shown.card(one, way.language) for one in shown.live(ROUTE).select_related("version")[:6]],
    }  # fmt: skip


def all_places(way: AnyWay, *, asked: dict[str, str], page: str | None = None) -> dict[str, Any]:
    """Return the equal list, without the map; the rest is as in `the_map`."""
    return the_map(way, asked=asked, page=page) | {"title": _("All places"), "here": "places"}


def asked_in(given: Mapping[str, str]) -> dict[str, str]:
    """Return what was asked of the map, without the sign that no database takes."""
    return {name: given.get(name, "").replace("\0", "").strip()[:60] for name in ASKED}


def place(way: AnyWay, row: Publication) -> dict[str, Any]:
    """Return the story of a place with its own small map."""
    said = shown.card_of(row.version.content, way.language)
    near = Mark(
        said["lon"], said["lat"], said["category"], said["name"], way.to("place", row.slug), is_chosen=True
    )
    others = [
        _mark(one, way)
        for one in shown.live(PLACE)
        .exclude(slug=row.slug)
        .values_list("lon", "lat", "category", "name_zh", "name_en", "slug")[:MANY]
    ]
    routes = [
        one for one in shown.live(ROUTE).select_related("version")
        if any(stop["place"] == row.slug for stop in one.version.content["stops"])
    ]  # fmt: skip
    return {
        "title": said["name"], "place": said, "row": row, "here": PLACE, "points": shown.coordinates_of(said),
        "svg": map_svg([*others, near], language=way.language, words=_("Where it lies in the district")),
        "routes": [shown.card(one, way.language) for one in routes],
        "picture": said["cover"], "abstract": said["abstract"], "self": ("place", row.slug),
    }  # fmt: skip


def routes(way: AnyWay) -> dict[str, Any]:
    """Return all routes with the sums of their day."""
    found = []
    for one in shown.live(ROUTE).select_related("version"):
        day = shown.day_as_said(one.version.content, way.language)
        stops, sums = day or ([], None)
        names = [stop["place"]["name"] for stop in stops]
        found.append(shown.card(one, way.language) | {"sums": sums, "stop_names": names})
    return {"title": _("Routes of integrity"), "cards": found, "here": "routes"}


def route(way: AnyWay, row: Publication) -> dict[str, Any]:
    """Return a route with its stops, legs, day, quiz and slots."""
    said = shown.card_of(row.version.content, way.language)
    day = shown.day_as_said(row.version.content, way.language)
    stops, sums = day or ([], None)
    marks = [
        Mark(
            one["lon"],
            one["lat"],
            one["place"]["category"],
            one["place"]["name"],
            way.to("place", one["place"]["slug"]),
            no=one["no"],
        )
        for one in stops
    ]
    svg = map_svg(marks, language=way.language, words=_("Map of the route"), line=True, close=True)
    return {
        "title": said["name"], "route": said, "row": row, "stops": stops, "sums": sums, "here": ROUTE,
        "svg": svg if marks else "",
        "slots": [] if way.is_offline else open_slots(row.entry),
        "picture": said["cover"], "abstract": said["abstract"], "self": ("route", row.slug),
    }  # fmt: skip


def collection(way: AnyWay, rows: Sequence[tuple[Any, ...]], *, with_links: bool = True) -> dict[str, Any]:
    """Return places as GeoJSON with short keys: n name, k kind, t theme, s slug, u address."""
    side = 5 if way.language == "en" else 4
    features = []
    for lon, lat, category, theme, name_zh, name_en, slug in rows:
        said = {"n": (name_zh, name_en)[side - 4] or name_zh, "k": category, "t": theme, "s": slug}
        if with_links:
            said["u"] = way.to("place", slug)
        features.append(
            {"type": "Feature", "properties": said, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        )
    return {"type": "FeatureCollection", "features": features}


def places_geojson(way: AnyWay, asked: Mapping[str, str] = NOTHING) -> str:
    """Return the public places that were asked for as GeoJSON text, WGS-84."""
    rows = shown.asked_for(PLACE, asked).values_list(
        "lon", "lat", "category", "theme", "name_zh", "name_en", "slug"
    )
    return json.dumps(collection(way, list(rows)), ensure_ascii=False, separators=(",", ":"))


def ground_text() -> str:
    """Return the base map as text."""
    return json.dumps(base_map(), ensure_ascii=False, separators=(",", ":"))


def frame(way: AnyWay) -> dict[str, Any]:
    """Return what every page says: where it leads, whose map it is."""
    return {"way": way, "sheet": shown.base_sheet(), "below": below(way)}


def _mark(row: tuple[Any, ...], way: AnyWay, *, leads: bool = True) -> Mark:
    lon, lat, category, name_zh, name_en, slug = row
    name = name_en if way.language == "en" and name_en else name_zh
    return Mark(lon, lat, category, name, way.to("place", slug) if leads else "")
