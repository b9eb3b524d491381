"""Verdicts in sentences."""

import re

import pytest
from test_judging import LETTER, Records, records_of

from qingfeng.screening.correction.judging import judge
from qingfeng.screening.correction.saying import SENTENCES, sentences

TITLES = {"fuel_holiday": "节假日加油", "letter_blank": "空白公函"}


def test_a_correction_is_told_with_found_and_expected():
    said = sentences(judge(LETTER, records_of()), TITLES)

    assert said == ["数据印证整改。", "节假日加油：发现0条；如未整改，预计应有12.7条。"]


def test_too_few_records_are_told_with_how_long_to_wait():
    said = sentences(
        judge(LETTER, records_of(before=0, after=0, exposure=60, peers=0)), TITLES, language="en"
    )

    assert said[0] == "The records cannot say."
    assert "at least 3 are needed" in said[1]


def test_who_supplied_the_records_is_said_last():
    assert (
        sentences(judge(LETTER, records_of(), Records(self_supplied=True)), TITLES)[-1]
        == "数据由该单位自行提供。"
    )


@pytest.mark.parametrize("key", SENTENCES)
def test_every_reason_has_a_sentence_in_both_languages_without_a_blank(key):
    values = {
        "rule": "x", "rules": ["x"], "found": 3, "expected": 4.25, "least": 3, "more_months": 2.0,
        "months": ["2026-05"], "sources": ["石油公司"], "share": 0.5, "before": 0.01, "after": 0.2,
        "reason": ("no file", "没有文件"), "day": "2026-11-03",
    }  # fmt: skip
    english, chinese = (say(values) for say in SENTENCES[key])

    assert re.search(r"[一-鿿]", chinese)
    assert not re.search(r"[{}]|None", english + chinese)
