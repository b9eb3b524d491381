"""The tour of a built hall: a scene for every point where one stands, a spot just below whatever hangs.

Spots of the list have keys that begin with `x-`, those that lead on with `go-`; all other spots were made by
hand and stay when the hall is rendered again, turned so that they still lie on what they lay on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from qingfeng.culture.halls.building import OPPOSITE, SIDES, Room
from qingfeng.culture.halls.hanging import Hung, Placed
from qingfeng.culture.halls.standing import EYE, Layout, Stand, Way, direction, ways_from

HFOV = 92
BELOW = 0.1  # metres under the frame, where a mark covers nothing that is to be read
OF_LIST, LEADS_ON = "x-", "go-"
SIDES_ZH = {"north": "北", "east": "东", "south": "南", "west": "西"}


def tour_from(layout: Layout, panoramas: Mapping[str, str], *, before: tuple[Any, Layout | None]) -> Any:
    """Return the tour of a built hall as JSON.

    Args:
        layout: Where everything is.
        panoramas: Hash of the panorama by key of the point it was taken from; one for every point.
        before: The tour as it was, whose spots made by hand stay, and the layout it was made from.
    """
    old, old_layout = before
    rooms = [one.room for one in layout.rooms]
    scenes = [_scene(one, layout, panoramas[one.key]) for one in layout.stands]
    _keep_by_hand(scenes, layout, old, old_layout)
    return {"v": 1, "zones": [_zone(one) for one in rooms], "first": layout.stands[0].key, "scenes": scenes}


def is_by_hand(spot: Mapping[str, Any]) -> bool:
    """Return whether a spot of a built hall was made by somebody, and stays."""
    return not str(spot.get("key", "")).startswith((OF_LIST, LEADS_ON))


def _zone(room: Room) -> dict[str, Any]:
    return {
        "key": room.key, "name_zh": room.name_zh, "name_en": room.name_en, "text_zh": room.text_zh,
        "text_en": room.text_en,
    }  # fmt: skip


def _scene(stand: Stand, layout: Layout, panorama: str) -> dict[str, Any]:
    place = layout.place(stand.room)
    things = {one.exhibit.key: one for one in layout.hung}
    spots = [_spot(stand, things[key]) for key in stand.reads]
    ways = [_way(way, layout) for way in ways_from(stand, layout)]
    zh, en = _name(stand, layout)
    told_zh, told_en = _told(stand, place, layout)
    x, y = _on_plan(stand, layout)
    return {
        "key": stand.key, "zone": stand.room, "name_zh": zh, "name_en": en, "told_zh": told_zh,
        "told_en": told_en, "panorama": panorama, "plan": {"x": x, "y": y},
        "view": {"yaw": _looks(place, spots), "pitch": 0, "hfov": HFOV}, "spots": [*spots, *ways],
    }  # fmt: skip


def _spot(stand: Stand, thing: Hung) -> dict[str, Any]:
    one = thing.exhibit
    yaw, pitch = direction(stand.x, stand.y, (thing.x, thing.y, thing.bottom - BELOW))
    spot = {
        "key": f"{OF_LIST}{one.key}", "kind": "picture" if one.picture else "text",
        "yaw": yaw, "pitch": pitch,
        "title_zh": one.title_zh, "title_en": one.title_en, "text_zh": one.text_zh, "text_en": one.text_en,
    }  # fmt: skip
    told = {"medium": one.picture, "told_zh": one.alt_zh, "told_en": one.alt_en}
    return spot | told if one.picture else spot


def _way(way: Way, layout: Layout) -> dict[str, Any]:
    to = next(one for one in layout.stands if one.key == way.to)
    room = layout.place(to.room).room
    zh, en = (
        (f"去往{room.name_zh}", f"To {room.name_en}")
        if way.by_door
        else (f"走到{_name(to, layout)[0]}", f"Walk to {_name(to, layout)[1]}")
    )
    return {
        "key": f"{LEADS_ON}{way.to}", "kind": "scene", "yaw": way.yaw, "pitch": way.pitch,
        "title_zh": zh, "title_en": en, "to": way.to,
    }  # fmt: skip


def _name(stand: Stand, layout: Layout) -> tuple[str, str]:
    """Return what a point is called: the room, with its number where there are several."""
    room = layout.place(stand.room).room
    here = [one.key for one in layout.stands if one.room == stand.room]
    if len(here) == 1:
        return room.name_zh, room.name_en
    no = here.index(stand.key) + 1
    return f"{room.name_zh}·{no}", f"{room.name_en}, point {no}"


def _told(stand: Stand, place: Placed, layout: Layout) -> tuple[str, str]:
    """Return what is seen from a point, wall by wall, for who cannot see it."""
    by_wall: dict[str, list[Hung]] = {side: [] for side in SIDES}
    for one in layout.hung:
        if one.exhibit.key in stand.reads:
            by_wall[one.wall].append(one)
    zh, en = [f"您站在{place.room.name_zh}。"], [f"You stand in {place.room.name_en}."]
    for side, things in by_wall.items():
        if things:
            zh.append(
                f"{SIDES_ZH[side]}墙：" + "、".join(f"《{one.exhibit.title_zh}》" for one in things) + "。"
            )
            en.append(f"On the {side} wall: " + "; ".join(one.exhibit.title_en for one in things) + ".")
    for side, to in place.doors.items():
        if to:
            room = layout.place(to).room
            zh.append(f"{SIDES_ZH[side]}面有门通往{room.name_zh}。")
            en.append(f"A door in the {side} wall leads to {room.name_en}.")
    return "".join(zh), " ".join(en)


def _looks(place: Placed, spots: list[dict[str, Any]]) -> float:
    """Return where one looks first: at the spot that lies straightest ahead of somebody who comes in."""
    ahead = {"north": 0.0, "east": 90.0, "south": 180.0, "west": -90.0}[OPPOSITE[place.entered]]
    return min((one["yaw"] for one in spots), key=lambda yaw: abs(turned(yaw - ahead)), default=ahead)


def _on_plan(stand: Stand, layout: Layout) -> tuple[float, float]:
    """Return where a point stands on the floor plan, shares from the upper left, true in proportion."""
    west = min(one.x - one.room.width / 2 for one in layout.rooms)
    east = max(one.x + one.room.width / 2 for one in layout.rooms)
    south = min(one.y - one.room.depth / 2 for one in layout.rooms)
    north = max(one.y + one.room.depth / 2 for one in layout.rooms)
    whole = max(east - west, north - south)
    x = 0.5 + (stand.x - (east + west) / 2) / whole
    return round(x, 4), round(0.5 - (stand.y - (north + south) / 2) / whole, 4)


def _keep_by_hand(scenes: list[dict[str, Any]], layout: Layout, old: Any, old_layout: Layout | None) -> None:
    """Put every spot made by hand into the new scenes; what is gone leads to no scene that is not there."""
    stands = {one.key: one for one in layout.stands}
    was = {one.key: one for one in old_layout.stands} if old_layout else {}
    new = {one["key"]: one for one in scenes}
    for scene in (old or {}).get("scenes", []):
        for spot in filter(is_by_hand, scene.get("spots", [])):
            if spot.get("kind") == "scene" and spot.get("to") not in new:
                continue
            stood = was.get(scene["key"])
            to = stands.get(scene["key"]) or _near(stood, layout)
            kept = dict(spot)
            if stood and old_layout and (stood.x, stood.y, stood.room) != (to.x, to.y, to.room):
                kept["yaw"], kept["pitch"] = _again(spot, stood, to, old_layout.place(stood.room))
            if kept.get("to") != to.key:
                _put(new[to.key]["spots"], kept)


def _put(spots: list[dict[str, Any]], spot: dict[str, Any]) -> None:
    keys, key, no = {one["key"] for one in spots}, spot["key"], 2
    while spot["key"] in keys:
        spot["key"], no = f"{key[:20]}-{no}", no + 1
    spots.append(spot)


def _near(stood: Stand | None, layout: Layout) -> Stand:
    """Return the point nearest to one that is gone, in its room where the room is still there."""
    if stood is None:
        return layout.stands[0]
    return min(
        layout.stands,
        key=lambda one: (one.room != stood.room, math.dist((one.x, one.y), (stood.x, stood.y))),
    )


def _again(spot: Mapping[str, Any], stood: Stand, to: Stand, place: Placed) -> tuple[float, float]:
    """Return the direction from another point to what a spot lay on: where its ray met wall or floor."""
    yaw, pitch = math.radians(spot["yaw"]), math.radians(spot["pitch"])
    ray = (math.sin(yaw) * math.cos(pitch), math.cos(yaw) * math.cos(pitch), math.sin(pitch))
    half = (place.room.width / 2, place.room.depth / 2)
    reach = [
        ((half[no] if ray[no] > 0 else -half[no]) - (at - middle)) / ray[no]
        for no, (at, middle) in enumerate(((stood.x, place.x), (stood.y, place.y)))
        if abs(ray[no]) > 1e-9
    ]
    if abs(ray[2]) > 1e-9:
        reach.append(((place.room.height if ray[2] > 0 else 0.0) - EYE) / ray[2])
    far = min(one for one in reach if one > 0)
    met = (stood.x + far * ray[0], stood.y + far * ray[1], EYE + far * ray[2])
    return direction(to.x, to.y, met)


def turned(yaw: float) -> float:
    """Return an angle between -180 and 180 degrees."""
    return (yaw + 180) % 360 - 180
