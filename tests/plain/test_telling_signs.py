"""What in a text tells who wrote another one, and what does not."""

import pytest

from qingfeng.plain.telling_signs import Known, masked, telling_signs

STORY = (
    "我叫梅见山，身份证号 110101199001011234，电话138-0013-8000。二〇二四年起，库房钥匙由王某一人保管，"
    "夜里搬走两箱账册。云水区住房和城乡建设局答复说没有此事，欠款1234567元。2025-11-03 再次去问。"
)
KNOWN = Known(
    names=("梅见山", "Tom Lee", "青石邮局"),
    texts=(STORY,),
    spared=("云水区住房和城乡建设局", "青石邮局管理所"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("梅见山来电话催办。", ("梅见山",)),
        ("梅 见 山来电话催办。", ("梅 见 山",)),
        ("回拨13800138000无人接。", ("13800138000",)),
        ("回拨１３８００１３８０００无人接。", ("１３８００１３８０００",)),
        ("尾号0013-8000的来电。", ("0013-8000",)),
        ("持110101199001011234者来访。", ("110101199001011234",)),
        ("说是库房钥匙由王某一人保管，夜里的事。", ("库房钥匙由王某一人保管，夜里",)),
        ("mentioned by TOM LEE himself", ("TOM LEE",)),
    ],
)
def test_a_name_a_number_and_a_long_quotation_are_found_however_written(text, found):
    assert telling_signs(text, KNOWN) == found


@pytest.mark.parametrize(
    "text",
    [
        "有人打听此件办理情况，要求尽快了结。",
        "云水区住房和城乡建设局派人来问。",
        "2025-11-03 接到来电，20251103 登记。",
        "涉及1234567元，见附件。",
        "钥匙由王某一人保管。",
        "Tom Leeson of the office asked.",
        "青石邮局管理所派人来问。",
        "",
    ],
)
def test_short_words_offices_days_and_amounts_are_nobodys(text):
    assert telling_signs(text, KNOWN) == ()


def test_what_tells_is_masked_and_the_rest_stays_as_it_was():
    said = masked("张某来问：梅见山（电话 138 0013 8000）的信办到哪了？", KNOWN, "＊＊")

    assert said == "张某来问：＊＊（电话 ＊＊）的信办到哪了？"


def test_a_quotation_may_begin_within_another_sentence_of_the_same_source():
    known = Known(texts=("甲乙丙丁戊己庚辛。", "戊己庚辛壬癸子丑寅卯辰巳午未"))

    assert telling_signs("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未", known) == ("戊己庚辛壬癸子丑寅卯辰巳午未",)


def test_a_text_that_is_nothing_but_the_source_is_compared_at_once():
    story = "".join(chr(0x4E00 + at * 7 % 20000) for at in range(20000))

    assert telling_signs(story, Known(texts=(story,))) == (story,)
