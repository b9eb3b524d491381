"""The knots of a thread: matters with stage, light and day, and what the records said before the first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk.kinds import address
from qingfeng.desk.leads.terms import table_name
from qingfeng.desk.lights import lights_of
from qingfeng.desk.listing import stage_name
from qingfeng.desk.thread import ties
from qingfeng.desk.thread.marks import Knot, Tie
from qingfeng.desk.thread.order import as_list, in_order
from qingfeng.desk.thread.stops import stops
from qingfeng.desk.thread.walk import Reach, Walked, walk
from qingfeng.findings.access import VERIFICATION, may_read_records, visible_leads
from qingfeng.findings.models import Lead, LeadFinding
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.access import View
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.run.evidence import Place, place_of

MOST_LEADS = 8
MOST_FINDINGS = 50  # read of a lead


@dataclass(frozen=True)
class Line:
    """A knot as a line of the list: how far it is set in, and what leads to it in words."""

    knot: Knot
    level: int
    from_: list[tuple[str, str]]
    is_here: bool


@dataclass
class Thread:
    """What one reader sees of a thread.

    Attributes:
        viewer: Who looks.
        here: Key of the knot that they stand at.
        walked: The matters, None for a lead that nobody has taken up.
        leads: The leads behind them.
        knots: By key, in order.
        ties: Between them.
        acts: Those behind the knots that are no matters, by the knot's key.
    """

    viewer: Viewer
    here: str
    walked: Walked | None
    leads: list[Lead] = field(default_factory=list)
    knots: dict[str, Knot] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    acts: dict[str, Performance] = field(default_factory=dict)

    @property
    def views(self) -> Mapping[int, View]:
        """How much is seen of each matter, by key."""
        return self.walked.views if self.walked else {}

    @property
    def is_cut(self) -> bool:
        """Whether it goes on further than is shown."""
        return self.walked is not None and self.walked.is_cut

    @property
    def is_more_than_one(self) -> bool:
        """Whether there is anything besides where the reader stands."""
        return len(self.knots) > 1

    @cached_property
    def lines(self) -> list[Line]:
        """The thread as a list."""
        pairs = [(one.source, one.target) for one in self.ties]
        found: list[Line] = []
        for key, level in as_list(list(self.knots), pairs, self.here):
            above = found[-1].knot.key if found else ""
            from_ = [
                ("" if one.source == above else self.knots[one.source].name, one.words)
                for one in self.ties
                if one.target == key
            ]
            found.append(Line(self.knots[key], level, from_, key == self.here))
        return found


def thread_of(viewer: Viewer, matter: Matter, reach: Reach) -> Thread:
    """Return the thread of a matter that the viewer sees."""
    walked = walk(viewer, matter, reach)
    thread = Thread(viewer, f"m{matter.pk}", walked, list(_leads_of(viewer, walked)))
    return _tied(thread)


def thread_of_lead(viewer: Viewer, lead: Lead, reach: Reach) -> Thread:
    """Return the thread of a lead that the viewer sees: what the records said, and what came of it."""
    matter = lead.matter
    if matter is None or not access.may_see(viewer, matter):
        return _tied(Thread(viewer, f"l{lead.pk}", None, [lead]))
    thread = thread_of(viewer, matter, reach)
    thread.here = f"l{lead.pk}"
    if all(one.pk != lead.pk for one in thread.leads):
        thread.leads.append(lead)
        _tied(thread)
    return thread


def _leads_of(viewer: Viewer, walked: Walked) -> QuerySet[Lead] | list[Lead]:
    verified = [key for key, one in walked.matters.items() if one.mechanism == VERIFICATION]
    if not verified:
        return []
    found = visible_leads(viewer).filter(matter__in=verified).select_related("last_seen", "drawn")
    return found.order_by("first_seen_at", "pk")[:MOST_LEADS]


def _tied(thread: Thread) -> Thread:
    """Fill in knots and ties."""
    matters = thread.walked.matters if thread.walked else {}
    lights = lights_of([one for one in matters.values() if one.is_open], thread.viewer.on) if matters else {}
    read = _read(thread.leads) if thread.leads and may_read_records(thread.viewer) else {}
    found = [knot for lead in thread.leads for knot in _before(lead, read.get(lead.pk, ""))]
    found += [_knot(one, thread.views[key], lights.get(key)) for key, one in matters.items()]
    letters, stopping, thread.acts = stops(
        one for key, one in matters.items() if thread.views[key] == "whole"
    )
    found = sorted([*found, *letters], key=lambda one: (one.on is None, one.on or date.min))
    thread.ties = [*_first_ties(thread.leads, matters), *_later_ties(thread.walked), *stopping]
    named = {one.key: one for one in found}
    order = in_order(list(named), [(one.source, one.target) for one in thread.ties])
    thread.knots = {key: named[key] for key in order}
    return thread


def _knot(matter: Matter, view: View, light: Light | None) -> Knot:
    declared = mechanism(matter.mechanism, matter.version)
    return Knot(
        key=f"m{matter.pk}",
        kind=str(declared.name),
        name=matter.number,
        href=address(matter),
        on=matter.opened_on,
        stage=stage_name(declared, matter),
        light=light if view != "part" else None,
        title=matter.title if view == "whole" else "",
        is_open=matter.is_open,
    )


def _before(lead: Lead, read: str) -> Iterable[Knot]:
    """Yield records, findings and lead; a verification to come where nobody has taken the lead up."""
    page = reverse("desk:lead", kwargs={"key": lead.key})
    on = timezone.localdate(lead.first_seen_at)
    rows = f"{reverse('desk:lead_thread', kwargs={'key': lead.key})}#rows" if read else ""
    yield Knot(f"r{lead.pk}", _("Records"), read or _("it began with records"), rows, on)
    found = ngettext("%(count)d finding", "%(count)d findings", lead.found) % {"count": lead.found}
    yield Knot(f"f{lead.pk}", "", found, f"{page}#evidence", on)
    yield Knot(f"l{lead.pk}", _("Lead"), lead.key[:8], page, on, title=lead.title)
    if lead.matter_id is None:
        yield Knot(f"v{lead.pk}", str(mechanism(VERIFICATION).name), _("not yet"), is_coming=True)


def _read(leads: Iterable[Lead]) -> dict[int, str]:
    """Return which records each lead rests on, and how many rows, in words; one query, bounded."""
    rows = LeadFinding.objects.filter(lead__in=[one.pk for one in leads], place__lt=MOST_FINDINGS)
    cited: dict[int, set[Place]] = defaultdict(set)
    for lead, evidence in rows.order_by("lead", "place").values_list("lead", "evidence"):
        cited[lead] |= {place_of(entry) for entry in evidence}
    return {key: _said(places) for key, places in cited.items()}


def _said(places: set[Place]) -> str:
    tables = _("; ").join(table_name(one) for one in sorted({place[0] for place in places}))
    count = ngettext("%(count)d row", "%(count)d rows", len(places)) % {"count": len(places)}
    return f"{tables} {count}"


def _first_ties(leads: Iterable[Lead], matters: Mapping[int, Matter]) -> Iterable[Tie]:
    for lead in leads:
        yield Tie(f"r{lead.pk}", f"f{lead.pk}", str(ties.READ))
        yield Tie(f"f{lead.pk}", f"l{lead.pk}", str(ties.MERGED))
        if lead.matter_id in matters:
            yield Tie(f"l{lead.pk}", f"m{lead.matter_id}", str(ties.VERIFIED))
        elif lead.matter_id is None:
            yield Tie(f"l{lead.pk}", f"v{lead.pk}", "")


def _later_ties(walked: Walked | None) -> Iterable[Tie]:
    for one in walked.ways if walked else ():
        yield Tie(f"m{one.source}", f"m{one.target}", ties.words_of(one.link.kind))
