"""The side wings: what all of them are built of, the study, and the room of the mirror."""

from __future__ import annotations

from pathlib import Path

import bpy
import exhibits
import numpy as np
import things
from growing import bamboo
from house import Roof, lattice, lay_roof, round_hole, wall
from mason import Mason, hang
from matter import pictured

FLOOR = 0.3


class House:
    """What is built with, and where the pages lie that hang in it."""

    def __init__(self, m: Mason, pages: Path, seed: int) -> None:
        self.m, self.pages, self.draw = m, pages, np.random.default_rng(seed)

    def framed(
        self,
        page: str,
        at: tuple[float, float, float],
        size: tuple[float, float],
        *,
        facing: float,
        stuff: str = "rosewood",
        shine: float = 0.0,
    ) -> None:
        """Hang a page in a frame."""
        things.frame(self.m, at, size, facing=facing, stuff=stuff)
        hang(page, pictured(self.pages / f"{page}.png", shine=shine), at, size, facing=facing)

    def window(
        self, x: float, y: float, size: tuple[float, float, float], *, turn: float, pattern: str
    ) -> None:
        """Put a lattice into a hole of a wall: width, sill, head."""
        wide, low, high = size
        with self.m.at(x, y, 0, turn=turn):
            lattice(self.m, (-wide / 2, low), (wide / 2, high), pattern=pattern)
            for side in (-1, 1):
                self.m.span(
                    "stone",
                    (side * (wide / 2 + 0.04) - 0.05, -0.17, low - 0.06),
                    (side * (wide / 2 + 0.04) + 0.05, 0.17, high + 0.06),
                )
            for z in (low - 0.04, high + 0.04):
                self.m.span("stone", (-wide / 2 - 0.09, -0.17, z - 0.04), (wide / 2 + 0.09, 0.17, z + 0.04))


def wing(h: House, x: tuple[float, float], y: tuple[float, float]) -> None:
    """Build floor, roof and timbers of a side wing whose ridge runs north."""
    m, (x0, x1), (y0, y1) = h.m, x, y
    middle, half = (x0 + x1) / 2, (x1 - x0) / 2
    m.span("stone", (x0 - 0.1, y0 - 0.1, 0), (x1 + 0.1, y1 + 0.1, 0.29))
    m.span("hall_floor", (x0, y0, 0.28), (x1, y1, FLOOR))
    roof = Roof((y1 - y0) / 2 + 0.25, half + 0.55, 3.75, 5.7, 0.12)
    with m.at(middle, (y0 + y1) / 2, 0, turn=90):
        lay_roof(m, roof)
    for at in np.arange(y0 + 0.2, y1, (y1 - y0 - 0.4) / 4.001):
        m.beam("timber", (x0, at, 3.75), (x1, at, 3.75), (0.18, 0.3))
        for across in (-half * 0.5, 0.0, half * 0.5):
            top = float(roof.height(np.array([0.0]), np.array([abs(across)]))[0]) - 0.15
            m.post("timber", (middle + across, at, 3.85), top - 3.85, 0.08)
        for side, edge in ((-1, x0), (1, x1)):
            m.post("column", (edge - side * 0.16, at, FLOOR), 3.5, 0.12)
    for across in (-half * 0.5, 0.0, half * 0.5):
        top = float(roof.height(np.array([0.0]), np.array([abs(across)]))[0]) - 0.2
        m.beam("timber", (middle + across, y0, top), (middle + across, y1, top), (0.16, 0.16))


def study(h: House) -> None:
    """Build the study of accounts, with the bamboo before its round window."""
    m, draw = h.m, h.draw
    wing(h, (-12.4, -6.2), (8.0, 16.4))
    wall(m, (-12.4, 8), (-12.4, 12.0), 4.4, coping=False, stuff="inside")
    wall(m, (-12.4, 14.8), (-12.4, 16.4), 4.4, coping=False, stuff="inside")
    with m.at(-12.4, 13.4, 0, turn=90):
        round_hole(m, (2.8, 4.4), 0.95, middle=1.95, stuff="inside")
    for y in (8.0, 16.4):
        wall(m, (-12.4, y), (-6.2, y), 5.6, coping=False, stuff="inside")
    wall(
        m,
        (-6.2, 8),
        (-6.2, 16.4),
        4.0,
        holes=[(2.5, 3.9, 0, 2.85), (4.35, 6.05, 1.15, 3.15), (6.45, 7.95, 1.15, 3.15)],
        coping=False,
    )
    h.window(-6.2, 13.2, (1.7, 1.15, 3.15), turn=90, pattern="steps")
    h.window(-6.2, 15.2, (1.5, 1.15, 3.15), turn=90, pattern="steps")
    m.span("moss", (-17.5, 7, -0.3), (-12.4, 18, 0))
    wall(m, (-16.4, 6), (-16.4, 19), 3.2)
    bamboo(m, [(draw.uniform(-15.6, -13.4), draw.uniform(9.5, 17), 0) for _ in range(26)], 4.8, draw)
    _desk(h)
    things.shelf(m, (-12.08, 9.95, FLOOR), (2.7, 0.36, 2.5), draw, turn=90)
    h.framed("motto", (-9.3, 16.2, 2.75), (2.6, 0.78), facing=180)
    things.table(m, (-11.2, 15.85, FLOOR), (1.3, 0.42, 0.85))
    things.vase(m, (-11.4, 15.85, FLOOR + 0.85), 0.5, stuff="white_ware")
    things.plum_branch(m, (-11.4, 15.85, FLOOR + 1.3), 0.6, draw)
    things.shelf(m, (-8.9, 8.35, FLOOR), (2.7, 0.36, 2.5), draw, turn=180)
    for x, y in ((-9.3, 12.6), (-9.3, 9.6)):
        things.lantern(m, (x, y, 4.3), size=0.85)
    things.chair(m, (-7.1, 15.6, FLOOR), turn=-35)
    things.chair(m, (-11.6, 11.6, FLOOR), turn=60)


def _desk(h: House) -> None:
    m = h.m
    top = FLOOR + 0.84
    things.table(m, (-9.5, 13.45, FLOOR), (2.1, 0.9, 0.84))
    things.chair(m, (-9.5, 14.3, FLOOR))
    exhibits.book(m, (-9.95, 13.3, top), (0.62, 0.40))
    _flat(h, "ledger", (-9.95, 13.3, top + 0.031), (0.6, 0.386))
    exhibits.abacus(m, (-9.15, 13.28, top), turn=6)
    exhibits.brushes(m, (-8.85, 13.65, top))
    things.vase(m, (-10.35, 13.72, top), 0.2, stuff="white_ware")
    m.box("blue_cloth", (-9.6, 13.72, top + 0.03), (0.24, 0.17, 0.06), turn=8)
    m.box("blue_cloth", (-9.59, 13.72, top + 0.085), (0.23, 0.16, 0.045), turn=-6)
    m.turned(
        "bronze",
        (-10.4, 13.2, top),
        [
            (0, 0.0),
            (0.075, 0),
            (0.07, 0.015),
            (0.016, 0.03),
            (0.014, 0.22),
            (0.06, 0.24),
            (0.05, 0.25),
            (0, 0.25),
        ],
    )
    m.turned(
        "lamp", (-10.4, 13.2, top + 0.25), [(0.0, 0.0), (0.011, 0.012), (0.007, 0.035), (0, 0.055)], sides=10
    )


def _flat(h: House, page: str, at: tuple[float, float, float], size: tuple[float, float]) -> None:
    """Lay a page flat, its head to the north."""
    x, y, z = at
    w, d = size[0] / 2, size[1] / 2
    mesh = bpy.data.meshes.new(page)
    mesh.from_pydata(
        [(x - w, y - d, z), (x + w, y - d, z), (x + w, y + d, z), (x - w, y + d, z)], [], [(0, 1, 2, 3)]
    )
    layer = mesh.uv_layers.new()
    for no, uv in enumerate(((0, 0), (1, 0), (1, 1), (0, 1))):
        layer.data[no].uv = uv
    mesh.materials.append(pictured(h.pages / f"{page}.png"))
    bpy.context.collection.objects.link(bpy.data.objects.new(page, mesh))


def mirror_room(h: House) -> None:
    """Build the dark room with the mirror and the four cases."""
    m = h.m
    x0, x1, y0, y1, top = -14.2, -8.5, -13.5, -5.2, 3.7
    m.span("hall_floor", (x0, y0, -0.2), (-8.1, y1, 0.15))
    m.span("dark_wall", (x0, y0, top), (x1, y1, top + 0.2))
    for low, high in (
        ((x0 - 0.2, y0, 0), (x0, y1, top)),
        ((x0, y0 - 0.2, 0), (x1, y0, top)),
        ((x0, y1, 0), (x1, y1 + 0.2, top)),
        ((x1 - 0.1, y0, 0), (x1, -10.0, top)),
        ((x1 - 0.1, -8.0, 0), (x1, y1, top)),
        ((x1 - 0.1, -10.0, 2.6), (x1, -8.0, top)),
    ):
        m.span("dark_wall", low, high)
    for y in (-9.98, -8.02):
        m.span("brass", (x1 - 0.16, y - 0.03, 0.15), (x1 + 0.05, y + 0.03, 2.62))
    m.span("brass", (x1 - 0.16, -10, 2.58), (x1 + 0.05, -8, 2.64))
    for x in (-13.0, -9.2):
        m.box("lamp", (x, -9.35, top - 0.01), (0.05, 6.6, 0.02))
    _mirrored(h)


def _mirrored(h: House) -> None:
    """Set up what the dark room shows."""
    m = h.m
    exhibits.bronze_mirror(m, (-13.85, -9.0, 1.8), facing=90)
    m.box("rosewood", (-13.8, -9.0, 0.6), (0.5, 1.7, 0.9))
    m.box("brass", (-13.55, -9.0, 1.04), (0.03, 1.72, 0.03))
    for page, shown, (x, y), facing in (
        ("label_scales", exhibits.scales, (-12.2, -11.5), 0),
        ("label_keys", exhibits.keys, (-10.1, -11.5), 0),
        ("label_measure", exhibits.measure, (-12.2, -6.5), 180),
        ("label_gift", exhibits.gift, (-10.1, -6.5), 180),
    ):
        exhibits.showcase(m, (x, y, 0.15), turn=180 - facing)
        with m.at(x, y, 1.06, turn=180 - facing):
            shown(m, (0, 0, 0))
        front = y + (0.366 if facing == 0 else -0.366)
        hang(page, pictured(h.pages / f"{page}.png"), (x, front, 0.72), (0.52, 0.195), facing=facing)
    hang(
        "night_words",
        pictured(h.pages / "night_words.png", shine=1.1),
        (-11.1, -13.48, 2.75),
        (4.4, 0.95),
        facing=0,
    )
    hang(
        "handscroll_lit",
        pictured(h.pages / "handscroll.png", shine=0.35),
        (-11.1, -5.22, 2.62),
        (3.9, 1.35),
        facing=180,
    )
