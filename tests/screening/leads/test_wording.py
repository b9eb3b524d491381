"""Values as a person would write them."""

from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfeng.screening.leads.wording import as_text, friendly, jsonable, macros
from qingfeng.screening.rulebook.rule import Dated


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        for sql in macros():
            con.execute(sql)
        yield con


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        ("2026-10-03 12:01:00", "TIMESTAMP", "2026年10月3日 12:01"),
        ("2026-10-03", "DATE", "2026年10月3日"),
        ("87.00", "DECIMAL(10,2)", "87"),
        ("-87.10", "DECIMAL(10,2)", "-87.10"),
        ("612.50", "DECIMAL(14,2)", "612.50"),
        ("1.2500", "DECIMAL(14,4)", "1.25"),
        ("0.5", "DECIMAL(3,1)", "0.5"),
        ("1.5", "DOUBLE", "1.50"),
        ("[1.00, 2.50]", "DECIMAL(10,2)[]", "1.00、2.50"),
        ("true", "BOOLEAN", "是"),
        ("false", "BOOLEAN", "否"),
        ("云川第一加油站", "VARCHAR", "云川第一加油站"),
        ("007.00", "VARCHAR", "007.00"),
        (None, "VARCHAR", "（无记录）"),
        (None, "DATE", "（无记录）"),
        (None, "DECIMAL(14,2)", "（无记录）"),
    ],
)
def test_a_value_is_written_as_a_person_would(con, value, kind, told):
    typed = f"CAST($value AS {kind})"

    words = con.execute(f"SELECT {friendly(typed, as_text(typed, kind), kind)}", {"value": value}).fetchall()

    assert words == [(told,)]


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_text_is_quoted_as_the_json_module_does(con, text):
    assert con.execute("SELECT qf_json($text)", {"text": text}).fetchall() == [(encode_basestring(text),)]


@pytest.mark.parametrize(
    ("text", "is_hash"),
    [
        ("0123456789abcdef0123456789abcdef", True),
        ("卡0123456789abcdef0123456789abcdef、", True),
        ("0123456789abcdef0123456789abcdef0", False),
        ("0123456789ABCDEF0123456789ABCDEF", False),
        ("0123456789abcdef", False),
    ],
)
def test_only_32_hex_digits_alone_are_a_hash(con, text, is_hash):
    assert con.execute("SELECT qf_is_hash($text)", {"text": text}).fetchall() == [(is_hash,)]


def test_parameters_are_told_as_json_has_them():
    dated = (Dated(date(2025, 1, 1), Decimal("1.05"), "用车17"),)

    assert jsonable(dated) == [{"from": "2025-01-01", "value": 1.05, "basis": "用车17"}]
    assert jsonable(Decimal(2)) == 2
    assert jsonable([1, Decimal("0.5"), "甲"]) == [1, 0.5, "甲"]
