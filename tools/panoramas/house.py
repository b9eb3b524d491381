"""Parts of a house of the waterlands: tiled roofs, white walls with their coping, lattices, columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from mason import Floats, Mason

ROW, COURSE = 0.24, 0.26  # how far apart rows of tiles are, and how much of each is seen
Hole = tuple[float, float, float, float]  # from, to along the wall; from, to in height


@dataclass(frozen=True)
class Roof:
    """A roof with its ridge along x: half its length, half its width, heights, how far the corners rise."""

    half_long: float
    half_wide: float
    eave: float
    ridge: float
    lift: float = 0.35

    def height(self, along: Floats, across: Floats) -> Floats:
        """Return the height of the boards over points of the ground."""
        up = 1 - np.abs(across) / self.half_wide
        curve = 0.66 * up + 0.34 * up**2
        corner = self.lift * (np.abs(along) / self.half_long) ** 6 * (1 - up) ** 1.5
        return self.eave + (self.ridge - self.eave) * curve + corner


def lay_roof(m: Mason, roof: Roof, *, rafters: str = "rafter", under: str = "inside") -> None:
    """Lay tiles above, boards and rafters below, a ridge with its ends turned up."""
    for side in (-1, 1):
        _tiles(m, roof, side)
        _under(m, roof, side, (rafters, under))
    x = np.linspace(-roof.half_long, roof.half_long, 25)
    top = roof.ridge + 0.2 + roof.lift * 0.8 * (np.abs(x) / roof.half_long) ** 8
    for one, other, a, b in zip(x, x[1:], top, top[1:], strict=False):
        m.beam("tile", (one, 0, a), (other, 0, b), (0.22, 0.42))
        m.beam("plaster", (one, 0, a - 0.08), (other, 0, b - 0.08), (0.225, 0.06))
    for end in (-1, 1):
        m.beam(
            "tile",
            (end * (roof.half_long - 0.3), 0, top[0]),
            (end * (roof.half_long + 0.25), 0, top[0] + 0.3),
            (0.16, 0.3),
        )


def _tiles(m: Mason, roof: Roof, side: int) -> None:
    rows = max(2, round(2 * roof.half_long / ROW))
    columns = np.linspace(-roof.half_long, roof.half_long, rows * 8 + 1)
    part = (np.arange(rows * 8 + 1) % 8) / 8
    wave = np.where(
        part < 0.5,
        0.055 * np.sqrt(np.maximum(0, 1 - ((part - 0.25) / 0.25) ** 2)),
        -0.03 * np.sin(math.pi * (part - 0.5) / 0.5),
    )
    count = max(2, round(math.hypot(roof.half_wide, roof.ridge - roof.eave) / COURSE))
    lines = []
    for no in range(count):
        for up, raised in ((no / count, 0.035), ((no + 1) / count, 0.0)):
            across = np.full_like(columns, roof.half_wide * (1 - up))
            z = roof.height(columns, across) + 0.09 + wave + raised
            lines.append(np.stack([columns, side * across, z], axis=1))
    m.grid("tile", np.array(lines) if side < 0 else np.array(lines)[:, ::-1])
    edge = lines[0]
    lower = edge.copy()
    lower[:, 2] = roof.height(columns, np.abs(edge[:, 1])) - 0.03
    m.grid("tile", np.array([lower, edge]), smooth=False)


def _under(m: Mason, roof: Roof, side: int, stuffs: tuple[str, str]) -> None:
    x, y = np.meshgrid(
        np.linspace(-roof.half_long, roof.half_long, 33), np.linspace(roof.half_wide - 0.02, 0, 9)
    )
    boards = np.stack([x, side * y, roof.height(x, y) - 0.02], axis=2)
    m.grid(stuffs[1], boards[:, ::-1])
    across = np.linspace(roof.half_wide, 0.02, 6)
    for at in np.arange(-roof.half_long + 0.12, roof.half_long, 0.27):
        z = roof.height(np.full_like(across, at), across) - 0.075
        for one, other, a, b in zip(across, across[1:], z, z[1:], strict=False):
            m.beam(stuffs[0], (at, side * one, a), (at, side * other, b), (0.085, 0.10))


def wall(
    m: Mason,
    start: Sequence[float],
    end: Sequence[float],
    height: float,
    *,
    holes: Sequence[Hole] = (),
    thick: float = 0.28,
    stuff: str = "wall",
    base: float = 0.0,
    coping: bool = True,
) -> None:
    """Lay a wall between two points of the ground, with square holes, and tiles where it stands free."""
    a, b = np.array(start[:2], float), np.array(end[:2], float)
    long, turn = float(np.linalg.norm(b - a)), math.degrees(math.atan2(*(b - a)[::-1]))
    with m.at(a[0], a[1], base, turn=turn):
        at = 0.0
        for left, right, low, high in sorted(holes):
            _piece(m, stuff, (at, left, 0, height), thick)
            _piece(m, stuff, (left, right, 0, low), thick)
            _piece(m, stuff, (left, right, high, height), thick)
            at = right
        _piece(m, stuff, (at, long, 0, height), thick)
        if coping:
            with m.at(long / 2, 0, height):
                lay_roof(m, Roof(long / 2 + 0.05, 0.42, 0.02, 0.26, 0.0), rafters="tile", under="tile")


def _piece(m: Mason, stuff: str, of: Hole, thick: float) -> None:
    left, right, low, high = of
    if right - left > 1e-3 and high - low > 1e-3:
        m.span(stuff, (left, -thick / 2, low), (right, thick / 2, high))


def round_hole(
    m: Mason,
    size: tuple[float, float],
    radius: float,
    *,
    middle: float,
    thick: float = 0.28,
    stuff: str = "wall",
) -> None:
    """Lay a piece of wall about x = 0 with a round hole, and a stone ring in it."""
    half, turn = size[0] / 2, np.linspace(0, 2 * math.pi, 73)[:-1]
    c, s = np.cos(turn), np.sin(turn)
    reach = np.minimum(
        half / np.maximum(np.abs(c), 1e-9),
        np.where(s > 0, size[1] - middle, middle) / np.maximum(np.abs(s), 1e-9),
    )
    inner = np.stack([radius * c, np.zeros(72), middle + radius * s], axis=1)
    outer = np.stack([reach * c, np.zeros(72), middle + reach * s], axis=1)
    inner[:, 2] = np.maximum(inner[:, 2], 0)
    corners = [(half, size[1]), (-half, size[1]), (-half, 0.0), (half, 0.0)]
    for x, z in corners:  # the nearest point of the outline becomes the corner
        outer[np.argmin((outer[:, 0] - x) ** 2 + (outer[:, 2] - z) ** 2)] = (x, 0, z)
    for side in (-1, 1):
        shift = np.array([0, side * thick / 2, 0])
        faces = [(k, (k + 1) % 72, 72 + (k + 1) % 72, 72 + k) for k in range(72)]
        m.lay(
            stuff, np.concatenate([inner, outer]) + shift, faces if side > 0 else [one[::-1] for one in faces]
        )
    for r, out, kind in ((radius, thick / 2 + 0.03, "stone"),):
        line = [
            (r * math.cos(t), 0, max(0.0, middle + r * math.sin(t))) for t in np.linspace(0, 2 * math.pi, 73)
        ]
        for one, other in pairwise(line):
            m.beam(kind, one, other, (2 * out, 0.12))


def columns(
    m: Mason, places: Sequence[tuple[float, float]], height: float, *, radius: float = 0.16, base: float = 0.0
) -> None:
    """Set columns on their stone drums."""
    for x, y in places:
        m.box("stone", (x, y, base + 0.05), (radius * 3.2, radius * 3.2, 0.1))
        drum = [(radius * 1.15, 0.1), (radius * 1.5, 0.17), (radius * 1.55, 0.24), (radius * 1.2, 0.33)]
        m.turned("stone", (x, y, base), drum)
        m.post("column", (x, y, base + 0.32), height - 0.32, radius)


def lattice(
    m: Mason,
    low: tuple[float, float],
    high: tuple[float, float],
    *,
    pattern: str = "steps",
    stuff: str = "timber",
) -> None:
    """Fill a rectangle of the plane y = 0 with a lattice: `steps`, `ice` or `rings`."""
    (x0, z0), (x1, z1) = low, high
    for a, b in (((x0, z0), (x1, z0)), ((x1, z0), (x1, z1)), ((x1, z1), (x0, z1)), ((x0, z1), (x0, z0))):
        m.beam(stuff, (a[0], 0, a[1]), (b[0], 0, b[1]), (0.05, 0.045))
    bars: Callable[..., list[tuple[float, float, float, float]]] = {
        "steps": _steps,
        "ice": _ice,
        "rings": _rings,
    }[pattern]
    for ax, az, bx, bz in bars(x0, z0, x1, z1):
        m.beam(stuff, (ax, 0, az), (bx, 0, bz), (0.024, 0.022))


def _steps(x0: float, z0: float, x1: float, z1: float) -> list[tuple[float, float, float, float]]:
    found, w, h = [], x1 - x0, z1 - z0
    count = max(2, round(w / 0.13))
    tall = max(3, round(h / 0.26))
    for k in range(1, count):
        x = x0 + w * k / count
        found.append((x, z0, x, z1))
    for k in range(1, tall):
        z = z0 + h * k / tall
        for j in range(count):
            lift = h / tall / 2 if j % 2 else 0
            found.append((x0 + w * j / count, z - lift, x0 + w * (j + 1) / count, z - lift))
    return found


def _ice(x0: float, z0: float, x1: float, z1: float) -> list[tuple[float, float, float, float]]:
    """Cracked ice: every field is cut again, aslant."""
    draw = np.random.default_rng(round((x0 + 50) * 97 + z1 * 131))
    found: list[tuple[float, float, float, float]] = []
    fields = [np.array([(x0, z0), (x1, z0), (x1, z1), (x0, z1)], float)]
    for _ in range(5):
        after = []
        for one in fields:
            ways = np.roll(one, -1, axis=0) - one
            k = int(np.argmax(np.linalg.norm(ways, axis=1)))
            j = (k + len(one) // 2) % len(one)
            a, b = (one[i] + ways[i] * draw.uniform(0.36, 0.64) for i in (k, j))
            found.append((a[0], a[1], b[0], b[1]))
            i, e = sorted((k, j))
            p, q = (a, b) if k < j else (b, a)
            after += [np.array([*one[: i + 1], p, q, *one[e + 1 :]]), np.array([p, *one[i + 1 : e + 1], q])]
        fields = after
    return found


def _rings(x0: float, z0: float, x1: float, z1: float) -> list[tuple[float, float, float, float]]:
    found, step = [], 0.26
    nx, nz = max(1, round((x1 - x0) / step)), max(1, round((z1 - z0) / step))
    w, h = (x1 - x0) / nx, (z1 - z0) / nz
    for i in range(nx):
        for j in range(nz):
            cx, cz = x0 + w * (i + 0.5), z0 + h * (j + 0.5)
            line = [
                (cx + w / 2 * math.cos(t), cz + h / 2 * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 13)
            ]
            found += [(*a, *b) for a, b in pairwise(line)]
            found += [(cx - w / 2, cz, cx + w / 2, cz), (cx, cz - h / 2, cx, cz + h / 2)]
    return found


def leaf_door(
    m: Mason, at: tuple[float, float, float], wide: float, high: float, *, turn: float = 0.0
) -> None:
    """Hang one leaf of a lattice door: lattice above, panels below; it turns about its left edge."""
    with m.at(*at, turn=turn):
        split = high * 0.36
        lattice(m, (0.03, split), (wide - 0.03, high))
        m.span("timber", (0.0, -0.03, 0.0), (0.06, 0.03, high))
        m.span("timber", (wide - 0.06, -0.03, 0.0), (wide, 0.03, high))
        for z in (0.04, split - 0.16, split, high - 0.03):
            m.span("timber", (0, -0.03, z - 0.035), (wide, 0.03, z + 0.035))
        m.span("rosewood", (0.06, -0.012, 0.07), (wide - 0.06, 0.012, split - 0.2))
        m.span("timber", (0.12, -0.02, 0.16), (wide - 0.12, 0.02, split - 0.3))


def hanging_fret(m: Mason, start: float, end: float, top: float, *, deep: float = 0.42) -> None:
    """Hang a fret (挂落) under a beam, with its two wings."""
    lattice(m, (start, top - deep), (end, top), pattern="steps")
    for at, way in ((start, 1), (end, -1)):
        for k in range(1, 4):
            reach = 0.16 * (4 - k)
            m.beam(
                "timber",
                (at, 0, top - deep - 0.1 * k),
                (at + way * reach, 0, top - deep - 0.1 * k),
                (0.03, 0.03),
            )
            m.beam(
                "timber",
                (at + way * reach, 0, top - deep - 0.1 * k),
                (at + way * reach, 0, top - deep),
                (0.03, 0.03),
            )


def gable(m: Mason, x: float, half: float, low: float, high: float) -> None:
    """Lay a stepped gable (马头墙) in the plane x, about y = 0."""
    steps = (
        (half + 0.55, low + 0.55),
        (half * 0.62, (low + high) / 2 + 0.6),
        (half * 0.27, high + 0.75),
        (0.0, 0.0),
    )
    under = 0.0  # faces that lie in one another would be black
    for (reach, top), (inner, _) in pairwise(steps):
        m.span("wall", (x - 0.16, -reach, under), (x + 0.16, reach, top))
        under = top
        for side in (-1, 1):
            with m.at(x, side * (reach + inner) / 2, top, turn=90):
                lay_roof(
                    m, Roof((reach - inner) / 2 + 0.12, 0.36, 0.02, 0.2, 0.14), rafters="tile", under="tile"
                )
