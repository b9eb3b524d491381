"""A file of places: looked at, taken in after a second press, and taken back while nobody wrote in it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.culture import files
from qingfeng.culture.coordinates import DATUMS, WGS84
from qingfeng.culture.models import Entry
from qingfeng.desk.culture.forms import Brought
from qingfeng.desk.culture.views import GETS, PAGES, person_of, writes

DIGEST = re.compile(r"[0-9a-f]{64}")
SHOWN, SHOWN_REJECTS, SHOWN_AWAY, BATCHES = 50, 200, 20, 10


@writes
@require_http_methods(GETS)
def bring(request: HttpRequest) -> HttpResponse:
    """Look at a file of places, take in those that can be read after a second press, or take a file back."""
    if request.method == "POST" and "token" in request.POST:
        return _taken_in(request)
    if request.method == "POST" and "back" in request.POST:
        return _taken_back(request)
    form = Brought(request.POST, request.FILES) if request.method == "POST" else Brought()
    context: dict[str, Any] = {"title": _("Bring places in"), "form": form, "batches": _batches()}
    if form.is_bound and form.is_valid():
        file, datum = form.cleaned_data["file"], form.cleaned_data["datum"]
        try:
            data = file.read()
            found = files.read(data, file.name, datum=datum)
            context |= {
                "found": found, "token": files.put_aside(data, file.name), "datum": datum,
                "rejects": found.rejects[:SHOWN_REJECTS], "shown": found.rows[:SHOWN],
                "datums": sorted(found.datums.items()), "unsaid": len(found.unsaid),
                "away": len(found.away), "named_away": found.away[:SHOWN_AWAY],
            }  # fmt: skip
        except ValueError as error:
            form.add_error("file", str(error))
    return render(request, PAGES + "bring.html", context, status=422 if form.errors else 200)


def _taken_in(request: HttpRequest) -> HttpResponse:
    token, datum = request.POST["token"], request.POST.get("datum", WGS84)
    found = files.picked_up(token, datum=datum) if datum in DATUMS else None
    if found is None:
        raise Http404
    try:
        count = files.take_in(found.rows, by=person_of(request), batch=token.partition(".")[0])
    except IntegrityError:
        messages.error(request, _("Somebody made one of these addresses meanwhile: look at the file again."))
        return redirect("desk:culture_bring")
    messages.success(request, _("%(n)d drafts were made.") % {"n": count})
    return redirect("desk:culture")


def _taken_back(request: HttpRequest) -> HttpResponse:
    if not DIGEST.fullmatch(request.POST["back"]):
        raise Http404
    count = files.take_back(request.POST["back"], by=person_of(request))
    messages.success(
        request, _("%(n)d drafts were taken back; others were written in and stay.") % {"n": count}
    )
    return redirect("desk:culture_bring")


def _batches() -> Any:
    """Return the files that were brought in and in whose drafts nobody wrote yet, newest first."""
    rows = Entry.objects.filter(state=Entry.State.DRAFT).exclude(batch="").order_by()
    return rows.values("batch").annotate(n=Count("pk"), at=Min("made_at")).order_by("-at")[:BATCHES]
