"""The cockpit, the rows behind its numbers, and the large screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.cockpit.asked import Asked, may_open
from qingfeng.desk.cockpit.panels import PANELS, panel_of
from qingfeng.desk.cockpit.shown import brief, signed
from qingfeng.desk.listing import A_PAGE, COUNTED, CountedPaginator
from qingfeng.look import tables
from qingfeng.organization.models import Unit

Page = Callable[..., HttpResponse]


def leaders_page(page: Page) -> Page:
    """Let in whoever has a cockpit; to others it does not exist."""

    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_open(request.viewer):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


@leaders_page
@require_GET
def cockpit(request: HttpRequest) -> HttpResponse:
    """Show the seven panels for a period and an office."""
    asked = Asked.read(request.viewer, request.GET)
    shown = [one.show(asked) for one in PANELS]
    context = {
        "title": _("Cockpit"),
        "asked": asked,
        "panels": [(one, [(block, signed(one, block, asked)) for block in one.blocks]) for one in shown],
        "offices": Unit.objects.filter(is_ours=True),
        "now": timezone.now(),
    }
    return render(request, "desk/cockpit/cockpit.html", context)


@leaders_page
@require_GET
def rows(request: HttpRequest, panel: str) -> HttpResponse:
    """Show the rows behind one number of a panel (`what`, `of`); without one, lead to the cockpit."""
    if "what" not in request.GET:
        return redirect("desk:cockpit")
    asked = Asked.read(request.viewer, request.GET)
    found = panel_of(panel)
    shown = found.rows(asked, request.GET.get("what", ""), request.GET.get("of", "")) if found else None
    if shown is None:
        raise Http404
    page = CountedPaginator(shown.query, A_PAGE).get_page(request.GET.get("page"))
    is_cut = page.paginator.is_cut
    page.object_list = shown.make(list(page.object_list))
    empty = tables.Empty(
        _("Nothing is behind this number"), _("It may have changed since the cockpit was opened.")
    )
    context = {
        "title": shown.title,
        "asked": asked,
        "table": tables.Table(shown.columns, page, shown.title, empty=empty),
        "is_cut": is_cut,
        "counted": COUNTED,
    }
    return render(request, "desk/cockpit/rows.html", context)


@leaders_page
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Show the panels on a large screen: nothing to press, nothing that moves, no unit named."""
    asked = Asked.read(request.viewer, request.GET)
    shown = [brief(one.on_wall(one.show(asked))) for one in PANELS]
    context = {"title": _("Cockpit"), "asked": asked, "panels": shown, "now": timezone.now()}
    return render(request, "desk/cockpit/wall.html", context)
