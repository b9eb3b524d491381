"""Areas of the district (易发区): one kind of unit fills over its tanks more than its fleet explains.

The twin is the kind of unit with the largest fleet: as many fills over the tank are told of it, on so many
more vehicles that the common rate explains them. `areas.jsonl` says which is which, as cells that pages of
prone areas ask for.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qingfeng.screening.sample.plants.fuel import overfill
from qingfeng.screening.sample.plants.stage import APART
from qingfeng.screening.sample.records import TWIN, VIOLATION

if TYPE_CHECKING:
    from qingfeng.screening.sample.district import District
    from qingfeng.screening.sample.plants.stage import Stage

RULE, EXPENSE = "fuel_over_tank_single", "vehicle_cost"
BY = ("unit_kind", "expense")
ACTS = 24  # fills over the tank told of either area, those of the rule's own stories among them
AHEAD = 40  # days of records after the last of them: enough for each to be verified by then
LEAST_UNITS, LEAST_KINDS = 2, 3  # one unit alone is no area; of two kinds neither is common
MOST_OF_ALL = 0.17  # of the units of a district: a larger kind would make the common rate itself


@dataclass(frozen=True)
class Area:
    """An area that is told of.

    Attributes:
        kind: `violation` for one that must be found, `twin` for one that must not.
        of_units: Kind of unit, in the register's own word.
    """

    kind: str
    of_units: str


def areas(district: District) -> tuple[Area, ...]:
    """Return the areas of a district: the smallest kind of several units, and the largest as its twin.

    None where no kind of several units is small enough beside the others, or too few kinds are there.
    """
    sizes = Counter(unit.kind for unit in district.units)
    several = [kind for kind, size in sizes.items() if size >= LEAST_UNITS]
    prone = min(several, key=lambda kind: (sizes[kind], kind), default="")
    if len(sizes) < LEAST_KINDS or not prone or sizes[prone] > MOST_OF_ALL * len(district.units):
        return ()
    largest = max(several, key=lambda kind: (sizes[kind], kind))
    return (Area(VIOLATION, prone), Area(TWIN, largest))


def overfill_often(stage: Stage) -> None:
    """Tell as many fills over the tank of both areas, unit by unit in turn; the others' stories stand."""
    for area in areas(stage.district):
        rng = stage.chance(f"areas {area.of_units}")
        units = [unit for unit in stage.district.units if unit.kind == area.of_units]
        wanted = max(0, ACTS - _told(stage, area.of_units))
        for number, day in enumerate(stage.work_days(rng, wanted, ahead=AHEAD) if wanted else ()):
            unit = units[number % len(units)]
            vehicle = stage.free(rng, day, apart=APART, unit=unit)
            overfill(stage, rng, vehicle, day, rng.uniform(2.0, 24.0))


def _told(stage: Stage, of_units: str) -> int:
    """Return how many fills over the tank are told of a kind of unit already."""
    return sum(
        RULE in case.rules and case.kind == VIOLATION
        for outing in stage.plan.outings
        if outing.vehicle.unit.kind == of_units
        for stay in outing.stays
        for fill in stay.fills
        for case in fill.cases
    )


def tell(stage: Stage, file: Path) -> None:
    """Write which area stands out and which must not; nothing where there is none."""
    told = areas(stage.district)
    if not told:
        return
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for area in told:
            out.write(json.dumps(_line(area), ensure_ascii=False) + "\n")


def _line(area: Area) -> dict[str, Any]:
    return {"by": BY, "key": (area.of_units, EXPENSE), "rules": [RULE], "kind": area.kind}
