"""Where a visitor of a built hall stands: points from which all is read, and what lies in which direction.

Angles are degrees: yaw 0 is north, positive to the right, -180 to 180; pitch is positive upwards.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qingfeng.culture.halls.building import Plan
from qingfeng.culture.halls.hanging import DOOR_HIGH, Hung, Placed, hung, placed

EYE = 1.6
NEAR, FAR = 1.1, 3.4  # from which an exhibit is read; letters are as high as `FAR` asks
ASKEW = 50.0  # degrees from straight before it
OFF_WALL = 1.0  # that somebody stands from a wall
STEP = 0.5  # of the grid of points that are tried
BEFORE = 2.4  # where somebody stands before one exhibit alone
BENCH = (1.9, 0.5, 0.45)  # long, wide, high
BENCH_APART = 0.8
STRIDE = 6.0  # between two points that one goes straight
LOOK_DOWN = -32.0


@dataclass(frozen=True)
class Stand:
    """A point from which a panorama is taken.

    Attributes:
        key: Of its scene.
        reads: Keys of the exhibits whose spots are here.
    """

    key: str
    room: str
    x: float
    y: float
    reads: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """How one goes on from a point: to which, in which direction, through a door or across the room."""

    to: str
    yaw: float
    pitch: float
    by_door: bool


@dataclass(frozen=True)
class Bench:
    """A bench: its middle, and whether it lies from west to east."""

    x: float
    y: float
    lies_east: bool


@dataclass(frozen=True)
class Layout:
    """A built hall as it is drawn and walked."""

    rooms: tuple[Placed, ...]
    hung: tuple[Hung, ...]
    stands: tuple[Stand, ...]
    benches: tuple[Bench, ...]

    def place(self, key: str) -> Placed:
        """Return a room by its key."""
        return next(one for one in self.rooms if one.room.key == key)


def laid_out(plan: Plan) -> Layout:
    """Return where everything of a plan is.

    Raises:
        CannotBuild: If it cannot be built; see `hanging.placed`.
    """
    rooms = placed(plan)
    things = {one.room.key: hung(one) for one in rooms}
    stands = tuple(stand for one in rooms for stand in _stands(one, things[one.room.key]))
    benches = tuple(bench for one in rooms for bench in _benches(one, stands))
    return Layout(rooms, tuple(one for each in things.values() for one in each), stands, benches)


def is_read_from(thing: Hung, x: float, y: float) -> bool:
    """Return whether an exhibit is read from a point of its room: near enough, and not too much askew."""
    ahead, aside = _before(thing, x, y)
    away = math.hypot(ahead, aside)
    return ahead > 0 and NEAR <= away <= FAR and math.degrees(math.atan2(abs(aside), ahead)) <= ASKEW


def direction(x: float, y: float, to: tuple[float, float, float]) -> tuple[float, float]:
    """Return yaw and pitch from somebody's eye at a point to (x, y, z)."""
    east, north, up = to[0] - x, to[1] - y, to[2] - EYE
    yaw = math.degrees(math.atan2(east, north))
    return round(yaw, 2), round(math.degrees(math.atan2(up, math.hypot(east, north))), 2)


def ways_from(stand: Stand, layout: Layout) -> list[Way]:
    """Return how one goes on from a point: across the room first, then through its doors."""
    here = [one for one in layout.stands if one.room == stand.room]
    found = [_across(stand, one) for one in here if one != stand and _goes(stand, one, here)]
    for door_at, to in _doors(stand, layout):
        yaw, pitch = direction(stand.x, stand.y, (*door_at, DOOR_HIGH / 2))
        found.append(Way(to, yaw, pitch, by_door=True))
    return found


def _doors(stand: Stand, layout: Layout) -> Iterator[tuple[tuple[float, float], str]]:
    """Yield each door at which a point is the nearest of its room, with the nearest point behind it."""
    place = layout.place(stand.room)
    for side, to in place.doors.items():
        if not to:
            continue
        at = place.on_wall(side, 0.0)
        if _nearest(at, stand.room, layout) == stand.key:
            yield at, _nearest(at, to, layout)


def _nearest(at: tuple[float, float], room: str, layout: Layout) -> str:
    near = [one for one in layout.stands if one.room == room]
    return min(near, key=lambda one: (round(math.dist(at, (one.x, one.y)), 6), one.key)).key


def _goes(one: Stand, other: Stand, here: Sequence[Stand]) -> bool:
    """Return whether one goes straight between two points of a room: near ones, and each to the next."""
    turns = abs(here.index(one) - here.index(other))
    return turns == 1 or math.dist((one.x, one.y), (other.x, other.y)) <= STRIDE


def _across(one: Stand, other: Stand) -> Way:
    yaw, pitch = direction(one.x, one.y, (other.x, other.y, 0.0))
    return Way(other.key, yaw, max(pitch, LOOK_DOWN), by_door=False)


def _before(thing: Hung, x: float, y: float) -> tuple[float, float]:
    """Return how far a point lies before an exhibit's wall, and how far aside of its middle."""
    east, north = x - thing.x, y - thing.y
    return {
        "north": (-north, east),
        "south": (north, east),
        "east": (-east, north),
        "west": (east, north),
    }[thing.wall]


def _stands(place: Placed, things: Sequence[Hung]) -> list[Stand]:
    """Choose few points from which all of a room is read, the one nearest to the way in first."""
    key, points = place.room.key, _points(place, things)
    chosen: list[tuple[float, float]] = []
    left = list(things)
    while left:
        best = max(points, key=lambda at: _worth(at, left, place))
        chosen.append(best)
        left = [one for one in left if not is_read_from(one, *best)]
    chosen = chosen or [(place.x, place.y)]
    way_in = place.on_wall(place.entered, 0.0)
    chosen.sort(key=lambda at: (round(math.dist(at, way_in), 6), at))
    reads: list[list[str]] = [[] for _one in chosen]
    for one in things:
        reads[_best(one, chosen)].append(one.exhibit.key)
    named = {one.exhibit.key: one for one in things}
    kept = [
        (_settled(at, [named[one] for one in told], points), told)
        for at, told in zip(chosen, reads, strict=True)
        if told or not things
    ]
    return [Stand(f"{key}-{no}", key, *at, tuple(told)) for no, (at, told) in enumerate(kept, 1)]


def _settled(
    at: tuple[float, float], things: Sequence[Hung], points: Sequence[tuple[float, float]]
) -> tuple[float, float]:
    """Return the point from which all that is read there is read best: from about `BEFORE`, not askew."""

    def strain(point: tuple[float, float]) -> float:
        found = [_before(one, *point) for one in things]
        return sum(abs(math.hypot(*one) - BEFORE) + abs(math.atan2(one[1], one[0])) for one in found)

    able = [one for one in points if things and all(is_read_from(each, *one) for each in things)]
    return min(able, key=lambda one: (round(strain(one), 6), one), default=at)


def _points(place: Placed, things: Sequence[Hung]) -> list[tuple[float, float]]:
    """Return points that are tried: a grid round the middle, and one before each exhibit."""
    reach_x, reach_y = place.room.width / 2 - OFF_WALL, place.room.depth / 2 - OFF_WALL
    grid = itertools.product(_steps(reach_x), _steps(reach_y))
    before = []
    for one in things:
        east, north = {"north": (0, -1), "south": (0, 1), "east": (-1, 0), "west": (1, 0)}[one.wall]
        at = (one.x + BEFORE * east - place.x, one.y + BEFORE * north - place.y)
        before.append(
            tuple(max(-most, min(most, value)) for most, value in zip((reach_x, reach_y), at, strict=True))
        )
    return [(place.x + x, place.y + y) for x, y in [*grid, *before]]


def _steps(reach: float) -> list[float]:
    count = int(reach / STEP)
    return [no * STEP for no in range(-count, count + 1)]


def _worth(at: tuple[float, float], left: Sequence[Hung], place: Placed) -> tuple[int, float, float, float]:
    """Return how good a point is: what is read from it, then how near the middle of the room it is."""
    count = sum(is_read_from(one, *at) for one in left)
    away = math.dist(at, (place.x, place.y))
    return count, -round(away, 6), -at[0], -at[1]


def _best(thing: Hung, chosen: Sequence[tuple[float, float]]) -> int:
    """Return the point before which an exhibit is straightest and nearest."""
    able = [no for no, at in enumerate(chosen) if is_read_from(thing, *at)]

    def strain(no: int) -> float:
        ahead, aside = _before(thing, *chosen[no])
        return math.hypot(ahead, aside) + 1.5 * abs(math.atan2(aside, ahead))

    return min(able, key=lambda no: (round(strain(no), 6), no))


def _benches(place: Placed, stands: Sequence[Stand]) -> Iterator[Bench]:
    """Yield two benches at most, where nobody stands and no way leads."""
    room = place.room
    if not room.benches or min(room.width, room.depth) < 6:
        return
    east = room.width >= room.depth
    away = max(room.width, room.depth) * 0.22
    for shift in ((0.0,), (away, -away)):
        for lies_east in (east, not east):
            tried = [(one, 0.0) if east else (0.0, one) for one in shift]
            free = [one for one in tried if _is_free(place, one, stands, lies_east=lies_east)]
            if free:
                yield from (Bench(place.x + x, place.y + y, lies_east) for x, y in free)
                return


def _is_free(place: Placed, at: tuple[float, float], stands: Sequence[Stand], *, lies_east: bool) -> bool:
    half_x, half_y = (BENCH[0] / 2, BENCH[1] / 2) if lies_east else (BENCH[1] / 2, BENCH[0] / 2)
    for one in (each for each in stands if each.room == place.room.key):
        away_x = abs(one.x - place.x - at[0]) - half_x
        away_y = abs(one.y - place.y - at[1]) - half_y
        if max(away_x, away_y) < BENCH_APART:
            return False
    return True
