"""The page of a rule says what it reads in the words of the office, for every rule that is shipped."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from qingfeng.desk.leads.terms import reads_of
from qingfeng.screening.rulebook import load_rules

RULES = load_rules([])
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_tables_and_columns_are_said_in_chinese(rule):
    with translation.override("zh-hans"):
        for words, columns, table in reads_of(rule):
            assert CHINESE.search(words), table
            assert [one for one in columns if not CHINESE.search(one) and one.isascii()] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_no_name_of_a_table_or_column_stands_raw_in_english(rule):
    with translation.override("en"):
        for words, columns, table in reads_of(rule):
            assert words != table
            assert [one for one in columns if "_" in one] == []
