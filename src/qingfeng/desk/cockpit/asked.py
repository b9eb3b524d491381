"""What a cockpit is asked for: by whom, over which days, for which office; nothing they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from qingfeng.desk.cockpit import kept
from qingfeng.desk.listing import period_in
from qingfeng.desk.returns import readings
from qingfeng.desk.returns.measures import Cells, Measure, Values, measure
from qingfeng.desk.returns.models import StoredReading
from qingfeng.desk.returns.scope import Scope
from qingfeng.findings.models import Lead
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.statistics import Period
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

LEADERS = ("principal", "deputy", "dept_head", "case_supervisor")


def may_open(viewer: Viewer) -> bool:
    """Return whether a cockpit exists for somebody: who leads, or watches over matters; own staff."""
    inside = viewer.person_id is not None and not viewer.is_administrator
    return inside and viewer.has(*LEADERS) and not access.is_outside(viewer)


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
        period = period_in(asked, viewer.on) if known else readings.last_year(viewer.on)
        key = asked.get("office", "")
        office = Unit.objects.filter(is_ours=True, pk=int(key)).first() if key.isdecimal() else None
        return cls(viewer, period, office)

    @cached_property
    def scope(self) -> Scope:
        """Over what everything is counted for this reader."""
        return Scope(self.period, self.viewer, self.office.path if self.office else "")

    @property
    def now(self) -> Scope:
        """The same, up to today: what there is does not depend on the period."""
        return replace(self.scope, period=readings.last_year(self.viewer.on))

    @property
    def matters(self) -> QuerySet[Matter]:
        """Matters that count, as far as they may be seen; of the office and all below it."""
        return self.scope.matters

    @property
    def leads(self) -> QuerySet[Lead]:
        """Leads that may be seen; of units that the office oversees, or that it carries."""
        return self.scope.leads

    @cached_property
    def _stored(self) -> Mapping[readings.Wanted, StoredReading]:
        """The stored readings that panels draw from; none where an office is chosen."""
        if self.office is not None:
            return {}
        wanted = [(found, by) for key, by in readings.wanted() if (found := measure(key))]
        return readings.stored(wanted, self.period)

    @cached_property
    def times(self) -> dict[str, datetime]:
        """When the stored readings that were read were counted, by the keys of their measures."""
        return {}

    @cached_property
    def own_times(self) -> dict[str, datetime]:
        """When what was counted for this reader alone was counted, by the keys of measures (`kept`)."""
        return {}

    def cells(self, key: str, *by: str) -> Cells:
        """Read a measure: the house's reading where this reader may know of all of it, else their own.

        Where the house has a reading, theirs is kept for a while too (`kept`).

        Args:
            key: Of the measure.
            by: Keys of dimensions, in order.
        """
        found = known(key)
        held = self._stored.get((key, by))
        told = readings.told(self.viewer, found, by, held) if held is not None else None
        if held is not None and told is not None:
            self.times[key] = held.counted_at
            return told
        if held is None or found.of != "matters":
            return found.count(self._over(found), by)
        cells, self.own_times[key] = kept.count(found, self._over(found), by, viewer=self.viewer)
        return cells

    def _over(self, found: Measure) -> Scope:
        return self.now if found.basis == "stock" else self.scope

    def behind(self, key: str, by: Values, values: Values) -> QuerySet[Any]:
        """Return the rows behind a number, as far as the reader may know of them.

        Args:
            key: Of the measure.
            by: Keys of dimensions, in order.
            values: Their values.
        """
        found = known(key)
        rows = found.rows(self._over(found), by, values)
        if rows is None:
            raise KeyError(key)
        return rows

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


def known(key: str) -> Measure:
    """Return a measure of the house by its key; KeyError where there is none."""
    found = measure(key)
    if found is None:
        raise KeyError(key)
    return found
