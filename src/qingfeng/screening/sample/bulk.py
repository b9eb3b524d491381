"""Volume: a big pool of vehicles and small purchases that trigger nothing, column by column.

Rows are made by arithmetic on their numbers and streamed to CSV month by month, so
that a hundred million take no more memory than a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from qingfeng.screening.sample.district import District, Spot
from qingfeng.screening.sample.life import Life

CHUNK = 400_000  # rows in memory at a time
VEHICLES, STRANGERS, PURCHASES = 150, 90_000, 6_000  # for each step of scale, in a year
SERIALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MINUTE = 60


@dataclass
class Pool:
    """What volume is made of.

    Attributes:
        root: Folder of the inputs.
        scale: As asked for.
        gb18030: Whether every other file is in the office's own encoding.
        counted: Rows written by table.
    """

    life: Life
    district: District
    root: Path
    scale: float
    gb18030: bool
    counted: dict[str, int]

    @property
    def years(self) -> float:
        """Length of the records."""
        return len(self.life.days) / 365

    @property
    def vehicles(self) -> int:
        """Vehicles of the pool."""
        return round(VEHICLES * max(0.0, self.scale - 1))

    def names(self, spots: list[Spot]) -> pa.Array:
        """Return the names of spots as a column to take from."""
        return pa.array([spot.name for spot in spots])

    def write(
        self, table: str, path: str, rows: int, make: Callable[[np.ndarray[Any, Any]], dict[str, Any]]
    ) -> None:
        """Stream so many rows to a CSV.

        Args:
            table: Where they are counted.
            path: Relative to the inputs.
            rows: How many.
            make: From the numbers of some rows to their columns, by header.
        """
        if not rows:
            return
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        coding = "gb18030" if self.gb18030 and sum(path.encode()) % 2 else "utf-8"
        with file.open("wb") as out:
            for since in range(0, rows, CHUNK):
                numbers = np.arange(since, min(rows, since + CHUNK), dtype=np.int64)
                sink = pa.BufferOutputStream()
                options = arrow_csv.WriteOptions(include_header=since == 0, quoting_style="needed")
                arrow_csv.write_csv(pa.table(make(numbers)), sink, options)
                content = sink.getvalue().to_pybytes()
                out.write(content if coding == "utf-8" else content.decode().encode(coding))
        self.counted[table] = self.counted.get(table, 0) + rows


def swell(pool: Pool, taken: set[str], done: Callable[[int], None]) -> None:
    """Write strangers' parking, and above scale 1 the pool's registers, driving and purchases."""
    life = pool.life
    plates = pa.array(_plates(pool, taken))
    steps: list[Callable[[date], None]] = [lambda month: _strangers(pool, month)]
    if pool.vehicles:
        _registers(pool, plates)
        steps += [
            lambda month: _Driving(pool, plates, month).write(),
            lambda month: _Purchases(pool, month).write(),
        ]
    for month in life.months:
        before = sum(pool.counted.values())
        for step in steps:
            step(month)
        done(sum(pool.counted.values()) - before)


def _plates(pool: Pool, taken: set[str]) -> list[str]:
    """Return the pool's plates, none of them on the register already."""
    shift = pool.life.chance("bulk plates").randrange(10_000)

    def every() -> Iterator[str]:
        for number in range(24 * 24 * 1000):
            first, rest = divmod(number, 24_000)
            yield f"苏N{SERIALS[first]}{SERIALS[rest // 1000]}{(rest + shift) % 1000:03d}"

    fresh = (plate for plate in every() if plate not in taken)
    return [next(fresh) for _ in range(pool.vehicles)]


def noise(numbers: np.ndarray[Any, Any], salt: int) -> np.ndarray[Any, Any]:
    """Return a number from 0 to 2**31 for each number: the same for the same number and salt."""
    mixed = (numbers.astype(np.uint64) + np.uint64(salt % 2**31)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(33)).astype(np.int64)


def _days(pool: Pool, month: date, *, worked: bool) -> list[date]:
    days = pool.life.work_days if worked else [day.date for day in pool.life.days]
    return [day for day in days if (day.year, day.month) == (month.year, month.month)]


def _seconds(days: list[date]) -> np.ndarray[Any, Any]:
    return np.array([np.datetime64(day, "s").astype(np.int64) for day in days], dtype=np.int64)


def _text(seconds: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(seconds.astype("datetime64[s]")).cast(pa.string())


def _fixed(cents: np.ndarray[Any, Any], digits: int = 2) -> pa.Array:
    """Return whole cents as decimal text."""
    return pa.array(np.round(cents / 10**digits, digits))


def _strangers(pool: Pool, month: date) -> None:
    """Other people's cars: they must never enter the lake."""
    days = _days(pool, month, worked=False)
    rows = round(STRANGERS * pool.scale * len(days) / 365)
    starts, salt = _seconds(days), pool.life.seed * 7919 + month.toordinal()
    spots = [*pool.district.lots, *pool.district.of("景区")]
    lots = pool.names(spots)
    cameras = pa.array([f"CAM{place:03d}" for place in range(len(spots))])
    letters = pa.array([f"{pool.life.words['other_plates']}{a}{b}" for a in SERIALS for b in SERIALS])
    ways = pa.array(["微信", "支付宝", "现金", "ETC"])
    text = pa.array([f"{place:03d}" for place in range(1000)])

    def make(numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        a, b, c = noise(numbers, salt), noise(numbers, salt + 1), noise(numbers, salt + 2)
        since = starts[a % len(days)] + 7 * 3600 + b % (15 * 3600)
        minutes = 6 + c % 240
        lot = pa.array((a >> 7) % len(spots))
        plate = pc.binary_join_element_wise(
            letters.take(pa.array(b % (24 * 24))), text.take(pa.array((c >> 8) % 1000)), ""
        )
        return {
            "车牌号码": plate,
            "停车场": lots.take(lot),
            "入场时间": _text(since),
            "出场时间": _text(since + minutes * MINUTE),
            "停车时长": pa.array(minutes),
            "实收": pa.array(((minutes + 59) // 60 - 1) * 3),
            "支付方式": ways.take(pa.array(a % 4)),
            "设备编号": cameras.take(lot),
        }

    pool.write("sighting", f"停车/市区停车_{month:%Y-%m}.csv", rows, make)


def _registers(pool: Pool, plates: pa.Array) -> None:
    units = pool.district.units
    names = pa.array([unit.name for unit in units])
    lon = np.array([round(unit.yard.lon, 6) for unit in units])
    lat = np.array([round(unit.yard.lat, 6) for unit in units])

    def vehicles(numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        count, owner = len(numbers), numbers % len(units)
        return {
            "车牌号": plates.take(pa.array(numbers)),
            "用车单位": names.take(pa.array(owner)),
            "车辆用途": pa.repeat("一般公务", count),
            "燃油类型": pa.repeat("汽油", count),
            "油箱容积": pa.repeat(60, count),
            "百公里油耗": pa.repeat(8.2, count),
            "车辆状态": pa.repeat("在用", count),
            "停放经度": lon[owner],
            "停放纬度": lat[owner],
        }

    def cards(numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        return {
            "副卡号": _cards(numbers),
            "绑定车牌": plates.take(pa.array(numbers)),
            "单位": names.take(pa.array(numbers % len(units))),
            "卡状态": pa.repeat("正常", len(numbers)),
        }

    pool.write("vehicle", "机关事务/平台车辆登记.csv", len(plates), vehicles)
    pool.write("fuel_card", "机关事务/平台加油卡台账.csv", len(plates), cards)


def _cards(numbers: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(9_031_000_000_000_000_001 + numbers * 10 + 3 - 1).cast(pa.string())


class _Driving:
    """A month of outings: every other working day to a site and home again; a fill there every third time."""

    def __init__(self, pool: Pool, plates: pa.Array, month: date) -> None:
        self.pool, self.plates, self.month = pool, plates, month
        worked = {day: place for place, day in enumerate(pool.life.work_days)}
        days = [d for d in _days(pool, month, worked=True) if worked[d] >= 2]
        self.starts = _seconds(days)
        self.earlier = _seconds([pool.life.work_days[worked[d] - 2] for d in days])
        self.places = np.array([worked[d] for d in days])
        self.units, self.sites = pool.district.units, pool.district.sites
        self.at = _Map(units=[u.yard for u in self.units], sites=self.sites)
        self.labels = pa.array([*(u.yard.name for u in self.units), *(s.name for s in self.sites), "途中"])

    def write(self) -> None:
        """Write the month's tracks and fills."""
        trips = _odd_count(len(self.plates), self.places)
        self.pool.write("gps", f"定位轨迹/平台车辆_{self.month:%Y-%m}.csv", trips * 4, self._gps)
        self.pool.write("fuel", f"加油明细/平台车辆_{self.month:%Y-%m}.csv", (trips + 2) // 3, self._fuel)

    def _out(self, outings: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], ...]:
        """Return vehicle, day, unit and site of outings by their numbers."""
        count = len(self.plates)
        numbers = _odd(outings, count, self.places)
        vehicle, day = numbers % count, numbers // count
        return vehicle, day, vehicle % len(self.units), (vehicle + self.places[day]) % len(self.sites)

    def _gps(self, numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        part = numbers % 4
        vehicle, day, owner, site = self._out(numbers // 4)
        today = self.starts[day]
        out, there, back = today + 8 * 3600 + 1800, today + 9 * 3600, today + 16 * 3600 + 1800
        since = np.choose(part, [self.earlier[day] + 17 * 3600, out, there, back])
        until = np.choose(part, [out, there, back, today + 17 * 3600])
        home, moving = part == 0, part % 2 == 1
        way, yard = len(self.units) + len(self.sites), len(self.units)
        label = np.where(moving, way, np.where(home, owner, yard + site))
        lon, lat = self.at.between(owner, site, np.where(home, 0.0, np.where(moving, 0.5, 1.0)))
        return {
            "车牌号": self.plates.take(pa.array(vehicle)),
            "开始时间": _text(since),
            "结束时间": _text(until),
            "经度": lon,
            "纬度": lat,
            "位置": self.labels.take(pa.array(label)),
            "状态": pa.array(["停车", "行驶"]).take(pa.array(moving.astype(np.int64))),
            "里程": np.where(moving, self.at.km(owner, site), 0.0),
            "在线率": _fixed(96 + noise(numbers, 5) % 4),
        }

    def _fuel(self, numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        vehicle, day, owner, site = self._out(numbers * 3)
        litres = 2000 + noise(numbers, self.pool.life.seed + self.month.toordinal()) % 2500
        lon, lat = self.at.between(owner, site, np.ones(len(numbers)))
        serial = self.month.toordinal() * 10**9 + numbers
        return {
            "交易流水号": pa.array(serial).cast(pa.string()),
            "加油卡号": _cards(vehicle),
            "车牌号": self.plates.take(pa.array(vehicle)),
            "加油时间": _text(self.starts[day] + 10 * 3600 + noise(numbers, 3) % (6 * 3600)),
            "交易类型": pa.repeat("加油", len(numbers)),
            "油品": pa.repeat("92号车用汽油", len(numbers)),
            "数量": _fixed(litres),
            "单价": pa.repeat(7.42, len(numbers)),
            "金额": pa.array(np.round(litres * 0.0742, 2)),
            "加油站": self.labels.take(pa.array(len(self.units) + site)),
            "经度": lon,
            "纬度": lat,
        }


def _odd_count(count: int, places: np.ndarray[Any, Any]) -> int:
    """How many outings a month has when every vehicle goes out every other working day."""
    return sum((count + (1 if place % 2 == 0 else 0)) // 2 for place in places)


def _odd(numbers: np.ndarray[Any, Any], count: int, places: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return, for the number of an outing, day * count + vehicle: vehicle and day of one parity."""
    sizes = np.array([(count + (1 if place % 2 == 0 else 0)) // 2 for place in places])
    ends = np.cumsum(sizes)
    day = np.minimum(np.searchsorted(ends, numbers, side="right"), len(places) - 1)
    within = numbers - (ends[day] - sizes[day])
    vehicle = within * 2 + places[day] % 2
    found: np.ndarray[Any, Any] = day * count + np.minimum(vehicle, count - 1)
    return found


class _Map:
    """Coordinates of yards and sites as columns."""

    def __init__(self, *, units: list[Spot], sites: list[Spot]) -> None:
        self.home = np.array([(s.lon, s.lat) for s in units])
        self.site = np.array([(s.lon, s.lat) for s in sites])
        self.far = np.array([[a.road(b) for b in sites] for a in units])

    def between(
        self, owner: np.ndarray[Any, Any], site: np.ndarray[Any, Any], share: np.ndarray[Any, Any]
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Return longitude and latitude at a share of the way, six digits."""
        point = self.home[owner] + (self.site[site] - self.home[owner]) * share[:, None]
        return np.round(point[:, 0], 6), np.round(point[:, 1], 6)

    def km(self, owner: np.ndarray[Any, Any], site: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return the kilometres to drive."""
        found: np.ndarray[Any, Any] = self.far[owner, site]
        return found


class _Purchases:
    """A month of small purchases: a seller comes back to a unit after five working days at the earliest."""

    def __init__(self, pool: Pool, month: date) -> None:
        self.pool, self.month = pool, month
        self.days = _days(pool, month, worked=True)
        self.units = pool.district.units
        self.each = max(
            1, round(PURCHASES * (pool.scale - 1) / 245 / len(self.units))
        )  # a unit, a working day
        self.buyers = pa.array([unit.name for unit in self.units])
        self.sellers = pa.array([f"清河第{number:05d}号文具商行" for number in range(self.each * 6)])
        self.dates = pa.array([day.isoformat() for day in self.days])
        self.goods = pa.array(["*文具*复印纸", "*文具*签字笔", "*文具*文件袋", "*文具*墨粉"])
        self.serial = month.toordinal() * 10**8

    def write(self) -> None:
        """Write the month's invoices and their vouchers, two lines each."""
        rows = self.each * len(self.units) * len(self.days) * 2
        self.pool.write("invoice", f"发票/零星采购_{self.month:%Y-%m}.csv", rows, self._invoices)
        self.pool.write("voucher", f"财务/记账凭证/零星采购_{self.month:%Y-%m}.csv", rows, self._vouchers)

    def _shape(self, numbers: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], ...]:
        """Return unit, day, seller and cents of purchases by their numbers."""
        unit, rest = numbers % len(self.units), numbers // len(self.units)
        day, place = rest // self.each, rest % self.each
        cents = 2000 + noise(numbers, self.serial + self.pool.life.seed) % 60_000
        return unit, day, (day * self.each + place) % (self.each * 6), cents

    def _key(self, numbers: np.ndarray[Any, Any]) -> pa.Array:
        serials = pa.array(self.serial + numbers).cast(pa.string())
        return pc.binary_join_element_wise("26998", serials, "3", "")

    def _invoices(self, numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        number, line = numbers // 2, numbers % 2
        unit, day, seller, cents = self._shape(number)
        part = np.where(line == 0, cents // 3, cents - cents // 3)
        tax = part * 13 // 113
        return {
            "序号": line + 1,
            "数电票号码": self._key(number),
            "销方名称": self.sellers.take(pa.array(seller)),
            "购买方名称": self.buyers.take(pa.array(unit)),
            "开票日期": self.dates.take(pa.array(day)),
            "税收分类编码": pa.repeat("1060513010000000000", len(numbers)),
            "货物或应税劳务名称": self.goods.take(pa.array((number + line) % 4)),
            "金额": _fixed(part - tax),
            "税率": pa.repeat("13%", len(numbers)),
            "税额": _fixed(tax),
            "价税合计": _fixed(part),
            "发票状态": pa.repeat("正常", len(numbers)),
        }

    def _vouchers(self, numbers: np.ndarray[Any, Any]) -> dict[str, Any]:
        number, line = numbers // 2, numbers % 2
        unit, day, _, cents = self._shape(number)
        serials = pa.array(self.serial + number).cast(pa.string())
        debit = pa.array(line == 0)
        return {
            "账套": pa.repeat("行政", len(numbers)),
            "单位": self.buyers.take(pa.array(unit)),
            "凭证号": pc.binary_join_element_wise("平台", serials, ""),
            "记账日期": self.dates.take(pa.array(day)),
            "分录号": line + 1,
            "摘要": pa.repeat("购零星文具", len(numbers)),
            "科目名称": pa.array(["办公费", "零余额账户用款额度"]).take(pa.array(line)),
            "经济科目": pc.if_else(debit, "30201", ""),
            "借方金额": _fixed(np.where(line == 0, cents, 0)),
            "贷方金额": _fixed(np.where(line == 0, 0, cents)),
            "发票号码": pc.if_else(debit, self._key(number), ""),
        }
