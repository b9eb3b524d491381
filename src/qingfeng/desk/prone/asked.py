"""What a page of prone areas is asked for: dimensions, period, office, and what it is narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from qingfeng.desk.leads.terms import WATCHES
from qingfeng.desk.listing import period_in
from qingfeng.desk.prone.words import DIMENSIONS, EXPENSES
from qingfeng.findings.prone.asked import EXPOSED, Question
from qingfeng.matters.statistics import Period
from qingfeng.mechanisms.common import AREAS
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

DAYS = 365
BY = ("unit_kind", "expense")  # by default: rows, then columns
MAPS = ("place", "unit")
NARROWS: dict[str, Sequence[str]] = {
    "watch": tuple(WATCHES),
    "area": tuple(key for key, _name in AREAS),
    "expense": tuple(key for key in EXPENSES if key),
}
"""What a page can be narrowed to: dimension to its values."""


@dataclass(frozen=True)
class Asked:
    """What is asked for.

    Attributes:
        by: Dimension of the rows and of the columns of the heat table.
        map: What the map draws: places, or the seats of units.
        only: What everything is narrowed to.
    """

    viewer: Viewer
    period: Period
    office: Unit | None
    by: tuple[str, str]
    map: str
    only: Mapping[str, str]

    @classmethod
    def read(cls, viewer: Viewer, asked: Mapping[str, str]) -> Asked:
        """Read an address; what it does not know it ignores. By default the last year counts."""
        until = viewer.on
        known = "since" in asked or "until" in asked
        period = period_in(asked, until) if known else Period(until - timedelta(days=DAYS), until, until)
        key = asked.get("office", "")
        office = Unit.objects.filter(is_ours=True, pk=int(key)).first() if key.isdecimal() else None
        only = {name: asked[name] for name, values in NARROWS.items() if asked.get(name) in values}
        chosen = asked.get("map", "")
        return cls(viewer, period, office, _by(asked), chosen if chosen in MAPS else MAPS[0], only)

    @cached_property
    def question(self) -> Question:
        """What the heat table asks."""
        return self.of(self.by)

    def of(self, by: tuple[str, ...]) -> Question:
        """Return the same question over other dimensions."""
        return Question(self.period, by, self.office, self.viewer, self.only)

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address."""
        days = {"since": self.period.since.isoformat(), "until": self.period.until.isoformat()}
        office = {"office": str(self.office.pk)} if self.office else {}
        return days | office | dict(self.only) | {"rows": self.by[0], "columns": self.by[1], "map": self.map}

    def rows_at(self, what: str, by: Sequence[str], key: Sequence[str]) -> str:
        """Return the address of the leads behind a number.

        Args:
            what: `verified` or `raw`.
            by: Dimensions of the cell.
            key: Its values; `TOTAL` for all of a dimension.
        """
        values = [*self.query.items(), ("what", what), ("by", ",".join(by)), *(("v", one) for one in key)]
        return f"{reverse('desk:prone_rows')}?{urlencode(values)}"


def _by(asked: Mapping[str, str]) -> tuple[str, str]:
    rows, columns = asked.get("rows", ""), asked.get("columns", "")
    wanted = (rows, columns)
    is_fit = rows in DIMENSIONS and columns in DIMENSIONS and rows != columns and {*wanted} & set(EXPOSED)
    return wanted if is_fit else BY
