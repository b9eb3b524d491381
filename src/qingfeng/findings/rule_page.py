"""What the page of a rule shows of its findings: where they lie, how close, and how often it was right.

Everything about leads begins with `visible_leads`; what a run counted is about records, not about anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Sum

from qingfeng.findings.access import visible_leads
from qingfeng.findings.margins import Margins, margins_of, why_none
from qingfeng.findings.models import LeadFinding, RuleRun, RuleStanding
from qingfeng.findings.precision import Precision, drawn_standings, standing_of
from qingfeng.findings.precision_by_month import ByThen, precision_by_month
from qingfeng.organization.viewer import Viewer

SAMPLE = 10


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
        margins: How far beyond its threshold its findings lie; None where nothing can be said.
        no_margin: Why not (`margins.why_none`), "" where it can.
        by_then: Its precision at the end of every month since the first verdict.
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
    no_margin: str
    by_then: tuple[ByThen, ...]
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
        margins=margins_of(rule, leads),
        no_margin=why_none(rule),
        by_then=precision_by_month(rule, newest.tier),
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
    """Return findings of the leads whose keys, which are hashes, come first: neither worst nor newest."""
    chosen = leads.order_by("key").values_list("pk", flat=True)[:SAMPLE]
    rows = LeadFinding.objects.filter(lead__in=list(chosen), rule=rule).select_related("lead")
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
