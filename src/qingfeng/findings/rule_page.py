"""What the page of a rule shows of its findings: where they lie, how close, and how often it was right.

Everything about leads begins with `visible_leads`; what a run counted is about records, not about anybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Count, Sum

from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import LeadFinding, RuleRun, RuleStanding
from qingfeng.findings.precision import Precision, drawn_standings, standing_of
from qingfeng.organization.viewer import Viewer

SAMPLE = 10
MOST_MARGINS = 2_000
BANDS = (1.0, 1.05, 1.1, 1.25, 1.5, 2.0, 3.0)  # lower ends; what is below the first is not found

# Rule → (fact, limit): the limit is a sum of products of facts, parameters ("$name") and numbers.
THRESHOLDS: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
    "fuel_over_tank_single": ("liters", (("tank_l", "$tolerance"), ("$slack_l",))),
    "fuel_same_day_repeat": ("fills", (("$fills",),)),
    "fuel_small_frequent": ("times", (("$times",),)),
    "fuel_holiday_consecutive": ("days", (("$days",),)),
    "invoice_consecutive": ("invoices", (("$run",),)),
    "maint_zombie": ("days", (("$days",),)),
    "reception_companions_over": ("companions", (("allowed",),)),
    "reception_per_capita_over": ("meal_amount", (("limit_yuan", "heads"), ("$tolerance_yuan",))),
    "scenic_free_pass": ("people", (("$group_people",),)),
    "subsidy_duplicate": ("payments", (("2",),)),
    "travel_two_places": ("km", (("$apart_km",),)),
    "union_over_annual_cap": ("received", (("cap",), ("$tolerance_yuan",))),
    "vehicle_holiday_move": ("km", (("$move_km",),)),
    "x_private_fuel_overlay": ("rules", (("$rules",),)),
}


@dataclass(frozen=True)
class ByMonth:
    """Leads of one month.

    Attributes:
        month: First day of the month, or None for leads without a day.
        leads: Number of leads.
        found: Number of findings in them.
    """

    month: date | None
    leads: int
    found: int


@dataclass(frozen=True)
class ByUnit:
    """Leads of one unit.

    Attributes:
        unit_id: Key of the unit, or None where no one unit has the name.
        name: As the records spell it.
        leads: Number of leads.
    """

    unit_id: int | None
    name: str
    leads: int


@dataclass(frozen=True)
class Margins:
    """How far beyond its threshold a rule's findings lie.

    Attributes:
        bands: (lower end, upper end or None, findings): 1.0 to 1.05 is just over.
        of: Findings whose facts say it.
        fact: The fact that is compared.
        limit: The limit as a formula over facts and parameters.
    """

    bands: tuple[tuple[float, float | None, int], ...]
    of: int
    fact: str
    limit: str


@dataclass(frozen=True)
class RunOfRule:
    """One screening of a rule.

    Attributes:
        at: When.
        ran: Whether it ran.
        reason: {"en", "zh"} why it did not.
        read: Rows read.
        applicable: Rows that it is about.
        excluded: Reason to rows that cannot be judged or are exempt.
        found: Findings.
        seconds: Wall time.
    """

    at: datetime
    ran: bool
    reason: Mapping[str, str]
    read: int
    applicable: int
    excluded: Mapping[str, int]
    found: int
    seconds: float


@dataclass(frozen=True)
class RulePage:
    """Everything of one rule.

    Attributes:
        rule: Id.
        title: Title.
        tier: Tier.
        watch: Watch.
        version: Newest version that ran, or "".
        leads: Current leads that the viewer may see.
        precision: By all verifications.
        drawn: By drawn leads alone; None before any was verified.
        is_watch_only: Whether it is only watched.
        since_at: Since when it is, or is not.
        by_month: In order of time.
        by_unit: Most leads first, twenty at most.
        margins: None where its facts do not say it.
        sample: Findings chosen by hash, the same for everybody who may see the same.
        runs: Newest first, fifty at most.
        excepted: Leads that an exception hides.
    """

    rule: str
    title: str
    tier: str
    watch: str
    version: str
    leads: int
    precision: Precision
    drawn: Precision | None
    is_watch_only: bool
    since_at: datetime | None
    by_month: tuple[ByMonth, ...]
    by_unit: tuple[ByUnit, ...]
    margins: Margins | None
    sample: tuple[LeadFinding, ...]
    runs: tuple[RunOfRule, ...]
    excepted: int


def rule_page(viewer: Viewer | None, rule: str) -> RulePage | None:
    """Return what the page of a rule shows to somebody; None for a rule that never met this desk."""
    newest = RuleRun.objects.filter(rule=rule).order_by("-screening_id").first()
    if newest is None:
        return None
    leads = visible_leads(viewer).filter(is_current=True, rule=rule).order_by()
    standing = RuleStanding.objects.filter(rule=rule).first()
    return RulePage(
        rule=rule,
        title=newest.title,
        tier=newest.tier,
        watch=newest.watch,
        version=newest.version,
        leads=leads.count(),
        precision=standing_of(rule, newest.tier),
        drawn=drawn_standings().get(rule),
        is_watch_only=bool(standing and standing.is_watch_only),
        since_at=standing.since_at if standing else None,
        by_month=_by_month(leads),
        by_unit=_by_unit(leads),
        margins=_margins(rule, leads),
        sample=_sample(rule, leads),
        runs=_runs(rule),
        excepted=leads.exclude(excepted_by=None).count(),
    )


def _by_month(leads: Any) -> tuple[ByMonth, ...]:
    rows = leads.values_list("month").annotate(leads=Count("pk"), found=Sum("found"))
    return tuple(ByMonth(*row) for row in sorted(rows, key=lambda row: row[0] or date.min))


def _by_unit(leads: Any, most: int = 20) -> tuple[ByUnit, ...]:
    rows = leads.values_list("unit", "unit_name").annotate(leads=Count("pk"))
    return tuple(ByUnit(*row) for row in sorted(rows, key=lambda row: (-row[2], row[1]))[:most])


def _sample(rule: str, leads: Any) -> tuple[LeadFinding, ...]:
    """Return findings of leads chosen by the hash of their keys: neither the worst nor the newest."""
    keys = sorted(leads.values_list("key", flat=True), key=lambda key: sha256(key.encode()).digest())
    rows = LeadFinding.objects.filter(lead__key__in=keys[:SAMPLE], rule=rule).select_related("lead")
    first: dict[int, LeadFinding] = {}
    for row in rows:
        first.setdefault(row.lead_id, row)
    return tuple(first.values())


def _runs(rule: str, most: int = 50) -> tuple[RunOfRule, ...]:
    rows = RuleRun.objects.filter(rule=rule).select_related("screening").order_by("-screening_id")[:most]
    return tuple(
        RunOfRule(
            row.screening.at,
            row.ran,
            row.reason,
            row.read,
            row.applicable,
            row.excluded,
            row.found,
            row.seconds,
        )
        for row in rows
    )


def _margins(rule: str, leads: Any) -> Margins | None:
    if rule not in THRESHOLDS:
        return None
    fact, limit = THRESHOLDS[rule]
    rows = LeadFinding.objects.filter(lead__in=leads.values("pk"), rule=rule).order_by("-pk")
    told = rows.values_list("facts", "params")[:MOST_MARGINS]
    found = [one for one in (margin(rule, facts, params) for facts, params in told) if one is not None]
    counted = Counter(max((end for end in BANDS if one >= end), default=None) for one in found)
    ends = (*BANDS[1:], None)
    said = " + ".join(" × ".join(name.lstrip("$") for name in product) for product in limit)
    return Margins(
        tuple((low, high, counted[low]) for low, high in zip(BANDS, ends, strict=True)),
        sum(counted[low] for low in BANDS),
        fact,
        said,
    )


def margin(rule: str, facts: Mapping[str, Any], params: Mapping[str, Any]) -> float | None:
    """Return a finding's value over its rule's limit; None where its facts do not say it."""
    fact, limit = THRESHOLDS[rule]

    def number(name: str) -> float:
        value = params[name[1:]] if name.startswith("$") else facts.get(name, name)
        return float(value)

    try:
        whole = 0.0
        for product in limit:
            part = 1.0
            for name in product:
                part *= number(name)
            whole += part
        return number(fact) / whole if whole else None
    except (KeyError, TypeError, ValueError):
        return None
