"""Pages of a built hall: its rooms and lists, a walk through it, panoramas that the browser renders."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.culture.halls.building import CannotBuild
from qingfeng.culture.halls.keeping import keep_panorama
from qingfeng.culture.models import Entry, Medium
from qingfeng.culture.storing import CannotKeep
from qingfeng.desk.culture.halls import lists, plans
from qingfeng.desk.culture.halls.built_forms import DoorForm, ExhibitForm, ListForm, RoomForm, sides
from qingfeng.desk.culture.halls.editing import FOR_PANORAMAS
from qingfeng.desk.culture.halls.ground import NotKept, media_of, open_or_404
from qingfeng.desk.culture.halls.tours import free_key
from qingfeng.desk.culture.views import GETS, writes

NEW, PAGES = "new", "desk/halls/"
LARGEST_PANORAMA = 30 * 1024**2
draws = csp_update(FOR_PANORAMAS)


@writes
@draws
@require_http_methods(GETS)
def built(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the list of a hall room by room beside a walk through it; move and take away what is on it."""
    held = open_or_404(slug)
    if request.method == "POST":
        return _act(request, held)
    value = plans.value_of(held)
    context = {
        "title": _("Built hall"), "entry": held, "rooms": value["rooms"], "doors": _doors(value),
        "door_form": DoorForm(rooms=_names(value)), "is_stale": plans.is_stale(held), **_drawn(held, value),
    }  # fmt: skip
    return render(request, PAGES + "built.html", context)


@writes
@draws
@require_http_methods(GETS)
def room(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write a room."""
    held = open_or_404(slug)
    value = plans.value_of(held)
    there = next((one for one in value["rooms"] if one["key"] == key), None)
    if key == NEW:
        key = free_key({one["key"] for one in value["rooms"]}, "room")
    elif there is None:
        raise Http404
    form = RoomForm(request.POST if request.method == "POST" else None, initial=there or {"benches": True})
    return _written(request, held, form, lambda: plans.with_room(value, key, form.value()), title=_("Room"))


@writes
@draws
@require_http_methods(GETS)
def exhibit(request: HttpRequest, slug: str, room: str, key: str) -> HttpResponse:
    """Write an exhibit of a room."""
    held = open_or_404(slug)
    value = plans.value_of(held)
    here = next((one for one in value["rooms"] if one["key"] == room), None)
    there = next((one for one in (here or {}).get("exhibits", []) if one["key"] == key), None)
    if here is None or (there is None and key != NEW):
        raise Http404
    if key == NEW:
        key = free_key({each["key"] for one in value["rooms"] for each in one.get("exhibits", [])}, "piece")
    pictures = {one.digest: one for one in media_of(held, "picture")}
    form = ExhibitForm(
        request.POST if request.method == "POST" else None, initial=there,
        pictures=[(digest, one.alt_zh or str(one.no)) for digest, one in pictures.items()],
    )  # fmt: skip

    def made() -> dict[str, Any]:
        said = form.value()
        if medium := pictures.get(said.get("picture", "")):
            said |= {"aspect": plans.aspect_of(medium), "alt_zh": medium.alt_zh, "alt_en": medium.alt_en}
        return plans.with_exhibit(value, room, key, said)

    return _written(request, held, form, made, title=here["name_zh"], looks_at=key)


@writes
@require_POST
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a door between two rooms, or take one away."""
    held = open_or_404(slug)
    value = plans.value_of(held)
    if request.POST.get("remove", "").isdigit():
        value["doors"] = [one for no, one in enumerate(value["doors"]) if no != int(request.POST["remove"])]
    else:
        form = DoorForm(request.POST, rooms=_names(value))
        if form.is_valid():
            given = form.cleaned_data
            value["doors"] = [
                *value["doors"],
                {"from": given["come_from"], "wall": given["wall"], "to": given["to"]},
            ]
    _keep(request, held, value)
    return redirect("desk:hall_built", slug=slug)


@writes
@require_http_methods(GETS)
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at a list, and hang what can be hung after a second press."""
    held = open_or_404(slug)
    form = ListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    context: dict[str, Any] = {"title": _("Bring a list"), "entry": held, "form": form}
    if request.method == "POST" and "rows" in request.POST:
        try:
            rows = signing.loads(request.POST["rows"], salt=slug, max_age=3600)
        except signing.BadSignature as error:
            raise Http404 from error
        value = lists.hung_in(plans.value_of(held), rows, replaces=request.POST.get("act") == "replace")
        if _keep(request, held, value):
            messages.success(request, _("%(n)d exhibits were hung.") % {"n": len(rows)})
            return redirect("desk:hall_built", slug=slug)
        return redirect("desk:hall_bring", slug=slug)
    if form.is_bound and form.is_valid():
        try:
            found = lists.read(form.data_given(), pictures=plans.pictures_of(held))
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            rows_signed = signing.dumps(found.rows, salt=slug, compress=True)
            context |= {"found": found, "rows": rows_signed, "has_list": bool(plans.value_of(held)["rooms"])}
    return render(request, PAGES + "bring.html", context, status=422 if form.errors else 200)


@writes
@require_POST
def panorama(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a panorama that the browser rendered, with its tiles."""
    held, picture = open_or_404(slug), request.FILES.get("picture")
    if picture is None or not picture.size or picture.size > LARGEST_PANORAMA:
        return JsonResponse({"says": _("The panorama did not arrive whole: render it again.")}, status=422)
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        for block in picture.chunks():
            file.write(block)
        file.flush()
        try:
            kept = keep_panorama(Path(file.name), tell=lambda _done, _of: None)
        except CannotKeep as error:
            return JsonResponse({"says": str(error)}, status=422)
    said = {
        "form": kept.form,
        "width": kept.width,
        "height": kept.height,
        "author": _("The office, rendered from its own list"),
    }
    held.media.get_or_create(
        digest=kept.digest, kind=Medium.Kind.PANORAMA, defaults={**said, "no": held.media.count() + 1}
    )
    return JsonResponse({"digest": kept.digest})


@writes
@require_POST
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the tour of the panoramas that were rendered."""
    held = open_or_404(slug)
    try:
        panoramas = {str(key): str(one) for key, one in json.loads(request.POST.get("panoramas", "")).items()}
        plans.finish(held, panoramas, sha256=request.POST.get("plan", ""))
    except (ValueError, AttributeError) as error:
        wrongs = error.wrongs if isinstance(error, CannotBuild) else []
        says = wrongs[0].says if wrongs else _("The panorama did not arrive whole: render it again.")
        return JsonResponse({"says": says}, status=422)
    except NotKept as error:
        return JsonResponse({"says": str(error)}, status=409)
    messages.success(request, _("The hall is rendered: walk through it in the editor or the preview."))
    return JsonResponse({"then": request.build_absolute_uri(f"/culture-desk/{slug}/hall/")})


def _written(
    request: HttpRequest,
    held: Entry,
    form: Any,
    made: Callable[[], dict[str, Any]],
    *,
    title: str,
    looks_at: str = "",
) -> HttpResponse:
    """Answer a form of the list: its page, what it would look like (JSON), or keep it."""
    wants_drawing = "application/json" in request.headers.get("Accept", "")
    if form.is_bound and form.is_valid():
        try:
            value = made()
            if wants_drawing:
                return JsonResponse(plans.drawing_of(held, value))
            plans.keep_plan(held, value)
        except CannotBuild as error:
            for one in error.wrongs:
                name = one.where.rpartition(".")[2]
                form.add_error(name if name in form.fields else None, one.says)
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("desk:hall_built", slug=held.slug)
    if wants_drawing:
        says = next((str(each) for one in form.errors.values() for each in one), "")
        return JsonResponse({"says": says}, status=422)
    context = {
        "title": title,
        "entry": held,
        "form": form,
        "looks_at": looks_at,
        **_drawn(held, plans.value_of(held)),
    }
    return render(request, PAGES + "built_form.html", context, status=422 if form.errors else 200)


def _drawn(held: Entry, value: dict[str, Any]) -> dict[str, Any]:
    """Return the drawing of a list for its page, or what keeps it from being built."""
    if not value["rooms"]:
        return {"drawing": None, "wrongs": []}
    try:
        return {"drawing": plans.drawing_of(held, value), "wrongs": []}
    except CannotBuild as error:
        return {"drawing": None, "wrongs": error.wrongs}


def _act(request: HttpRequest, held: Entry) -> HttpResponse:
    """Move an exhibit, or take an exhibit or a room away."""
    room, key, act = (request.POST.get(name, "") for name in ("room", "exhibit", "act"))
    value = plans.value_of(held)
    if act == "remove_room":
        made = plans.without_room(value, room)
    elif act in {"up", "down", "remove"}:
        made = plans.exhibit_moved(value, room, key, {"up": -1, "down": 1, "remove": None}[act])
    else:
        raise Http404
    _keep(request, held, made)
    return redirect("desk:hall_built", slug=held.slug)


def _keep(request: HttpRequest, held: Entry, value: dict[str, Any]) -> bool:
    """Keep a list, or say why not."""
    try:
        plans.keep_plan(held, value)
    except CannotBuild as error:
        messages.error(request, " ".join(one.says for one in error.wrongs[:3]))
        return False
    return True


def _names(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["key"], one["name_zh"]) for one in value["rooms"]]


def _doors(value: dict[str, Any]) -> list[dict[str, str]]:
    names, walls = dict(_names(value)), sides()
    return [
        {"from": names[one["from"]], "wall": walls[one["wall"]], "to": names[one["to"]]}
        for one in value["doors"]
    ]
