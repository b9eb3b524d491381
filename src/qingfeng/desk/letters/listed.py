"""All letters of which the records are asked: what asks for attention first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max, Q

from qingfeng.desk.letters.pictures import Small, small_of
from qingfeng.desk.letters.words import NOT_YET, PAPER, SAYS, TAGS, URGENT
from qingfeng.desk.levels import views_of
from qingfeng.findings.confirming import compared, series_of
from qingfeng.findings.confirming.comparing import newest_cube, written_to_of
from qingfeng.findings.confirming.letters import (
    KIND,
    LEDGER,
    LetterFacts,
    all_facts,
    may_hear,
    with_complete_papers,
)
from qingfeng.matters import access
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.correction import KeptCube
from qingfeng.screening.run import Run


@dataclass(frozen=True)
class Row:
    """One letter in the list.

    Attributes:
        matter: The letter.
        facts: What it says of rules and days.
        line: The latest line of the comparison, or None.
        small: Its picture, on the page that is shown; None where there is none.
        has_papers: Whether every measure of the unit is done with its papers; looked at for the page shown.
    """

    matter: Matter
    facts: LetterFacts
    line: LedgerLine | None
    small: Small | None = None
    has_papers: bool = False

    @property
    def key(self) -> str:
        """What the records say, "" before they were asked."""
        return str(self.line.facts.get("says") or "") if self.line else ""

    @property
    def says(self) -> Any:
        """The same in words."""
        return SAYS.get(self.key, NOT_YET)

    @property
    def tag_kind(self) -> str:
        """Colour of its tag."""
        return TAGS.get(self.key, "")

    @property
    def paper(self) -> Any:
        """That it is a correction on paper, in words, or ""."""
        return PAPER if self.key == "not_confirmed" and self.has_papers else ""


def rows_of(viewer: Viewer) -> list[Row]:
    """Return the letters that somebody reads whole and of which the records are asked, in order."""
    open_ones = [
        one
        for one in access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID)
        if may_hear(one)
    ]
    views = views_of(viewer, open_ones)
    whole = [one for one in open_ones if views[one.pk] == "whole"]
    lines = _latest(whole)
    facts = all_facts(whole)
    rows = [Row(one, facts[one.pk], lines.get(one.pk)) for one in whole]
    return sorted(
        rows,
        key=lambda row: (URGENT.index(row.key), row.matter.due_on is None, row.matter.due_on, row.matter.pk),
    )


def _latest(matters: Iterable[Matter]) -> dict[int, LedgerLine]:
    own = LedgerLine.objects.filter(ledger=LEDGER, matter__in=[one.pk for one in matters])
    newest = own.order_by().values("matter").annotate(last=Max("no")).values_list("matter", "last")
    wanted = Q()
    for matter, last in newest:
        wanted |= Q(matter=matter, no=last)
    return {line.matter_id: line for line in own.filter(wanted)} if wanted else {}


def with_pictures(rows: Iterable[Row]) -> list[Row]:
    """Return rows with their pictures; one cube is read for all of them."""
    rows = list(rows)
    papers = with_complete_papers([row.matter for row in rows])
    rows = [replace(row, has_papers=row.matter.pk in papers) for row in rows]
    newest = newest_cube({rule for row in rows for rule in (*row.facts.rules, *row.facts.neighbours)})
    if newest is None:
        return rows
    kept, run = newest
    others = written_to_of(kept)
    return [replace(row, small=_small(row, kept, run, others)) if row.facts.rules else row for row in rows]


def _small(row: Row, kept: KeptCube, run: Run, others: Mapping[str, Collection[str]]) -> Small | None:
    told = compared(row.matter, kept, run, written_to=others, facts=row.facts, is_checked=False)
    first = row.facts.rules[0]
    return small_of(told, series_of(told, kept, [first])[first])
