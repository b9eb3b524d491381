"""Laws of the readers: whatever is written in any of the styles reads back."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingfeng.screening.normalise import install
from qingfeng.screening.normalise.macros import documented, enums

WIDE = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")
T = TypeVar("T")
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def many(one: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    """Return lists: a query costs more than the values in it."""
    return st.lists(one, min_size=1, max_size=60)


amounts = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2)
days = st.dates(dt.date(2000, 1, 1), dt.date(2069, 12, 31))
moments = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2069, 12, 31, 23, 59)).map(  # noqa: DTZ001 - civil time
    lambda t: t.replace(second=0, microsecond=0)
)


class Reader:
    """Reads texts by one macro, in their order."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def __call__(self, macro: str, *texts: str) -> list[Any]:
        """Return the values, one a text."""
        rows = "SELECT unnest($texts::VARCHAR[]) AS x, generate_subscripts($texts, 1) AS n"
        sql = f"SELECT {macro}(x) FROM ({rows}) ORDER BY n"
        return [value for (value,) in self.con.execute(sql, {"texts": list(texts)}).fetchall()]


@pytest.fixture(scope="module")
def read() -> Iterator[Reader]:
    with duckdb.connect() as con:
        install(con)
        yield Reader(con)


def in_capitals(amount: Decimal) -> str:
    """Write an amount as a cashier does."""
    figures, places = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")

    def section(n: int) -> str:
        text, zero = "", False
        for place in (3, 2, 1, 0):
            digit = n // 10**place % 10
            if digit:
                text += ("零" if zero and text else "") + figures[digit] + places[place]
                zero = False
            else:
                zero = True
        return text

    yuan, cents = divmod(int(amount * 100), 100)
    text, gap = "", False
    for name, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part = yuan // size % 10**4
        if part:
            text += ("零" if text and (gap or part < 1000) else "") + section(part) + name
        gap = not part
    text = (text or "零") + "元"
    if not cents:
        return text + "整"
    jiao, fen = divmod(cents, 10)
    return text + (figures[jiao] + "角" if jiao else "零") + (figures[fen] + "分" if fen else "")


MONEY_STYLES = {
    "plain": lambda a: f"{a}",
    "thousands": lambda a: f"{a:,}",
    "mark": lambda a: f"￥{a:,}",
    "yuan": lambda a: f"{a}元",
    "ten thousands": lambda a: f"{a / 10000:f}万元",
    "full width": lambda a: f"{a:,}".translate(WIDE),
    "spaces": lambda a: f" \u00a0{a} ",
    "capitals": in_capitals,
    "apostrophe": lambda a: f"'{a}",
}


@pytest.mark.parametrize("style", MONEY_STYLES)
@few
@given(told=many(amounts))
def test_an_amount_in_any_style_reads_back(read: Reader, style: str, told: list[Decimal]) -> None:
    assert read("read_money", *map(MONEY_STYLES[style], told)) == told


@pytest.mark.parametrize("form", ["({})", "（{}）", "-{}", "{}-", "￥-{}", "-￥{}", "({}元)", "负{}元"])
@few
@given(told=many(amounts))
def test_a_negative_amount_in_any_style_reads_back(read: Reader, form: str, told: list[Decimal]) -> None:
    assert read("read_money", *map(form.format, told)) == [-amount for amount in told]


@pytest.mark.parametrize(
    "text", ["12a", "二十元五", "1.2.3", "2024-01-01", "(12", "12)", "办公用品", "1e99", "万"]
)
def test_what_is_no_amount_is_not_read(read: Reader, text: str) -> None:
    assert read("read_money", text) == [None]


@pytest.mark.parametrize("macro", ["read_money", "read_day", "read_number", "read_plate", "read_letter_no"])
def test_a_mark_for_nothing_is_nothing(read: Reader, macro: str) -> None:
    marks = ("-", "—", "－", "/", "无", "", " ", "N/A", "***")

    assert read(macro, *marks) == [None] * len(marks)


def serial(day: dt.date) -> int:
    return (day - dt.date(1899, 12, 30)).days


DAY_STYLES = {
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "points": lambda d: f"{d.year}.{d.month}.{d.day}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "chinese, zeros": lambda d: f"{d:%Y年%m月%d日}",
    "serial": lambda d: f"{serial(d)}",
    "serial, point": lambda d: f"{serial(d)}.0",
    "apostrophe": lambda d: f"'{d.isoformat()}",
    "weekday": lambda d: f"{d.isoformat()} 星期{'一二三四五六日'[d.weekday()]}",
    "excel": lambda d: f"{d.day}-{d.month}月-{d:%y}",
    "two digits": lambda d: f"{d:%y-%m-%d}",
    "month's name": lambda d: f"{d.day:02}-{d:%b}-{d.year}",
    "full width": lambda d: d.isoformat().translate(WIDE),
    "with midnight": lambda d: f"{d.isoformat()}T00:00:00",
}


@pytest.mark.parametrize("style", DAY_STYLES)
@few
@given(told=many(days))
def test_a_day_in_any_style_reads_back(read: Reader, style: str, told: list[dt.date]) -> None:
    assert read("read_day", *map(DAY_STYLES[style], told)) == told


def half(t: dt.datetime) -> str:
    return f"{t.hour % 12 or 12}:{t.minute:02}"


MOMENT_STYLES = {
    "iso": lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    "T": lambda t: f"{t:%Y-%m-%dT%H:%M:%S}",
    "no seconds": lambda t: f"{t:%Y-%m-%d %H:%M}",
    "slashes": lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t.minute:02}",
    "chinese": lambda t: f"{t.year}年{t.month}月{t.day}日 {t.hour}时{t.minute}分",
    "half behind": lambda t: f"{t:%y-%m-%d} {half(t)} {'下午' if t.hour > 11 else '上午'}",
    "half before": lambda t: f"{t:%Y-%m-%d} {'下午' if t.hour > 11 else '上午'}{half(t)}",
    "PM": lambda t: f"{t:%Y-%m-%d} {half(t)} {'PM' if t.hour > 11 else 'AM'}",
    "compact": lambda t: f"{t:%Y%m%d%H%M%S}",
    "Shanghai": lambda t: f"{t:%Y-%m-%dT%H:%M:%S}+08:00",
    "Greenwich": lambda t: f"{t - dt.timedelta(hours=8):%Y-%m-%dT%H:%M:%S}Z",
    "Greenwich, point": lambda t: f"{t - dt.timedelta(hours=8):%Y-%m-%dT%H:%M:%S}.000Z",
    "serial": lambda t: f"{serial(t.date()) + (t.hour * 60 + t.minute) / 1440:.8f}",
}


@pytest.mark.parametrize("style", MOMENT_STYLES)
@few
@given(told=many(moments))
def test_an_instant_in_any_style_reads_back(read: Reader, style: str, told: list[dt.datetime]) -> None:
    assert read("read_instant", *map(MOMENT_STYLES[style], told)) == told


@pytest.mark.parametrize("style", ["%Y-%m", "%Y%m", "%Y年%m月", "%Y/%m", "%Y-%m-15", "%b-%y"])
@few
@given(told=many(days))
def test_a_month_in_any_style_reads_back(read: Reader, style: str, told: list[dt.date]) -> None:
    assert read("read_month", *(day.strftime(style) for day in told)) == [day.replace(day=1) for day in told]


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024-13-01", "7:05", "昨天", "99999999", "2024-01-01 25:00", "12"]
)
def test_what_is_no_date_is_not_read(read: Reader, text: str) -> None:
    assert read("read_instant", text) == [None]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("24-01-02", True),
        ("2/1/2024", True),
        ("1-1月-24", True),
        ("13/1/2024", False),
        ("2024-01-02", False),
        ("2024-01-02 07:05:00", False),
        ("2024年1月2日", False),
        ("45292", False),
        ("20240101", False),
    ],
)
def test_a_date_that_can_be_meant_in_two_ways_is_told(read: Reader, text: str, doubt: object) -> None:
    assert read("is_ambiguous_date", text) == [doubt]


@few
@given(many(st.tuples(st.integers(0, 5), st.integers(0, 23), st.integers(0, 59))))
def test_a_length_of_time_in_any_style_reads_back(read: Reader, told: list[tuple[int, int, int]]) -> None:
    minutes = [d * 1440 + h * 60 + m for d, h, m in told]

    assert read("read_minutes", *map(str, minutes)) == minutes
    assert read("read_minutes", *(f"{d}天{h}小时{m}分" for d, h, m in told)) == minutes
    assert read("read_minutes", *(f"{d * 24 + h}:{m:02}" for d, h, m in told)) == minutes


@few
@given(many(st.text(alphabet="苏M·.-_ 0123456789ABCDEFOIoi（绿)警学挂港应急使车牌:：", max_size=14)))
def test_normalising_a_plate_twice_changes_nothing(read: Reader, texts: list[str]) -> None:
    once = [plate for plate in read("read_plate", *texts) if plate is not None]

    assert read("read_plate", *map(str, once)) == once


@few
@given(many(st.from_regex(r"\A苏[A-HJ-NP-Z](?:[0-9]{5}|[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF])\Z")))
def test_a_plate_with_noise_reads_as_the_bare_plate(read: Reader, plates: list[str]) -> None:
    def split(form: str) -> list[str]:
        return [form.format(plate[:2], plate[2:]) for plate in plates]

    assert read("read_plate", *(plate.lower() for plate in plates)) == plates
    for form in ("{}·{}", "车牌:{}{}", "{}{}_0", " {} {}(蓝)", "{}-{}", "{}{} "):
        assert read("read_plate", *split(form)) == plates


PLATES = [
    *(
        (text, "苏M12345", False)
        for text in ("苏M12345", "苏M·12345", "苏Ｍ１２３４５", "苏m 12345", "车牌:苏M-12345")
    ),
    ("苏M12345_0", "苏M12345", False),
    ("苏M·D12345", "苏MD12345", False),
    ("苏MD12345(绿)", "苏MD12345", False),
    ("苏MO1234", "苏M01234", True),
    ("苏M1234", None, False),
    ("苏M12345D", "苏M12345D", False),
    ("苏MFA1234", "苏MFA1234", False),
    ("苏M·X1234应急", "苏MX1234应急", False),
]


@pytest.mark.parametrize(("text", "norm", "fixed"), PLATES)
def test_a_plate_reads_as_the_vectors_say(read: Reader, text: str, norm: str | None, fixed: object) -> None:
    assert read("read_plate", text) == [norm]
    assert read("is_plate_char_fixed", text) == [fixed]


@few
@given(many(st.tuples(st.integers(2000, 2049), st.integers(1, 9999))))
def test_a_document_number_in_three_forms_is_one(read: Reader, told: list[tuple[int, int]]) -> None:
    norms = [f"云清函〔{year}〕{number}号" for year, number in told]

    assert read("read_letter_no", *norms) == norms
    assert read("read_letter_no", *(f"云清函[{year}]{number:03}号" for year, number in told)) == norms
    assert read("read_letter_no", *(f"云清函（{year}）第{number}号" for year, number in told)) == norms


@few
@given(many(st.integers(1, 99_999_999)))
def test_zeros_that_a_spreadsheet_dropped_from_an_invoice_number_come_back(
    read: Reader, told: list[int]
) -> None:
    assert read("read_invoice_number", *map(str, told)) == [f"{number:08}" for number in told]


points = many(st.tuples(st.floats(75, 134), st.floats(18, 53)))


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(b[1])), a[1] - b[1]) * 111_195


def moved(read: Reader, sql: str, told: list[tuple[float, float]]) -> list[tuple[float, float]]:
    rows = "SELECT unnest($lon::DOUBLE[]) AS lon, unnest($lat::DOUBLE[]) AS lat"
    rows += ", generate_subscripts($lon, 1) AS n"
    binds = {"lon": [lon for lon, _ in told], "lat": [lat for _, lat in told]}
    found = read.con.execute(
        f"SELECT p.lon, p.lat FROM (SELECT {sql} AS p, n FROM ({rows})) ORDER BY n", binds
    )
    return found.fetchall()


@few
@given(points)
def test_a_point_taken_to_gcj02_and_back_is_where_it_was(
    read: Reader, told: list[tuple[float, float]]
) -> None:
    there = moved(read, "wgs_to_gcj(lon, lat)", told)
    back = moved(read, "to_wgs(lon, lat, 'GCJ-02')", there)

    assert min(map(metres, there, told)) > 5
    assert max(map(metres, back, told)) < 0.5


@few
@given(points)
def test_a_point_taken_to_bd09_and_back_is_where_it_was(
    read: Reader, told: list[tuple[float, float]]
) -> None:
    there = moved(read, "gcj_to_bd(lon, lat)", moved(read, "wgs_to_gcj(lon, lat)", told))
    back = moved(read, "to_wgs(lon, lat, 'BD-09')", there)

    assert min(map(metres, there, told)) > 5
    assert max(map(metres, back, told)) < 3


PRODUCTS = [
    *(
        (name, "汽油", 92)
        for name in ("92号车用汽油(国VI)", "92#汽油", "汽油92", "９２＃汽油", "92号", "车用92号乙醇汽油")
    ),
    ("95号车用汽油（国ⅥB）", "汽油", 95),
    ("0号车用柴油(国VI)", "柴油", None),
    ("-10#", "柴油", None),
    ("车用尿素溶液", "尿素", None),
    ("汽油添加剂", "非油", None),
    ("牛奶", "非油", None),
    ("代号七", None, None),
]


@pytest.mark.parametrize(("name", "kind", "octane"), PRODUCTS)
def test_a_product_has_its_class_and_octane(
    read: Reader, name: str, kind: str | None, octane: int | None
) -> None:
    assert read("read_product_class", name) == [kind]
    assert read("read_octane", name) == [octane]


ONE_TEXT = [m.name for m in documented() if m.parameters == "x"] + [f"read_{name}" for name in enums()]
SIGNS = "0123456789年月日时分秒点上下午一二十百千万亿元整角壹贰"
SIGNS += ".,-/:()（）%＋￥〔〕第号苏MOID ApJanZT+eE'\"°\n　＃"


@pytest.mark.parametrize("macro", ONE_TEXT)
@few
@given(texts=many(st.text(max_size=12) | st.text(alphabet=SIGNS, max_size=16)))
def test_no_text_makes_a_reader_fail(read: Reader, macro: str, texts: list[str]) -> None:
    texts = [text.replace("\0", "") for text in texts]

    assert len(read(macro, *texts)) == len(texts)


@settings(max_examples=40, deadline=None)
@given(many(st.text("0123456789/-.' T:年：１９２０", max_size=12)))
def test_a_date_that_begins_with_its_year_has_no_order_to_be_in_doubt(read, texts):
    """What the short way says is what the pattern says."""
    pattern = "^''?([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{4}"
    parts = f"regexp_extract(narrow(x), '{pattern}', ['a', 'b'])"
    day, month = f"TRY_CAST({parts}.a AS INTEGER)", f"TRY_CAST({parts}.b AS INTEGER)"
    doubt = f"{day} < 13 AND {month} < 13 AND {day} <> {month}"
    read.con.execute(f"CREATE OR REPLACE MACRO by_pattern(x) AS coalesce({doubt}, FALSE)")

    assert read("is_ambiguous_order", *texts) == read("by_pattern", *texts)
