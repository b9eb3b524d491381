"""A hall as one ZIP: packed for another office, brought in pieces, looked at, taken in as a draft."""

from __future__ import annotations

import json
import tempfile
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingfeng.culture.archives.packing import pack
from qingfeng.culture.archives.unzipping import NotAnArchive
from qingfeng.culture.files.batches import WroteMeanwhile
from qingfeng.desk.culture.around import noted
from qingfeng.desk.culture.comparing import in_words
from qingfeng.desk.culture.halls import parcels
from qingfeng.desk.culture.halls.forms import Archive
from qingfeng.desk.culture.halls.ground import hall_or_404
from qingfeng.desk.culture.halls.parcels import Parcel
from qingfeng.desk.culture.halls.receiving import LARGEST_PIECE, OutOfPlace
from qingfeng.desk.culture.halls.shown import kind_words
from qingfeng.desk.culture.halls.unpacking import Look, look, take_in
from qingfeng.desk.culture.views import GETS, person_of, reads, writes
from qingfeng.screening.errors import Problem

PAGE = "desk/halls/archive.html"
SHOWN, SHOWN_CHANGES = 100, 12
NEWEST = "newest"


@reads
@require_safe
def packed(request: HttpRequest, slug: str) -> FileResponse:
    """Give a hall as a ZIP with all its files; the journal keeps it."""
    held = hall_or_404(slug)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    pack(held, out)
    out.seek(0)
    noted(request, f"hall:{slug}.zip")
    return FileResponse(out, as_attachment=True, filename=f"{slug}.zip", content_type="application/zip")


@writes
@require_http_methods(GETS)
def bring(request: HttpRequest) -> HttpResponse:
    """Take an archive, show what it would do, take it in after a second press."""
    if "parcel" in request.POST:
        return _act(request)
    form = Archive(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            no = _whole(request, form.cleaned_data["file"])
        except Problem as problem:
            form.add_error("file", f"{problem.what} {problem.then}")
        else:
            return _to(no)
    mine = parcels.parcels_of(person_of(request))
    context: dict[str, Any] = {
        "title": _("Bring in a hall"), "form": form,
        "parcels": [one for one in mine if one.is_whole],
    }  # fmt: skip
    asked = request.GET.get("look", "")
    if asked and mine and not form.errors:
        one = mine[0] if asked == NEWEST else next((one for one in mine if str(one.no) == asked), None)
        context |= _shown(one) if one is not None and one.is_whole else {}
    is_wrong = bool(form.errors or context.get("why"))
    return render(request, PAGE, context, status=422 if is_wrong else 200)


@writes
@require_POST
def announce(request: HttpRequest) -> HttpResponse:
    """Make room for archives, asked and answered as `media.announce` is."""
    told: list[dict[str, Any]] = []
    try:
        asked = [
            (str(one["path"]), int(one["size"]), str(one.get("mark", "")))
            for one in json.loads(request.body)["files"][: parcels.MOST]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return JsonResponse({"what": _("The list of files cannot be read."), "then": ""}, status=422)
    for name, size, mark in asked:
        try:
            one = parcels.announce(person_of(request), name=name, size=size, mark=mark and f"{name}|{mark}")
        except Problem as problem:
            told.append({"what": problem.what, "then": problem.then})
        else:
            told.append({"no": one.no, "received": one.received, "size": one.size})
    return JsonResponse({"files": told})


@writes
@require_http_methods(["GET", "PUT"])
def piece(request: HttpRequest, no: int) -> HttpResponse:
    """Say how much of an archive lies there (GET), or take the next piece (PUT)."""
    one = _mine(request, no)
    if request.method == "GET":
        return JsonResponse({"received": one.received, "size": one.size})
    try:
        received = parcels.take_piece(
            one, request, offset=int(request.headers.get("X-Offset", "")),
            length=int(request.headers.get("Content-Length", "")), sha256=request.headers.get("X-SHA256", ""),
        )  # fmt: skip
    except ValueError:
        said = {"what": _("The piece does not say where it belongs."), "then": _("Reload the page.")}
        return JsonResponse(said, status=422)
    except OutOfPlace as other:
        return JsonResponse({"received": other.received, "size": one.size}, status=409)
    except Problem as problem:
        return JsonResponse({"what": problem.what, "then": problem.then}, status=422)
    return JsonResponse({"received": received, "size": one.size})


def _mine(request: HttpRequest, no: object) -> Parcel:
    one = parcels.parcel(no, person_of(request))
    if one is None:
        raise Http404
    return one


def _to(no: object) -> HttpResponse:
    answer = redirect("desk:culture_bring_hall")
    answer["Location"] += f"?look={no}"
    return answer


def _whole(request: HttpRequest, file: UploadedFile[Any]) -> int:
    """Take an archive that a plain form brings as a whole; return its number."""
    one = parcels.announce(person_of(request), name=file.name or "", size=file.size or 0)
    try:
        offset = 0
        while offset < one.size:
            length = min(LARGEST_PIECE, one.size - offset)
            offset = parcels.take_piece(one, file, offset=offset, length=length)
    except Problem:
        parcels.put_away(one)
        raise
    return one.no


def _act(request: HttpRequest) -> HttpResponse:
    """Take an archive in, or put it away."""
    one = _mine(request, request.POST.get("parcel", ""))
    if "away" in request.POST:
        parcels.put_away(one)
        return redirect("desk:culture_bring_hall")
    try:
        seen = look(one)
    except ValueError:
        return _to(one.no)  # where it is told
    if request.POST.get("base") != seen.found.base or not seen.does_something:
        messages.error(request, _("Somebody wrote in this draft meanwhile: look at the archive again."))
        return _to(one.no)
    try:
        take_in(seen, one, by=person_of(request))
    except (WroteMeanwhile, IntegrityError):
        messages.error(request, _("Somebody wrote in this draft meanwhile: look at the archive again."))
        return _to(one.no)
    except NotAnArchive:
        messages.error(request, _("The archive was changed meanwhile: bring it again."))
        return _to(one.no)
    parcels.put_away(one)
    messages.success(
        request,
        _("The hall is a draft; nothing was published. %(n)d files are being prepared.")
        % {"n": len(seen.files)},
    )
    return redirect("desk:hall", slug=seen.archive.slug)


def _shown(one: Parcel) -> dict[str, Any]:
    """Return what the page says of an archive, or why it is not taken."""
    try:
        seen = look(one)
    except ValueError as error:
        return {"why": str(error), "parcel": one}
    return {"seen": seen, "parcel": one, "faults": list(seen.found.said.values())[:SHOWN], **_told(seen)}


def _told(seen: Look) -> dict[str, Any]:
    unit = next(iter(seen.found.units), None)
    kinds = [one.kind for one in seen.files]
    changes = unit.changes if unit and unit.before is not None else []
    return {
        "unit": unit,
        "counts": [(kind_words(kind).many, kinds.count(kind)) for kind in dict.fromkeys(kinds)],
        "changes": [(in_words(field), *sides) for field, *sides in changes[:SHOWN_CHANGES]],
        "more": max(0, len(changes) - SHOWN_CHANGES),
        "rejects": seen.archive.rejects[:SHOWN], "besides": seen.archive.besides[:SHOWN],
        "missing": seen.archive.missing[:SHOWN],
    }  # fmt: skip
