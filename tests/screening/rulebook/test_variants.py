"""A variant of a rule asks the same with other values, and is a rule like any other."""

from decimal import Decimal
from functools import cache

import pytest

from qingfeng.screening.errors import WrongUse
from qingfeng.screening.rulebook import SHIPPED, load_rules, read_rule, variant_text

rules = cache(load_rules)  # read where they are asked for, not while tests are collected


def read(tmp_path, text, name="d_variant"):
    file = tmp_path / f"{name}.sql"
    file.write_text(text, encoding="utf-8")
    return read_rule(file)


@pytest.mark.parametrize("rule", sorted(file.stem for file in SHIPPED.rglob("*.sql")))
def test_every_rule_of_the_house_written_out_anew_asks_the_same(tmp_path, rule):
    again, violations = read(tmp_path, variant_text(rules()[rule], title="另一个", params={}))

    assert violations == []
    assert again.sql == rules()[rule].sql
    assert (again.params, again.excluded, again.title) == (
        rules()[rule].params,
        rules()[rule].excluded,
        "另一个",
    )


def test_values_that_are_given_take_the_place_of_the_rule_s_own(tmp_path):
    base = rules()["fuel_over_tank_single"]

    again, violations = read(tmp_path, variant_text(base, title="从严", params={"tolerance": Decimal(1)}))

    assert violations == []
    assert again.params == {**base.params, "tolerance": Decimal("1.0")}


def test_a_parameter_that_the_rule_does_not_have_is_refused():
    with pytest.raises(WrongUse, match="no parameter 'tolerence'"):
        variant_text(rules()["fuel_over_tank_single"], title="从严", params={"tolerence": 1})


def test_a_text_with_quotes_and_line_ends_comes_back_as_it_was(tmp_path):
    base = rules()["fuel_over_tank_single"]

    again, violations = read(tmp_path, variant_text(base, title='从严“一”"二"', params={}))

    assert violations == []
    assert again.title == '从严“一”"二"'
