"""What people are paid: wages, allowances, leave, and what ends it."""

from __future__ import annotations

from datetime import date, timedelta

from qingfeng.screening.sample.books import Books
from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.people import People, Person
from qingfeng.screening.sample.records import Case, Row

ITEMS = ("基本工资", "津贴补贴", "绩效工资")


class Payroll:
    """Wages and allowances of all units.

    Attributes:
        ends: Last month paid by the person's own unit, where it is not the last of the records.
        starts: First month paid, where it is not the first.
    """

    def __init__(self, life: Life, people: People, books: Books) -> None:
        self.life, self.people, self.books = life, people, books
        self.rng = life.chance("payroll")
        self.ends: dict[str, date] = {}
        self.starts: dict[str, date] = {}

    def live(self, units: list[Unit]) -> None:
        """Write every month's wages, duty allowances and leave."""
        for unit in units:
            for month in self.life.months:
                self._wages(unit, month)
                self._duty_pay(unit, month)
            self._leave(unit)

    def pay(
        self,
        person: Person,
        month: date,
        item: str,
        amount: float,
        *,
        unit: Unit | None = None,
        cases: tuple[Case, ...] = (),
    ) -> Row:
        """Write one item of one month."""
        return self.life.add(
            "payroll",
            cases,
            id=person.number,
            name=person.name,
            unit=(unit or person.unit).name,
            pay_month=month,
            item=item,
            amount=round(amount, 2),
            account=person.account,
            source="区财政统发",
        )

    def wage(
        self, person: Person, month: date, *, unit: Unit | None = None, cases: tuple[Case, ...] = ()
    ) -> float:
        """Write a full month's wage and return its sum."""
        for item, amount in zip(ITEMS, person.wages, strict=True):
            self.pay(person, month, item, amount, unit=unit, cases=cases)
        return sum(person.wages)

    def _wages(self, unit: Unit, month: date) -> None:
        total = 0.0
        for person in self.people.serving(unit):
            if self.starts.get(person.number, month) <= month <= self.ends.get(person.number, month):
                total += self.wage(person, month)
        day = self.life.work_day_after(month, 9)
        if total and self.life.knows(day):
            self.books.voucher(
                unit, day, [("发放职工工资", "30101", "基本工资", round(total, 2), "")], payee="职工个人"
            )

    def _duty_pay(self, unit: Unit, month: date) -> None:
        rest = [d for d in self.life.rest_days if (d.year, d.month) == (month.year, month.month)]
        staff = [
            p for p in self.people.serving(unit) if p.number not in self.ends and p.number not in self.starts
        ]
        for day in self.rng.sample(rest, min(len(rest), 5)):
            for person in self.rng.sample(staff, 2):
                self.allow(person, "值班补助", month, 100.0, day=day)

    def allow(
        self,
        person: Person,
        item: str,
        month: date,
        amount: float,
        *,
        day: date | None = None,
        book: str = "行政",
        doc: str = "清河财行〔2024〕18号",
        cases: tuple[Case, ...] = (),
    ) -> Row:
        """Write an allowance."""
        return self.life.add(
            "subsidy",
            cases,
            id=person.number,
            name=person.name,
            unit=person.unit.name,
            item=item,
            basis_doc=doc,
            period=month,
            duty_date=day,
            amount=amount,
            payer_book=book,
        )

    def _leave(self, unit: Unit) -> None:
        for person in self.people.of[unit.name]:
            if self.rng.random() < 0.6:
                since = self.rng.choice(self.life.work_days)
                days = self.rng.randint(1, 5)
                self.life.add(
                    "attendance",
                    id=person.number,
                    name=person.name,
                    unit=unit.name,
                    date_from=since,
                    date_to=since + timedelta(days=days - 1),
                    days=float(days),
                    kind=self.rng.choice(self.life.words["leave_kinds"]),
                    approved_by=unit.leader,
                )


def next_month(month: date, count: int = 1) -> date:
    """Return the first day of a month so many months later (or earlier)."""
    place = month.year * 12 + month.month - 1 + count
    return date(place // 12, place % 12 + 1, 1)
