from hypothesis import given, settings
from hypothesis import strategies as st

from qingfeng.documents.body import Heading, Paragraph, Table, escaped, lines_of, read_body


def test_lines_become_headings_of_four_levels_by_how_they_begin():
    body = read_body("一、情况\n（一）概述\n1.第一\n（1）其一\n十二、附则")

    assert [block.level for block in body] == [1, 2, 3, 4, 1]


def test_what_follows_the_first_full_stop_of_a_second_level_heading_is_plain_text():
    assert read_body("（一）加强管理。各单位要落实责任。") == (
        Heading(2, "（一）加强管理。", "各单位要落实责任。"),
    )


def test_a_decimal_number_at_the_head_of_a_line_is_no_heading():
    assert read_body("1.5万元已退回。") == (Paragraph("1.5万元已退回。"),)


def test_bars_make_a_table_with_as_many_cells_in_every_row():
    assert read_body("|甲|乙|\n|---|---|\n|1|\n|2|3|") == (Table(("甲", "乙"), (("1", ""), ("2", "3"))),)


def test_two_tables_are_parted_by_a_line_of_text():
    assert [type(block) for block in read_body("|甲|\n|1|\n说明\n|乙|")] == [Table, Paragraph, Table]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_an_escaped_value_comes_back_from_a_cell_as_it_was(value):
    (table,) = read_body(f"|{escaped(value)}|边|")

    assert table.head == (value.strip(), "边")


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_read(text):
    assert isinstance(lines_of(read_body(text)), list)
