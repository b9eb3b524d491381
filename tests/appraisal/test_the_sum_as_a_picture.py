"""The picture of a result adds up to it, and leaves out what does not count."""

import pytest

from qingfeng.desk.appraisal.picture import bars_of

PARTS = [
    {"key": "self", "value": 7.8, "counted": 12.5, "count": 1},
    {"key": "peer", "value": 9.5, "counted": 25.0, "spread": 1.0, "count": 6},
    {"key": "leader", "counted": 0, "left_out": "missing"},
    {"key": "democratic", "value": 7.75, "counted": 25.0, "spread": 0, "count": 34},
    {"key": "organisation", "value": 7.0, "counted": 37.5, "count": 1},
]


def test_what_the_bars_add_is_the_sum():
    whole = sum(part["value"] * part["counted"] / 10 for part in PARTS if "value" in part)

    added = sum(float(one.adds) for one in bars_of({"parts": PARTS}))

    assert added == pytest.approx(whole, abs=0.2)


def test_a_part_that_does_not_count_has_no_bar():
    assert len(bars_of({"parts": PARTS})) == len(PARTS) - 1


def test_a_part_that_counts_more_is_thicker_and_a_better_one_is_longer():
    own, peers, many, office = bars_of({"parts": PARTS})

    assert own.thick < peers.thick == many.thick < office.thick
    assert float(office.filled) < float(own.filled) < float(peers.filled)


def test_the_spread_ends_where_the_scale_ends_and_is_nothing_for_a_form_by_name():
    own, peers, *_others = bars_of({"parts": PARTS})

    assert (peers.low, peers.high, peers.across) == ("85.0", "100.0", "15.0")
    assert own.low == own.high == own.filled
