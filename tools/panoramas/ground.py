"""Where everything of the sample hall stands, in metres: x east, y north, z up; needs nothing but Python.

A scene's yaw 0 is its `heading`; yaw grows to the right, pitch upwards, as the hall's format has it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Spot = tuple[float, float, float]


@dataclass(frozen=True)
class Scene:
    """A point one stands on: eye (metres), heading (degrees from north, clockwise), exposure in stops."""

    eye: Spot
    heading: float
    exposure: float = 0.0


SCENES = {
    "court": Scene((0.0, -13.4, 1.62), 0.0, 0.35),
    "hall": Scene((0.0, 0.4, 1.95), 0.0, 1.35),
    "precepts": Scene((9.0, 11.3, 1.95), 14.0, 1.3),
    "well": Scene((2.0, 10.6, 1.6), -44.0, 0.45),
    "study": Scene((-9.2, 11.75, 1.9), -12.0, 1.45),
    "mirror": Scene((-9.4, -9.0, 1.75), -90.0, 1.5),
    "garden": Scene((14.4, -9.75, 1.7), 58.0, 0.1),
    "pavilion": Scene((24.6, -4.2, 2.15), 248.0, 0.25),
}

THINGS: dict[str, Spot] = {
    # what one reads and looks at
    "pool": (2.9, -8.0, -0.2),
    "osmanthus": (6.4, -3.7, 3.0),
    "facade": (0.0, -2.0, 3.9),
    "lotus": (-3.2, -8.6, 0.15),
    "plaque": (0.0, 5.96, 4.15),
    "scroll": (0.0, 6.08, 2.45),
    "couplet": (-1.75, 6.06, 2.4),
    "preface": (-5.6, 6.02, 2.15),
    "model": (5.6, 6.02, 2.15),
    "lamps": (2.6, 2.2, 3.4),
    "precept_1": (12.2, 9.78, 2.1),
    "precept_2": (12.2, 12.93, 2.1),
    "precept_3": (12.2, 16.08, 2.1),
    "precept_4": (12.2, 19.23, 2.1),
    "family_tree": (9.3, 20.8, 2.35),
    "zither": (9.3, 19.4, 1.1),
    "well": (-1.9, 12.4, 0.5),
    "stele": (-2.6, 16.35, 1.35),
    "bucket": (-1.54, 12.52, 1.0),
    "plum": (3.4, 15.6, 1.7),
    "abacus": (-9.15, 13.32, 1.18),
    "ledger": (-9.95, 13.3, 1.17),
    "books": (-12.1, 9.9, 1.6),
    "moon_window": (-12.4, 13.4, 1.95),
    "motto": (-9.3, 16.2, 2.6),
    "bronze": (-13.85, -9.0, 1.8),
    "scales": (-12.2, -11.5, 1.25),
    "measure": (-12.2, -6.5, 1.25),
    "gift": (-10.1, -6.5, 1.2),
    "keys": (-10.1, -11.5, 1.2),
    "words": (-11.1, -13.35, 2.75),
    "rocks": (18.6, -12.9, 1.4),
    "bamboo": (16.0, 2.6, 2.4),
    "pond": (20.3, -6.6, 0.0),
    "kiosk": (25.6, -3.4, 3.6),
    "zigzag": (20.4, -9.0, 0.5),
    "willow": (29.5, -11.0, 3.2),
    "tea": (25.6, -3.4, 1.4),
    "lilies": (17.2, -5.6, 0.0),
    # where one goes
    "to_hall": (0.0, -1.6, 1.7),
    "to_court": (0.0, -3.2, 1.3),
    "to_mirror": (-8.0, -9.0, 1.4),
    "from_mirror": (-8.0, -9.0, 1.4),
    "to_garden": (8.0, -9.6, 1.5),
    "from_garden": (8.0, -9.6, 1.5),
    "to_well": (3.25, 6.2, 1.5),
    "from_well": (3.25, 7.6, 1.6),
    "to_precepts": (6.2, 10.1, 1.55),
    "from_precepts": (6.2, 10.1, 1.6),
    "to_study": (-6.2, 11.2, 1.55),
    "from_study": (-6.2, 11.2, 1.6),
    "to_kiosk": (23.6, -4.6, 1.2),
    "from_kiosk": (16.8, -9.4, 0.9),
}


def angles(scene: str, thing: str) -> tuple[float, float]:
    """Return yaw and pitch in degrees, one decimal, under which a thing is seen from a scene.

    Raises:
        KeyError: If there is no such scene or thing.
    """
    eye, seen = SCENES[scene].eye, THINGS[thing]
    east, north, up = (b - a for a, b in zip(eye, seen, strict=True))
    compass = math.degrees(math.atan2(east, north))
    yaw = (compass - SCENES[scene].heading + 180.0) % 360.0 - 180.0
    return round(yaw, 1), round(math.degrees(math.atan2(up, math.hypot(east, north))), 1)
