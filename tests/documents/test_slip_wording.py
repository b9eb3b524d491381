from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.documents.body import read_body
from qingfeng.documents.wording import WrongTemplate, chinese_count, expand, problems, said

KNOWN = {"unit": None, "due": None, "problems": ("text", "amount")}


def test_a_field_gives_its_value():
    assert (
        expand("请{unit}于{due}前报告。", {"unit": "区财政局", "due": date(2026, 12, 5)})
        == "请区财政局于2026年12月5日前报告。"
    )


def test_a_list_is_repeated_with_its_number_and_the_fields_around_it():
    fields = {"unit": "区财政局", "problems": [{"text": "甲"}, {"text": "乙"}]}

    assert (
        expand("{#problems}（{@一}）{@}.{unit}{text}；{/problems}", fields)
        == "（一）1.区财政局甲；（二）2.区财政局乙；"
    )


def test_a_block_stands_only_if_its_field_has_a_value():
    text = "{?due}限{due}。{/due}{!due}不限期。{/due}"

    assert expand(text, {"due": "三日"}) == "限三日。"
    assert expand(text, {"due": None}) == expand(text, {"due": ""}) == expand(text, {"due": []}) == "不限期。"


def test_two_braces_are_one():
    assert expand("{{unit}} {unit}", {"unit": "甲"}) == "{unit} 甲"


@settings(deadline=None)
@given(st.text(alphabet="{}#/?!@unitdue.\\_ |甲\n", max_size=40))
def test_a_value_is_never_expanded(value):
    """A value that looks like a field, a block or a table stays what it is."""
    fields = {"unit": value, "due": "SECRET", "problems": [{"text": value}]}

    written = expand("前{unit}后{#problems}中{text}{/problems}", fields)
    assert "SECRET" not in written
    assert written.replace("\\|", "|").replace("\\\\", "\\") == f"前{value}后中{value}"


@pytest.mark.parametrize(
    "hostile",
    [
        "{unit.__class__}",
        "{unit[0]}",
        "{unit!r}",
        "{unit:>9}",
        "{{% load x %}}{% load x %}",
        "{unit|safe}",
        "{0}",
        "{}",
        "{ }",
        "{__import__('os')}",
    ],
)
def test_there_is_no_expression(hostile):
    with pytest.raises(WrongTemplate):
        expand(hostile, {"unit": "甲"})


def test_django_syntax_means_nothing():
    assert expand("{% x %}".replace("{%", "{{%").replace("%}", "%}}"), {}) == "{% x %}"


def test_an_unknown_field_is_named_with_what_was_meant():
    (problem,) = problems("第一行\n请{unti}办理", KNOWN)

    assert (problem.line, str(problem)) == (2, "Line 2: There is no field “unti”. Did you mean “unit”?")


def test_an_unknown_field_that_is_like_none_is_answered_with_all():
    (problem,) = problems("{金额}", KNOWN)

    assert problem.hint == "Fields: due、problems、unit."


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{#problems}{text}", "The block “problems” is not closed."),
        ("{/problems}", "“problems” is closed and was not open."),
        ("{#problems}{?due}{/problems}{/due}", "“problems” is closed and was not open."),
        ("{unit", "A brace is left over."),
        ("unit}", "A brace is left over."),
        ("{#unit}{/unit}", "“unit” is no list and cannot be repeated."),
        ("{problems}", "“problems” is a list."),
        ("{@}", "{@} counts the items of a list and stands in none."),
        ("{text}", "There is no field “text”."),
    ],
)
def test_what_is_wrong_is_said(text, what):
    assert what in [problem.what for problem in problems(text, KNOWN)]


def test_a_good_template_has_no_problems():
    assert (
        problems(
            "{unit}{?due}{due}{/due}{#problems}{@}.{text}{?amount}{amount}{/amount}{unit}{/problems}", KNOWN
        )
        == []
    )


def test_filling_names_a_field_that_was_not_given():
    with pytest.raises(WrongTemplate, match="Did you mean “unit”"):
        expand("{unit2}", {"unit": "甲"})


def test_repeating_what_is_no_list_is_refused():
    with pytest.raises(WrongTemplate, match="no list"):
        expand("{#unit}{/unit}", {"unit": "甲乙"})


def test_a_value_in_a_row_of_a_table_stays_in_its_cell():
    text = "|疑点|金额|\n{#problems}|{text}|{amount}|\n{/problems}"

    (table,) = read_body(expand(text, {"problems": [{"text": "甲|乙\n丙", "amount": Decimal("1204.5")}]}))
    assert table.rows == (("甲|乙 丙", "1,204.50"),)


def test_values_are_said_as_documents_say_them():
    assert said(datetime(2026, 3, 1, 2, 5, tzinfo=UTC)) == "2026年3月1日10时05分"
    assert [said(value) for value in (None, True, False, 3, "文", ["甲", "乙"])] == [
        "",
        "是",
        "",
        "3",
        "文",
        "甲、乙",
    ]


def test_headings_count_in_chinese():
    assert [chinese_count(n) for n in (1, 10, 11, 20, 35, 100)] == [
        "一",
        "十",
        "十一",
        "二十",
        "三十五",
        "100",
    ]
