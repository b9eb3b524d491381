"""What the house finds out for an activity: what it cost, and what is over the plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet


def cost(matter: Matter, _sheet: Sheet) -> Found:
    """Return the sum of the costs that stand, and yuan and hours over the plan; 0 for neither.

    Where nothing was planned (a matter of before this was asked, or taken over) nothing is over.
    """
    rows = matter.lines.filter(ledger="costs").exclude(state="struck").values_list("facts", flat=True)
    total = sum((Decimal(str(one.get("amount") or 0)) for one in rows), Decimal(0))
    hours, cent = int(matter.facts.get("hours") or 0), Decimal("0.01")
    planned, planned_hours = matter.facts.get("planned_cost"), matter.facts.get("planned_hours")
    found: dict[str, Any] = {"cost": str(total.quantize(cent)), "cost_over": None, "hours_over": None}
    if planned not in (None, ""):
        found["cost_over"] = str(max(total - Decimal(str(planned)), Decimal(0)).quantize(cent))
    if planned_hours not in (None, ""):
        found["hours_over"] = max(hours - int(planned_hours), 0)
    return Found(facts=found)


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("activity.cost", cost)
