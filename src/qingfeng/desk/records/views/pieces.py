"""What the script of the page asks: files announced, pieces taken, how much lies there.

A piece is the raw body of a PUT, written to the file as it is read: no form is parsed, nothing is copied
twice. Answers are JSON; a refusal has `what` and `then` in the reader's language.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.desk.records.doors import delivery_or_404, person_in, records_page
from qingfeng.findings import deliveries
from qingfeng.findings.models import DeliveredFile, Delivery
from qingfeng.findings.receiving import LARGEST_PIECE, OutOfPlace, Piece, lies_there
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

MOST_AT_ONCE = 500
REFUSED, CONFLICT = 422, 409


@records_page
@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Make room for files: `{"files": [{"path", "size"}]}` → for each what lies there, or why not."""
    return announced(request, delivery_or_404(pk), person_in(request))


def announced(request: HttpRequest, delivery: Delivery, person: Person) -> HttpResponse:
    """Answer whoever may fill a delivery about the files that they announce."""
    try:
        wanted = json.loads(request.body)["files"]
        asked = [(str(one["path"]), int(one["size"])) for one in wanted[:MOST_AT_ONCE]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"what": _("The list of files cannot be read."), "then": ""}, status=REFUSED)
    told = []
    for path, size in asked:
        try:
            file = deliveries.announce(delivery, path, size, by=person)
        except Problem as problem:
            told.append({"what": problem.what, "then": problem.then})
        else:
            told.append({"no": file.pk, "received": file.received, "size": file.size})
    return JsonResponse({"files": told})


@records_page
@require_http_methods(["GET", "PUT"])
def piece(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Say how much of a file lies there (GET), or take the next piece (PUT).

    Headers of a PUT: `Content-Length`, `X-Offset`, and `X-SHA256` of the piece where it can be computed.
    """
    return taken(request, DeliveredFile.objects.select_related("delivery").filter(pk=no, delivery=pk).first())


def taken(request: HttpRequest, file: DeliveredFile | None) -> HttpResponse:
    """Answer whoever may fill a delivery about one of its files, as `piece` does.

    Raises:
        Http404: If there is no such file.
    """
    if file is None:
        raise Http404
    if request.method == "GET":
        return JsonResponse({"received": lies_there(file), "size": file.size})
    if file.delivery.state != Delivery.State.RECEIVING:
        return _refused(Problem(_("This delivery takes no more files."), then=_("Begin another one.")))
    try:
        length = int(request.headers.get("Content-Length", ""))
        sent = Piece(int(request.headers.get("X-Offset", "")), length, request.headers.get("X-SHA256", ""))
    except ValueError:
        return _refused(Problem(_("The piece does not say where it belongs."), then=_("Reload the page.")))
    if length > LARGEST_PIECE:
        return _refused(Problem(_("The piece is too large."), then=_("Reload the page.")))
    try:
        received = deliveries.take_piece(file, request, sent)
    except OutOfPlace as other:
        return JsonResponse({"received": other.received, "size": file.size}, status=CONFLICT)
    except Problem as problem:
        return _refused(problem)
    return JsonResponse({"received": received, "size": file.size})


def _refused(problem: Problem) -> JsonResponse:
    told: dict[str, Any] = {"what": problem.what, "then": problem.then}
    return JsonResponse(told, status=REFUSED)
