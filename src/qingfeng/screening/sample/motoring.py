"""What the offices have on record of the driving: orders, locator, stations, gates, car parks."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from qingfeng.screening.sample.district import District, Spot
from qingfeng.screening.sample.driving import Fill, Outing, Paper, Passage, Plan, Step, steps
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.records import Row
from qingfeng.screening.sample.vehicles import Vehicle

LONGEST_STOP = timedelta(days=7)
PRICES = {"92": 7.42, "95": 7.89, "0": 7.06}


class Recorder:
    """Turns the plan of the year into rows, vehicle by vehicle, in the order of time."""

    def __init__(self, life: Life, district: District, plan: Plan) -> None:
        self.life, self.district = life, district
        self.outings: dict[Vehicle, list[Outing]] = defaultdict(list)
        self.papers: dict[Vehicle, list[Paper]] = defaultdict(list)
        self.passages: dict[Vehicle, list[Passage]] = defaultdict(list)
        self.absent: dict[Vehicle, list[Fill]] = defaultdict(list)
        for outing in plan.outings:
            self.outings[outing.vehicle].append(outing)
        for paper in plan.papers:
            self.papers[paper.vehicle].append(paper)
        for passage in plan.passages:
            self.passages[passage.vehicle].append(passage)
        for vehicle, fill in plan.absent_fills:
            self.absent[vehicle].append(fill)

    def record(self, vehicle: Vehicle) -> None:
        """Write everything on record of one vehicle."""
        life = self.life
        rng = life.chance(f"motoring {vehicle.plate}")
        at, here, odometer = datetime.combine(life.first, time()), vehicle.yard, vehicle.odometer
        readings: list[tuple[datetime, float]] = [(at, odometer)]
        rest: tuple[Any, ...] = ()
        for outing in sorted(self.outings[vehicle], key=lambda o: o.start):
            assert outing.start >= at, f"{vehicle.plate} drives twice at {outing.start}"
            self._stop(rng, vehicle, (at, outing.start), here, rest, outing.online)
            began, walked = odometer, steps(outing, here)
            for step in walked:
                odometer = round(odometer + step.km, 1)
                readings.append((step.arrive, odometer))
                self._step(rng, outing, step, odometer)
            at, here, rest = walked[-1].go_on, walked[-1].stay.spot, outing.rest_cases
            if outing.order:
                self._order(outing, (at, began, odometer))
        self._stop(rng, vehicle, (at, datetime.combine(life.last, time(23, 59))), here, rest, None)
        self._unmoved(rng, vehicle, readings)

    def _unmoved(self, rng: Random, vehicle: Vehicle, readings: list[tuple[datetime, float]]) -> None:
        times = [moment for moment, _ in readings]

        def reading(moment: datetime) -> float:
            return readings[max(0, bisect_right(times, moment) - 1)][1]

        for paper in self.papers[vehicle]:
            self._paper(paper, reading(paper.leave))
        for passage in self.passages[vehicle]:
            if passage.gates:
                out = passage.at + timedelta(minutes=passage.minutes)
                self._toll(rng, vehicle, passage.gates, (passage.at, out), passage.cases)
            if passage.lot:
                out = passage.at + timedelta(minutes=passage.minutes)
                self._sight(rng, vehicle, passage.lot, (passage.at, out), passage.cases)
        for fill in self.absent[vehicle]:
            assert fill.at is not None
            assert fill.station is not None
            self._fill(rng, vehicle, fill, (fill.at, fill.station), reading(fill.at))

    def _step(self, rng: Random, outing: Outing, step: Step, odometer: float) -> None:
        vehicle, stay = outing.vehicle, step.stay
        self._move(rng, outing, step)
        if stay.minutes:
            self._stop(rng, vehicle, (step.arrive, step.go_on), stay.spot, stay.cases, outing.online)
        if stay.toll:
            gap = min(15, (step.arrive - step.leave) // timedelta(minutes=3))
            span = (step.leave + timedelta(minutes=gap), step.arrive - timedelta(minutes=gap))
            self._toll(rng, vehicle, stay.toll, span, stay.toll_cases)
        if stay.parked:
            span = (step.arrive + timedelta(seconds=70), step.go_on - timedelta(seconds=50))
            self._sight(rng, vehicle, stay.spot, span, stay.park_cases)
        for number, fill in enumerate(stay.fills):
            moment = step.arrive + timedelta(minutes=3 + 4 * number, seconds=rng.randrange(60))
            self._fill(rng, vehicle, fill, (moment, stay.spot), odometer)

    def _stop(
        self,
        rng: Random,
        vehicle: Vehicle,
        span: tuple[datetime, datetime],
        spot: Spot,
        cases: tuple[Any, ...],
        online: float | None,
    ) -> None:
        if not vehicle.located:
            return
        since, until = span
        while since < until:
            upto = until if until - since <= LONGEST_STOP else since + LONGEST_STOP
            self.life.add(
                "gps",
                cases,
                plate=vehicle.plate,
                started_at=since,
                ended_at=upto,
                lon=round(spot.lon + rng.uniform(-1, 1) * 0.00012, 6),
                lat=round(spot.lat + rng.uniform(-1, 1) * 0.00010, 6),
                place=spot.name,
                kind="停车",
                km=0.0,
                max_speed=0,
                online_ratio=online or round(rng.uniform(0.955, 1.0), 3),
                coord_sys="WGS84",
            )
            since = upto

    def _move(self, rng: Random, outing: Outing, step: Step) -> None:
        vehicle = outing.vehicle
        if not vehicle.located or step.km <= 0:
            return
        share = rng.uniform(0.2, 0.8)
        middle = Spot(
            "途中",
            "",
            step.origin.east + (step.stay.spot.east - step.origin.east) * share,
            step.origin.north + (step.stay.spot.north - step.origin.north) * share,
        )
        fast = step.km >= 22
        self.life.add(
            "gps",
            step.stay.move_cases,
            plate=vehicle.plate,
            started_at=step.leave,
            ended_at=step.arrive,
            lon=round(middle.lon, 6),
            lat=round(middle.lat, 6),
            place=f"{step.origin.name}至{step.stay.spot.name}",
            kind="行驶",
            km=round(step.km, 1),
            max_speed=rng.randint(92, 112) if fast else rng.randint(42, 68),
            online_ratio=outing.online or round(rng.uniform(0.955, 1.0), 3),
            coord_sys="WGS84",
        )

    def _order(self, outing: Outing, ended: tuple[datetime, float, float]) -> None:
        order, vehicle = outing.order, outing.vehicle
        assert order is not None
        home, began, odometer = ended
        fields = {
            "departed_at": outing.start - timedelta(minutes=order.before),
            "returned_at": home + timedelta(minutes=order.after),
            "odo_start": began,
            "odo_end": odometer,
            "km": round(odometer - began, 1),
        }
        self._trip(vehicle, order.purpose, order.to, {**fields, **order.fields}, order.cases)

    def _paper(self, paper: Paper, odometer: float) -> None:
        fields: dict[str, Any] = {
            "departed_at": paper.leave,
            "returned_at": paper.home,
            "odo_start": odometer,
            "odo_end": round(odometer + paper.odometer, 1),
            "km": paper.km,
        }
        if paper.driver:
            fields["driver"] = paper.driver.name
        self._trip(paper.vehicle, paper.purpose, paper.to, fields, paper.cases)

    def _trip(
        self, vehicle: Vehicle, purpose: str, to: str, fields: dict[str, Any], cases: tuple[Any, ...]
    ) -> Row:
        leave: datetime = fields["departed_at"]
        rng = self.life.chance(f"trip {vehicle.plate} {leave}")
        staff = self.staff[vehicle.unit.name]
        riders = rng.sample(staff, rng.randint(1, 3))
        values: dict[str, Any] = {
            "trip_id": f"PC{leave:%Y%m}{self.life.serial('trip'):06d}",
            "plate": vehicle.plate,
            "unit": vehicle.unit.name,
            "driver": vehicle.driver.name,
            "applicant": riders[0],
            "passengers": "、".join(riders),
            "purpose": purpose,
            "from_place": vehicle.yard.name,
            "to_place": to,
            "approved_by": vehicle.unit.leader,
            "created_at": leave - timedelta(minutes=rng.randint(35, 1300)),
            "is_emergency": "否",
            "duty_flag": "否",
        }
        return self.life.add("trip", cases, **{**values, **fields})

    def _fill(
        self, rng: Random, vehicle: Vehicle, fill: Fill, at: tuple[datetime, Spot], odometer: float
    ) -> None:
        moment, station = at
        product = fill.product or vehicle.product
        price = unit_price(product, moment.date())
        litres = None if fill.litres is None else round(fill.litres, 2)
        amount = None if litres is None else round(litres * price, 2)
        values: dict[str, Any] = {
            "txn_id": f"{moment:%Y%m%d}{self.life.serial('fuel'):08d}",
            "card": vehicle.card,
            "plate": vehicle.plate,
            "unit": vehicle.unit.name,
            "ts": moment.replace(microsecond=0),
            "txn_type": fill.txn_type,
            "product": product,
            "liters": litres,
            "unit_price": price if litres is not None else None,
            "amount": amount,
            "balance": round(rng.uniform(200, 2600), 2),
            "points": int(amount or 0),
            "station": station.name,
            "station_region": self.life.words["district"],
            "lon": round(station.lon, 6),
            "lat": round(station.lat, 6),
            "odometer": odometer if fill.odometer else None,
        }
        self.life.add("fuel", fill.cases, **{**values, **fill.fields})

    def _toll(
        self,
        rng: Random,
        vehicle: Vehicle,
        gates: tuple[str, str],
        span: tuple[datetime, datetime],
        cases: tuple[Any, ...],
    ) -> None:
        hours = (span[1] - span[0]).total_seconds() / 3600
        self.life.add(
            "toll",
            cases,
            plate=vehicle.plate,
            obu=f"3201{abs(hash_of(vehicle.plate)) % 10**12:012d}",
            entry_gate=gates[0],
            exit_gate=gates[1],
            entry_ts=span[0] + timedelta(seconds=rng.randrange(60)),
            exit_ts=span[1] - timedelta(seconds=rng.randrange(60)),
            amount=round(max(5.0, hours * 84 * 0.45), 0),
            card=f"3201{abs(hash_of(vehicle.plate + 'card')) % 10**16:016d}",
        )

    def _sight(
        self,
        rng: Random,
        vehicle: Vehicle,
        lot: Spot,
        span: tuple[datetime, datetime],
        cases: tuple[Any, ...],
    ) -> None:
        minutes = int((span[1] - span[0]).total_seconds() // 60)
        self.life.add(
            "sighting",
            cases,
            plate=vehicle.plate,
            plate_conf=round(rng.uniform(0.93, 0.999), 3),
            place=lot.name,
            in_ts=span[0],
            out_ts=span[1],
            minutes=minutes,
            fee=float(max(0, (minutes + 59) // 60 - 1) * 3),
            pay_method=rng.choice(("微信", "支付宝", "ETC")),
            camera_no=f"CAM{abs(hash_of(lot.name)) % 1000:03d}",
            lon=round(lot.lon, 6),
            lat=round(lot.lat, 6),
        )

    @property
    def staff(self) -> dict[str, list[str]]:
        """Names of the people in the offices, by unit name."""
        if not hasattr(self, "_staff"):
            found: dict[str, list[str]] = defaultdict(list)
            for row in self.life.rows["person"]:
                if row["status"] == "在职" and row["post"] != "驾驶员":
                    found[row["unit"]].append(row["name"])
            self._staff = found
        return self._staff


def hash_of(text: str) -> int:
    """Return a number that a text always gives."""
    return int.from_bytes(text.encode(), "big") % (2**61 - 1)


def unit_price(product: str, day: date) -> float:
    """Return yuan a litre of a product in a month; 0.01-yuan steps."""
    base = next((price for mark, price in PRICES.items() if product.startswith(mark)), 7.42)
    if "尿素" in product:
        return 4.6
    return round(base + ((day.month * 7) % 11 - 5) * 0.06, 2)
