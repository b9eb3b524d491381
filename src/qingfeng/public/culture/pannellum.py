"""A hall as a tour that Pannellum opens, in the form of its documentation (tours, JSON)."""

from __future__ import annotations

from typing import Any

from qingfeng.culture.halls.keeping import tiled
from qingfeng.culture.halls.tours import Scene, Spot, Tour
from qingfeng.culture.models import Publication
from qingfeng.public.culture import hall_pages
from qingfeng.public.culture.ways import AnyWay

FADE_MS = 800


def as_pannellum(row: Publication, way: AnyWay) -> dict[str, Any]:
    """Return the tour: `default` with its first scene, `scenes` by key.

    Angles are the same there as here: degrees, yaw to the right of the middle, pitch upwards.

    Args:
        row: The hall, live, with its version.
        way: Where panoramas and pages lie, as seen from the file.
    """
    tour = hall_pages.tour_in(row)
    office = row.version.content["media"][0]["author"] if row.version.content["media"] else ""
    name = row.name_en if way.language == "en" else row.name_zh
    return {
        "default": {"firstScene": tour.first, "sceneFadeDuration": FADE_MS, "autoLoad": True}
        | ({"author": office} if office else {}),
        "scenes": {
            one.key: _scene(one, tour, row, way) | {"title": _title(one, name, way)} for one in tour.scenes
        },
    }


def _title(scene: Scene, hall: str, way: AnyWay) -> str:
    name = (scene.name.en if way.language == "en" else "") or scene.name.zh
    return f"{name} · {hall}"


def _scene(scene: Scene, tour: Tour, row: Publication, way: AnyWay) -> dict[str, Any]:
    held = tiled(scene.panorama)
    part = "large" if held and held.levels else "base"
    return {
        "type": "equirectangular",
        "panorama": _address(way, "panorama", scene.panorama, part),
        "yaw": scene.view.yaw,
        "pitch": scene.view.pitch,
        "hfov": scene.view.hfov,
        "hotSpots": [_hot(one, tour, scene, row=row, way=way) for one in scene.spots],
    }


def _hot(spot: Spot, tour: Tour, scene: Scene, *, row: Publication, way: AnyWay) -> dict[str, Any]:
    title = (spot.title.en if way.language == "en" else "") or spot.title.zh
    at = {"yaw": spot.yaw, "pitch": spot.pitch, "text": title}
    ahead = tour.scene(spot.to) if spot.kind == "scene" else None
    if ahead:
        look = {"targetYaw": ahead.view.yaw, "targetPitch": ahead.view.pitch, "targetHfov": ahead.view.hfov}
        return at | {"type": "scene", "sceneId": ahead.key} | look
    href = spot.href if spot.href.startswith("https://") else ""
    return at | {"type": "info", "URL": href or f"{_address(way, 'scene', row.slug, scene.key)}#s-{spot.key}"}


def _address(way: AnyWay, page: str, slug: str, form: str) -> str:
    """Return where something lies: of the export beside the file, else with its host."""
    return way.to(page, slug, form) if way.is_offline else way.whole(page, slug, form)
