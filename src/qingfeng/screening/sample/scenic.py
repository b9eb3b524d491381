"""Scenic spots and hotels: mostly other people's business, which must be withheld."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from qingfeng.screening.sample.district import District, Unit
from qingfeng.screening.sample.life import Life
from qingfeng.screening.sample.records import Case, Row


class Scenic:
    """Gates of the scenic spots and registers of the hotels."""

    def __init__(self, life: Life, district: District) -> None:
        self.life, self.district = life, district
        self.rng = life.chance("scenic")
        self.spots = district.of("景区")

    def live(self, units: list[Unit]) -> None:
        """Write visitors of every day, and a few guided visits of units on working days."""
        rng = self.rng
        for day in self.life.days:
            crowd = 14 if self.life.is_rest(day.date) else 4
            for _ in range(rng.randint(crowd // 2, crowd)):
                kind = rng.choices(("购票", "团队", "优待", "免票"), (8, 1, 3, 1))[0]
                reason = {"优待": "老年人", "免票": "现役军人"}.get(kind)
                self.enter(day.date, kind, rng.randint(1, 6), reason=reason)
        for unit in units:
            for day_of in rng.sample(self.life.work_days, min(2, len(self.life.work_days))):
                self.enter(day_of, "购票", rng.randint(1, 4), unit=unit)
            for day_of in rng.sample(self.life.work_days[:-3], min(3, len(self.life.work_days) - 3)):
                self._stay(day_of, unit.name)
        for day_of in rng.sample(self.life.work_days[:-3], min(150, len(self.life.work_days) - 3)):
            self._stay(day_of, f"清河{rng.choice(self.life.words['towns'])}商贸有限公司")

    def enter(
        self,
        day: date,
        kind: str,
        qty: int,
        *,
        unit: Unit | None = None,
        reason: str | None = None,
        cases: tuple[Case, ...] = (),
    ) -> Row:
        """Write an entry through a gate."""
        rng = self.rng
        price = {"购票": 80.0, "团队": 60.0, "优待": 40.0}.get(kind, 0.0)
        return self.life.add(
            "scenic",
            cases,
            place=rng.choice(self.spots).name,
            ts=datetime.combine(day, time(rng.randint(8, 16), rng.randrange(60), rng.randrange(60))),
            entry_kind=kind,
            ticket_name=f"{kind}入园",
            qty=qty,
            amount=price * qty,
            reason=reason,
            unit_or_approver=unit.name if unit else None,
            order=f"DD{day:%Y%m%d}{self.life.serial('scenic'):07d}",
        )

    def _stay(self, day: date, payer: str) -> None:
        rng = self.rng
        nights, rooms = rng.randint(1, 2), rng.randint(1, 3)
        rate = float(rng.randint(22, 38) * 10)
        self.life.add(
            "hotel",
            hotel=rng.choice(self.life.words["hotels"]),
            check_in=day,
            check_out=day + timedelta(days=nights),
            rooms=rooms,
            nights=float(nights * rooms),
            room_rate=rate,
            amount=rate * nights * rooms,
            payer=payer,
            guest_unit="业务来访",
        )
