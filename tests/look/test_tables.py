"""Tables: heads that sort, cells with their labels, totals, an empty page that explains itself."""

from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from qingfeng.look.tables import Column, Empty, Table, heads, order_in

COLUMNS = [
    Column("number", "编号", sort="number", is_head=True, link=lambda row: f"/directives/{row['number']}/"),
    Column("unit.name", "单位"),
    Column("amount", "金额（元）", kind="amount", sort="amount"),
]
ROWS = [
    {"number": f"2026-{place:03}", "unit": {"name": "<b>青石镇</b>"}, "amount": Decimal("1234.5") * place}
    for place in range(1, 25)
]


def page_of(table, address="/directives/"):
    request = RequestFactory().get(address)
    with translation.override("zh-hans"):
        return Template("{% load look %}{% data_table table %}").render(
            Context({"table": table, "request": request})
        )


def test_a_cell_carries_its_label_for_phones_and_its_words_are_harmless():
    text = page_of(Table(COLUMNS, ROWS[:1], "督办"))

    assert 'data-label="单位"' in text
    assert "&lt;b&gt;青石镇" in text
    assert '<th scope="row"' in text
    assert 'href="/directives/2026-001/"' in text
    assert "1,234.50" in text


def test_a_head_sorts_rising_then_falling_and_starts_at_the_first_page():
    request = RequestFactory().get("/directives/?kind=x&page=3")

    first = heads(Table(COLUMNS, [], "督办"), request.GET)[0]
    rising = heads(Table(COLUMNS, [], "督办", sorted_by="number"), request.GET)[0]
    falling = heads(Table(COLUMNS, [], "督办", sorted_by="-number"), request.GET)[0]

    assert (first["href"], first["direction"]) == ("?kind=x&sort=number", "")
    assert (rising["href"], rising["direction"]) == ("?kind=x&sort=-number", "ascending")
    assert (falling["href"], falling["direction"]) == ("?kind=x&sort=number", "descending")


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ("amount", "amount"),
        ("-amount", "-amount"),
        ("unit", "number"),
        ("pk); DROP", "number"),
        ("", "number"),
    ],
)
def test_only_an_order_that_a_column_has_is_taken_from_the_address(asked, order):
    request = RequestFactory().get("/directives/", {"sort": asked})

    assert order_in(request, COLUMNS, "number") == order


def test_a_long_list_has_pages_that_keep_the_rest_of_the_address():
    page = Paginator(ROWS, 10).get_page(2)

    text = page_of(Table(COLUMNS, page, "督办"), "/directives/?sort=amount&page=2")

    assert "第 11 至 20 条，共 24 条" in text
    assert 'href="?sort=amount&amp;page=3"' in text
    assert '<span aria-current="page">2</span>' in text


def test_an_empty_table_says_what_will_be_here_and_how_to_begin():
    text = page_of(
        Table(COLUMNS, [], "督办", empty=Empty("还没有督办事项", "收到来文后登记。", "登记", "/new/"))
    )

    assert "还没有督办事项" in text
    assert 'href="/new/"' in text
    assert "<table" not in text


def test_totals_stand_in_a_last_row_under_their_columns():
    text = page_of(Table(COLUMNS, ROWS[:2], "督办", totals={"amount": "3,703.50"}))

    foot = text.split("<tfoot")[1]
    assert "合计" in foot
    assert "3,703.50" in foot


def test_a_kind_that_nothing_draws_is_refused():
    with pytest.raises(ValueError, match="not 'pie'"):
        Column("x", "x", kind="pie")
