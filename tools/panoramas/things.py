"""What furnishes the house: tables, chairs, vessels, lanterns, shelves, frames, and the well."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from mason import Mason

At = tuple[float, float, float]


def table(
    m: Mason, at: At, size: At, *, stuff: str = "rosewood", turn: float = 0.0, curled: bool = False
) -> None:
    """Set a table: length, depth, height; an altar table has its ends curled up."""
    wide, deep, high = size
    with m.at(*at, turn=turn):
        m.span(stuff, (-wide / 2, -deep / 2, high - 0.045), (wide / 2, deep / 2, high))
        m.span(
            stuff,
            (-wide / 2 + 0.08, -deep / 2 + 0.05, high - 0.15),
            (wide / 2 - 0.08, deep / 2 - 0.05, high - 0.055),
        )
        for x in (-1, 1):
            for y in (-1, 1):
                m.box(
                    stuff,
                    (x * (wide / 2 - 0.11), y * (deep / 2 - 0.08), (high - 0.1) / 2),
                    (0.065, 0.065, high - 0.1),
                )
            m.box(stuff, (x * (wide / 2 - 0.11), 0, 0.16), (0.04, deep - 0.2, 0.04))
            if curled:
                m.beam(
                    stuff,
                    (x * wide / 2, 0, high - 0.03),
                    (x * (wide / 2 + 0.13), 0, high + 0.12),
                    (deep, 0.045),
                )


def chair(m: Mason, at: At, *, turn: float = 0.0, stuff: str = "rosewood") -> None:
    """Set an armchair with a high back; it looks along its own -y."""
    with m.at(*at, turn=turn):
        m.box(stuff, (0, 0, 0.47), (0.58, 0.48, 0.045))
        for x in (-1, 1):
            for y in (-1, 1):
                m.box(stuff, (x * 0.26, y * 0.21, 0.225), (0.045, 0.045, 0.45))
            m.box(stuff, (x * 0.26, 0.21, 0.85), (0.04, 0.04, 0.75))
            m.box(stuff, (x * 0.27, 0.0, 0.70), (0.04, 0.46, 0.035))
            m.box(stuff, (x * 0.26, -0.2, 0.58), (0.032, 0.032, 0.22))
            m.box(stuff, (x * 0.26, 0, 0.12), (0.03, 0.42, 0.03))
        m.box(stuff, (0, 0.22, 1.21), (0.64, 0.045, 0.06))
        m.box(stuff, (0, 0.215, 0.84), (0.17, 0.02, 0.72))
        m.box(stuff, (0, -0.22, 0.38), (0.5, 0.025, 0.06))


def vase(m: Mason, at: At, height: float, *, stuff: str = "celadon") -> None:
    """Set a vase of a height."""
    outline = [
        (0.0, 0.0),
        (0.16, 0.0),
        (0.19, 0.06),
        (0.26, 0.3),
        (0.27, 0.45),
        (0.2, 0.66),
        (0.1, 0.8),
        (0.085, 0.9),
        (0.13, 1.0),
        (0.115, 1.0),
        (0.07, 0.9),
    ]
    m.turned(stuff, at, [(r * height, h * height) for r, h in outline])


def plum_branch(m: Mason, at: At, height: float, draw: np.random.Generator) -> None:
    """Put a flowering branch of plum into a vase."""
    tips = []
    for no in range(5):
        line, way = [np.array(at, float)], np.array([draw.normal(0, 0.4), draw.normal(0, 0.25), 1.0])
        for _ in range(6):
            way += draw.normal(0, 0.35, 3) * (1, 0.6, 0.25)
            line.append(line[-1] + way / np.linalg.norm(way) * height / 6 * (1 - 0.08 * no))
        m.tube("bark", line, np.linspace(0.014, 0.004, 7).tolist(), sides=6)
        tips += line[2:]
    for tip in tips:
        for _ in range(5):
            x, y, z = tip + draw.normal(0, 0.045, 3)
            r = draw.uniform(0.012, 0.02)
            m.turned("plum", (x, y, z), [(0, -r), (r, -r * 0.3), (r * 1.1, r * 0.5), (0, r * 0.4)], sides=6)


def lantern(m: Mason, at: At, *, size: float = 1.0) -> None:
    """Hang a lantern of six sides, its ring at the point."""
    x, y, z = at
    m.tube("ink", [(x, y, z), (x, y, z - 0.3), (x, y, z - 0.6 * size)], [0.008] * 3, sides=6)
    with m.at(x, y, z - 0.6 * size - 0.62 * size):
        for no in range(6):
            a, b = no * math.pi / 3, (no + 1) * math.pi / 3
            one = [(0.24 * size * math.cos(t), 0.24 * size * math.sin(t)) for t in (a, b)]
            m.lay(
                "lantern",
                [(*one[0], 0.03), (*one[1], 0.03), (*one[1], 0.52 * size), (*one[0], 0.52 * size)],
                [(0, 1, 2, 3)],
            )
            for height in (0.0, 0.55 * size):
                m.beam("rosewood", (*one[0], height), (*one[1], height), (0.035, 0.04))
            m.beam("rosewood", (*one[0], 0.0), (*one[0], 0.55 * size), (0.025, 0.025))
        m.turned(
            "rosewood", (0, 0, 0.55 * size), [(0.26 * size, 0), (0.16 * size, 0.05), (0.03, 0.1)], sides=6
        )
        m.tube("red_cloth", [(0, 0, 0), (0, 0, -0.1), (0, 0, -0.3 * size)], [0.012, 0.03, 0.018], sides=8)


def shelf(m: Mason, at: At, size: At, draw: np.random.Generator, *, turn: float = 0.0) -> None:
    """Set a shelf with thread-bound books lying in piles, and a few vessels; its back is at its own +y."""
    wide, deep, high = size
    with m.at(*at, turn=turn):
        for x in (-wide / 2, -wide / 6, wide / 6, wide / 2):
            m.box("rosewood", (x, 0, high / 2), (0.045, deep, high))
        m.box("rosewood", (0, deep / 2, high / 2), (wide, 0.02, high))
        levels = [0.12, 0.62, 1.06, 1.5, 1.94, high - 0.02]
        for z in levels:
            m.box("rosewood", (0, 0, z), (wide, deep, 0.035))
        for z in levels[:-1]:
            for bay in range(3):
                left = -wide / 2 + bay * wide / 3 + 0.06
                if draw.random() < 0.2:
                    vase(
                        m,
                        (left + wide / 6 - 0.05, 0, z + 0.02),
                        0.3,
                        stuff="white_ware" if bay % 2 else "celadon",
                    )
                    continue
                at_x = left
                while at_x < left + wide / 3 - 0.3:
                    width = draw.uniform(0.17, 0.22)
                    for k in range(int(draw.integers(3, 8))):
                        push = draw.normal(0, 0.006, 2)
                        m.box(
                            "blue_cloth" if draw.random() < 0.75 else "silk",
                            (at_x + width / 2 + push[0], push[1] - 0.02, z + 0.035 + k * 0.034),
                            (width, deep * 0.72, 0.028),
                        )
                        m.box(
                            "paper",
                            (at_x + width / 2 + push[0], push[1] - 0.024, z + 0.035 + k * 0.034),
                            (width - 0.012, deep * 0.715, 0.022),
                        )
                    at_x += width + 0.025


def well(m: Mason, at: At) -> None:
    """Build a well: a kerb of eight sides on a plinth, a windlass under its own little roof, a bucket."""
    x, y, z = at
    with m.at(x, y, z):
        m.turned("stone", (0, 0, 0), [(1.25, 0), (1.25, 0.14), (0.75, 0.15)], sides=8)
        m.turned(
            "stone",
            (0, 0, 0.14),
            [
                (0.74, 0.0),
                (0.66, 0.1),
                (0.62, 0.5),
                (0.68, 0.58),
                (0.66, 0.64),
                (0.47, 0.64),
                (0.45, 0.5),
                (0.45, -0.1),
            ],
            sides=8,
        )
        m.turned("water", (0, 0, 0.42), [(0.0, 0.0), (0.46, 0.0)], sides=24)
        for side in (-1, 1):
            m.beam("old_wood", (side * 0.98, 0, 0.1), (side * 0.9, 0, 2.2), (0.11, 0.11))
            m.beam("old_wood", (side * 0.95, -0.4, 0.16), (side * 0.93, 0, 0.8), (0.06, 0.06))
            m.beam("old_wood", (side * 0.95, 0.4, 0.16), (side * 0.93, 0, 0.8), (0.06, 0.06))
        m.tube("old_wood", [(-1.1, 0, 1.62), (0, 0, 1.62), (1.12, 0, 1.62)], [0.06] * 3)
        m.tube("rope", [(-0.22, 0, 1.62), (0, 0, 1.62), (0.22, 0, 1.62)], [0.085, 0.095, 0.085])
        m.tube("rope", [(0.06, -0.08, 1.62), (0.06, -0.08, 1.3), (0.06, -0.08, 1.14)], [0.014] * 3, sides=8)
        m.beam("old_wood", (1.12, 0, 1.62), (1.12, 0, 1.3), (0.045, 0.045))
        m.beam("old_wood", (1.12, 0, 1.3), (1.36, 0, 1.3), (0.04, 0.04))
        bucket(m, (0.06, -0.08, 0.82))


def bucket(m: Mason, at: At) -> None:
    """Set a wooden bucket with its handle."""
    m.turned("old_wood", at, [(0.0, 0.01), (0.13, 0.01), (0.165, 0.27), (0.15, 0.27), (0.12, 0.05)], sides=18)
    x, y, z = at
    for h, r in ((0.06, 0.141), (0.2, 0.16)):
        m.turned(
            "iron", (x, y, z + h), [(r, 0), (r + 0.006, 0.004), (r + 0.006, 0.022), (r, 0.026)], sides=18
        )
    line = [(x + 0.155 * math.cos(t), y, z + 0.26 + 0.09 * math.sin(t)) for t in np.linspace(0, math.pi, 9)]
    m.tube("iron", line, [0.007] * 9, sides=6)


def tea(m: Mason, at: At) -> None:
    """Lay a pot and three cups."""
    x, y, z = at
    m.turned(
        "celadon",
        (x, y, z),
        [(0, 0), (0.06, 0), (0.09, 0.05), (0.07, 0.1), (0.02, 0.115), (0.015, 0.14), (0, 0.145)],
    )
    m.tube(
        "celadon",
        [(x + 0.07, y, z + 0.04), (x + 0.12, y, z + 0.07), (x + 0.15, y, z + 0.11)],
        [0.016, 0.012, 0.009],
        sides=10,
    )
    for no, (cx, cy) in enumerate(((0.3, 0.1), (-0.25, 0.18), (0.05, -0.3))):
        del no
        m.turned(
            "white_ware",
            (x + cx, y + cy, z),
            [(0, 0.004), (0.02, 0), (0.038, 0.045), (0.035, 0.045), (0.018, 0.008), (0, 0.008)],
            sides=20,
        )


def stool(m: Mason, at: At) -> None:
    """Set a drum stool of stone."""
    m.turned("stone", at, [(0.0, 0.0), (0.15, 0.0), (0.21, 0.18), (0.21, 0.28), (0.16, 0.44), (0.0, 0.45)])


def frame(
    m: Mason,
    at: Sequence[float],
    size: tuple[float, float],
    *,
    facing: float,
    stuff: str = "rosewood",
    wide: float = 0.06,
) -> None:
    """Set a frame round a picture that faces a compass direction."""
    x, y, z = at
    w, h = size[0] / 2 + wide / 2, size[1] / 2 + wide / 2
    with m.at(x, y, z, turn=180 - facing):
        for side in (-1, 1):
            m.box(stuff, (side * w, 0, 0), (wide, 0.05, size[1] + 2 * wide))
            m.box(stuff, (0, 0, side * h), (size[0] + 2 * wide, 0.05, wide))
        m.box(stuff, (0, 0.018, 0), (size[0], 0.012, size[1]))
