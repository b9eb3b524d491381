"""The weekly draw: what was committed, the seed, what was drawn, and how anybody does it again."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.leads import listed
from qingfeng.desk.leads.doors import lead_page
from qingfeng.findings import drawing
from qingfeng.findings.access import may_assign, visible_leads
from qingfeng.findings.models import Draw

SHOWN = 60


@lead_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the draws, the newest first."""
    context = {"title": _("Weekly draw"), "draws": Draw.objects.defer("population")[:SHOWN]}
    return render(request, "desk/leads/draws.html", context)


@lead_page
@require_GET
def page(request: HttpRequest, week: str) -> HttpResponse:
    """Show one draw with its proof, and the drawn leads that the viewer may see."""
    draw = _draw_or_404(week)
    leads = visible_leads(request.viewer).filter(drawn=draw).select_related("unit", "matter")
    order = {key: place for place, key in enumerate(draw.chosen)}
    rows = listed.rows_of(
        sorted(leads, key=lambda lead: order.get(lead.key, len(order))), may_assign=may_assign(request.viewer)
    )
    context = {
        "title": _("Draw of the week of %(day)s") % {"day": draw.week_on.isoformat()},
        "draw": draw,
        "rows": rows,
        "entry": drawing.commitment(draw),
        "faults": drawing.faults(draw) if draw.drawn_at else [],
        "program": files("qingfeng.findings").joinpath("redraw.py").read_text(encoding="utf-8"),
    }
    return render(request, "desk/leads/draw.html", context)


@lead_page
@require_GET
def data(_request: HttpRequest, week: str) -> JsonResponse:
    """Give what the draw is done again from: keys and hashes, nothing that a lead says."""
    draw = _draw_or_404(week)
    name = f"draw-{draw.week_on.isoformat()}.json"
    return JsonResponse(
        drawing.told(draw), headers={"Content-Disposition": f'attachment; filename="{name}"'},
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )  # fmt: skip


def _draw_or_404(week: str) -> Draw:
    try:
        on = date.fromisoformat(week)
    except ValueError as error:
        raise Http404 from error
    found = Draw.objects.filter(week_on=on).first()
    if found is None:
        raise Http404
    return found
