"""Which places a stop or a parking record lies in: the table `at_place`.

A place is a point and a radius, or a polygon. Coordinates repeat, so each is looked
up once. A record without coordinates is matched by its place's number or name, the
name exactly or as a prefix.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

RADIUS_M = 200.0
EARTH_M = 6_371_008.8
DEGREE_M = 110_574.0  # a degree of latitude is never shorter
CHUNK = 500_000
SHORTEST_NAME = 2  # a prefix of one character says nothing
# Tables whose rows are looked up: which of them, and the column that says when.
LOOKED_UP = {"gps": ("kind = 'stop'", "started_at"), "sighting": ("TRUE", "in_ts")}


@dataclass(frozen=True)
class Places:
    """The places of the register.

    Attributes:
        numbers: Row number of each in the register's relation.
        ids: place_id of each.
        lon: Of its centre; NaN where it is a polygon.
        lat: Likewise.
        radius_m: Likewise.
        shapes: Polygon, or the box around the circle.
        unreadable: Names of places whose boundary is no polygon and that have no point.
    """

    numbers: Whole
    ids: list[str]
    lon: Floats
    lat: Floats
    radius_m: Floats
    shapes: list[shapely.Geometry]
    unreadable: tuple[str, ...]

    def near(self, lon: Floats, lat: Floats) -> tuple[Whole, Whole, Floats]:
        """Return pairs of (point, place, metres): the points that lie in a place.

        Args:
            lon: Degrees, WGS-84, one a point.
            lat: Likewise.

        Returns:
            Index into the points, index into the places, distance to the centre (0 in a polygon).
        """
        if not self.shapes:
            empty = np.zeros(0, dtype=np.int64)
            return empty, empty, np.zeros(0)
        point, place = shapely.STRtree(self.shapes).query(shapely.points(lon, lat), predicate="covered_by")
        round_ = ~np.isnan(self.radius_m[place])
        metres = np.zeros(len(point))
        metres[round_] = metres_between(
            lon[point[round_]], lat[point[round_]], self.lon[place[round_]], self.lat[place[round_]]
        )
        inside = ~round_ | (metres <= self.radius_m[place])
        return point[inside], place[inside], np.round(metres[inside], 2)


def metres_between(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Return great-circle distances (haversine, mean radius of the earth)."""
    lon, lat, to_lon, to_lat = map(np.radians, (lon, lat, to_lon, to_lat))
    chord = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    metres: Floats = 2 * EARTH_M * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return metres


def read_places(con: duckdb.DuckDBPyConnection, geofence: str) -> Places:
    """Read the register of places.

    Args:
        con: A connection.
        geofence: SQL after FROM of the register's rows.
    """
    told = con.execute(
        f"SELECT place_id, name, lon, lat, CAST(radius_m AS DOUBLE), polygon FROM {geofence} ORDER BY row_id"
    ).fetchall()
    rows, shapes, unreadable = [], [], []
    for number, (place_id, name, lon, lat, radius, polygon) in enumerate(told):
        shape = _polygon(polygon)
        if shape is None and (lon is None or lat is None):
            if polygon:
                unreadable.append(str(name))
            continue
        if shape is not None:
            rows.append((number, place_id, np.nan, np.nan, np.nan))
        else:
            wide = RADIUS_M if radius is None else radius
            shape = _box(lon, lat, wide)
            rows.append((number, place_id, lon, lat, wide))
        shapes.append(shape)
    numbers, ids, lons, lats, radii = zip(*rows, strict=True) if rows else ((),) * 5
    return Places(
        np.array(numbers, dtype=np.int64),
        [str(place_id) for place_id in ids],
        np.array(lons, dtype=np.float64),
        np.array(lats, dtype=np.float64),
        np.array(radii, dtype=np.float64),
        shapes,
        tuple(unreadable),
    )


def look_up(con: duckdb.DuckDBPyConnection, table: str, rows: str, geofence: str, places: Places) -> str:
    """Return the SELECT of `at_place` for the rows of one table.

    Args:
        con: A connection; a temporary table is made in it.
        table: gps or sighting.
        rows: SQL after FROM.
        geofence: SQL after FROM of the register's rows.
        places: The same, read.
    """
    which, when = LOOKED_UP[table]
    near = f"near_{table}"
    spots = f"SELECT DISTINCT lon, lat FROM {rows} WHERE {which} AND lon IS NOT NULL AND lat IS NOT NULL"
    _near(con, spots, near, places)
    day = f"CAST(r.{when} AS DATE)"
    valid = f"({day} >= g.valid_from) IS NOT FALSE AND ({day} <= g.valid_to) IS NOT FALSE"
    number = "place_id" if table == "sighting" else "CAST(NULL AS VARCHAR)"
    return f"""
        WITH g AS (
            SELECT place_id, name, valid_from, valid_to, row_number() OVER (ORDER BY row_id) - 1 AS number
            FROM {geofence}),
        r AS (SELECT row_id, lon, lat, place, {number} AS number, {when} FROM {rows} WHERE {which}),
        named AS (
            SELECT s.spelling, s.number, g.number AS found
            FROM (SELECT DISTINCT place AS spelling, number FROM r WHERE lon IS NULL OR lat IS NULL) AS s
            JOIN g ON g.place_id = s.number OR g.name = s.spelling
                OR (length(g.name) >= {SHORTEST_NAME} AND starts_with(s.spelling, g.name)))
        SELECT row_id, place_id, min(distance_m) AS distance_m FROM (
            SELECT r.row_id, g.place_id, n.distance_m FROM r JOIN {near} AS n USING (lon, lat)
            JOIN g ON g.number = n.number WHERE {valid}
            UNION ALL
            SELECT r.row_id, g.place_id, NULL FROM r
            JOIN named AS m
                ON m.spelling IS NOT DISTINCT FROM r.place AND m.number IS NOT DISTINCT FROM r.number
            JOIN g ON g.number = m.found WHERE (r.lon IS NULL OR r.lat IS NULL) AND {valid})
        GROUP BY 1, 2"""


def _near(con: duckdb.DuckDBPyConnection, query: str, name: str, places: Places) -> None:
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} (lon DOUBLE, lat DOUBLE, number BIGINT, distance_m DOUBLE)"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE spots AS {query}")
    (count,) = con.execute("SELECT count(*) FROM spots").fetchone()  # type: ignore[misc]
    for start in range(0, count, CHUNK):
        spots = con.execute(
            "SELECT lon, lat FROM spots WHERE rowid >= ? AND rowid < ?", [start, start + CHUNK]
        ).fetchnumpy()
        lon, lat = np.asarray(spots["lon"]), np.asarray(spots["lat"])
        point, place, metres = places.near(lon, lat)
        found = {"lon": lon[point], "lat": lat[point], "number": places.numbers[place], "distance_m": metres}
        if len(point):
            con.register("found_near", found)
            con.execute(f"INSERT INTO {name} SELECT lon, lat, number, distance_m FROM found_near")
            con.unregister("found_near")
    con.execute("DROP TABLE spots")


def _box(lon: float, lat: float, radius_m: float) -> shapely.Geometry:
    high = radius_m / DEGREE_M * 1.01
    wide = min(180.0, high / max(np.cos(np.radians(min(89.0, abs(lat) + high))), 1e-6))
    return shapely.box(lon - wide, lat - high, lon + wide, lat + high)


def _polygon(text: str | None) -> shapely.Geometry | None:
    if not text:
        return None
    shape = shapely.from_wkt(text, on_invalid="ignore")
    if shape is None or shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None
    shape = shapely.make_valid(shape)
    shapely.prepare(shape)
    return shape
