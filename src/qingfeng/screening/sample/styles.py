"""How untidy exports spell what a clean one would: money, days, plates, units, numbers of letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

from qingfeng.screening.sample.exports import cell
from qingfeng.screening.sample.records import Row

FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")
CAPITALS = "零壹贰叁肆伍陆柒捌玖"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the day a spreadsheet counts from

SYNONYMS: dict[str, dict[str, tuple[str, ...]]] = {
    "txn_type": {
        "加油": ("消费", "加油消费"),
        "非油": ("非油品", "便利店消费"),
        "充值": ("资金充值",),
        "退款": ("撤销",),
    },
    "use_type": {
        "一般公务": ("一般公务用车", "公务用车"),
        "执法执勤": ("执法执勤用车",),
        "应急保障": ("应急保障用车",),
        "环卫": ("环卫作业",),
        "特种专业技术": ("特种专业技术用车",),
    },
    "fuel_type": {"汽油": ("汽油车",), "柴油": ("柴油车",), "纯电": ("纯电动",), "插混": ("插电式混合动力",)},
    "gps_kind": {"停车": ("静止", "停留", "ACC关"), "行驶": ("行驶中", "移动", "ACC开")},
    "meal": {"午餐": ("中餐", "工作午餐"), "晚餐": ("工作晚餐",), "早餐": ("早饭",)},
    "vehicle_status": {
        "在用": ("正常", "使用中"),
        "报废": ("已报废",),
        "调出": ("已调出",),
        "拍卖": ("公开拍卖",),
    },
    "card_status": {"正常": ("在用", "有效"), "注销": ("已注销", "销卡")},
    "person_status": {"在职": ("在编", "在岗"), "退休": ("已退休",)},
    "place_class": {
        "住宅小区": ("小区",),
        "自有院落": ("单位院落",),
        "酒店": ("宾馆",),
        "停车场": ("公共停车场",),
    },
    "entry_kind": {"购票": ("成人票", "散客票"), "免票": ("免费票",), "优待": ("优待票",)},
    "book": {"行政": ("行政账",), "工会": ("工会账",)},
    "invoice_status": {"正常": ("正常发票",)},
    "pay_method": {"转账": ("银行转账", "网银"), "公务卡": ("公务卡结算",)},
    "life_event": {"死亡": ("病故", "死亡注销")},
    "duty_kind": {"值班": ("节假日值班",), "防汛": ("防汛值班",)},
    "attendance_kind": {"年休": ("年休假",), "公差": ("出差",)},
    "coord_sys": {"WGS84": ("GPS",)},
}
PRODUCTS: dict[str, tuple[str, ...]] = {
    "92号车用汽油": ("92号车用汽油(国VI)", "92#汽油", "汽油92", "92号 车用汽油（VIB）"),
    "95号车用汽油": ("95号车用汽油(国VI)", "95#汽油", "汽油95"),
    "0号车用柴油": ("0#柴油", "0号车用柴油(国VI)", "柴油0号"),
}
MONEY = ("plain", "mark", "yuan", "full", "thousands", "wan")
DAYS = (
    "{0:%Y/%-m/%-d}",
    "{0:%Y.%-m.%-d}",
    "{0:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日",
    "serial",
    "{0:%Y-%m-%d}",
    "'{0:%Y-%m-%d}",
)
TIMES = (
    "{0:%Y/%-m/%-d} {0.hour}:{0:%M:%S}",
    "{0.year}年{0.month}月{0.day}日 {0.hour}时{0:%M}分{0:%S}秒",
    "{0:%Y%m%d%H%M%S}",
    "serial",
    "half",
    "{0:%Y-%m-%d %H:%M:%S}",
)

Speller = Callable[[Any, Row], str]


class Hand:
    """The habits of whoever keeps one sheet: one style a column, noise in single cells.

    Attributes:
        wan: Columns whose header says 万元.
    """

    def __init__(self, rng: Random, spellings: dict[str, tuple[str, ...]]) -> None:
        self.rng = rng
        self.spellings = spellings
        self.wan: set[str] = set()

    def speller(self, column: str, kind: str, of: str) -> Speller:
        """Return how this hand spells a column.

        Args:
            column: Declared name.
            kind: Declared type.
            of: The enum's name.
        """
        found = {
            "money": self._money,
            "day": self._day,
            "instant": self._time,
            "month": self._month,
            "plate": self._plate,
            "unit": self._unit,
            "letter_no": self._letter_no,
            "product": self._product,
            "ratio": self._ratio,
            "enum": self._enum,
            "card": self._card,
        }.get(kind)
        return found(column, of) if found else lambda value, _: cell(value, kind)

    def _money(self, column: str, _: str) -> Speller:
        style = self.rng.choice(MONEY)
        if style == "wan":
            self.wan.add(column)
        rng = self.rng

        def spell(value: Any, row: Row) -> str:
            if value is None:
                return rng.choice(("", "-", "—", ""))
            if style != "wan" and not row.told and value > 0 and rng.random() < 0.002:
                return capitals(value)
            return money(float(value), style)

        return spell

    def _day(self, _: str, __: str) -> Speller:
        style = self.rng.choice(DAYS)
        return lambda value, _: "" if value is None else day(value, style)

    def _time(self, _: str, __: str) -> Speller:
        style = self.rng.choice(TIMES)
        return lambda value, _: "" if value is None else instant(value, style)

    def _month(self, _: str, __: str) -> Speller:
        style = self.rng.choice(("{0:%Y-%m}", "{0:%Y%m}", "{0.year}年{0.month}月", "{0:%Y/%m}"))
        return lambda value, _: "" if value is None else style.format(value)

    def _plate(self, _: str, __: str) -> Speller:
        rng = self.rng

        def spell(value: Any, row: Row) -> str:
            if not value:
                return ""
            if not row.told and "0" in value[2:] and steady(row, 400):
                return str(value[:2] + value[2:].replace("0", "O", 1))  # read by a camera
            return noisy_plate(rng, str(value))

        return spell

    def _unit(self, _: str, __: str) -> Speller:
        spellings = self.spellings
        return lambda value, row: "" if not value else one_of(spellings.get(value, (value,)), row)

    def _letter_no(self, _: str, __: str) -> Speller:
        forms = (
            "〔{y}〕{n}号",
            "[{y}]{n}号",
            "({y})第{n}号",
            "【{y}】{n}号",
            "（{y}）{n}号",
            "〔{y}〕0{n}号",
        )
        form = self.rng.choice(forms)

        def spell(value: Any, _: Row) -> str:
            if not value:
                return ""
            head, mark, rest = str(value).partition("〔")
            year, _end, number = rest.partition("〕")
            plain = mark and number.endswith("号") and number[:-1].isdigit()
            return head + form.format(y=year, n=number[:-1]) if plain else str(value)

        return spell

    @staticmethod
    def _product(_: str, __: str) -> Speller:
        return lambda value, row: "" if not value else one_of((value, *PRODUCTS.get(value, ())), row)

    def _ratio(self, _: str, __: str) -> Speller:
        percent = self.rng.random() < 0.5

        def spell(value: Any, _: Row) -> str:
            if isinstance(value, float) and percent:
                return f"{value * 100:.1f}%"
            return cell(value, "ratio")

        return spell

    def _enum(self, _: str, of: str) -> Speller:
        words = SYNONYMS.get(of, {})
        chosen = {value: self.rng.choice((value, *others)) for value, others in words.items()}
        return lambda value, _: "" if value is None else chosen.get(value, str(value))

    def _card(self, column: str, _: str) -> Speller:
        lossy = column == "card" and self.rng.random() < 0.4

        def spell(value: Any, row: Row) -> str:
            if value and lossy and not row.told and steady(row, 150):
                return f"{float(value):.5E}"
            return str(value or "")

        return spell


def steady(row: Row, one_in: int) -> bool:
    """Whether a row is one of a few, the same in every file that carries it."""
    return hash_of_row(row) % one_in == 0


def one_of(spellings: tuple[str, ...], row: Row) -> str:
    """Return one of several spellings, the same in every file that carries the row."""
    return spellings[hash_of_row(row) // 64 % len(spellings)]


def hash_of_row(row: Row) -> int:
    """Return a number that a row always gives."""
    text = "".join(str(value) for value in row.values())
    return int.from_bytes(text.encode()[-48:], "big") * 2654435761 % 2**32


def money(value: float, style: str) -> str:
    """Return yuan in a style; `wan` is in ten thousands."""
    if style == "wan":
        return f"{value / 10_000:.6f}".rstrip("0").rstrip(".") or "0"
    if value < 0 and style in ("thousands", "full"):
        return f"（{-value:,.2f}）"
    return {
        "plain": f"{value:.2f}",
        "mark": f"￥{value:,.2f}",
        "yuan": f"{value:,.2f}元",
        "full": f"{value:.2f}".translate(FULL),
        "thousands": f"{value:,.2f}",
    }[style]


def capitals(value: float) -> str:
    """Return an amount under a hundred million yuan in Chinese capitals."""
    cents = round(value * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    high, low = divmod(yuan, 10_000)
    text = f"{_section(high)}万" if high else ""
    if low:
        text += ("零" if high and low < 1000 else "") + _section(low)
    text = f"{text or '零'}元"
    if not jiao and not fen:
        return text + "整"
    return text + (f"{CAPITALS[jiao]}角" if jiao else "零") + (f"{CAPITALS[fen]}分" if fen else "")


def _section(number: int) -> str:
    """Return a number under 10,000 in capitals, a zero for every gap."""
    text, gap = "", False
    for place, mark in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        figure = number // place % 10
        if figure:
            text += ("零" if gap and text else "") + CAPITALS[figure] + mark
        gap = figure == 0
    return text


def day(value: date, style: str) -> str:
    """Return a civil day in a style; `serial` is a spreadsheet's number."""
    if style == "serial":
        return str((datetime(value.year, value.month, value.day) - EPOCH).days)  # noqa: DTZ001 - a civil day
    return style.format(value)


def instant(value: datetime, style: str) -> str:
    """Return a moment in a style, its second kept."""
    if style == "serial":
        return f"{(value - EPOCH).total_seconds() / 86400:.8f}"
    if style == "half":
        hour = value.hour % 12 or 12
        return f"{value:%Y-%m-%d} {hour}:{value:%M:%S} {'下午' if value.hour >= 12 else '上午'}"
    return style.format(value)


def noisy_plate(rng: Random, plate: str) -> str:
    """Return a plate as cameras and clerks spell it."""
    way = rng.randrange(12)
    if way == 0:
        return f"{plate[:2]}·{plate[2:]}"
    if way == 1:
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in plate)
    if way == 2:
        return f"{plate[0]}{plate[1].lower()} {plate[2:]}"
    if way == 3:
        return f"车牌:{plate[:2]}-{plate[2:]}"
    if way == 4:
        return f"{plate}_0"
    if way == 5:
        return f"{plate}{'(绿)' if len(plate) == 8 else '(蓝)'}"
    return plate
