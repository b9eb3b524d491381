"""The base map in more detail: one PMTiles file, looked at before it is kept; what the tile service is."""

from __future__ import annotations

from hashlib import file_digest
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qingfeng.culture import basemap, tiles
from qingfeng.desk.culture.views import GETS, PAGES, person_of, writes
from qingfeng.desk.keeping import fields
from qingfeng.journal import store

KINDS = {"mvt": "MVT", "png": "PNG", "jpeg": "JPEG", "webp": "WebP"}


class Brought(fields.Form):
    """A file of tiles, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("PMTiles file"),
            help_text=_(
                "Version 3, at most 512 MB, WGS-84: drawn tiles (MVT) take our colours, pictures stay."
            ),
        )
        self.fields["reason"] = fields.text(_("Reason"), most=200)


@writes
@require_http_methods(GETS)
def ground(request: HttpRequest) -> HttpResponse:
    """Show what lies below the live map, take another file in, or take it away."""
    if request.method == "POST" and "remove" in request.POST:
        tiles.remove()
        _noted(request, "culture.tiles_removed", {})
        messages.success(request, _("The tiles are taken away; the drawing stays."))
        return redirect("desk:culture_tiles")
    form = Brought(request.POST, request.FILES) if request.method == "POST" else Brought()
    if form.is_bound and form.is_valid():
        try:
            found = tiles.keep(form.cleaned_data["file"].chunks(), near=basemap.bounds())
        except tiles.CannotUse as error:
            form.add_error("file", str(error))
        else:
            _noted(request, "culture.tiles_kept", _facts(found) | {"reason": form.cleaned_data["reason"]})
            messages.success(request, _("The tiles are kept."))
            return redirect("desk:culture_tiles")
    context = {
        "title": _("Base map in more detail"), "form": form, "held": tiles.archive(),
        "kinds": KINDS, "service": tiles.service(), "lacks_number": tiles.lacks_number(),
        "hosts": sorted({urlsplit(one).netloc for one in settings.MAP_LAYERS}),
    }  # fmt: skip
    return render(request, PAGES + "tiles.html", context, status=422 if form.errors else 200)


def _facts(found: tiles.Archive) -> dict[str, Any]:
    with tiles.place_of_tiles().open("rb") as held:
        digest = file_digest(held, "sha256").hexdigest()
    return {"sha256": digest, "bytes": found.size, "zooms": [found.lowest, found.deepest], "form": found.form}


def _noted(request: HttpRequest, kind: str, facts: dict[str, Any]) -> None:
    with transaction.atomic():
        store.append(kind, subject="culture", by=f"person:{person_of(request).pk}", facts=facts)
