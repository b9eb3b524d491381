"""What the hall shows: an abacus, brushes, an open book, scales, a measure, keys, a mirror, a zither."""

from __future__ import annotations

import math

import numpy as np
from mason import Mason
from things import At, table


def showcase(m: Mason, at: At, *, turn: float = 0.0) -> None:
    """Set a showcase: a plinth and a glass box; its front is its own -y."""
    with m.at(*at, turn=turn):
        m.box("ink", (0, 0, 0.44), (1.02, 0.72, 0.88))
        m.box("brass", (0, 0, 0.885), (1.04, 0.74, 0.014))
        m.box("silk", (0, 0, 0.90), (0.94, 0.64, 0.02))
        for x in (-0.5, 0.5):
            m.lay(
                "glass", [(x, -0.35, 0.9), (x, 0.35, 0.9), (x, 0.35, 1.62), (x, -0.35, 1.62)], [(0, 1, 2, 3)]
            )
        for y in (-0.35, 0.35):
            m.lay("glass", [(-0.5, y, 0.9), (0.5, y, 0.9), (0.5, y, 1.62), (-0.5, y, 1.62)], [(0, 1, 2, 3)])
        for x in (-0.5, 0.5):
            for y in (-0.35, 0.35):
                m.box("brass", (x, y, 1.26), (0.012, 0.012, 0.72))
        m.lay(
            "glass",
            [(-0.5, -0.35, 1.62), (0.5, -0.35, 1.62), (0.5, 0.35, 1.62), (-0.5, 0.35, 1.62)],
            [(0, 1, 2, 3)],
        )
        for y in (-0.35, 0.35):
            m.box("brass", (0, y, 1.62), (1.0, 0.012, 0.012))
        for x in (-0.5, 0.5):
            m.box("brass", (x, 0, 1.62), (0.012, 0.7, 0.012))


def scales(m: Mason, at: At) -> None:
    """Set a steelyard: a beam with its marks, a pan, a weight, on a stand."""
    x, y, z = at
    m.box("rosewood", (x, y + 0.08, z + 0.015), (0.5, 0.16, 0.03))
    for side in (-1, 1):
        m.beam("rosewood", (x + side * 0.2, y + 0.08, z), (x + side * 0.2, y + 0.08, z + 0.5), (0.022, 0.022))
    m.beam("rosewood", (x - 0.24, y + 0.08, z + 0.5), (x + 0.24, y + 0.08, z + 0.5), (0.024, 0.024))
    m.tube(
        "rope",
        [(x - 0.14, y + 0.08, z + 0.5), (x - 0.14, y + 0.04, z + 0.44), (x - 0.14, y, z + 0.39)],
        [0.004] * 3,
        sides=6,
    )
    m.tube(
        "ash",
        [(x - 0.24, y, z + 0.38), (x, y, z + 0.385), (x + 0.36, y, z + 0.375)],
        [0.011, 0.010, 0.006],
        sides=10,
    )
    for no in range(14):
        m.tube(
            "brass",
            [
                (x - 0.08 + no * 0.03, y, z + 0.385 - 0.0005 * no),
                (x - 0.078 + no * 0.03, y, z + 0.385),
                (x - 0.076 + no * 0.03, y, z + 0.385),
            ],
            [0.0108, 0.0112, 0.0108],
            sides=10,
        )
    _pan_and_weight(m, at)


def _pan_and_weight(m: Mason, at: At) -> None:
    x, y, z = at
    for t in (0.4, 2.5, 4.6):
        m.tube(
            "rope",
            [
                (x - 0.24, y, z + 0.37),
                (x - 0.24 + 0.06 * math.cos(t), y + 0.06 * math.sin(t), z + 0.24),
                (x - 0.24 + 0.12 * math.cos(t), y + 0.12 * math.sin(t), z + 0.13),
            ],
            [0.003] * 3,
            sides=5,
        )
    m.turned(
        "brass",
        (x - 0.24, y, z + 0.09),
        [(0, 0), (0.07, 0.008), (0.125, 0.04), (0.12, 0.042), (0.066, 0.014), (0, 0.01)],
    )
    m.tube(
        "rope",
        [(x + 0.17, y, z + 0.38), (x + 0.17, y, z + 0.3), (x + 0.17, y, z + 0.22)],
        [0.003] * 3,
        sides=5,
    )
    m.turned(
        "iron",
        (x + 0.17, y, z + 0.12),
        [(0, 0), (0.036, 0), (0.04, 0.02), (0.026, 0.085), (0.012, 0.1), (0, 0.105)],
    )


def measure(m: Mason, at: At) -> None:
    """Set a grain measure, square and wider above, full to the brim, with its strike."""
    x, y, z = at
    for high, low in (((0.19, 0.34), (0.14, 0.0)),):
        for turn in (0, 90, 180, 270):
            with m.at(x, y, z, turn=turn):
                m.lay(
                    "ash",
                    [
                        (-low[0], -low[0], low[1]),
                        (low[0], -low[0], low[1]),
                        (high[0], -high[0], high[1]),
                        (-high[0], -high[0], high[1]),
                    ],
                    [(0, 1, 2, 3)],
                )
                m.beam(
                    "iron",
                    (-high[0], -high[0], high[1] - 0.01),
                    (high[0], -high[0], high[1] - 0.01),
                    (0.012, 0.03),
                )
    m.box("silk", (x, y, z + 0.325), (0.37, 0.37, 0.01))
    draw = np.random.default_rng(4)
    grains = np.stack([draw.uniform(-0.18, 0.18, 900), draw.uniform(-0.18, 0.18, 900)], axis=1)
    for gx, gy in grains:
        m.box("paper", (x + gx, y + gy, z + 0.333), (0.014, 0.006, 0.005), turn=float(gx * 9000))
    m.beam("rosewood", (x - 0.24, y - 0.05, z + 0.35), (x + 0.24, y + 0.06, z + 0.35), (0.03, 0.018))


def gift(m: Mason, at: At) -> None:
    """Set a tea box wrapped in red cloth, with the note that sent it back."""
    x, y, z = at
    m.box("red_cloth", (x - 0.06, y + 0.04, z + 0.12), (0.34, 0.26, 0.24), turn=12)
    m.box("brass", (x - 0.06, y + 0.04, z + 0.12), (0.345, 0.03, 0.245), turn=12)
    for turn in (30, -24, 150, 204):
        way = np.array([math.cos(math.radians(turn)), math.sin(math.radians(turn)), 0])
        at_ = np.array([x - 0.06, y + 0.04, z + 0.25])
        m.tube(
            "brass", [at_, at_ + way * 0.08 + (0, 0, 0.06), at_ + way * 0.12], [0.012, 0.02, 0.012], sides=8
        )
    m.box("paper", (x + 0.25, y - 0.1, z + 0.004), (0.2, 0.28, 0.004), turn=-14)


def keys(m: Mason, at: At) -> None:
    """Set a chest with a lock of three keyholes, and its three keys in a row."""
    x, y, z = at
    m.box("rosewood", (x, y + 0.12, z + 0.15), (0.56, 0.26, 0.3))
    m.box("brass", (x, y - 0.012, z + 0.2), (0.22, 0.006, 0.14))
    for no in (-1, 0, 1):
        m.box("ink", (x + no * 0.06, y - 0.017, z + 0.2), (0.01, 0.006, 0.035))
    for cx in (-0.27, 0.27):
        m.box("brass", (x + cx, y - 0.008, z + 0.15), (0.03, 0.01, 0.3))
    for no in (-1, 0, 1):
        px, py = x + no * 0.2, y - 0.2
        m.beam("brass", (px, py - 0.06, z + 0.012), (px, py + 0.07, z + 0.012), (0.014, 0.012))
        line = [
            (px + 0.028 * math.cos(t), py - 0.085 + 0.028 * math.sin(t), z + 0.012)
            for t in np.linspace(0, 2 * math.pi, 15)
        ]
        m.tube("brass", line, [0.006] * 15, sides=6)
        for step in (0.045, 0.065):
            m.box("brass", (px + 0.016, py + step, z + 0.012), (0.028, 0.011, 0.01))
        m.box("red_cloth", (px, py - 0.135, z + 0.008), (0.025, 0.07, 0.006))


def bronze_mirror(m: Mason, at: At, *, facing: float) -> None:
    """Set a round mirror of bronze in a carved stand; its face looks along its own -y before the turn."""
    with m.at(*at, turn=facing):
        turn = np.linspace(0, 2 * math.pi, 65)
        rings = [
            np.stack([r * np.cos(turn), np.full(65, -0.02 - b), r * np.sin(turn)], axis=1)
            for r, b in ((0.001, 0.012), (0.3, 0.011), (0.56, 0.006))
        ]
        m.grid("mirror", np.array(rings))
        for radius, thick in ((0.60, 0.045), (0.68, 0.02)):
            m.tube(
                "bronze",
                [(radius * math.cos(t), 0, radius * math.sin(t)) for t in turn],
                [thick] * 65,
                sides=8,
            )
        for no in range(8):
            t = no * math.pi / 4
            m.turned(
                "bronze",
                (0.64 * math.cos(t), -0.03, 0.64 * math.sin(t) - 0.03),
                [(0, 0), (0.03, 0.02), (0.03, 0.04), (0, 0.06)],
                sides=10,
            )


def zither(m: Mason, at: At, *, turn: float = 0.0) -> None:
    """Lay a seven-stringed zither on its table."""
    with m.at(*at, turn=turn):
        table(m, (0, 0, 0), (1.5, 0.42, 0.72), stuff="rosewood")
        x = np.linspace(-0.62, 0.62, 22)
        half = 0.1 - 0.022 * (x + 0.62) / 1.24
        half[4:6] -= 0.012
        half[14:16] -= 0.012
        rows = [
            np.stack([x, side * half, 0.76 + 0.032 * (1 - side**2) + 0 * x], axis=1)
            for side in np.linspace(-1, 1, 11)
        ]
        m.grid("plaque", np.array(rows))
        m.span("plaque", (-0.62, -0.09, 0.73), (0.62, 0.09, 0.765))
        for no in range(7):
            y = -0.055 + no * 0.018
            m.beam("brass", (-0.58, y, 0.802), (0.58, y * 0.8, 0.8), (0.0022, 0.0022))
        for no in range(13):
            m.turned(
                "white_ware",
                (-0.5 + no * 0.075, -0.075, 0.776),
                [(0.0, 0.008), (0.006, 0.006), (0.006, 0)],
                sides=8,
            )


def abacus(m: Mason, at: At, *, turn: float = 0.0, long: float = 0.62) -> None:
    """Lay an abacus of thirteen rods on a table."""
    with m.at(*at, turn=turn):
        deep, high = 0.27, 0.04
        for y in (-deep / 2, deep / 2, deep * 0.16):
            m.box("rosewood", (0, y, high / 2), (long, 0.024 if abs(y) > 0.1 else 0.014, high))
        for x in (-long / 2, long / 2):
            m.box("rosewood", (x, 0, high / 2), (0.026, deep + 0.024, high * 1.1))
        for no in range(13):
            x = -long / 2 + long * (no + 1) / 14
            m.beam("old_wood", (x, -deep / 2, high / 2), (x, deep / 2, high / 2), (0.006, 0.006))
            up = (no * 5 + 2) % 6
            lower = [
                (-deep / 2 + 0.024 + 0.024 * k) if k < 5 - up % 5 else (deep * 0.16 - 0.02 - 0.024 * (4 - k))
                for k in range(5)
            ]
            upper = [deep / 2 - 0.022, deep / 2 - 0.046 if no % 3 else deep * 0.16 + 0.018]
            for y in (*lower, *upper):
                m.tube(
                    "bead",
                    [
                        (x, y - 0.011, high / 2),
                        (x, y - 0.004, high / 2),
                        (x, y + 0.004, high / 2),
                        (x, y + 0.011, high / 2),
                    ],
                    [0.008, 0.019, 0.019, 0.008],
                    sides=12,
                )


def brushes(m: Mason, at: At) -> None:
    """Set a stand with brushes that hang, an ink stone and a paperweight."""
    x, y, z = at
    m.box("rosewood", (x, y, z + 0.02), (0.30, 0.1, 0.03))
    for side in (-1, 1):
        m.box("rosewood", (x + side * 0.135, y, z + 0.17), (0.02, 0.02, 0.32))
    m.box("rosewood", (x, y, z + 0.33), (0.34, 0.024, 0.022))
    for no in range(5):
        px = x - 0.1 + no * 0.05
        m.tube("bamboo", [(px, y, z + 0.32), (px, y, z + 0.22), (px, y, z + 0.12)], [0.006] * 3, sides=8)
        m.tube(
            "ink", [(px, y, z + 0.12), (px, y, z + 0.10), (px, y, z + 0.06)], [0.007, 0.009, 0.001], sides=8
        )
    m.turned(
        "ink",
        (x + 0.36, y - 0.05, z),
        [(0.0, 0), (0.1, 0), (0.105, 0.03), (0.085, 0.032), (0.075, 0.015), (0, 0.014)],
    )


def book(m: Mason, at: At, size: tuple[float, float], *, turn: float = 0.0) -> None:
    """Lay an open book: its two leaves arch a little; what it says is hung on it by `rooms`."""
    wide, deep = size
    with m.at(*at, turn=turn):
        m.box("blue_cloth", (0, 0, 0.004), (wide + 0.02, deep + 0.02, 0.008))
        m.box("paper", (0, 0, 0.018), (wide, deep, 0.022))
