"""A lead as its page shows it: rows, days, what to check, how it ranks, where it has led."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qingfeng.desk.leads import asked, evidence, listed, terms
from qingfeng.desk.leads.around import Days, days_around
from qingfeng.desk.leads.dotline import DotLine
from qingfeng.desk.leads.evidence import Finding
from qingfeng.desk.offers import Offer
from qingfeng.desk.offers import offers as offers_on
from qingfeng.desk.seen import Seen, seen_of
from qingfeng.desk.shown import LedgerShown
from qingfeng.findings import why
from qingfeng.findings.access import may_assign, seen_among, visible_leads
from qingfeng.findings.evidence import Looked, Row, looked_at
from qingfeng.findings.exceptions import exceptions_of, in_force
from qingfeng.findings.models import Lead, RuleException
from qingfeng.findings.precision import standing_of
from qingfeng.matters.models import LedgerLine
from qingfeng.matters.vocabulary import Act
from qingfeng.organization.viewer import Viewer

A_PAGE = 60  # evidence rows a page
LEDGERS = ("labels", "explanations", "tasks")


@dataclass(frozen=True)
class Part:
    """A ledger of the verification on the lead's page: nothing written yet for None, and who may write it."""

    key: str
    ledger: LedgerShown | None
    acts: list[Act]

    @property
    def lines(self) -> list[tuple[LedgerLine, str, str]]:
        """Every line with its state in words and, of a finding, its verdict."""
        told = self.ledger.lines if self.ledger else []
        return [
            (line, state, str(terms.VERDICTS.get(line.facts.get("verdict", ""), "")))
            for line, _cells, state, _files in told
        ]


@dataclass
class Shown:
    """A lead as one viewer sees it; they see it, or this is not made.

    Attributes:
        start: Evidence rows to pass over.
    """

    viewer: Viewer
    lead: Lead
    start: int = 0

    @cached_property
    def says(self) -> str:
        """The sentence that states the contradiction."""
        first = self.lead.findings.filter(place=0).values_list("message", flat=True).first()
        return first or self.lead.title

    @property
    def subject(self) -> str:
        """Kind and key of what it is about."""
        return asked.subject_of(self.lead)

    @property
    def unit(self) -> str:
        """Name of the unit."""
        return str(self.lead.unit) if self.lead.unit else self.lead.unit_name

    @cached_property
    def stage(self) -> str:
        """Where its verification stands."""
        return listed.stage_of(self.lead)

    @cached_property
    def marks(self) -> list[tuple[Any, str]]:
        """Words beside the title."""
        return listed.marks_of(self.lead, set(asked.watched_rules()))

    @cached_property
    def looked(self) -> Looked:
        """What the records say, read once."""
        return looked_at(self.lead, start=self.start, most=A_PAGE)

    @property
    def rows(self) -> list[Row]:
        """One page of the rows that it rests on."""
        return self.looked.rows

    @property
    def total_rows(self) -> int:
        """How many rows it rests on."""
        return self.looked.total

    @property
    def next_start(self) -> int:
        """Where the next page of rows begins, 0 for none."""
        after = self.start + A_PAGE
        return after if after < self.total_rows else 0

    @cached_property
    def findings(self) -> list[Finding]:
        """Findings with their rows."""
        return evidence.findings_of(self.lead, self.rows)

    @property
    def is_sealed(self) -> bool:
        """Whether some rows come from the extract that was sealed before a deletion."""
        return any(row.source == "extract" for row in self.rows)

    @property
    def is_gone(self) -> bool:
        """Whether some rows were deleted and nothing shows them."""
        return any(row.source == "gone" for row in self.rows)

    @cached_property
    def days(self) -> Days | None:
        """The vehicle's or card's days around it; None for any other subject."""
        return days_around(self.looked.moments)

    @cached_property
    def checks(self) -> list[tuple[str, str]]:
        """What to check: the way (访 查 调) and what."""
        return [split_way(text) for text in self.lead.verify]

    @cached_property
    def dot(self) -> DotLine:
        """Precision of its rule."""
        return DotLine(standing_of(self.lead.rule, self.lead.tier))

    @cached_property
    def why(self) -> list[str]:
        """How its rank came about."""
        return why.why(self.lead)

    @cached_property
    def seen(self) -> Seen | None:
        """Its verification as the viewer sees it; None where there is none, or none for them."""
        return seen_of(self.viewer, self.lead.matter) if self.lead.matter else None

    @cached_property
    def offers(self) -> list[Offer]:
        """What the viewer can do on the verification."""
        if self.seen is None or self.seen.view == "card":
            return []
        return sorted(offers_on(self.viewer, self.seen.matter), key=lambda one: not one.is_plain)

    @cached_property
    def parts(self) -> list[Part]:
        """What is checked, part by part: a preview, and once handed out the ledgers that are written."""
        whole = self.seen is not None and self.seen.is_whole
        there = {one.ledger.key: one for one in self.seen.ledgers} if self.seen and whole else {}
        free = [one.act for one in self.offers if not one.missing]
        return [
            Part(
                key, there.get(key), [act for act in free if any(entry.ledger == key for entry in act.enters)]
            )
            for key in LEDGERS
        ]

    @property
    def is_handed_out(self) -> bool:
        """Whether the viewer reads the whole verification."""
        return self.seen is not None and self.seen.is_whole

    @property
    def other_offers(self) -> list[tuple[Offer, bool]]:
        """What the viewer can do besides writing the ledgers that stand here, and whether that is the end."""
        here = {act.key for part in self.parts for act in part.acts}
        others = [one for one in self.offers if not one.missing and one.act.key not in here]
        return [(one, self._ends(one.act)) for one in others]

    def _ends(self, act: Act) -> bool:
        """Whether an act brings the verification to its end: then it is asked about on a page of its own."""
        return bool(self.seen and act.to and not self.seen.declared.stage(act.to).open)

    @cached_property
    def exceptions(self) -> list[RuleException]:
        """Exceptions for its subject and rules that are in force or wait for a decision."""
        waiting = RuleException.objects.filter(standing=RuleException.Standing.PROPOSED)
        mine = list((exceptions_of(self.lead) & (in_force(self.viewer.on) | waiting)).order_by("until_on"))
        seen = {lead.pk for lead in seen_among(self.viewer, {one.lead_id for one in mine})} if mine else set()
        return [one for one in mine if one.lead_id in seen]

    @property
    def may_assign(self) -> bool:
        """Whether the viewer can hand it out now."""
        return may_assign(self.viewer) and self.lead.matter is None and self.lead.replaced_by_id is None

    @property
    def may_except(self) -> bool:
        """Whether the viewer can propose an exception: never for a contradiction."""
        return self.lead.tier != "A" and self.lead.is_current

    @cached_property
    def grown_into(self) -> Lead | None:
        """The lead that it has grown into, where that exists for the viewer."""
        if self.lead.replaced_by_id is None:
            return None
        return visible_leads(self.viewer).filter(pk=self.lead.replaced_by_id).first()


def split_way(text: str) -> tuple[str, str]:
    """Return the way of a check (访 查 调), "" where none is named, and what is checked."""
    way, colon, what = text.partition("：")
    return (way, what) if colon and len(way) == 1 else ("", text)
