"""What the house finds out for a topic proposal: the numbers behind it, and later what came of it.

What it enters is part of a document and therefore in Chinese, whoever asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from qingfeng.findings.models import Lead
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter, MatterLink
from qingfeng.matters.registry import is_known, mechanism
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.topic import numbers
from qingfeng.mechanisms.topic.numbers import Cell, Days, Sums
from qingfeng.screening.correction import Change

LED_TO, SERVES = "leads_to", "serves"
EXPECTED = {"clue": "expected_clues", "rule_made": "expected_rules"}
ABOUT_PEOPLE = ("clue", "case", "accountability")
COUNTED = {
    "petition": "登记的信访事项",
    "clue": "登记的问题线索",
    "pattern": "建立的规律卡（不分单位类别）",
    "letter": "送达的纪检监察建议",
}
FAMILIES = {
    "vehicle_use": "公务用车使用",
    "vehicle_cost": "公务用车运行费用",
    "reception": "公务接待",
    "cards": "卡券",
    "travel": "差旅",
    "scenic": "景区与住宿",
    "invoice": "发票与报销",
    "pay": "工资与津补贴",
    "union": "工会经费",
}


def numbers_of(matter: Matter, _sheet: Sheet) -> Found:
    """Return the numbers behind a proposal, counted over the whole house."""
    facts = matter.facts
    if "seen_until" not in facts:  # opened from elsewhere; the gate of the act says so
        return Found()
    days = Days(date.fromisoformat(facts["seen_from"]), date.fromisoformat(facts["seen_until"]))
    area, office_kind = facts["area"], facts.get("office_kind") or ""
    everything = Matter.objects.all(), Lead.objects.all()
    now, before = (
        numbers.gathered(numbers.counted(*everything, one), area=area, office_kind=office_kind)
        for one in (days, days.before)
    )
    cells = [Cell(source, "", area, office_kind) for source in COUNTED if _stands(source)]
    families = {cell for cell in (*now, *before) if cell.source == "finding"}
    cells += sorted(families) or [Cell("finding", "", area, office_kind)]
    lines = [_line(numbers.compared(now, before, one, days)) for one in cells]
    return Found(
        lines={"numbers": lines + (_prone(everything, days, area, office_kind) if office_kind else [])}
    )


def _prone(everything: tuple[Any, Any], days: Days, area: str, office_kind: str) -> list[dict[str, Any]]:
    """Return a line for every kind of expense in which a kind of office can be held against the others."""
    now, there = numbers.counted(*everything, days), numbers.exposed(days)
    cells = sorted(
        one
        for one in now
        if (one.source, one.area, one.office_kind) == ("finding", area, office_kind) and one.family
    )
    found = [(one, numbers.elsewhere(now, there, one)) for one in cells]
    return [
        {
            "source": "prone",
            "what": f"核查属实的疑点，按数据量与其他单位类别相比：{FAMILIES.get(cell.family, '本领域')}",
            "now": now[cell],
            "ratio": _ratio(told),
            "says": "高于其他单位类别，超出随机波动。" if told.low > 1 else "不能说明高于其他单位类别。",
            "counted_on": today(),
        }
        for cell, told in found
        if told is not None
    ]


def _ratio(told: Change) -> str:
    return f"{told.ratio:.2f} ({told.low:.2f}-{min(told.high, 999):.2f})"


def _stands(source: str) -> bool:
    return source not in numbers.OPENED or is_known(numbers.OPENED[source])


def _line(sums: Sums) -> dict[str, Any]:
    what = COUNTED.get(sums.cell.source) or f"核查属实的疑点：{FAMILIES.get(sums.cell.family, '本领域')}"
    line = {"source": sums.cell.source, "what": what, "counted_on": today(), "says": _says(sums)}
    line |= {"now": sums.now, "before": sums.before}
    if sums.change is not None:
        line["ratio"] = _ratio(sums.change)
    return line


def _says(sums: Sums) -> str:
    if sums.now is None or sums.before is None:
        return f"少于{numbers.LEAST}件的不显示，不作比较。"
    if sums.change is None:
        return "两个期间均无。"
    if sums.change.low > 1:
        return "多于上一期间，超出随机波动。"
    return "少于上一期间，超出随机波动。" if sums.change.high < 1 else "差别在随机波动之内。"


def yields_of(matter: Matter, _sheet: Sheet) -> Found:
    """Return what came of a topic: what it opened, and what serves that or came out of it."""
    opened = MatterLink.objects.filter(source=matter, kind=LED_TO, until_at=None)
    lines = [
        line
        for link in opened.select_related("target").order_by("pk")
        for line in _lines_of(link.target, matter)
    ]
    nothing = {"yield_of": "无", "yield_what": "未开展", "taken_on": today()}
    return Found(lines={"yields": lines or [nothing]})


def _lines_of(target: Matter, topic: Matter) -> Iterator[dict[str, Any]]:
    declared = mechanism(target.mechanism, target.version)
    head = {"yield_of": f"{declared.term} {target.number}"[:60], "taken_on": today()}
    stage = declared.stage(target.stage)
    yield {**head, "yield_what": f"所处阶段：{stage.term or stage.name}"}
    counts = came_of(target)
    for kind in sorted(counts.keys() | (EXPECTED.keys() if target.mechanism == "campaign" else set())):
        if not is_known(kind):
            continue
        n = counts[kind]
        shown = numbers.hidden(n) if kind in ABOUT_PEOPLE else n
        what = (
            mechanism(kind).term if shown is not None else f"{mechanism(kind).term}（少于{numbers.LEAST}件）"
        )
        line = {**head, "yield_what": what, "yield_count": shown}
        yield {**line, "yield_expected": topic.facts.get(EXPECTED.get(kind, ""))}


def came_of(target: Matter) -> Counter[str]:
    """Return how many matters of each kind serve a matter, or came out of it or of what serves it."""
    serving = MatterLink.objects.filter(target=target, kind=SERVES, until_at=None)
    keys = {target.pk, *serving.values_list("source", flat=True)}
    out = MatterLink.objects.filter(source__in=keys, kind=LED_TO, until_at=None)
    keys |= set(out.values_list("target", flat=True))
    rows = Matter.objects.filter(pk__in=keys - {target.pk}, standing=Matter.Standing.VALID)
    return Counter(rows.values_list("mechanism", flat=True))


def join() -> None:
    """Make both known; called once, at start-up."""
    find_with("topic.numbers", numbers_of)
    find_with("topic.yields", yields_of)
