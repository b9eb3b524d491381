"""Reference tables in a connection: shipped, and overruled by the district's own."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from qingfeng.screening.home import Home
from qingfeng.screening.lake import Lake
from qingfeng.screening.reference import mount
from qingfeng.screening.reference.mounting import shipped_places

PLACES = Path(__file__).parents[4] / "shared/data/places/adcodes.csv"
HAVERSINE = """
SELECT round(2 * 6371.0088 * asin(sqrt(pow(sin(radians(b.lat - a.lat) / 2), 2)
  + cos(radians(a.lat)) * cos(radians(b.lat)) * pow(sin(radians(b.lon - a.lon) / 2), 2))), 2)
FROM place AS a, place AS b WHERE a.adcode = '110000' AND b.adcode = '310000'
"""


@pytest.fixture
def con(tmp_path):
    con = duckdb.connect()
    mount(con, Lake(Home(tmp_path / "home")).snapshot(), date(2026, 1, 1), date(2026, 10, 31))
    return con


def test_the_calendar_covers_whole_years_around_the_data(con):
    assert con.execute("SELECT min(date), max(date), count(*) FROM calendar").fetchone() == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        365,
    )


def test_the_shipped_places_know_the_distance_between_two_cities(con):
    (km,) = con.execute(HAVERSINE).fetchone()

    assert 1060 < km < 1075


@pytest.mark.skipif(
    not PLACES.exists(), reason="the published table lies beside the project only where it is built"
)
def test_the_shipped_places_are_the_published_divisions():
    lines = PLACES.read_text(encoding="utf-8").splitlines()[1:]

    published = {line.split(",")[0][:6] for line in lines if line.split(",")[2]}

    assert {place["adcode"] for place in shipped_places()} == published


def test_a_year_that_nobody_entered_leaves_the_calendar_without_it(tmp_path):
    con = duckdb.connect()

    mount(con, Lake(Home(tmp_path / "home")).snapshot(), date(2026, 12, 1), date(2031, 1, 31))

    assert con.execute("SELECT count(*) FROM calendar WHERE year(date) = 2031").fetchone() == (0,)
