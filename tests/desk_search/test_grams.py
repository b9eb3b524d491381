"""Pairs of signs: what is folded, paired and struck out."""

import pytest

from qingfeng.desk.grams import folded, grams_of, runs, words_of
from qingfeng.desk.indexing import without_names


def test_a_folded_text_is_as_long_as_before():
    text = "云水区ＡＢＣ㎡ﬁ督〔2026〕１２号"

    assert len(folded(text)) == len(text)
    assert folded("ＡBc１") == "abc1"


def test_a_run_gives_its_pairs_once_in_order():
    assert len(grams_of("云水云水")) == 2
    assert grams_of("云水河") == ["x4e916c34", "x6c346cb3"]


def test_pairs_do_not_reach_over_what_is_no_letter():
    assert list(runs("督〔2026〕12号")) == ["督", "2026", "12号"]
    assert grams_of("督〔2") == []


def test_a_word_of_one_sign_is_not_looked_for():
    assert words_of("云 水务局 a") == ["水务局"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("由沈知远批示", "由＊＊＊批示"),
        ("沈知远、沈知", "＊＊＊、＊＊"),
        ("没有名字", "没有名字"),
    ],
)
def test_names_are_struck_out_the_longest_first(text, left):
    assert without_names(text, {"沈知远", "沈知"}) == left
