"""Boards: how totals of a class are spread, how far raters lie apart; and one's own place in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.appraisal.points import doors
from qingfeng.appraisal.points.arithmetic import Total
from qingfeng.appraisal.points.tables import BoardOfPoints, Kind, ScoreSheet
from qingfeng.desk.points.ground import ours, scheme_or_404
from qingfeng.desk.points.laying import NOTHING
from qingfeng.desk.points.names import is_chinese, of_period
from qingfeng.look.charts import Chart, Series
from qingfeng.look.tables import Column, Table


@ours
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the boards of a scheme, a class each: no names, no order of people."""
    scheme = scheme_or_404(request, pk)
    if not doors.sees_board(request.viewer) or scheme.is_draft:
        raise Http404
    context = {
        "title": _("Distributions of %(scheme)s") % {"scheme": scheme.title},
        "scheme": scheme,
        "boards": [_board(one) for one in scheme.boards.all()],
        "appeals": ScoreSheet.objects.filter(scheme=scheme, version__gt=1).count(),
    }
    return render(request, "desk/points/board.html", context)


def _board(one: BoardOfPoints) -> dict[str, Any]:
    told = one.told
    found: dict[str, Any] = {"kind": Kind(one.kind).label, "key": one.kind, "count": told["count"]}
    if "distribution" in told:
        found |= {
            "spread": distribution_chart(told), "periods": _periods(told), "raters": _raters(told),
            "median": told["median"],
        }  # fmt: skip
    return found


def distribution_chart(told: Mapping[str, Any]) -> Chart:
    """Return how totals are spread, in steps of at least five."""
    return Chart(
        _("The middle of the class is %(median)s points") % {"median": told["median"]},
        _("%(count)d sheets; steps of two points, joined until each has five. Nobody is ranked.")
        % {"count": told["count"]},
        [f"{one['from']}–{one['to']}" for one in told["distribution"]],
        [Series(pgettext("points", "Sheets"), [one["count"] for one in told["distribution"]])],
        unit=_("sheets"),
        head=pgettext("points", "Points"),
    )


def _periods(told: Mapping[str, Any]) -> Table:
    return Table(
        [
            Column(lambda row: of_period(row["period"]), pgettext("points", "Period"), is_head=True),
            Column("most", _("Points at most"), kind="number"),
            Column(lambda row: _tenths(row["low"]), _("Middle of the lower half"), kind="number"),
            Column(lambda row: _tenths(row["middle"]), pgettext("points", "Middle"), kind="number"),
            Column(lambda row: _tenths(row["high"]), _("Middle of the upper half"), kind="number"),
        ],
        told["periods"],
        _("Points by period"),
    )


def _tenths(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.1f}"


def _raters(told: Mapping[str, Any]) -> Table | None:
    if not told["raters"]:
        return None
    return Table(
        [
            Column(
                lambda row: row["zh"] if is_chinese() else row["en"],
                pgettext("points", "Indicator"),
                is_head=True,
            ),
            Column("most", _("Points at most"), kind="number"),
            Column("count", _("Sheets with two raters"), kind="number"),
            Column("apart", _("Apart in the mean"), kind="number"),
            Column("widest", _("Apart at most"), kind="number"),
        ],
        told["raters"],
        _("Difference between raters"),
    )


def own_place(sheet: ScoreSheet, total: Total) -> dict[str, Any] | None:
    """Return where somebody's points lie in the class: the step and the middle, never a rank."""
    if sheet.final_on is None:
        return None
    one = BoardOfPoints.objects.filter(scheme=sheet.scheme_id, kind=sheet.kind).first()
    if one is None or "distribution" not in one.told:
        return None
    value = float(total.value)
    steps = one.told["distribution"]
    inside = [step for step in steps if step["from"] <= value < step["to"]]
    return {"step": inside[0] if inside else None, "median": one.told["median"], "count": one.told["count"]}
