import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.culture.coordinates import (
    DATUMS,
    from_wgs84,
    gcj02_to_bd09,
    is_outside,
    km_between,
    to_wgs84,
    wgs84_to_gcj02,
)

# The vectors that come with eviltransform, and those of coordtransform: (longitude, latitude).
WGS_TO_GCJ = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ((116.404, 39.915), (116.41024449916938, 39.91640428150164)),
]
in_china = st.tuples(st.floats(74, 134), st.floats(18, 53))


@pytest.mark.parametrize(("before", "after"), WGS_TO_GCJ)
def test_known_points_come_out_as_published(before, after):
    assert wgs84_to_gcj02(before) == pytest.approx(after, abs=1e-6)


def test_a_known_point_of_baidu_comes_out_as_published():
    assert gcj02_to_bd09((116.404, 39.915)) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-9
    )


@pytest.mark.parametrize("datum", DATUMS)
@given(point=in_china)
def test_there_and_back_is_less_than_a_millionth_of_a_degree(datum, point):
    assert to_wgs84(from_wgs84(point, datum), datum) == pytest.approx(point, abs=1e-6)


@given(point=in_china)
def test_the_shift_is_of_the_size_that_is_known(point):
    assert 0.005 < km_between(point, wgs84_to_gcj02(point)) < 1.5


def test_abroad_nothing_is_shifted():
    paris = (2.3522, 48.8566)

    assert is_outside(paris)
    assert wgs84_to_gcj02(paris) == paris


def test_a_datum_that_nobody_knows_is_told_with_those_that_are_known():
    with pytest.raises(ValueError, match="one of WGS-84, GCJ-02, BD-09"):
        to_wgs84((120, 32), "CGCS")


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres():
    assert km_between((120, 32), (120, 33)) == pytest.approx(111.195, abs=0.01)
