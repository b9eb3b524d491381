"""The page on which somebody makes or revokes the address of their calendar feed, and the feed itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk import feeds
from qingfeng.desk.views.ground import desk_page, viewer_in


@desk_page
def settings(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address, and make one by POST: it is shown on that answer alone."""
    viewer = viewer_in(request)
    address = ""
    if request.method == "POST":
        token = feeds.make(viewer)
        address = request.build_absolute_uri(reverse("desk:feed", kwargs={"token": token}))
    context = {"address": address, "current": feeds.current(viewer), "title": _("Calendar feed")}
    response = render(request, "desk/feed.html", context)
    response["Cache-Control"] = "no-store"
    return response


@desk_page
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Revoke the address."""
    if feeds.revoke(viewer_in(request)):
        messages.success(request, _("The address is revoked; calendars that used it get nothing any more."))
    return redirect("desk:feed_settings")


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar behind a secret address; without a session, for programs."""
    del request
    calendar = feeds.read(token)
    if calendar is None:
        raise Http404
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": 'inline; filename="qingfeng.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)
