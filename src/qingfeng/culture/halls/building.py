"""The list that a built hall is made from (`built`): rooms, what hangs in them, doors between them; checked.

Pure but for the words of what is wrong. Lengths are metres. Walls are `north`, `east`, `south`, `west`; one
comes in from the south of the first room. `hanging.py` says where everything hangs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

SIDES = ("north", "east", "south", "west")
OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}
WALLS = ("plaster", "celadon", "brick", "cinnabar", "ink")
FLOORS = ("oak", "slate", "tile", "terrazzo")
LIGHTS = ("warm", "neutral", "day")
SIZES = ("small", "medium", "large")
NARROWEST, WIDEST = 5.0, 18.0
LOWEST, HIGHEST = 3.2, 6.0
MOST_ROOMS, MOST_IN_ROOM = 12, 40
KEY = re.compile(r"(?=.{1,18}$)[a-z0-9]+(-[a-z0-9]+)*")  # `go-` and a number beside it make the key of a spot
SHA = re.compile(r"[0-9a-f]{64}")
FLATTEST, TALLEST = 4.0, 0.25  # width by height of a picture


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a list: where, as `rooms.0.exhibits.2.title_en`, and the words for a person."""

    where: str
    says: str


class CannotBuild(ValueError):  # noqa: N818 - says what happened
    """A list from which no hall can be built; `wrongs` says each thing that is wrong and where."""

    def __init__(self, wrongs: list[Wrong]) -> None:
        self.wrongs = wrongs
        super().__init__("; ".join(f"{one.where}: {one.says}" for one in wrongs))


@dataclass(frozen=True)
class Exhibit:
    """One thing on a wall.

    Attributes:
        wall: One of `SIDES`, "" where the house chooses.
        picture: SHA-256 of its medium, "" for a panel of text.
        aspect: Width of the picture by its height; 1.5 where there is none.
    """

    key: str
    title_zh: str
    title_en: str
    text_zh: str = ""
    text_en: str = ""
    wall: str = ""
    size: str = "medium"
    picture: str = ""
    aspect: float = 1.5
    alt_zh: str = ""
    alt_en: str = ""


@dataclass(frozen=True)
class Room:
    """One room; a width or depth of 0 is found from what hangs in it."""

    key: str
    name_zh: str
    name_en: str
    text_zh: str = ""
    text_en: str = ""
    width: float = 0.0
    depth: float = 0.0
    height: float = 3.7
    wall: str = "plaster"
    floor: str = "oak"
    light: str = "warm"
    benches: bool = True
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True)
class Door:
    """A way from the middle of a room's wall to the next room."""

    come_from: str
    wall: str
    to: str


@dataclass(frozen=True)
class Plan:
    """A built hall: rooms in the order of a visit, and the doors between them."""

    rooms: tuple[Room, ...]
    doors: tuple[Door, ...] = ()

    def room(self, key: str) -> Room:
        """Return a room by its key."""
        return next(one for one in self.rooms if one.key == key)


def plan_of(value: object) -> Plan:
    """Return a list as a plan.

    Args:
        value: As JSON: `{"v": 1, "rooms": [{… "exhibits": [{…}]}], "doors": [{"from", "wall", "to"}]}`; doors
            that are left out lead from each room northwards to the next.

    Raises:
        CannotBuild: With everything that is wrong.
    """
    read = _Reading()
    plan = read.plan(value)
    if read.wrongs:
        raise CannotBuild(read.wrongs)
    return plan


def value_of(plan: Plan) -> dict[str, Any]:
    """Return a plan as the JSON that `plan_of` reads."""
    return {
        "v": 1,
        "rooms": [_bare(one) | {"exhibits": [_bare(each) for each in one.exhibits]} for one in plan.rooms],
        "doors": [{"from": one.come_from, "wall": one.wall, "to": one.to} for one in plan.doors],
    }


def in_a_row(rooms: tuple[Room, ...]) -> tuple[Door, ...]:
    """Return doors that lead from each room northwards to the next."""
    return tuple(Door(one.key, "north", other.key) for one, other in pairwise(rooms))


def _bare(one: Room | Exhibit) -> dict[str, Any]:
    return {name: value for name, value in vars(one).items() if name != "exhibits"}


@dataclass
class _Reading:
    """One reading of a list; what is wrong is gathered, so that all of it is told at once."""

    wrongs: list[Wrong] = field(default_factory=list)

    def plan(self, value: object) -> Plan:
        given = self._object(value, "")
        if given.get("v") != 1:
            self._no("v", _("This is no list of a hall."))
            return Plan(())
        rooms = tuple(
            self._room(one, f"rooms.{no}") for no, one in enumerate(self._list(given, "rooms", MOST_ROOMS))
        )
        if not rooms:
            self._no("rooms", _("A hall has one room at least."))
        self._once([one.key for one in rooms], "rooms")
        self._once([each.key for one in rooms for each in one.exhibits], "exhibits")
        if given.get("doors") is None:
            return Plan(rooms, in_a_row(rooms))
        doors = [
            self._door(one, f"doors.{no}", {each.key for each in rooms})
            for no, one in enumerate(self._list(given, "doors", 24))
        ]
        return Plan(rooms, tuple(doors))

    def _room(self, value: object, at: str) -> Room:
        given = self._object(value, at)
        exhibits = tuple(
            self._exhibit(one, f"{at}.exhibits.{no}")
            for no, one in enumerate(self._list(given, "exhibits", MOST_IN_ROOM, at=at))
        )
        return Room(
            key=self._key(given, at),
            name_zh=self._text(given, f"{at}.name_zh", 30),
            name_en=self._text(given, f"{at}.name_en", 60),
            text_zh=self._text(given, f"{at}.text_zh", 400, needed=False),
            text_en=self._text(given, f"{at}.text_en", 1500, needed=False),
            width=self._length(given, f"{at}.width", NARROWEST, WIDEST, 0.0),
            depth=self._length(given, f"{at}.depth", NARROWEST, WIDEST, 0.0),
            height=self._length(given, f"{at}.height", LOWEST, HIGHEST, 3.7) or 3.7,
            wall=self._one_of(given, f"{at}.wall", WALLS),
            floor=self._one_of(given, f"{at}.floor", FLOORS),
            light=self._one_of(given, f"{at}.light", LIGHTS),
            benches=given.get("benches") is not False,
            exhibits=exhibits,
        )

    def _exhibit(self, value: object, at: str) -> Exhibit:
        given = self._object(value, at)
        picture = self._matches(
            given, f"{at}.picture", SHA, _("This picture is not among those of the hall.")
        )
        return Exhibit(
            key=self._key(given, at),
            title_zh=self._text(given, f"{at}.title_zh", 30),
            title_en=self._text(given, f"{at}.title_en", 70),
            text_zh=self._text(given, f"{at}.text_zh", 600, needed=not picture),
            text_en=self._text(given, f"{at}.text_en", 2400, needed=not picture),
            wall=self._one_of(given, f"{at}.wall", ("", *SIDES)),
            size=self._one_of(given, f"{at}.size", SIZES, "medium"),
            picture=picture,
            aspect=self._length(given, f"{at}.aspect", TALLEST, FLATTEST, 1.5) or 1.5,
            alt_zh=self._text(given, f"{at}.alt_zh", 120, needed=bool(picture)),
            alt_en=self._text(given, f"{at}.alt_en", 300, needed=bool(picture)),
        )

    def _door(self, value: object, at: str, known: set[str]) -> Door:
        given = self._object(value, at)
        for end in ("from", "to"):
            if given.get(end) not in known:
                self._no(f"{at}.{end}", _("A door leads from one room of the list to another."))
        if given.get("from") == given.get("to"):
            self._no(f"{at}.to", _("A door leads from one room of the list to another."))
        wall = self._one_of(given, f"{at}.wall", SIDES)
        return Door(str(given.get("from", "")), wall, str(given.get("to", "")))

    def _no(self, where: str, says: str) -> None:
        self.wrongs.append(Wrong(where, says))

    def _object(self, value: object, at: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return value
        self._no(at, _("Something is missing here."))
        return {}

    def _list(self, given: Mapping[str, Any], name: str, most: int, *, at: str = "") -> list[Any]:
        value, where = given.get(name, []), f"{at}.{name}".strip(".")
        if not isinstance(value, list):
            self._no(where, _("Something is missing here."))
            return []
        if len(value) > most:
            self._no(where, _("There are more than %(most)d: leave some out.") % {"most": most})
        return value[:most]

    def _key(self, given: Mapping[str, Any], at: str) -> str:
        wrong = _("A key is lower-case words with hyphens, 18 signs at most.")
        return self._matches(given, f"{at}.key", KEY, wrong, needed=True)

    def _matches(
        self, given: Mapping[str, Any], at: str, like: re.Pattern[str], wrong: str, *, needed: bool = False
    ) -> str:
        value = given.get(at.rpartition(".")[2]) or ""
        if value == "" and not needed:
            return ""
        if not isinstance(value, str) or not like.fullmatch(value):
            self._no(at, wrong)
            return ""
        return value

    def _text(self, given: Mapping[str, Any], at: str, most: int, *, needed: bool = True) -> str:
        value = given.get(at.rpartition(".")[2]) or ""
        if not isinstance(value, str):
            self._no(at, _("Something is missing here."))
            return ""
        if needed and not value.strip():
            self._no(at, _("Write this in both languages."))
        if len(value) > most:
            self._no(at, _("It is longer than %(most)d signs.") % {"most": most})
        return value.strip()

    def _length(self, given: Mapping[str, Any], at: str, least: float, most: float, usual: float) -> float:
        value = given.get(at.rpartition(".")[2])
        if value in (None, "", 0):
            return usual
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            told = {"least": f"{least:g}", "most": f"{most:g}"}
            self._no(at, _("A number from %(least)s to %(most)s.") % told)
            return usual
        return float(value)

    def _one_of(
        self, given: Mapping[str, Any], at: str, known: tuple[str, ...], usual: str | None = None
    ) -> str:
        first = known[0] if usual is None else usual
        value = given.get(at.rpartition(".")[2], first) or first
        if value not in known:
            self._no(at, _("Choose one of: %(known)s.") % {"known": ", ".join(filter(None, known))})
            return first
        return str(value)

    def _once(self, keys: list[str], where: str) -> None:
        for key in {one for one in keys if one and keys.count(one) > 1}:
            self._no(where, _("The key %(key)s stands twice.") % {"key": key})
