"""The pages of a holder of data: what is asked of it, and one request with the place for its files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.delivering import asked
from qingfeng.desk.kinds import address
from qingfeng.desk.records.doors import say
from qingfeng.desk.values import Names
from qingfeng.desk.values import say as in_words
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.matters import access
from qingfeng.matters.registry import mechanism
from qingfeng.screening.errors import Problem

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
    """Show one request with its list, and take its files."""
    viewer = viewer_in(request)
    matter = asked.requests_of(viewer).filter(slug=asking).first()
    if matter is None:
        raise Http404
    if request.method == "POST":
        try:
            asked.take(matter, request.FILES.getlist("files"), by=viewer)
        except Problem as problem:
            say(request, problem)
        else:
            messages.success(request, _("Received. The hashes stand below; the receipt follows."))
        return redirect("desk:delivering_request", asking=asking)
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
    }
    return render(request, "desk/delivering/page.html", context)
