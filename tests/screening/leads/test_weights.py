"""The arithmetic in SQL is the arithmetic in words."""

from decimal import Decimal

import duckdb
import pytest

from qingfeng.screening.leads.weights import COLOUR_FLOORS, arithmetic, macros


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        for sql in macros():
            con.execute(sql)
        yield con


@pytest.mark.parametrize(
    ("yuan", "points", "factor"),
    [
        (None, 0, 1),
        ("999.99", 0, 1),
        ("1000.00", 5, 2),
        ("9999.99", 5, 2),
        ("10000", 10, 3),
        ("100000", 20, 4),
    ],
)
def test_amount_classes_begin_at_their_floor(con, yuan, points, factor):
    amount = None if yuan is None else Decimal(yuan)

    told = con.execute("SELECT qf_amount_points($a), qf_amount_factor($a)", {"a": amount}).fetchone()

    assert told == (points, factor)


@pytest.mark.parametrize(
    ("rules", "findings", "points"), [(1, 1, 0), (1, 2, 2), (2, 2, 10), (2, 3, 12), (9, 9, 30), (1, 99, 30)]
)
def test_repetition_counts_rules_more_than_findings_and_has_a_limit(con, rules, findings, points):
    assert con.execute("SELECT qf_repetition(?, ?)", [rules, findings]).fetchone() == (points,)


@pytest.mark.parametrize(
    ("points", "colour"),
    [(90, "red"), (89, "yellow"), (60, "yellow"), (59, "blue"), (30, "blue"), (29, "grey")],
)
def test_colours_begin_at_their_floor(con, points, colour):
    (step,) = con.execute("SELECT qf_colour_step(?)", [points]).fetchone()

    assert COLOUR_FLOORS[step][1] == colour


def test_the_arithmetic_of_a_lead_can_be_read():
    told = arithmetic(tier="B", amount_points=5, repetition=12, factor=2, raised=True)

    assert told == {
        "score": "B级先验 Beta(6,4)：6÷(6+4)=0.60",
        "points": "B级30＋金额5＋重复12＝47",
        "colour": "不同来源的两条B级疑点，升一色",
        "rank": "0.60×金额档2＝1.20",
    }
