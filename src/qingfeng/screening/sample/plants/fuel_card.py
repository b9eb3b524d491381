"""Stories about fuel cards: away from their vehicle, without one, or beyond its end."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.driving import Fill, Order, Stay
from qingfeng.screening.sample.plants.stage import APART, Stage, at, morning, some
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.vehicles import ORDINARY, Vehicle


def plant(stage: Stage) -> None:
    """Tell all stories of this watch."""
    card_vehicle_separated(stage)
    orphan_card(stage)
    disposed_vehicle(stage)


def card_vehicle_separated(stage: Stage) -> None:
    """The card at a station, the vehicle somewhere else."""
    rule = "fuel_card_vehicle_separated"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=APART, located=True)
        km = (2.1, 2.4, 3.2, 5.0, 9.0, 18.0, 54.0, 30.0)[number % 8]
        station = vehicle.yard.near("外环加油站", km, rng.uniform(0, 6.28))
        moment = at(day, rng.randint(9, 16), rng.randrange(60))
        fill = Fill(
            some(rng, vehicle), cases=(life.violation(rule),), at=moment, station=station, odometer=False
        )
        stage.plan.absent_fills.append((vehicle, fill))
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=APART, located=True)
        case = (life.twin(rule),)
        start = at(day, 9, rng.randrange(50))
        if number % 4 == 0:  # near enough
            station = vehicle.yard.near("近郊加油站", 1.88, rng.uniform(0, 6.28))
            fill = Fill(some(rng, vehicle), cases=case, at=start, station=station, odometer=False)
            stage.plan.absent_fills.append((vehicle, fill))
        elif number % 4 == 1:  # the locator was hardly heard
            station = vehicle.yard.near("外环加油站", rng.uniform(5, 20), rng.uniform(0, 6.28))
            site = vehicle.yard.near("临时停放点", 0.6, rng.uniform(0, 6.28))
            stays = [Stay(site, 60)]
            stage.plan.go(vehicle, start, stays, Order("赴现场巡查", "沿线巡查"), online=0.55)
            moment = start + timedelta(minutes=30)
            fill = Fill(some(rng, vehicle), cases=case, at=moment, station=station, odometer=False)
            stage.plan.absent_fills.append((vehicle, fill))
        elif number % 4 == 2:  # only a moving segment at that time
            city = rng.choice(stage.district.far(100, 200))
            station = vehicle.yard.near("服务区加油站", 25.0, rng.uniform(0, 6.28))
            fill = Fill(some(rng, vehicle), cases=case, at=start + timedelta(minutes=40), station=station)
            stage.plan.absent_fills.append((vehicle, fill))
            stage.plan.go(vehicle, start, [Stay(city, 60)], Order(f"赴{city.name}参加会议", city.name))
        else:  # there, and the clock of the till a few minutes off
            station = stage.station_for(vehicle, 5)
            fill = Fill(some(rng, vehicle), cases=case)
            stage.errand(vehicle, start, [fill], station=station)


def orphan_card(stage: Stage) -> None:
    """A card without a vehicle, or a card that fills several."""
    rule = "fuel_orphan_card"
    rng, life = stage.chance(rule), stage.life
    for number, day in enumerate(stage.work_days(rng, ahead=12)):
        if number % 2:  # one card, two plates
            owner = stage.free(rng, day, span=14, apart=APART)
            other = stage.free(rng, day, span=14, apart=APART, unit=owner.unit)
            cases = (life.violation(rule),)
            stage.errand(owner, morning(rng, day), [Fill(some(rng, owner), cases=cases)])
            later = life.work_day_after(day, rng.randint(3, 9))
            other.take(later)
            fields = {"card": owner.card}
            stage.errand(other, morning(rng, later), [Fill(some(rng, other), cases=cases, fields=fields)])
        else:  # a card that belongs to no vehicle
            unit = rng.choice(stage.district.units)
            card = stage.fleet.card()
            stage.fleet.register_card(card, None, unit, holder=unit.leader)
            case = (life.violation(rule),)
            loner(stage, rng, (card, unit.name), life.work_day_after(day), case)
    for number, day in enumerate(stage.work_days(rng, ahead=42)):
        case = (life.twin(rule),)
        if number % 2:  # the card went to another vehicle, a month and more later
            owner, other = (_left(stage, rng, ("在用", None)) for _ in range(2))
            stage.errand(owner, morning(rng, day), [Fill(some(rng, owner), cases=case)])
            later = life.work_day_after(day, 35)
            fields = {"card": owner.card, "unit": owner.unit.name}
            stage.errand(other, morning(rng, later), [Fill(some(rng, other), cases=case, fields=fields)])
        else:  # a cancelled card beside the new one
            vehicle = stage.free(rng, day, span=12, apart=APART)
            old = stage.fleet.card()
            stage.fleet.register_card(
                old, vehicle.plate, vehicle.unit, holder=vehicle.driver.name, status="注销"
            )
            stage.errand(
                vehicle, morning(rng, day), [Fill(some(rng, vehicle), cases=case, fields={"card": old})]
            )
            later = life.work_day_after(day, 8)
            vehicle.take(later)
            stage.errand(vehicle, morning(rng, later), [Fill(some(rng, vehicle), cases=case)])


def loner(stage: Stage, rng: Random, card: tuple[str, str], day: date, cases: tuple[Case, ...]) -> None:
    """Write a fill of a card that no vehicle is bound to."""
    station = rng.choice(stage.district.stations)
    moment = at(day, rng.randint(9, 16), rng.randrange(60))
    litres = round(rng.uniform(22, 38), 2)
    stage.life.add(
        "fuel",
        cases,
        txn_id=f"{moment:%Y%m%d}{stage.life.serial('fuel'):08d}",
        card=card[0],
        unit=card[1],
        ts=moment,
        txn_type="加油",
        product="92号车用汽油",
        liters=litres,
        unit_price=7.42,
        amount=round(litres * 7.42, 2),
        balance=round(rng.uniform(200, 900), 2),
        points=int(litres * 7),
        station=station.name,
        station_region=stage.life.words["district"],
        lon=round(station.lon, 6),
        lat=round(station.lat, 6),
    )


def disposed_vehicle(stage: Stage) -> None:
    """A fill after the vehicle was scrapped, sold, handed over or sealed."""
    rule = "fuel_disposed_vehicle"
    rng, life = stage.chance(rule), stage.life
    states = ("报废", "拍卖", "调出", "封存")
    for number, day in enumerate(stage.work_days(rng, behind=60)):
        left = day - timedelta(days=(1, 3, 10, 25, 40, 55, 20, 7)[number % 8])
        vehicle = _left(stage, rng, (states[number % 4], left))
        stage.errand(vehicle, morning(rng, day), [Fill(some(rng, vehicle), cases=(life.violation(rule),))])
    for number, day in enumerate(stage.work_days(rng, ahead=20)):
        case = (life.twin(rule),)
        gone = day + timedelta(days=(1, 2, 5, 12)[number % 4])
        vehicle = _left(stage, rng, (states[number % 4], gone))
        stage.errand(vehicle, morning(rng, day), [Fill(some(rng, vehicle), cases=case)])
        if number % 4 == 3:  # what was left on the card is paid back
            fields = {"product": None, "amount": -312.4, "points": None}
            moment = at(life.work_day_after(gone, 2), 10, 20)
            station = stage.station_for(vehicle)
            back = Fill(
                None, txn_type="退款", cases=case, at=moment, station=station, odometer=False, fields=fields
            )
            stage.plan.absent_fills.append((vehicle, back))


def _left(stage: Stage, rng: Random, status: tuple[str, date | None]) -> Vehicle:
    unit = rng.choice(stage.district.units)
    return stage.fleet.buy(unit, use=ORDINARY, fuel="汽油", located=False, status=status, idle=True)
