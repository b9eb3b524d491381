"""Prepaid cards that units may buy: fuel, toll, canteen, bus, postage; and who got them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.books import Books
from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.people import People
from qingfeng.screening.sample.records import Case, Row

ALLOWED = (
    ("加油卡", "江淮石油清河分公司"),
    ("ETC卡", "江淮高速通行卡中心"),
    ("食堂饭卡", "云水机关餐饮服务中心"),
    ("公交卡", "清河公交卡务有限公司"),
    ("邮资", "江淮邮政清河分公司"),
)


class Cards:
    """Purchases of cards and their lists."""

    def __init__(self, life: Life, people: People, books: Books) -> None:
        self.life, self.people, self.books = life, people, books
        self.rng = life.chance("cards")

    def live(self, units: list[Unit]) -> None:
        """Write every unit's ordinary purchases: two or three a year, weeks apart."""
        for unit in units:
            for kind, issuer in self.rng.sample(ALLOWED, 3):
                day = self.rng.choice(self.life.work_days[5:-5])
                qty = self.rng.randint(3, 10)
                row = self.buy(unit, day, (kind, issuer), 200.0, qty)
                if kind in ("食堂饭卡", "公交卡"):
                    names = [p.name for p in self.rng.sample(self.people.of[unit.name], qty)]
                    self.issue(row, day + timedelta(days=self.rng.randint(1, 6)), names)

    def buy(
        self,
        unit: Unit,
        day: date,
        what: tuple[str, str],
        face: float,
        qty: int,
        cases: tuple[Case, ...] = (),
    ) -> Row:
        """Write a purchase of cards: kind and issuer, face value, how many."""
        return self.life.add(
            "card_buy",
            cases,
            buy_id=f"GK{day:%Y%m}-{self.life.serial('card_buy'):04d}",
            unit=unit.name,
            date=day,
            issuer=what[1],
            card_kind=what[0],
            face=face,
            qty=qty,
            amount=round(face * qty, 2),
            pay_method="转账",
            handler=self.rng.choice(self.people.of[unit.name]).name,
        )

    def issue(self, bought: Row, day: date, names: list[str], cases: tuple[Case, ...] = ()) -> list[Row]:
        """Write the list of those who got the cards of a purchase."""
        return [
            self.life.add(
                "card_issue",
                cases,
                buy_id=bought["buy_id"],
                unit=bought["unit"],
                date=min(day, self.life.last),
                name=name,
                face=bought["face"],
                signed="已签" if "*" not in name else name,
            )
            for name in names
        ]


def colleagues(rng: Random, people: People, unit: Unit, count: int) -> list[str]:
    """Return names of people of a unit."""
    return [person.name for person in rng.sample(people.of[unit.name], count)]
