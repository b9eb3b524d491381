"""The cells of a report, counted over the whole house on the day, as lines of its ledgers.

What is entered is part of a document and therefore in Chinese, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from qingfeng.findings.prone.asked import Question
from qingfeng.findings.prone.cells import EXPECTED, Cell, Table, table
from qingfeng.findings.prone.kinds import expenses
from qingfeng.findings.prone.rates import Change
from qingfeng.matters.computed import Found
from qingfeng.matters.counting import months_after
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.statistics import Period
from qingfeng.matters.today import today
from qingfeng.mechanisms.prone_report.gates import quarter_before

KINDS, SPOTS = ("unit_kind", "expense"), ("unit", "expense")
MOST_LINES: dict[tuple[str, ...], int] = {KINDS: 24, SPOTS: 20}
MOST_UNSEEN = 40
YEAR = 12
UNITS = {
    "vehicles": "车·月",
    "receptions": "次接待",
    "invoices": "张发票",
    "staff": "人·月",
    "rows": "条记录",
    EXPECTED: "（预期数）",
}
SCALE, SLOTS = 6.0, 13  # the picture: from nothing to six times the common rate, by halves
LINE, BLANK, COMMON = "\uff0d", "\u30fb", "\uff5c"  # signs of one width, as wide as a Chinese one
NOTHING_KNOWN = "类别不明"


def cells(matter: Matter, sheet: Sheet) -> Found:
    """Return what the house counts: facts, cells that may be said, and what nobody looked at."""
    period = period_of(matter, sheet.facts.get("quarter"))
    kinds, spots = (table(Question(period, by)) for by in (KINDS, SPOTS))
    facts = {
        "counted_on": today().isoformat(),
        "period_from": period.since.isoformat(),
        "period_until": period.until.isoformat(),
        "verified_total": kinds.verified,
        "raw_total": kinds.raw,
        "missing_total": kinds.missing,
        "looked_at": kinds.looked_at,
        "standing_out": len(kinds.standing_out),
        "by_chance": f"{kinds.by_chance:.1f}",
        "hidden_total": sum(one.is_hidden for one in (*kinds.cells, *spots.cells)),
    }
    lines = {
        "kinds": list(_lines(kinds)),
        "spots": list(_lines(spots)),
        "unseen": list(_unseen(kinds, spots)),
    }
    return Found(lines=lines, facts=facts)


def period_of(matter: Matter, given: Any) -> Period:
    """Return the twelve months up to the end of the quarter that is reported.

    Args:
        matter: Whose day of opening decides, where no day is given.
        given: A day of the quarter, as it was entered.
    """
    text = str(given[0] if isinstance(given, list | tuple) and given else given or "")[:10]
    on = months_after(date.fromisoformat(text), 3) if text.strip("[]") else matter.opened_on
    _first, until = quarter_before(on)
    since = months_after(until.replace(day=1), 1 - YEAR)
    return Period(since, until, today())


def _lines(found: Table) -> Iterator[dict[str, Any]]:
    """Yield the cells that may be said: those that stand out, then those with verified problems."""
    said = [one for one in found.shown if one.verified or one.stands_out]
    for cell in said[: MOST_LINES[found.by]]:
        yield {
            "cell": name_of(found.by, cell.key),
            "cell_verified": cell.verified,
            "cell_raw": cell.raw,
            "cell_exposure": f"{cell.exposure:.0f}{UNITS[cell.counts]}",
            "cell_ratio": _ratio(cell),
            "cell_picture": picture(cell),
            "cell_change": _change(cell.change),
            "cell_standing": _standing(cell),
            "cell_needs": _needs(cell),
        }


def name_of(by: Sequence[str], key: Sequence[str]) -> str:
    """Return what a cell is called in documents."""
    known = expenses()
    words = [
        (known[value].term if value in known else "其他费用") if name == "expense" else value
        for name, value in zip(by, key, strict=True)
    ]
    return " · ".join(word or NOTHING_KNOWN for word in words)


def _ratio(cell: Cell) -> str:
    known = cell.believed
    return f"{known.mean:.2f}（{known.low:.2f}至{known.high:.2f}）" if known else "数据不足"


def _change(change: Change | None) -> str:
    if change is None:
        return "无法比较"
    high = "不限" if change.high is None else f"{change.high:.2f}"
    ratio = "上季为零" if change.ratio is None else f"{change.ratio:.2f}倍"
    return f"{ratio}（{change.low:.2f}至{high}）"


def _standing(cell: Cell) -> str:
    if cell.believed is None or not (cell.stands_out or cell.believed.is_telling):
        return "little"
    return "out" if cell.stands_out else "like"


def _needs(cell: Cell) -> str:
    if cell.believed is None or not cell.needs:
        return ""
    return f"约{cell.needs:.0f}{UNITS[cell.counts]}（再核实{cell.believed.missing}件）"


def picture(cell: Cell) -> str:
    """Return the interval drawn with signs: a bar for the common rate, a point for the mean.

    It goes from nothing to six times the common rate; what lies beyond ends at its edge.
    """
    if cell.believed is None:
        return ""

    def slot(value: float) -> int:
        return min(SLOTS - 1, round(value / SCALE * (SLOTS - 1)))

    low, mean, high = map(slot, (cell.believed.low, cell.believed.mean, cell.believed.high))
    signs = [LINE if low <= place <= high else BLANK for place in range(SLOTS)]
    signs[slot(1.0)] = COMMON
    signs[mean] = "●"
    return "".join(signs)


def _unseen(kinds: Table, spots: Table) -> Iterator[dict[str, str]]:
    """Yield what nobody looked at: kinds of expense altogether, else units of which no records came."""
    whole = {
        value
        for value in kinds.axes["expense"]
        if all(one.is_unseen for one in kinds.cells if one.key[1] == value)
    }
    told = [(name_of(("expense",), (one,)), "没有规则运行，或者没有数据") for one in sorted(whole)]
    told += [
        (name_of(SPOTS, one.key), "没有该单位的数据")
        for one in sorted(spots.cells, key=lambda one: one.key)
        if one.is_unseen and not one.is_hidden and one.key[1] not in whole
    ]
    return ({"unseen": what, "unseen_why": why} for what, why in told[:MOST_UNSEEN])
