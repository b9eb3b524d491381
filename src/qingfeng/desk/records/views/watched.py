"""Watched folders: which are looked into, what was found, when their records are screened."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.records.doors import person_in, records_page, say
from qingfeng.desk.records.requests import listed_by, requests_for
from qingfeng.desk.records.tabs import tabs
from qingfeng.desk.views.ground import viewer_in
from qingfeng.findings import watching
from qingfeng.findings.models import WatchedFolder
from qingfeng.screening.errors import Problem


@records_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the watched folders."""
    folders = WatchedFolder.objects.select_related("request", "by").prefetch_related("deliveries")
    context = {
        "title": _("Watched folders"),
        "tabs": tabs(request, "watched"),
        "folders": [(one, watching.inbox(one), one.deliveries.all()[:5]) for one in folders],
        "requests": requests_for(viewer_in(request)),
        "screens": WatchedFolder.Screens.choices,
    }
    return render(request, "desk/records/watched.html", context)


@records_page
@require_POST
def watch(request: HttpRequest) -> HttpResponse:
    """Watch a folder, or change how it is watched."""
    wanted, screens = request.POST.get("request", ""), request.POST.get("screens", "")
    matter = next((one for one in requests_for(viewer_in(request)) if str(one.pk) == wanted), None)
    if screens not in WatchedFolder.Screens.values:
        screens = WatchedFolder.Screens.AT_ONCE
    try:
        folder = watching.watch(
            request.POST.get("name", "").strip(),
            by=person_in(request),
            request=matter,
            listed=listed_by(matter),
            screens=screens,
        )
    except Problem as problem:
        say(request, problem)
    else:
        said = _("Files put into %(place)s are brought in from now on.") % {"place": watching.inbox(folder)}
        messages.success(request, said)
    return redirect("desk:records_watched")


@records_page
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop watching a folder."""
    folder = WatchedFolder.objects.filter(pk=pk).first()
    if folder is None:
        raise Http404
    watching.leave(folder, by=person_in(request))
    messages.success(request, _("It is no longer watched; files stay where they lie."))
    return redirect("desk:records_watched")
