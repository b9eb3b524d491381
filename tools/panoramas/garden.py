"""The garden: a pond with its bridge, a pavilion of six sides, rocks, bamboo; and what lies beyond."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import things
from growing import bamboo, grass, lotus, rock, shrub, tree, willow
from house import columns, hanging_fret, wall
from mason import Floats, Mason

WATER = -0.2
BENDS = [(16.4, -9.5), (18.9, -9.2), (19.7, -7.1), (22.0, -6.8), (23.7, -4.7)]
PAVILION, PLATFORM = (25.6, -3.4), 0.55


def build_garden(m: Mason, stuffs: dict[str, object], seed: int) -> None:
    """Build all of it."""
    draw = np.random.default_rng(seed)
    wall(m, (8.0, -18), (34, -18), 3.2)
    wall(m, (34, -18), (34, 6), 3.2)
    wall(m, (34, 6), (8, 6), 3.2, holes=[(8.0, 9.4, 1.2, 2.3), (14.0, 15.4, 1.2, 2.3)])
    wall(m, (8, -18), (8, -16.5), 3.4)
    _ground(m)
    _path(m)
    _bends(m)
    _pavilion(m)
    _rocks(stuffs)
    _plants(m, draw)
    _beyond(m, draw)


def pond(x: Floats, y: Floats) -> Floats:
    """Return how far within the pond points lie: 1 in its middle, 0 on its shore."""
    turn = np.arctan2(y + 6.2, x - 20.5)
    wave = 1 + 0.13 * np.sin(3 * turn + 0.6) + 0.07 * np.sin(5 * turn + 2)
    return 1 - np.hypot((x - 20.5) / 5.8, (y + 6.2) / 4.3) / wave


def _ground(m: Mason) -> None:
    x, y = np.meshgrid(np.arange(8.1, 34, 0.2), np.arange(-18, 6, 0.2))
    bumps = 0.025 * np.sin(x * 1.3) * np.cos(y * 1.1) + 0.012 * np.sin(x * 3.1 + y * 2.3)
    inside = np.clip(pond(x, y) * 4.0, -1, 1)
    z = np.where(
        inside > 0,
        -0.9 * np.maximum(inside, 0) ** 0.5,
        0.05 * np.minimum(1, -inside * 2) + bumps * np.minimum(1, -inside),
    )
    m.grid("moss", np.stack([x, y, z], axis=2))
    m.lay("water", [(13, -12.5, WATER), (28, -12.5, WATER), (28, 0, WATER), (13, 0, WATER)], [(0, 1, 2, 3)])


def _path(m: Mason) -> None:
    line = np.array([(8.0, -9.6), (10.5, -9.65), (13.0, -9.9), (15.2, -9.9), (16.6, -9.5)])
    at = np.linspace(0, len(line) - 1, 60)
    x, y = (np.interp(at, range(len(line)), line[:, k]) for k in (0, 1))
    rows = [
        np.stack([x, y + side * 0.75, np.full(60, 0.125 - 0.02 * abs(side))], axis=1)
        for side in (-1, -0.5, 0, 0.5, 1)
    ]
    m.grid("pebble", np.array(rows))
    for side in (-0.82, 0.82):
        for a, b, c, d in zip(x, x[1:], y, y[1:], strict=False):
            m.beam("slab", (a, c + side, 0.07), (b, d + side, 0.07), (0.12, 0.16))


def _bends(m: Mason) -> None:
    for no, ((ax, ay), (bx, by)) in enumerate(pairwise(BENDS)):
        way = np.array([bx - ax, by - ay]) / math.hypot(bx - ax, by - ay)
        side = np.array([-way[1], way[0]])
        a, b = np.array([ax, ay]) - way * 0.45, np.array([bx, by]) + way * 0.45
        top = 0.24 + 0.006 * (no % 2)  # where slabs lie on each other, faces at one height would be black
        m.beam("slab", (*a, top), (*b, top), (1.0, 0.14))
        for s in (-0.46, 0.46):
            one, other = a + side * s, b + side * s
            inner_one, inner_other = one + way * 0.95, other - way * 0.95
            m.beam("stone", (*inner_one, 0.66), (*inner_other, 0.66), (0.09, 0.1))
            for part in np.linspace(0, 1, 3):
                x, y = inner_one + (inner_other - inner_one) * part
                m.span("stone", (x - 0.06, y - 0.06, 0.28), (x + 0.06, y + 0.06, 0.78))
    for x, y in BENDS[1:]:
        m.span("stone", (x - 0.3, y - 0.3, -0.9), (x + 0.3, y + 0.3, 0.2))


def _pavilion(m: Mason) -> None:
    px, py = PAVILION
    with m.at(px, py):
        m.turned("stone", (0, 0, -0.8), [(2.75, 0.0), (2.75, 1.28), (2.6, 1.35)], sides=6)
        m.turned("slab", (0, 0, PLATFORM - 0.02), [(2.6, 0.0), (0.0, 0.02)], sides=6)
        corners = [(2.1 * math.cos(k * math.pi / 3), 2.1 * math.sin(k * math.pi / 3)) for k in range(6)]
        columns(m, corners, 2.85, radius=0.12, base=PLATFORM)
        for k in range(6):
            (ax, ay), (bx, by) = corners[k], corners[(k + 1) % 6]
            m.beam("timber", (ax, ay, PLATFORM + 2.75), (bx, by, PLATFORM + 2.75), (0.14, 0.24))
            with m.at(
                (ax + bx) / 2, (ay + by) / 2, PLATFORM, turn=math.degrees(math.atan2(by - ay, bx - ax))
            ):
                hanging_fret(m, -0.95, 0.95, 2.6, deep=0.3)
                if k != 3:
                    m.box("timber", (0, 0.05, 0.45), (1.95, 0.34, 0.05))
                    for x in np.linspace(-0.9, 0.9, 13):
                        m.beam("timber", (x, -0.1, 0.46), (x, -0.24, 0.85), (0.025, 0.03))
                    m.beam("timber", (-0.98, -0.24, 0.86), (0.98, -0.24, 0.86), (0.05, 0.05))
        _hexagon_roof(m)
        m.turned(
            "stone",
            (0, 0, PLATFORM),
            [(0.0, 0.0), (0.3, 0.0), (0.22, 0.12), (0.2, 0.6), (0.5, 0.68), (0.55, 0.74), (0.0, 0.75)],
        )
        things.tea(m, (0, 0, PLATFORM + 0.75))
        for k in range(4):
            turn = k * math.pi / 2 + 0.5
            things.stool(m, (1.0 * math.cos(turn), 1.0 * math.sin(turn), PLATFORM))
        things.lantern(m, (0, 0, PLATFORM + 4.1), size=0.9)


def _hexagon_roof(m: Mason) -> None:
    turn = np.linspace(0, 2 * math.pi, 6 * 64 + 1)
    sector = (turn % (math.pi / 3)) - math.pi / 6
    reach = math.cos(math.pi / 6) / np.cos(sector)
    corner = (np.abs(sector) / (math.pi / 6)) ** 5
    across = np.tan(sector) / math.tan(math.pi / 6)
    upper, lower = [], []
    for no in range(30):
        part = 1 - no // 2 / 15 + (0.0 if no % 2 == 0 else -1 / 15)
        up = 1 - part
        z = PLATFORM + 2.75 + 2.0 * (0.45 * up + 0.55 * up**2) + 0.62 * corner * part**4
        wave = 0.05 * np.abs(np.cos(across * part * 6 * math.pi)) * min(1.0, part * 3)
        r = 3.0 * reach * part * (1 + 0.10 * corner * part**3)
        height = z + 0.1 + wave + (0.035 if no % 2 == 0 else 0)
        upper.append(np.stack([r * np.cos(turn), r * np.sin(turn), height], axis=1))
        lower.append(np.stack([r * np.cos(turn), r * np.sin(turn), z - 0.02], axis=1))
    m.grid("tile", np.array(upper))
    m.grid("inside", np.array(lower)[:, ::-1])
    m.grid("tile", np.array([lower[0], upper[0]]), smooth=False)
    for k in range(6):
        line = [np.array(upper[no][k * 64]) + np.array([0, 0, 0.06]) for no in range(0, 30, 2)]
        m.tube("tile", line, [0.09] * 15, sides=8)
    for k in range(48):
        line = [np.array(lower[no][k * 8]) - (0, 0, 0.05) for no in (0, 10, 20, 28)]
        for one, other in pairwise(line):
            m.beam("rafter", one, other, (0.07, 0.08))
    m.turned(
        "tile",
        (0, 0, PLATFORM + 4.7),
        [(0.22, 0.0), (0.12, 0.2), (0.2, 0.35), (0.1, 0.5), (0.13, 0.6), (0.0, 0.8)],
    )


def _rocks(stuffs: dict[str, object]) -> None:
    stuff = stuffs["rock"]
    for no, (x, y, z, a, b, c) in enumerate(
        (
            (18.4, -13.2, 0.9, 0.9, 0.75, 1.9),
            (19.5, -13.7, 0.6, 1.1, 0.8, 1.2),
            (17.5, -13.5, 0.4, 0.8, 0.7, 0.9),
            (18.9, -12.4, 0.2, 0.7, 0.6, 0.6),
            (14.6, -5.0, 0.3, 0.8, 0.7, 0.9),
            (15.1, -4.2, 0.1, 0.7, 0.9, 0.5),
            (26.9, -7.4, 0.2, 0.8, 0.6, 0.7),
            (21.5, -1.6, 0.3, 0.9, 0.7, 0.8),
            (22.5, -1.3, 0.1, 0.6, 0.6, 0.5),
            (16.2, -8.1, -0.1, 0.5, 0.45, 0.35),
            (17.3, -10.4, -0.1, 0.5, 0.5, 0.35),
            (24.0, -10.4, 0.1, 0.7, 0.6, 0.6),
            (12.2, 3.2, 0.7, 0.7, 0.6, 1.5),
            (20.6, -10.7, -0.1, 0.5, 0.4, 0.4),
            (15.0, -6.8, -0.05, 0.5, 0.5, 0.3),
        )
    ):
        rock(stuff, (x, y, z), (a, b, c), no)


def _plants(m: Mason, draw: np.random.Generator) -> None:
    bamboo(m, [(draw.uniform(10.5, 21), draw.uniform(2.9, 5.3), 0) for _ in range(64)], 5.6, draw)
    willow(m, (29.4, -11.2, 0), 6.6, draw)
    tree(m, (11.2, -15.6, 0), 7.2, draw, count=210)
    tree(m, (30.4, 1.8, 0), 6.4, draw, leaf="red_leaf", count=190)
    tree(m, (24.2, -15.4, 0), 6.0, draw, leaf="young_leaf", count=180)
    tree(m, (10.4, -2.2, 0), 4.6, draw, leaf="red_leaf", count=150, size=(0.11, 0.075))
    lotus(
        m,
        [(draw.uniform(21.6, 24.6), draw.uniform(-9.0, -7.2)) for _ in range(34)],
        draw,
        level=WATER,
        flowers=6,
    )
    lotus(
        m,
        [(draw.uniform(16.4, 18.8), draw.uniform(-6.8, -4.2)) for _ in range(26)],
        draw,
        level=WATER,
        flowers=4,
    )
    _low_plants(m, draw)


def _low_plants(m: Mason, draw: np.random.Generator) -> None:
    for x, y, r in (
        (9.2, -13.0, 0.7),
        (10.2, -12.2, 0.5),
        (9.0, -6.6, 0.6),
        (15.6, -13.4, 0.7),
        (21.4, -13.6, 0.8),
        (28.4, -7.0, 0.7),
        (29.0, -2.0, 0.9),
        (13.6, -2.6, 0.6),
        (16.0, 0.6, 0.7),
        (23.5, 0.6, 0.8),
        (26.8, 1.8, 0.9),
        (32.5, -6, 1.0),
        (31.5, -15, 1.0),
    ):
        shrub(m, (x, y, 0), r, draw, count=2400, stuff="leaf" if r > 0.6 else "young_leaf")
    grass(m, (8.4, -13.5), (16.5, -10.9), 15000, draw)
    grass(m, (8.4, -8.7), (15.0, -3.0), 17000, draw)
    grass(m, (22.0, -13.0), (30.0, -10.6), 9000, draw)
    grass(m, (27.6, -9.0), (32.0, 1.0), 9000, draw)
    turn = draw.uniform(0, 2 * math.pi, 260)
    shore = np.stack([20.5 + 5.95 * np.cos(turn), -6.2 + 4.45 * np.sin(turn)], axis=1)
    for x, y in shore[:60]:
        if pond(np.array(x), np.array(y)) < 0.03 and math.hypot(x - 16.5, y + 9.5) > 1.2:
            shrub(m, (x, y, -0.15), 0.34, draw, stuff="grass", count=90, size=(0.55, 0.016))


def _beyond(m: Mason, draw: np.random.Generator) -> None:
    """Lay what is seen over the walls: fields, trees, hills in the haze."""
    m.lay(
        "moss",
        [(-500, -500, -0.35), (500, -500, -0.35), (500, 500, -0.35), (-500, 500, -0.35)],
        [(0, 1, 2, 3)],
    )
    for x, y, tall in (
        (-20, -6, 9),
        (-19, 3, 8),
        (-22, -18, 10),
        (-4, 27, 9),
        (9, 28, 10),
        (20, 12, 9),
        (30, 13, 10),
        (40, -4, 10),
        (39, -16, 9),
        (20, -25, 9),
        (4, -26, 10),
        (-9, -25, 9),
        (-24, 14, 10),
        (0, 24, 7),
    ):
        tree(
            m, (x, y, 0), tall, draw, count=150, size=(0.24, 0.14), leaf="leaf" if tall > 8 else "young_leaf"
        )
    turn = np.linspace(0, 2 * math.pi, 361)
    for radius, high, seed in ((420, 34, 1), (300, 17, 4)):
        waves = sum(np.sin(k * turn + seed * k * 1.7) / k**0.7 for k in (3, 5, 8, 13, 21))
        top = high * (1.0 + 0.42 * waves).clip(0.15)
        rings = [
            np.stack([radius * np.cos(turn), radius * np.sin(turn), z], axis=1)
            for z in (np.full(361, -2.0), top * 0.7, top)
        ]
        m.grid("hill", np.array(rings))
