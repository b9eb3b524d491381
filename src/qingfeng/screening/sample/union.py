"""What unions give their members at festivals and on birthdays."""

from __future__ import annotations

from datetime import date, timedelta

from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.payroll import Payroll
from qingfeng.screening.sample.people import People, Person
from qingfeng.screening.sample.records import Case, Row

GOODS = {
    "元旦": "米面油",
    "春节": "年货礼包",
    "清明节": "青团",
    "劳动节": "毛巾套装",
    "端午节": "粽子礼盒",
    "中秋节": "月饼礼盒",
    "国庆节": "杂粮礼盒",
}


class Unions:
    """The unions' giving.

    Attributes:
        left_out: Members whose receipts a story writes itself.
    """

    def __init__(self, life: Life, people: People, payroll: Payroll) -> None:
        self.life, self.people, self.payroll = life, people, payroll
        self.rng = life.chance("union")
        self.left_out: set[str] = set()

    def festivals(self) -> list[tuple[str, date]]:
        """Return each festival of the records with the day of its giving, about ten days before."""
        found: dict[tuple[str, int], date] = {}
        for day in self.life.days:
            if day.day_kind == "holiday" and day.holiday_name in GOODS:
                found.setdefault((day.holiday_name, day.date.year), day.date)
        given = ((name, self._giving(first)) for (name, _), first in found.items())
        return [(name, day) for name, day in given if self.life.knows(day)]

    def _giving(self, first: date) -> date:
        day = first - timedelta(days=9)
        while self.life.is_rest(day):
            day -= timedelta(days=1)
        return day

    def live(self, units: list[Unit]) -> None:
        """Write every union's year."""
        for unit in units:
            members = [p for p in self.people.serving(unit) if p.number not in self.payroll.ends]
            for name, day in self.festivals():
                amount = float(self.rng.choice((180, 200, 210, 220)))
                exp = self.spend(unit, day, name, GOODS[name], amount, len(members))
                for person in members:
                    if person.number not in self.left_out:
                        self.give(person, day, GOODS[name], amount, exp)
            for person in self.rng.sample(members, len(members) // 3):
                if person.number not in self.left_out:
                    day = self.rng.choice(self.life.work_days)
                    exp = self.spend(unit, day, "生日慰问", "蛋糕", 200.0, 1)
                    self.give(person, day, "生日蛋糕", 200.0, exp)

    def spend(self, unit: Unit, day: date, festival: str, item: str, each: float, heads: int) -> str:
        """Write an expense and return its number."""
        number = f"GH{day:%Y%m}-{self.life.serial('union_exp'):04d}"
        self.life.add(
            "union_exp",
            exp_id=number,
            union_name=unit.union,
            date=day,
            purpose="会员慰问",
            festival=festival,
            item=item,
            qty=float(heads),
            rate=each,
            amount=each * heads,
            vendor="清河惠民超市有限公司",
            form="实物",
            basis="基层工会经费收支管理办法",
        )
        return number

    def give(
        self, person: Person, day: date, item: str, amount: float, exp: str, cases: tuple[Case, ...] = ()
    ) -> Row:
        """Write what a member received."""
        return self.life.add(
            "union_recv",
            cases,
            exp_id=exp,
            name=person.name,
            id=person.number,
            unit=person.unit.name,
            item=item,
            amount=amount,
            date=day,
        )
