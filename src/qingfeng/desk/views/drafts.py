"""Drafts that the house keeps: the list, and what the page of a long form asks while one types."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk import drafts
from qingfeng.desk.views.ground import desk_page, viewer_in


@desk_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show what somebody began and has not handed in."""
    rows = drafts.drafts_of(viewer_in(request)).select_related("matter")
    context = {
        "title": _("Drafts"),
        "kept": [one for one in rows if one.discarded_at is None],
        "gone": [one for one in rows if one.discarded_at is not None],
        "days": drafts.KEPT_DAYS,
        "undo_days": drafts.UNDO_DAYS,
    }
    return render(request, "desk/drafts.html", context)


@desk_page
@require_POST
def kept(request: HttpRequest) -> HttpResponse:
    """Give the draft of a form (`form`) as the page puts it back: its values, and when it was kept."""
    found = drafts.kept_for(viewer_in(request), request.POST.get("form", ""))
    told = {"pk": found.pk, "at": found.kept_at.timestamp() * 1000, "values": found.values} if found else {}
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


@desk_page
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the draft of a form: `form`, `title` and `values` as JSON.

    An address that is no long form of theirs does not exist.
    """
    try:
        pairs = json.loads(request.POST.get("values", ""))
    except ValueError:
        pairs = None
    form, title = request.POST.get("form", ""), request.POST.get("title", "")
    made = drafts.keep(viewer_in(request), form, pairs, title) if isinstance(pairs, list) else None
    if made is None:
        raise Http404
    return JsonResponse({"pk": made.pk})


@desk_page
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a draft, or take it back (`undo`)."""
    viewer = viewer_in(request)
    if request.POST.get("undo"):
        done, said = drafts.take_back(viewer, pk), _("The draft is there again.")
    else:
        done, said = drafts.discard(viewer, pk), _("The draft is discarded; it can be taken back below.")
    if not done:
        raise Http404
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"pk": pk})
    messages.success(request, said)
    return redirect("desk:drafts")
