"""Results of earlier years: a file is read, shown, and kept once confirmed."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from qingfeng.appraisal.points import doors
from qingfeng.appraisal.points import earlier as importing
from qingfeng.desk.points.forms import EarlierForm
from qingfeng.desk.points.ground import ours
from qingfeng.desk.points.names import of_grade
from qingfeng.look import sheets as files
from qingfeng.screening.errors import Problem

SALT = "qingfeng.desk.points.earlier"
AN_HOUR = 3600


@ours
@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest) -> HttpResponse:
    """Take in results of earlier years."""
    if not doors.conducts(request.viewer):
        raise Http404
    if request.method == "POST" and "lines" in request.POST:
        count = importing.keep(_confirmed(request.POST["lines"]), by=request.viewer.person_id)
        messages.success(request, _("%(count)d results were kept.") % {"count": count})
        return redirect("desk:points_schemes")
    form = EarlierForm(request.POST or None, request.FILES or None)
    title = _("Results of earlier years")
    context: dict[str, Any] = {"title": title, "form": form, "heads": importing.HEADS}
    context["empty"] = files.packed(files.Sheet(title, [*importing.HEADS], []))
    if request.method == "POST" and form.is_valid():
        try:
            found = importing.read(form.cleaned_data["file"].read())
        except Problem as problem:
            form.add_error("file", f"{problem}")
        else:
            context |= {"found": found, "shown": [(one, of_grade(one.grade)) for one in found.lines]}
            context["lines"] = signing.dumps([astuple(one) for one in found.lines], salt=SALT, compress=True)
            context["rejects"] = files.packed(_rejected(found)) if found.rejects else ""
    return render(request, "desk/points/earlier.html", context, status=422 if form.errors else 200)


def _rejected(found: importing.Read) -> files.Sheet:
    """Return the rows that cannot be kept as a file: to be mended and read again, with why beside each."""
    return files.Sheet(
        _("Rows that were not read"),
        [pgettext("appraisal", "Row"), *importing.HEADS, _("Because")],
        [[one.row, *one.cells, one.why] for one in found.rejects],
    )


def _confirmed(signed: str) -> list[importing.Line]:
    """Return the lines that were shown.

    Raises:
        Http404: If this house did not sign them within the last hour.
    """
    try:
        return [importing.Line(*one) for one in signing.loads(signed, salt=SALT, max_age=AN_HOUR)]
    except signing.BadSignature as error:
        raise Http404 from error
