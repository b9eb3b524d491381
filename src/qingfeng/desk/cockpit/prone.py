"""Panel 5: prone places (易发区): more verified problems than exposure explains, by unit, watch and month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing, verified
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.rates import Rate, rates
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, in_words
from qingfeng.desk.leads.terms import WATCHES
from qingfeng.desk.models import Exposure
from qingfeng.findings.models import Lead
from qingfeng.look import said
from qingfeng.look.charts import Chart, Series
from qingfeng.matters import access

KEY = "prone"
LEAST_EXPOSURE = 5  # rows; a smaller cell is hidden
LEAST_VERIFIED = 10  # fewer say nothing about places
MOST_CELLS = 12
PER = 1_000
Cells = Mapping[tuple[Any, ...], tuple[int, int]]


def _leads(asked: Asked) -> QuerySet[Lead]:
    """Return the verified leads of the period's months."""
    first = asked.period.since.replace(day=1)
    return verified.confirmed(asked.leads).filter(month__gte=first, month__lte=asked.period.until)


def _exposure(asked: Asked) -> QuerySet[Exposure]:
    """Return the rows of the period's months; a unit that binds the viewer does not exist for them."""
    first = asked.period.since.replace(day=1)
    rows = Exposure.objects.filter(month__gte=first, month__lte=asked.period.until)
    rows = rows.exclude(unit__in=access.bound_by(asked.viewer)[0])
    return rows.filter(unit__overseen_by__path__startswith=asked.office.path) if asked.office else rows


def _cells(asked: Asked, *names: str) -> Cells:
    """Return (verified, rows) by cell; two queries."""
    rows = {
        tuple(row[name] for name in names): row["total"]
        for row in _exposure(asked).order_by().values(*names).annotate(total=Sum("rows"))
    }
    counted = {
        tuple(row[name] for name in names): row["total"]
        for row in _leads(asked).order_by().values(*names).annotate(total=Count("pk"))
    }
    return {key: (counted.get(key, 0), int(total)) for key, total in rows.items()}


def show(asked: Asked) -> Shown:
    """Work out the rates of cells; seven queries at most."""
    says = _(
        "Verified leads per 1,000 rows of records of the watch, drawn towards the common rate the less there "
        "is to go by (empirical Bayes, 90 % interval). Only what was confirmed, whole or in part, counts."
    )
    name, total = _("Prone places"), _leads(asked).count()
    fresh = _("Rows as of the newest screening")
    if total < LEAST_VERIFIED:
        note = _(
            "Not enough verified yet: %(count)s of the %(least)s leads that say anything about places."
        ) % {
            "count": total,
            "least": LEAST_VERIFIED,
        }
        return Shown(KEY, name, says, [], None, note, fresh)
    by_unit = _cells(asked, "unit_name", "watch")
    shown = {key: cell for key, cell in by_unit.items() if cell[1] >= LEAST_EXPOSURE}
    hidden = len(by_unit) - len(shown)
    note = _("%(count)s cells with fewer than %(least)s rows are hidden.") % {
        "count": hidden,
        "least": LEAST_EXPOSURE,
    }
    blocks = [
        _block(asked, _("By unit and watch"), shown, lambda key: f"{key[0]} · {WATCHES.get(key[1], key[1])}"),
        _block(
            asked,
            pgettext("cockpit", "By watch"),
            _cells(asked, "watch"),
            lambda key: str(WATCHES.get(key[0], key[0])),
        ),
        _block(asked, pgettext("cockpit", "By month"), _cells(asked, "month"), lambda key: f"{key[0]:%Y-%m}"),
    ]
    chart = _chart(asked, blocks[0])
    return Shown(KEY, name, says, blocks, chart, note if hidden else "", fresh)


def _block(asked: Asked, title: str, cells: Cells, name: Callable[[tuple[Any, ...]], str]) -> Block:
    """Return the cells with the highest rates."""
    keys = [key for key in cells if cells[key][1]]
    found = dict(zip(keys, rates([cells[key] for key in keys]), strict=False))
    ordered = sorted(found, key=lambda key: (-found[key].low, name(key)))[:MOST_CELLS]
    lines = [
        Line(name(key), _numbers(asked, "|".join(map(str, key)), cells[key], found[key])) for key in ordered
    ]
    heads = [
        title,
        pgettext("cockpit", "verified"),
        pgettext("cockpit", "rows"),
        _("per 1,000"),
        pgettext("cockpit", "at least"),
    ]
    return Block(title, heads, lines, _("Nothing was verified here in this period."))


def _numbers(asked: Asked, of: str, cell: tuple[int, int], rate: Rate) -> list[Number]:
    between = _("%(mean)s (%(low)s to %(high)s)") % {
        "mean": said.number(PER * rate.mean, 2),
        "low": said.number(PER * rate.low, 2),
        "high": said.number(PER * rate.high, 2),
    }
    return [
        Number(cell[0], asked.rows_at(KEY, "verified", of)),
        Number(cell[1]),
        Number(round(PER * rate.mean, 4), "", between),
        Number(round(PER * rate.low, 4), "", said.number(PER * rate.low, 2)),
    ]


def _chart(asked: Asked, block: Block) -> Chart | None:
    lines = [line for line in block.lines if line.numbers[0].value]
    if len(lines) < 2:
        return None
    names = [line.name for line in lines]
    title = _("Highest, at the careful end: %(name)s") % {"name": names[0]}
    series = [Series(pgettext("cockpit", "at least"), [line.numbers[3].value for line in lines])]
    unit = _("per 1,000 rows")
    return Chart(title, "", names, series, "rows", unit, block.title, in_words(asked), is_tall=len(names) > 9)


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the verified leads of a cell: unit and watch, a watch, or a month."""
    if what != "verified":
        return None
    condition = _is(of)
    return drawing.leads(_("Verified leads"), _leads(asked).filter(condition)) if condition else None


def _is(of: str) -> Q | None:
    unit, bar, watch = of.rpartition("|")
    if bar:
        return Q(unit_name=unit, watch=watch)
    if of in WATCHES:
        return Q(watch=of)
    try:
        return Q(month=date.fromisoformat(of))
    except ValueError:
        return None


def without_units(shown: Shown) -> Shown:
    """Return the panel for a wall: no unit is named where everybody passes."""
    blocks: Sequence[Block] = shown.blocks[1:]
    return Shown(shown.key, shown.name, shown.says, blocks, None, shown.note, shown.fresh)


PANEL = Panel(KEY, show, rows, without_units)
