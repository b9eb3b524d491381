"""A built hall as the browser draws it: the layout as one JSON value, in metres."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

from qingfeng.culture.halls.building import Plan, value_of
from qingfeng.culture.halls.hanging import DOOR_HIGH, DOOR_WIDE, LETTER_EN, LETTER_ZH, THICK, Hung, Placed
from qingfeng.culture.halls.standing import EYE, Layout, Stand


def drawing_of(layout: Layout, *, name: tuple[str, str], sha256: str = "") -> dict[str, Any]:
    """Return a layout for `hall-built.js`.

    Args:
        layout: Where everything is.
        name: Of the hall, Chinese and English: it stands over the way out.
        sha256: Of the plan, which comes back with the panoramas.
    """
    return {
        "plan": sha256, "name_zh": name[0], "name_en": name[1],
        "eye": EYE, "thick": THICK, "door": [DOOR_WIDE, DOOR_HIGH],
        "rooms": [_room(one) for one in layout.rooms],
        "things": [_thing(one) for one in layout.hung],
        "benches": [vars(one) for one in layout.benches],
        "stands": [_stand(one, layout) for one in layout.stands],
    }  # fmt: skip


def digest_of(plan: Plan) -> str:
    """Return the SHA-256 of a plan, hex."""
    return hashlib.sha256(rfc8785.dumps(value_of(plan))).hexdigest()


def _room(place: Placed) -> dict[str, Any]:
    room = place.room
    names = ("key", "name_zh", "name_en", "width", "depth", "height", "wall", "floor", "light")
    return {name: getattr(room, name) for name in names} | {"x": place.x, "y": place.y, "doors": place.doors}


def _thing(one: Hung) -> dict[str, Any]:
    exhibit, size = one.exhibit, one.size
    names = ("key", "title_zh", "title_en", "text_zh", "text_en")
    return {name: getattr(exhibit, name) for name in names} | {
        "image": exhibit.picture, "room": one.room, "wall": one.wall,
        "along": one.along, "x": one.x, "y": one.y,
        "bottom": one.bottom, "wide": size.wide, "high": size.high, "picture": size.picture,
        "plate": size.plate, "letters": {"zh": LETTER_ZH, "en": LETTER_EN},
    }  # fmt: skip


def _stand(stand: Stand, layout: Layout) -> dict[str, Any]:
    room = layout.place(stand.room).room
    here = [one.key for one in layout.stands if one.room == stand.room]
    no = f" {here.index(stand.key) + 1}" if len(here) > 1 else ""
    return {
        "key": stand.key, "room": stand.room, "x": stand.x, "y": stand.y, "reads": list(stand.reads),
        "name_zh": f"{room.name_zh}{no}", "name_en": f"{room.name_en}{no}",
    }  # fmt: skip
