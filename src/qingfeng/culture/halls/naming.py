"""A tour whose files are named as their owners call them, and the way there and back. Pure.

Where a file stands is said by keys: `scene/panorama`, `scene/spot/medium`, `scene/spot/captions_zh`.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from qingfeng.culture.halls.reading import NotATour, tour_of
from qingfeng.culture.halls.tours import WITH_MEDIUM, Quiz, Scene, Spot, Words

Told = dict[str, Any]
OF_SPOT = ("medium", "captions_zh", "captions_en")
BESIDE = ("text", "link", "quiz")
"""Kinds of spots that may have a picture beside their words."""


def named(tour: Any, names: Mapping[str, str], wanted: Mapping[str, str]) -> Told:
    """Return a tour with every field that says something, its files by name.

    Args:
        tour: As it is kept, its files by hash.
        names: What files are called by hash; captions and what is not there are called by their hash.
        wanted: What is called for and not here, by where it stands.
    """
    try:
        read = tour_of(tour)
    except NotATour:
        return {"v": 1, "zones": [], "first": "", "scenes": []}

    def name(at: str, digest: str) -> str:
        kind = ".vtt" if at.rpartition("/")[2] not in ("panorama", "medium") else ""
        return names.get(digest, f"{digest[:16]}{kind}") if digest else wanted.get(at, "")

    return {
        "v": 1,
        "zones": [
            {"key": one.key, **_both("name", one.name), **_both("text", one.text)} for one in read.zones
        ],
        "first": read.first,
        "scenes": [_scene(one, name) for one in read.scenes],
    }


def files_in(tour: Told) -> dict[str, str]:
    """Return what a tour says where a file stands, by where: a hash, or a name where files are named."""
    found = {}
    for scene in tour["scenes"]:
        if said := scene.get("panorama", ""):
            found[f"{scene['key']}/panorama"] = said
        for spot in scene.get("spots", []):
            for name in OF_SPOT:
                if said := spot.get(name, ""):
                    found[f"{scene['key']}/{spot['key']}/{name}"] = said
    return found


def captions_in(tour: Told) -> dict[str, str]:
    """Return what the captions of a tour are called, by their hash."""
    found = {digest for at, digest in files_in(tour).items() if at.rpartition("/")[2].startswith("captions")}
    return {digest: f"{digest[:16]}.vtt" for digest in sorted(found)}


def laid_out(tour: Told, digests: Mapping[str, str]) -> tuple[Told, dict[str, str]]:
    """Return a tour with its files by hash, and where it names one that is not here: where to name."""
    made, lacking = deepcopy(tour), {}
    for at, name in files_in(tour).items():
        put(made, at, digests.get(name, ""))
        if name not in digests:
            lacking[at] = name
    return made, lacking


def put(tour: Told, at: str, digest: str) -> bool:
    """Write a hash where a file stands; return whether there is such a place."""
    key, *more = at.split("/")
    scene = next((one for one in tour["scenes"] if one["key"] == key), None)
    if scene is None:
        return False
    if more == ["panorama"]:
        scene["panorama"] = digest
        return True
    spot = next((one for one in scene.get("spots", []) if one["key"] == more[0]), None)
    if spot is None:
        return False
    spot[more[1]] = digest
    if not digest:
        del spot[more[1]]
    return True


def is_open(tour: Told, at: str, kind: str) -> bool:
    """Return whether a file of a kind still fits where it was wanted, and nobody put another one there.

    Args:
        tour: As it is kept, its files by hash.
        at: Where a file stands.
        kind: A kind of medium, or `captions`.
    """
    key, *more = at.split("/")
    scene = next((one for one in tour["scenes"] if one["key"] == key), None)
    if scene is None or more == ["panorama"]:
        return scene is not None and kind == "panorama" and not scene.get("panorama")
    spot = next((one for one in scene.get("spots", []) if one["key"] == more[0]), None)
    if spot is None or spot.get(more[1]):
        return False
    shows = WITH_MEDIUM.get(spot["kind"], "picture" if spot["kind"] in BESIDE else "")
    return shows in {"audio", "video"} if kind == "captions" else shows == kind


def _scene(one: Scene, name: Any) -> Told:
    view = {"yaw": _number(one.view.yaw), "pitch": _number(one.view.pitch), "hfov": _number(one.view.hfov)}
    plan = {"plan": {"x": _number(one.plan.x), "y": _number(one.plan.y)}} if one.plan else {}
    return {
        "key": one.key, "zone": one.zone, **_both("name", one.name), **_both("told", one.told),
        "panorama": name(f"{one.key}/panorama", one.panorama), "view": view, **plan,
        "spots": [_spot(one.key, spot, name) for spot in one.spots],
    }  # fmt: skip


def _spot(scene: str, one: Spot, name: Any) -> Told:
    at = f"{scene}/{one.key}"
    files = {
        "medium": name(f"{at}/medium", one.medium),
        "captions_zh": name(f"{at}/captions_zh", one.captions.zh),
        "captions_en": name(f"{at}/captions_en", one.captions.en),
    }
    said = {
        "key": one.key, "kind": one.kind, "yaw": _number(one.yaw), "pitch": _number(one.pitch),
        **_both("title", one.title), **_both("text", one.text), **_both("told", one.told), **files,
        "to": one.to, "href": one.href,
    }  # fmt: skip
    kept = {key: value for key, value in said.items() if value != ""}
    return kept | ({"quiz": _quiz(one.quiz)} if one.quiz else {})


def _quiz(one: Quiz) -> Told:
    return {
        **_both("question", one.question), "answers": [{"zh": a.zh, "en": a.en} for a in one.answers],
        "right": one.right, **_both("why", one.why),
    }  # fmt: skip


def _both(name: str, words: Words) -> Told:
    return {f"{name}_zh": words.zh, f"{name}_en": words.en}


def _number(value: float) -> float:
    return int(value) if value == int(value) else value
