"""What lies below the live map in more detail: what pages say of it, and the file itself in ranges."""

from __future__ import annotations

import base64
from typing import Any

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe

from qingfeng.culture.bilingual import in_language
from qingfeng.culture.giving import Given, given
from qingfeng.culture.tiles import archive, place_of_tiles, service
from qingfeng.public.culture.ways import AnyWay

KEPT = "public, max-age=86400"
MOST_IN_A_SCRIPT = 12 * 1024 * 1024
"""Up to this size the export has the tiles as a script too: a page on a disk runs it, but fetches nothing."""


def below(way: AnyWay) -> dict[str, Any] | None:
    """Return what the live map draws below its places; None where the ground alone is there.

    A tile service is never part of the export, which fetches nothing from anywhere.
    """
    if found := archive():
        said: dict[str, Any] = {
            "kind": "file", "form": found.form, "lowest": found.lowest, "deepest": found.deepest,
            "bounds": found.bounds, "layers": found.layers, "credit": found.credit,
        }  # fmt: skip
        if not way.is_offline:
            return said | {"address": f"{way.to('tiles')}?{found.stamp}"}
        script = {"script": way.to("tiles_script")} if found.size <= MOST_IN_A_SCRIPT else {}
        return said | {"address": way.to("tiles")} | script
    held = None if way.is_offline else service()
    if held is None:
        return None
    credit = in_language(held.credit, way.language)
    return {"kind": "service", "addresses": held.addresses, "credit": credit, "approval": held.approval}


def asked_for_tiles() -> tuple[str, ...]:
    """Return the addresses that the live map asks on other hosts; none where our own file lies below it."""
    held = None if archive() else service()
    return held.addresses if held else ()


def as_script() -> bytes:
    """Return the tiles as a script that a page on a disk can run."""
    return b'window.qingfengTiles="' + base64.b64encode(place_of_tiles().read_bytes()) + b'";\n'


@require_safe
def tiles(request: HttpRequest) -> Given:
    """Give the PMTiles file, whole or the range that is asked for."""
    found = archive()
    if found is None:
        raise Http404
    kind = "application/vnd.pmtiles"
    return given(request, place_of_tiles(), content_type=kind, tag=found.stamp, cache=KEPT)
