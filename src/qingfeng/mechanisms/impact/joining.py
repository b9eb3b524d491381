"""What the house fills in on an impact assessment: the day until which its record is kept."""

from __future__ import annotations

from datetime import date

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.counting import months_after
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today

MONTHS = 36


def keeping(_matter: Matter, sheet: Sheet) -> Found:
    """Find the last day of three years after the processing ended, or after the day of a refusal.

    Law:
        个人信息保护法 Art. 56
    """
    given = str(sheet.facts.get("ended_on") or "")
    try:
        until = months_after(date.fromisoformat(given), MONTHS)
    except ValueError:  # a refusal has no such day, and a form that is not right is refused by the door
        until = months_after(today(), MONTHS)
    return Found(facts={"keep_until": until.isoformat()})


def join() -> None:
    """Let the kernel know what the acts name; called once, at start-up."""
    find_with("impact.keeping", keeping)
