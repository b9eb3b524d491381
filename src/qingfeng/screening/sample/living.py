"""Living the year: registers first, then the stories, then everything ordinary around them."""

from __future__ import annotations

from qingfeng.screening.sample.district import found
from qingfeng.screening.sample.driving import Plan
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.motoring import Recorder
from qingfeng.screening.sample.people import People
from qingfeng.screening.sample.plants import cross, fuel, vehicle
from qingfeng.screening.sample.plants.stage import Stage
from qingfeng.screening.sample.routine import Routine
from qingfeng.screening.sample.vehicles import Fleet


def live(life: Life, units: int) -> None:
    """Put a whole year on record."""
    district = found(life, units)
    people = People(life, district.units)
    fleet = Fleet(life, district, people)
    plan = Plan()
    stage = Stage(life, district, people, fleet, plan)
    fuel.plant(stage)
    vehicle.plant(stage)
    cross.plant(stage)
    Routine(life, district, fleet, plan).live()
    recorder = Recorder(life, district, plan)
    for car in fleet.all:
        recorder.record(car)
