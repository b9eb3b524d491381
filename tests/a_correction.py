"""Letters whose correction records can be asked about, and records that answer: a small lake, five peers."""

import sys
from datetime import date, timedelta
from pathlib import Path

import time_machine

from qingfeng.screening.rulebook import load_rules
from qingfeng.screening.run import screen

sys.path.append(str(Path(__file__).parent / "screening" / "leads"))

import tiny_lake

RULE, ELSEWHERE = "fuel_nonfuel_goods", "fuel_over_tank_single"
MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)][:18]
SERVED, MEND_BY, LAST = date(2025, 9, 8), date(2025, 11, 30), date(2026, 6, 30)
TRIGGER = ("2025-07-01", "2025-08-20")
FATES = {  # unit of the cast → goods a month before and after, and fills beyond the tank a month after
    "education": (4, 0, 0),
    "housing": (4, 4, 0),
    "water": (0, 0, 0),
    "audit": (4, 0, 4),
}
PEERS = tuple(f"旁单位{no}" for no in range(5))


def rows_of(unit, fate, plate):
    """A unit's cards by month: ten fills, and what its fate says besides."""
    before, after, beyond = fate
    for month in MONTHS:
        late = month > f"{MEND_BY:%Y-%m}"
        goods = before if month < f"{SERVED:%Y-%m}" else after
        for no in range(10):
            over = 90 if late and no < beyond else 40
            yield _row(
                unit, plate, month, no, txn_type="加油", liters=over, product="92号汽油", product_class="汽油"
            )
        for no in range(goods):
            yield _row(unit, plate, month, 10 + no, txn_type="非油", product="香烟")


def _row(unit, plate, month, no, **more):
    return {
        "unit_id": unit, "plate_norm": plate, "card_h": f"card {plate}", "card_last4": "0017",
        "ts": f"{month}-{no + 3:02d} 10:00:00", "amount": 300, "station": "一站", **more,
    }  # fmt: skip


NAMES = {
    "education": "云水区教育局",
    "housing": "云水区住房和城乡建设局",
    "water": "云水区水务局",
    "audit": "云水区审计局",
}


def a_lake(folder):
    """A home with a lake of a year and a half: units of every fate, and five that nobody wrote to."""
    home, lake = tiny_lake.a_house(folder)
    units = [{"unit_id": f"U-{name}", "name": name, "kind": "机关"} for name in (*NAMES.values(), *PEERS)]
    cars, fills = [], []
    told = [*((NAMES[key], fate) for key, fate in FATES.items()), *((peer, (0, 0, 0)) for peer in PEERS)]
    for no, (name, fate) in enumerate(told):
        plate = f"苏M1000{no}"
        cars.append({"plate_norm": plate, "unit_id": f"U-{name}", "tank_l": 60, "use_type": "一般公务"})
        fills += rows_of(f"U-{name}", fate, plate)
    fills += [_row(f"U-{PEERS[no]}", f"苏M1000{no + 4}", month, 15, txn_type="非油", product="香烟")
              for no, month in enumerate(("2025-02", "2025-05", "2026-01", "2026-04"))]  # fmt: skip
    fills.append(_row("U-旁单位0", "苏M10004", "2026-06", 27, txn_type="加油", liters=40))
    tiny_lake.put(
        lake,
        ("名册/单位.csv", "unit", units),
        ("名册/车辆.csv", "vehicle", cars),
        ("加油明细/2025.csv", "fuel", fills),
    )
    return home, lake


def a_run(home, lake):
    """The two rules over it."""
    rules = load_rules(only=(RULE, ELSEWHERE))
    return screen(home, lake, rules, as_of=LAST)


def a_letter(office, key, *, rules=(RULE,), neighbours=(ELSEWHERE,)):
    """A letter as if it had been delivered to a unit of the cast; the way there is tested in its room."""
    from qingfeng.mechanisms import sampling
    from qingfeng.mechanisms.cast import PEOPLE, UNITS

    where = sampling.Scene(
        base=SERVED - timedelta(days=23),
        person=lambda one: office.people[PEOPLE[one]],
        unit=lambda one: office.units[UNITS[key if one == "education" else one]],
        attach=lambda _name, _by: 0,
        on=lambda at: time_machine.travel(at, tick=False),
    )
    matter = sampling.play("recommendation", "closed", where, steps=0)
    matter.stage = "delivered"
    matter.facts |= {
        "rules": list(rules), "neighbours": list(neighbours), "tolerance": 30, "mend_by": MEND_BY.isoformat(),
        "trigger_from": TRIGGER[0], "trigger_until": TRIGGER[1], "served_on": SERVED.isoformat(),
    }  # fmt: skip
    matter.revision += 1
    matter.save(update_fields=["stage", "facts", "revision"])
    first = matter.story.get()
    type(first).objects.create(
        matter=matter, no=matter.revision, act="deliver", by=first.by, at=where.at(23), from_stage="sealed",
        to_stage="delivered", as_role="registrar",
    )  # fmt: skip
    matter.parties.filter(role="unit").update(told_at=where.at(23))
    return matter
