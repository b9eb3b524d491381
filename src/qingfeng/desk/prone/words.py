"""Words for prone areas: dimensions, their values, what exposures count, intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.leads import rulebook
from qingfeng.desk.leads.terms import WATCHES, is_chinese
from qingfeng.findings.prone.cells import EXPECTED
from qingfeng.look import said
from qingfeng.mechanisms.common import AREAS

DIMENSIONS: dict[str, Any] = {
    "unit_kind": _("Kind of unit"),
    "expense": _("Kind of expense"),
    "place": pgettext_lazy("prone areas", "Place"),
    "month": pgettext_lazy("prone areas", "Month"),
    "unit": pgettext_lazy("prone areas", "Unit"),
    "post": _("Kind of post"),
    "watch": pgettext_lazy("prone areas", "Watch"),
    "rule": pgettext_lazy("prone areas", "Rule"),
    "area": _("Field of work"),
}
EXPENSES: dict[str, Any] = {
    "vehicle_use": _("Use of official vehicles"),
    "vehicle_cost": _("Running costs of vehicles"),
    "reception": _("Official receptions"),
    "invoice": _("Invoices and reimbursement"),
    "cards": _("Cards bought and given out"),
    "travel": _("Official travel"),
    "pay": _("Pay and subsidies"),
    "union": _("Union money"),
    "scenic": _("Scenic spots and lodging"),
    "": _("Other expense"),
}
POSTS: dict[str, Any] = {
    "leading": _("Leading posts"),
    "section": _("Heads of sections"),
    "money": _("Accounts and cash"),
    "buying": _("Buying and stores"),
    "driver": _("Drivers"),
    "staff": _("Other staff"),
    "": _("Post not known"),
}
COUNTS: dict[str, Any] = {
    "vehicles": _("vehicles × months"),
    "receptions": pgettext_lazy("exposure", "receptions"),
    "invoices": pgettext_lazy("exposure", "invoices"),
    "staff": _("staff × months"),
    "rows": pgettext_lazy("exposure", "rows"),
    EXPECTED: _("expected at the common rate"),
}
DISTRICT = _("District level")
_AREAS: dict[str, Any] = dict(AREAS)


def month(value: str) -> str:
    """Return a month as people write it."""
    try:
        return f"{date.fromisoformat(value):%Y-%m}"
    except ValueError:
        return value


def _rule(value: str) -> str:
    known = rulebook.rules().get(value)
    return known.title if known else value


_VALUES: Mapping[str, Callable[[str], Any]] = {
    "expense": lambda value: EXPENSES.get(value, value),
    "post": lambda value: POSTS.get(value, value),
    "watch": lambda value: WATCHES.get(value, value),
    "area": lambda value: _AREAS.get(value, value) or _("No field of work yet"),
    "month": month,
    "rule": _rule,
    "place": lambda value: value or DISTRICT,
    "unit_kind": lambda value: value or _("Kind not known"),
    "unit": lambda value: value or _("Unit not known"),
}


def value_name(dimension: str, value: str) -> str:
    """Return what a value of a dimension is called."""
    return str(_VALUES[dimension](value))


def cell_name(by: Sequence[str], key: Sequence[str]) -> str:
    """Return what a cell is called."""
    return " · ".join(value_name(name, value) for name, value in zip(by, key, strict=True))


def between(mean: float, low: float, high: float) -> str:
    """Return a number with its interval."""
    return say("%(mean)s (%(low)s to %(high)s)") % {
        "mean": said.number(mean, 2),
        "low": said.number(low, 2),
        "high": said.number(high, 2),
    }


def exposure(amount: float, counts: str) -> str:
    """Return an exposure with what it counts."""
    places = 1 if counts == EXPECTED else 0
    return f"{said.number(amount, places)} {COUNTS[counts]}"


def listed(names: Sequence[str]) -> str:
    """Return some names one after another, in the reader's way."""
    return ("、" if is_chinese() else ", ").join(names)
