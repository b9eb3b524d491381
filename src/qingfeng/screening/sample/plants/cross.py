"""Stories in which several records speak together."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from qingfeng.screening.sample.driving import Fill, Order, Paper, Passage, Stay
from qingfeng.screening.sample.plants.stage import Stage, at, is_petrol
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.vehicles import Vehicle

OVERLAY = "x_private_fuel_overlay"
CHAIN = "x_trip_chain"


def plant(stage: Stage) -> None:
    """Tell all stories of this watch."""
    private_fuel_overlay(stage)
    trip_chain(stage)


def private_fuel_overlay(stage: Stage) -> None:
    """Three kinds of doubt about one card within a month."""
    rng = stage.chance(OVERLAY)
    for number, day in enumerate(stage.rest_days(rng, 9)):
        if not stage.life.knows(day + timedelta(days=32)):
            day -= timedelta(days=35)  # noqa: PLW2901 - the month must be on record
            if not (stage.life.knows(day) and stage.life.is_rest(day)):
                continue
        _three_doubts(stage, rng, day, number)
    for number, day in enumerate(stage.rest_days(rng)):
        _two_doubts(stage, rng, day, number)


def _three_doubts(stage: Stage, rng: Random, day: date, number: int) -> None:
    life = stage.life
    vehicle = stage.free(rng, day, span=30, apart=31, located=False, fits=is_petrol)
    whole = life.violation(OVERLAY)
    stage.errand(
        vehicle, at(day, 10, 20), [_fill(vehicle, 0.6, whole, life.violation("fuel_holiday"))], order=False
    )
    second = life.work_day_after(day, rng.randint(4, 11))
    vehicle.take(second)
    litres = vehicle.tank * 1.05 + 2 + rng.uniform(0.5, 9)
    single = (whole, life.violation("fuel_over_tank_single"))
    stage.errand(vehicle, at(second, 9, 5), [Fill(litres, cases=single)])
    third = life.work_day_after(day, rng.randint(14, 18))
    vehicle.take(third)
    if number % 3 == 0:
        cases = (whole, life.violation("fuel_type_mismatch"))
        stage.errand(vehicle, at(third, 9, 40), [Fill(vehicle.tank * 0.5, "0号车用柴油", cases=cases)])
    elif number % 3 == 1:
        cases = (whole, life.violation("fuel_nonfuel_goods"))
        goods = Fill(
            None, "香烟", "非油", cases=cases, odometer=False, fields={"amount": 420.0, "points": None}
        )
        stage.errand(vehicle, at(third, 9, 40), [goods])
    else:
        repeat = life.violation("fuel_same_day_repeat")
        stage.errand(vehicle, at(third, 8, 40), [_fill(vehicle, 0.45, whole, repeat)])
        stage.errand(vehicle, at(third, 15, 40), [_fill(vehicle, 0.45, whole, repeat)])


def _two_doubts(stage: Stage, rng: Random, day: date, number: int) -> None:
    """Only two kinds, or a third that came too late."""
    life = stage.life
    vehicle = stage.free(rng, day, span=70, apart=31, located=False, fits=is_petrol)
    whole = life.twin(OVERLAY)
    stage.errand(
        vehicle, at(day, 10, 20), [_fill(vehicle, 0.6, whole, life.violation("fuel_holiday"))], order=False
    )
    second = life.work_day_after(day, 6)
    if not life.knows(second + timedelta(days=1)):
        return
    vehicle.take(second)
    mismatch = (whole, life.violation("fuel_type_mismatch"))
    stage.errand(vehicle, at(second, 9, 5), [Fill(vehicle.tank * 0.5, "0号车用柴油", cases=mismatch)])
    third = life.work_day_after(day, 52)
    if number % 2 and life.knows(third + timedelta(days=1)):
        vehicle.take(third)
        single = (whole, life.violation("fuel_over_tank_single"))
        stage.errand(vehicle, at(third, 9, 40), [Fill(vehicle.tank * 1.05 + 4, cases=single)])


def _fill(vehicle: Vehicle, share: float, *cases: Case) -> Fill:
    return Fill(vehicle.tank * share, cases=cases)


def trip_chain(stage: Stage) -> None:
    """An order that two other records contradict."""
    rng, life = stage.chance(CHAIN), stage.life
    for number, day in enumerate(stage.work_days(rng)):
        whole = (life.violation(CHAIN),)
        vehicle = stage.free(rng, day, apart=31, located=True)
        if number % 4 == 0:
            _stood_still(stage, rng, vehicle, day, whole)
        elif number % 4 == 1:
            _filled_elsewhere(stage, rng, vehicle, day, whole)
        elif number % 4 == 2:
            _tag_lent(stage, rng, vehicle, day, whole)
        else:
            _twice_on_paper(stage, rng, vehicle, day, whole)
    for number, day in enumerate(stage.work_days(rng)):
        vehicle = stage.free(rng, day, apart=31, located=True)
        _one_contradiction(stage, rng, vehicle, day, number)


def _stood_still(stage: Stage, rng: Random, vehicle: Vehicle, day: date, cases: tuple[Case, ...]) -> None:
    """The order says 120 km, the locator and the odometer next to nothing."""
    site, km = rng.choice(stage.district.sites), float(rng.randint(45, 160))
    paper = Paper(
        vehicle,
        at(day, 9, 5),
        at(day, 16, 30),
        f"赴{site.name}等地督查",
        site.name,
        km,
        round(km * 0.06, 1),
        cases,
    )
    stage.plan.papers.append(paper)


def _filled_elsewhere(
    stage: Stage, rng: Random, vehicle: Vehicle, day: date, cases: tuple[Case, ...]
) -> None:
    """The order says a drive, the vehicle stood in its yard, its card was used far away."""
    station = vehicle.yard.near("外环加油站", rng.uniform(6, 30), rng.uniform(0, 6.28))
    km = float(rng.randint(30, 90))
    paper = Paper(vehicle, at(day, 9, 5), at(day, 12, 30), "赴下级单位督查", "辖区各镇", km, km, cases)
    stage.plan.papers.append(paper)
    both = (*cases, stage.life.violation("fuel_card_vehicle_separated"))
    fill = Fill(vehicle.tank * 0.6, cases=both, at=at(day, 10, 40), station=station, odometer=False)
    stage.plan.absent_fills.append((vehicle, fill))


def _tag_lent(stage: Stage, rng: Random, vehicle: Vehicle, day: date, cases: tuple[Case, ...]) -> None:
    """A gate saw the tag inside the order, the locator saw the vehicle at home."""
    km = float(rng.randint(60, 140))
    paper = Paper(vehicle, at(day, 8, 30), at(day, 17, 30), "赴清河市报送材料", "清河市", km, km, cases)
    stage.plan.papers.append(paper)
    passage = Passage(
        vehicle, at(day, 10, rng.randrange(50)), 26, cases, gates=("云水东收费站", "清河南收费站")
    )
    stage.plan.passages.append(passage)


def _twice_on_paper(stage: Stage, rng: Random, vehicle: Vehicle, day: date, cases: tuple[Case, ...]) -> None:
    """Two orders at one time, and one of them was never driven."""
    both = (*cases, stage.life.violation("trip_overlap"))
    sites = rng.sample(stage.district.sites, 2)
    for number, site in enumerate(sites):
        leave, km = at(day, 9 + number, 10), float(rng.randint(28, 60))
        home = leave + timedelta(hours=3)
        paper = Paper(vehicle, leave, home, f"赴{site.name}项目踏勘", site.name, km, km, both)
        stage.plan.papers.append(paper)


def _one_contradiction(stage: Stage, rng: Random, vehicle: Vehicle, day: date, number: int) -> None:
    case = (stage.life.twin(CHAIN),)
    site = stage.site_far_from(rng, vehicle)
    start = at(day, 9, rng.randrange(50))
    if number % 4 == 0:  # a slip of the pen in the kilometres
        order = Order(
            f"赴{site.name}走访企业", site.name, cases=case, fields={"km": float(rng.randint(60, 95))}
        )
        city = rng.choice(stage.district.far(30, 60))
        stage.plan.go(vehicle, start, [Stay(city, 60)], order)
    elif number % 4 == 1:  # the locator was dead
        order = Order("赴各镇督查", "辖区各镇", cases=case, fields={"km": 68.0})
        stage.plan.go(vehicle, start, [Stay(site, 90, km=4.0)], order, online=0.42)
    elif number % 4 == 2:  # only the locator contradicts
        km = float(rng.randint(40, 70))
        paper = Paper(vehicle, start, start + timedelta(hours=4), "赴各镇督查", "辖区各镇", km, km, case)
        stage.plan.papers.append(paper)
    else:  # a short order that nobody can contradict
        paper = Paper(
            vehicle, start, start + timedelta(hours=2), f"赴{site.name}送达文件", site.name, 14.0, 14.0, case
        )
        stage.plan.papers.append(paper)
