"""The doubts of a campaign by unit, how far each is, and what the unit reported itself: never added up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from qingfeng.desk.campaigns.behind import Behind
from qingfeng.desk.kinds import address
from qingfeng.matters import access
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Unit

FOUND = {"confirmed", "partly"}


@dataclass
class UnitRow:
    """One unit.

    Attributes:
        unit_id: Key of the unit; None where no one unit has the name.
        name: Its name.
        tiers: Leads by tier.
        verified: Leads with a verdict that counts.
        found: Of these, something was found.
        check: Its self-check, or None.
        admitted: Problems that it reported itself.
    """

    unit_id: int | None
    name: str
    tiers: Counter[str]
    verified: int = 0
    found: int = 0
    check: Matter | None = None
    admitted: int = 0

    @property
    def leads(self) -> int:
        """All its leads of the campaign."""
        return sum(self.tiers.values())

    @property
    def left(self) -> int:
        """Leads of tiers A and B without a verdict."""
        return max(self.tiers["A"] + self.tiers["B"] - self.verified, 0)

    @property
    def check_stage(self) -> str:
        """Where its self-check stands, in words."""
        if self.check is None:
            return "—"
        return str(mechanism(self.check.mechanism, self.check.version).stage(self.check.stage).name)

    @property
    def check_href(self) -> str | None:
        """Address of its self-check."""
        return address(self.check) if self.check else None


def by_unit(behind: Behind) -> list[UnitRow]:
    """Return the units of a campaign that the reader may know of, most open doubts first."""
    rows: dict[Any, UnitRow] = {}
    names = dict(Unit.objects.values_list("pk", "name"))
    for lead in behind.hits.rows:
        key = lead["unit"] or lead["unit_name"]
        name = names.get(lead["unit"], lead["unit_name"] or "—")
        row = rows.setdefault(key, UnitRow(lead["unit"], name, Counter()))
        row.tiers[min((tier for _rule, tier in lead["tiers"]), default="C")] += 1
        verdicts = behind.hits.verdicts.get(lead["matter"])
        row.verified += verdicts is not None
        row.found += bool(set(verdicts or ()) & FOUND)
    _add_self_checks(behind, rows, names)
    return sorted(rows.values(), key=lambda row: (-row.left, -row.leads, row.name))


def _add_self_checks(behind: Behind, rows: dict[Any, UnitRow], names: dict[int, str]) -> None:
    """Put the self-checks that the reader may see beside the units."""
    checks = behind.yields.self_checks
    seen = access.seen_among(behind.viewer, [one.pk for one in checks])
    admitted = Counter(line.matter_id for line in behind.yields.admissions)
    units = dict(
        Matter.objects.filter(pk__in=list(seen), parties__role="unit", parties__until_at=None).values_list(
            "pk", "parties__unit"
        )
    )
    for one in checks:
        unit = units.get(one.pk)
        if unit is None:
            continue
        row = rows.setdefault(unit, UnitRow(unit, names.get(unit, "—"), Counter()))
        row.check, row.admitted = one, admitted[one.pk]


def said_lines(matter: Matter) -> list[LedgerLine]:
    """Return the numbers that were said outside, newest first."""
    return list(matter.lines.filter(ledger="published").order_by("-no"))
