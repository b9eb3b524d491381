"""Stories about prepaid cards."""

from __future__ import annotations

from datetime import timedelta

from qingfeng.screening.sample.books import Books, Item, goods, later
from qingfeng.screening.sample.cards import ALLOWED, Cards, colleagues
from qingfeng.screening.sample.corrections import is_written_to
from qingfeng.screening.sample.plants.stage import Stage
from qingfeng.screening.sample.records import Case

PREPAID = "6010000000000000000"
PUBLIC, SPLIT = "card_buy_public", "card_split_threshold"


def plant(stage: Stage, books: Books, cards: Cards) -> None:
    """Tell all stories of this watch."""
    buy_public(stage, books, cards)
    split_threshold(stage, cards)
    disguise(stage, books)
    outside_recipient(stage, cards)


def buy_public(stage: Stage, books: Books, cards: Cards) -> None:
    """Public money for shopping cards."""
    rng, life, units = stage.chance(PUBLIC), stage.life, stage.units(stage.chance(f"{PUBLIC} units"))
    names = (
        "*预付卡销售*购物卡",
        "*预付卡销售*预付费卡",
        "*其他*礼品卡",
        "*食品*月饼提货券",
        "*预付卡销售*储值",
        "*其他*商超充值",
    )
    for number, day in enumerate(stage.work_days(rng)):
        unit, case = next(units), (life.violation(PUBLIC),)
        if number % 4 == 3:
            shop = books.seller(f"清河汇金{number}号商卡有限公司", "发卡")
            cards.buy(
                unit, day, (("购物卡", "礼品卡")[number // 4 % 2], shop), 500.0, rng.randint(2, 8), case
            )
            continue
        name = names[number % len(names)]
        seller = books.seller(f"清河通联{number}号商贸有限公司", "商贸")
        code = PREPAID if "预付" in name else "1030110000000000000"
        item = Item(name, code, 0.0, 500.0, rng.randint(2, 9), unit="张", cases=case)
        invoice = books.invoice(unit.name, seller, day, [item])
        entry = ("付工会活动物资款", "30229", "福利费", invoice.total, invoice.key)
        books.voucher(unit, later(life, rng, day), [entry], payee=seller)
    for number, day in enumerate(stage.work_days(rng)):
        what = ALLOWED[number % len(ALLOWED)]
        cards.buy(next(units), day, what, (200.0, 500.0)[number % 2], rng.randint(2, 7), (life.twin(PUBLIC),))


def split_threshold(stage: Stage, cards: Cards) -> None:
    """Purchases within three days that together reach the sum for a transfer or a name."""
    rng, life, units = stage.chance(SPLIT), stage.life, stage.units(stage.chance(f"{SPLIT} units"))
    shapes = (
        ((500.0, 6), (500.0, 5), 1),
        ((1000.0, 4), (1000.0, 1), 0),
        ((1000.0, 6), (1000.0, 6), 2),
        ((700.0, 7), (100.0, 1), 1),
    )
    for number, day in enumerate(stage.work_days(rng, ahead=6)):
        first, second, gap = shapes[number % 4]
        unit, shop = next(units), f"清河惠卡{number}号商卡有限公司"
        both = (life.violation(SPLIT, PUBLIC),)
        cards.buy(unit, day, ("购物卡", shop), *first, both)
        cards.buy(unit, day + timedelta(days=gap), ("购物卡", shop), *second, both)
    shapes = (
        ((500.0, 5), (400.0, 5), 0),
        ((500.0, 6), (500.0, 7), 6),
        ((500.0, 7), (500.0, 8), 1),
        ((500.0, 8), (500.0, 1), 0),
    )
    for number, day in enumerate(stage.work_days(rng, ahead=9)):
        first, second, gap = shapes[number % 4]
        case: tuple[Case, ...] = (life.twin(SPLIT),)
        unit, kind = next(units), ALLOWED[number % 3 + 2][0]
        if number >= 4:  # bought apart, yet not to be bought at all
            kind, case = "购物卡", (*case, life.violation(PUBLIC))
        shop = f"云水通用{number}号卡务中心"
        other = f"云水通用{number + 100}号卡务中心" if number % 4 == 2 else shop
        cards.buy(unit, day, (kind, shop), *first, case)
        cards.buy(unit, day + timedelta(days=gap), (kind, other), *second, case)


def disguise(stage: Stage, books: Books) -> None:
    """A supermarket's round bill for office supplies without a list."""
    rule = "supplies_disguise"
    rng, life = stage.chance(rule), stage.life
    drawn = stage.units(stage.chance(f"{rule} units"))
    units = (one for one in drawn if not is_written_to(stage.district, one))
    shops = life.words["supermarkets"]
    names = ("*文具*办公用品", "*日用杂品*日用品", "*劳动防护*劳保用品", "*计算机配套产品*耗材")
    for number, day in enumerate(stage.work_days(rng)):
        unit, total = (
            next(units),
            (1000.0, 1500.0, 2000.0, 3200.0, 1100.0, 5000.0, 1800.0, 2600.0)[number % 8],
        )
        item = Item(names[number % 4], "1060513990000000000", 0.13, total)
        invoice = books.invoice(unit.name, shops[number % 4], day, [item], cases=(life.violation(rule),))
        entry = ("购办公用品一批", "30201", "办公费", invoice.total, invoice.key)
        books.voucher(unit, later(life, rng, day), [entry], payee=invoice.seller)
    for number, day in enumerate(stage.work_days(rng)):
        unit, case = next(units), (life.twin(rule),)
        seller, items = shops[number % 4], [Item(names[number % 4], "1060513990000000000", 0.13, 900.0)]
        if number % 4 == 1:
            items = [Item(names[0], "1060513990000000000", 0.13, 1036.5)]
        elif number % 4 == 2:  # with a list that happens to be round
            items = goods(rng, life, 1200.0)
            total = sum(round(item.price * item.qty, 2) for item in items)
            rest = 100 - total % 100
            items.append(
                Item("*文具*档案袋", "1060513010000000000", 0.13, round(rest, 2), spec="牛皮纸", unit="包")
            )
        elif number % 4 == 3:  # a stationer sells office supplies
            seller = life.words["stationers"][-1]
            items = [Item(names[0], "1060513990000000000", 0.13, 2000.0)]
        invoice = books.invoice(unit.name, seller, day, items, cases=case)
        entry = ("购办公用品", "30201", "办公费", invoice.total, invoice.key)
        books.voucher(unit, later(life, rng, day), [entry], payee=invoice.seller)


def outside_recipient(stage: Stage, cards: Cards) -> None:
    """A card handed to somebody on no roster."""
    rule = "card_outside_recipient"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    for day in stage.work_days(rng, ahead=8):
        unit = next(units)
        bought = cards.buy(unit, day, ALLOWED[rng.choice((2, 3))], 300.0, 4)
        when = day + timedelta(days=rng.randint(1, 6))
        cards.issue(bought, when, colleagues(rng, stage.people, unit, 3))
        cards.issue(bought, when, [stage.people.outsider()], (life.violation(rule),))
    for number, day in enumerate(stage.work_days(rng, ahead=8)):
        unit, case = next(units), (life.twin(rule),)
        bought = cards.buy(unit, day, ALLOWED[rng.choice((2, 3))], 300.0, 3)
        when = day + timedelta(days=rng.randint(1, 6))
        if number % 3 == 0:  # somebody retired
            pool = [p.name for p in stage.people.retired if p.unit is unit]
            cards.issue(bought, when, pool[:2], case)
        elif number % 3 == 1:  # somebody of another unit, lent to this one
            other = rng.choice(stage.district.units)
            cards.issue(bought, when, colleagues(rng, stage.people, other, 1), case)
        else:  # names that somebody has covered
            name = stage.people.outsider()
            cards.issue(bought, when, [name[0] + "*" * (len(name) - 1)], case)
