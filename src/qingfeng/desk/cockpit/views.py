"""The cockpit, the rows behind its numbers, and the large screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked, may_open
from qingfeng.desk.cockpit.panels import PANELS, panel_of
from qingfeng.desk.cockpit.shown import Panel, brief, signed
from qingfeng.desk.returns import readings
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
    times = [_counted_at(asked, one) for one in PANELS]
    context = {
        "title": _("Cockpit"),
        "asked": asked,
        "panels": [
            (one, [(block, signed(one, block, asked)) for block in one.blocks], at)
            for one, at in zip(shown, times, strict=True)
        ],
        "offices": Unit.objects.filter(is_ours=True),
        **_times(asked),
        "is_asked_again": readings.is_asked_again(request.viewer.on),
    }
    return render(request, "desk/cockpit/cockpit.html", context)


def _times(asked: Asked) -> dict[str, Any]:
    """Return when the oldest reading that is shown was counted, and whether all of them are the house's."""
    wanted = {key for one in PANELS for key, _by in one.wants}
    return {
        "counted_at": min((*asked.times.values(), *asked.own_times.values()), default=timezone.now()),
        "is_stored": wanted <= asked.times.keys(),
        "is_some_stored": bool(asked.times),
        "own_at": min(asked.own_times.values(), default=timezone.now()),
    }


def _counted_at(asked: Asked, panel: Panel) -> datetime | None:
    """Return when what a panel draws was counted for the house, None where it was counted now."""
    return min((asked.times[key] for key, _by in panel.wants if key in asked.times), default=None)


@leaders_page
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Have the house's readings counted again by the worker."""
    if readings.ask_again(request.viewer.on):
        messages.success(request, _("It is being counted again; the time above says when it was."))
    query = request.POST.get("query", "")[:200]
    return redirect(f"{reverse('desk:cockpit')}?{query}" if query else reverse("desk:cockpit"))


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
    changed = _("It may have changed since the cockpit was opened.")
    context = drawing.page(shown, request.GET.get("page"), changed=changed)
    return render(request, "desk/cockpit/rows.html", {**context, "asked": asked})


@leaders_page
@require_GET
def wall(request: HttpRequest) -> HttpResponse:
    """Show the panels on a large screen: nothing to press, nothing that moves, no unit named."""
    asked = Asked.read(request.viewer, request.GET)
    shown = [brief(one.on_wall(one.show(asked))) for one in PANELS]
    context = {"title": _("Cockpit"), "asked": asked, "panels": shown, **_times(asked)}
    return render(request, "desk/cockpit/wall.html", context)
