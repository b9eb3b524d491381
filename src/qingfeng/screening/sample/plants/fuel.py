"""Stories about fuel cards and fills."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from qingfeng.screening.sample.corrections import is_written_to
from qingfeng.screening.sample.driving import Fill, Order, Stay
from qingfeng.screening.sample.plants.stage import APART, Stage, at, is_diesel, is_petrol, morning, some
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.routine import on_duty
from qingfeng.screening.sample.vehicles import EXEMPT, ORDINARY, Vehicle

GOODS = (
    ("香烟", 450.0),
    ("矿泉水", 168.0),
    ("休闲食品", 236.5),
    ("洗衣液", 129.0),
    ("牛奶", 318.0),
    ("啤酒", 192.0),
    ("购物", 500.0),
    ("大米", 256.0),
)


def plant(stage: Stage) -> None:
    """Tell all stories of this watch."""
    over_tank_single(stage)
    over_tank_window(stage)
    same_day_repeat(stage)
    holiday(stage)
    holiday_consecutive(stage)
    small_frequent(stage)
    nonfuel_goods(stage)
    type_mismatch(stage)


def over_tank_single(stage: Stage) -> None:
    """More than 105 % of the tank and 2 litres in one fill."""
    rule = "fuel_over_tank_single"
    rng, life = stage.chance(rule), stage.life
    margins = [0.05, 0.6, 2.0, 5.5, 9.0, 14.0, 21.0, 30.0]
    for day, margin in zip(stage.work_days(rng), margins, strict=False):
        vehicle = stage.free(rng, day, apart=APART)
        overfill(stage, rng, vehicle, day, margin)
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=APART)
        limit = vehicle.tank * 1.05 + 2
        litres = limit if number % 4 == 0 else rng.uniform(vehicle.tank, limit - 0.02)
        stage.errand(vehicle, morning(rng, day), [Fill(litres, cases=(life.twin(rule),))])
    for day in stage.work_days(rng, 2):  # a long-range tank that is on the register
        vehicle = stage.fleet.buy(rng.choice(stage.district.units), use=ORDINARY, fuel="柴油", tank=130.0)
        vehicle.taken.update((day - timedelta(days=1), day, day + timedelta(days=1)))
        vehicle.stories.append(day)
        stage.errand(vehicle, morning(rng, day), [Fill(rng.uniform(110, 126), cases=(life.twin(rule),))])


def overfill(stage: Stage, rng: Random, vehicle: Vehicle, day: date, margin: float) -> None:
    """Fill more into a vehicle than its tank holds, by so many litres above what the rule allows for."""
    litres = vehicle.tank * 1.05 + 2 + margin + rng.uniform(0.01, 0.4)
    case = stage.life.violation("fuel_over_tank_single")
    stage.errand(vehicle, morning(rng, day), [Fill(litres, cases=(case,))])


def over_tank_window(stage: Stage) -> None:
    """Two fills within four hours that no tank holds, whatever was driven between."""
    rule, repeat = "fuel_over_tank_window", "fuel_same_day_repeat"
    rng, life = stage.chance(rule), stage.life
    margins = [0.4, 1.5, 3.0, 6.0, 10.0, 14.0, 18.0, 24.0]
    for number, (day, margin) in enumerate(zip(stage.work_days(rng), margins, strict=False)):
        vehicle = stage.free(rng, day, apart=APART, located=number % 2 == 0)
        both = life.violation(rule, repeat)
        _two_fills(stage, rng, vehicle, day, margin, (both,), odometer=number != 3)
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=APART)
        if number % 2:  # two receipts of one tank: a repeat, but the tank holds it
            cases = (life.twin(rule), life.violation(repeat))
            _two_fills(stage, rng, vehicle, day, -rng.uniform(0.2, 12.0), cases)
        else:  # a long trip between them
            _long_trip(stage, rng, vehicle, day, (life.twin(rule, repeat),))


def _two_fills(
    stage: Stage,
    rng: Random,
    vehicle: Vehicle,
    day: date,
    margin: float,
    cases: tuple[Case, ...],
    *,
    odometer: bool = True,
) -> None:
    first, second = stage.station_for(vehicle), stage.station_for(vehicle, 2)
    site = stage.site_far_from(rng, vehicle, 0.5)
    between = first.road(site) + site.road(second)
    bound = between if odometer else between + vehicle.yard.road(first) + second.road(vehicle.yard)
    total = vehicle.tank * 1.10 + bound * vehicle.rated / 100 + margin
    share = rng.uniform(0.46, 0.54)
    fills = [
        Fill(total * share, cases=cases, odometer=odometer),
        Fill(total * (1 - share), cases=cases, odometer=odometer),
    ]
    stays = [Stay(first, 12, fills[:1]), Stay(site, rng.randint(20, 110)), Stay(second, 12, fills[1:])]
    stage.plan.go(vehicle, morning(rng, day), stays, Order(f"赴{site.name}现场办公", site.name))


def _long_trip(stage: Stage, rng: Random, vehicle: Vehicle, day: date, cases: tuple[Case, ...]) -> None:
    near, far = stage.station_for(vehicle), rng.choice(stage.district.far(160, 260))
    km = rng.choice((300.4, 305.0, 312.0))  # at 84 km/h less than four hours
    total = min(vehicle.tank * 1.10 + km * vehicle.rated / 100 - 1.5, vehicle.tank * 1.7)
    half = total / 2
    station = far.near(f"{far.name}服务区加油站", 1.0, rng.uniform(0, 6))
    stays = [
        Stay(near, 8, [Fill(half, cases=cases)]),
        Stay(station, 10, [Fill(half, cases=cases)], km=km, toll=("云水东收费站", "北泽收费站")),
        Stay(far, 100),
    ]
    order = Order(f"赴{far.name}对接工作", far.name)
    stage.plan.go(vehicle, at(day, 7, rng.randrange(5, 40)), stays, order)


def same_day_repeat(stage: Stage) -> None:
    """Two fills of one card on one day, little driven between."""
    rule = "fuel_same_day_repeat"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=APART)
        cases = (life.violation(rule),)
        first = vehicle.tank * rng.uniform(0.35, 0.5)
        stage.errand(
            vehicle, at(day, 8, rng.randrange(50)), [Fill(first, cases=cases, odometer=number % 3 > 0)]
        )
        second = vehicle.tank * rng.uniform(0.35, 0.5)
        stage.errand(
            vehicle, at(day, 15, rng.randrange(50)), [Fill(second, cases=cases, odometer=number % 3 > 0)]
        )
    for number, day in enumerate(stage.work_days(rng, ahead=2)):
        vehicle = stage.free(rng, day, span=2, apart=APART, located=False if number % 3 == 1 else None)
        case = (life.twin(rule),)
        if number % 3 == 0:
            _long_trip(stage, rng, vehicle, day, case)
        elif number % 3 == 1:  # one fill, and money put on the card
            stage.errand(vehicle, at(day, 9, 12), [Fill(vehicle.tank * 0.6, cases=case)])
            stage.plan.absent_fills.append((vehicle, _top_up(stage, vehicle, at(day, 14, 5), case)))
        else:  # the evening before a day and the morning of the day
            tomorrow = day + timedelta(days=1)
            if life.is_rest(tomorrow):
                tomorrow = day
                stage.errand(vehicle, at(day, 9, 12), [Fill(vehicle.tank * 0.6, cases=case)])
                continue
            stage.errand(vehicle, at(day, 16, 40), [Fill(vehicle.tank * 0.45, cases=case)])
            stage.errand(vehicle, at(tomorrow, 8, 10), [Fill(vehicle.tank * 0.4, cases=case)])


def _top_up(stage: Stage, vehicle: Vehicle, moment: datetime, cases: tuple[Case, ...]) -> Fill:
    fields = {"product": None, "unit_price": None, "amount": 1000.0, "points": None}
    return Fill(
        None,
        txn_type="充值",
        cases=cases,
        at=moment,
        station=stage.station_for(vehicle),
        odometer=False,
        fields=fields,
    )


def holiday(stage: Stage) -> None:
    """A fill on a rest day with neither trip nor duty within six hours."""
    rule = "fuel_holiday"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.rest_days(rng)):
        vehicle = stage.free(rng, day, apart=APART, located=False)
        stage.errand(
            vehicle,
            at(day, 8, rng.randrange(59)),
            [Fill(some(rng, vehicle), cases=(life.violation(rule),))],
            order=False,
        )
        if number % 4 == 0:  # a trip of the same day, but much later
            site = stage.site_far_from(rng, vehicle)
            stage.plan.go(
                vehicle, at(day, 15, 40), [Stay(site, 30)], Order(f"赴{site.name}处置险情", site.name)
            )
    _holiday_twins(stage, rng)
    makeup = [day.date for day in life.days[3:-3] if day.day_kind == "makeup"]
    for day in makeup[:3]:  # a Saturday that is worked
        vehicle = stage.free(rng, day, apart=APART, located=False)
        stage.errand(
            vehicle, at(day, 10, 15), [Fill(some(rng, vehicle), cases=(life.twin(rule),))], order=False
        )


def _holiday_twins(stage: Stage, rng: Random) -> None:
    """Fills on rest days before a trip, on duty, under an order, or for a vehicle that is exempt."""
    life = stage.life
    for number, day in enumerate(stage.rest_days(rng, 10)):
        case = (life.twin("fuel_holiday"),)
        if number % 5 == 4:
            vehicle = stage.fleet.buy(
                rng.choice(stage.district.units), use=rng.choice(EXEMPT), fuel="汽油", located=False
            )
            vehicle.taken.add(day)
        else:
            vehicle = stage.free(rng, day, apart=APART, located=False)
        start, fill = at(day, 9, rng.randrange(59)), Fill(some(rng, vehicle), cases=case)
        if number % 5 == 0:  # filled up before a trip of the afternoon
            stage.errand(vehicle, start, [fill], order=False)
            site = stage.site_far_from(rng, vehicle)
            stage.plan.go(
                vehicle, at(day, 13, 50), [Stay(site, 30)], Order(f"赴{site.name}防汛巡查", site.name)
            )
        elif number % 5 == 1:
            on_duty(life, rng, vehicle, day, kind=rng.choice(("值班", "防汛")))
            stage.errand(vehicle, start, [fill], order=False)
        else:
            stage.errand(vehicle, start, [fill], order=number % 5 != 4)


def holiday_consecutive(stage: Stage) -> None:
    """Fills by one card on two rest days running."""
    rule, each = "fuel_holiday_consecutive", "fuel_holiday"
    rng, life = stage.chance(rule), stage.life

    def pairs(day: date) -> bool:
        return life.is_rest(day + timedelta(days=1))

    for number, day in enumerate(stage.rest_days(rng, fits=pairs)):
        third = number % 4 == 3 and life.is_rest(day + timedelta(days=2))
        vehicle = stage.free(rng, day, span=3, apart=APART, located=False)
        cases = (life.violation(rule, each),)
        for ahead in range(3 if third else 2):
            moment = at(day + timedelta(days=ahead), rng.randint(8, 17), rng.randrange(60))
            stage.errand(vehicle, moment, [Fill(some(rng, vehicle), cases=cases)], order=False)
    for number, day in enumerate(stage.rest_days(rng, fits=pairs)):
        vehicle = stage.free(rng, day, span=2, apart=APART, located=False)
        days = [day, day + timedelta(days=1)]
        if number % 2:  # rostered on both days
            for each_day in days:
                on_duty(life, rng, vehicle, each_day, kind="防汛")
        cases = (life.twin(rule, each),)
        for each_day in days:
            moment = at(each_day, rng.randint(9, 15), rng.randrange(60))
            stage.errand(vehicle, moment, [Fill(some(rng, vehicle), cases=cases)], order=number % 2 == 0)


def small_frequent(stage: Stage) -> None:
    """Three payments under 100 yuan by one card in 30 days."""
    rule = "fuel_small_frequent"
    rng, life = stage.chance(rule), stage.life
    amounts = [(99.9, 99.5, 99.2), (58.0, 62.0, 40.0), (95.0, 88.0, 91.0), (30.0, 45.0, 55.0)]
    for number, day in enumerate(stage.work_days(rng, ahead=30)):
        vehicle = stage.free(rng, day, span=29, apart=APART)
        _series(
            stage, rng, vehicle, day, amounts[number % 4], rng.choice((6, 11, 13)), (life.violation(rule),)
        )
    for number, day in enumerate(stage.work_days(rng, ahead=46)):
        vehicle = stage.free(rng, day, span=45, apart=APART)
        case = (life.twin(rule),)
        if number % 3 == 0:
            _series(stage, rng, vehicle, day, (100.0, 100.0, 100.0), 7, case)
        elif number % 3 == 1:
            _series(stage, rng, vehicle, day, (80.0, 90.0), 9, case)
        else:
            _series(stage, rng, vehicle, day, (85.0, 92.0, 88.0), 21, case)


def _series(
    stage: Stage,
    rng: Random,
    vehicle: Vehicle,
    day: date,
    amounts: tuple[float, ...],
    gap: int,
    cases: tuple[Case, ...],
) -> None:
    while gap < 20 and (stage.life.work_day_after(day, gap * 2) - day).days > 28:
        gap -= 1
    for number, amount in enumerate(amounts):
        when = stage.life.work_day_after(day, number * gap)
        vehicle.take(when)
        fill = Fill(round(amount / 7.4, 2), cases=cases, fields={"unit_price": 7.4, "amount": amount})
        stage.errand(vehicle, morning(rng, when), [fill])


def nonfuel_goods(stage: Stage) -> None:
    """Goods on a fuel card."""
    rule = "fuel_nonfuel_goods"
    rng, life = stage.chance(rule), stage.life
    for day, (goods, amount) in zip(stage.work_days(rng), rng.sample(GOODS, len(GOODS)), strict=False):
        vehicle = stage.free(
            rng, day, apart=APART, fits=lambda one: not is_written_to(stage.district, one.unit)
        )
        fields = {"amount": amount, "points": None}
        fill = Fill(None, goods, "非油", cases=(life.violation(rule),), odometer=False, fields=fields)
        stage.errand(vehicle, morning(rng, day), [fill])
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=APART, fits=is_diesel)
        case = (life.twin(rule),)
        if number % 3 == 0:
            fill = Fill(25.0, "车用尿素溶液", cases=case)
        elif number % 3 == 1:  # not in the dictionary, but it has litres
            fill = Fill(26.0, "清洁能源燃料", cases=case, fields={"amount": 188.0})
        else:
            fill = _top_up(stage, vehicle, at(day, 10, 30), case)
        if fill.at:
            stage.plan.absent_fills.append((vehicle, fill))
        else:
            stage.errand(vehicle, morning(rng, day), [fill])


def type_mismatch(stage: Stage) -> None:
    """Diesel into a petrol car, or the reverse."""
    rule = "fuel_type_mismatch"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng)):
        petrol = number % 3 > 0
        vehicle = stage.free(rng, day, apart=APART, fits=is_petrol if petrol else is_diesel)
        product = "0号车用柴油" if petrol else rng.choice(("92号车用汽油", "95号车用汽油"))
        stage.errand(
            vehicle, morning(rng, day), [Fill(some(rng, vehicle), product, cases=(life.violation(rule),))]
        )
    for number, day in enumerate(stage.work_days(rng)):
        case = (life.twin(rule),)
        if number % 3 == 0:
            vehicle = stage.free(rng, day, apart=APART, fits=is_petrol)
            fill = Fill(some(rng, vehicle), "95号车用汽油", cases=case)
        elif number % 3 == 1:
            vehicle = stage.free(rng, day, apart=APART, fits=is_diesel)
            fill = Fill(24.0, "车用尿素溶液", cases=case)
        else:
            vehicle = stage.fleet.buy(rng.choice(stage.district.units), use=ORDINARY, fuel="插混")
            vehicle.taken.update((day - timedelta(days=1), day, day + timedelta(days=1)))
            vehicle.stories.append(day)
            fill = Fill(some(rng, vehicle), "92号车用汽油", cases=case)
        stage.errand(vehicle, morning(rng, day), [fill])
