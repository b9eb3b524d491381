"""Stories about invoices and vouchers."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.books import Books, Item, later
from qingfeng.screening.sample.district import Unit
from qingfeng.screening.sample.plants.stage import Stage
from qingfeng.screening.sample.records import Case

PLAIN = ("*文具*文具一套", "1060513010000000000", 0.13)
ROWS = ("30201", "办公费")


def plant(stage: Stage, books: Books) -> None:
    """Tell all stories of this watch."""
    for story in (duplicate, consecutive, split_same_day, keyword_misposted):
        story(stage, books)


def _seller(stage: Stage, books: Books, number: int, kind: str = "文具") -> str:
    """Return a seller that no ordinary purchase goes to."""
    town = stage.life.words["towns"][number % len(stage.life.words["towns"])]
    return books.seller(f"云水{town}{number:03d}号{kind}经营部", kind)


def duplicate(stage: Stage, books: Books) -> None:
    """One invoice entered twice."""
    rule = "invoice_duplicate"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    for number, day in enumerate(stage.work_days(rng, ahead=40)):
        unit = next(units)
        case = (life.violation(rule),)
        total = rng.randint(3, 30) * 100 + rng.choice((0.0, 36.5))
        legacy = books.paper_number("旧版发票") if number % 4 == 3 else None
        invoice = books.invoice(
            unit.name, _seller(stage, books, number), day, [Item(*PLAIN, total)], legacy=legacy
        )
        first = later(life, rng, day)
        second = later(life, rng, first, 3, 20)
        other = next(units) if number % 3 == 2 else unit
        amount = invoice.total if number % 3 else round(invoice.total * 0.3, 2)  # a part of it again
        books.voucher(unit, first, [("购文具", *ROWS, invoice.total, invoice.key)], cases=case)
        books.voucher(other, second, [("购文具用品", *ROWS, amount, invoice.key)], cases=case)
    for number, day in enumerate(stage.work_days(rng, ahead=40)):
        unit = next(units)
        case = (life.twin(rule),)
        invoice = books.invoice(
            unit.name, _seller(stage, books, 20 + number), day, [Item(*PLAIN, rng.randint(10, 60) * 100.0)]
        )
        part = round(invoice.total * rng.uniform(0.3, 0.7), 2)
        rest = round(invoice.total - part, 2)
        first, second = later(life, rng, day), later(life, rng, day, 15, 25)
        one = ("购文具", *ROWS, part, invoice.key)
        two = ("购文具余款", *ROWS, rest + (0.04 if number % 4 == 1 else 0.0), invoice.key)
        if number % 2:  # one invoice over two vouchers
            books.voucher(unit, first, [one], cases=case)
            books.voucher(unit, second, [two], cases=case)
        else:  # over two lines of one voucher
            books.voucher(unit, first, [one, two], cases=case)


def consecutive(stage: Stage, books: Books) -> None:
    """Paper invoices in a row, from days that lie apart."""
    rule = "invoice_consecutive"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    for number, day in enumerate(stage.work_days(rng, ahead=40)):
        gap = (2, 5, 9, 1)[number % 4]
        count = (3, 4, 3, 5)[number % 4]
        _run(stage, books, rng, (next(units), day), (count, gap, 40 + number), (life.violation(rule),))
    for number, day in enumerate(stage.work_days(rng, ahead=66)):
        case = (life.twin(rule),)
        unit = next(units)
        if number % 4 == 0:  # an afternoon's shopping
            _run(stage, books, rng, (unit, day), (4, 0, 60 + number), case)
        elif number % 4 == 1:  # only two
            _run(stage, books, rng, (unit, day), (2, 6, 60 + number), case)
        elif number % 4 == 2:  # two months of a slow shop
            _run(stage, books, rng, (unit, day), (3, 28, 60 + number), case)
        else:  # electronic numbers mean nothing
            seller = _seller(stage, books, 60 + number)
            serial = rng.randrange(10**8, 9 * 10**8)
            for place in range(4):
                when = life.work_day_after(day, place * 4)
                e_no = f"{day:%y}99{'7' * 7}{serial + place:09d}"
                books.invoice(unit.name, seller, when, [Item(*PLAIN, 360.0 + place)], number=e_no, cases=case)


def _run(
    stage: Stage,
    books: Books,
    rng: Random,
    whose: tuple[Unit, date],
    shape: tuple[int, int, int],
    cases: tuple[Case, ...],
) -> None:
    """Write paper invoices with numbers in a row: how many, days between, number of the seller."""
    unit, day = whose
    count, gap, number = shape
    seller = _seller(stage, books, number)
    code, first = books.paper_number(seller)
    when = day
    for place in range(count):
        legacy = (code, f"{int(first) + place:08d}")
        item = Item(*PLAIN, float(rng.randint(180, 900)))
        invoice = books.invoice(unit.name, seller, when, [item], legacy=legacy, cases=cases)
        entry = ("购文具", *ROWS, invoice.total, invoice.key)
        books.voucher(unit, later(stage.life, rng, when), [entry], payee=seller)
        if gap:
            when = stage.life.work_day_after(when, gap)


def split_same_day(stage: Stage, books: Books) -> None:
    """Invoices of one seller that together reach the limit."""
    rule = "invoice_split_same_day"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    shapes = ((5000.0, 5000.0, 0), (9900.0, 9800.0, 1), (4000.0, 6050.0, 2), (9990.0, 300.0, 0))
    for number, day in enumerate(stage.work_days(rng, ahead=12)):
        first, second, gap = shapes[number % 4]
        seller, unit = _seller(stage, books, 80 + number, "家具"), next(units)
        case = (life.violation(rule),)
        for amount, days in ((first, 0), (second + rng.randint(0, 9), gap)):
            _furniture(stage, books, (unit, seller), day + timedelta(days=days), amount, case)
    shapes = ((4990.0, 4990.0, 0), (6000.0, 6000.0, 6), (12000.0, 15000.0, 1), (5200.0, 5300.0, 0))
    for number, day in enumerate(stage.work_days(rng, ahead=12)):
        first, second, gap = shapes[number % 4]
        seller, unit = _seller(stage, books, 100 + number, "家具"), next(units)
        other = _seller(stage, books, 120 + number, "家具") if number % 4 == 3 else seller
        case = (life.twin(rule),)
        _furniture(stage, books, (unit, seller), day, first, case)
        _furniture(stage, books, (unit, other), day + timedelta(days=gap), second, case)


def _furniture(
    stage: Stage, books: Books, between: tuple[Unit, str], day: date, amount: float, cases: tuple[Case, ...]
) -> None:
    unit, seller = between
    item = Item("*家具*办公桌椅", "1050201010000000000", 0.13, amount, spec="1.4米", unit="批")
    invoice = books.invoice(unit.name, seller, day, [item], cases=cases)
    entry = ("购办公桌椅", "31002", "办公设备购置", invoice.total, invoice.key)
    books.voucher(unit, stage.life.work_day_after(day, 4), [entry], payee=seller)


def keyword_misposted(stage: Stage, books: Books) -> None:
    """Words of one kind of spending under the account of another."""
    rule = "voucher_keyword_misposted"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    wrong = (
        ("付客人就餐费用", "30201", "办公费"),
        ("付招待费", "30226", "劳务费"),
        ("购烟酒", "30299", "其他商品和服务支出"),
        ("购慰问礼品", "30227", "委托业务费"),
        ("付车辆加油款", "30202", "印刷费"),
        ("付汽车维修款", "30201", "办公费"),
        ("付参观门票", "30299", "其他商品和服务支出"),
        ("付来客住宿款", "30227", "委托业务费"),
    )
    right = (
        ("付打印机维修费", "30201", "办公费"),
        ("购餐巾纸", "30201", "办公费"),
        ("购会议室餐桌", "30201", "办公费"),
        ("付办公室空调维修费", "30299", "其他商品和服务支出"),
        ("付公务接待餐费", "30217", "公务接待费"),
        ("付公车加油款", "30231", "公务用车运行维护费"),
        ("付出差住宿费", "30211", "差旅费"),
        ("付电脑维修费", "30227", "委托业务费"),
    )
    for day, (summary, econ, account) in zip(stage.work_days(rng), wrong, strict=False):
        entry = (summary, econ, account, float(rng.randint(3, 60) * 100), "")
        books.voucher(next(units), day, [entry], cases=(life.violation(rule),))
    for day, (summary, econ, account) in zip(stage.work_days(rng), right, strict=False):
        entry = (summary, econ, account, float(rng.randint(3, 40) * 100), "")
        books.voucher(next(units), day, [entry], cases=(life.twin(rule),))
