"""The ordinary spending of every unit: supplies, printing, services, fuel, repairs, wages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.books import Books, Item, goods, later
from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.life import Life

OIL = "江淮石油清河分公司"
NOW_AND_THEN = (  # share of months, what, hundreds of yuan beside its price, from whom, account
    (
        0.7,
        Item("*印刷品*宣传折页", "1060511000000000000", 0.13, 35.0, spec="A4", unit="批"),
        (6, 28),
        "printers",
        ("付宣传资料印制费", "30202", "印刷费"),
    ),
    (
        0.6,
        Item("*研发和技术服务*技术服务费", "3040105000000000000", 0.06, 20.0),
        (18, 80),
        "services",
        ("付信息系统运维服务费", "30227", "委托业务费"),
    ),
    (
        0.35,
        Item("*劳务*空调保养", "2020000000000000000", 0.13, 60.0),
        (3, 15),
        "services",
        ("付办公楼空调维护", "30213", "维修(护)费"),
    ),
)


class Spending:
    """What units buy in a year."""

    def __init__(self, life: Life, books: Books) -> None:
        self.life, self.books = life, books
        self.rng = life.chance("spending")
        words = life.words
        self.stationers = [books.seller(name, "文具") for name in words["stationers"][:-1]]
        self.printers = [books.seller(name, "印刷") for name in words["printers"]]
        self.services = [books.seller(name, "服务") for name in words["services"]]
        self.garages = [books.seller(name, "修理") for name in words["garages"]]
        self.hotels = [books.seller(name, "酒店") for name in words["hotels"]]
        self.markets = [books.seller(name, "商超") for name in words["supermarkets"]]
        books.seller(words["stationers"][-1], "文具")
        for name in words["agencies"]:
            books.seller(name, "旅行社")
        books.seller(OIL, "成品油")

    def live(self, units: list[Unit]) -> None:
        """Write every unit's ordinary year."""
        fuel, repairs = self._fuel(), self._repairs()
        for unit in units:
            for month in self.life.months:
                days = [d for d in self.life.work_days if (d.year, d.month) == (month.year, month.month)]
                if days:
                    self._month(unit, days)
                    self._motoring(unit, month, fuel, repairs)

    def _month(self, unit: Unit, days: list[date]) -> None:
        rng = self.rng
        for _ in range(rng.randint(1, 3)):
            self._supplies(unit, rng.choice(days))
        for share, item, (least, most), sellers, account in NOW_AND_THEN:
            if rng.random() < share:
                priced = replace(item, price=item.price + rng.randint(least, most) * 100)
                self._buy(unit, rng.choice(days), rng.choice(getattr(self, sellers)), [priced], account)
        if rng.random() < 0.25:
            self._meeting(unit, rng.choice(days))
        if rng.random() < 0.5:
            entry = ("付专家评审劳务", "30226", "劳务费", float(rng.randint(4, 12) * 200), "")
            self.books.voucher(unit, rng.choice(days), [entry], payee="评审专家")
        entry = ("付话费邮资", "30207", "邮电费", float(rng.randint(180, 900)), "")
        self.books.voucher(unit, rng.choice(days), [entry], payee="通信公司")

    def _supplies(self, unit: Unit, day: date) -> None:
        rng = self.rng
        seller = rng.choice(self.stationers)
        items = goods(rng, self.life, rng.uniform(300, 2400))
        paper = rng.random() < 0.2
        self._buy(unit, day, seller, items, ("购办公耗材及文具", "30201", "办公费"), paper=paper)

    def _meeting(self, unit: Unit, day: date) -> None:
        price = self.rng.randint(12, 60) * 100 + 0.0
        item = Item("*会议服务*会议费", "3040601000000000000", 0.06, price)
        self._buy(unit, day, self.rng.choice(self.hotels), [item], ("付业务工作会议费", "30215", "会议费"))

    def _buy(
        self,
        unit: Unit,
        day: date,
        seller: str,
        items: list[Item],
        account: tuple[str, str, str],
        *,
        paper: bool = False,
    ) -> None:
        total = sum(item.price * item.qty for item in items)
        if not self.books.may_sell(seller, unit.name, day, total):
            return
        legacy = self.books.paper_number(seller) if paper else None
        invoice = self.books.invoice(unit.name, seller, day, items, legacy=legacy)
        entry = (account[0], account[1], account[2], invoice.total, invoice.key)
        self.books.voucher(unit, later(self.life, self.rng, day), [entry], payee=seller)

    def _motoring(
        self,
        unit: Unit,
        month: date,
        fuel: dict[tuple[str, date], float],
        repairs: dict[tuple[str, date], float],
    ) -> None:
        """Post the month's fuel and repairs: the invoice equals the records."""
        end = (month.replace(day=28) + timedelta(days=8)).replace(day=1) - timedelta(days=1)
        day = min(end, self.life.last)
        while self.life.is_rest(day):
            day -= timedelta(days=1)
        for seller, name, code, total, summary in (
            (
                OIL,
                "*汽油*车用汽油",
                "1070101010000000000",
                fuel.get((unit.name, month), 0),
                "付公务用车燃油费",
            ),
            (
                self.garages[unit.number % len(self.garages)],
                "*劳务*汽车修理修配",
                "2020000000000000000",
                repairs.get((unit.name, month), 0),
                "付公务用车修理费",
            ),
        ):
            if total > 0 and self.life.knows(day):
                invoice = self.books.invoice(
                    unit.name, seller, day, [Item(name, code, 0.13, round(total, 2))]
                )
                entry = (summary, "30231", "公务用车运行维护费", invoice.total, invoice.key)
                self.books.voucher(unit, later(self.life, self.rng, day, 3, 9), [entry], payee=seller)

    def _fuel(self) -> dict[tuple[str, date], float]:
        sums: dict[tuple[str, date], float] = defaultdict(float)
        for row in self.life.rows["fuel"]:
            if row["txn_type"] == "加油":
                sums[row["unit"], row["ts"].date().replace(day=1)] += row["amount"]
        return sums

    def _repairs(self) -> dict[tuple[str, date], float]:
        sums: dict[tuple[str, date], float] = defaultdict(float)
        for row in self.life.rows["maint"]:
            sums[row["unit"], row["in_ts"].date().replace(day=1)] += row["amount"]
        return sums


def budgets(life: Life, units: list[Unit], rng: Random) -> None:
    """Write the year's control figures."""
    names = {"30217": "公务接待费", "30231": "公务用车运行维护费", "30211": "差旅费", "30201": "办公费"}
    for year in sorted({day.date.year for day in life.days}):
        for unit in units:
            for code in names:
                control = float(rng.randint(40, 200) * 1000)
                life.add(
                    "budget", unit=unit.name, year=year, econ_class=code, control=control, adjusted=control
                )
