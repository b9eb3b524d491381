"""The ordinary driving of a year: working-day trips, fuel by distance, duty, repairs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from qingfeng.screening.sample.district import District
from qingfeng.screening.sample.driving import Fill, Order, Outing, Plan, Stay, end_of
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.records import Case
from qingfeng.screening.sample.vehicles import EXEMPT, Fleet, Vehicle

LOW = 0.58  # a driver fills up when less than this share is left


class Routine:
    """Fills the days that no story has taken."""

    def __init__(self, life: Life, district: District, fleet: Fleet, plan: Plan) -> None:
        self.life, self.district, self.fleet, self.plan = life, district, fleet, plan

    def live(self) -> None:
        """Plan every vehicle's ordinary year."""
        for vehicle in list(self.fleet.all):
            if vehicle.idle or vehicle.status != "在用":
                continue
            rng = self.life.chance(f"routine {vehicle.plate}")
            self._repairs(rng, vehicle)
            self._duty(rng, vehicle)
            _Year(rng, self, vehicle).drive()

    def _repairs(self, rng: Random, vehicle: Vehicle) -> None:
        free = [d for d in self.life.work_days[12:] if d not in vehicle.taken]
        for day in rng.sample(free, min(len(free), rng.randint(0, 2) * len(self.life.days) // 365 + 1)):
            if day in vehicle.taken:
                continue
            vehicle.taken.add(day)
            repair(self.life, rng, vehicle, datetime.combine(day, time(8, rng.randrange(10, 59))), hours=7)

    def _duty(self, rng: Random, vehicle: Vehicle) -> None:
        free = [d for d in self.life.rest_days[2:-2] if d not in vehicle.taken]
        for day in rng.sample(free, min(len(free), rng.randint(0, 3) * len(self.life.days) // 365)):
            vehicle.taken.add(day)
            on_duty(self.life, rng, vehicle, day)
            if rng.random() < 0.6:
                site = rng.choice(self.district.sites)
                start = datetime.combine(day, time(rng.randint(8, 15), rng.randrange(60)))
                self.plan.go(vehicle, start, [Stay(site, rng.randint(20, 70))])


def on_duty(life: Life, rng: Random, vehicle: Vehicle, day: date, *, kind: str = "值班") -> None:
    """Put a vehicle on the duty roster of a day."""
    vehicle.duty.add(day)
    life.add(
        "duty_roster",
        date_from=day,
        date_to=day,
        unit=vehicle.unit.name,
        plate=vehicle.plate,
        name=rng.choice((vehicle.driver.name, vehicle.unit.leader)),
        kind=kind,
    )


def repair(
    life: Life, rng: Random, vehicle: Vehicle, at: datetime, *, hours: int, cases: tuple[Case, ...] = ()
) -> None:
    """Write a repair order: parts, labour and their sum."""
    parts = rng.sample(life.words["parts"], rng.randint(1, 3))
    cost, labour = float(sum(price for _, price in parts)), float(rng.randint(8, 30) * 10)
    life.add(
        "maint",
        cases,
        order_no=f"WX{at:%Y%m}{life.serial('maint'):05d}",
        plate=vehicle.plate,
        unit=vehicle.unit.name,
        garage=rng.choice(life.words["garages"]),
        in_ts=at,
        out_ts=at + timedelta(hours=hours, minutes=rng.randrange(50)),
        items="、".join(name for name, _ in parts),
        labour_amount=labour,
        parts_amount=cost,
        amount=cost + labour,
        approval_no=f"WXSP{at:%Y%m%d}{rng.randrange(1000):03d}",
    )


class _Year:
    """One vehicle's year, day by day, with the level of its tank."""

    def __init__(self, rng: Random, routine: Routine, vehicle: Vehicle) -> None:
        self.rng, self.routine, self.vehicle = rng, routine, vehicle
        self.life, self.district, self.plan = routine.life, routine.district, routine.plan
        self.level = vehicle.tank * rng.uniform(0.6, 0.95)
        self.filled_on: date | None = None

    def drive(self) -> None:
        """Plan the year."""
        often = self.rng.uniform(0.38, 0.62)
        away_until: date | None = None
        for day in self.life.days[1:-1]:
            today = day.date
            if today in self.vehicle.taken or today == away_until:
                continue
            if day.day_kind in ("weekend", "holiday"):
                self._rest_day(today)
            elif self.rng.random() < often:
                chance = self.rng.random()
                if chance < 0.012 and self._may_stay_over(today):
                    away_until = today + timedelta(days=1)
                    self._overnight(today)
                elif chance < 0.1:
                    self._far(today)
                else:
                    self._town(today)

    def _may_stay_over(self, today: date) -> bool:
        tomorrow = today + timedelta(days=1)
        busy = tomorrow in self.vehicle.taken or self.life.is_rest(tomorrow) or self.life.is_rest(today)
        return not busy and self.life.knows(tomorrow + timedelta(days=1))

    def _rest_day(self, today: date) -> None:
        exempt = self.vehicle.use in EXEMPT
        chance = self.rng.random()
        site = self.rng.choice(self.district.sites)
        start = self._at(today, 8, 14)
        stays = [Stay(site, self.rng.randint(30, 80))]
        if exempt and chance < 0.12:
            self._go(start, stays, None)
        elif chance < 0.012:
            self._go(start, stays, Order(f"假日加班{self.rng.choice(self.life.words['topics'])}", site.name))

    def _town(self, today: date) -> None:
        morning = [self._visit() for _ in range(self.rng.randint(1, 2))]
        if self.rng.random() < 0.3:
            lot = self.rng.choice(self.district.lots)
            morning.append(Stay(lot, self.rng.randint(22, 70), parked=True))
        first = self._go(self._at(today, 8, 9), morning, self._order(morning))
        if self.rng.random() < 0.42:
            start = max(end_of(first) + timedelta(minutes=50), self._at(today, 13, 14))
            afternoon = [self._visit()]
            if start.hour < 16:
                self._go(start, afternoon, self._order(afternoon))

    def _visit(self) -> Stay:
        return Stay(self.rng.choice(self.district.sites), self.rng.randint(18, 75))

    def _order(self, stays: list[Stay]) -> Order:
        topic = self.rng.choice(self.life.words["topics"])
        name = stays[0].spot.name
        return Order(f"赴{name}{topic}", name, self.rng.randint(4, 20), self.rng.randint(5, 20))

    def _far(self, today: date) -> None:
        city = self.rng.choice(self.district.far(15, 150))
        gates = self._gates()
        stays = [Stay(city, self.rng.randint(70, 180), toll=gates)]
        order = Order(
            f"赴{city.name}{self.rng.choice(('对接工作', '参加会议', '报送材料', '业务培训'))}", city.name
        )
        self._go(self._at(today, 7, 7), stays, order, back_toll=gates[::-1])

    def _overnight(self, today: date) -> None:
        city = self.rng.choice(self.district.far(100, 330))
        gates = self._gates()
        stays = [Stay(city, self.rng.randint(19, 21) * 60, toll=gates)]
        order = Order(f"赴{city.name}参加两天会议", city.name)
        self._go(self._at(today, 8, 9), stays, order, back_toll=gates[::-1])

    def _gates(self) -> tuple[str, str]:
        first, *rest = self.district.gates[:2]
        return self.rng.choice((first, *rest)), self.rng.choice(self.district.gates[2:])

    def _at(self, day: date, since: int, until: int) -> datetime:
        return datetime.combine(day, time(self.rng.randint(since, until), self.rng.randrange(60)))

    def _go(self, start: datetime, stays: list[Stay], order: Order | None, **more: object) -> Outing:
        vehicle, today = self.vehicle, start.date()
        needy = vehicle.burns and self.level < vehicle.tank * LOW and self.filled_on != today
        if needy and order is not None:
            station = min(self.rng.sample(self.district.stations, 3), key=lambda s: s.away(vehicle.yard))
            litres = round((vehicle.tank - self.level) * self.rng.uniform(0.93, 1.0), 2)
            odd = self.rng.random() < 0.1
            stays.insert(0, Stay(station, self.rng.randint(9, 14), [Fill(litres, odometer=not odd)]))
            self.level += litres
            self.filled_on = today
        outing = self.plan.go(vehicle, start, stays, order, **more)
        self.level -= _kilometres(outing) * vehicle.rated / 100 * self.rng.uniform(0.95, 1.15)
        self.level = max(self.level, vehicle.tank * 0.04)
        return outing


def _kilometres(outing: Outing) -> float:
    here, total = outing.vehicle.yard, 0.0
    for stay in outing.stays:
        total += here.road(stay.spot) if stay.km is None else stay.km
        here = stay.spot
    return total + here.road(outing.vehicle.yard)
