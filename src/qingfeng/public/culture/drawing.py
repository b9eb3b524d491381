"""Maps as SVG: the ground, marks that differ by shape and colour, names where there is room.

What stands here is what a reader sees first, prints, sees without a script and takes along; MapLibre draws
the same over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from unicodedata import east_asian_width

from django.utils.safestring import SafeString, mark_safe

from qingfeng.culture.basemap import WIDE, Frame, base_map, drawn, frame_of, labels_in, points_of

MANY = 240  # more places than this are drawn as numbers
CELL = 62
MARKS = {
    "person": "M0-11a11 11 0 1 1 0 22a11 11 0 1 1 0-22z",
    "precept": "M0-13L13 0L0 13L-13 0z",
    "red_site": "M0-14l4 9.4l10.2.8l-7.8 6.6l2.4 10L0 6.4l-8.8 5.4l2.4-10l-7.8-6.6l10.2-.8z",
    "village": "M0-13L13 10H-13z",
    "hall": "M-10.5-10.5h21v21h-21z",
}
NAME_SIZE, TOWN_SIZE = 17, 24


@dataclass(frozen=True)
class Mark:
    """A place on the map.

    Attributes:
        kind: Key of `MARKS`.
        name: Written beside it where there is room.
        href: Where it leads.
        no: Its number on a route, 0 for none.
        is_chosen: Whether it is the one that the page is about.
        words: What it is called where its name is not written out.
    """

    lon: float
    lat: float
    kind: str
    name: str
    href: str
    no: int = 0
    is_chosen: bool = False
    words: str = ""


@dataclass(frozen=True)
class Box:
    """A stretch of the drawing that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Return whether two boxes lie over each other."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def map_svg(
    marks: Sequence[Mark], *, language: str, words: str, line: bool = False, close: bool = False
) -> SafeString:
    """Return a map with marks as one `<svg>`.

    Args:
        marks: Places; clusters are drawn where there are more than `MANY`.
        language: Of the names.
        words: What the map shows, for those who cannot see it.
        line: Whether the marks are joined in their order, as a route.
        close: Whether it shows the marks only, and not the whole district.
    """
    ground = base_map()
    points = [(one.lon, one.lat) for one in marks]
    frame = (
        frame_of(points, margin=0.14, tallest=0.5)
        if close and points
        else frame_of(points_of(ground) or points or [(0, 0)])
    )
    at = [] if len(marks) > MANY else [frame.at(*one) for one in points]
    body = drawn(ground, frame, language=language, marks=at)
    if line:
        body += _joined(marks, frame)
    body += (
        _clustered(marks, frame)
        if len(marks) > MANY
        else _marked(marks, frame, _towns(ground, frame, language, at))
    )
    return mark_safe(  # noqa: S308 - every text in it is escaped where it is put in
        f'<svg class="map" viewBox="0 0 {WIDE} {frame.high}" role="group" aria-label="{escape(words)}" '
        f'preserveAspectRatio="xMidYMid meet">{body}</svg>'
    )


def _marked(marks: Sequence[Mark], frame: Frame, taken: list[Box]) -> str:
    placed = [(one, *frame.at(one.lon, one.lat)) for one in marks]
    taken = [*taken, *(Box(x - 14, y - 14, x + 14, y + 14) for _, x, y in placed)]
    parts = []
    for one, x, y in sorted(placed, key=lambda held: (held[0].is_chosen, held[2])):
        name = _name(one, x, y, taken, frame)
        shape = MARKS.get(one.kind, MARKS["person"])
        inner = f'<text class="pin-no" dy="5.5">{one.no}</text>' if one.no else ""
        if one.no:
            shape = "M0-15a15 15 0 1 1 0 30a15 15 0 1 1 0-30z"
        label = one.words or (f"{one.no} {one.name}" if one.no else one.name)
        chosen = " is-chosen" if one.is_chosen else ""
        parts.append(
            f'<a href="{escape(one.href)}" class="pin pin-{escape(one.kind)}{chosen}" '
            f'aria-label="{escape(label)}" transform="translate({x} {y})">'
            f'<circle class="pin-reach" r="22"/><path class="pin-mark" d="{shape}"/>'
            f"{inner} {name}</a>"
        )
    return f'<g class="pins">{"".join(parts)}</g>'


def _name(one: Mark, x: float, y: float, taken: list[Box], frame: Frame) -> str:
    """Return the name of a mark on the first side that is free; where none is, a number alone is written."""
    wide, half = _width(one.name, NAME_SIZE), NAME_SIZE * 0.62
    sides = (
        (18, 6, "start", Box(x + 16, y - half, x + 18 + wide, y + half)),
        (-18, 6, "end", Box(x - 18 - wide, y - half, x - 16, y + half)),
        (0, 33, "middle", Box(x - wide / 2, y + 18, x + wide / 2, y + 37)),
        (0, -20, "middle", Box(x - wide / 2, y - 36, x + wide / 2, y - 18)),
    )
    for dx, dy, anchor, box in sides:
        if (
            box.left > 4
            and box.right < WIDE - 4
            and box.top > 4
            and box.bottom < frame.high - 4
            and not any(map(box.meets, taken))
        ):
            taken.append(box)
            return _written(one.name, dx, dy, anchor)
    return _written(one.name, 12, -12, "start") if one.words else ""


def _written(name: str, dx: int, dy: int, anchor: str) -> str:
    return f'<text class="pin-name" x="{dx}" y="{dy}" text-anchor="{anchor}">{escape(name)}</text>'


def _clustered(marks: Iterable[Mark], frame: Frame) -> str:
    cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for one in marks:
        x, y = frame.at(one.lon, one.lat)
        cells.setdefault((int(x // CELL), int(y // CELL)), []).append((x, y))
    parts = []
    for held in cells.values():
        x, y = (sum(one[side] for one in held) / len(held) for side in (0, 1))
        size = 13 + min(16, len(held) ** 0.5)
        parts.append(
            f'<g class="cluster" transform="translate({x:.1f} {y:.1f})"><circle r="{size:.1f}"/>'
            f'<text dy="6">{len(held)}</text></g>'
        )
    return f'<g class="clusters">{"".join(parts)}</g>'


def _joined(marks: Sequence[Mark], frame: Frame) -> str:
    way = "L".join("{} {}".format(*frame.at(one.lon, one.lat)) for one in marks)
    return f'<path class="way-case" d="M{way}"/><path class="way" d="M{way}"/>'


def _towns(
    ground: dict[str, Any], frame: Frame, language: str, marks: Sequence[tuple[float, float]]
) -> list[Box]:
    """Return where the ground's own names stand."""
    found = []
    for one in labels_in(ground, frame, language, marks):
        if one.said["kind"] == "town":
            wide = _width(one.words, TOWN_SIZE + (10 if str(one.said["rank"]) == "1" else 0))
            found.append(Box(one.x - wide / 2, one.y - 22, one.x + wide / 2, one.y + 8))
    return found


def _width(text: str, size: float) -> float:
    return sum(size if east_asian_width(sign) in "WF" else size * 0.54 for sign in text)
