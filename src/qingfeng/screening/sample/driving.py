"""What vehicles did: outings with stays, fills, toll passages and parking, and their orders.

A story is told once, as what happened. What each office has on record of it (order,
locator, station, gate, car park) follows from it in `motoring`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qingfeng.screening.sample.district import Spot
from qingfeng.screening.sample.people import Person
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.vehicles import Vehicle

TOWN_KMH = 38.0
HIGHWAY_KMH = 84.0
HIGHWAY_FROM_KM = 22.0


@dataclass
class Fill:
    """A transaction at a station.

    Attributes:
        litres: None for goods.
        product: "" for what the tank takes.
        at: When, if the vehicle was not there; else it follows from the stay.
        station: Where, if the vehicle was not there.
        odometer: Whether the receipt has it.
        fields: Columns that differ from the ordinary.
    """

    litres: float | None
    product: str = ""
    txn_type: str = "加油"
    cases: tuple[Case, ...] = ()
    at: datetime | None = None
    station: Spot | None = None
    odometer: bool = True
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass
class Stay:
    """A drive to a spot and the time spent there.

    Attributes:
        minutes: Time spent.
        fills: What was bought there.
        parked: Whether a car park has it on record.
        toll: Entry and exit gate of the drive there, None if it took no toll road.
        km: Kilometres of the drive, None for what the road gives.
        cases: Shown on the locator's stop.
        move_cases: Shown on the locator's segment of the drive there.
        park_cases: Shown on the car park's record.
        toll_cases: Shown on the toll passage.
    """

    spot: Spot
    minutes: int
    fills: list[Fill] = field(default_factory=list)
    parked: bool = False
    toll: tuple[str, str] | None = None
    km: float | None = None
    cases: tuple[Case, ...] = ()
    move_cases: tuple[Case, ...] = ()
    park_cases: tuple[Case, ...] = ()
    toll_cases: tuple[Case, ...] = ()


@dataclass
class Order:
    """The paper of an outing.

    Attributes:
        before: Minutes from the order's departure to the real one.
        after: Minutes from the real return to the order's.
        fields: Columns that differ from the ordinary.
    """

    purpose: str
    to: str
    before: int = 10
    after: int = 12
    cases: tuple[Case, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass
class Outing:
    """A vehicle leaves, stays somewhere and (unless told otherwise) comes home.

    Attributes:
        back: Whether it returns to its yard at the end.
        back_toll: Gates of the way home.
        back_cases: Shown on the locator's segment of the way home.
        rest_cases: Shown on the locator's stop that follows the outing.
        online: Share of time that the locator was heard, None for the vehicle's own.
    """

    vehicle: Vehicle
    start: datetime
    stays: list[Stay]
    order: Order | None = None
    back: bool = True
    back_toll: tuple[str, str] | None = None
    back_cases: tuple[Case, ...] = ()
    back_toll_cases: tuple[Case, ...] = ()
    rest_cases: tuple[Case, ...] = ()
    online: float | None = None


@dataclass
class Paper:
    """An order that nobody drove, or that tells of a drive otherwise on record.

    Attributes:
        km: Kilometres it states.
        odometer: Difference of its odometer readings.
    """

    vehicle: Vehicle
    leave: datetime
    home: datetime
    purpose: str
    to: str
    km: float
    odometer: float
    cases: tuple[Case, ...] = ()
    driver: Person | None = None


@dataclass
class Passage:
    """A toll passage or a car park's record without the vehicle's locator beside it."""

    vehicle: Vehicle
    at: datetime
    minutes: int
    cases: tuple[Case, ...]
    gates: tuple[str, str] | None = None
    lot: Spot | None = None


def drive_minutes(km: float) -> int:
    """Return how long a drive takes, whole minutes, at least 3."""
    return max(3, round(km / (HIGHWAY_KMH if km >= HIGHWAY_FROM_KM else TOWN_KMH) * 60))


@dataclass
class Step:
    """One drive and the stay after it, with times."""

    leave: datetime
    arrive: datetime
    go_on: datetime
    km: float
    origin: Spot
    stay: Stay


def steps(outing: Outing, origin: Spot) -> list[Step]:
    """Return an outing's drives and stays in order, the way home last (stay of 0 minutes)."""
    found = []
    at, here = outing.start, origin
    stays = list(outing.stays)
    if outing.back:
        stays.append(
            Stay(
                outing.vehicle.yard,
                0,
                toll=outing.back_toll,
                move_cases=outing.back_cases,
                toll_cases=outing.back_toll_cases,
            )
        )
    for stay in stays:
        km = here.road(stay.spot) if stay.km is None else stay.km
        arrive = at + timedelta(minutes=drive_minutes(km))
        go_on = arrive + timedelta(minutes=stay.minutes)
        found.append(Step(at, arrive, go_on, km, here, stay))
        at, here = go_on, stay.spot
    return found


def end_of(outing: Outing) -> datetime:
    """Return when an outing that begins at the yard is over."""
    return steps(outing, outing.vehicle.yard)[-1].go_on


@dataclass
class Plan:
    """Everything vehicles do in the year."""

    outings: list[Outing] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    absent_fills: list[tuple[Vehicle, Fill]] = field(default_factory=list)

    def go(
        self,
        vehicle: Vehicle,
        start: datetime,
        stays: list[Stay],
        order: Order | None = None,
        **more: Any,
    ) -> Outing:
        """Plan an outing and return it."""
        outing = Outing(vehicle, start, stays, order, **more)
        self.outings.append(outing)
        return outing
