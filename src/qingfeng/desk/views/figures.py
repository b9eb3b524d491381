"""Statistics of one kind of matter, and the page that draws its declaration."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk import counted, drawn
from qingfeng.desk.levels import whole
from qingfeng.desk.listing import period_in
from qingfeng.desk.views.ground import kind_page, viewer_in
from qingfeng.matters import access
from qingfeng.matters import statistics as statistics_of
from qingfeng.matters.vocabulary import Mechanism


@kind_page
@require_GET
def statistics(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Show the declared figures of a kind over what the reader sees whole."""
    viewer = viewer_in(request)
    period = period_in(request.GET, viewer.on)
    address = reverse("desk:list", kwargs={"kind": kind})
    over = statistics_of.Over(access.question_of(viewer), lambda: whole(viewer))
    shown = [counted.shown(figure, kind, over, period, list_address=address) for figure in kind.figures]
    days = urlencode({"since": period.since.isoformat(), "until": period.until.isoformat()})
    context = {
        "kind": kind,
        "figures": shown,
        "period": period,
        "days": days,
        "title": _("Statistics: %(kind)s") % {"kind": kind.name},
    }
    return render(request, "desk/statistics.html", context)


@kind_page
@require_GET
def about(request: HttpRequest, kind: Mechanism) -> HttpResponse:
    """Show what a mechanism is, out of its declaration."""
    return render(request, "desk/about.html", {"kind": kind, "drawn": drawn.drawn(kind), "title": kind.name})
