"""The register of deployments as a table: clause, who answers, what cites it, what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.kinds import address
from qingfeng.desk.lights import lights_of
from qingfeng.desk.listing import stage_name
from qingfeng.desk.panels import Panel
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access
from qingfeng.matters.models import Matter, MatterLink, Party
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

KIND = "deployment"
CITES = "cites"
TABLE = "desk/duty/table.html"


@dataclass(frozen=True)
class Citing:
    """A matter that cites a clause, as far as the reader may know of it."""

    matter: Matter
    kind: str
    stage: str

    @property
    def href(self) -> str:
        """Its page."""
        return address(self.matter)


@dataclass
class Clause:
    """One clause of the register.

    Attributes:
        matter: The deployment.
        office: Who answers for it.
        light: How near its day is; None for one that is closed.
        cited_by: What cites it.
    """

    matter: Matter
    office: str = ""
    light: Any = None
    cited_by: list[Citing] = field(default_factory=list)

    @property
    def source(self) -> str:
        """Document and number."""
        facts = self.matter.facts
        return " ".join(str(facts[key]) for key in ("source_title", "source_no") if facts.get(key))

    @property
    def clause(self) -> str:
        """The clause, word for word."""
        facts = self.matter.facts
        return f"{facts.get('clause_no', '')} {facts.get('clause_text', '')}".strip()

    @property
    def stage(self) -> str:
        """Where it stands."""
        return stage_name(mechanism(self.matter.mechanism, self.matter.version), self.matter)

    @property
    def done(self) -> str:
        """What was done, in the words of who answers for it."""
        return str(self.matter.facts.get("done_text") or "")


def clauses_seen(viewer: Viewer, asked: Mapping[str, str]) -> QuerySet[Matter]:
    """Return the clauses that somebody reads, of the document and standing that an address asks for."""
    rows = Matter.objects.filter(access.whole_q(viewer), mechanism=KIND, standing=Matter.Standing.VALID)
    if words := asked.get("q", "").strip():
        rows = rows.filter(
            Q(facts__source_no__icontains=words) | Q(facts__source_title__icontains=words)
            | Q(facts__clause_text__icontains=words)
        )  # fmt: skip
    if asked.get("open") == "1":
        rows = rows.filter(is_open=True)
    return rows.order_by("-facts__source_on", "facts__source_no", "facts__clause_no", "pk")


def filled(viewer: Viewer, matters: list[Matter]) -> list[Clause]:
    """Return clauses with who answers, their lights and what cites them; four queries."""
    lights = lights_of([one for one in matters if one.is_open], viewer.on)
    parts = Party.objects.filter(matter__in=matters, role="responsible", until_at=None)
    offices = {part.matter_id: str(part.unit) for part in parts.select_related("unit") if part.unit}
    cited = citing(viewer, matters)
    return [
        Clause(one, offices.get(one.pk, ""), lights.get(one.pk), cited.get(one.pk, [])) for one in matters
    ]


def citing(viewer: Viewer, matters: list[Matter]) -> dict[int, list[Citing]]:
    """Return what cites each clause, as far as somebody may know of it."""
    links = MatterLink.objects.filter(kind=CITES, target__in=matters, until_at=None)
    pairs = [(link.target_id, link.source) for link in links.select_related("source").order_by("pk")]
    seen = access.seen_among(viewer, [source.pk for _target, source in pairs])
    found: dict[int, list[Citing]] = defaultdict(list)
    for target, source in pairs:
        if source.pk in seen:
            declared = mechanism(source.mechanism, source.version)
            found[target].append(Citing(source, str(declared.name), stage_name(declared, source)))
    return found


def register_table(rows: Any, *, sources: bool = True) -> Table:
    """Return clauses as a table.

    Args:
        rows: Clauses, or a page of them.
        sources: Whether the document stands in a column.
    """
    head = Column("matter.number", _("Number"), "exact", link=lambda row: address(row.matter), is_head=True)
    document = [Column("source", _("Source"))] if sources else []
    columns = [
        head,
        *document,
        Column("clause", _("Clause")),
        Column("office", _("Office that answers for it"), "exact"),
        Column("light", _("Due"), "light", template="desk/parts/due.html"),
        Column("cited_by", _("Cited by"), template="desk/duty/cited.html"),
        Column("done", _("What was done")),
        Column("stage", _("Stage")),
    ]
    empty = Empty(
        _("No clause is registered"),
        _("The registrar enters what a session, a document or a leader asks, clause by clause."),
    )
    return Table(columns, rows, _("Register of deployments"), empty=empty)


def citing_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return what cites a clause, and the other clauses of its document."""
    number = str(matter.facts.get("source_no") or "")
    others = Matter.objects.filter(access.whole_q(viewer), mechanism=KIND, standing=Matter.Standing.VALID)
    others = others.filter(facts__source_no=number) if number else others.filter(pk=matter.pk)
    rows = filled(viewer, list(others.order_by("facts__clause_no", "pk")[:50]))
    return Panel(
        pgettext("deployment", "Clauses of this document, and what was done"),
        TABLE,
        {"table": register_table(rows, sources=False)},
    )
