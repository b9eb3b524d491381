"""Two totals of a sheet side by side: what an appeal changes, line by line, with why, and as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.appraisal.points import totals
from qingfeng.appraisal.points.appeals import Both
from qingfeng.appraisal.points.tables import ScoreSheet
from qingfeng.desk.points.laying import number
from qingfeng.desk.points.names import of_indicator, of_period
from qingfeng.look.charts import Chart, Series
from qingfeng.look.tables import Column, Table

Whys = Mapping[tuple[str, str], str]
"""Why a line changes, by key of the indicator (or `bonus`, `deduction`, `veto`) and period ("" for these)."""


@dataclass(frozen=True)
class Changed:
    """A line that gives something else; `difference` with its sign."""

    period: str
    name: str
    before: str
    after: str
    difference: str
    why: str


@dataclass(frozen=True)
class BothShown:
    """Both totals as they are shown.

    Attributes:
        before: Points of the older result.
        after: Points of the newer one.
        difference: With its sign.
        table: What changes, line by line.
        chart: Both by period; None where no period changes.
        because: Why, as the person reads it; "" while nobody has signed.
    """

    before: str
    after: str
    difference: str
    table: Table
    chart: Chart | None
    because: str = ""


def shown(sheet: ScoreSheet, both: Both, whys: Whys, because: str = "") -> BothShown:
    """Return both totals of a sheet with what lies between them."""
    before, after = number(both.before.value), number(both.after.value)
    return BothShown(
        before, after, _signed(both.after.value - both.before.value),
        _table(list(_changed(sheet, both, whys))), _chart(both), because,
    )  # fmt: skip


def of_version(sheet: ScoreSheet, version: int, because: str = "") -> BothShown:
    """Return the result of a version beside the one before it.

    Args:
        sheet: Whose.
        version: From 2 on.
        because: Why it was settled.
    """
    both = Both(totals.total(sheet, version - 1), totals.total(sheet, version))
    rows = sheet.scores.filter(version=version, by__isnull=False).select_related("indicator")
    whys = {(one.indicator.key, one.period): one.why for one in rows}
    struck = sheet.marks.filter(until_version=version)
    return shown(sheet, both, {**whys, **{(one.of, ""): one.struck_because for one in struck}}, because)


def _signed(value: Decimal) -> str:
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


def _changed(sheet: ScoreSheet, both: Both, whys: Whys) -> Iterator[Changed]:
    named = {one.key: of_indicator(one) for one in sheet.scheme.indicators.all()}
    for old, new in zip(both.before.periods, both.after.periods, strict=True):
        for key in (one for one in named if one in old.shares or one in new.shares):
            before, after = old.shares.get(key), new.shares.get(key)
            if before != after:
                why = whys.get((key, old.key)) or _("read again, or points spread anew")
                yield _line(of_period(old.key), named[key], (before, after), why)
    whole = {"bonus": pgettext("points", "Bonus"), "deduction": pgettext("points", "Deduction")}
    for key, name in whole.items():
        sign = 1 if key == "bonus" else -1
        pair = sign * getattr(both.before, key), sign * getattr(both.after, key)
        if pair[0] != pair[1]:
            yield _line("", name, pair, whys.get((key, ""), ""))
    for gone in sorted(set(both.before.vetoes) - set(both.after.vetoes)):
        words = {one["key"]: one["words"] for one in sheet.scheme.vetoes}.get(gone, gone)
        name = f"{pgettext('points', 'Veto')}：{words}"
        yield Changed("", name, _("stands"), pgettext("points", "struck"), "", whys.get(("veto", ""), ""))


def _line(period: str, name: str, pair: tuple[Decimal | None, Decimal | None], why: str) -> Changed:
    before, after = pair
    difference = (after or Decimal(0)) - (before or Decimal(0))
    return Changed(period, name, number(before), number(after), _signed(difference), why)


def _table(rows: list[Changed]) -> Table:
    return Table(
        [
            Column("name", pgettext("points", "Indicator"), is_head=True),
            Column(lambda row: row.period or _("the whole year"), pgettext("points", "Period")),
            Column("before", pgettext("points", "Before"), kind="number"),
            Column("after", pgettext("points", "After"), kind="number"),
            Column("difference", _("Difference"), kind="exact"),
            Column("why", _("Because")),
        ],
        rows,
        _("What changes, line by line"),
    )


def _chart(both: Both) -> Chart | None:
    pairs: list[tuple[Any, Any]] = list(zip(both.before.periods, both.after.periods, strict=True))
    if all(old.got == new.got for old, new in pairs):
        return None
    return Chart(
        _("From %(before)s to %(after)s points")
        % {"before": number(both.before.value), "after": number(both.after.value)},
        _("Each period before and after; what is the same has bars of the same length."),
        [of_period(old.key) for old, _new in pairs],
        [
            Series(pgettext("points", "Before"), [float(old.got) for old, _new in pairs]),
            Series(pgettext("points", "After"), [float(new.got) for _old, new in pairs]),
        ],
        unit=pgettext("points", "points"),
        head=pgettext("points", "Period"),
    )
