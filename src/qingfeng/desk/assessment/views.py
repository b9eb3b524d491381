"""The page of a year's gates, and the posting."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.assessment.gates import KIND
from qingfeng.desk.assessment.posting import postings
from qingfeng.desk.assessment.years import years_of
from qingfeng.desk.keeping.doors import needs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.matters import access
from qingfeng.matters.guarding import note_read
from qingfeng.matters.registry import mechanism


@needs(lambda viewer: viewer.is_staff)
@require_GET
def gates(request: HttpRequest) -> HttpResponse:
    """Show the assessments that somebody is in or carries, each as five gates; reading one whole is kept."""
    viewer = viewer_in(request)
    rows = years_of(viewer)
    for one in rows:
        if one.is_whole:
            note_read(viewer, one.matter)
    whole = [one for one in rows if one.is_whole]
    context = {
        "title": _("Yearly assessment"),
        "mine": [one for one in rows if one.own],
        "all": whole,
        "under_way": [one for one in whole if one.matter.is_open],
        "ended": [one for one in whole if not one.matter.is_open],
        "may_open": bool(access.may_open(viewer, mechanism(KIND))),
        "posted": postings(viewer.on),
    }
    return render(request, "desk/assessment/gates.html", context)


@needs(lambda viewer: viewer.is_staff)
@require_GET
def posting(request: HttpRequest) -> HttpResponse:
    """Show the names that are posted today, and how to object."""
    context = {"title": _("Posting of those to be excellent"), "posted": postings(viewer_in(request).on)}
    return render(request, "desk/assessment/posting.html", context)
