"""Stories about wages, allowances, journeys and unions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.payroll import Payroll, next_month
from qingfeng.screening.sample.people import Person
from qingfeng.screening.sample.plants.stage import Stage
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.travel import Travel
from qingfeng.screening.sample.union import Unions

EACH_PERSON = 8


@dataclass
class Cast:
    """People whom a story needs, each in one story only."""

    stage: Stage
    used: set[str]

    def person(self, rng: Random) -> Person:
        """Return somebody of the offices, no leader, whom no story has yet."""
        units = list(self.stage.district.units)
        rng.shuffle(units)
        for unit in units:
            free = [p for p in self.stage.people.of[unit.name][3:] if p.number not in self.used]
            if len(free) > 4:
                break
        else:
            free = [self.stage.people.hire(rng.choice(units), "科员")]
        person = rng.choice(free)
        self.used.add(person.number)
        return person


def plant(stage: Stage, payroll: Payroll, travel: Travel, unions: Unions) -> None:
    """Tell all stories of this watch."""
    cast = Cast(stage, set())
    deceased(stage, cast, payroll)
    double(stage, cast, payroll)
    subsidy_duplicate(stage, cast, payroll)
    two_places(stage, cast, travel)
    over_annual_cap(stage, cast, unions)


def _months(stage: Stage, rng: Random, count: int, *, ahead: int = 0) -> list[date]:
    months = stage.life.months[: len(stage.life.months) - ahead] or stage.life.months[:1]
    return [months[int((n + rng.random()) * len(months) / count)] for n in range(count)]


def deceased(stage: Stage, cast: Cast, payroll: Payroll) -> None:
    """Wages for months after the month that follows a death."""
    rule = "payroll_deceased"
    rng, life = stage.chance(rule), stage.life
    lengths = (1, 2, 1, 4, 3, 6, 1, 2)
    for month, length in zip(_months(stage, rng, EACH_PERSON, ahead=3), lengths, strict=False):
        person = _dies(stage, cast, payroll, rng, month)
        case = (life.violation(rule),)
        for step in range(2, 2 + length):
            if next_month(month, step) <= life.months[-1]:
                payroll.wage(person, next_month(month, step), cases=case)
    items = ("抚恤金", "丧葬补助费", "遗属生活补助", "补发工资", "工资清算", "抚恤金", "丧葬费", "补发绩效")
    for number, (month, item) in enumerate(
        zip(_months(stage, rng, EACH_PERSON, ahead=3), items, strict=True)
    ):
        person = _dies(stage, cast, payroll, rng, month)
        case = (life.twin(rule),)
        if number % 2:
            payroll.pay(person, next_month(month), "基本工资", person.wages[0], cases=case)
        payroll.pay(person, next_month(month, 2), item, float(rng.randint(2, 30) * 1000), cases=case)


def _dies(stage: Stage, cast: Cast, payroll: Payroll, rng: Random, month: date) -> Person:
    person = cast.person(rng)
    day = max(month.replace(day=rng.randint(2, 27)), stage.life.first)
    payroll.ends[person.number] = month
    stage.people.gone.append((person, day))
    stage.life.add(
        "life_event",
        id=person.number,
        name=person.name,
        unit=person.unit.name,
        event="死亡",
        event_date=day,
        source_doc=f"民政登记{day:%Y}-{rng.randrange(10**4):04d}",
    )
    return person


def double(stage: Stage, cast: Cast, payroll: Payroll) -> None:
    """Wages of one month from two units."""
    rule = "payroll_double"
    rng, life = stage.chance(rule), stage.life
    units = list(stage.district.units)
    if len(units) < 2:
        return
    for number, month in enumerate(_months(stage, rng, EACH_PERSON, ahead=1)):
        person = cast.person(rng)
        other = rng.choice([u for u in units if u is not person.unit])
        case = (life.violation(rule),)
        for step in range((1, 3, 1, 6)[number % 4]):
            if next_month(month, step) <= life.months[-1]:
                payroll.wage(person, next_month(month, step), unit=other, cases=case)
    for number, month in enumerate(_months(stage, rng, EACH_PERSON, ahead=2)):
        person = cast.person(rng)
        other = rng.choice([u for u in units if u is not person.unit])
        case = (life.twin(rule),)
        if number % 2:  # came from another unit, which settles what it owes
            payroll.starts[person.number] = next_month(month)
            payroll.wage(person, month, unit=other, cases=case)
            payroll.pay(person, next_month(month), "补发绩效", 1200.0, unit=other, cases=case)
        else:  # a payment that is no wage
            payroll.pay(
                person, month, ("补发工资", "工资清算")[number // 2 % 2], 2100.0, unit=other, cases=case
            )


def subsidy_duplicate(stage: Stage, cast: Cast, payroll: Payroll) -> None:
    """One allowance twice for the same time."""
    rule = "subsidy_duplicate"
    rng, life = stage.chance(rule), stage.life
    rest = stage.rest_days(rng)
    for number, (month, day) in enumerate(zip(_months(stage, rng, EACH_PERSON), rest, strict=False)):
        person, case = cast.person(rng), (life.violation(rule),)
        if number % 2:  # one day's duty from both books
            duty = day.replace(day=1)
            payroll.allow(person, "节日值守补助", duty, 120.0, day=day, cases=case)
            payroll.allow(person, "节日值守补助", duty, 120.0, day=day, book="工会", cases=case)
        else:  # one month's allowance with two papers
            payroll.allow(person, "下乡补助", month, 300.0, cases=case)
            payroll.allow(
                person,
                "下乡补助",
                month,
                (300.0, 260.0)[number // 2 % 2],
                doc="云水府办〔2025〕7号",
                cases=case,
            )
    pairs = zip(_months(stage, rng, EACH_PERSON, ahead=1), stage.rest_days(rng), strict=False)
    for number, (month, day) in enumerate(pairs):
        person, case = cast.person(rng), (life.twin(rule),)
        if number % 3 == 0:  # two days of one month
            duty = day.replace(day=1)
            other = next(
                (d for d in life.rest_days if d != day and (d.year, d.month) == (day.year, day.month)), None
            )
            payroll.allow(person, "节日值守补助", duty, 120.0, day=day, cases=case)
            if other:
                payroll.allow(person, "节日值守补助", duty, 120.0, day=other, cases=case)
        elif number % 3 == 1:  # two months
            payroll.allow(person, "下乡补助", month, 300.0, cases=case)
            payroll.allow(person, "下乡补助", next_month(month), 300.0, cases=case)
        else:  # two people of one name
            namesake = stage.people.hire(rng.choice(stage.district.units), "科员", name=person.name)
            cast.used.add(namesake.number)
            payroll.allow(person, "下乡补助", month, 300.0, cases=case)
            payroll.allow(namesake, "下乡补助", month, 300.0, cases=case)


def two_places(stage: Stage, cast: Cast, travel: Travel) -> None:
    """Two journeys at one time to places far from each other."""
    rule = "travel_two_places"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng, ahead=10)):
        person, case = cast.person(rng), (life.violation(rule),)
        first, second = rng.sample(
            ("北泽市", "东沐市", "石渚市", "岚平市", "枫陵市", "雁栖州市", "沧渚市", "鹤浦市"), 2
        )
        length, step = ((4, 1), (3, 1), (2, 1), (5, 4))[number % 4]
        _claim(travel, person, (day, length), first, case)
        _claim(travel, person, (day + timedelta(days=step), length), second, case)
    for number, day in enumerate(stage.work_days(rng, ahead=10)):
        person, case = cast.person(rng), (life.twin(rule),)
        if number % 4 == 0:  # from one place straight to the next
            _claim(travel, person, (day, 2), "北泽市", case)
            _claim(travel, person, (day + timedelta(days=2), 2), "枫陵市", case)
        elif number % 4 == 1:  # neighbouring counties
            _claim(travel, person, (day, 3), "溪照县", case)
            _claim(travel, person, (day + timedelta(days=1), 3), "白榆县", case)
        elif number % 4 == 2:  # a place that no table knows
            _claim(travel, person, (day, 3), "北泽市", case)
            _claim(travel, person, (day + timedelta(days=1), 3), "野鸭荡示范点", case)
        else:  # the same place on two claims
            _claim(travel, person, (day, 3), "石渚市", case)
            _claim(travel, person, (day + timedelta(days=1), 3), "石渚市", case)


def _claim(
    travel: Travel, person: Person, when: tuple[date, int], place: str, cases: tuple[Case, ...]
) -> None:
    travel.claim(person, when[0], when[0] + timedelta(days=when[1]), place, cases)


def over_annual_cap(stage: Stage, cast: Cast, unions: Unions) -> None:
    """More than 2,000 yuan of festival goods for a member in a calendar year."""
    rule = "union_over_annual_cap"
    rng, life = stage.chance(rule), stage.life
    festivals = unions.festivals()
    year = max(
        (day.year for _, day in festivals),
        default=life.last.year,
        key=lambda y: sum(d.year == y for _, d in festivals),
    )
    inside = [(name, day) for name, day in festivals if day.year == year]
    outside = [(name, day) for name, day in festivals if day.year != year]
    if not inside:
        return
    for total in (2000.5, 2010.0, 2080.0, 2200.0, 2460.0, 2800.0, 3200.0, 2015.0):
        _receive(cast, unions, rng, inside, total, (life.violation(rule),))
    for number, total in enumerate((2000.0, 2000.0, 1999.5, 1980.0, 1950.0, 1900.0, 1850.0, 1990.0)):
        case = (life.twin(rule),)
        person = _receive(cast, unions, rng, inside, total, case)
        if outside and number % 2:  # the year before has its own cap
            name, day = outside[0]
            exp = unions.spend(person.unit, day, name, "慰问品", 500.0, 1)
            unions.give(person, day, "慰问品", 500.0, exp, case)


def _receive(
    cast: Cast,
    unions: Unions,
    rng: Random,
    festivals: list[tuple[str, date]],
    total: float,
    cases: tuple[Case, ...],
) -> Person:
    person = cast.person(rng)
    unions.left_out.add(person.number)
    share = round(total / len(festivals), 0)
    for place, (name, day) in enumerate(festivals):
        amount = share if place else round(total - share * (len(festivals) - 1), 2)
        exp = unions.spend(person.unit, day, name, "慰问品", amount, 1)
        unions.give(person, day, "慰问品", amount, exp, cases)
    return person
