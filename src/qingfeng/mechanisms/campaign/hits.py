"""The doubts of a campaign: those of its rules, in its period and scope, and what verifiers said of them.

Counted for the whole house; what a reader may see of it begins with `visible_leads` (`found_by`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingfeng.findings.models import Lead, LeadFinding, RuleRun
from qingfeng.findings.precision import labels_that_count
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.campaign.gates import day

BEIJING = ZoneInfo("Asia/Shanghai")
FOUND = ("confirmed", "partly")


def leads_in(matter: Matter, leads: QuerySet[Lead] | None = None) -> QuerySet[Lead]:
    """Return the leads of a campaign among some; all leads that count unless given.

    A lead belongs to it that has a finding of one of its rules, lies in its period (or has no day), and whose
    unit is among the chosen ones where units are chosen. What the newest screening does not find any more
    counts as long as it has a verification.
    """
    facts = matter.facts
    rules = list(facts.get("rules") or ())
    rows = (Lead.objects.all() if leads is None else leads).filter(replaced_by=None)
    rows = rows.filter(Q(is_current=True) | Q(matter__isnull=False))
    rows = rows.filter(Exists(LeadFinding.objects.filter(lead=OuterRef("pk"), rule__in=rules)))
    first, last = day(facts.get("period_from")), day(facts.get("period_until"))
    if first is not None and last is not None:
        begins = datetime.combine(first, time(), BEIJING)
        ends = datetime.combine(last + timedelta(days=1), time(), BEIJING)
        rows = rows.filter(Q(at=None) | Q(at__gte=begins, at__lt=ends))
    if facts.get("scope") == "chosen":
        rows = rows.filter(unit__in=[int(one) for one in facts.get("units") or ()])
    return rows.order_by()


@dataclass(frozen=True)
class Hits:
    """The doubts of a campaign, and how far they are.

    Attributes:
        matter: The campaign.
        leads: Which leads; those of the campaign among what a reader may see, or all.
    """

    matter: Matter
    leads: QuerySet[Lead]

    @cached_property
    def rules(self) -> list[str]:
        """Rules of the campaign, by id."""
        return [str(one) for one in self.matter.facts.get("rules") or ()]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Every lead once: pk, unit, unit_name, matter, tiers (of its findings of the campaign's rules)."""
        wanted = ("pk", "unit", "unit_name", "matter", "amount")
        leads = {row["pk"]: {**row, "tiers": Counter()} for row in self.leads.values(*wanted)}
        findings = LeadFinding.objects.filter(lead__in=self.leads.values("pk"), rule__in=self.rules)
        for lead, rule, tier in findings.values_list("lead", "rule", "tier"):
            if lead in leads:
                leads[lead]["tiers"][rule, tier] += 1
        return list(leads.values())

    @cached_property
    def verdicts(self) -> Mapping[int, list[str]]:
        """Verdicts that count on findings of the campaign's rules, by verification."""
        matters = [row["matter"] for row in self.rows if row["matter"]]
        found: dict[int, list[str]] = {}
        lines = labels_that_count().filter(matter__in=matters, facts__rule__in=self.rules)
        for pk, facts in lines.values_list("matter", "facts"):
            found.setdefault(pk, []).append(str(facts.get("verdict")))
        return found

    def of_tier(self, tier: str) -> list[dict[str, Any]]:
        """Return the leads whose heaviest finding of the campaign's rules is of a tier."""
        return [row for row in self.rows if min((one for _rule, one in row["tiers"]), default="") == tier]

    def left(self, tier: str) -> int:
        """Return how many leads of a tier have no verdict that counts."""
        return sum(row["matter"] not in self.verdicts for row in self.of_tier(tier))

    @cached_property
    def said(self) -> Counter[str]:
        """Number of leads by what verifiers said of their findings, taken together."""
        return Counter(together(self.verdicts[one]) for one in {row["matter"] for row in self.rows}
                       if one in self.verdicts)  # fmt: skip

    @cached_property
    def units_found(self) -> set[int]:
        """Units in which something was found."""
        return {
            row["unit"]
            for row in self.rows
            if row["unit"] and set(self.verdicts.get(row["matter"], ())) & set(FOUND)
        }

    @cached_property
    def hits(self) -> int:
        """Findings of the campaign's rules."""
        return sum(sum(row["tiers"].values()) for row in self.rows)

    @property
    def matters(self) -> list[int]:
        """Verifications of its leads."""
        return sorted({row["matter"] for row in self.rows if row["matter"]})

    def by_rule(self) -> list[dict[str, Any]]:
        """Return the doubts by rule: tier, rows that it is about, hits, number of units."""
        runs = {one.rule: one for one in newest_runs(self.rules)}
        found: list[dict[str, Any]] = []
        for rule in self.rules:
            rows = [row for row in self.rows if any(one == rule for one, _tier in row["tiers"])]
            hits = sum(n for row in rows for (one, _tier), n in row["tiers"].items() if one == rule)
            run = runs.get(rule)
            units = {row["unit"] or row["unit_name"] for row in rows}
            found.append(
                {
                    "doubts_rule": rule,
                    "doubts_tier": run.tier if run else "—",
                    "doubts_read": run.applicable if run else 0,
                    "doubts_found": hits,
                    "doubts_units": len(units),
                }
            )
        return found


def together(verdicts: list[str]) -> str:
    """Return what verdicts on findings add up to: as the verification itself adds them up."""
    given = set(verdicts)
    if given == {"confirmed"}:
        return "true"
    if given & set(FOUND):
        return "part"
    return next((one for one in ("explained", "unverifiable") if one in given), "refuted")


def hits_of(matter: Matter) -> Hits:
    """Return the doubts of a campaign, of the whole house."""
    return Hits(matter, leads_in(matter))


def newest_runs(rules: list[str]) -> list[RuleRun]:
    """Return what the newest screening counted of some rules."""
    return list(RuleRun.objects.filter(screening__is_newest=True, rule__in=rules))
