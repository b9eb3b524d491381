"""My unit's work, for who leads units, and for who speaks for a unit outside."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.duties import work_of
from qingfeng.desk.keeping.doors import hands_over
from qingfeng.desk.unit import carried, sent
from qingfeng.organization.viewer import Viewer


def may_open(viewer: Viewer) -> bool:
    """Return whether the page exists for somebody."""
    return carried.leads_units(viewer) or sent.is_contact(viewer)


@login_required
@require_GET
def my_unit(request: HttpRequest) -> HttpResponse:
    """Show who carries what in the rooms below, or what was sent to a unit outside and is owed by when."""
    viewer: Viewer = request.viewer
    if carried.leads_units(viewer):
        rooms = carried.rooms_of(viewer)
        busy = [room for room in rooms if room.carrying or room.office.duties]
        context = {
            "title": _("My unit's work"),
            "busy": busy,
            "quiet": [room for room in rooms if room not in busy],
            "hands_over": hands_over(viewer),
        }
        return render(request, "desk/unit/rooms.html", context)
    if not sent.is_contact(viewer):
        raise Http404
    context = {"title": _("My unit's work"), "work": work_of(viewer), "sent": sent.sent_to(viewer)}
    return render(request, "desk/unit/sent.html", context)
