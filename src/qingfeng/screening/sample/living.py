"""Living the year: registers first, then the stories, then everything ordinary around them."""

from __future__ import annotations

from datetime import date

from qingfeng.screening.sample import areas, corrections
from qingfeng.screening.sample.books import Books
from qingfeng.screening.sample.cards import Cards
from qingfeng.screening.sample.district import found
from qingfeng.screening.sample.driving import Plan
from qingfeng.screening.sample.ledger import Spending, budgets
from qingfeng.screening.sample.letters import Receptions
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.motoring import Recorder
from qingfeng.screening.sample.payroll import Payroll
from qingfeng.screening.sample.people import People
from qingfeng.screening.sample.plants import (
    card,
    cross,
    fuel,
    fuel_card,
    ledger,
    letter,
    payroll,
    scenic,
    vehicle,
)
from qingfeng.screening.sample.plants.stage import Stage
from qingfeng.screening.sample.routine import Routine
from qingfeng.screening.sample.scenic import Scenic
from qingfeng.screening.sample.travel import Travel
from qingfeng.screening.sample.union import Unions
from qingfeng.screening.sample.vehicles import Fleet


def live(life: Life, units: int) -> Stage:
    """Put a whole year on record and return the district that it was lived in."""
    district = found(life, units)
    people = People(life, district.units)
    fleet = Fleet(life, district, people)
    stage = Stage(life, district, people, fleet, Plan())
    stage.rosters = _whole_units_on_duty(stage)
    _motor(stage)
    _pay(stage)
    return stage


def _whole_units_on_duty(stage: Stage) -> set[tuple[str, date]]:
    """Put some units on duty as a whole, in flood weather."""
    life, rng = stage.life, stage.life.chance("rosters")
    rosters: set[tuple[str, date]] = set()
    for unit in stage.district.units:
        days = [d for d in life.rest_days[2:-2] if d.month in (6, 7, 8)] or life.rest_days
        day = rng.choice(days)
        rosters.add((unit.name, day))
        life.add("duty_roster", date_from=day, date_to=day, unit=unit.name, name=unit.leader, kind="防汛")
    return rosters


def _motor(stage: Stage) -> None:
    life, fleet = stage.life, stage.fleet
    fuel.plant(stage)
    fuel_card.plant(stage)
    vehicle.plant(stage)
    scenic.vehicle_holiday(stage)
    cross.plant(stage)
    corrections.buy_goods(stage)
    areas.overfill_often(stage)
    Routine(life, stage.district, fleet, stage.plan).live()
    recorder = Recorder(life, stage.district, stage.plan)
    for car in fleet.all:
        recorder.record(car)


def _pay(stage: Stage) -> None:
    life, people, units = stage.life, stage.people, stage.district.units
    books = Books(life)
    spending = Spending(life, books)
    receptions = Receptions(life, people, books)
    cards, sights = Cards(life, people, books), Scenic(life, stage.district)
    payrolls = Payroll(life, people, books)
    travel, unions = Travel(life, stage.district, people, books), Unions(life, people, payrolls)
    letter.plant(stage, receptions)
    ledger.plant(stage, books)
    card.plant(stage, books, cards)
    corrections.write_bills(stage, books)
    scenic.plant(stage, books, sights)
    payroll.plant(stage, payrolls, travel, unions)
    spending.live(units)
    receptions.live(units)
    cards.live(units)
    sights.live(units)
    payrolls.live(units)
    travel.live(units)
    unions.live(units)
    budgets(life, units, life.chance("budgets"))
