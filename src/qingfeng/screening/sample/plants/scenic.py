"""Stories about scenic spots, hotels and travel agencies."""

from __future__ import annotations

from datetime import timedelta

from qingfeng.screening.sample.books import Books, Item, later
from qingfeng.screening.sample.driving import Order, Passage, Stay
from qingfeng.screening.sample.plants.stage import Stage, at
from qingfeng.screening.sample.routine import on_duty
from qingfeng.screening.sample.scenic import Scenic

ROOM = ("*住宿服务*住宿费", "3070402000000000000", 0.06)
TOUR = ("*旅游服务*团费", "3070301000000000000", 0.06)


def plant(stage: Stage, books: Books, scenic: Scenic) -> None:
    """Tell the stories that no vehicle takes part in."""
    free_pass(stage, scenic)
    hotel_holiday(stage, books)
    travel_agency(stage, books)


def free_pass(stage: Stage, scenic: Scenic) -> None:
    """Free entries on somebody's word: many, or on a rest day."""
    rule = "scenic_free_pass"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    for number, day in enumerate(stage.work_days(rng, 6)):
        unit, case = next(units), (life.violation(rule),)
        kind = ("免票", "优待")[number % 2]
        if number % 3 == 2:  # two slips of one day
            for qty in (3, rng.randint(2, 4)):
                scenic.enter(day, kind, qty, unit=unit, reason="公务接待", cases=case)
        else:
            scenic.enter(
                day, kind, (5, 6, 0, 12, 52)[number % 5] or 8, unit=unit, reason="领导批条", cases=case
            )
    for number, day in enumerate(stage.rest_days(rng, 4)):
        case = (life.violation(rule),)
        scenic.enter(day, "免票", number + 1, unit=next(units), reason="公务接待", cases=case)
    for number, day in enumerate(stage.work_days(rng, 9)):
        case = (life.twin(rule),)
        if number % 3 == 0:
            scenic.enter(day, "免票", 4, unit=next(units), reason="工作检查", cases=case)
        elif number % 3 == 1:
            unit = next(units)
            for _ in range(2):
                scenic.enter(day, "免票", 2, unit=unit, reason="工作检查", cases=case)
        else:
            scenic.enter(day, "购票", rng.randint(8, 20), unit=next(units), cases=case)
    for day in stage.rest_days(rng, 3):  # old people, on nobody's word
        scenic.enter(day, "优待", 60, reason="老年人", cases=(life.twin(rule),))


def vehicle_holiday(stage: Stage) -> None:
    """A public vehicle in a scenic car park on a rest day."""
    rule = "scenic_vehicle_holiday"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.rest_days(rng)):
        near = [rule, "vehicle_holiday_move", "vehicle_parking_no_trip"]
        vehicle = stage.free(rng, day, located=number % 4 == 0)
        spot = max(stage.district.of("景区"), key=lambda s, v=vehicle: s.away(v.yard))  # type: ignore[misc]
        start = at(day, rng.randint(9, 14), rng.randrange(60))
        minutes = (40, 90, 150, 210)[number % 4]
        seen = life.violation(*near)
        if vehicle.located:
            move = (life.violation("vehicle_holiday_move"),)
            stop = (life.violation("vehicle_sensitive_geofence"),)
            stay = Stay(spot, minutes, parked=True, park_cases=(seen,), cases=stop, move_cases=move)
            stage.plan.go(vehicle, start, [stay], None, back_cases=move)
        else:
            stage.plan.passages.append(Passage(vehicle, start, minutes, (seen,), lot=spot))
    for number, day in enumerate(stage.rest_days(rng)):
        vehicle, case = stage.free(rng, day, located=False), (life.twin(rule),)
        spot = rng.choice(stage.district.of("景区"))
        start = at(day, rng.randint(9, 14), rng.randrange(60))
        if number % 2:
            on_duty(life, rng, vehicle, day)
            stage.plan.passages.append(Passage(vehicle, start, 80, case, lot=spot))
        else:
            stay = Stay(spot, 80, parked=True, park_cases=case)
            stage.plan.go(vehicle, start, [stay], Order(f"赴{spot.name}检查节日安全", spot.name))
    for day in stage.work_days(rng, 3):
        vehicle = stage.free(rng, day, located=False)
        spot = rng.choice(stage.district.of("景区"))
        stage.plan.passages.append(Passage(vehicle, at(day, 10, 20), 70, (life.twin(rule),), lot=spot))


def hotel_holiday(stage: Stage, books: Books) -> None:
    """A hotel's invoice of a rest day."""
    rule = "hotel_holiday_unit"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    hotels = life.words["hotels"]
    spas = [books.seller(name, "酒店") for name in ("清河碧泉温泉有限公司", "云水云麓度假有限公司")]
    for number, day in enumerate(stage.rest_days(rng)):
        unit = next(units)
        seller = spas[number % 2] if number % 4 == 3 else rng.choice(hotels)
        buyer = unit.union if number % 8 == 5 else unit.name
        item = Item(*ROOM, float(rng.randint(3, 40) * 100))
        invoice = books.invoice(buyer, seller, day, [item], cases=(life.violation(rule),))
        entry = ("付会务用房", "30215", "会议费", invoice.total, invoice.key)
        books.voucher(unit, later(life, rng, day), [entry], payee=seller)
    fridays = [d for d in stage.life.work_days[3:-3] if life.is_rest(d + timedelta(days=1))]
    makeup = [d.date for d in life.days[3:-3] if d.day_kind == "makeup"]
    days = [*makeup[:4], *rng.sample(fridays, 4)]
    for day in days:  # days that are worked
        unit = next(units)
        item = Item(*ROOM, float(rng.randint(3, 20) * 100))
        invoice = books.invoice(unit.name, rng.choice(hotels), day, [item], cases=(life.twin(rule),))
        entry = ("付会务用房", "30215", "会议费", invoice.total, invoice.key)
        books.voucher(unit, later(life, rng, day), [entry], payee=invoice.seller)
    for day in stage.rest_days(rng, 3):  # a printer that works on Saturdays
        unit = next(units)
        item = Item("*印刷品*防汛宣传单", "1060511000000000000", 0.13, float(rng.randint(3, 9) * 100))
        books.invoice(unit.name, life.words["printers"][0], day, [item], cases=(life.twin(rule),))


def travel_agency(stage: Stage, books: Books) -> None:
    """A travel agency's invoice to a unit."""
    rule = "travel_agency_invoice"
    rng, life, units = stage.chance(rule), stage.life, stage.units(stage.chance(f"{rule} units"))
    for number, day in enumerate(stage.work_days(rng)):
        unit = next(units)
        seller = life.words["agencies"][number % 4]
        item = Item(
            TOUR[0] if number % 2 else "*会议服务*培训服务费",
            TOUR[1],
            TOUR[2],
            float(rng.randint(12, 90) * 100),
        )
        invoice = books.invoice(unit.name, seller, day, [item], cases=(life.violation(rule),))
        entry = ("付主题党日活动费", "30216", "培训费", invoice.total, invoice.key)
        books.voucher(unit, later(life, rng, day), [entry], payee=seller)
    fair = [
        books.seller(n, k)
        for n, k in (
            ("江淮商旅票务有限公司", "票务"),
            ("清河文旅集团会展有限公司", "会展"),
            ("云水旅居康养有限公司", "康养"),
        )
    ]
    for number, day in enumerate(stage.work_days(rng)):
        item = Item("*会议服务*会展服务费", "3040601000000000000", 0.06, float(rng.randint(12, 60) * 100))
        if number % 4 == 3:  # an agency's invoice to somebody else
            buyer = f"清河{rng.choice(life.words['towns'])}实业有限公司"
            books.invoice(buyer, life.words["agencies"][0], day, [item], cases=(life.twin(rule),))
        else:
            unit = next(units)
            books.invoice(unit.name, fair[number % 3], day, [item], cases=(life.twin(rule),))
