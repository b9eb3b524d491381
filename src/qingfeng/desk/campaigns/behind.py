"""The rows behind a campaign's figures, as far as the reader may know of them: from a number to its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Lead
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.campaign.hits import FOUND, Hits, leads_in, together
from qingfeng.mechanisms.campaign.yields import Yields, yields_of
from qingfeng.organization.viewer import Viewer

SAID = ("true", "part", "explained", "refuted", "unverifiable")
TIERS = {"a_hits": "A", "b_hits": "B", "a_left": "A", "b_left": "B"}
KINDS = {"clues": "clue", "cases": "case", "letters": "recommendation", "recovered": "recommendation",
         "systems": "rule_made", "clues_left": "clue"}  # fmt: skip
OWN = ("self_units", "self_problems", "self_recovered")
LEADS = ("hits", "rows", "units_found", *SAID, *TIERS)


@dataclass(frozen=True)
class Behind:
    """What stands behind the figures of a campaign for one reader.

    Attributes:
        viewer: Who reads.
        matter: The campaign.
    """

    viewer: Viewer
    matter: Matter

    @cached_property
    def hits(self) -> Hits:
        """Its doubts, as far as the reader may know of them."""
        return Hits(self.matter, leads_in(self.matter, visible_leads(self.viewer)))

    @cached_property
    def yields(self) -> Yields:
        """Its yields, of the whole house."""
        return yields_of(self.matter)

    def leads(self, figure: str) -> QuerySet[Lead]:
        """Return the leads behind a figure."""
        rows = self._chosen(figure)
        keys = [row["pk"] for row in self.hits.rows if rows(row)]
        return self.hits.leads.filter(pk__in=keys).select_related("unit", "matter").order_by("-weight", "key")

    def _chosen(self, figure: str) -> Callable[[dict[str, Any]], bool]:
        verdicts = self.hits.verdicts
        if figure in TIERS:
            of_tier = {row["pk"] for row in self.hits.of_tier(TIERS[figure])}
            if figure.endswith("_left"):
                return lambda row: row["pk"] in of_tier and row["matter"] not in verdicts
            return lambda row: row["pk"] in of_tier
        if figure == "units_found":
            return lambda row: bool(row["unit"] and set(verdicts.get(row["matter"], ())) & set(FOUND))
        if figure in SAID:
            return lambda row: row["matter"] in verdicts and together(verdicts[row["matter"]]) == figure
        return lambda _row: True

    def matters(self, figure: str) -> list[Matter]:
        """Return the matters behind a figure that the reader may know of."""
        found = self.yields.self_checks if figure in OWN else self.yields.followed[KINDS[figure]]
        if figure in OWN:
            admitted = {line.matter_id for line in self.yields.admissions}
            found = [one for one in found if one.pk in admitted]
        if figure == "clues_left":
            found = [one for one in found if one.is_open]
        seen = access.seen_among(self.viewer, [one.pk for one in found])
        return sorted((one for one in found if one.pk in seen), key=lambda one: one.pk)


def is_about_leads(figure: str) -> bool:
    """Return whether leads stand behind a figure; matters behind the others."""
    return figure in LEADS


def is_known(figure: str) -> bool:
    """Return whether there is such a figure."""
    return figure in LEADS or figure in OWN or figure in KINDS
