"""Travel claims: every journey in one place at a time, with the papers of its money."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from qingfeng.screening.sample.books import Books, later
from qingfeng.screening.sample.district import District, Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.people import People, Person
from qingfeng.screening.sample.records import Case, Row


class Travel:
    """Journeys of all units' people."""

    def __init__(self, life: Life, district: District, people: People, books: Books) -> None:
        self.life, self.district, self.people, self.books = life, district, people, books
        self.rng = life.chance("travel")
        self._away: dict[str, list[tuple[date, date]]] = defaultdict(list)

    def live(self, units: list[Unit]) -> None:
        """Write everybody's ordinary journeys."""
        for unit in units:
            for person in self.people.of[unit.name]:
                for _ in range(self.rng.choice((0, 1, 1, 2, 3)) * max(1, len(self.life.days) // 365)):
                    since = self.rng.choice(self.life.work_days[3:-8] or self.life.work_days)
                    until = since + timedelta(days=self.rng.randint(0, 4))
                    if self.is_free(person, since, until):
                        self.claim(person, since, until, self.rng.choice(self.district.far(80, 400)).name)

    def is_free(self, person: Person, since: date, until: date) -> bool:
        """Whether somebody is at home from two days before to two days after."""
        gap = timedelta(days=2)
        return all(until + gap < a or b + gap < since for a, b in self._away[person.number])

    def claim(
        self, person: Person, since: date, until: date, place: str, cases: tuple[Case, ...] = ()
    ) -> Row:
        """Write a claim and its voucher."""
        rng, days = self.rng, (until - since).days
        self._away[person.number].append((since, until))
        lodging = float(days * rng.randint(22, 33) * 10)
        meals, local = 100.0 * (days + 1), 80.0 * (days + 1)
        row = self.life.add(
            "travel_claim",
            cases,
            claim_id=f"CL{since:%Y%m}-{self.life.serial('claim'):05d}",
            id=person.number,
            name=person.name,
            unit=person.unit.name,
            departed_on=since,
            returned_on=until,
            places=place,
            purpose=rng.choice(self.life.words["purposes_travel"]),
            transport=rng.choice(("火车", "长途客车", "动车")),
            lodging_nights=float(days),
            lodging_amount=lodging,
            hotel=f"{place}迎宾招待所" if days else None,
            meal_allowance=meals,
            local_transport_allowance=local,
            approved_days=float(days + 1),
            approval_no=f"CC{since:%Y%m%d}{rng.randrange(1000):03d}",
        )
        entry = (f"报销赴{place}出差费用", "30211", "差旅费", lodging + meals + local, "")
        self.books.voucher(
            person.unit, later(self.life, rng, until), [entry], payee=person.name, pay="公务卡"
        )
        return row
