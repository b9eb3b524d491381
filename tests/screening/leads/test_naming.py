"""Evidence rows as numbers: the same order and the same names as their text."""

import json

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.screening.lake import SheetRecord
from qingfeng.screening.leads.naming import name_rows

PLACES = [
    ("加油/1.csv", None),
    ('加油/"1".csv', None),
    ("账.xlsx", "二月"),
    ("账.xlsx", "一月"),
    ("账.xlsx", None),
]
SHEETS = [
    SheetRecord(number, path, sheet, "", 0, {}, {}, 0) for number, (path, sheet) in enumerate(PLACES, 3)
]

rows = st.tuples(
    st.sampled_from(["fuel", "fuel_card", "vehicle"]),
    st.integers(3, 7),
    st.one_of(st.integers(1, 120), st.integers(1, 2**32 - 1)),
    st.integers(0, 2),
)
evidence = st.lists(rows, min_size=1, max_size=4)


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        name_rows(con, SHEETS)
        yield con


def asked(con, found, what):
    told = [{"t": table, "r": number << 42 | row << 10 | item} for table, number, row, item in found]
    sql = f"SELECT {what} FROM (SELECT qf_named(CAST($told AS STRUCT(t VARCHAR, r BIGINT)[])) AS named)"
    return con.execute(sql, {"told": told}).fetchall()[0][0]


def entries(found):
    places = {(table, *PLACES[number - 3], row) for table, number, row, _ in found}
    return sorted(places, key=lambda p: (p[0], p[1], p[2] is not None, p[2] or "", p[3]))


@given(found=evidence)
def test_rows_are_named_once_by_table_file_sheet_and_row(con, found):
    names = ("table", "file", "sheet", "row")
    expected = [dict(zip(names, entry, strict=True)) for entry in entries(found)]

    assert asked(con, found, "qf_shown(named)") == json.dumps(expected, ensure_ascii=False)
    canon = json.dumps(
        {"evidence": expected, "rule": "r"}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert asked(con, found, "qf_canon(named, 'r')") == canon


@given(one=evidence, other=evidence)
def test_numbers_sort_as_the_canonical_text_does(con, one, other):
    texts = [asked(con, found, "qf_canon(named, 'r')") for found in (one, other)]
    numbers = [asked(con, found, "qf_order(named)") for found in (one, other)]

    assert (texts[0] < texts[1]) == (numbers[0] < numbers[1])
    assert (texts[0] == texts[1]) == (numbers[0] == numbers[1])


def test_a_row_of_no_sheet_is_no_evidence(con):
    assert asked(con, [("calendar", 0, 0, 0), ("fuel", 99, 1, 0)], "named") == []
