"""Stories about vehicles on the move, at rest, and under repair."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from qingfeng.screening.sample.district import Spot
from qingfeng.screening.sample.driving import Order, Paper, Passage, Stay
from qingfeng.screening.sample.plants.stage import Stage, at
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.routine import on_duty, repair
from qingfeng.screening.sample.vehicles import EXEMPT, ORDINARY, Vehicle

GATES = ("云水东收费站", "清河南收费站")
MOVE = "vehicle_holiday_move"


def plant(stage: Stage) -> None:
    """Tell all stories of this watch."""
    holiday_move(stage)
    overnight_away(stage)
    sensitive_geofence(stage)
    toll_no_trip(stage)
    parking_no_trip(stage)
    trip_overlap(stage)
    zombie_repairs(stage)


def holiday_move(stage: Stage) -> None:
    """A drive on a rest day without order or duty."""
    rng, life = stage.chance(MOVE), stage.life
    for number, day in enumerate(stage.rest_days(rng, 10)):
        case = (life.violation(MOVE),)
        start = at(day, rng.randint(8, 16), rng.randrange(60))
        if number % 5 == 4:  # the order was turned down
            vehicle = stage.free(rng, day, located=True)
            site = stage.site_far_from(rng, vehicle)
            order = Order(f"赴{site.name}办事", site.name, fields={"approved_by": ("", "驳回")[number % 2]})
            stay = Stay(site, 40, cases=case, move_cases=case)
            stage.plan.go(vehicle, start, [stay], order, back_cases=case)
        elif number % 5 == 3:  # only the gates saw it
            vehicle = stage.free(rng, day, located=False)
            both = (life.violation("vehicle_toll_no_trip"), *case)
            stage.plan.passages.append(Passage(vehicle, start, rng.randint(15, 60), both, gates=GATES))
        else:
            vehicle = stage.free(rng, day, located=True)
            km = (2.1, 2.6, 6.5)[number % 3]
            spot = vehicle.yard.near("路边", km / 1.3, rng.uniform(0, 6.28))
            spot = _clear(stage, vehicle.yard, km / 1.3, rng, spot)
            stay = Stay(spot, rng.randint(15, 80), km=km, move_cases=case)
            stage.plan.go(vehicle, start, [stay], None, back_cases=case)
    for number, day in enumerate(stage.rest_days(rng)):
        _innocent_move(stage, rng, number, day)


def _innocent_move(stage: Stage, rng: Random, number: int, day: date) -> None:
    life, case = stage.life, (stage.life.twin(MOVE),)
    start = at(day, rng.randint(8, 16), rng.randrange(60))
    if number % 4 == 3:
        unit = rng.choice(stage.district.units)
        vehicle = stage.fleet.buy(unit, use=rng.choice(EXEMPT), fuel="汽油", located=True)
        vehicle.take(day - timedelta(days=1), day, day + timedelta(days=1))
    else:
        vehicle = stage.free(rng, day, located=True)
    site = stage.site_far_from(rng, vehicle)
    stay = Stay(site, 35, cases=case, move_cases=case)
    if number % 4 == 0:  # round the yard, 1.8 km in all
        spot = _clear(stage, vehicle.yard, 0.6, rng, vehicle.yard)
        stay = Stay(spot, 10, km=0.9, move_cases=case)
        stage.plan.go(vehicle, start, [stay], None, back_cases=case)
    elif number % 4 == 1:
        stage.plan.go(vehicle, start, [stay], Order(f"赴{site.name}防汛巡查", site.name), back_cases=case)
    else:
        if number % 4 == 2:
            on_duty(life, rng, vehicle, day)
        stage.plan.go(vehicle, start, [stay], None, back_cases=case)


def _clear(stage: Stage, centre: Spot, km: float, rng: Random, first: Spot) -> Spot:
    """Return a spot at a distance that lies well outside every sensitive place."""
    spot = first
    for _ in range(60):
        near = min(place.away(spot) - place.radius_m / 1000 for place in stage.district.sensitive)
        if near > 0.3 and spot is not centre:
            return spot
        spot = centre.near("路边", km, rng.uniform(0, 6.28))
    return spot


def overnight_away(stage: Stage) -> None:
    """A night far from the registered place, with no trip that lasts over it."""
    rule, fence = "vehicle_overnight_away", "vehicle_sensitive_geofence"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng, ahead=2)):
        night = _ordinary_night(stage, day)
        vehicle = stage.free(rng, night, span=2, located=True)
        if number % 3 == 2:  # at a block of flats
            home = rng.choice([s for s in stage.district.of("住宅小区") if s.away(vehicle.yard) > 0.8])
            cases = (life.violation(rule, fence),)
        else:
            km = (0.65, 0.8, 3.0, 7.5)[number % 4]  # the locator drifts by some 50 m
            home = _clear(stage, vehicle.yard, km, rng, vehicle.yard)
            cases = (life.violation(rule),)
        _night(stage, rng, vehicle, night, home, cases)
    for number, day in enumerate(stage.work_days(rng, ahead=2)):
        night = _ordinary_night(stage, day)
        vehicle = stage.free(rng, night, span=2, located=True)
        case = (life.twin(rule),)
        if number % 2 == 0:  # beside the yard
            home = _clear(stage, vehicle.yard, rng.uniform(0.3, 0.42), rng, vehicle.yard)
            _night(stage, rng, vehicle, night, home, case)
        else:  # a trip that lasts over it
            city = rng.choice(stage.district.far(100, 260))
            stay = Stay(city, 20 * 60, cases=case)
            stage.plan.go(vehicle, at(night, 9, 10), [stay], Order(f"赴{city.name}参加两天会议", city.name))


def _ordinary_night(stage: Stage, day: date) -> date:
    """Return a working day followed by another."""
    while stage.life.is_rest(day) or stage.life.is_rest(day + timedelta(days=1)):
        day -= timedelta(days=1)
    return day


def _night(
    stage: Stage, rng: Random, vehicle: Vehicle, night: date, home: Spot, cases: tuple[Case, ...]
) -> None:
    site = rng.choice(stage.district.sites)
    order = Order(f"赴{site.name}现场办公", site.name)
    stays = [Stay(site, 60)]
    stage.plan.go(vehicle, at(night, 14, rng.randrange(40)), stays, order)
    evening = at(night, 18, 20 + rng.randrange(30))
    stage.plan.go(vehicle, evening, [Stay(home, 60, cases=cases)], None, back=False, rest_cases=cases)
    morning = at(night + timedelta(days=1), 7, rng.randrange(30))
    stage.plan.go(vehicle, morning, [], None)


def sensitive_geofence(stage: Stage) -> None:
    """A stop of a quarter of an hour in a sensitive place that no order names."""
    rule = "vehicle_sensitive_geofence"
    rng, life = stage.chance(rule), stage.life
    places = rng.sample(stage.district.sensitive, len(stage.district.sensitive))
    for number, day in enumerate(stage.work_days(rng, 10)):
        vehicle = stage.free(rng, day, located=True)
        place, case = places[number], (life.violation(rule),)
        stay = Stay(place, (16, 18, 25, 60, 95)[number % 5], cases=case)
        site = rng.choice(stage.district.sites)
        order = Order(f"赴{site.name}走访企业", site.name) if number % 2 else None
        stays = [Stay(site, 30), stay] if order else [stay]
        stage.plan.go(vehicle, at(day, 13, rng.randrange(60)), stays, order)
    for number, day in enumerate(stage.work_days(rng, 10)):
        vehicle = stage.free(rng, day, located=True)
        place, case = places[-1 - number], (life.twin(rule),)
        if number % 3 == 0:  # in and out
            stay = Stay(place, rng.randint(6, 13), cases=case)
            stage.plan.go(vehicle, at(day, 10, 5), [stay], Order("送达文件", "各服务点"))
        else:
            word = place.name if number % 3 == 1 else place.kind
            order = Order(f"赴{word}检查安全生产", word if number % 2 else "辖区内")
            stage.plan.go(vehicle, at(day, 10, 5), [Stay(place, 50, cases=case)], order)


def toll_no_trip(stage: Stage) -> None:
    """A toll passage that no order covers within two hours."""
    rule = "vehicle_toll_no_trip"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, located=number % 3 == 0)
        case = (life.violation(rule),)
        if number % 3 == 0:  # driven, and nothing on paper
            city = rng.choice(stage.district.far(35, 120))
            stays = [Stay(city, 60, toll=GATES, toll_cases=case)]
            more = {"back_toll": GATES[::-1], "back_toll_cases": case}
            stage.plan.go(vehicle, at(day, 9, 15), stays, None, **more)
        else:
            site = rng.choice(stage.district.sites)
            stage.plan.go(
                vehicle, at(day, 8, 30), [Stay(site, 40)], Order(f"赴{site.name}走访企业", site.name)
            )
            late = at(day, 14, rng.randrange(60)) if number % 3 == 1 else at(day, 20, 30)
            stage.plan.passages.append(Passage(vehicle, late, rng.randint(12, 50), case, gates=GATES))
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, located=False)
        case = (life.twin(rule),)
        city = rng.choice(stage.district.far(30, 80))
        order = Order(f"赴{city.name}报送材料", city.name)
        outing = stage.plan.go(vehicle, at(day, 10, 0), [Stay(city, 60)], order)
        del outing
        early = at(day, 8, rng.randint(8, 25)) if number % 2 else at(day, 10, 20)
        stage.plan.passages.append(Passage(vehicle, early, 14, case, gates=GATES))


def parking_no_trip(stage: Stage) -> None:
    """Parked half an hour and more of rest time, with no trip, away from every own yard."""
    rule = "vehicle_parking_no_trip"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, located=number % 3 == 0)
        case = (life.violation(rule),)
        lot, minutes = stage.lot_far_from(rng, vehicle, 0.9), (42, 55, 80, 130)[number % 4]
        start = at(day, 19, rng.randint(25, 55))
        if vehicle.located:
            stage.plan.go(vehicle, start, [Stay(lot, minutes, parked=True, park_cases=case)], None)
        else:
            stage.plan.passages.append(Passage(vehicle, start, minutes, case, lot=lot))
    for number, day in enumerate(stage.rest_days(rng, 4)):
        vehicle = stage.free(rng, day, located=False)
        both = (life.violation(rule, MOVE),)
        lot = stage.lot_far_from(rng, vehicle, 2.5)
        moment = at(day, rng.randint(10, 18), rng.randrange(60))
        stage.plan.passages.append(Passage(vehicle, moment, 45 + 30 * number, both, lot=lot))
    for number, day in enumerate(stage.work_days(rng, 9)):
        _innocent_parking(stage, rng, number, day)


def _innocent_parking(stage: Stage, rng: Random, number: int, day: date) -> None:
    case = (stage.life.twin("vehicle_parking_no_trip"),)
    vehicle = stage.free(rng, day, located=False)
    lot, evening = stage.lot_far_from(rng, vehicle, 0.9), at(day, 19, rng.randint(25, 55))
    if number % 4 == 0:  # a short errand
        stage.plan.passages.append(Passage(vehicle, evening, rng.randint(8, 23), case, lot=lot))
    elif number % 4 == 1:  # the lot of another unit of the house
        yard = rng.choice([u.yard for u in stage.district.units if u is not vehicle.unit] or [vehicle.yard])
        stage.plan.passages.append(Passage(vehicle, evening, 90, case, lot=yard))
    elif number % 4 == 2:  # in working time
        stage.plan.passages.append(Passage(vehicle, at(day, 14, 10), 120, case, lot=lot))
    else:  # an evening trip on order
        order = Order("值守保障用车", lot.name)
        stage.plan.go(vehicle, at(day, 18, 50), [Stay(lot, 75, parked=True, park_cases=case)], order)


def trip_overlap(stage: Stage) -> None:
    """Two orders of one vehicle or one driver at the same time."""
    rule = "trip_overlap"
    rng, life = stage.chance(rule), stage.life
    overlaps = (17, 25, 40, 60, 90, 120, 19, 33)
    for number, (day, minutes) in enumerate(zip(stage.work_days(rng), overlaps, strict=True)):
        case = (life.violation(rule),)
        _pair(stage, rng, day, minutes, case, same_driver=number % 3 == 2)
    for number, day in enumerate(stage.work_days(rng)):
        minutes = (14, 10, 0, -5)[number % 4]
        _pair(stage, rng, day, minutes, (life.twin(rule),), same_driver=number % 3 == 2)


def _pair(
    stage: Stage, rng: Random, day: date, minutes: int, cases: tuple[Case, ...], *, same_driver: bool
) -> None:
    """Write two orders that overlap by so many minutes; short ones that nothing contradicts."""
    first = stage.free(rng, day, located=False)
    second = first
    if same_driver:
        second = stage.free(rng, day, located=False, unit=first.unit)
    a, b = rng.sample(stage.district.sites, 2)
    leave = at(day, rng.randint(8, 10), rng.randrange(60))
    home = leave + timedelta(minutes=max(minutes, 0) + rng.randint(60, 120))
    km = float(rng.randint(7, 15))
    stage.plan.papers.append(Paper(first, leave, home, f"赴{a.name}送达文件", a.name, km, km, cases))
    again = home - timedelta(minutes=minutes)
    back = again + timedelta(minutes=max(minutes, 0) + rng.randint(45, 90))
    paper = Paper(second, again, back, f"赴{b.name}入户核查", b.name, km, km, cases, driver=first.driver)
    stage.plan.papers.append(paper)


def zombie_repairs(stage: Stage) -> None:
    """A repair of a vehicle that had not moved for ninety days."""
    rule = "maint_zombie"
    rng, life = stage.chance(rule), stage.life
    quiet = (91, 93, 100, 120, 140, 95, 160, 110)
    for number, (day, still) in enumerate(zip(stage.work_days(rng, behind=100), quiet, strict=False)):
        vehicle = _dormant(stage, rng, located=number % 2 == 0)
        moved = _before(stage, day, still)
        if moved:
            _little_trip(stage, rng, vehicle, moved)
        moment = at(day, rng.randint(8, 15), rng.randrange(60))
        repair(life, rng, vehicle, moment, hours=rng.choice((5, 27, 50)), cases=(life.violation(rule),))
    for number, day in enumerate(stage.work_days(rng, behind=100)):
        vehicle = _dormant(stage, rng, located=number % 3 == 2)
        moved = _before(stage, day, (86, 60, 75, 20)[number % 4])
        if moved:
            _little_trip(stage, rng, vehicle, moved)
        moment = at(day, rng.randint(8, 15), rng.randrange(60))
        repair(life, rng, vehicle, moment, hours=6, cases=(life.twin(rule),))


def _before(stage: Stage, day: date, days: int) -> date | None:
    found = day - timedelta(days=days)
    step = timedelta(days=-1 if days > 90 else 1)
    while stage.life.is_rest(found):
        found += step
    return found if stage.life.first < found else None


def _dormant(stage: Stage, rng: Random, *, located: bool) -> Vehicle:
    unit = rng.choice(stage.district.units)
    return stage.fleet.buy(unit, use=ORDINARY, fuel="汽油", located=located, idle=True)


def _little_trip(stage: Stage, rng: Random, vehicle: Vehicle, day: date) -> None:
    site = rng.choice(stage.district.sites)
    start: datetime = at(day, 9, rng.randrange(60))
    stage.plan.go(vehicle, start, [Stay(site, 40)], Order(f"赴{site.name}设备运送", site.name))
