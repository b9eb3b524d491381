"""How far beyond its threshold a rule's findings lie: just over, or many times over.

Of every rule of the house it is said here what of a finding is compared and with what; or that there is
nothing to compare, since two records agree or do not, a word stands there or does not; or that a finding's
facts do not tell the limit. Of a rule that an installation wrote itself nothing is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from qingfeng.findings.models import Lead, LeadFinding

MOST = 2_000  # findings that are looked at, the newest
BANDS = (1.0, 1.05, 1.1, 1.25, 1.5, 2.0, 3.0)  # lower ends; what is below the first is not found
SPAN, BOTH, SECONDS = "..", " & ", 60

# Rule → (value, limit). A value is a fact, minutes from one instant to another (`a..b`), or minutes that two
# such spans have in common (`a..b & c..d`). A limit is a sum of products of facts, parameters ("$name") and
# numbers. `at` and `amount` are those of the lead, where the finding is its only one.
THRESHOLDS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "card_split_threshold": ("amount", (("limit_yuan",),)),
    "fuel_card_vehicle_separated": ("km", (("$km",),)),
    "fuel_holiday_consecutive": ("days", (("$days",),)),
    "fuel_over_tank_single": ("liters", (("tank_l", "$tolerance"), ("$slack_l",))),
    "fuel_same_day_repeat": ("fills", (("$fills",),)),
    "fuel_small_frequent": ("times", (("$times",),)),
    "invoice_consecutive": ("invoices", (("$run",),)),
    "invoice_duplicate": ("posted", (("total",), ("$tolerance_yuan",))),
    "invoice_split_same_day": ("amount", (("limit_yuan",),)),
    "letter_number_duplicate": ("versions", (("2",),)),
    "letter_reused": ("receptions", (("2",),)),
    "maint_zombie": ("days", (("$days",),)),
    "payroll_deceased": ("months", (("1",),)),
    "payroll_double": ("units", (("2",),)),
    "reception_companions_over": ("companions", (("allowed",),)),
    "reception_per_capita_over": ("meal_amount", (("limit_yuan", "heads"), ("$tolerance_yuan",))),
    "scenic_free_pass": ("people", (("$group_people",),)),
    "subsidy_duplicate": ("payments", (("2",),)),
    "supplies_disguise": ("amount", (("$floor_yuan",),)),
    "travel_two_places": ("km", (("$apart_km",),)),
    "trip_overlap": ("at..returned_at & other_departed_at..other_returned_at", (("$minutes",),)),
    "union_over_annual_cap": ("received", (("cap",), ("$tolerance_yuan",))),
    "vehicle_holiday_move": ("km", (("$move_km",),)),
    "vehicle_overnight_away": ("km", (("$away_km",),)),
    "vehicle_parking_no_trip": ("rest_from..rest_to", (("$minutes",),)),
    "vehicle_sensitive_geofence": ("at..to_at", (("$minutes",),)),
    "x_private_fuel_overlay": ("rules", (("$rules",),)),
    "x_trip_chain": ("links", (("$links",),)),
}
NO_LIMIT = frozenset({
    "card_buy_public", "card_outside_recipient", "fuel_disposed_vehicle", "fuel_holiday",
    "fuel_nonfuel_goods", "fuel_orphan_card", "fuel_type_mismatch", "hotel_holiday_unit", "letter_blank",
    "reception_alcohol_tobacco", "reception_holiday", "reception_no_letter", "scenic_vehicle_holiday",
    "travel_agency_invoice", "vehicle_toll_no_trip", "voucher_keyword_misposted",
})  # fmt: skip
UNTOLD = frozenset({
    "fuel_over_tank_window",  # what the vehicle burns is in the register, not among the facts
    "letter_postdated",  # too late by any day, too early by many
})  # fmt: skip


@dataclass(frozen=True)
class Margins:
    """How far beyond its threshold a rule's findings lie.

    Attributes:
        bands: (lower end, upper end or None, findings): 1.0 to 1.05 is just over.
        of: Findings whose facts say it.
        value: What is compared, as in `THRESHOLDS`.
        limit: The limit as a formula over facts and parameters.
    """

    bands: tuple[tuple[float, float | None, int], ...]
    of: int
    value: str
    limit: str


def why_none(rule: str) -> str:
    """Return why no margin can be said of a rule: `no_limit`, `untold`, `unknown`; "" where one can."""
    if rule in THRESHOLDS:
        return ""
    return "no_limit" if rule in NO_LIMIT else "untold" if rule in UNTOLD else "unknown"


def margins_of(rule: str, leads: QuerySet[Lead]) -> Margins | None:
    """Return the margins of a rule's findings in some leads, the newest `MOST`; None where none are."""
    if rule not in THRESHOLDS:
        return None
    value, limit = THRESHOLDS[rule]
    rows = LeadFinding.objects.filter(lead__in=leads.values("pk"), rule=rule).order_by("-pk")
    told = rows.values_list("facts", "params", "lead__found", "lead__at", "lead__amount")[:MOST]
    found = [
        one
        for facts, params, *lead in told
        if (one := margin(rule, _whole(facts, *lead), params)) is not None
    ]
    counted = Counter(max((end for end in BANDS if one >= end), default=None) for one in found)
    ends = (*BANDS[1:], None)
    said = " + ".join(" × ".join(name.lstrip("$") for name in product) for product in limit)
    return Margins(
        tuple((low, high, counted[low]) for low, high in zip(BANDS, ends, strict=True)),
        sum(counted[low] for low in BANDS),
        value,
        said,
    )


def _whole(
    facts: Mapping[str, Any], found: int, at: datetime | None, amount: Decimal | None
) -> dict[str, Any]:
    """Return a finding's facts with its time and amount, which only a lead of one finding tells."""
    alone = {"at": at, "amount": amount} if found == 1 else {}
    return {**facts, **{name: value for name, value in alone.items() if value is not None}}


def margin(rule: str, facts: Mapping[str, Any], params: Mapping[str, Any]) -> float | None:
    """Return a finding's value over its rule's limit; None where its facts do not say it."""
    value, limit = THRESHOLDS[rule]

    def number(name: str) -> float:
        return float(params[name[1:]] if name.startswith("$") else facts.get(name, name))

    try:
        whole = 0.0
        for product in limit:
            part = 1.0
            for name in product:
                part *= number(name)
            whole += part
        told = _minutes(value, facts) if SPAN in value else number(value)
    except (KeyError, TypeError, ValueError):
        return None
    return told / whole if whole else None


def _minutes(value: str, facts: Mapping[str, Any]) -> float:
    """Return the minutes of a span, or those that two have in common.

    Raises:
        KeyError: If a fact is missing.
        TypeError, ValueError: If one is no instant.
    """
    spans = [[_instant(facts[name]) for name in span.split(SPAN)] for span in value.split(BOTH)]
    begins, ends = max(span[0] for span in spans), min(span[1] for span in spans)
    return (ends - begins).total_seconds() / SECONDS


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
