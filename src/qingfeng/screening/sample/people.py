"""Who works in the district: names from syllables, numbers of an area that does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
AREA = "9901"  # no division has a code that begins with 99


@dataclass(eq=False)
class Person:
    """Somebody on a roster.

    Attributes:
        number: Identity number with a valid check digit.
        account: Bank account, 19 digits.
        wages: Basic pay, allowance and performance pay, yuan a month.
    """

    name: str
    number: str
    unit: Unit
    post: str
    rank: str
    status: str
    status_from: date | None
    hired: date
    account: str
    wages: tuple[float, float, float]
    member: bool = True


class Names:
    """Gives every person a name that nobody else of the district has."""

    def __init__(self, life: Life) -> None:
        self._rng = life.chance("names")
        self._words = life.words
        self._taken: set[str] = set()

    def fresh(self) -> str:
        """Return a name not given before."""
        while True:
            name: str = self._rng.choice(self._words["surnames"]) + self._rng.choice(
                self._words["given_second"]
            )
            if self._rng.random() < 0.8:
                name = name[0] + self._rng.choice(self._words["given_first"]) + name[1]
            if name not in self._taken:
                self._taken.add(name)
                return name


def identity(rng: Random, born: date) -> str:
    """Return an 18-digit number of the fictional area, check digit included."""
    body = f"{AREA}{rng.randrange(1, 30):02d}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return body + CHECKS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


class People:
    """The rosters of all units.

    Attributes:
        of: People in service by unit name, the leader first.
        drivers: Drivers by unit name.
        gone: People who died within the records: (person, day).
        retired: People who retired before or within the records.
    """

    def __init__(self, life: Life, units: list[Unit]) -> None:
        self.life = life
        self.names = Names(life)
        self.rng = life.chance("people")
        self.of: dict[str, list[Person]] = {unit.name: [] for unit in units}
        self.drivers: dict[str, list[Person]] = {unit.name: [] for unit in units}
        self.gone: list[tuple[Person, date]] = []
        self.retired: list[Person] = []
        self._numbers: set[str] = set()
        for unit in units:
            self._staff(unit)

    def _staff(self, unit: Unit) -> None:
        for place in range(self.rng.randint(22, 30)):
            post = (
                ("局长", "副局长", "办公室主任")[place]
                if place < 3
                else self.rng.choice(("科长", "科员", "工作人员"))
            )
            self.hire(unit, post)
        unit.leader = self.of[unit.name][0].name
        for _ in range(2):
            left = self.life.first - timedelta(days=self.rng.randint(60, 1500))
            self.retired.append(self.hire(unit, "科员", status="退休", since=left))

    def hire(
        self, unit: Unit, post: str, *, status: str = "在职", since: date | None = None, name: str = ""
    ) -> Person:
        """Put somebody on a unit's roster and on record."""
        rng = self.rng
        born = date(rng.randint(1966, 2000), rng.randint(1, 12), rng.randint(1, 28))
        if status == "退休":
            born = born.replace(year=rng.randint(1958, 1964))
        while (number := identity(rng, born)) in self._numbers:
            pass
        self._numbers.add(number)
        rank = {"局长": "正科级", "副局长": "副科级", "办公室主任": "股级", "驾驶员": "工勤"}.get(
            post, "科员"
        )
        base = {"正科级": 4100.0, "副科级": 3600.0, "股级": 3150.0, "工勤": 2500.0}.get(rank, 2800.0)
        wages = (
            base + rng.randint(0, 60) * 10,
            base * 0.7 + rng.randint(0, 40) * 10,
            800.0 + rng.randint(0, 50) * 10,
        )
        person = Person(
            name=name or self.names.fresh(),
            number=number,
            unit=unit,
            post=post,
            rank=rank,
            status=status,
            status_from=since,
            hired=born.replace(year=born.year + 23) + timedelta(days=rng.randrange(200)),
            account="6229" + f"{rng.randrange(10**14):014d}" + str(rng.randint(1, 9)),
            wages=wages,
        )
        if status == "在职":
            (self.drivers if post == "驾驶员" else self.of)[unit.name].append(person)
        self._record(person)
        return person

    def outsider(self) -> str:
        """Return the name of somebody on no roster."""
        return self.names.fresh()

    def _record(self, person: Person) -> None:
        retired = person.status_from if person.status == "退休" else None
        self.life.add(
            "person",
            id=person.number,
            name=person.name,
            unit=person.unit.name,
            post=person.post,
            rank=person.rank,
            status=person.status,
            status_from=person.status_from,
            hire_date=person.hired,
            retire_date=retired,
            transport_allowance=650.0 if person.rank in ("正科级", "副科级", "股级", "科员") else None,
            union_member="是",
            account=person.account,
            phone=f"199{self.rng.randrange(10**8):08d}",
        )

    def serving(self, unit: Unit) -> list[Person]:
        """Return everybody in service, drivers too."""
        return [*self.of[unit.name], *self.drivers[unit.name]]
