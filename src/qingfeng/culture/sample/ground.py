"""The base map of the fictional district as GeoJSON, grown from a few points in `ground.toml`.

Every feature has a `layer`: land, wood, contour, built, water, road, rail or label; roads and labels have a
`rank`.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from shapely import LineString, Polygon, unary_union
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

CENTRE = (124.0, 30.5)
KM_PER_DEGREE = 111.195
STEPS = 20
Km = Sequence[float]
Feature = dict[str, Any]


def at(east: float, north: float) -> tuple[float, float]:
    """Return longitude and latitude of kilometres east and north of the centre."""
    lon = CENTRE[0] + east / (KM_PER_DEGREE * math.cos(math.radians(CENTRE[1])))
    return round(lon, 6), round(CENTRE[1] + north / KM_PER_DEGREE, 6)


def ground() -> dict[str, Any]:
    """Return the base map: a collection of features, lowest layer first."""
    said = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    border = Polygon(_smooth(said["border"], closed=True))
    lakes = [Polygon(_smooth(one["ring"], closed=True), _holes(one)) for one in said["lakes"]]
    rivers = [_river(one, border) for one in said["rivers"]]
    water = unary_union([*lakes, *rivers]).simplify(0.005)
    features = [_feature("land", border.simplify(0.01))]
    for one in said["woods"]:
        wood = Polygon(_smooth(one["ring"], closed=True)).intersection(border)
        features.append(_feature("wood", wood.simplify(0.01)))
        features += [_feature("contour", line) for line in _contours(wood) if one["hill"]]
    features += [_feature("built", Polygon(_smooth(one["ring"], closed=True))) for one in said["towns"]]
    features.append(_feature("water", water))
    for one in sorted(said["roads"], key=lambda road: -road["rank"]):
        line = LineString(_smooth(one["line"])).intersection(border)
        features.append(_feature("road", line.simplify(0.006), rank=one["rank"]))
    features += [
        _feature("rail", LineString(_smooth(one["line"])).intersection(border).simplify(0.006))
        for one in said["rails"]
    ]
    return {"type": "FeatureCollection", "features": features + _labels(said)}


def _labels(said: dict[str, Any]) -> list[Feature]:
    found = [_label(one["name"], one["at"], "town", one["rank"]) for one in said["towns"]]
    for lake in said["lakes"]:
        middle = Polygon(lake["ring"]).centroid
        found.append(_label(lake["name"], (middle.x + 0.15, middle.y - 0.55), "water", 2))
    found += [_label(one["name"], one["at"], "wood", 3) for one in said["woods"] if one["name"][0]]
    for river in (one for one in said["rivers"] if one["name"][0]):
        line, along = LineString(_smooth(river["line"])), river["along"]
        one, other = (line.interpolate(along + part, normalized=True) for part in (-0.02, 0.02))
        turn = math.degrees(math.atan2(one.y - other.y, other.x - one.x))
        middle = line.interpolate(along, normalized=True)
        rank = 2 if river["width"] > 0.3 else 3
        found.append(_label(river["name"], (middle.x, middle.y), "river", rank, turn))
    return found


def _label(name: Sequence[str], place: Sequence[float], kind: str, rank: int, turn: float = 0) -> Feature:
    return {
        "type": "Feature",
        "properties": {
            "layer": "label",
            "kind": kind, "rank": rank, "zh": name[0], "en": name[1], "turn": round(turn, 1),
        },
        "geometry": {"type": "Point", "coordinates": list(at(place[0], place[1]))},
    }  # fmt: skip


def _feature(layer: str, shape: BaseGeometry, **more: Any) -> Feature:
    drawn = mapping(shape)
    return {
        "type": "Feature",
        "properties": {"layer": layer, **more},
        "geometry": {"type": drawn["type"], "coordinates": _on_earth(drawn["coordinates"])},
    }


def _on_earth(part: Any) -> Any:
    if isinstance(part[0], int | float):
        return [round(x, 5) for x in at(part[0], part[1])]
    return [_on_earth(one) for one in part]


def _river(one: dict[str, Any], border: Polygon) -> BaseGeometry:
    """Return a river as an area that grows a little wider on its way."""
    line = LineString(_smooth(one["line"]))
    parts, count = [], 14
    for no in range(count):
        stretch = [line.interpolate((no + step / 6) / count, normalized=True) for step in range(7)]
        parts.append(LineString(stretch).buffer(one["width"] / 2 * (0.75 + 0.6 * no / count), quad_segs=6))
    return unary_union(parts).buffer(0.05).buffer(-0.05).intersection(border)


def _contours(hill: BaseGeometry) -> Iterable[BaseGeometry]:
    for depth in (0.3, 0.62, 0.92):
        inner = hill.buffer(-depth)
        if not inner.is_empty and inner.geom_type == "Polygon":
            yield LineString(inner.simplify(0.02).exterior.coords)


def _holes(lake: dict[str, Any]) -> list[list[tuple[float, float]]]:
    return [_smooth(one, closed=True) for one in lake.get("islands", ())]


def _smooth(points: Sequence[Km], *, closed: bool = False) -> list[tuple[float, float]]:
    """Return a line through the points without corners (Catmull and Rom 1974)."""
    held = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    found: list[tuple[float, float]] = []
    for a, b, c, d in zip(held, held[1:], held[2:], held[3:], strict=False):
        found += [
            (_between(a[0], b[0], c[0], d[0], step / STEPS), _between(a[1], b[1], c[1], d[1], step / STEPS))
            for step in range(STEPS)
        ]
    return [*found, (found[0] if closed else (float(points[-1][0]), float(points[-1][1])))]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
