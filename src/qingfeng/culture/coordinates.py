"""WGS-84, GCJ-02 and BD-09: what each is, and the way from one to another.

GCJ-02 is computed by the algorithm that was published as `eviltransform` (ellipsoid of Krasovsky 1940); there
is no formula for the way back, so it is iterated until the point that comes forward again is less than 1e-9
degrees off. BD-09 stands on GCJ-02 (angle and length of a plane vector) and is inverted in the same way.
Outside the rectangle that the algorithm knows as China nothing is shifted. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from math import asin, atan2, cos, hypot, log, pi, radians, sin, sqrt

Point = tuple[float, float]
"""Longitude and latitude, degrees, east and north."""

WGS84, GCJ02, BD09 = "WGS-84", "GCJ-02", "BD-09"
DATUMS = (WGS84, GCJ02, BD09)
AXIS_M = 6378245.0
ECCENTRICITY = 0.00669342162296594323
EARTH_KM = 6371.0088
NEAR = 1e-9
_X = pi * 3000.0 / 180.0


def to_wgs84(point: Point, datum: str) -> Point:
    """Return a point in WGS-84.

    Args:
        point: Longitude and latitude.
        datum: What they are in: one of `DATUMS`.

    Raises:
        ValueError: If the datum is none of these.
    """
    return _of(datum)[1](point)


def from_wgs84(point: Point, datum: str) -> Point:
    """Return a point of WGS-84 in another datum.

    Raises:
        ValueError: If the datum is none of `DATUMS`.
    """
    return _of(datum)[0](point)


def wgs84_to_gcj02(point: Point) -> Point:
    """Return a point of WGS-84 in GCJ-02, as maps that are published in China show it."""
    if is_outside(point):
        return point
    lon, lat = point
    east, north = _east(lon - 105.0, lat - 35.0), _north(lon - 105.0, lat - 35.0)
    turn = radians(lat)
    magic = 1 - ECCENTRICITY * sin(turn) ** 2
    north = north * 180.0 / ((AXIS_M * (1 - ECCENTRICITY)) / (magic * sqrt(magic)) * pi)
    east = east * 180.0 / (AXIS_M / sqrt(magic) * cos(turn) * pi)
    return lon + east, lat + north


def gcj02_to_wgs84(point: Point) -> Point:
    """Return a point of GCJ-02 in WGS-84, by iteration."""
    return _back(wgs84_to_gcj02, point)


def gcj02_to_bd09(point: Point) -> Point:
    """Return a point of GCJ-02 in BD-09."""
    lon, lat = point
    length = hypot(lon, lat) + 0.00002 * sin(lat * _X)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * _X)
    return length * cos(angle) + 0.0065, length * sin(angle) + 0.006


def bd09_to_gcj02(point: Point) -> Point:
    """Return a point of BD-09 in GCJ-02, by iteration."""
    return _back(gcj02_to_bd09, point)


def is_outside(point: Point) -> bool:
    """Return whether a point lies where the algorithm shifts nothing."""
    lon, lat = point
    return not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271)


def km_between(one: Point, other: Point) -> float:
    """Return the distance of two points of WGS-84 along the surface, km."""
    (lon, lat), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def in_degrees(point: Point) -> str:
    """Return a point as people write it: `120.1234° E, 32.5000° N`."""
    lon, lat = point
    return f"{abs(lon):.5f}° {'E' if lon >= 0 else 'W'}, {abs(lat):.5f}° {'N' if lat >= 0 else 'S'}"


def mercator(point: Point) -> Point:
    """Return where a point lies on the square of the Web Mercator projection, 0 to 1, y downwards."""
    lon, lat = point
    turn = sin(radians(max(-85.05, min(85.05, lat))))
    return lon / 360 + 0.5, 0.5 - 0.25 * log((1 + turn) / (1 - turn)) / pi


def _back(forward: Callable[[Point], Point], point: Point) -> Point:
    """Return the point whose image is `point`: what is missing is added until nothing is."""
    lon, lat = point
    for _ in range(30):
        x, y = forward((lon, lat))
        lon, lat = lon + point[0] - x, lat + point[1] - y
        if abs(point[0] - x) < NEAR and abs(point[1] - y) < NEAR:
            break
    return lon, lat


def _waves(x: float) -> float:
    return (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0


def _north(x: float, y: float) -> float:
    found = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + _waves(x)
    found += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    return found + (160.0 * sin(y / 12.0 * pi) + 320 * sin(y * pi / 30.0)) * 2.0 / 3.0


def _east(x: float, y: float) -> float:
    found = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + _waves(x)
    found += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    return found + (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0


_WAYS: dict[str, tuple[Callable[[Point], Point], Callable[[Point], Point]]] = {
    WGS84: (lambda point: point, lambda point: point),
    GCJ02: (wgs84_to_gcj02, gcj02_to_wgs84),
    BD09: (
        lambda point: gcj02_to_bd09(wgs84_to_gcj02(point)),
        lambda point: gcj02_to_wgs84(bd09_to_gcj02(point)),
    ),
}


def _of(datum: str) -> tuple[Callable[[Point], Point], Callable[[Point], Point]]:
    if datum not in _WAYS:
        raise ValueError(f"there is no datum {datum!r}; it is one of {', '.join(DATUMS)}")
    return _WAYS[datum]
