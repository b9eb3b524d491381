"""What the house finds out for a goal: from when on it is read, and the number of a measure that is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from qingfeng.matters.computed import Found, find_with, replaced
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.measures import value_of

A_QUARTER, LAST = 3, 4


def first_reading(matter: Matter, _sheet: Sheet) -> Found:
    """Return the day from which readings fall due: today, or the first day of its year if that is later."""
    begins = max(today(), date(int(matter.facts["year"]), 1, 1))
    return Found(facts={"read_from": begins.isoformat()})


def measured(matter: Matter, sheet: Sheet) -> Found:
    """Return the quarter's readings, each with the number of the measure that it names (取数).

    A number typed beside a measure is replaced: it is the house's, over the office of the goal, from the
    quarter's first day to its last or to today.
    """
    lines = [_read(matter, one, one.get("quarter")) for one in sheet.lines.get("readings", ())]
    handed = sheet.changes.get("readings", {})
    numbers = {int(no): one for no, one in handed.items() if str(no).isdecimal()}
    rows = matter.lines.filter(ledger="readings", no__in=numbers) if numbers else ()
    quarters = {row.no: row.facts.get("quarter") for row in rows}
    changes = {no: _read(matter, one, quarters.get(no)) for no, one in numbers.items()}
    return Found(
        lines={"readings": lines} if lines else {},
        changes={"readings": {**handed, **changes}} if changes else {},
    )


def _read(matter: Matter, line: Mapping[str, Any], quarter: Any) -> Any:
    key, number = str(line.get("measure") or ""), str(quarter or "")
    if not key or number not in {str(no) for no in range(1, LAST + 1)}:
        return line
    since, until = quarter_days(int(matter.facts["year"]), int(number))
    return replaced(line, {"value": value_of(key, since, min(until, today()), matter.owner.path)})


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter, 1 to 4."""
    begins = date(year, (quarter - 1) * A_QUARTER + 1, 1)
    after = date(year + quarter // LAST, quarter % LAST * A_QUARTER + 1, 1)
    return begins, after - timedelta(days=1)


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("goal.first_reading", first_reading)
    find_with("goal.measured", measured)
