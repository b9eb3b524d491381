"""What grows, and what the garden is made of: trees, bamboo, lotus, grass, rocks from the lake."""

from __future__ import annotations

import math
from collections.abc import Sequence

import bpy
import numpy as np
from mason import Floats, Mason
from mathutils import Vector, noise

Random = np.random.Generator


def leaves(
    m: Mason, stuff: str, at: Floats, size: tuple[float, float], draw: Random, *, droop: float = 0.3
) -> None:
    """Lay a small folded blade at each of (n, 3) points: length and width in metres."""
    count = len(at)
    turn = draw.uniform(0, 2 * math.pi, count)
    rise = draw.normal(-droop, 0.45, count)
    way = np.stack([np.cos(turn) * np.cos(rise), np.sin(turn) * np.cos(rise), np.sin(rise)], axis=1)
    side = np.stack([-np.sin(turn), np.cos(turn), draw.normal(0, 0.35, count)], axis=1)
    long = size[0] * draw.uniform(0.7, 1.25, count)[:, None]
    wide = size[1] * draw.uniform(0.7, 1.2, count)[:, None]
    middle = at + way * long * 0.45
    points = np.stack([at, middle + side * wide / 2, at + way * long, middle - side * wide / 2], axis=1)
    faces = [(4 * k, 4 * k + 1, 4 * k + 2, 4 * k + 3) for k in range(count)]
    m.lay(stuff, points.reshape(-1, 3), faces)


def tree(
    m: Mason,
    at: Sequence[float],
    height: float,
    draw: Random,
    *,
    leaf: str = "leaf",
    spread: float = 0.62,
    count: int = 190,
    size: tuple[float, float] = (0.13, 0.07),
) -> None:
    """Grow a broad tree from a point, with `count` leaves on each of its twigs."""
    tips: list[Floats] = []
    start, up = np.array(at, float), np.array([draw.normal(0, 0.08), draw.normal(0, 0.08), 1.0])
    _branch(m, (start, up, height * 0.34, height * 0.032, 0), draw, tips, spread)
    cloud = np.concatenate(
        [tip + draw.normal(0, 1, (count, 3)) * np.array([0.42, 0.42, 0.27]) * height / 6 for tip in tips]
    )
    leaves(m, leaf, cloud, size, draw)


def _branch(
    m: Mason, of: tuple[Floats, Floats, float, float, int], draw: Random, tips: list[Floats], spread: float
) -> None:
    at, way, long, thick, depth = of
    line, radii, steps = [at], [thick], 4
    for no in range(1, steps + 1):
        way = way + draw.normal(0, 0.13, 3)
        way /= np.linalg.norm(way)
        line.append(line[-1] + way * long / steps)
        radii.append(thick * (1 - 0.4 * no / steps))
    m.tube("bark", line, radii, sides=max(5, 11 - 2 * depth))
    if depth == 3:
        tips += [line[-1], line[-3]]
        return
    turn = draw.uniform(0, 2 * math.pi)
    for no in range(4 if depth == 0 else 3):
        out = turn + no * 2 * math.pi / (4 if depth == 0 else 3) + draw.normal(0, 0.3)
        aside = np.array([math.cos(out), math.sin(out), draw.normal(0.1, 0.2)])
        after = way * (1 - spread * 0.6) + aside * spread
        _branch(
            m,
            (
                line[-1 - no % 2],
                after / np.linalg.norm(after),
                long * draw.uniform(0.6, 0.8),
                radii[-1] * 0.72,
                depth + 1,
            ),
            draw,
            tips,
            spread,
        )


def willow(m: Mason, at: Sequence[float], height: float, draw: Random) -> None:
    """Grow a willow: a trunk, boughs, and strings that hang."""
    top = np.array(at, float) + np.array([0, 0, height * 0.55])
    m.tube("bark", [at, np.array(at) + np.array([0.1, 0.15, height * 0.3]), top], [0.26, 0.2, 0.15], sides=10)
    for no in range(9):
        turn = no * 2 * math.pi / 9 + draw.normal(0, 0.2)
        reach = np.array([math.cos(turn), math.sin(turn), 0]) * height * draw.uniform(0.26, 0.4)
        bough = [top, top + reach * 0.5 + (0, 0, height * 0.22), top + reach + (0, 0, height * 0.2)]
        m.tube("bark", bough, [0.1, 0.06, 0.03], sides=6)
        for _ in range(26):
            part = draw.uniform(0.25, 1.05)
            start = (
                top
                + reach * part
                + (0, 0, height * 0.26 * math.sin(min(part, 1) * 2.2))
                + draw.normal(0, 0.22, 3)
            )
            drop = np.linspace(0, 1, 34)[:, None]
            fall = start + np.array([*draw.normal(0, 0.22, 2), -height * draw.uniform(0.35, 0.62)]) * drop
            fall += np.sin(drop * 5 + draw.uniform(0, 6)) * 0.04 + reach * 0.12 * drop
            leaves(m, "willow_leaf", fall + draw.normal(0, 0.03, fall.shape), (0.2, 0.034), draw, droop=1.0)


def bamboo(m: Mason, places: Sequence[Sequence[float]], height: float, draw: Random) -> None:
    """Set canes of bamboo at points."""
    for x, y, z in places:
        tall, lean = height * draw.uniform(0.75, 1.15), draw.normal(0, 0.09, 2)
        part = np.linspace(0, 1, 12)
        line = np.stack([x + lean[0] * tall * part**2, y + lean[1] * tall * part**2, z + tall * part], axis=1)
        radius, low = draw.uniform(0.016, 0.028), np.array([0, 0, 0.012])
        m.tube("bamboo", line, radius * (1 - 0.75 * part), sides=7)
        for joint in line[1:-1]:
            m.tube(
                "bamboo",
                [joint - low, joint, joint + low],
                [radius, radius * 1.18, radius],
                sides=7,
            )
        upper = line[4:]
        twig = upper[draw.integers(0, len(upper), 46)]
        twig = twig + np.stack([*draw.normal(0, 0.26, (2, 46)), draw.normal(0.05, 0.22, 46)], axis=1)
        cloud = np.repeat(twig, 7, axis=0) + draw.normal(0, 0.05, (46 * 7, 3))
        leaves(m, "bamboo_leaf", cloud, (0.21, 0.03), draw, droop=0.55)


def lotus(
    m: Mason, places: Sequence[tuple[float, float]], draw: Random, *, level: float, flowers: int
) -> None:
    """Lay leaves of lotus on the water and above it, and a few flowers."""
    turn = np.linspace(0, 2 * math.pi, 25)
    for no, (x, y) in enumerate(places):
        radius, up = draw.uniform(0.16, 0.36), draw.choice([0.015, 0.02, draw.uniform(0.12, 0.45)])
        tilt = draw.normal(0, 0.07 if up < 0.1 else 0.16, 2)
        rings = []
        for part in (0.02, 0.35, 0.7, 1.0):
            r = radius * part * (1 + 0.05 * np.sin(turn * 7 + no) * part)
            px, py = r * np.cos(turn), r * np.sin(turn)
            z = level + up + px * tilt[0] + py * tilt[1] + (0.24 * radius * part**2 if up > 0.1 else 0.0)
            rings.append(np.stack([x + px, y + py, z + 0.012 * np.sin(turn * 6) * part], axis=1))
        m.grid("lotus_leaf", np.array(rings))
        if up > 0.1:
            m.tube(
                "bamboo",
                [(x, y, level - 0.2), (x + 0.02, y, level + up / 2), (x, y, level + up)],
                [0.008] * 3,
                sides=5,
            )
    for x, y in places[:flowers]:
        _flower(m, (x + 0.25, y + 0.1, level + draw.uniform(0.35, 0.6)), level, draw)


def _flower(m: Mason, at: tuple[float, float, float], level: float, draw: Random) -> None:
    x, y, z = at
    m.tube("bamboo", [(x, y, level - 0.2), (x + 0.03, y, (level + z) / 2), (x, y, z)], [0.007] * 3, sides=5)
    for ring, (lean, long) in enumerate(((1.05, 0.17), (0.6, 0.18), (0.2, 0.15))):
        for no in range(8):
            turn = no * math.pi / 4 + ring * 0.4 + draw.normal(0, 0.07)
            out = np.array([math.cos(turn), math.sin(turn), 0])
            side = np.array([-math.sin(turn), math.cos(turn), 0])
            up = np.array([0, 0, 1.0])
            tip = out * math.sin(lean) * long + up * math.cos(lean) * long
            belly = out * math.sin(lean + 0.35) * long * 0.55 + up * math.cos(lean + 0.35) * long * 0.55
            at_ = np.array(at)
            m.lay(
                "petal",
                [at_, at_ + belly + side * 0.045, at_ + tip, at_ + belly - side * 0.045],
                [(0, 1, 2, 3)],
            )
    m.turned("young_leaf", at, [(0.0, 0.0), (0.03, 0.03), (0.035, 0.07), (0.0, 0.075)], sides=10)


def rock(stuff: object, at: Sequence[float], size: Sequence[float], seed: int) -> None:
    """Set a rock of the lake: eaten out by water, taller than wide."""
    bpy.ops.mesh.primitive_ico_sphere_add(subdivisions=6, radius=1.0, location=at)
    it = bpy.context.object
    it.rotation_euler[2] = seed * 1.7
    shift = Vector((seed * 13.1, seed * 7.7, 0))
    for vertex in it.data.vertices:
        where = vertex.co.copy()
        ridges = noise.ridged_multi_fractal(where * 1.25 + shift, 0.9, 2.1, 5, 1.0, 2.0)
        holes = noise.noise(where * 2.3 - shift)
        grown = 0.55 + 0.30 * ridges - 0.55 * max(0.0, holes - 0.12)
        vertex.co = Vector([c * grown * s for c, s in zip(where, size, strict=True)])
    for face in it.data.polygons:
        face.use_smooth = True
    it.data.materials.append(stuff)


def grass(
    m: Mason,
    low: tuple[float, float],
    high: tuple[float, float],
    count: int,
    draw: Random,
    *,
    level: float = 0.0,
    tall: float = 0.12,
    stuff: str = "grass",
) -> None:
    """Sow blades over a rectangle."""
    at = np.stack(
        [draw.uniform(low[0], high[0], count), draw.uniform(low[1], high[1], count), np.full(count, level)],
        axis=1,
    )
    leaves(m, stuff, at, (tall, 0.014), draw, droop=-1.15)


def shrub(
    m: Mason,
    at: Sequence[float],
    radius: float,
    draw: Random,
    *,
    stuff: str = "leaf",
    count: int = 2600,
    size: tuple[float, float] = (0.07, 0.035),
) -> None:
    """Plant a round bush."""
    way = draw.normal(0, 1, (count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    way[:, 2] = np.abs(way[:, 2])
    reach = radius * draw.uniform(0.55, 1.0, count)[:, None] ** 0.5
    leaves(m, stuff, np.array(at, float) + way * reach * np.array([1, 1, 0.85]), size, draw)
