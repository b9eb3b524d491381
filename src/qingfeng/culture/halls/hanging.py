"""Where everything of a built hall hangs: rooms on the ground, doors between them, exhibits along the walls.

Metres; x to the east, y to the north, z up; the first room lies around (0, 0). Along a wall one measures
from its middle, positive to the right of somebody who faces it. From the door by which one comes in a room
goes round with the sun, and exhibits follow the order of the list.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from qingfeng.culture.halls.building import (
    OPPOSITE,
    SIDES,
    WIDEST,
    CannotBuild,
    Door,
    Exhibit,
    Plan,
    Room,
    Wrong,
)

THICK = 0.3  # of a wall
DOOR_WIDE, DOOR_HIGH = 1.5, 2.5
CORNER = 0.5  # what stays free beside a corner
JAMB = 0.4  # and beside a door
GAP = 0.45  # between two exhibits at least
ROOMIEST = 1.7  # between two exhibits at most; the row stands in the middle then
LOWEST = 0.7  # of what is to be read
MIDDLE = 1.65  # at which an exhibit hangs
UNDER_CEILING = 0.4
PICTURE = {"small": 1.1, "medium": 1.6, "large": 2.2}  # the longer side
PANEL = {"small": 1.2, "medium": 1.6, "large": 2.2}  # how wide; a panel is 1.9 high where there is room
PANEL_HIGH = 1.9
FRAME = 0.07
PLATE_NARROW, PLATE_WIDE = 0.95, 1.6
LETTER_ZH, LETTER_EN = 0.1, 0.062  # height of the letters of a plate: what can be read from `standing.FAR`
SMALLEST = (7.0, 6.0)  # a room whose size is found


@dataclass(frozen=True)
class Size:
    """What an exhibit takes on a wall: the whole of it, its picture within, its plate below.

    Attributes:
        high: Of the whole, plate and the space above it included.
        picture: Width and height of the picture within its frame, or of the panel.
        plate: Width and height; (0, 0) for a panel.
    """

    wide: float
    high: float
    picture: tuple[float, float]
    plate: tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """A room on the ground: its middle, its size, its walls' doors, by which side one comes in."""

    room: Room
    x: float
    y: float
    entered: str
    doors: dict[str, str]  # side: key of the next room, "" for the way out

    def on_wall(self, side: str, along: float) -> tuple[float, float]:
        """Return a point of a wall, so far to the right of its middle."""
        half_x, half_y = self.room.width / 2, self.room.depth / 2
        return {
            "north": (self.x + along, self.y + half_y),
            "east": (self.x + half_x, self.y - along),
            "south": (self.x - along, self.y - half_y),
            "west": (self.x - half_x, self.y + along),
        }[side]


@dataclass(frozen=True)
class Hung:
    """An exhibit on its wall.

    Attributes:
        along: Its middle, to the right of the middle of the wall.
        x: Of its middle, as `y`.
        bottom: Lower edge of the whole.
    """

    exhibit: Exhibit
    room: str
    wall: str
    along: float
    x: float
    y: float
    bottom: float
    size: Size

    @property
    def middle(self) -> float:
        """Height of the middle of the picture or panel."""
        return self.bottom + self.size.high - self.size.picture[1] / 2 - (FRAME if self.size.plate[1] else 0)


@dataclass(frozen=True)
class Stretch:
    """A piece of wall on which something can hang."""

    wall: str
    begins: float
    length: float


def size_of(exhibit: Exhibit, height: float) -> Size:
    """Return what an exhibit takes in a room of a height."""
    most = height - LOWEST - UNDER_CEILING
    if not exhibit.picture:
        wide, high = PANEL[exhibit.size], min(PANEL_HIGH, most)
        return Size(wide, high, (wide, high), (0.0, 0.0))
    long = PICTURE[exhibit.size]
    wide = long if exhibit.aspect >= 1 else long * exhibit.aspect
    plate_wide = min(max(wide, PLATE_NARROW), PLATE_WIDE)
    plate_high = _plate_high(exhibit, plate_wide)
    room = most - plate_high - 0.1 - 2 * FRAME
    wide = min(wide, room * exhibit.aspect)
    high = wide / exhibit.aspect
    whole = max(wide + 2 * FRAME, plate_wide)
    return Size(whole, high + 2 * FRAME + 0.1 + plate_high, (wide, high), (plate_wide, plate_high))


def _plate_high(exhibit: Exhibit, wide: float) -> float:
    """Return how high a plate is whose letters can be read: as many lines as its titles need."""
    room = wide - 0.12
    lines_zh = max(1, math.ceil(len(exhibit.title_zh) * LETTER_ZH / room))
    lines_en = max(1, math.ceil(len(exhibit.title_en) * LETTER_EN * 0.56 / room))
    return 0.12 + lines_zh * LETTER_ZH * 1.25 + lines_en * LETTER_EN * 1.3


def placed(plan: Plan) -> tuple[Placed, ...]:
    """Return the rooms on the ground, in the order of the list, each with a size.

    Raises:
        CannotBuild: If two doors share a wall, a room is not reached or lies on another, or its list does not
            fit on its walls.
    """
    doors = _doors(plan)
    rooms = {
        one.key: _sized(one, doors[one.key], _entered(plan, one.key), no) for no, one in enumerate(plan.rooms)
    }
    first = plan.rooms[0].key
    found = {first: Placed(rooms[first], 0.0, 0.0, "south", doors[first])}
    waiting = list(plan.doors)
    while ready := [one for one in waiting if one.come_from in found or one.to in found]:
        for door in ready:
            waiting.remove(door)
            _beside(door, found, rooms, doors, at=f"doors.{plan.doors.index(door)}")
    lost = [no for no, one in enumerate(plan.rooms) if one.key not in found]
    if lost:
        raise CannotBuild([Wrong(f"rooms.{no}", _("No door leads to this room.")) for no in lost])
    _apart(plan, found)
    return tuple(found[one.key] for one in plan.rooms)


def hung(place: Placed) -> tuple[Hung, ...]:
    """Return what hangs in a room that `placed` gave, in the order of its list."""
    rows = _rows(place.room, place.doors, place.entered) or []
    made = [one for stretch, row in rows for one in _spaced(place, stretch, row)]
    order = [one.key for one in place.room.exhibits]
    return tuple(sorted(made, key=lambda one: order.index(one.exhibit.key)))


def stretches(room: Room, doors: dict[str, str], entered: str) -> list[Stretch]:
    """Return the pieces of wall between corners and doors, from the door one came in by, with the sun."""
    found = []
    start = SIDES.index(entered)
    for side in (SIDES[(start + no) % 4] for no in range(5)):
        wide = room.width if side in {"north", "south"} else room.depth
        half, open_half = wide / 2 - CORNER, DOOR_WIDE / 2 + JAMB
        pieces = (
            [Stretch(side, -half, half - open_half), Stretch(side, open_half, half - open_half)]
            if side in doors
            else [Stretch(side, -half, 2 * half)]
        )
        found.append(pieces)
    first, *walls, last = found
    return [*(first[1:] or first), *(one for wall in walls for one in wall), *(last[:1] if first[1:] else [])]


def _doors(plan: Plan) -> dict[str, dict[str, str]]:
    """Return the doors of every room by side; two in one wall are refused."""
    found: dict[str, dict[str, str]] = {one.key: {} for one in plan.rooms}
    found[plan.rooms[0].key]["south"] = ""
    wrongs = []
    for no, door in enumerate(plan.doors):
        for room, side, to in (
            (door.come_from, door.wall, door.to),
            (door.to, OPPOSITE[door.wall], door.come_from),
        ):
            if side in found[room]:
                wrongs.append(Wrong(f"doors.{no}.wall", _("There is a door in this wall already.")))
            found[room][side] = to
    if wrongs:
        raise CannotBuild(wrongs)
    return found


def _entered(plan: Plan, key: str) -> str:
    """Return by which side one comes into a room first."""
    if key == plan.rooms[0].key:
        return "south"
    return next((OPPOSITE[one.wall] for one in plan.doors if one.to == key), None) or next(
        (one.wall for one in plan.doors if one.come_from == key), "south"
    )


def _sized(room: Room, doors: dict[str, str], entered: str, no: int) -> Room:
    """Return a room with a size on whose walls its list fits."""
    wide, deep = room.width or SMALLEST[0], room.depth or SMALLEST[1]
    while True:
        tried = replace(room, width=wide, depth=deep)
        if _rows(tried, doors, entered) is not None:
            return tried
        if not room.width and (wide <= deep or room.depth) and wide < WIDEST:
            wide += 0.5
        elif not room.depth and deep < WIDEST:
            deep += 0.5
        elif not room.width and wide < WIDEST:
            wide += 0.5
        else:
            says = _("Not all of it fits on these walls: make the room larger, or hang less.")
            raise CannotBuild([Wrong(f"rooms.{no}.exhibits", says)])


def _beside(
    door: Door, found: dict[str, Placed], rooms: dict[str, Room], doors: dict[str, dict[str, str]], *, at: str
) -> None:
    """Put the room on the far side of a door on the ground; a ring must close."""
    back = door.come_from not in found
    one, key = found[door.to if back else door.come_from], door.come_from if back else door.to
    side = OPPOSITE[door.wall] if back else door.wall
    room = rooms[key]
    x, y = one.x, one.y
    if side in {"north", "south"}:
        y += (one.room.depth / 2 + THICK + room.depth / 2) * (1 if side == "north" else -1)
    else:
        x += (one.room.width / 2 + THICK + room.width / 2) * (1 if side == "east" else -1)
    there = found.get(key)
    if there is None:
        found[key] = Placed(room, x, y, OPPOSITE[side], doors[key])
    elif abs(there.x - x) + abs(there.y - y) > 0.01:
        raise CannotBuild(
            [Wrong(f"{at}.to", _("This ring of rooms does not close: take one of its doors away."))]
        )


def _apart(plan: Plan, found: dict[str, Placed]) -> None:
    """Refuse rooms that lie on one another."""
    rooms = [found[one.key] for one in plan.rooms]
    for no, one in enumerate(rooms):
        for other in rooms[:no]:
            apart_x = abs(one.x - other.x) - (one.room.width + other.room.width) / 2
            apart_y = abs(one.y - other.y) - (one.room.depth + other.room.depth) / 2
            if max(apart_x, apart_y) < THICK - 0.01:
                says = _("It would lie on the room %(name)s: lead its door through another wall.")
                raise CannotBuild([Wrong(f"rooms.{no}", says % {"name": other.room.name_zh})])


def _rows(
    room: Room, doors: dict[str, str], entered: str
) -> list[tuple[Stretch, list[tuple[Exhibit, Size]]]] | None:
    """Share the list of a room among its pieces of wall; None where it does not fit."""
    pieces = stretches(room, doors, entered)
    sizes = {one.key: size_of(one, room.height) for one in room.exhibits}
    used = [0.0] * len(pieces)
    at: dict[str, int] = {}
    for side in (*SIDES, ""):
        asked = [one for one in room.exhibits if one.wall == side]
        open_to = [no for no, one in enumerate(pieces) if side in {"", one.wall}]
        left = [pieces[no].length + GAP - used[no] for no in open_to]
        shares = share([sizes[one.key].wide + GAP for one in asked], left)
        if shares is None:
            return None
        for one, turn in zip(asked, shares, strict=True):
            at[one.key] = open_to[turn]
            used[open_to[turn]] += sizes[one.key].wide + GAP
    return [
        (piece, [(one, sizes[one.key]) for one in room.exhibits if at[one.key] == no])
        for no, piece in enumerate(pieces)
    ]


def share(widths: Sequence[float], room: Sequence[float]) -> list[int] | None:
    """Share things among pieces in their order, so that the fullest is as empty as can be.

    Args:
        widths: Of the things.
        room: What each piece has left; pieces in order.

    Returns:
        The piece of each thing, never falling; None where they do not fit.
    """
    best: list[tuple[float, list[int]] | None] = [(0.0, [])] + [None] * len(widths)
    for no, left in enumerate(room):
        for count in range(len(widths), 0, -1):
            for before in range(count - 1, -1, -1):
                wide, start = sum(widths[before:count]), best[before]
                if wide > left + 1e-9:
                    break
                if start is None:
                    continue
                load = max(start[0], wide / left)
                held = best[count]
                if held is None or load < held[0] - 1e-9:
                    best[count] = (load, start[1] + [no] * (count - before))
    last = best[-1]
    return None if last is None else last[1]


def _spaced(place: Placed, stretch: Stretch, row: list[tuple[Exhibit, Size]]) -> Iterator[Hung]:
    """Yield a row hung on its piece of wall, evenly."""
    if not row:
        return
    free = stretch.length - sum(size.wide for _one, size in row)
    gap = min(free / len(row), ROOMIEST)
    if gap < GAP and len(row) > 1:
        gap = free / (len(row) - 1)
    at = stretch.begins + (free - gap * (len(row) - 1)) / 2
    for exhibit, size in row:
        along = at + size.wide / 2
        x, y = place.on_wall(stretch.wall, along)
        bottom = min(max(LOWEST, MIDDLE - size.high / 2), place.room.height - UNDER_CEILING - size.high)
        yield Hung(exhibit, place.room.key, stretch.wall, along, x, y, bottom, size)
        at += size.wide + gap
