"""Which places a stop or a parking record lies in."""

from __future__ import annotations

import math
import random

import duckdb
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from office import UNITS, VEHICLES, Office

from qingfeng.screening.intake.places import metres_between, read_places

PLACES = "场所编号,名称,类型,经度,纬度,半径米,边界"
STOPS = "车牌号,开始时间,结束时间,经度,纬度,状态,在线率"
DEGREES = st.tuples(st.floats(119.90, 119.92), st.floats(32.40, 32.42))


def haversine(lon, lat, to_lon, to_lat):
    chord = math.sin(math.radians(to_lat - lat) / 2) ** 2
    chord += (
        math.cos(math.radians(lat))
        * math.cos(math.radians(to_lat))
        * math.sin(math.radians(to_lon - lon) / 2) ** 2
    )
    return 2 * 6_371_008.8 * math.asin(math.sqrt(chord))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(DEGREES, max_size=30),
    st.lists(st.tuples(DEGREES, st.integers(1, 1500)), min_size=1, max_size=10),
)
def test_the_tree_finds_what_measuring_every_pair_finds(points, circles):
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE g (row_id BIGINT, place_id VARCHAR, name VARCHAR, "
            "lon DOUBLE, lat DOUBLE, radius_m INTEGER, polygon VARCHAR)"
        )
        for n, ((lon, lat), radius) in enumerate(circles):
            con.execute(
                "INSERT INTO g VALUES (?, ?, ?, ?, ?, ?, NULL)", [n, f"G{n}", f"G{n}", lon, lat, radius]
            )
        places = read_places(con, "g")

    lon, lat = np.array([p[0] for p in points]), np.array([p[1] for p in points])
    found = {(int(p), int(g)) for p, g, _ in zip(*places.near(lon, lat), strict=True)}

    expected = {
        (p, g)
        for p, (x, y) in enumerate(points)
        for g, ((gx, gy), radius) in enumerate(circles)
        if haversine(x, y, gx, gy) <= radius
    }
    assert found == expected


def test_distances_are_great_circles():
    metres = metres_between(np.array([119.0]), np.array([32.0]), np.array([120.0]), np.array([33.0]))

    assert abs(metres[0] - haversine(119.0, 32.0, 120.0, 33.0)) < 1e-6


def test_a_stop_lies_in_a_circle_a_polygon_both_or_none(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    square = '"POLYGON((119.90 32.40, 119.91 32.40, 119.91 32.41, 119.90 32.41, 119.90 32.40))"'
    office.put("places.csv", [PLACES, "G1,清河公园,景区,119.905,32.405,,", f"G2,清河新区,小区,,,,{square}"])
    office.put(
        "gps.csv",
        [
            STOPS,
            "苏M12345,2024-01-06 10:00:00,2024-01-06 11:00:00,119.905,32.405,停车,98%",
            "苏M12345,2024-01-06 12:00:00,2024-01-06 13:00:00,119.909,32.409,停车,98%",
            "苏M12345,2024-01-06 14:00:00,2024-01-06 15:00:00,119.955,32.455,停车,98%",
            "苏M12345,2024-01-06 16:00:00,2024-01-06 17:00:00,119.905,32.405,行驶,98%",
        ],
    )

    office.take()

    first, second, *_ = (row for (row,) in office.rows("gps", "row_id"))
    assert sorted(office.rows("at_place")) == [(first, "G1", 0.0), (first, "G2", 0.0), (second, "G2", 0.0)]


def test_parking_without_coordinates_is_known_by_its_places_name_or_a_prefix_of_it(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    office.put("places.csv", [PLACES, "G1,清河公园,景区,119.905,32.405,300,"])
    line = "苏M12345,{0},2024-01-06 10:00:00,2024-01-06 12:00:00"
    office.put(
        "parking.csv",
        ["车牌号,停车场,入场时间,出场时间", line.format("清河公园东门停车场"), line.format("云川公园")],
    )

    office.take()

    (first, _) = office.rows("sighting", "row_id")
    assert office.rows("at_place") == [(first[0], "G1", None)]


def test_a_register_of_places_that_has_changed_is_looked_up_for_old_rows_too(tmp_path):
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    office.put("places.csv", [PLACES, "G1,清河公园,景区,119.905,32.405,200,"])
    office.put("gps.csv", [STOPS, "苏M12345,2024-01-06 10:00:00,2024-01-06 11:00:00,119.905,32.405,停车,98%"])
    office.take()

    office.put(
        "places.csv", [PLACES, "G1,清河公园,景区,119.955,32.455,200,", "G3,清河庙,景区,119.9051,32.4051,200,"]
    )
    office.take()

    assert [place for _, place, _ in office.rows("at_place")] == ["G3"]


def test_many_stops_are_where_measuring_says(tmp_path):
    dice = random.Random(7)  # noqa: S311 - the same places every time
    office = Office(tmp_path)
    office.put("units.csv", UNITS)
    office.put("vehicles.csv", VEHICLES)
    places = [
        (119.9 + dice.random() / 50, 32.4 + dice.random() / 50, dice.randint(50, 900)) for _ in range(8)
    ]
    stops = [(round(119.9 + dice.random() / 50, 5), round(32.4 + dice.random() / 50, 5)) for _ in range(200)]
    office.put(
        "places.csv",
        [PLACES, *(f"G{n},场所{n}号,景区,{x!r},{y!r},{r}," for n, (x, y, r) in enumerate(places))],
    )
    office.put(
        "gps.csv",
        [
            STOPS,
            *(
                f"苏M12345,2024-01-06 10:{n // 60:02d}:{n % 60:02d},2024-01-06 23:00:00,{x},{y},停车,98%"
                for n, (x, y) in enumerate(stops)
            ),
        ],
    )

    office.take()

    found = {(row, place) for row, place, _ in office.rows("at_place")}
    expected = {
        (row, f"G{n}")
        for row, lon, lat in office.rows("gps", "row_id, lon, lat")
        for n, (x, y, radius) in enumerate(places)
        if haversine(lon, lat, x, y) <= radius
    }
    assert found == expected
