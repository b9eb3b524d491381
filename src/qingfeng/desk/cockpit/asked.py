"""What a cockpit is asked for: by whom, over which days, for which office; nothing they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from qingfeng.desk.listing import period_in
from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Lead
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.statistics import Period
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

LEADERS = ("principal", "deputy", "dept_head", "case_supervisor")
DAYS = 365


def may_open(viewer: Viewer) -> bool:
    """Return whether a cockpit exists for somebody: who leads, or watches over matters; own staff."""
    inside = viewer.person_id is not None and not viewer.is_administrator
    return inside and viewer.has(*LEADERS) and not access.is_outside(viewer)


def is_now(run: str = "") -> Q:
    """Return the condition that a lead stands: found by the newest screening, or carried by a matter."""
    return Q(**{f"{run}is_current": True}) | Q(**{f"{run}matter__isnull": False})


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        viewer: Who looks; nothing that they may not see is counted.
        period: Days that count where a panel speaks of a period.
        office: One of our own units, with all below; None for all.
    """

    viewer: Viewer
    period: Period
    office: Unit | None = None

    @classmethod
    def read(cls, viewer: Viewer, asked: Mapping[str, str]) -> Asked:
        """Read an address; what it does not know it ignores. By default the last year counts."""
        known = "since" in asked or "until" in asked
        until = viewer.on
        period = period_in(asked, viewer.on) if known else Period(until - timedelta(days=DAYS), until, until)
        key = asked.get("office", "")
        office = Unit.objects.filter(is_ours=True, pk=int(key)).first() if key.isdigit() else None
        return cls(viewer, period, office)

    @cached_property
    def matters(self) -> QuerySet[Matter]:
        """Matters that count, as far as they may be seen; of the office and all below it."""
        rows = access.visible(self.viewer).filter(standing=Matter.Standing.VALID)
        return rows.filter(owner__path__startswith=self.office.path) if self.office else rows

    @cached_property
    def leads(self) -> QuerySet[Lead]:
        """Leads that may be seen; of units that the office oversees, or that it carries."""
        rows = visible_leads(self.viewer).filter(is_now())
        if self.office is None:
            return rows
        path = self.office.path
        return rows.filter(
            Q(unit__overseen_by__path__startswith=path) | Q(matter__owner__path__startswith=path)
        )

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address."""
        days = {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}
        return days | ({"office": str(self.office.pk)} if self.office else {})

    def rows_at(self, panel: str, what: str, of: object = "") -> str:
        """Return the address of the rows behind a number.

        Args:
            panel: Key of the panel.
            what: Which of its numbers.
            of: Which line.
        """
        here = reverse("desk:cockpit_rows", kwargs={"panel": panel})
        return f"{here}?{urlencode({**self.query, 'what': what, 'of': str(of)})}"
