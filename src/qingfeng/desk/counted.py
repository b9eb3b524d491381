"""A figure as a page shows it: what it counts in words, a table whose numbers open their rows, a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk import values
from qingfeng.look import said, sheets
from qingfeng.look.charts import MOST_COLOURS, Chart, Series
from qingfeng.look.lights import STATES
from qingfeng.matters import statistics
from qingfeng.matters.statistics import Over, Period, Row
from qingfeng.matters.vocabulary import Figure, Mechanism
from qingfeng.organization.models import Unit
from qingfeng.plain.beta import quantile

MOST_BARS = 20
LOW, HIGH = 0.05, 0.95  # ends of an interval


@dataclass(frozen=True)
class Line:
    """A row in words: its split, its number as text, and the address of the matters behind it."""

    split: list[str]
    value: float | None
    words: str
    of: int | None
    href: str
    interval: str = ""


@dataclass(frozen=True)
class Shown:
    """A figure ready for a page."""

    figure: Figure
    says: str
    heads: list[str]
    unit: str
    lines: list[Line]
    chart: Chart | None
    total: str

    @property
    def signed(self) -> str:
        """The table for the file buttons."""
        heads = [*self.heads, self.unit, pgettext("share", "of")]
        rows = [[*line.split, line.value, line.of] for line in self.lines]
        return sheets.packed(sheets.Sheet(str(self.figure.name), heads, rows, self.says))


def shown(figure: Figure, declared: Mechanism, matters: Over, period: Period, *, list_address: str) -> Shown:
    """Count a figure and put it into words.

    Args:
        figure: The figure.
        declared: Its mechanism.
        matters: What the reader sees whole.
        period: Days that count.
        list_address: Address of the list, for the rows behind each number.
    """
    rows = statistics.count(figure, declared, matters, period)
    splits = _in_words(figure, declared, rows)
    asked = {"figure": figure.key, "since": period.since.isoformat(), "until": period.until.isoformat()}
    lines = [
        Line(
            words,
            _value(figure, row),
            _number(figure, row),
            row.of,
            f"{list_address}?{urlencode([*asked.items(), *(('is', one) for one in row.split)])}",
            _interval(figure, row),
        )
        for row, words in zip(rows, splits, strict=True)
    ]
    unit = unit_of(figure)
    says = definition(figure, declared)
    return Shown(
        figure,
        says,
        [_head(one, declared, figure) for one in figure.by],
        unit,
        lines,
        _chart(figure, declared, lines, unit=unit, period=period),
        _total(figure, rows),
    )


def is_share(figure: Figure) -> bool:
    """Return whether a figure is a share of something."""
    return bool(figure.share_of) or figure.counts.startswith("clocks:")


def is_said(figure: Figure, row: Row) -> bool:
    """Return whether a share rests on enough to be said."""
    return row.share is not None and (row.of or 0) >= figure.least


def _interval(figure: Figure, row: Row) -> str:
    """Return the 90 % interval of a share, in words, where the figure asks for one and it is said."""
    if not figure.least or not is_share(figure) or not is_said(figure, row):
        return ""
    yes = int(row.value or 0)
    low, high = (quantile(share, 1 + yes, 1 + (row.of or 0) - yes) for share in (LOW, HIGH))
    return f"{100 * low:.0f}–{100 * high:.0f} %"


def _value(figure: Figure, row: Row) -> float | None:
    if is_share(figure):
        return None if row.share is None or not is_said(figure, row) else round(100 * row.share, 1)
    return row.value


def _number(figure: Figure, row: Row) -> str:
    if is_share(figure) and not is_said(figure, row):
        return said.NOTHING if not row.of else said.number(int(row.value or 0))
    if is_share(figure):
        return f"{100 * (row.share or 0):.1f} %"
    return said.number(
        None if row.value is None else round(row.value, 1) if row.value % 1 else int(row.value)
    )


def unit_of(figure: Figure) -> str:
    """Return the unit of a figure's numbers, in words."""
    if is_share(figure):
        return "%"
    if figure.counts.startswith("sum:"):
        return _("yuan")
    return _("days") if figure.counts.startswith("median_days:") else _("items")


def _total(figure: Figure, rows: Sequence[Row]) -> str:
    """Return the sum where there is one; medians have none."""
    if figure.counts.startswith("median_days:"):
        return ""
    if is_share(figure):
        of = sum(row.of or 0 for row in rows)
        return f"{100 * sum(row.value or 0 for row in rows) / of:.1f} %" if of else said.NOTHING
    return said.number(int(sum(row.value or 0 for row in rows)))


def definition(figure: Figure, declared: Mechanism) -> str:
    """Return what a figure counts, in a sentence."""
    what, _colon, key = figure.counts.partition(":")
    if what == "matters":
        text = _("Counted: matters opened in the period.")
    elif what == "sum":
        text = _("Added up: “%(fact)s” of the matters opened in the period.") % {"fact": _head(key, declared)}
    elif what == "acts" and "|" in key:
        acts = _(" or ").join(f"“{values.act_name(declared, one)}”" for one in key.split("|"))
        text = _("Counted: matters on which %(acts)s was done in the period, each once.") % {"acts": acts}
    elif what == "acts":
        text = _("Counted: “%(act)s”, by the day it was done.") % {"act": values.act_name(declared, key)}
    elif what == "ledger":
        text = _("Counted: lines of “%(ledger)s”, by the day they were entered.") % {
            "ledger": declared.ledger(key).name
        }
    elif what == "clocks":
        text = _(
            "Share of “%(clock)s” met in time, of those due in the period that have ended or are overdue."
        ) % {"clock": declared.clock(key).name}
    else:
        start, _colon, end = key.partition(":")
        text = _("Median of the days from “%(start)s” to “%(end)s”, by the day of the second.") % {
            "start": values.act_name(declared, start),
            "end": values.act_name(declared, end),
        }
    if figure.share_of:
        whole = next((one for one in declared.figures if one.key == figure.share_of), None)
        text += " " + _("Shown as a share of “%(figure)s”.") % {
            "figure": whole.name if whole else figure.share_of
        }
    if figure.least:
        said_from = _("Said from %(least)d on, with its 90 %% interval; of fewer the count alone.")
        text += " " + said_from % {"least": figure.least}
    return text


def _head(key: str, declared: Mechanism, figure: Figure | None = None) -> str:
    plain = {"owner": _("Owner"), "stage": _("Stage"), "light": _("Light")}
    if key in plain:
        return plain[key]
    known = values.fields_of(declared) | (statistics.columns_of(figure, declared) if figure else {})
    if key in known:
        return str(known[key].name)
    return str(next((role.name for role in declared.parties if role.key == key), key))


def _in_words(figure: Figure, declared: Mechanism, rows: Sequence[Row]) -> list[list[str]]:
    """Return the splits of rows in words; units are looked up together."""
    known = values.fields_of(declared) | statistics.columns_of(figure, declared)
    roles = {role.key for role in declared.parties}
    of_units = [
        place
        for place, key in enumerate(figure.by)
        if key == "owner" or key in roles or (key in known and known[key].kind in {"unit", "units"})
    ]
    ids = {row.split[place] for row in rows for place in of_units if row.split[place].isdigit()}
    units = {str(row.pk): str(row) for row in Unit.objects.filter(pk__in=ids)}
    stages = {stage.key: str(stage.name) for stage in declared.stages}
    found = []
    for row in rows:
        words = []
        for place, (key, value) in enumerate(zip(figure.by, row.split, strict=True)):
            if value == "":
                words.append(_("no clock running") if key == "light" else _("not given"))
            elif place in of_units:
                words.append(units.get(value, value))
            elif key == "stage":
                words.append(stages.get(value, value))
            elif key == "light":
                words.append(str(STATES.get(value, value)))
            else:
                words.append(said_of(known.get(key), value))
        found.append(words)
    return found


def said_of(field: Any, value: str) -> str:
    """Return a value by which a figure is split in the words of its field."""
    if field is None:
        return value
    if field.kind == "flag":
        return _("yes") if value == "yes" else _("no")
    return values.say(field, value, values.Names())


def _chart(
    figure: Figure, declared: Mechanism, lines: list[Line], *, unit: str, period: Period
) -> Chart | None:
    """Return the chart of a figure with one split, or two of which the second has few values; else None."""
    if len(lines) < 2 or not figure.by or len(figure.by) > 2:
        return None
    source = _("%(since)s to %(until)s, as of %(today)s") % {
        "since": said.dated(period.since),
        "until": said.dated(period.until),
        "today": said.dated(period.today),
    }
    names = list(dict.fromkeys(line.split[0] for line in lines))[:MOST_BARS]
    by_name = {tuple(line.split): line.value for line in lines}
    if len(figure.by) == 1:
        series = [Series(str(figure.name), [by_name.get((name,)) for name in names])]
    else:
        second = list(dict.fromkeys(line.split[1] for line in lines))
        if len(second) > MOST_COLOURS or is_share(figure) or figure.counts.startswith("median_days:"):
            return None
        series = [Series(one, [by_name.get((name, one), 0) for name in names]) for one in second]
    kind = "rows" if len(series) == 1 else "stack"
    return Chart(
        _finding(names, series, unit),
        "",
        names,
        series,
        kind,
        unit,
        _head(figure.by[0], declared, figure),
        source,
        is_tall=len(names) > 9,
    )


def _finding(names: list[str], series: list[Series], unit: str) -> str:
    """Return what a chart shows, as its title: the greatest of its names."""
    sums = [sum(one.values[place] or 0 for one in series) for place in range(len(names))]
    most = max(range(len(names)), key=lambda place: sums[place])
    return _("Most: %(name)s, %(value)s %(unit)s") % {
        "name": names[most],
        "value": said.number(round(sums[most], 1)),
        "unit": unit,
    }
