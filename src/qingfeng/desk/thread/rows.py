"""Why was this row read: which rules read it, on which leads it stands, and what became of those."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from qingfeng.desk.leads.terms import table_name
from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Lead, LeadFinding
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.run.evidence import Place, place_of

MOST_ROWS = 60
MOST_READ = 2_000  # findings of the unit that are looked through


@dataclass(frozen=True)
class RowRead:
    """A row of records: where it stands, which findings cite it, and the leads and matters they came to."""

    table: str
    file: str
    sheet: str
    row: int
    findings: list[tuple[str, str]]
    leads: list[Lead]
    matters: list[Matter]


def rows_read(viewer: Viewer, lead: Lead) -> list[RowRead]:
    """Return the rows that a lead rests on, `MOST_ROWS` at most; four queries.

    Other leads on the same rows are looked for among those of the same unit that the viewer sees.
    """
    own: dict[Place, None] = {}
    for evidence in lead.findings.order_by("place").values_list("evidence", flat=True)[:MOST_READ]:
        own |= dict.fromkeys(place_of(entry) for entry in evidence)
    wanted = list(own)[:MOST_ROWS]
    citing = _citing(viewer, lead, frozenset(wanted))
    leads = {one.pk: one for ones in citing.values() for _finding, one in ones}
    seen = _seen(viewer, leads.values())
    return [_row(place, citing.get(place, []), seen) for place in wanted]


Citing = dict[Place, list[tuple[LeadFinding, Lead]]]


def _citing(viewer: Viewer, lead: Lead, wanted: frozenset[Place]) -> Citing:
    """Return the findings that cite each row, those of the lead itself first."""
    same = visible_leads(viewer).filter(unit=lead.unit_id) if lead.unit_id else visible_leads(viewer).none()
    leads = {one.pk: one for one in same.filter(is_current=True).select_related("matter")[:MOST_READ]}
    leads[lead.pk] = lead
    rows = LeadFinding.objects.filter(lead__in=leads).only("lead", "rule", "title", "evidence", "place")
    found: Citing = defaultdict(list)
    for one in sorted(rows[:MOST_READ], key=lambda one: (one.lead_id != lead.pk, one.lead_id, one.place)):
        for place in {place_of(entry) for entry in one.evidence} & wanted:
            found[place].append((one, leads[one.lead_id]))
    return found


def _seen(viewer: Viewer, leads: Iterable[Lead]) -> dict[int, Matter]:
    keys = {one.matter_id for one in leads} - {None}
    return {one.pk: one for one in access.visible(viewer).filter(pk__in=keys)} if keys else {}


def _row(place: Place, citing: list[tuple[LeadFinding, Lead]], seen: dict[int, Matter]) -> RowRead:
    table, file, sheet, row = place
    leads = list({one.pk: one for _finding, one in citing}.values())
    findings = list(dict.fromkeys((one.rule, one.title) for one, _lead in citing))
    matters = [seen[one.matter_id] for one in leads if one.matter_id in seen]
    return RowRead(table_name(table), file, sheet or "", row, findings, leads, matters)
