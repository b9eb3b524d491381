"""What the values under a header look like: light evidence for or against a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qingfeng.plain.text import folded
from qingfeng.screening.normalise.macros import enums, synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qingfeng.screening.tables import Column

_BLANK = frozenset(
    ("", "-", "--", "—", "——", "/", "\\", "无", "*", "**", "***", "n/a", "null", "none", "nan")
)
_MEASURES = frozenset(
    (
        "升",
        "l",
        "公升",
        "元",
        "个",
        "台",
        "张",
        "本",
        "次",
        "件",
        "吨",
        "公斤",
        "kg",
        "套",
        "箱",
        "盒",
        "瓶",
        "条",
    )
)
_DATE = r"(?:19|20)\d{6}(?:\d{4}|\d{6})?|\d{4}[-/.年]\d{1,2}.*|\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}.*"
_DATE += r"|\d{5}(?:\.\d+)?"
_DATE += r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*|\d{1,2}[-/ ]?(?:\d{1,2}月|[a-z]{3,9})[-/ ,]*\d{2,4}.*"
_NUMBER = r"[(¥$+-]{0,3}\d[\d,']*(?:\.\d*)?(?:e[+-]?\d+)?\)?-?[^\d]{0,6}|\.\d+"
_NUMBER += r"|(?:人民币)?[负零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整一二三四五六七八九十百千]+"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"
_LOOKS = {
    "plate": rf"(?:车牌号?码?:?)?[{_PROVINCES}].{{4,}}|wj.{{4,}}",
    "day": _DATE,
    "instant": _DATE,
    "month": _DATE + r"|(?:19|20)\d{4}|\d{4}[-/.年]\d{1,2}月?.*|(?:\d{1,2}月|[a-z]{3})[-/]?\d{2,4}",
    "money": _NUMBER,
    "price": _NUMBER,
    "litres": _NUMBER,
    "km": _NUMBER,
    "number": _NUMBER,
    "integer": _NUMBER,
    "engine": r"\d[\d.,]*(?:l|t|ml|cc|升|毫升)?",
    "ratio": r"\d[\d.]*%?|在线|离线|免税|不征税",
    "minutes": r"[\d.]+(?:天|小时|时|h|分|:|$|min).*",
    "lon": r"[a-z东经北纬:]*-?\d[\d.]*.*",
    "lat": r"[a-z东经北纬:]*-?\d[\d.]*.*",
    "id_number": r"[\dx*]{15,18}|[\d*]+[\d*x]|\d\.\d+e\+\d+",
    "card": r"[\da-z*]{6,}|\d\.\d+e\+\d+",
    "phone": r"[\d*+()-]{7,}",
    "letter_no": r".*\d{4}.*\d+.*",
    "code": r"[\d.a-z-]+(?:e\+\d+)?",
    "invoice_no": r".*\d{4,}.*",
    "flag": r"是|否|有|无|y|n|yes|no|true|false|0|1|√|×|已.*|未.*|非?值班|非?紧急",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _LOOKS.items()}
_FIGURE = re.compile(r"[\d壹贰叁肆伍陆柒捌玖拾零一二三四五六七八九十]")
# Types whose cells reject a row if they cannot be read.
STRICT = frozenset(
    (
        "day",
        "instant",
        "month",
        "money",
        "price",
        "litres",
        "km",
        "number",
        "integer",
        "minutes",
        "lon",
        "lat",
    )
)


def plausible(column: Column, values: Iterable[str]) -> tuple[float | None, int]:
    """Return the share of values that look like the column's type, and how many there are.

    Args:
        column: As declared.
        values: Cells under the header; blank marks do not count.

    Returns:
        (share from 0 to 1, number of values), or (None, n) if the type says nothing or
        there are no values.
    """
    told = [text for value in values if (text := folded(value).lstrip("'")) not in _BLANK]
    if not told:
        return None, 0
    if column.type == "enum" and column.of in enums():
        known = synonyms(column.of)
        return sum(value in known for value in told) / len(told), len(told)
    if column.type == "unit":
        return (0.0 if all(value in _MEASURES for value in told) else None), len(told)
    pattern = _PATTERNS.get(column.type)
    if pattern is None:
        return None, len(told)
    return sum(pattern.fullmatch(value) is not None for value in told) / len(told), len(told)


def hopeless(column: Column, values: Iterable[str]) -> bool:
    """Whether a date or number has five values or more, and none of them a single figure."""
    told = [text for value in values if (text := folded(value)) not in _BLANK]
    return column.type in STRICT and len(told) >= 5 and not any(_FIGURE.search(text) for text in told)


def knows_the_century(values: Iterable[str]) -> bool:
    """Whether any date among the values has a year of four digits first."""
    return any(re.match(r"\D{0,2}(?:19|20)\d{2}[-/.年]", value) for value in values)
