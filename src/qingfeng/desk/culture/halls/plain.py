"""A hall without a script or a drawing surface: its parts in order, and a form for each of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qingfeng.culture import life
from qingfeng.culture.content import content_of
from qingfeng.culture.halls.gates import lacks
from qingfeng.culture.models import Entry
from qingfeng.desk.culture.halls import tours
from qingfeng.desk.culture.halls.forms import SPOTS, SceneForm, SpotForm, ZoneForm, spot_initial
from qingfeng.desk.culture.halls.ground import (
    NotKept,
    captions_of,
    hall_or_404,
    keep_tour,
    lacks_words,
    media_of,
    open_or_404,
)
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.halls.shown import ShownBrought
from qingfeng.desk.culture.views import GETS, reads, writes
from qingfeng.look.tables import Empty

NEW = "new"
FORM = "desk/halls/form.html"
EMPTY_VIEW = {"yaw": 0, "pitch": 0, "hfov": 75}


@reads
@require_safe
def hall(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a hall: zones with their scenes and spots in order, what it shows, what it still lacks."""
    held = hall_or_404(slug)
    tour, media = held.hall.tour, list(held.media.all())
    zones = [
        {**zone, "scenes": [one for one in tour["scenes"] if one["zone"] == zone["key"]]}
        for zone in tour["zones"]
    ]
    context = {
        "title": held.name_zh, "entry": held, "tour": tour, "zones": zones,
        "is_locked": bool(life.under_review(held)), "counts": Counter(one.kind for one in media),
        "under_way": [ShownBrought(one) for one in held.brought.filter(state__in=Brought.UNDER_WAY)],
        "refused": held.brought.filter(state=Brought.State.REFUSED),
        "lacking": [one for one in media if lacks_words(one)],
        "gates": [says for _key, says in lacks(content_of(held))],
        "nothing": Empty(_("No scene yet"), _("Bring panoramas, or have the hall built from a list.")),
    }  # fmt: skip
    return render(request, "desk/halls/hall.html", context)


@writes
@require_http_methods(GETS)
def zone(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write a zone."""
    held = open_or_404(slug)
    tour = held.hall.tour
    there = next((one for one in tour["zones"] if one["key"] == key), None)
    if key == NEW:
        key = tours.free_key({one["key"] for one in tour["zones"]}, "zone")
    elif there is None:
        raise Http404
    form = ZoneForm(request.POST if request.method == "POST" else None, initial=there)
    if form.is_bound and form.is_valid():
        made = tours.put(tour, "zones", key, form.cleaned_data)
        if answer := _kept(request, held, made, form):
            return answer
    return _form(request, held, form, _("Zone"), parts=("zones", key) if there else ())


@writes
@require_http_methods(GETS)
def scene(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write a scene: where it belongs, its panorama, its opening view."""
    held = open_or_404(slug)
    tour = held.hall.tour
    there = tours.scene_in(tour, key)
    if not tour["zones"]:
        messages.warning(request, _("A scene stands in a zone: make the first one."))
        return redirect("desk:hall_zone", slug=slug, key=NEW)
    if key == NEW:
        key = tours.free_key({one["key"] for one in tour["scenes"]}, "scene")
    elif there is None:
        raise Http404
    initial = {**(there or {}), **((there or {}).get("view") or EMPTY_VIEW), "is_first": tour["first"] == key}
    form = SceneForm(
        request.POST if request.method == "POST" else None, initial=initial,
        zones=[(one["key"], one["name_zh"]) for one in tour["zones"]], panoramas=_choices(held, "panorama"),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        is_first = given.pop("is_first")
        made = tours.put(
            tour, "scenes", key, {"view": {name: given.pop(name) for name in EMPTY_VIEW}, **given}
        )
        made["first"] = key if is_first else made["first"]
        if answer := _kept(request, held, made, form):
            return answer
    return _form(request, held, form, _("Scene"), parts=("scenes", key) if there else (), scene=there)


@writes
@require_http_methods(GETS)
def spot(request: HttpRequest, slug: str, key: str, spot: str) -> HttpResponse:
    """Write a spot of a scene; a new one says its kind in its address: `new-text`."""
    held = open_or_404(slug)
    tour = held.hall.tour
    here = tours.scene_in(tour, key)
    if here is None:
        raise Http404
    there = next((one for one in here.get("spots", []) if one["key"] == spot), None)
    kind = there["kind"] if there else spot.removeprefix("new-")
    if kind not in SPOTS or (not there and not spot.startswith("new-")):
        raise Http404
    if not there:
        spot = tours.free_key({one["key"] for one in here.get("spots", [])}, "spot")
    view = here.get("view") or EMPTY_VIEW
    initial = spot_initial(there) if there else {"yaw": view["yaw"], "pitch": view["pitch"], "way_back": True}
    others = [(one["key"], one["name_zh"]) for one in tour["scenes"] if one["key"] != key]
    form = SpotForm(
        kind,
        request.POST if request.method == "POST" else None,
        initial=initial,
        media=_media(held),
        scenes=others,
    )
    if form.is_bound and form.is_valid():
        made = tours.put_spot(tour, key, spot, form.spot())
        if form.cleaned_data.get("way_back"):
            made = tours.with_way_back(made, key, form.cleaned_data["to"])
        if answer := _kept(request, held, made, form):
            return answer
    return _form(request, held, form, here["name_zh"], parts=("spots", key, spot) if there else ())


@writes
@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """Move a zone or scene up or down, or take a part away."""
    held = open_or_404(slug)
    tour, what, key = held.hall.tour, request.POST.get("what", ""), request.POST.get("key", "")
    act = request.POST.get("act", "")
    if what == "spots":
        made = tours.without_spot(tour, key, request.POST.get("spot", ""))
    elif what not in {"zones", "scenes"}:
        raise Http404
    elif act == "remove":
        if what == "zones" and any(one["zone"] == key for one in tour["scenes"]):
            messages.error(request, _("Scenes stand in this zone: move them first."))
            return redirect("desk:hall", slug=slug)
        made = tours.without(tour, what, key)
    else:
        made = tours.moved(tour, what, key, -1 if act == "up" else 1)
    try:
        keep_tour(held, made)
    except NotKept as error:
        messages.error(request, str(error))
    return redirect("desk:hall", slug=slug)


def _kept(request: HttpRequest, held: Entry, made: Any, form: Any) -> HttpResponse | None:
    """Keep a tour and go back to the hall; what is wrong is said at the field it is about."""
    try:
        keep_tour(held, made)
    except NotKept as error:
        for where, says in error.wrongs.items():
            name = where.rpartition(".")[2]
            form.add_error(name if name in form.fields else None, says)
        return None
    messages.success(request, _("The draft is kept."))
    return redirect("desk:hall", slug=held.slug)


def _form(
    request: HttpRequest, held: Entry, form: Any, title: str, *, parts: tuple[str, ...], **more: Any
) -> HttpResponse:
    context = {"title": title, "entry": held, "form": form, "parts": parts, "kinds": SPOTS, **more}
    return render(request, FORM, context, status=422 if form.errors else 200)


def _choices(held: Entry, kind: str) -> list[tuple[str, str]]:
    return [(one.digest, one.alt_zh or f"{one.no}") for one in media_of(held, kind)]


def _media(held: Entry) -> dict[str, list[tuple[str, str]]]:
    kinds = {kind: _choices(held, kind) for kind in ("picture", "audio", "video")}
    return kinds | {"captions": list(captions_of(held).items())}
