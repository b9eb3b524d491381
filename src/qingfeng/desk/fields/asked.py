"""What a field page is asked for: by whom, which field, until when; nothing they may not see is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from qingfeng.desk.fields.quarters import Quarter, quarter_in, quarters_until
from qingfeng.findings.access import may_assign, visible_leads
from qingfeng.findings.models import Lead
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.common import AREAS
from qingfeng.mechanisms.topic import numbers
from qingfeng.organization.viewer import Viewer

QUARTERS = 8
FEW = 2_000


def may_open(viewer: Viewer) -> bool:
    """Return whether field pages exist for somebody: own staff who carry matters."""
    inside = viewer.person_id is not None and not viewer.is_administrator
    return inside and bool(viewer.roles) and not access.is_outside(viewer)


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        viewer: Who looks.
        area: Key of the field of work; "" for every one.
        until: Last day that counts.
    """

    viewer: Viewer
    area: str
    until: date

    @classmethod
    def read(cls, viewer: Viewer, area: str, asked: Mapping[str, str]) -> Asked:
        """Read an address; what it does not know it ignores. By default everything until today counts."""
        quarter = quarter_in(asked.get("until", ""))
        return cls(viewer, area, min(quarter.last, viewer.on) if quarter else viewer.on)

    @property
    def name(self) -> str:
        """What the field is called."""
        return str(dict(AREAS).get(self.area, ""))

    @cached_property
    def quarters(self) -> Sequence[Quarter]:
        """The quarters that are shown, in order."""
        return quarters_until(self.until, QUARTERS)

    @cached_property
    def matters(self) -> QuerySet[Matter]:
        """Matters of the field that the viewer may know of.

        A page asks them many things, and composing what somebody may see costs more than asking: where they
        are few, they are named once by their keys.
        """
        rows = access.visible(self.viewer).filter(standing=Matter.Standing.VALID)
        rows = rows.filter(facts__area=self.area) if self.area else rows
        keys = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
        return Matter.objects.filter(pk__in=keys) if len(keys) <= FEW else rows

    @cached_property
    def leads(self) -> QuerySet[Lead]:
        """Leads of the field that the viewer may know of."""
        rows = visible_leads(self.viewer).filter(Q(is_current=True) | Q(matter__isnull=False))
        return numbers.leads_of(rows, self.area) if self.area else rows

    @property
    def sees_every_lead(self) -> bool:
        """Whether rates can be said to them: who sees some leads only would read them as few."""
        return may_assign(self.viewer)

    def rows_at(self, what: str, quarter: Quarter | None = None, **more: str) -> str:
        """Return the address of the rows behind a number.

        Args:
            what: Key of what is counted.
            quarter: Of which quarter.
            more: Whatever else the number is about.
        """
        here = reverse("desk:field_rows", kwargs={"area": self.area})
        days = {"quarter": str(quarter)} if quarter else {}
        return f"{here}?{urlencode({'what': what, **days, **more})}"
