"""The district's own places out of the lake, for the ground of a map: nothing comes from outside."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

import duckdb

from qingfeng.findings import records
from qingfeng.screening.lake import Lake, Snapshot

REACH = 0.25  # degrees beyond the records: about 25 km
MOST = 200
CORNERS = 48
METRES_PER_DEGREE = 111_320.0

Point = tuple[float, float]


def ground(points: Sequence[Point]) -> dict[str, Any]:
    """Return what lies near some points: names of divisions, and places with a boundary as GeoJSON.

    Args:
        points: Longitude and latitude, WGS-84; at least one.

    Returns:
        {"places": [{"name", "lon", "lat"}], "areas": a FeatureCollection of polygons}.
    """
    home = records.home()
    snapshot = Lake(home).snapshot()
    with records.engine(home) as con:
        places = _rows(con, snapshot, "place", "name, lon, lat", points)
        areas = _rows(con, snapshot, "geofence", "name, lon, lat, radius_m, polygon", points)
    features = [
        {
            "type": "Feature",
            "properties": {"name": name or ""},
            "geometry": {"type": "Polygon", "coordinates": [_ring(lon, lat, radius, polygon)]},
        }
        for name, lon, lat, radius, polygon in areas
    ]
    return {
        "places": [{"name": name, "lon": lon, "lat": lat} for name, lon, lat in places if name],
        "areas": {"type": "FeatureCollection", "features": features},
    }


def _rows(
    con: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: str, columns: str, points: Sequence[Point]
) -> list[tuple[Any, ...]]:
    if table not in snapshot.tables():
        return []
    lons, lats = [lon for lon, _lat in points], [lat for _lon, lat in points]
    box = [min(lons) - REACH, max(lons) + REACH, min(lats) - REACH, max(lats) + REACH]
    return con.execute(
        f"SELECT DISTINCT {columns} FROM {snapshot.relation(table)} "  # noqa: S608 - declared names; values are bound
        f"WHERE lon BETWEEN ? AND ? AND lat BETWEEN ? AND ? ORDER BY ALL LIMIT {MOST}",
        box,
    ).fetchall()


def _ring(lon: float, lat: float, radius_m: Any, polygon: str | None) -> list[Point]:
    """Return a boundary: the one that was given, else a circle."""
    given = _given(polygon)
    if given:
        return given
    radius = float(radius_m or 100) / METRES_PER_DEGREE
    wide = radius / max(0.1, math.cos(math.radians(lat)))
    ring = [
        (
            lon + wide * math.cos(2 * math.pi * turn / CORNERS),
            lat + radius * math.sin(2 * math.pi * turn / CORNERS),
        )
        for turn in range(CORNERS)
    ]
    return [*ring, ring[0]]


def _given(polygon: str | None) -> list[Point]:
    """Return the corners of a polygon, JSON or "lon,lat;lon,lat" as offices write it; [] if it is neither."""
    text = (polygon or "").strip()
    try:
        told = (
            json.loads(text) if text.startswith("[") else [one.split(",") for one in text.split(";") if one]
        )
        ring = [(float(lon), float(lat)) for lon, lat in told]
    except (ValueError, TypeError):
        return []
    if len(ring) < 3:
        return []
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]
