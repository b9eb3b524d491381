"""Halls in the export: each scene a page, and the same as a script, for a page on a disk may fetch nothing.

Tiles are there as scripts alone; of each panorama the whole in three sizes lies beside them, for pages
without a script and for Pannellum.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from qingfeng import look
from qingfeng.culture.halls.keeping import tiled, tiles_place
from qingfeng.culture.halls.looking import view_of
from qingfeng.culture.models import Publication
from qingfeng.culture.storing import place_of
from qingfeng.public.culture import hall_pages, pages
from qingfeng.public.culture.cards import qr_svg
from qingfeng.public.culture.pannellum import as_pannellum
from qingfeng.public.culture.ways import OfflineWay, Way

FOLDER = "public/culture/"
SHOWN_AS_PICTURES = ("small", "base", "large")
Files = Iterator[tuple[str, bytes]]


def shared_files(rows: list[Publication]) -> Files:
    """Yield what the halls show in either language: viewer, panoramas, opening views, captions."""
    halls = [(row, hall_pages.tour_in(row)) for row in rows if row.kind == hall_pages.HALL]
    yield "assets/hall.css", look.built("hall.css").encode()
    yield "assets/hall.js", look.built("hall.js").encode()
    for digest in sorted({scene.panorama for _row, tour in halls for scene in tour.scenes}):
        yield from _panorama(digest)
    for row, tour in halls:
        for scene in tour.scenes:
            if view := view_of(scene):
                yield f"views/{row.slug}/{scene.key}.webp", view
    spots = [spot for _row, tour in halls for scene in tour.scenes for spot in scene.spots]
    for digest in sorted({one for spot in spots for one in (spot.captions.zh, spot.captions.en) if one}):
        yield f"media/{digest}.vtt", place_of(digest, "vtt").read_bytes()


def list_files(way: OfflineWay) -> Files:
    """Yield the list of all halls in a language."""
    yield f"{way.language}/halls.html", _drawn("halls.html", way, hall_pages.halls(way))


def hall_files(row: Publication, language: str, host: str) -> Files:
    """Yield the pages of a hall in a language: its own, its scenes, the tour for Pannellum."""
    front, inside = (OfflineWay(language, depth, host) for depth in (1, 2))
    yield f"{language}/halls/{row.slug}.html", _drawn("hall.html", front, hall_pages.hall(front, row))
    tour = json.dumps(as_pannellum(row, inside), ensure_ascii=False, indent=1)
    yield f"{language}/halls/{row.slug}/pannellum.json", tour.encode()
    for scene in hall_pages.tour_in(row).scenes:
        says = hall_pages.scene(inside, row, scene)
        for spot in says["scene"]["spots"]:
            spot["cues"] = [_cues(one) for one in spot["captions"]]
        path = f"{language}/halls/{row.slug}/{scene.key}"
        yield f"{path}.html", _drawn("hall_scene.html", inside, says)
        yield f"{path}.js", _called("qingfengScene", path + ".html", _part(inside, says))
        if host:
            address = Way(language, host).whole("scene", row.slug, scene.key)
            yield f"{language}/qr/{row.slug}-{scene.key}.svg", qr_svg(address)


def _panorama(digest: str) -> Files:
    folder, held = tiles_place(digest), tiled(digest)
    for name in held.files if held else []:
        tile = name.removesuffix(".webp").replace("/", "-")
        path, data = f"panoramas/{digest}/{tile}.webp", (folder / name).read_bytes()
        if tile in SHOWN_AS_PICTURES:
            yield path, data
        if tile not in {"large", "small"}:
            said = f"data:image/webp;base64,{base64.b64encode(data).decode()}"
            yield path.replace(".webp", ".js"), _called("qingfengPicture", path, said)


def _called(name: str, key: str, value: str) -> bytes:
    """Return a script that hands a text over."""
    return f"{name}({json.dumps(key)},{json.dumps(value, ensure_ascii=False)});\n".encode()


def _cues(track: dict[str, Any]) -> dict[str, Any]:
    digest = track["src"].rpartition("/")[2].removesuffix(".vtt")
    return track | {"text": place_of(digest, "vtt").read_text(encoding="utf-8")}


def _part(way: OfflineWay, says: dict[str, Any]) -> str:
    return render_to_string(FOLDER + "hall_parts.html", _context(way, says))


def _drawn(template: str, way: OfflineWay, says: dict[str, Any]) -> bytes:
    return render_to_string(FOLDER + template, _context(way, says)).encode()


def _context(way: OfflineWay, says: dict[str, Any]) -> dict[str, Any]:
    return pages.frame(way) | says | {"root": "../" * (way.depth + 1)}
