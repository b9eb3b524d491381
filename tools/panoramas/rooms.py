"""The house on its axis: front court with its pool, main hall, court of the well; and the gallery."""

from __future__ import annotations

import exhibits
import numpy as np
import things
from growing import bamboo, lotus, shrub, tree
from house import Roof, columns, gable, hanging_fret, lay_roof, leaf_door, round_hole, wall
from mason import Mason, hang
from matter import pictured
from wings import FLOOR, House, mirror_room, study, wing


def build_house(h: House) -> None:
    """Build all of it."""
    _front_court(h)
    _pool(h)
    _hall_frame(h)
    _hall_inside(h)
    _well_court(h)
    _gallery(h)
    study(h)
    mirror_room(h)


def _front_court(h: House) -> None:
    m = h.m
    for low, high in (
        ((-8, -16.5, -0.3), (8, -10.8, 0)),
        ((-8, -4.6, -0.3), (8, -2, 0)),
        ((-8, -10.8, -0.3), (-5, -4.6, 0)),
        ((5, -10.8, -0.3), (8, -4.6, 0)),
    ):
        m.span("court_floor", low, high)
    wall(m, (-8, -16.5), (8, -16.5), 3.6, holes=[(6.6, 9.4, 0, 2.9)])
    for x in (-0.7, 0.7):
        m.box("column", (x, -16.5, 1.45), (1.38, 0.1, 2.9))
        for z in np.linspace(0.5, 2.5, 6):
            for k in np.linspace(-0.5, 0.5, 5):
                m.turned("brass", (x + k, -16.44, z), [(0.035, -0.02), (0.03, 0.02), (0, 0.035)], sides=8)
    with m.at(0, -16.4, 3.1):
        lay_roof(m, Roof(2.1, 1.0, 0.25, 1.15, 0.3))
    for x in (-1.62, 1.62):
        m.box("stone", (x, -16.2, 0.35), (0.35, 0.5, 0.7))
    wall(
        m,
        (-8, -16.5),
        (-8, -2),
        3.4,
        holes=[(2.2, 3.7, 1.2, 2.4), (6.6, 8.4, 0, 2.5), (11.2, 12.7, 1.2, 2.4)],
    )
    for y, pattern in ((-13.55, "rings"), (-4.55, "ice")):
        h.window(-8, y, (1.5, 1.2, 2.4), turn=90, pattern=pattern)
    wall(m, (8, -16.5), (8, -11.2), 3.4, holes=[(1.6, 3.1, 1.2, 2.4)])
    wall(m, (8, -8.0), (8, -2), 3.4, holes=[(2.2, 3.7, 1.2, 2.4)])
    h.window(8, -14.15, (1.5, 1.2, 2.4), turn=90, pattern="ice")
    h.window(8, -5.05, (1.5, 1.2, 2.4), turn=90, pattern="rings")
    with m.at(8, -9.6, 0, turn=90):
        round_hole(m, (3.2, 3.4), 1.2, middle=1.28)
    with m.at(8, -9.6, 3.4, turn=90):
        lay_roof(m, Roof(1.65, 0.42, 0.02, 0.26, 0.0), rafters="tile", under="tile")
    _front_plants(h)


def _front_plants(h: House) -> None:
    m, draw = h.m, h.draw
    m.turned("stone", (6.5, -3.4, 0), [(0.0, 0.3), (0.75, 0.32), (0.95, 0.36), (0.95, 0.0)], sides=24)
    tree(m, (6.5, -3.4, 0.3), 5.6, draw, leaf="leaf", size=(0.10, 0.05), count=220)
    bamboo(m, [(-7.4 + draw.normal(0, 0.2), y, 0) for y in np.linspace(-16, -14.2, 9)], 5.0, draw)
    bamboo(m, [(x, -16.0 + draw.normal(0, 0.15), 0) for x in np.linspace(-7.4, -4.6, 11)], 5.2, draw)
    for x, y, r in ((-6.9, -15.6, 0.5), (7.2, -15.8, 0.7), (6.4, -15.9, 0.5), (-7.3, -3.2, 0.6)):
        shrub(m, (x, y, 0.05), r, draw)
    for x in (-3.2, 3.2):
        things.vase(m, (x, -2.75, 0), 0.8, stuff="tile")
        shrub(m, (x, -2.75, 0.78), 0.42, draw, stuff="young_leaf", count=1400, size=(0.08, 0.03))


def _pool(h: House) -> None:
    m, draw = h.m, h.draw
    m.span("earth", (-5, -10.8, -1.2), (5, -4.6, -1.1))
    m.lay(
        "water", [(-5, -10.8, -0.24), (5, -10.8, -0.24), (5, -4.6, -0.24), (-5, -4.6, -0.24)], [(0, 1, 2, 3)]
    )
    for low, high in (
        ((-5.3, -11.1, -0.9), (5.3, -10.75, 0.12)),
        ((-5.3, -4.65, -0.9), (5.3, -4.3, 0.12)),
        ((-5.3, -10.75, -0.9), (-4.95, -4.65, 0.12)),
        ((4.95, -10.75, -0.9), (5.3, -4.65, 0.12)),
    ):
        m.span("stone", low, high)
    for k in range(5):
        m.span("slab", (-0.98, -11.1 + k * 1.36 + 0.01, 0.12), (0.98, -11.1 + (k + 1) * 1.36 - 0.01, 0.3))
    for x in (-0.92, 0.92):
        for y in np.linspace(-11.0, -4.4, 6):
            m.span("stone", (x - 0.085, y - 0.085, 0.3), (x + 0.085, y + 0.085, 0.86))
            m.turned(
                "stone",
                (x, y, 0.86),
                [(0.085, 0), (0.06, 0.03), (0.09, 0.09), (0.05, 0.15), (0, 0.17)],
                sides=14,
            )
        for y0, y1 in zip(np.linspace(-11.0, -4.4, 6), np.linspace(-11.0, -4.4, 6)[1:], strict=False):
            m.span("stone", (x - 0.05, y0, 0.62), (x + 0.05, y1, 0.76))
            m.span("stone", (x - 0.035, y0 + 0.3, 0.34), (x + 0.035, y1 - 0.3, 0.56))
    places = [(draw.uniform(-4.6, -1.5), draw.uniform(-10.3, -5.2)) for _ in range(44)]
    lotus(m, places, draw, level=-0.24, flowers=6)
    lotus(
        m,
        [(draw.uniform(2.6, 4.6), draw.uniform(-6.6, -5.0)) for _ in range(14)],
        draw,
        level=-0.24,
        flowers=2,
    )
    for x, y, r in ((-4.5, -10.2, 0.5), (4.4, -5.2, 0.6)):
        shrub(m, (x, y, -0.25), r, draw, stuff="grass", count=900, size=(0.5, 0.02))


def _hall_frame(h: House) -> None:
    m = h.m
    m.span("stone", (-7.7, -2.2, 0), (7.7, 7.9, 0.29))
    m.span("hall_floor", (-7.6, -2.0, 0.28), (7.6, 7.7, FLOOR))
    m.span("slab", (-2.6, -2.65, 0), (2.6, -2.2, 0.15))
    roof = Roof(7.9, 5.6, 4.05, 7.6, 0.45)
    with m.at(0, 2.8):
        lay_roof(m, roof)
    for x in (-7.75, 7.75):
        with m.at(0, 2.8):
            gable(m, x, 5.1, 4.2, 7.6)
    rows = (-1.6, 1.5, 5.9, 7.5)
    for y in rows:
        top = float(roof.height(np.array([0.0]), np.array([abs(y - 2.8)]))[0]) - 0.32
        columns(m, [(x, y) for x in (-7.3, -2.6, 2.6, 7.3)], top, radius=0.17, base=FLOOR)
        m.beam("timber", (-7.7, y, top - 0.12), (7.7, y, top - 0.12), (0.16, 0.34))
        m.beam("timber", (-7.7, y, top + 0.2), (7.7, y, top + 0.2), (0.2, 0.2))
    _beams(m, roof)
    with m.at(0, -1.6, FLOOR):
        _hall_front(m)


def _beams(m: Mason, roof: Roof) -> None:
    for x in (-7.3, -2.6, 2.6, 7.3):
        m.beam("timber", (x, -1.6, 4.15), (x, 7.5, 4.15), (0.2, 0.36))
        m.beam("timber", (x, 0.0, 5.55), (x, 5.6, 5.55), (0.2, 0.32))
        for y, low, high in ((0.2, 4.3, 5.6), (5.4, 4.3, 5.6), (2.8, 5.7, 7.3)):
            m.post("timber", (x, y, low), high - low, 0.11)
    for y in (0.2, 2.8, 4.3):
        z = float(roof.height(np.array([0.0]), np.array([abs(y - 2.8)]))[0]) - 0.2
        m.beam("timber", (-7.7, y, z), (7.7, y, z), (0.19, 0.19))


def _hall_front(m: Mason) -> None:
    """Hang frets and doors; those in the middle stand open."""
    for start, end in ((-7.1, -2.8), (-2.4, 2.4), (2.8, 7.1)):
        hanging_fret(m, start, end, 3.7)
    for bay in (-7.12, 2.82):
        for no in range(6):
            leaf_door(m, (bay + no * 0.715, 0, 0), 0.7, 3.25)
    for side in (-1, 1):
        for no, angle in enumerate((82, 98)):
            leaf_door(m, (side * 2.36, 0.06 + 0.05 * no, 0), 0.8, 3.25, turn=angle + (0 if side < 0 else -4))


def _hall_inside(h: House) -> None:
    m = h.m
    m.span("rosewood", (-2.5, 6.14, FLOOR), (2.5, 6.24, 4.9))
    for x in np.linspace(-2.5, 2.5, 9):
        m.span("timber", (x - 0.03, 6.1, FLOOR), (x + 0.03, 6.15, 4.9))
    for side in (-1, 1):
        low, high = sorted((side * 3.8, side * 7.6))
        m.span("inside", (low, 6.1, FLOOR), (high, 6.3, 5.2))
        low, high = sorted((side * 2.7, side * 3.8))
        m.span("inside", (low, 6.1, 3.0), (high, 6.3, 5.2))
        m.span("timber", (side * 3.78 - 0.06, 6.06, FLOOR), (side * 3.78 + 0.06, 6.34, 3.05))
        m.span("timber", (low, 6.06, 2.96), (high, 6.34, 3.08))
    _written(h)
    _furnished(h)
    m.span("inside", (-7.6, -1.6, FLOOR), (-7.56, 7.7, 5.0))
    m.span("inside", (7.56, -1.6, FLOOR), (7.6, 7.7, 5.0))


def _written(h: House) -> None:
    """Hang board, scroll and verses."""
    m = h.m
    things.frame(m, (0, 5.96, 4.15), (2.9, 1.0), facing=180)
    hang("plaque", pictured(h.pages / "plaque.png", rough=0.3), (0, 5.95, 4.15), (2.9, 1.0), facing=180)
    hang("scroll", pictured(h.pages / "scroll.png"), (0, 6.06, 2.42), (1.32, 2.38), facing=180)
    m.tube("rosewood", [(-0.72, 6.04, 1.22), (0, 6.04, 1.22), (0.72, 6.04, 1.22)], [0.03] * 3)
    for side, page in ((1, "couplet_right"), (-1, "couplet_left")):
        hang(
            page,
            pictured(h.pages / f"{page}.png", rough=0.3),
            (side * 1.75, 6.04, 2.4),
            (0.40, 2.24),
            facing=180,
        )
        m.box("rosewood", (side * 1.75, 6.075, 2.4), (0.46, 0.03, 2.3))
    h.framed("preface", (-5.6, 6.06, 2.15), (2.3, 2.3), facing=180)
    h.framed("waters", (5.6, 6.06, 2.15), (2.3, 2.3), facing=180)


def _furnished(h: House) -> None:
    m, draw = h.m, h.draw
    things.table(m, (0, 5.5, FLOOR), (3.0, 0.46, 0.98), curled=True)
    things.vase(m, (-1.05, 5.5, FLOOR + 0.98), 0.46)
    things.plum_branch(m, (-1.05, 5.5, FLOOR + 1.4), 0.75, draw)
    m.box("rosewood", (1.05, 5.5, FLOOR + 1.02), (0.3, 0.18, 0.06))
    m.turned(
        "white_ware",
        (1.05, 5.46, FLOOR + 1.28),
        [(0.0, -0.2), (0.12, -0.17), (0.2, 0.0), (0.12, 0.17), (0.0, 0.2)],
    )
    things.table(m, (0, 4.7, FLOOR), (0.95, 0.95, 0.82))
    things.tea(m, (0, 4.7, FLOOR + 0.82))
    for side in (-1, 1):
        things.chair(m, (side * 0.95, 4.75, FLOOR))
        for no in range(3):
            things.chair(m, (side * 2.75, 1.9 + no * 1.25, FLOOR), turn=-90 * side)
    for x, y in ((-2.6, 2.2), (2.6, 2.2), (-5.4, 1.6), (5.4, 1.6)):
        things.lantern(m, (x if abs(x) > 3 else x * 0.62, y, 5.3), size=1.15)
    for x in (-6.6, 6.6):
        things.vase(m, (x, 5.5, FLOOR), 0.7, stuff="white_ware")
        shrub(m, (x, 5.5, FLOOR + 0.72), 0.45, draw, stuff="young_leaf", count=900, size=(0.16, 0.05))


def _well_court(h: House) -> None:
    m, draw = h.m, h.draw
    m.span("court_floor", (-6.2, 7.7, -0.3), (6.2, 17, 0))
    m.span("slab", (-6.1, 7.7, 0), (6.1, 8.15, 0.15))
    wall(m, (-6.2, 17), (6.2, 17), 4.0, holes=[(7.9, 9.5, 1.3, 2.5)])
    h.window(2.5, 17, (1.6, 1.3, 2.5), turn=0, pattern="ice")
    things.well(m, (-1.6, 12.6, 0.0))
    m.box("stone", (-2.6, 16.45, 0.2), (1.5, 0.55, 0.4))
    m.box("stone", (-2.6, 16.45, 1.35), (1.06, 0.24, 1.95))
    m.turned("stone", (-2.6, 16.45, 2.32), [(0.53, 0.0), (0.5, 0.1), (0.34, 0.2), (0.0, 0.24)], sides=4)
    hang("stele", pictured(h.pages / "stele.png", rough=0.9), (-2.6, 16.325, 1.36), (0.94, 1.78), facing=180)
    m.turned("stone", (3.4, 15.6, 0), [(0.0, 0.34), (0.6, 0.36), (0.78, 0.4), (0.78, 0.0)], sides=8)
    tree(m, (3.4, 15.6, 0.3), 3.9, draw, leaf="red_leaf", size=(0.10, 0.075), count=130)
    bamboo(m, [(x, 16.5 + draw.normal(0, 0.1), 0) for x in np.linspace(-6.0, -4.7, 7)], 4.6, draw)
    bamboo(m, [(x, 16.55 + draw.normal(0, 0.1), 0) for x in np.linspace(0.2, 1.4, 6)], 4.2, draw)
    for x, y, r in ((-5.6, 16.2, 0.5), (5.5, 16.3, 0.6), (-1.6, 16.6, 0.4), (4.9, 14.2, 0.4)):
        shrub(m, (x, y, 0.0), r, draw, count=1800)
    for x, y in ((5.5, 9.3), (5.5, 10.0), (-5.5, 9.2)):
        things.vase(m, (x, y, 0), 0.62, stuff="tile" if y > 9.5 else "celadon")
        shrub(m, (x, y, 0.6), 0.34, draw, stuff="young_leaf", count=700, size=(0.13, 0.035))
    m.turned("stone", (1.9, 14.2, 0), [(0, 0.0), (0.42, 0.0), (0.5, 0.5), (0.44, 0.5), (0.42, 0.42)], sides=8)
    lotus(
        m,
        [(1.9 + a, 14.2 + b) for a, b in ((0.1, 0.1), (-0.14, 0.0), (0.05, -0.18))],
        draw,
        level=0.4,
        flowers=1,
    )


def _gallery(h: House) -> None:
    m, draw = h.m, h.draw
    wing(h, (6.2, 12.4), (8.0, 21.0))
    wall(m, (12.4, 8), (12.4, 21), 4.4, coping=False, stuff="inside")
    for y in (8.0, 21.0):
        wall(m, (6.2, y), (12.4, y), 5.6, coping=False, stuff="inside")
    bays = [9.78 + 3.15 * no for no in range(4)]
    holes = [(1.4, 2.8, 0, 2.85), *((y - 9.0, y - 7.0, 1.15, 3.15) for y in bays[1:])]
    wall(m, (6.2, 8), (6.2, 21), 4.0, holes=holes, coping=False)
    for y in bays[1:]:
        h.window(6.2, y, (2.0, 1.15, 3.15), turn=90, pattern="ice")
    for no in range(4):
        h.framed(f"precept_{no + 1}", (12.2, bays[no], 2.1), (1.65, 2.0), facing=270)
    h.framed("handscroll", (9.3, 20.82, 2.35), (3.9, 1.35), facing=180)
    exhibits.zither(m, (9.3, 19.4, FLOOR))
    things.stool(m, (9.3, 19.95, FLOOR))
    m.box("rosewood", (9.2, 15.3, FLOOR + 0.42), (0.5, 1.7, 0.06))
    for y in (14.6, 16.0):
        m.box("rosewood", (9.2, y, FLOOR + 0.2), (0.4, 0.08, 0.4))
    for y in bays:
        things.lantern(m, (9.3, y, 4.1), size=0.8)
    for x in (7.0, 11.7):
        things.vase(m, (x, 20.2, FLOOR), 0.75, stuff="celadon")
        shrub(m, (x, 20.2, FLOOR + 0.75), 0.5, draw, stuff="bamboo_leaf", count=500, size=(0.3, 0.03))
    h.framed("motto", (9.3, 8.22, 2.5), (2.4, 0.72), facing=0)
    bamboo(m, [(draw.uniform(4.0, 5.4), draw.uniform(17.6, 21), 0) for _ in range(22)], 5.0, draw)
    m.span("moss", (-6.2, 17, -0.3), (6.2, 22, -0.02))
