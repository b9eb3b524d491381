"""Stories about official letters and receptions."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from qingfeng.screening.sample.books import MEAL, Item
from qingfeng.screening.sample.letters import Receptions, Visit
from qingfeng.screening.sample.plants.stage import Stage

DRINKS = (
    ("*酒*白酒", "1030306010000000000"),
    ("*酒*葡萄酒", "1030306030000000000"),
    ("*烟草制品*卷烟", "1030402010000000000"),
    ("*酒*啤酒", "1030306040000000000"),
)
COOKED = (
    ("*调味品*料酒", "1030208000000000000"),
    ("*餐饮服务*酒酿圆子", "3070401000000000000"),
    ("*餐饮服务*啤酒鸭", "3070401000000000000"),
    ("*水果*烟台苹果", "1010115000000000000"),
)


def plant(stage: Stage, receptions: Receptions) -> None:
    """Tell all stories of this watch."""
    for story in (
        no_letter,
        blank,
        reused,
        postdated,
        number_duplicate,
        companions_over,
        per_capita_over,
        holiday,
        alcohol_tobacco,
    ):
        story(stage, receptions)


def _visits(stage: Stage, receptions: Receptions, rng: Random, count: int = 8, **around: int) -> list[Visit]:
    units = stage.units(rng)
    days = stage.work_days(rng, count, behind=12, **around)
    return [receptions.ordinary(next(units), day) for day in days]


def no_letter(stage: Stage, receptions: Receptions) -> None:
    """A reception with a cost and no letter on record."""
    rule = "reception_no_letter"
    rng, life = stage.chance(rule), stage.life
    for number, visit in enumerate(_visits(stage, receptions, rng)):
        visit.letter, visit.cases = False, (life.violation(rule),)
        if number % 2:
            visit.cited = f"{visit.guest[1]}函〔{visit.day.year}〕{rng.randint(3000, 9000)}号"
        receptions.host(visit)
    spellings = ("[{y}]第0{n}号", "({y}){n}号", "【{y}】{n}", " 〔{y}〕 第{n}号")
    for number, visit in enumerate(_visits(stage, receptions, rng, 10)):
        visit.cases = (life.twin(rule),)
        if number % 5 == 3:
            visit.letter, visit.free = False, True
            receptions.host(visit)
        elif number % 5 == 4:
            visit.letter, visit.fields = False, {"emergency_flag": "是"}
            receptions.host(visit)
        else:
            letter, reception, _ = receptions.host(visit)
            assert letter is not None
            prefix, _, rest = letter["letter_no"].partition("〔")
            year, _, serial = rest.partition("〕")
            spelling = spellings[number % len(spellings)]
            reception["letter_no"] = prefix + spelling.format(y=year, n=serial.removesuffix("号"))


def blank(stage: Stage, receptions: Receptions) -> None:
    """A letter that leaves out who, when, why or whom."""
    rule = "letter_blank"
    rng, life = stage.chance(rule), stage.life
    holes = ("persons", "person_count", "matter", "issue_date", "issuer", "persons", "matter", "person_count")
    for visit, hole in zip(_visits(stage, receptions, rng), holes, strict=False):
        visit.letter_cases = (life.violation(rule),)
        visit.letter_fields = {hole: None}
        if hole == "persons":
            visit.letter_fields["person_count"] = rng.choice((None, visit.guests))
        if hole in ("issuer", "issue_date"):
            receptions.letter(visit, receptions.visitors(rng, visit.guest[0], visit.guests))
        else:
            receptions.host(visit)
    for number, visit in enumerate(_visits(stage, receptions, rng)):
        visit.letter_cases = (life.twin(rule),)
        gaps = ("itinerary", "contact", "date_to", "date_from")
        visit.letter_fields = {gaps[number % 4]: None, gaps[(number + 1) % 4]: None}
        receptions.host(visit)


def reused(stage: Stage, receptions: Receptions) -> None:
    """One letter for several hosts, for dates far apart, or for other people."""
    rule = "letter_reused"
    rng, life = stage.chance(rule), stage.life
    for number, visit in enumerate(_visits(stage, receptions, rng, ahead=25)):
        visit.cases = case = (life.violation(rule),)
        visit.names = receptions.visitors(rng, visit.guest[0], visit.guests)
        visit.ahead = 2
        letter, _, _ = receptions.host(visit)
        again = Visit(
            visit.unit, visit.day, visit.guest, visit.guests, known=letter, names=visit.names, cases=case
        )
        if number % 3 == 0 and len(stage.district.units) > 1:  # another host
            again.unit = rng.choice([u for u in stage.district.units if u is not visit.unit])
            again.day = life.work_day_after(visit.day, 1)
        elif number % 3 == 2:  # other people
            again.day = life.work_day_after(visit.day, 2)
            fresh = [stage.people.outsider() for _ in visit.names]
            again.names = fresh
        else:  # much later
            again.day = life.work_day_after(visit.day, rng.randint(8, 18))
        receptions.host(again)
    for number, visit in enumerate(_visits(stage, receptions, rng, ahead=12)):
        visit.cases = case = (life.twin(rule),)
        visit.names = receptions.visitors(rng, visit.guest[0], visit.guests)
        visit.ahead = 2
        host = visit.unit
        if number % 3 == 1 and len(stage.district.units) > 1:  # a tour that the letter describes
            host = rng.choice([u for u in stage.district.units if u is not visit.unit])
            visit.letter_fields = {"itinerary": f"先到{visit.unit.name}，次日到{host.name}"}
        letter, _, _ = receptions.host(visit)
        days = (0, 1, 3)[number % 3]
        day = visit.day if days == 0 else life.work_day_after(visit.day, days)
        if (day - visit.day).days > 7:
            day = visit.day
        again = Visit(
            host, day, visit.guest, visit.guests, known=letter, names=visit.names, cases=case, meal="晚"
        )
        receptions.host(again)


def postdated(stage: Stage, receptions: Receptions) -> None:
    """A letter written after the visit, or more than thirty days before it."""
    rule = "letter_postdated"
    rng, life = stage.chance(rule), stage.life
    days = (-1, -2, -5, -9, 31, 38, -14, -3)
    for visit, ahead in zip(_visits(stage, receptions, rng, ahead=15), days, strict=False):
        visit.ahead, visit.cases = ahead, (life.violation(rule),)
        visit.letter_cases = visit.cases
        receptions.host(visit)
    for number, visit in enumerate(_visits(stage, receptions, rng)):
        visit.ahead, visit.cases = (0, 30, 29, 1)[number % 4], (life.twin(rule),)
        visit.letter_cases = visit.cases
        receptions.host(visit)


def number_duplicate(stage: Stage, receptions: Receptions) -> None:
    """Two letters of one sender and number that say different things."""
    rule = "letter_number_duplicate"
    rng, life = stage.chance(rule), stage.life
    for number, visit in enumerate(_visits(stage, receptions, rng, ahead=14)):
        visit.letter_cases = (life.violation(rule),)
        names = receptions.visitors(rng, visit.guest[0], visit.guests)
        first = receptions.letter(visit, names)
        same = {key: first[key] for key in ("letter_no", "issue_date", "matter", "persons", "person_count")}
        if number % 3 == 0:
            same["issue_date"] = first["issue_date"] + timedelta(days=rng.randint(2, 12))
        elif number % 3 == 1:
            same["matter"] = "赴贵单位洽谈" + rng.choice(("培训协作", "物资调拨", "人员交流"))
        else:
            same["persons"] = "、".join(f"{stage.people.outsider()}（科员）" for _ in names)
        visit.letter_fields = same
        receptions.letter(visit, names)
    for number, visit in enumerate(_visits(stage, receptions, rng)):
        visit.letter_cases = (life.twin(rule),)
        names = receptions.visitors(rng, visit.guest[0], visit.guests)
        first = receptions.letter(visit, names)
        same = {key: value for key, value in first.items() if key not in ("letter_id", "contact")}
        if number % 3 == 1:  # the same people in another order
            same["persons"] = "、".join(reversed(first["persons"].split("、")))
        elif number % 3 == 2:  # the same number of another sender
            other = next(g for g in life.words["guests"] if g[0] != visit.guest[0])
            same |= {"issuer": other[0], "matter": "赴贵单位对接工作"}
        visit.letter_fields = same
        receptions.letter(visit, names)


def companions_over(stage: Stage, receptions: Receptions) -> None:
    """More companions than the guests warrant."""
    rule = "reception_companions_over"
    rng, life = stage.chance(rule), stage.life
    tables = ((10, 4), (11, 4), (12, 5), (6, 5), (3, 4), (15, 6), (2, 6), (21, 8))
    for visit, (guests, companions) in zip(_visits(stage, receptions, rng), tables, strict=False):
        visit.guests, visit.companions, visit.cases = guests, companions, (life.violation(rule),)
        receptions.host(visit)
    tables = ((10, 3), (12, 4), (15, 5), (9, 3), (21, 7), (11, 3), (14, 4), (1, 3))
    for visit, (guests, companions) in zip(_visits(stage, receptions, rng), tables, strict=False):
        visit.guests, visit.companions, visit.cases = guests, companions, (life.twin(rule),)
        receptions.host(visit)


def per_capita_over(stage: Stage, receptions: Receptions) -> None:
    """A meal that costs more a head than the standard."""
    rule = "reception_per_capita_over"
    rng, life = stage.chance(rule), stage.life
    prices = (
        (91.0, "中"),
        (98.5, "晚"),
        (120.0, "中"),
        (76.0, "inside"),
        (52.0, "早"),
        (210.0, "晚"),
        (71.5, "inside"),
        (93.0, "中"),
    )
    for visit, (price, kind) in zip(_visits(stage, receptions, rng), prices, strict=False):
        _priced(stage, rng, visit, price, kind)
        visit.cases = (life.violation(rule),)
        receptions.host(visit)
    prices = (
        (90.0, "中"),
        (90.0, "晚"),
        (70.0, "inside"),
        (50.0, "早"),
        (88.5, "晚"),
        (69.0, "inside"),
        (89.9, "中"),
        (49.5, "早"),
    )
    for visit, (price, kind) in zip(_visits(stage, receptions, rng), prices, strict=False):
        _priced(stage, rng, visit, price, kind)
        visit.cases = (life.twin(rule),)
        receptions.host(visit)


def _priced(stage: Stage, rng: Random, visit: Visit, price: float, kind: str) -> None:
    """Set the price a head; a guest from inside the county has a lower standard."""
    visit.per_head, visit.meal = price, "中" if kind == "inside" else kind
    others = [u for u in stage.district.units if u is not visit.unit]
    if kind == "inside" and others:
        sender = rng.choice(others)
        visit.guest = (sender.name, f"澄{sender.number:02d}")


def holiday(stage: Stage, receptions: Receptions) -> None:
    """A reception on a rest day."""
    rule = "reception_holiday"
    rng, life = stage.chance(rule), stage.life
    units = stage.units(rng)
    for day in stage.rest_days(rng):
        unit = next(u for u in units if (u.name, day) not in stage.rosters)
        visit = receptions.ordinary(unit, day)
        visit.billed_on, visit.cases = life.work_day_after(day), (life.violation(rule),)
        receptions.host(visit)
    for day in stage.rest_days(rng, 4):
        visit = receptions.ordinary(next(units), day)
        visit.billed_on, visit.cases = life.work_day_after(day), (life.twin(rule),)
        visit.fields = {"emergency_flag": "是"}
        receptions.host(visit)
    for day_of in [d.date for d in life.days[3:-3] if d.day_kind == "makeup"][:3]:
        visit = receptions.ordinary(next(units), day_of)
        visit.cases = (life.twin(rule),)
        receptions.host(visit)
    by_name = {unit.name: unit for unit in stage.district.units}
    for name, day in sorted(stage.rosters)[:5]:  # the whole unit is on duty
        visit = receptions.ordinary(by_name[name], day)
        visit.billed_on, visit.cases = life.work_day_after(day), (life.twin(rule),)
        receptions.host(visit)


def alcohol_tobacco(stage: Stage, receptions: Receptions) -> None:
    """Alcohol or tobacco on the bill."""
    rule = "reception_alcohol_tobacco"
    rng, life = stage.chance(rule), stage.life
    for number, visit in enumerate(_visits(stage, receptions, rng)):
        visit.guests, visit.companions, visit.meal, visit.per_head = 6, 3, "晚", 66.0
        visit.cases = (life.violation(rule),)
        name, code = DRINKS[number % len(DRINKS)]
        price = (68.0, 128.0, 45.0, 36.0)[number % 4]
        drink = Item(name, code, 0.13, price, cases=visit.cases)
        visit.items = [Item(*MEAL, round(594.0 - price, 2)), drink]
        receptions.host(visit)
    for number, visit in enumerate(_visits(stage, receptions, rng)):
        visit.guests, visit.companions, visit.meal, visit.per_head = 6, 3, "晚", 66.0
        visit.cases = (life.twin(rule),)
        name, code = COOKED[number % len(COOKED)]
        visit.items = [Item(*MEAL, 546.0), Item(name, code, 0.06, 48.0, cases=visit.cases)]
        receptions.host(visit)
