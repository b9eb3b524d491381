"""What the house finds out for a goal: from when on it is read."""

from __future__ import annotations

from datetime import date

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today


def first_reading(matter: Matter, _sheet: Sheet) -> Found:
    """Return the day from which readings fall due: today, or the first day of its year if that is later."""
    begins = max(today(), date(int(matter.facts["year"]), 1, 1))
    return Found(facts={"read_from": begins.isoformat()})


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("goal.first_reading", first_reading)
