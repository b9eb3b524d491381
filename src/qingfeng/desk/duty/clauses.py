"""From a clause of the commission's own rules to the clock or figure that carries it, as it runs now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk.drawn import period_of
from qingfeng.desk.kinds import address
from qingfeng.desk.listing import knows
from qingfeng.desk.panels import Panel
from qingfeng.look.tables import Column, Table
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, LedgerLine, Matter
from qingfeng.matters.vocabulary import Clock, Mechanism
from qingfeng.mechanisms.rule_made import carried
from qingfeng.organization.viewer import Viewer

KIND = "rule_made"
OWN = ("opinion", "assessment")
TABLE = "desk/duty/table.html"


@dataclass(frozen=True)
class Carried:
    """One clause with what carries it.

    Attributes:
        no: Its number.
        text: What it says.
        by: Mechanism, clock or figure, by name; the reason where it is not in software.
        now: How that stands at the moment of the look.
        href: Where it is seen at work; "" for none, and for a kind that the reader does not know.
    """

    no: str
    text: str
    by: str
    now: str = ""
    href: str = ""


def carried_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return what the clauses of one of our own rules became; None for a rule of a unit."""
    if matter.facts.get("rule_kind") not in OWN:
        return None
    lines = matter.lines.filter(ledger="clauses").exclude(state="struck").order_by("no")
    rows = [_carried(viewer, line) for line in lines]
    if not rows:
        return None
    columns = [
        Column("no", _("Clause"), "exact", is_head=True),
        Column("text", _("What it says")),
        Column("by", _("Carried by"), link=lambda row: row.href or None),
        Column("now", _("Now")),
    ]
    table = Table(columns, rows, _("What the clauses became"))
    return Panel(_("What the clauses became"), TABLE, {"table": table})


def _carried(viewer: Viewer, line: LedgerLine) -> Carried:
    no, text = str(line.facts.get("clause_no") or line.no), str(line.facts.get("clause_text") or "")
    word = str(line.facts.get("became") or "")
    if word == carried.NOT_SOFTWARE:
        return Carried(no, text, _("not in software"), str(line.facts.get("not_software_why") or ""))
    found = carried.found(word)
    if found is None:
        return Carried(no, text, _("nothing that this house has"), word)
    declared, part = found
    by = f"{declared.name} · {part.name}" if part else str(declared.name)
    if not knows(viewer, declared):
        return Carried(no, text, by)
    if isinstance(part, Clock):
        return Carried(no, text, by, _clock_now(viewer, declared, part), clock_address(declared, part))
    if part is not None:
        href = f"{reverse('desk:statistics', kwargs={'kind': declared.key})}#figure-{part.key}"
        return Carried(no, text, by, _("counted on the page of figures"), href)
    href = reverse("desk:list", kwargs={"kind": declared.key})
    open_ones = Matter.objects.filter(access.whole_q(viewer), mechanism=declared.key, is_open=True).count()
    return Carried(no, text, by, _("%(count)s open") % {"count": open_ones}, href)


def clock_address(declared: Mechanism, clock: Clock) -> str:
    """Return the page of a clock as it runs."""
    return reverse("desk:clause_clock", kwargs={"kind": declared.key, "clock": clock.key})


def runs_seen(viewer: Viewer, declared: Mechanism, clock: Clock) -> QuerySet[ClockRun]:
    """Return the running runs of a clock on matters that somebody reads whole, nearest first."""
    seen = Matter.objects.filter(access.whole_q(viewer), mechanism=declared.key, is_open=True)
    runs = ClockRun.objects.filter(matter__in=seen, key=clock.key).exclude(state=ClockRun.State.STOPPED)
    return runs.select_related("matter__owner").order_by("due_on", "pk")


def _clock_now(viewer: Viewer, declared: Mechanism, clock: Clock) -> str:
    counted = runs_seen(viewer, declared, clock).order_by().aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(due_on__lt=viewer.on))
    )  # fmt: skip
    running = ngettext("%(count)s running", "%(count)s running", counted["all"]) % {"count": counted["all"]}
    late = _("%(count)s overdue") % {"count": counted["late"]}
    return f"{period_of(clock)} · {running} · {late}"


@dataclass(frozen=True)
class Met:
    """How often a clock was met in the last twelve months, of those that ended or are overdue."""

    met: int
    of: int


def met_since(viewer: Viewer, declared: Mechanism, clock: Clock, since: date) -> Met:
    """Return how often a clock was met since a day, over what somebody reads whole."""
    seen = Matter.objects.filter(access.whole_q(viewer), mechanism=declared.key)
    ended = ClockRun.objects.filter(matter__in=seen, key=clock.key, stopped_on__gte=since, met__isnull=False)
    counted: dict[str, Any] = ended.aggregate(all=Count("pk"), met=Count("pk", filter=Q(met=True)))
    return Met(counted["met"], counted["all"])


def rules_naming(viewer: Viewer, word: str) -> Iterator[tuple[str, str, str]]:
    """Yield number, clause and address of our own rules in force that name a clock and are seen."""
    lines = LedgerLine.objects.filter(
        ledger="clauses", matter__mechanism=KIND, matter__stage="in_force", facts__became=word,
        matter__facts__rule_kind__in=OWN,
    ).exclude(state="struck")  # fmt: skip
    seen = Matter.objects.filter(access.whole_q(viewer), pk__in=lines.values("matter")).values_list(
        "pk", flat=True
    )
    for line in lines.filter(matter__in=list(seen)).select_related("matter").order_by("matter", "no"):
        yield (
            str(line.matter.facts.get("issued_no") or line.matter.number),
            str(line.facts.get("clause_no") or line.no),
            address(line.matter),
        )
