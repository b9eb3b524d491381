"""Routes as GeoJSON and CSV, out: a line through the stops, and a row a stop; drafts too, WGS-84."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from qingfeng.culture.files import guarded
from qingfeng.culture.models import Route

OF_ENTRY = ("theme", "name_zh", "name_en", "abstract_zh", "abstract_en", "text_zh", "text_en")
OF_ROUTE = ("mode", "audience_zh", "audience_en", "season_zh", "season_en", "office", "starts_at", "capacity")
OF_STOP = ("no", "place", "lon", "lat", "minutes", "guide_zh", "guide_en", "leg_km", "leg_minutes")
COLUMNS = ("route", *OF_ENTRY, *OF_ROUTE, *OF_STOP)


def as_csv() -> bytes:
    """Return every route as CSV with a byte order mark, a row a stop; no cell is a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    for said, stops in _routes():
        for stop in stops or [{}]:
            writer.writerow({key: guarded(value) for key, value in (said | stop).items()})
    return out.getvalue().encode("utf-8-sig")


def as_geojson() -> bytes:
    """Return every route as GeoJSON: a line through its stops, which stand in its properties."""
    features = [
        {
            "type": "Feature",
            "properties": said | {"stops": stops},
            "geometry": _shape([[one["lon"], one["lat"]] for one in stops]),
        }
        for said, stops in _routes()
    ]
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _shape(points: list[list[float]]) -> dict[str, Any] | None:
    """Return a line, which has two points at least (RFC 7946, 3.1.4)."""
    if len(points) > 1:
        return {"type": "LineString", "coordinates": points}
    return {"type": "Point", "coordinates": points[0]} if points else None


def _routes() -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    rows = Route.objects.select_related("entry").prefetch_related("stops__place__entry")
    for route in rows.order_by("entry__slug"):
        said = {"route": route.entry.slug} | {name: getattr(route.entry, name) for name in OF_ENTRY}
        said |= {name: getattr(route, name) for name in OF_ROUTE} | {"starts_at": f"{route.starts_at:%H:%M}"}
        yield said, [_stop(one) for one in route.stops.all()]


def _stop(stop: Any) -> dict[str, Any]:
    said = {name: getattr(stop, name) for name in OF_STOP if name not in {"place", "lon", "lat"}}
    return said | {"place": stop.place.entry.slug, "lon": stop.place.lon, "lat": stop.place.lat}
