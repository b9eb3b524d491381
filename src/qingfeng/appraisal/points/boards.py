"""What leaders are shown of a class: how totals are spread, and how far raters lie apart; no name, no order.

It is worked out once, when every sheet of the class is final, and never again: two looks say the same, so
that their difference says nothing. Under five nothing is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import mean, median, stdev
from typing import Any

from qingfeng.appraisal.board import distribution
from qingfeng.appraisal.points import totals
from qingfeng.appraisal.points.arithmetic import Total
from qingfeng.appraisal.points.tables import BoardOfPoints, Kind, Scheme, Score, ScoreSheet
from qingfeng.matters.today import today
from qingfeng.plain.suppression import LEAST


def lay(scheme: Scheme) -> None:
    """Work out the boards of classes that have become final."""
    there = set(scheme.boards.values_list("kind", flat=True))
    for kind in Kind.values:
        sheets = list(scheme.sheets.filter(kind=kind).select_related("scheme"))
        if kind not in there and sheets and all(one.final_on for one in sheets):
            BoardOfPoints.objects.create(scheme=scheme, kind=kind, told=told(sheets), made_on=today())


def told(sheets: Sequence[ScoreSheet]) -> dict[str, Any]:
    """Return the board of a class; only how many there are where they are fewer than five."""
    if len(sheets) < LEAST:
        return {"count": len(sheets)}
    found = [totals.total(one) for one in sheets]
    values = [float(one.value) for one in found]
    return {
        "count": len(sheets),
        "median": round(median(values), 1),
        "spread": round(stdev(values), 1),
        "distribution": distribution(values),
        "periods": _periods(found),
        "raters": _raters(sheets),
    }


def _periods(found: Sequence[Total]) -> list[dict[str, Any]]:
    """Return of each period the middle of what it gave, and of both halves, in its order."""
    return [
        {
            "period": one.key,
            "most": float(one.most),
            **halves([float(each.periods[place].got) for each in found]),
        }
        for place, one in enumerate(found[0].periods)
    ]


def halves(values: Sequence[float], digits: int = 1) -> dict[str, float | None]:
    """Return the middle of values, and those of both halves where each half has five; None otherwise.

    The middle of a half of two or three is the points of one or two people.
    """
    rows = sorted(values)
    half = len(rows) // 2
    low = high = None
    if half >= LEAST:
        low, high = round(median(rows[:half]), digits), round(median(rows[-half:]), digits)
    return {"low": low, "middle": round(median(rows), digits), "high": high}


def _raters(sheets: Sequence[ScoreSheet]) -> list[dict[str, Any]]:
    """Return how far two who judge the same sheet lie apart, by indicator, where five sheets have two."""
    held: dict[int, dict[tuple[int, str], list[float]]] = {}
    rows = Score.objects.filter(sheet__in=sheets, by__isnull=False).select_related("indicator")
    names = {}
    for one in rows.order_by("indicator__place", "pk"):
        names[one.indicator_id] = one.indicator
        cell = held.setdefault(one.indicator_id, {}).setdefault((one.sheet_id, one.period), [])
        cell.append(float(one.value or 0))
    found = []
    for key, cells in held.items():
        apart = [abs(left - right) for values in cells.values() for left, right in combinations(values, 2)]
        people = {sheet for (sheet, _period), values in cells.items() if len(values) > 1}
        if len(people) >= LEAST:
            one = names[key]
            found.append(
                {
                    "key": one.key, "zh": one.name_zh, "en": one.name_en or one.name_zh,
                    "most": float(one.most),
                    "count": len(people), "apart": round(mean(apart), 2), "widest": round(max(apart), 2),
                }
            )  # fmt: skip
    return found
