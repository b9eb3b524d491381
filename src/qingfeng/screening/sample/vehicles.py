"""The fleet: vehicles, their drivers, their fuel cards, and when each is free for a story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.district import District, Spot, Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.people import People, Person

SERIALS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
EXEMPT = ("执法执勤", "应急保障", "特种专业技术", "环卫")
ORDINARY = "一般公务"


@dataclass(eq=False)
class Vehicle:
    """A vehicle on the register.

    Attributes:
        plate: Normalised plate.
        fuel: 汽油, 柴油, 纯电 or 插混.
        tank: Litres.
        rated: Litres per 100 km.
        located: Whether it has a locator.
        card: Number of its fuel card, "" if it has none.
        odometer: Kilometres on the first day.
        yard: Its registered place.
        taken: Days that a story needs for itself: nothing else happens on them.
        stories: Days around which another story would blur the first.
        duty: Days on which the roster names it.
    """

    plate: str
    unit: Unit
    use: str
    model: str
    fuel: str
    octane: int
    tank: float
    rated: float
    located: bool
    card: str
    driver: Person
    odometer: float
    status: str = "在用"
    status_from: date | None = None
    taken: set[date] = field(default_factory=set)
    stories: list[date] = field(default_factory=list)
    duty: set[date] = field(default_factory=set)
    idle: bool = False

    @property
    def yard(self) -> Spot:
        """Where it belongs at night."""
        return self.unit.yard

    @property
    def product(self) -> str:
        """What its tank takes, as a station spells it."""
        return "0号车用柴油" if self.fuel == "柴油" else f"{self.octane or 92}号车用汽油"

    def take(self, *days: date) -> None:
        """Keep days free of everything else."""
        self.taken.update(days)

    @property
    def burns(self) -> bool:
        """Whether it has a tank."""
        return self.tank > 0


def anything(_: object) -> bool:
    """Ask for nothing."""
    return True


class Fleet:
    """All vehicles, and the choosing of one for a story."""

    def __init__(self, life: Life, district: District, people: People) -> None:
        self.life, self.district, self.people = life, district, people
        self.rng = life.chance("fleet")
        self.all: list[Vehicle] = []
        self.plates: set[str] = set()
        self._cards: set[str] = set()
        for unit in district.units:
            for _ in range(self.rng.randint(4, 7)):
                self.buy(unit)

    def plate(self, prefix: str, *, green: bool = False) -> str:
        """Return a plate not given before."""
        while True:
            body = "".join(self.rng.choice("0123456789") for _ in range(4))
            body = f"D{self.rng.choice('ABCDEFGH')}{body}" if green else self.rng.choice(SERIALS) + body
            if prefix + body not in self.plates:
                self.plates.add(prefix + body)
                return prefix + body

    def card(self) -> str:
        """Return a card number not given before, 19 digits."""
        while (number := f"9030{self.rng.randrange(10**14):014d}{self.rng.randint(1, 9)}") in self._cards:
            pass
        self._cards.add(number)
        return number

    def buy(
        self,
        unit: Unit,
        *,
        use: str = "",
        fuel: str = "",
        located: bool | None = None,
        status: tuple[str, date | None] = ("在用", None),
        tank: float = 0.0,
        idle: bool = False,
    ) -> Vehicle:
        """Put a vehicle, its driver and its card on the registers."""
        rng = self.rng
        models = [m for m in self.life.words["models"] if (m[1] == fuel if fuel else True)]
        weights = [1 if m[1] in ("纯电", "插混") else 4 for m in models]
        model, kind, octane, litres, rated, engine, price = rng.choices(models, weights)[0]
        use = use or (ORDINARY if rng.random() < 0.8 else rng.choice(EXEMPT))
        vehicle = Vehicle(
            plate=self.plate("苏M", green=kind in ("纯电", "插混")),
            unit=unit,
            use=use,
            model=model,
            fuel=kind,
            octane=octane,
            tank=tank or float(litres),
            rated=float(rated),
            located=rng.random() < 0.6 if located is None else located,
            card=self.card() if litres else "",
            driver=self.people.hire(unit, "驾驶员"),
            odometer=float(rng.randint(8_000, 160_000)),
            status=status[0],
            status_from=status[1],
            idle=idle,
        )
        self.all.append(vehicle)
        self._register(vehicle, engine, price)
        return vehicle

    def _register(self, vehicle: Vehicle, engine: str, price: int) -> None:
        rng = self.rng
        self.life.add(
            "vehicle",
            plate=vehicle.plate,
            unit=vehicle.unit.name,
            use_type=vehicle.use,
            model=vehicle.model,
            fuel_type=vehicle.fuel,
            required_octane=vehicle.octane or None,
            tank_l=vehicle.tank or None,
            rated_l100=vehicle.rated or None,
            engine_l=engine or None,
            price=float(price),
            bought_on=date(rng.randint(2014, 2023), rng.randint(1, 12), rng.randint(1, 28)),
            status=vehicle.status,
            status_from=vehicle.status_from,
            parking_lon=round(vehicle.yard.lon, 6),
            parking_lat=round(vehicle.yard.lat, 6),
            parking_place=vehicle.yard.name,
            locator_no=f"BD{rng.randrange(10**9):09d}" if vehicle.located else None,
        )
        if vehicle.card:
            self.register_card(vehicle.card, vehicle.plate, vehicle.unit, holder=vehicle.driver.name)

    def register_card(
        self, card: str, plate: str | None, unit: Unit, *, holder: str = "", status: str = "正常"
    ) -> None:
        """Put a fuel card on the register."""
        self.life.add(
            "fuel_card",
            card=card,
            plate=plate,
            unit=unit.name,
            holder=holder,
            master_card=f"9030000000000{unit.number:05d}8",
            opened_on=date(self.rng.randint(2018, 2024), self.rng.randint(1, 12), self.rng.randint(1, 28)),
            status=status,
            credit_limit=5000.0,
        )

    def for_story(
        self,
        rng: Random,
        day: date,
        *,
        span: int = 1,
        apart: int = 3,
        unit: Unit | None = None,
        fits: Callable[[Vehicle], bool] = anything,
    ) -> Vehicle:
        """Return a vehicle that is free for a story, and take its days.

        Args:
            rng: The story's chances.
            day: The story's first day.
            span: Its length in days; a story longer than four days takes its first, and its
                teller takes the others.
            apart: Days that no other story of the vehicle may come near.
            unit: Whose it must be, None for any unit's.
            fits: What else is asked of it.

        Returns:
            An ordinary vehicle in use with a tank; a new one if the fleet has none free.
        """
        days = [day + timedelta(days=n) for n in range(-1, span + 1)]
        order = list(self.all)
        rng.shuffle(order)
        for vehicle in order:
            if unit in (None, vehicle.unit) and self._free(vehicle, days, apart) and fits(vehicle):
                break
        else:
            vehicle = self._bought_for(rng, unit, fits)
        vehicle.take(*(days if span <= 4 else days[:3]))
        vehicle.stories += [day, days[-1]]
        return vehicle

    def _free(self, vehicle: Vehicle, days: list[date], apart: int) -> bool:
        usable = vehicle.use == ORDINARY and vehicle.burns and not vehicle.idle and vehicle.status == "在用"
        if not usable or vehicle.taken.intersection(days) or vehicle.duty.intersection(days):
            return False
        near = max(apart, 3)
        return all((days[0] - s).days > near or (s - days[-1]).days > near for s in vehicle.stories)

    def _bought_for(self, rng: Random, unit: Unit | None, fits: Callable[[Vehicle], bool]) -> Vehicle:
        units = [unit] if unit else rng.sample(self.district.units, len(self.district.units))
        for owner in units:
            for located in (False, True):
                for fuel in ("汽油", "柴油"):
                    vehicle = self.buy(owner, use=ORDINARY, fuel=fuel, located=located)
                    if fits(vehicle):
                        return vehicle
        raise AssertionError("no vehicle of the lists fits the story")  # pragma: no cover
