"""Values as a person would write them."""

from datetime import date
from decimal import Decimal

import pytest

from qingfeng.screening.leads.wording import friendly, jsonable
from qingfeng.screening.rulebook.rule import Dated


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        ("2026-10-03T12:01:00+08:00", "TIMESTAMP", "2026年10月3日 12:01"),
        ("2026-10-03", "DATE", "2026年10月3日"),
        ("2026-10-03T00:00:00+08:00", "DATE", "2026年10月3日"),
        ("87.00", "DECIMAL(10,2)", "87"),
        ("612.50", "DECIMAL(14,2)", "612.50"),
        ("1.2500", "DECIMAL(14,4)", "1.25"),
        ("0.5", "DECIMAL(3,1)", "0.5"),
        ("true", "BOOLEAN", "是"),
        ("false", "BOOLEAN", "否"),
        ("云川第一加油站", "VARCHAR", "云川第一加油站"),
        ("007.00", "VARCHAR", "007.00"),
        (None, "VARCHAR", "（无记录）"),
    ],
)
def test_a_value_is_written_as_a_person_would(value, kind, told):
    assert friendly(value, kind) == told


def test_parameters_are_told_as_json_has_them():
    dated = (Dated(date(2025, 1, 1), Decimal("1.05"), "用车17"),)

    assert jsonable(dated) == [{"from": "2025-01-01", "value": 1.05, "basis": "用车17"}]
    assert jsonable(Decimal(2)) == 2
    assert jsonable([1, Decimal("0.5"), "甲"]) == [1, 0.5, "甲"]
