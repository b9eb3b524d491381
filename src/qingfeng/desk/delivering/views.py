"""The pages of a holder of data: what is asked of it, and one request with the place for its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.desk.delivering import asked
from qingfeng.desk.kinds import address
from qingfeng.desk.records.doors import person_in, say
from qingfeng.desk.records.views.pieces import announced, taken
from qingfeng.desk.values import Names
from qingfeng.desk.values import say as in_words
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.findings import deliveries
from qingfeng.findings.deliveries import unfinished
from qingfeng.findings.models import DeliveredFile
from qingfeng.findings.receiving import hash_of
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

FILES_SHOWN = 500
FACTS = (
    "purpose",
    "authority",
    "period_from",
    "period_to",
    "file_format",
    "answerable",
    "storage",
    "delete_on",
)


@desk_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the data requests that wait for the viewer's unit."""
    viewer = viewer_in(request)
    if not access.is_outside(viewer):
        raise Http404
    found = [(one, asked.due_of(one)) for one in asked.requests_of(viewer)]
    context = {"title": _("Data asked of us"), "found": found}
    return render(request, "desk/delivering/index.html", context)


@desk_page
def page(request: HttpRequest, asking: str) -> HttpResponse:
    """Show one request with its list; add the files of a plain form, or hand over what lies here (`done`)."""
    viewer, matter = viewer_in(request), _asked_or_404(request, asking)
    if request.method == "POST":
        return _sent(request, matter)
    declared = mechanism(matter.mechanism, matter.version)
    fields = {one.key: one for one in declared.asks}
    columns = {one.key: one for one in declared.ledger("columns").fields}
    listed = [
        [in_words(columns[key], line.facts.get(key), Names()) for key in ("column", "column_purpose")]
        for line in matter.lines.filter(ledger="columns", state="asked")
    ]
    context = {
        "title": _("Data asked of us: %(number)s") % {"number": matter.number},
        "matter": matter,
        "href": address(matter),
        "due_on": asked.due_of(matter),
        "facts": [(fields[key].name, in_words(fields[key], matter.facts.get(key), Names())) for key in FACTS],
        "listed": listed,
        "sent": asked.sent_of(matter),
        **_lies_here(matter, viewer),
    }
    return render(request, "desk/delivering/page.html", context)


def _asked_or_404(request: HttpRequest, asking: str) -> Matter:
    matter = asked.requests_of(viewer_in(request)).filter(slug=asking).first()
    if matter is None:
        raise Http404
    return matter


def _lies_here(matter: Matter, viewer: Viewer) -> dict[str, Any]:
    """Return what has been sent of a delivery that is not handed over yet."""
    made = asked.receiving(matter, viewer)
    files = list(made.files.order_by("path")[:FILES_SHOWN]) if made else []
    missing = unfinished(made).count() if made else 0
    return {"files": files, "missing": missing, "count": made.files.count() if made else 0}


def _sent(request: HttpRequest, matter: Matter) -> HttpResponse:
    viewer, is_done = viewer_in(request), "done" in request.POST
    try:
        if is_done:
            asked.hand_over(matter, by=viewer)
        else:
            asked.add(matter, request.FILES.getlist("files"), by=viewer)
    except Problem as problem:
        say(request, problem)
    else:
        words = _("Received. The hashes stand below; the receipt follows.") if is_done else ""
        messages.success(request, words or _("Sent. Hand it over once everything is there."))
    return redirect("desk:delivering_request", asking=matter.slug)


@desk_page
def files(request: HttpRequest, asking: str) -> HttpResponse:
    """Make room for files, as `records.views.pieces.announce` does; the first begins the delivery."""
    matter = _asked_or_404(request, asking)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return announced(request, asked.begin(matter, viewer_in(request)), person_in(request))


@desk_page
@require_http_methods(["GET", "PUT"])
def piece(request: HttpRequest, asking: str, no: int) -> HttpResponse:
    """Say how much of a file lies there, or take its next piece; once it is whole its hash is computed."""
    file = _file_of(request, asking, no)
    answer = taken(request, file)
    if file is not None and file.received == file.size:
        hash_of(file)
    return answer


@desk_page
def take_away(request: HttpRequest, asking: str, no: int) -> HttpResponse:
    """Remove one file that was sent and not handed over."""
    file = _file_of(request, asking, no)
    if file is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        deliveries.take_away(file)
    except Problem as problem:
        say(request, problem)
    return redirect("desk:delivering_request", asking=asking)


def _file_of(request: HttpRequest, asking: str, no: int) -> DeliveredFile | None:
    made = asked.receiving(_asked_or_404(request, asking), viewer_in(request))
    return made.files.select_related("delivery").filter(pk=no).first() if made else None
