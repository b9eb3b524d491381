import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import CARD, HEADER, a_fill, csv_text, only_sheet, plan, staged
from reading import given as given_file

from qingfeng.screening.home import Home


def kinds(tmp_path, *rows: tuple[str, ...]) -> list[str]:
    """Return the kinds of rows that follow two records."""
    given_file(tmp_path, "a.csv", csv_text(a_fill(0), a_fill(1), *rows).encode())
    _, found = staged(only_sheet(tmp_path), tmp_path)
    return [row["row_kind"] for row in found[2:]]


@pytest.mark.parametrize(
    "cell",
    ["合计", "小计", "总计", "累计", "本页合计", "合 计", "合　计：", "合计（元）", "合计:", "总计：35笔",
     '"合计：1,234.50元"', "合计(大写)：壹佰贰拾元整", "城管局合计", "苏M12345 小计"],
)  # fmt: skip
def test_a_totals_row_is_told_apart(tmp_path, cell):
    assert kinds(tmp_path, (cell, "", "", "", "201.00")) == ["total"]


def test_a_totals_row_may_say_so_in_any_cell(tmp_path):
    assert kinds(tmp_path, ("", "", "", "合计", "201.00")) == ["total"]


@pytest.mark.parametrize(
    "station", ["审计局加油站", "云川市设计院加油站", "统计路", "会计学校", "合计数三人用餐"]
)
def test_a_word_that_only_looks_like_a_total_is_a_record(tmp_path, station):
    assert kinds(tmp_path, a_fill(2, station=station)) == ["data"]


def test_a_header_repeated_on_each_page_is_told_apart(tmp_path):
    assert kinds(tmp_path, HEADER, a_fill(2)) == ["header", "data"]


def test_a_row_of_separators_only_is_blank(tmp_path):
    assert kinds(tmp_path, ("", " ", "　", "", "")) == ["blank"]


@pytest.mark.parametrize(
    "row",
    [("制表人：张三", "", "审核：李四", "", ""), ("打印日期：2026-02-01", "", "", "", ""),
     ("说明：以加油站小票为准", "", "", "", ""), ("", "注：单位为元", "", "", ""),
     ("第1页", "共3页", "", "", "")],
)  # fmt: skip
def test_a_footnote_is_told_apart(tmp_path, row):
    assert kinds(tmp_path, row) == ["note"]


def test_a_record_with_few_cells_stays_a_record(tmp_path):
    assert kinds(tmp_path, ("", "苏M12345", "", "", "")) == ["data"]


def test_cells_are_trimmed_of_what_nobody_typed(tmp_path):
    row = a_fill(2, plate="\u00a0苏M12345\u3000", station="'清河\u200b加油站\t", amount='" "')
    given_file(tmp_path, "a.csv", csv_text(a_fill(0), row).encode())

    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert rows[1]["plate"] == "苏M12345"
    assert rows[1]["station"] == "清河加油站"
    assert rows[1]["amount"] is None


def card(tmp_path, *values: str) -> list[tuple[str | None, str | None, str | None]]:
    given_file(tmp_path, "a.csv", csv_text(*(a_fill(0, card=value) for value in values)).encode())
    _, rows = staged(only_sheet(tmp_path), tmp_path)
    return [(row["card_h"], row["card_last4"], row["card_flag"]) for row in rows]


def test_an_identifier_leaves_a_keyed_hash_and_four_characters(tmp_path):
    hashed = Home(tmp_path / "home").hash(CARD)

    found = card(tmp_path, CARD, "９０３０ 0012 3456 7890 123", f"'{CARD}\t", f"{CARD}\u00a0")

    assert found == [(hashed, "0123", None)] * 4


@pytest.mark.parametrize("value", ["6.22848E+18", "6.22848e18", "9030001234560000", "9030001234567890000"])
def test_digits_lost_to_a_spreadsheet_are_flagged_and_never_hashed(tmp_path, value):
    assert card(tmp_path, value) == [(None, None, "digits_lost")]


@pytest.mark.parametrize(("value", "tail"), [("903000*********0123", "0123"), ("320***********12**", None)])
def test_a_masked_identifier_keeps_only_what_it_shows(tmp_path, value, tail):
    assert card(tmp_path, value) == [(None, tail, "masked")]


def test_an_identifier_that_is_missing_has_nothing(tmp_path):
    assert card(tmp_path, "") == [(None, None, None)]


def test_a_raw_identifier_is_in_no_file_of_the_home_or_staging(tmp_path):
    given_file(tmp_path, "a.csv", csv_text(*(a_fill(n) for n in range(100))).encode("gb18030"))

    staged(only_sheet(tmp_path), tmp_path)

    kept = [file for file in tmp_path.rglob("*") if file.is_file() and "in" not in file.parts]
    assert len(kept) >= 2
    assert not [file for file in kept if CARD.encode() in file.read_bytes()]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.text("0123456789ABXYabx -＊１２", max_size=24), min_size=1, max_size=30))
def test_the_hash_is_that_of_the_home_whether_looked_up_or_computed(tmp_path, values):
    """Rows beyond the samples are hashed in SQL, others looked up: both equal `Home.hash`."""
    home = Home(tmp_path / "home")
    by_engine = card(tmp_path, *values)

    given_file(
        tmp_path,
        "a.csv",
        csv_text(*(a_fill(0, card=v) for v in values), a_fill(1, station='"a\nb"')).encode(),
    )
    _, rows = staged(only_sheet(tmp_path), tmp_path)

    assert by_engine == [(r["card_h"], r["card_last4"], r["card_flag"]) for r in rows[:-1]]
    for value, (hashed, _, _) in zip(values, by_engine, strict=True):
        assert hashed is None or hashed == home.hash(value)
        assert hashed or not value.strip() or set(value) & set("＊*xX0eE")


def test_a_list_column_keeps_its_dotted_name(tmp_path):
    given_file(tmp_path, "a.csv", csv_text(a_fill(0)).encode())
    names = ("card", "plate", "ts", "station", "fuel_line.amount")

    _, rows = staged(only_sheet(tmp_path), tmp_path, plan(names=names))

    assert rows[0]["fuel_line.amount"] == "100.00"
