"""A letter's months as charts, and as a picture small enough for a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.letters.words import months_in_words
from qingfeng.findings.confirming import Compared, Month
from qingfeng.look.charts import Band, Chart, Series, Span

HUNDRED = 100
WIDE, HIGH = 160, 36  # of a small picture, in its own units
FOOT = 3


def chart_of(told: Compared, rule: str, months: Sequence[Month]) -> Chart:
    """Return the chart of one rule: of 100 rows, by month, against comparable units."""
    names = [one.month for one in months]
    series = [
        Series(
            pgettext("correction", "This unit"), [_rate(one.own.found, one.own.exposure) for one in months]
        ),
        Series(
            pgettext("correction", "Comparable units"),
            [_rate(one.group.found, one.group.exposure) for one in months],
        ),
        Series(
            pgettext("correction", "Expected had nothing been done"),
            [None if one.expected is None else _rate(one.expected, one.own.exposure) for one in months],
        ),
    ]
    band = Band(
        pgettext("correction", "Comparable units"),
        [round(one.low * HUNDRED, 2) for one in months],
        [round(one.high * HUNDRED, 2) for one in months],
    )
    return Chart(
        title=_title(told, rule),
        says=_(
            "Findings of 100 records, by month. The grey band holds eight of ten comparable units; the "
            "marked months gave rise to the letter and do not count."
        ),
        names=names,
        series=series,
        kind="line",
        unit=pgettext("correction", "of 100 records"),
        head=pgettext("correction", "Month"),
        source=_("Screening %(run)s, records until %(until)s") % {"run": told.run[:8], "until": told.until},
        band=band,
        spans=_spans(told, names),
    )


def _title(told: Compared, rule: str) -> str:
    change = told.verdict.changes[rule]
    words = {
        "rule": told.titles.get(rule, rule),
        "before": f"{change.before.rate * HUNDRED:.1f}",
        "after": f"{change.after.rate * HUNDRED:.1f}",
        "months": months_in_words(told.periods.after),
    }
    if not told.periods.after:
        return _("%(rule)s: %(before)s of 100 records before; no whole month after yet") % words
    return _("%(rule)s: %(before)s of 100 records before, %(after)s after") % words


def _spans(told: Compared, names: list[str]) -> list[Span]:
    found = []
    if told.periods.trigger:
        found.append(
            Span(
                pgettext("correction", "gave rise to the letter"),
                told.periods.trigger[0],
                told.periods.trigger[-1],
            )
        )
    due = f"{told.facts.mend_by:%Y-%m}" if told.facts.mend_by else ""
    if due in names:
        found.append(Span(pgettext("correction", "to be corrected by"), due, due, is_day=True))
    return found


def _rate(found: float, exposure: int) -> float | None:
    return round(found / exposure * HUNDRED, 2) if exposure else None


@dataclass(frozen=True)
class Small:
    """A picture for a list, in its own units of 160 by 36.

    Attributes:
        before: Points of the line before the day by which the unit was to mend, for `polyline`.
        after: Points after it.
        trigger: Left end and width of what gave rise to the letter, or None.
        due: Where the day stands, or None.
        says: The same in words.
    """

    before: str
    after: str
    trigger: tuple[float, float] | None
    due: float | None
    says: str


def small_of(told: Compared, months: Sequence[Month]) -> Small | None:
    """Return the small picture of one rule, None where there are no months."""
    if not months:
        return None
    rates = [one.own.rate for one in months]
    most = max([*rates, 1e-9])
    step = WIDE / max(1, len(months))

    def at(place: int) -> str:
        return f"{(place + 0.5) * step:.1f},{HIGH - FOOT - rates[place] / most * (HIGH - 2 * FOOT):.1f}"

    late = [place for place, one in enumerate(months) if one.period == "after"]
    first = late[0] if late else len(months)
    caused = [place for place, one in enumerate(months) if one.period == "trigger"]
    change = told.verdict.changes[told.facts.rules[0]]
    return Small(
        before=" ".join(at(place) for place in range(first)),
        after=" ".join(at(place) for place in late),
        trigger=(caused[0] * step, (caused[-1] - caused[0] + 1) * step) if caused else None,
        due=first * step if late else None,
        says=_("%(before)s of 100 records before, %(after)s after")
        % {
            "before": f"{change.before.rate * HUNDRED:.1f}",
            "after": f"{change.after.rate * HUNDRED:.1f}" if late else "—",
        },
    )
