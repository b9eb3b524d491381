"""The editor in the browser: its page with all that it needs, and keeping what it sends."""

from __future__ import annotations

import json
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from qingfeng.culture.halls.keeping import tiled
from qingfeng.culture.models import Entry, Medium
from qingfeng.desk.culture.halls.ground import (
    NotKept,
    captions_of,
    digest_of,
    keep_tour,
    open_or_404,
)
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.desk.culture.views import writes

FOR_PANORAMAS = {"img-src": ["blob:"]}
NOWHERE = "0" * 64


@writes
@csp_update(FOR_PANORAMAS)
@require_safe
def editor(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a hall in the editor; without a script the plain forms are one link away."""
    held = open_or_404(slug)
    context = {"title": held.name_zh, "entry": held, "held": held_by_editor(held)}
    return render(request, "desk/halls/editor.html", context)


@writes
@require_POST
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what the editor sends: `{"base", "tour"}` → `{"base"}`, or what is wrong by its place."""
    held = open_or_404(slug)
    try:
        sent = json.loads(request.body)
        tour, base = sent["tour"], str(sent["base"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"wrongs": {"": "JSON"}}, status=422)
    try:
        return JsonResponse({"base": keep_tour(held, tour, base=base)})
    except NotKept as error:
        return JsonResponse({"wrongs": error.wrongs}, status=409 if error.is_conflict else 422)


def held_by_editor(held: Entry) -> dict[str, Any]:
    """Return all that the editor needs of a hall."""
    names = dict(Brought.objects.filter(entry=held, state=Brought.State.KEPT).values_list("digest", "name"))
    return {
        "slug": held.slug,
        "tour": held.hall.tour,
        "is_built": held.hall.built is not None,
        "base": digest_of(held.hall.tour),
        "media": [_medium(one, names) for one in held.media.all()],
        "captions": [{"digest": digest, "name": name} for digest, name in captions_of(held).items()],
        "shown": reverse(
            "desk:hall_shown", kwargs={"slug": held.slug, "digest": NOWHERE, "part": "PART"}
        ).replace(NOWHERE, "DIGEST"),
        "keep": reverse("desk:hall_keep", kwargs={"slug": held.slug}),
    }


def _medium(one: Medium, names: dict[str, str]) -> dict[str, Any]:
    held = tiled(one.digest) if one.kind == Medium.Kind.PANORAMA else None
    said: dict[str, Any] = {
        "digest": one.digest, "kind": one.kind, "name": one.alt_zh or names.get(one.digest, one.digest[:8]),
        "form": one.form,
    }  # fmt: skip
    if held:
        said |= {"width": held.width, "levels": [[each.width, each.cols, each.rows] for each in held.levels]}
    return said
