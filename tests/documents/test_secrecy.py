import pytest

from qingfeng.documents.secrecy import has_marking, mark_in_name, mark_in_text

MARKS = (
    "机密★1年",
    "秘密★",
    "绝密 ★ 长期",
    "机密☆启用前",
    "机密*10年",
    "秘\u3000密★三年",
    "機密★1年",
    "秘密级★5年",
)
TWINS = (
    "全体干部应当保守国家秘密，遵守保密纪律。",
    "本单位不产生、不存储机密级以上载体。",
    "对举报人信息严格保密，不得泄露商业秘密和工作秘密。",
    "绝密、机密、秘密三级的定密权限由法律规定。",
)


@pytest.mark.parametrize("mark", MARKS)
def test_a_level_with_a_star_is_a_mark_wherever_it_stands(mark):
    assert mark_in_text(["\n".join(["一行正文。"] * 60 + [f"（{mark}）"])])


@pytest.mark.parametrize("twin", TWINS)
def test_running_text_about_secrecy_is_no_mark(twin):
    assert not mark_in_text([twin])


@pytest.mark.parametrize(
    "line", ["秘密", "机 密", "【绝密】", "机密（1年）", "秘密 10年", "绝密文件", "密级：秘密", "密级:机密级"]
)
def test_a_level_alone_at_the_head_of_a_page_is_a_mark(line):
    assert mark_in_text(["前一页没有标志", f"份号：000001\n{line}\n云水区文件"])


@pytest.mark.parametrize("line", ["密级：公开", "密级：非密", "密级：无", "保密级别另行确定", "密级："])
def test_a_label_with_no_level_is_no_mark(line):
    assert not mark_in_text([f"{line}\n云水区文件"])


def test_a_level_alone_deep_in_a_page_is_a_word_of_a_list():
    page = "\n".join(["定密培训提纲", *[f"第{n}行" for n in range(20)], "秘密"])

    assert not mark_in_text([page])


@pytest.mark.parametrize(
    "name",
    [
        "机密★1年 会议纪要.pdf",
        "【秘密】名单.xlsx",
        "(绝密)方案.docx",
        "秘密-2026-3号.pdf",
        "通知_机密.pdf",
        "绝密.pdf",
        "机密级1年 通报.ofd",
    ],
)
def test_a_level_as_a_word_of_its_own_in_a_name_is_a_mark(name):
    assert mark_in_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "保密承诺书.pdf",
        "保守国家秘密法.pdf",
        "商业秘密保护制度.docx",
        "工作秘密清单.xlsx",
        "国家秘密定密管理规定.docx",
    ],
)
def test_a_name_that_speaks_of_secrecy_is_no_mark(name):
    assert not mark_in_name(name)


def test_invisible_signs_do_not_hide_a_mark():
    assert has_marking("机\u200b密\u2060★1年")
