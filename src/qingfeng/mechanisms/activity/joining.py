"""What the house finds out for an activity: what it cost."""

from __future__ import annotations

from decimal import Decimal

from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter
from qingfeng.matters.sheets import Sheet


def cost(matter: Matter, _sheet: Sheet) -> Found:
    """Return the sum of the costs that stand, in yuan with two decimals."""
    rows = matter.lines.filter(ledger="costs").exclude(state="struck").values_list("facts", flat=True)
    total = sum((Decimal(str(one.get("amount") or 0)) for one in rows), Decimal(0))
    return Found(facts={"cost": str(total.quantize(Decimal("0.01")))})


def join() -> None:
    """Make what this room finds out known to the house."""
    find_with("activity.cost", cost)
