"""What every story of a vehicle is told with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from qingfeng.screening.sample.district import District, Spot, Unit
from qingfeng.screening.sample.driving import Fill, Order, Plan, Stay
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.people import People
from qingfeng.screening.sample.vehicles import Fleet, Vehicle, anything

APART = 31  # fuel stories of one card keep out of each other's month: three in one would be a fourth
EACH = 8  # stories of either kind a rule


@dataclass
class Stage:
    """The district as a story finds it.

    Attributes:
        rosters: Rest days on which a whole unit is on duty: (unit name, day).
    """

    life: Life
    district: District
    people: People
    fleet: Fleet
    plan: Plan
    rosters: set[tuple[str, date]] = field(default_factory=set)

    def chance(self, rule: str) -> Random:
        """Return the chances of a rule's stories."""
        return self.life.chance(f"plants {rule}")

    def work_days(self, rng: Random, count: int = EACH, *, ahead: int = 0, behind: int = 0) -> list[date]:
        """Return working days spread over the records, in order.

        Args:
            rng: The story's chances.
            count: How many.
            ahead: Days of records that must follow.
            behind: Days of records that must come before.
        """
        return self._spread(rng, self.life.work_days, count, (behind, ahead))

    def rest_days(
        self,
        rng: Random,
        count: int = EACH,
        *,
        fits: Callable[[date], bool] = anything,
    ) -> list[date]:
        """Return rest days spread over the records, in order."""
        return self._spread(rng, [d for d in self.life.rest_days if fits(d)], count, (0, 0))

    def _spread(self, rng: Random, days: list[date], count: int, around: tuple[int, int]) -> list[date]:
        behind, ahead = around
        since = self.life.first + timedelta(days=3 + behind)
        until = self.life.last - timedelta(days=3 + ahead)
        usable = [day for day in days if since <= day <= until]
        if not usable:
            return []
        share = len(usable) / count
        return [usable[min(len(usable) - 1, int((n + rng.random()) * share))] for n in range(count)]

    def free(
        self,
        rng: Random,
        day: date,
        *,
        span: int = 1,
        apart: int = 3,
        located: bool | None = None,
        unit: Unit | None = None,
        fits: Callable[[Vehicle], bool] = anything,
    ) -> Vehicle:
        """Return a vehicle that the story may use on these days; no roster covers them."""
        days = [day + timedelta(days=n) for n in range(span)]

        def usable(vehicle: Vehicle) -> bool:
            covered = any((vehicle.unit.name, d) in self.rosters for d in days)
            return not covered and fits(vehicle) and (located is None or vehicle.located == located)

        return self.fleet.for_story(rng, day, span=span, apart=apart, unit=unit, fits=usable)

    def errand(
        self,
        vehicle: Vehicle,
        start: datetime,
        fills: list[Fill],
        *,
        station: Spot | None = None,
        order: bool = True,
    ) -> None:
        """Drive to a station and home, with or without an order."""
        station = station or self.station_for(vehicle)
        paper = Order(f"赴{station.name}加油", station.name) if order else None
        self.plan.go(vehicle, start, [Stay(station, 12 + 4 * len(fills), fills)], paper)

    def station_for(self, vehicle: Vehicle, rank: int = 0) -> Spot:
        """Return the nearest station, or one further."""
        return sorted(self.district.stations, key=lambda s: s.away(vehicle.yard))[rank]

    def site_far_from(self, rng: Random, vehicle: Vehicle, least_km: float = 2.4) -> Spot:
        """Return a working place at some distance from a vehicle's yard."""
        spots = [s for s in self.district.sites if s.away(vehicle.yard) >= least_km]
        return rng.choice(spots)

    def lot_far_from(self, rng: Random, vehicle: Vehicle, least_km: float = 2.4) -> Spot:
        """Return a car park at some distance from a vehicle's yard."""
        spots = [s for s in self.district.lots if s.away(vehicle.yard) >= least_km]
        return rng.choice(spots)

    def units(self, rng: Random) -> Iterator[Unit]:
        """Yield units in a random order, again and again."""
        while True:
            order = list(self.district.units)
            rng.shuffle(order)
            yield from order


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day."""
    return datetime.combine(day, time(hour, minute))


def is_petrol(vehicle: Vehicle) -> bool:
    """Whether a vehicle burns petrol only."""
    return vehicle.fuel == "汽油"


def is_diesel(vehicle: Vehicle) -> bool:
    """Whether a vehicle burns diesel."""
    return vehicle.fuel == "柴油"


def some(rng: Random, vehicle: Vehicle) -> float:
    """Return the litres of an ordinary fill."""
    return vehicle.tank * rng.uniform(0.42, 0.8)


def morning(rng: Random, day: date) -> datetime:
    """Return a moment of a morning."""
    return at(day, rng.randint(8, 10), rng.randrange(60))
