"""Where the district lies and what stands in it: spots, places with a boundary, units.

The coordinates are open sea. Every spot has a cell of its own on a grid of one
kilometre, so that no stop lies in a place by accident.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qingfeng.screening.sample.life import Life

CENTRE_LON, CENTRE_LAT = 124.0, 30.5
KM_PER_DEGREE = 111.195
CELL_KM = 1.2
ROAD = 1.3  # a road is longer than a straight line


@dataclass(frozen=True)
class Spot:
    """A point on the map.

    Attributes:
        name: As records spell it.
        kind: Place class, or 办公地, 工作点, 城市.
        east: Kilometres east of the centre.
        north: Kilometres north of it.
        radius_m: How far the place reaches.
    """

    name: str
    kind: str
    east: float
    north: float
    radius_m: int = 0

    @property
    def lon(self) -> float:
        """Degrees, WGS-84."""
        return CENTRE_LON + self.east / (KM_PER_DEGREE * math.cos(math.radians(CENTRE_LAT)))

    @property
    def lat(self) -> float:
        """Degrees, WGS-84."""
        return CENTRE_LAT + self.north / KM_PER_DEGREE

    def away(self, other: Spot) -> float:
        """Kilometres in a straight line."""
        return math.hypot(self.east - other.east, self.north - other.north)

    def road(self, other: Spot) -> float:
        """Kilometres to drive, to a tenth, at least half a kilometre."""
        return max(0.5, round(self.away(other) * ROAD, 1))

    def near(self, name: str, km: float, angle: float) -> Spot:
        """Return a spot at a distance and a direction (radians) from this one."""
        return Spot(name, "工作点", self.east + km * math.cos(angle), self.north + km * math.sin(angle))


@dataclass(eq=False)
class Unit:
    """A supervised unit.

    Attributes:
        name: Registered name, the unit's id.
        short: As people say it.
        aliases: Other spellings on the register.
        kind: 机关, 参公, 事业, 国企, 镇街.
        yard: Where its vehicles belong.
        union: Name of its union.
    """

    name: str
    short: str
    aliases: tuple[str, ...]
    kind: str
    code: str
    yard: Spot
    union: str
    number: int
    leader: str = ""


@dataclass
class District:
    """Spots by class, and the units."""

    units: list[Unit] = field(default_factory=list)
    sites: list[Spot] = field(default_factory=list)
    stations: list[Spot] = field(default_factory=list)
    lots: list[Spot] = field(default_factory=list)
    sensitive: list[Spot] = field(default_factory=list)
    cities: list[Spot] = field(default_factory=list)
    gates: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[Spot]:
        """Return the sensitive places of a class."""
        return [spot for spot in self.sensitive if spot.kind == kind]

    def far(self, least_km: float, most_km: float) -> list[Spot]:
        """Return the cities at a distance."""
        return [spot for spot in self.cities if least_km <= math.hypot(spot.east, spot.north) <= most_km]


def found(life: Life, units: int) -> District:
    """Lay out the district and write its registers of units, places and boundaries."""
    words, rng = life.words, life.chance("district")
    needed = units + sum(len(words[k]) for k in ("sites", "stations", "lots", "sensitive"))
    side = math.ceil(math.sqrt(needed * 1.7))
    cells = [(x - side / 2, y - side / 2) for x in range(side) for y in range(side)]
    rng.shuffle(cells)

    def spot(name: str, kind: str, radius_m: int = 0) -> Spot:
        x, y = cells.pop()
        return Spot(
            name, kind, x * CELL_KM + rng.uniform(-0.1, 0.1), y * CELL_KM + rng.uniform(-0.1, 0.1), radius_m
        )

    district = District(gates=list(words["gates"]))
    district.cities = [
        Spot(name, "城市", east + rng.uniform(-1.5, 1.5), north + rng.uniform(-1.5, 1.5))
        for name, east, north in words["cities"]
    ]
    district.sensitive = [spot(name, kind, radius) for name, kind, radius in words["sensitive"]]
    district.sites = [spot(name, "工作点") for name in words["sites"]]
    district.stations = [spot(name, "加油站", 80) for name in words["stations"]]
    district.lots = [spot(name, "停车场", 90) for name in words["lots"]]
    for number, (name, short, kind) in enumerate(_unit_names(life, units)):
        yard = spot(f"{short}院内", "自有院落", 130)
        district.units.append(_unit(life, name, short, kind, yard, number))
    _register(life, district)
    return district


def _unit_names(life: Life, units: int) -> list[tuple[str, str, str]]:
    words, rng = life.words, life.chance("units")
    area = words["district"]
    bureaus = [(f"{area}{full}", f"区{short}", kind) for full, short, kind in words["bureaus"]]
    towns = [(f"{area}{town}镇人民政府", f"{town}镇", "镇街") for town in words["towns"]]
    rng.shuffle(bureaus)
    rng.shuffle(towns)
    names = [*bureaus[: max(1, round(units * 0.75))], *towns]
    names = [*names[:units], *bureaus[max(1, round(units * 0.75)) :], *towns]
    names = list(dict.fromkeys(names))
    for town in words["towns"]:
        names += [(f"{area}{town}{kind}", f"{town}{kind}", "事业") for kind in words["institutes"]]
    return names[:units]


def _unit(life: Life, name: str, short: str, kind: str, yard: Spot, number: int) -> Unit:
    area = life.words["district"]
    aliases = (
        (f"{life.words['city']}{name}", f"{name}机关")
        if kind != "镇街"
        else (f"{area}{short}", f"{short}政府")
    )
    code = f"1299{life.seed % 90 + 10:02d}{number:03d}MB{life.chance(name).randrange(10**6):06d}X"
    return Unit(name, short, aliases, kind, code, yard, f"{name}工会委员会", number)


def _register(life: Life, district: District) -> None:
    _register_units(life, district)
    for number, city in enumerate(district.cities):
        life.add(
            "place",
            name=city.name,
            adcode=f"99{number:02d}00",
            lon=round(city.lon, 6),
            lat=round(city.lat, 6),
        )
    _register_fences(life, district)


def _register_units(life: Life, district: District) -> None:
    rng = life.chance("registers")
    where = life.words["city"] + life.words["district"]
    for unit in district.units:
        life.add(
            "unit",
            name=unit.name,
            short_name=unit.short,
            aliases="、".join(unit.aliases),
            kind=unit.kind,
            parent=life.words["district"] + "人民政府",
            credit_code=unit.code,
            address=f"{where}{rng.choice(life.words['towns'])}路{rng.randint(1, 299)}号",
            lon=round(unit.yard.lon, 6),
            lat=round(unit.yard.lat, 6),
            headcount=rng.randint(22, 40),
            vehicle_quota=12,
            reception_budget=rng.randint(30, 120) * 1000,
            union_name=unit.union,
            is_ours="是",
        )


def _register_fences(life: Life, district: District) -> None:
    yards = [unit.yard for unit in district.units]
    fenced = [*district.sensitive, *district.stations, *district.lots, *yards]
    for number, spot in enumerate(fenced, 1):
        kinds: dict[str, Any] = {"class": spot.kind}
        life.add(
            "geofence",
            place_id=f"P{number:04d}",
            name=spot.name,
            **kinds,
            lon=round(spot.lon, 6),
            lat=round(spot.lat, 6),
            radius_m=spot.radius_m,
            coord_sys="WGS84",
            valid_from=date(2020, 1, 1),
            source="区级点位普查",
        )
