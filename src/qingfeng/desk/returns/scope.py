"""Over what a number is counted: a period, and the whole house or what one reader may see of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from qingfeng.desk.levels import whole_q
from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Lead
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.statistics import Period
from qingfeng.organization.viewer import Viewer


def is_now(run: str = "") -> Q:
    """Return the condition that a lead stands: found by the newest screening, or carried by a matter."""
    return Q(**{f"{run}is_current": True}) | Q(**{f"{run}matter__isnull": False})


@dataclass(frozen=True)
class Scope:
    """Over what a number is counted.

    Attributes:
        period: Days that count, both inclusive; `today` decides about what is overdue.
        viewer: Whose rows count; None for the whole house, which is the worker's and never a page's.
        office: Path of one of our own units, with all below; "" for all.
        is_whole: Whether only matters count that the viewer sees whole, because a fact of them is told.
        only: A condition on matters besides, None for none: what somebody is recused from, for instance.
        keys: The keys of the matters that count, where they are few and known already.
    """

    period: Period
    viewer: Viewer | None = None
    office: str = ""
    is_whole: bool = False
    only: Q | None = None
    keys: tuple[int, ...] | None = None

    @cached_property
    def matters(self) -> QuerySet[Matter]:
        """Matters that count; of the office and all below it."""
        rows = self._known().filter(standing=Matter.Standing.VALID)
        rows = rows.filter(owner__path__startswith=self.office) if self.office else rows
        return rows if self.only is None else rows.filter(self.only)

    def _known(self) -> QuerySet[Matter]:
        if self.keys is not None:
            return Matter.objects.filter(pk__in=self.keys)
        if self.viewer is None:
            return Matter.objects.all()
        rows = access.visible(self.viewer)
        return rows.filter(whole_q(self.viewer)) if self.is_whole else rows

    @cached_property
    def is_everything(self) -> bool:
        """Whether every matter counts, so that a question need not be asked of each."""
        return self.viewer is None and not self.office and self.only is None and self.keys is None

    @cached_property
    def leads(self) -> QuerySet[Lead]:
        """Leads that count; of units that the office oversees, or that it carries."""
        rows = Lead.objects.all() if self.viewer is None else visible_leads(self.viewer)
        rows = rows.filter(is_now())
        if not self.office:
            return rows
        oversees = Q(unit__overseen_by__path__startswith=self.office)
        return rows.filter(oversees | Q(matter__owner__path__startswith=self.office))
