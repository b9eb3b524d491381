"""Units that get a letter about goods bought with fuel cards, and what became of it in the year.

One mends; one answers on paper and goes on; one bought too little ever for anything to be said; one stops and
buys on bills for office supplies instead; one is struck off and begins again. `letters.jsonl` says which
unit is which, and what the records must say of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from qingfeng.screening.sample.books import Books, Item, later
from qingfeng.screening.sample.driving import Fill
from qingfeng.screening.sample.vehicles import ORDINARY

if TYPE_CHECKING:
    from qingfeng.screening.sample.district import District, Unit
    from qingfeng.screening.sample.plants.stage import Stage

RULE, ELSEWHERE = "fuel_nonfuel_goods", "supplies_disguise"
LEAST_UNITS = 8  # of fewer, none would be left to compare with
GOODS = (("香烟", 450.0), ("矿泉水", 168.0), ("休闲食品", 236.5), ("牛奶", 318.0), ("啤酒", 192.0))
TOTALS = (1200.0, 1600.0, 2100.0, 1400.0, 2300.0)
DAYS = (4, 11, 18, 24)  # of a month, for two cards in turn; working days at or after them


@dataclass(frozen=True)
class Story:
    """A letter and what became of it.

    Attributes:
        key: Name of the story.
        says: What the records must say in the end.
        bought: Periods in which goods are bought with fuel cards, both ends inclusive.
        trigger: First and last day of what gave rise to the letter.
        served_on: Civil date of service.
        mend_by: Civil date by which the unit was to mend.
        struck_off_on: Civil date on which it was struck off, or None.
        billed: Period in which cards hide behind bills for office supplies, or None.
        days: Days of a month on which goods are bought.
    """

    key: str
    says: str
    bought: tuple[tuple[date, date], ...]
    trigger: tuple[date, date] = (date(2026, 2, 1), date(2026, 3, 20))
    served_on: date = date(2026, 4, 8)
    mend_by: date = date(2026, 5, 31)
    struck_off_on: date | None = None
    billed: tuple[date, date] | None = None
    days: tuple[int, ...] = DAYS


_EARLY, _STOPPED, _LAST = date(2025, 11, 1), date(2026, 4, 3), date(2026, 10, 31)
STORIES = (
    Story("mended", "confirmed", ((_EARLY, _STOPPED),)),
    Story("on_paper", "not_confirmed", ((_EARLY, _LAST),)),
    Story("too_few", "cannot_be_said", ((date(2026, 3, 1), date(2026, 3, 31)),), days=(11,)),
    Story("moved", "moved", ((_EARLY, _STOPPED),), billed=(date(2026, 5, 20), _LAST)),
    Story(
        "again",
        "not_confirmed",
        ((_EARLY, date(2026, 2, 27)), (date(2026, 8, 20), _LAST)),
        trigger=(date(2026, 1, 1), date(2026, 1, 31)),
        served_on=date(2026, 3, 6),
        mend_by=date(2026, 4, 30),
        struck_off_on=date(2026, 8, 5),
    ),
)


def stories(district: District) -> Iterator[tuple[Story, Unit]]:
    """Yield every story with the unit that it is told of; none in a district of fewer than eight units."""
    units = district.units
    if len(units) >= LEAST_UNITS:
        for place, story in enumerate(STORIES):
            yield story, units[place * len(units) // len(STORIES)]


def is_written_to(district: District, unit: Unit) -> bool:
    """Whether a unit gets a letter: nobody else's story about the same is told of it."""
    return any(one is unit for _story, one in stories(district))


def buy_goods(stage: Stage) -> None:
    """Buy goods with fuel cards, as long as the stories say."""
    for story, unit in stories(stage.district):
        rng = stage.chance(f"corrections {story.key}")
        cards = [stage.fleet.buy(unit, use=ORDINARY, fuel="汽油", located=False) for _ in range(2)]
        for number, day in enumerate(_days(stage, story)):
            vehicle = cards[number % 2]
            goods, amount = GOODS[rng.randrange(len(GOODS))]
            moment = datetime.combine(day, time(rng.randint(9, 17), rng.randrange(60)))
            fill = Fill(
                None,
                goods,
                "非油",
                cases=(stage.life.violation(RULE),),
                at=moment,
                station=stage.station_for(vehicle),
                odometer=False,
                fields={"amount": amount, "points": None},
            )
            stage.plan.absent_fills.append((vehicle, fill))


def _days(stage: Stage, story: Story) -> Iterator[date]:
    life = stage.life
    for month in life.months:
        for day in story.days:
            when = life.work_day_after(month.replace(day=day))
            if life.knows(when) and any(since <= when <= until for since, until in story.bought):
                yield when


def write_bills(stage: Stage, books: Books) -> None:
    """Buy on bills for office supplies, three a month, each from another shop."""
    life = stage.life
    for story, unit in stories(stage.district):
        if story.billed is None:
            continue
        rng = stage.chance(f"corrections {story.key} bills")
        day, number = max(story.billed[0], life.first), 0
        while day <= min(story.billed[1], life.last - timedelta(days=8)):
            when = life.work_day_after(day)
            _bill(stage, books, rng, unit=unit, day=when, number=number)
            day, number = when + timedelta(days=10), number + 1


def _bill(stage: Stage, books: Books, rng: Random, *, unit: Unit, day: date, number: int) -> None:
    shops = stage.life.words["supermarkets"]
    item = Item("*日用杂品*日用品", "1060513990000000000", 0.13, TOTALS[number % len(TOTALS)])
    case = stage.life.violation(ELSEWHERE)
    invoice = books.invoice(unit.name, shops[number % 4], day, [item], cases=(case,))
    entry = ("购日用品一批", "30201", "办公费", invoice.total, invoice.key)
    books.voucher(unit, later(stage.life, rng, day), [entry], payee=invoice.seller)


def tell(stage: Stage, file: Path) -> None:
    """Write which unit gets which letter, and what the records must say of it; nothing where none does."""
    told = list(stories(stage.district))
    if not told:
        return
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for story, unit in told:
            out.write(json.dumps(_line(story, unit.name), ensure_ascii=False) + "\n")


def _line(story: Story, unit: str) -> dict[str, Any]:
    since, until = story.trigger
    return {
        "story": story.key,
        "unit": unit,
        "says": story.says,
        "rules": [RULE],
        "neighbours": [ELSEWHERE],
        "trigger_from": str(since),
        "trigger_until": str(until),
        "served_on": str(story.served_on),
        "mend_by": str(story.mend_by),
        "struck_off_on": str(story.struck_off_on) if story.struck_off_on else None,
    }
