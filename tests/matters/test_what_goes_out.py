"""A document that would name a source is not issued: which words are found, and names however spaced."""

import pytest

from qingfeng.plain.source_words import names_in, source_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("经来信反映，该单位一张油卡同日加油两次。", ("来信反映",)),
        ("听 举 报 人 称，当日有人在场。", ("举报人",)),
        ("见检〔2026〕12号。", ("检〔2026〕12号",)),
        ("该单位一张油卡同日在两处加油，请予说明。", ()),
        ("人民群众举办活动。", ()),
        ("被反映人应当说明情况。", ()),
        ("请 被 反 映 人 说明。", ()),
        ("如实反映人民群众诉求。", ()),
        ("反映人称当日有人在场。", ("反映人",)),
        ("反映人指认被反映人。", ("反映人",)),
        ("被举报人应当说明情况。", ("被举报人",)),
        ("举报人与被举报人。", ("举报人", "被举报人")),
        ("被检举控告人", ("被检举控告人",)),
        ("检举控告人", ("检举控告人",)),
        ("被控告人", ("被控告人",)),
        ("来信人、来访人、来电人", ("来信人", "来访人", "来电人")),
    ],
)
def test_words_that_say_that_somebody_reported_are_found(text, words):
    assert source_words(text) == words


def test_a_name_is_found_however_it_is_spaced_and_a_single_sign_is_no_name():
    assert names_in("请找 宋 不 鸣 了解", ("宋不鸣", "李")) == ("宋不鸣",)
    assert names_in("电话139-1234-5678", ("13912345678",)) == ("13912345678",)
    assert names_in("李家河水库", ("李",)) == ()
