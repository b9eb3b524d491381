"""The district's own base map: one GeoJSON file in the home, and the map as an SVG drawing.

The drawing carries classes and no colours: the page's style sheet says both themes. It is what is seen
first, printed, shown without a script and taken along offline. Features have a `layer` (land, wood, contour,
built, water, road, rail, label); what has another, or none, is drawn as a thin line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings

from qingfeng.culture.coordinates import mercator

WIDE = 1000
LAYERS = ("land", "wood", "contour", "built", "water", "rail", "road")
AIR = 6.0  # between a town's name and the edge of the drawing
TOWN_EM, REACH = 24.0, 13.0  # of a town's name and of a mark, in units of the drawing
STEPS = (0.0, -30.0, 30.0, -56.0, 56.0, -82.0)  # the nearest that covers least is taken
LATIN = 0x2E7F  # signs beyond it are as wide as high
EMPTY: dict[str, Any] = {"type": "FeatureCollection", "features": []}


def place_of_map() -> Path:
    """Return where the base map lies."""
    return Path(settings.HOME) / "culture" / "base.geojson"


def write(collection: dict[str, Any]) -> None:
    """Keep a base map; the one before it is gone."""
    place = place_of_map()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    beside.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    beside.replace(place)


def base_map() -> dict[str, Any]:
    """Return the base map; no features where the home has none."""
    place = place_of_map()
    return _read(place, place.stat().st_mtime_ns) if place.exists() else EMPTY


@lru_cache(maxsize=2)
def _read(place: Path, _changed: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Frame:
    """A stretch of the earth on paper: Web Mercator, 1,000 wide."""

    west: float
    north: float
    scale: float
    high: int

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point of WGS-84 stands in the drawing."""
        x, y = mercator((lon, lat))
        return round((x - self.west) * self.scale, 1), round((y - self.north) * self.scale, 1)


def frame_of(points: Iterable[tuple[float, float]], *, margin: float = 0.06, tallest: float = 0.86) -> Frame:
    """Return the frame that shows all points with some air.

    Args:
        points: Longitude and latitude; one at least.
        margin: Air on each side, as a share of the width.
        tallest: Height over width that is not exceeded.
    """
    held = [mercator(one) for one in points]
    west, east = min(x for x, _ in held), max(x for x, _ in held)
    north, south = min(y for _, y in held), max(y for _, y in held)
    wide = max(east - west, (south - north) / tallest, 2e-6)
    west, wide = (west + east - wide) / 2 - wide * margin, wide * (1 + 2 * margin)
    tall = max(south - north, wide * 0.42)
    north, tall = (north + south - tall) / 2 - wide * margin, tall + 2 * wide * margin
    return Frame(west, north, WIDE / wide, round(WIDE * tall / wide))


def points_of(collection: dict[str, Any]) -> list[tuple[float, float]]:
    """Return the corners of every shape of a base map; of the land alone where it has some."""
    shapes = [one for one in collection["features"] if one["properties"].get("layer") == "land"]
    return [
        point
        for one in shapes or collection["features"]
        for line in _lines(one["geometry"])
        for point in line
    ]


def bounds() -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of the base map, None where there is none."""
    points = points_of(base_map())
    if not points:
        return None
    lons, lats = [one[0] for one in points], [one[1] for one in points]
    return min(lons), min(lats), max(lons), max(lats)


def holds(stretch: tuple[float, float, float, float], point: tuple[float, float]) -> bool:
    """Return whether a point lies in a stretch: west, south, east, north."""
    west, south, east, north = stretch
    return west <= point[0] <= east and south <= point[1] <= north


@dataclass(frozen=True)
class Label:
    """A name of the ground where it is written: its middle and its base line.

    Attributes:
        said: Properties of the base map: `kind`, `rank`, `turn`, and `zh` and `en`.
    """

    said: dict[str, Any]
    words: str
    x: float
    y: float


def labels_in(
    collection: dict[str, Any], frame: Frame, language: str, marks: Sequence[tuple[float, float]] = ()
) -> list[Label]:
    """Return the names that a map writes; a town's name stays on it, and out of the way of marks.

    Args:
        collection: GeoJSON in WGS-84.
        frame: What of it is shown.
        language: Of the names.
        marks: Where marks stand in the drawing.
    """
    found = []
    for one in collection["features"]:
        said = one["properties"]
        if said.get("layer") != "label":
            continue
        x, y = frame.at(*one["geometry"]["coordinates"])
        if not (0 < x < WIDE and 0 < y < frame.high):
            continue
        words = said["en"] if language.startswith("en") else said["zh"]
        if said["kind"] == "town":
            half = sum(TOWN_EM * (1 if ord(sign) > LATIN else 0.6) for sign in words) / 2
            x = round(min(max(x, half + AIR), WIDE - half - AIR), 1)
            y += min(STEPS, key=lambda step: _covered(x, y + step, half, marks))
        found.append(Label(said, words, x, round(y, 1)))
    return found


def _covered(x: float, y: float, half: float, marks: Sequence[tuple[float, float]]) -> int:
    return sum(abs(mx - x) < half + REACH and -TOWN_EM - REACH < my - y < REACH for mx, my in marks)


def drawn(
    collection: dict[str, Any],
    frame: Frame,
    *,
    language: str,
    labels: bool = True,
    marks: Sequence[tuple[float, float]] = (),
) -> str:
    """Return the ground as SVG groups, to stand inside an `<svg viewBox="0 0 1000 high">`.

    Args:
        collection: GeoJSON in WGS-84.
        frame: What of it is shown.
        language: Of the labels.
        labels: Whether names are written.
        marks: Where marks will stand in the drawing.
    """
    parts: dict[str, list[str]] = {layer: [] for layer in LAYERS}
    casing: list[str] = []
    for one in collection["features"]:
        said, layer = one["properties"], one["properties"].get("layer")
        if layer == "label":
            continue
        path = _path(one["geometry"], frame)
        if layer == "road":
            rank = int(said.get("rank", 3))
            casing.append(f'<path class="g-case g-case-{rank}" d="{path}"/>')
            parts["road"].append(f'<path class="g-road-{rank}" d="{path}"/>')
        else:
            parts.setdefault(str(layer or "other"), []).append(f'<path d="{path}"/>')
    parts["road"] = casing + parts["road"]
    groups = [f'<g class="g-{escape(layer)}">{"".join(held)}</g>' for layer, held in parts.items() if held]
    return "".join(groups) + (_labels(labels_in(collection, frame, language, marks)) if labels else "")


def _labels(labels: Iterable[Label]) -> str:
    found = []
    for one in labels:
        by = one.said.get("turn")
        turn = f' transform="rotate({float(by)} {one.x} {one.y})"' if by else ""
        kind = f"g-name g-name-{escape(one.said['kind'])} g-rank-{int(one.said['rank'])}"
        found.append(f'<text class="{kind}" x="{one.x}" y="{one.y}"{turn}>{escape(one.words)}</text>')
    return f'<g class="g-names" aria-hidden="true">{"".join(found)}</g>'


def _path(geometry: dict[str, Any], frame: Frame) -> str:
    is_area = "Polygon" in geometry["type"]
    return "".join(
        "M"
        + "L".join(f"{x:g} {y:g}" for x, y in (frame.at(*point[:2]) for point in line))
        + ("z" if is_area else "")
        for line in _lines(geometry)
    )


def _lines(geometry: dict[str, Any]) -> list[Sequence[Any]]:
    kind, held = geometry["type"], geometry.get("coordinates", ())
    if kind == "GeometryCollection":
        return [line for one in geometry["geometries"] for line in _lines(one)]
    depth = {
        "Point": 0,
        "MultiPoint": 1,
        "LineString": 1,
        "MultiLineString": 2,
        "Polygon": 2,
        "MultiPolygon": 3,
    }[kind]
    lines = [[held]] if depth == 0 else [held]
    for _ in range(max(0, depth - 1)):
        lines = [line for many in lines for line in many]
    return lines
