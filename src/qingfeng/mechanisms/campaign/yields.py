"""What a campaign yielded, as the house counts it: what was found, what followed, what units said themselves.

Self-reported problems are never added to what was found: they stand in figures of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from qingfeng.matters.models import LedgerLine, Matter, MatterLink
from qingfeng.matters.today import today
from qingfeng.mechanisms.campaign.hits import Hits, hits_of, newest_runs

FOLLOWS = {"clue", "case", "recommendation", "rule_made"}
SERVES = "serves"
SELF = "rolls_out"
DECIDED = {"concluded", "filed", "sent_on"}
IN_USE = {"in_force", "evaluated"}


@dataclass(frozen=True)
class Yields:
    """What followed from a campaign's doubts.

    Attributes:
        matter: The campaign.
        hits: Its doubts, of the whole house.
    """

    matter: Matter
    hits: Hits

    @cached_property
    def followed(self) -> dict[str, list[Matter]]:
        """Matters that follow from it, by kind: led to by its verifications, by it, or said to serve it."""
        known = {self.matter.pk, *self.hits.matters}
        serving = self.matter.links_in.filter(kind=SERVES, until_at=None).values_list("source", flat=True)
        fresh = known | set(serving)
        found: dict[int, Matter] = {}
        while fresh:
            reached = _led_to(fresh) | (fresh - known)
            rows = Matter.objects.filter(pk__in=reached - set(found), mechanism__in=FOLLOWS)
            new = {one.pk: one for one in rows.filter(standing=Matter.Standing.VALID)}
            found |= new
            known |= fresh
            fresh = set(new) - known
        kinds: dict[str, list[Matter]] = {kind: [] for kind in sorted(FOLLOWS)}
        for one in found.values():
            kinds[one.mechanism].append(one)
        return kinds

    @cached_property
    def self_checks(self) -> list[Matter]:
        """Self-checks of its units that count."""
        links = self.matter.links_out.filter(kind=SELF, until_at=None).values("target")
        return list(Matter.objects.filter(pk__in=links, standing=Matter.Standing.VALID))

    @cached_property
    def admissions(self) -> list[LedgerLine]:
        """Problems that units reported themselves, those that they struck again left out."""
        keys = [one.pk for one in self.self_checks]
        return list(LedgerLine.objects.filter(matter__in=keys, ledger="admissions").exclude(state="struck"))

    @cached_property
    def self_units(self) -> set[int]:
        """Units that reported a problem themselves."""
        with_lines = {one.matter_id for one in self.admissions}
        checks = [one.pk for one in self.self_checks if one.pk in with_lines]
        parties = Matter.objects.filter(pk__in=checks, parties__role="unit", parties__until_at=None)
        return set(parties.values_list("parties__unit", flat=True)) - {None}

    @cached_property
    def systems(self) -> int:
        """Rules made: lines of the ledger, and matters of rules that no line names."""
        lines = list(self.matter.lines.filter(ledger="systems").values_list("facts", flat=True))
        said = {str(one.get("system_no") or "") for one in lines}
        others = [one for one in self.followed["rule_made"] if one.number not in said and one.stage in IN_USE]
        return len(lines) + len(others)

    def figures(self) -> dict[str, Any]:
        """Return every figure that is counted, by key (`published.COUNT`)."""
        hits, said = self.hits, self.hits.said
        return {
            "rows": sum(one.applicable for one in newest_runs(hits.rules)),
            "hits": hits.hits,
            **{key: said[key] for key in ("true", "part", "explained", "refuted", "unverifiable")},
            "units_found": len(hits.units_found),
            "clues": len(self.followed["clue"]),
            "cases": len(self.followed["case"]),
            "recovered": _recovered(self.followed["recommendation"]),
            "systems": self.systems,
            "self_units": len(self.self_units),
            "self_problems": len(self.admissions),
            "self_recovered": _yuan(one.facts.get("recovered") for one in self.admissions),
            "a_hits": len(hits.of_tier("A")),
            "a_left": hits.left("A"),
            "b_hits": len(hits.of_tier("B")),
            "b_left": hits.left("B"),
            "clues_left": sum(one.is_open and one.stage not in DECIDED for one in self.followed["clue"]),
            "both_units": len(self.self_units & hits.units_found),
            "letters": len(self.followed["recommendation"]),
        }

    def line(self) -> dict[str, Any]:
        """Return the figures as a line of the ledger `counts`."""
        return {"counted_on": today(), **self.figures()}

    def serving(self) -> Iterator[tuple[str, Matter]]:
        """Yield what serves the campaign and is not linked to it yet: verifications and what they led to."""
        there = set(self.matter.links_in.filter(kind=SERVES, until_at=None).values_list("source", flat=True))
        followed = {one.pk: one for kind in self.followed.values() for one in kind}
        rows = Matter.objects.filter(pk__in=set(self.hits.matters), standing=Matter.Standing.VALID)
        for one in (*rows.order_by("pk"), *(followed[key] for key in sorted(followed))):
            if one.pk not in there:
                yield SERVES, one


def _led_to(keys: Iterable[int]) -> set[int]:
    links = MatterLink.objects.filter(source__in=list(keys), kind="leads_to", until_at=None)
    return set(links.values_list("target", flat=True))


def _recovered(letters: Iterable[Matter]) -> Decimal:
    """Return what units gave back after letters: the measures that are reported as done."""
    lines = LedgerLine.objects.filter(
        matter__in=[one.pk for one in letters], ledger="items", state="done"
    ).values_list("facts", flat=True)
    return _yuan(one.get("recovered") for one in lines)


def _yuan(values: Iterable[Any]) -> Decimal:
    return sum((Decimal(str(one)) for one in values if one), Decimal(0)).quantize(Decimal("0.01"))


def yields_of(matter: Matter) -> Yields:
    """Return what a campaign yielded, of the whole house."""
    return Yields(matter, hits_of(matter))
