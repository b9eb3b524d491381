"""Pages of what a hall shows: bring files, follow how far they are, say whose they are and what they show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingfeng.culture.giving import Given, given
from qingfeng.culture.halls.keeping import tiles_place
from qingfeng.culture.models import Entry, Medium
from qingfeng.culture.storing import place_of
from qingfeng.desk.culture.halls import receiving
from qingfeng.desk.culture.halls.bringing import cancel
from qingfeng.desk.culture.halls.forms import File, Words
from qingfeng.desk.culture.halls.ground import (
    KINDS,
    captions_of,
    forms_of,
    hall_or_404,
    lacks_words,
    media_of,
    open_or_404,
    taken_from,
    type_of,
)
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.halls.shown import ShownBrought, kind_words, tabs_of
from qingfeng.desk.culture.views import GETS, person_of, reads, writes
from qingfeng.look.components import progress
from qingfeng.screening.errors import Problem

PAGES = "desk/halls/"
MOST_AT_ONCE = 200


@writes
@require_http_methods(GETS)
def media(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Show what a hall has of a kind and what is under way, and take one file from a plain form."""
    held, said = open_or_404(slug), kind_words(_known(kind))
    form = File(said.one, said.help, *((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            _whole_file(held, kind, form.cleaned_data["file"], request)
        except Problem as problem:
            form.add_error("file", f"{problem.what} {problem.then}")
        else:
            return redirect("desk:hall_media", slug=slug, kind=kind)
    brought = Brought.objects.filter(entry=held, kind=kind)
    context = {
        "title": said.many, "entry": held, "kind": kind, "said": said, "form": form,
        "tabs": tabs_of(held, kind),
        "under_way": [ShownBrought(one) for one in brought.filter(state__in=Brought.UNDER_WAY)],
        "refused": brought.filter(state=Brought.State.REFUSED),
        "rows": [(one, lacks_words(one)) for one in _told(held, kind)],
        "wanted": held.wanted.filter(kind=kind),
        "captions": captions_of(held) if kind == "captions" else {},
    }  # fmt: skip
    return render(request, PAGES + "media.html", context, status=422 if form.errors else 200)


@writes
@require_POST
def announce(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Make room for files: `{"files": [{"path", "size", "mark"}]}` → for each what lies there, or why not."""
    held = open_or_404(slug)
    _known(kind)
    try:
        asked = [
            (str(one["path"]), int(one["size"]), str(one.get("mark", "")))
            for one in json.loads(request.body)["files"][:MOST_AT_ONCE]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return JsonResponse({"what": _("The list of files cannot be read."), "then": ""}, status=422)
    told: list[dict[str, Any]] = []
    by, given = person_of(request), set[int]()
    for name, size, mark in asked:
        try:
            file = receiving.announce(
                held, kind, name=name, size=size, by=by, mark=mark and f"{name}|{mark}", besides=given
            )
        except Problem as problem:
            told.append({"what": problem.what, "then": problem.then})
        else:
            given.add(file.pk)
            told.append({"no": file.pk, "received": file.received, "size": file.size})
    return JsonResponse({"files": told})


@writes
@require_http_methods(["GET", "PUT"])
def piece(request: HttpRequest, slug: str, kind: str, no: int) -> HttpResponse:
    """Say how much of a file lies there (GET), or take the next piece (PUT)."""
    file = get_object_or_404(Brought, pk=no, entry=open_or_404(slug), kind=kind, by=person_of(request))
    if request.method == "GET":
        return JsonResponse({"received": file.received, "size": file.size})
    try:
        received = receiving.take_piece(
            file,
            request,
            offset=int(request.headers.get("X-Offset", "")),
            length=int(request.headers.get("Content-Length", "")),
            sha256=request.headers.get("X-SHA256", ""),
        )
    except ValueError:
        said = {"what": _("The piece does not say where it belongs."), "then": _("Reload the page.")}
        return JsonResponse(said, status=422)
    except receiving.OutOfPlace as other:
        return JsonResponse({"received": other.received, "size": file.size}, status=409)
    except Problem as problem:
        return JsonResponse({"what": problem.what, "then": problem.then}, status=422)
    return JsonResponse({"received": received, "size": file.size})


@writes
@require_http_methods(GETS)
def brought(request: HttpRequest, slug: str, no: int) -> HttpResponse:
    """Answer with the bar of a file under way; a post cancels it, or puts away why it was refused."""
    file = get_object_or_404(Brought, pk=no, entry=hall_or_404(slug))
    page = reverse("desk:hall_media", kwargs={"slug": slug, "kind": file.kind})
    if request.method == "POST":
        if file.state == Brought.State.REFUSED:
            file.delete()
        else:
            cancel(file)
        return redirect(page)
    if not request.htmx:
        return redirect(page)
    shown = ShownBrought(file)
    response = HttpResponse(progress(shown))
    if shown.is_done:
        response["HX-Refresh"] = "true"
    return response


@writes
@require_http_methods(GETS)
def describe(request: HttpRequest, slug: str, no: int) -> HttpResponse:
    """Say whose a medium is, what allows it and what it shows; or take it away."""
    held = open_or_404(slug)
    medium = get_object_or_404(Medium, pk=no, entry=held)
    page = redirect("desk:hall_media", slug=slug, kind=medium.kind)
    if request.method == "POST" and "remove" in request.POST:
        if medium.digest in json.dumps([held.hall.tour, held.hall.built]):
            messages.error(request, _("A scene still shows it: take it out there first."))
        else:
            medium.delete()
        return page
    names = ("licence", "author", "alt_zh", "alt_en", "told_zh", "told_en", "shows_living")
    initial = {name: getattr(medium, name) for name in names}
    form = Words(medium.kind, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(medium, name, value)
        medium.save()
        messages.success(request, _("The draft is kept."))
        return page
    context = {
        "title": medium.alt_zh or kind_words(medium.kind).one,
        "entry": held,
        "medium": medium,
        "form": form,
    }
    return render(request, PAGES + "medium.html", context, status=422 if form.errors else 200)


@reads
@require_safe
def shown(request: HttpRequest, slug: str, digest: str, part: str) -> Given:
    """Give a file of a draft or version to those who read the desk: a part of a panorama, or all of it."""
    forms = forms_of(hall_or_404(slug), digest)
    if digest not in forms:
        raise Http404
    place, kind = place_of(digest, forms[digest]), type_of(forms[digest])
    if part != "file":
        level, _minus, tile = part.partition("-")
        place = tiles_place(digest) / (Path(level) / f"{tile}.webp" if tile else f"{level}.webp")
        kind = "image/webp"
    if not place.is_file():
        raise Http404
    cache = "private, max-age=600"
    return given(request, place, content_type=kind, tag=f"{digest}-{part}", cache=cache)


def _told(held: Entry, kind: str) -> list[Any]:
    """Return the media of a kind, each with what was `taken` off it."""
    rows: list[Any] = media_of(held, kind)
    taken = taken_from(held)
    for one in rows:
        one.taken = taken.get(one.digest, "")
    return rows


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


def _whole_file(held: Entry, kind: str, file: Any, request: HttpRequest) -> None:
    """Take a file that a plain form brings as a whole."""
    told = {name: request.POST.get(name, "") for name in ("licence", "author")}
    made = receiving.announce(held, kind, name=file.name, size=file.size, by=person_of(request), told=told)
    try:
        receiving.take_piece(made, file, offset=0, length=file.size)
    except Problem:
        cancel(made)
        raise
