"""Changing a tour as JSON, as the plain forms do; each returns a new one and leaves the old as it was."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

Tour = dict[str, Any]


def free_key(taken: set[str], begin: str) -> str:
    """Return a key that nothing has yet: `scene-1`, `scene-2`."""
    no = 1
    while f"{begin}-{no}" in taken:
        no += 1
    return f"{begin}-{no}"


def scene_in(tour: Tour, key: str) -> dict[str, Any] | None:
    """Return a scene by its key, None where there is none."""
    return next((one for one in tour["scenes"] if one["key"] == key), None)


def put(tour: Tour, what: str, key: str, said: Mapping[str, Any]) -> Tour:
    """Return the tour with a zone or scene changed, or added at the end where it is new.

    Args:
        tour: As it is.
        what: `zones` or `scenes`.
        key: Of what is changed; one that is not there is new.
        said: The fields that are changed.
    """
    made = deepcopy(tour)
    found = next((one for one in made[what] if one["key"] == key), None)
    if found is None:
        found = {"key": key} | ({"spots": []} if what == "scenes" else {})
        made[what].append(found)
    found.update(said)
    if what == "scenes" and not made["first"]:
        made["first"] = key
    return made


def put_spot(tour: Tour, scene: str, key: str, said: Mapping[str, Any]) -> Tour:
    """Return the tour with a spot changed or added."""
    made = deepcopy(tour)
    spots = (scene_in(made, scene) or {}).setdefault("spots", [])
    found = next((one for one in spots if one["key"] == key), None)
    if found is None:
        spots.append({"key": key, **said})
    else:
        found.clear()
        found.update({"key": key, **said})
    return made


def with_way_back(tour: Tour, scene: str, to: str) -> Tour:
    """Return the tour with a way from `to` back to a scene, unless there is one: behind the way in."""
    there, here = scene_in(tour, to), scene_in(tour, scene)
    if not there or not here or any(one.get("to") == scene for one in there.get("spots", [])):
        return tour
    way = next(one for one in here["spots"] if one.get("to") == to)
    key = free_key({one["key"] for one in there.get("spots", [])}, "way")
    said = {
        "kind": "scene", "to": scene, "yaw": round((way["yaw"] + 360) % 360 - 180, 2), "pitch": way["pitch"],
        "title_zh": f"回到{here.get('name_zh', '')}"[:60],
        "title_en": f"Back to {here.get('name_en', '')}"[:140],
    }  # fmt: skip
    return put_spot(tour, to, key, said)


def without(tour: Tour, what: str, key: str) -> Tour:
    """Return the tour without a zone or scene; ways that led to the scene go with it."""
    made = deepcopy(tour)
    made[what] = [one for one in made[what] if one["key"] != key]
    if what == "scenes":
        for scene in made["scenes"]:
            scene["spots"] = [one for one in scene.get("spots", []) if one.get("to") != key]
        if made["first"] == key:
            made["first"] = made["scenes"][0]["key"] if made["scenes"] else ""
    return made


def without_spot(tour: Tour, scene: str, key: str) -> Tour:
    """Return the tour without a spot."""
    made = deepcopy(tour)
    found = scene_in(made, scene)
    if found:
        found["spots"] = [one for one in found.get("spots", []) if one["key"] != key]
    return made


def moved(tour: Tour, what: str, key: str, by: int) -> Tour:
    """Return the tour with a zone or scene moved up (-1) or down (1); a scene moves within its zone."""
    made = deepcopy(tour)
    rows = made[what]
    at = next((no for no, one in enumerate(rows) if one["key"] == key), None)
    if at is None:
        return made
    like = rows[at].get("zone")
    to = at + by
    while 0 <= to < len(rows) and rows[to].get("zone") != like:
        to += by
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return made
