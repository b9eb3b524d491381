"""What is asked of prone areas: by whom, over which months, narrowed to what; and the leads it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Exposure, Lead, Screening, UnitOnRecord
from qingfeng.findings.precision import labels_that_count
from qingfeng.findings.prone.counting import expense_of_rules
from qingfeng.findings.prone.kinds import OTHER, expenses
from qingfeng.matters.access import bound_by
from qingfeng.matters.models import MatterLink
from qingfeng.matters.statistics import Period
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer
from qingfeng.plain.suppression import TOTAL

CONFIRMED = ("confirmed", "partly")
OF_UNITS = ("unit", "unit_kind", "place")
EXPOSED = (*OF_UNITS, "month", "expense", "post")
"""Dimensions that exposures have too."""

FOUND = ("watch", "rule", "area")
"""Dimensions of what was found only: whatever is exposed is exposed to each of their values."""

DIMENSIONS = (*EXPOSED, *FOUND)


def quarter_of(on: date) -> date:
    """Return the first day of the quarter of a day."""
    return on.replace(month=on.month - (on.month - 1) % 3, day=1)


def confirmed(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return those leads whose verification was approved and found something so, whole or in part."""
    labels = labels_that_count().filter(matter=OuterRef("matter"), facts__verdict__in=CONFIRMED)
    return leads.filter(Exists(labels), matter__isnull=False)


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        period: Days; the months that they touch count, whole.
        by: Dimensions of the cells, each of `DIMENSIONS`, at least one of them of `EXPOSED`.
        within: One of our own units for the units that it oversees, or a supervised unit with all below.
        viewer: Who reads: leads that they may not see and units that bind them do not exist. None for the
            whole house.
        only: Values of dimensions that everything is narrowed to.

    Raises:
        ValueError: If a dimension is not known, or none of them is exposed.
    """

    period: Period
    by: tuple[str, ...]
    within: Unit | None = None
    viewer: Viewer | None = None
    only: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = {*self.by, *self.only} - set(DIMENSIONS)
        if unknown:
            raise ValueError(f"no such dimension: {', '.join(sorted(unknown))}")
        if not set(self.by) & set(EXPOSED):
            raise ValueError("cells need a dimension that exposures have: " + ", ".join(EXPOSED))

    @cached_property
    def months(self) -> list[date]:
        """First days of the months that count."""
        found, on = [], self.period.until.replace(day=1)
        while on >= self.period.since.replace(day=1):
            found.append(on)
            on = (on - timedelta(days=1)).replace(day=1)
        return found[::-1]

    @cached_property
    def quarters(self) -> tuple[tuple[date, date], tuple[date, date]]:
        """First and last month of the quarter in which the period ends, and of the one before it."""
        first = quarter_of(self.period.until)
        before = quarter_of(first - timedelta(days=1))
        last = (first - timedelta(days=1)).replace(day=1)
        return (first, self.period.until.replace(day=1)), (before, last)

    @cached_property
    def units(self) -> Mapping[str, UnitOnRecord]:
        """Units of the register by name."""
        return {one.name: one for one in UnitOnRecord.objects.all()}

    @cached_property
    def registered(self) -> list[str]:
        """Names of the units of the register that count, also those of which no records came."""
        rows = self._of_units(UnitOnRecord.objects.all())
        if self.viewer is not None:
            rows = rows.exclude(unit__in=bound_by(self.viewer)[0])
        only = {
            {"unit_kind": "kind", "unit": "name"}.get(one, one): self.only[one]
            for one in OF_UNITS
            if one in self.only
        }
        return list(rows.filter(**only).values_list("name", flat=True))

    @property
    def exposed(self) -> tuple[str, ...]:
        """The dimensions that exposures have, in order."""
        return tuple(one for one in self.by if one in EXPOSED)

    @cached_property
    def expense_of(self) -> Mapping[str, str]:
        """Rule to its kind of expense; one that is not there has none."""
        return expense_of_rules(Screening.objects.filter(is_newest=True).first())

    @cached_property
    def kinds(self) -> list[str]:
        """Kinds of expense that count; where posts are asked for, only those that count staff."""
        found = [self.only["expense"]] if "expense" in self.only else [*expenses(), OTHER]
        if not {"post"} & {*self.by, *self.only}:
            return found
        known = expenses()
        return [one for one in found if one in known and known[one].counts == "staff"]

    def leads(self, since: date | None = None) -> QuerySet[Lead]:
        """Return every lead that counts: found by the newest screening or carried by a matter; raw.

        Args:
            since: First day; that of the period's first month, where none is given.
        """
        rows = Lead.objects.all() if self.viewer is None else visible_leads(self.viewer)
        rows = rows.filter(Q(is_current=True) | Q(matter__isnull=False))
        rows = rows.filter(month__gte=since or self.months[0], month__lte=self.months[-1])
        if "post" in self.by:
            rows = rows.filter(subject_kind="person")
        return self._narrowed(rows, self.only)

    def verified(self, since: date | None = None) -> QuerySet[Lead]:
        """Return those that were verified and found so, whole or in part."""
        return confirmed(self.leads(since))

    def exposures(self, since: date | None = None) -> QuerySet[Exposure]:
        """Return the exposures that count, from the day on (that of the period, where none is given)."""
        rows = Exposure.objects.filter(month__gte=since or self.months[0], month__lte=self.months[-1])
        rows = self._of_units(rows.exclude(expense=OTHER).filter(expense__in=self.kinds))
        if self.viewer is not None:
            rows = rows.exclude(unit__in=bound_by(self.viewer)[0])
        for name in set(self.only) - set(FOUND) - {"expense"}:
            rows = rows.filter(self._is(name, self.only[name]))
        return rows.order_by()

    def where(self, key: Sequence[str]) -> QuerySet[Lead]:
        """Return the raw leads of a cell, or of all cells where its value is `TOTAL`; see `confirmed`."""
        only = {name: value for name, value in zip(self.by, key, strict=True) if value != TOTAL}
        return self._narrowed(self.leads(), only)

    def _narrowed(self, rows: QuerySet[Lead], only: Mapping[str, str]) -> QuerySet[Lead]:
        rows = self._of_units(rows)
        for name, value in only.items():
            if name == "expense":
                rows = self._of_expense(rows, value)
            elif name == "area":
                rows = with_area(rows.filter(matter__isnull=False)).filter(area=value)
            else:
                rows = rows.filter(self._is(name, value))
        if {"post"} & {*self.by, *self.only}:
            rows = rows.filter(rule__in=[rule for rule, one in self.expense_of.items() if one in self.kinds])
        return rows

    def _of_expense(self, rows: QuerySet[Lead], value: str) -> QuerySet[Lead]:
        if value == OTHER:
            return rows.exclude(rule__in=[rule for rule, one in self.expense_of.items() if one != OTHER])
        return rows.filter(rule__in=[rule for rule, one in self.expense_of.items() if one == value])

    def _of_units(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.within is None:
            return rows
        line = "unit__overseen_by__path" if self.within.is_ours else "unit__path"
        return rows.filter(**{f"{line}__startswith": self.within.path})

    def _is(self, name: str, value: str) -> Q:
        """Return the condition for a dimension that is a column, or made from the unit's name."""
        if name in ("unit_kind", "place"):
            column = "kind" if name == "unit_kind" else "place"
            known = [one.name for one in self.units.values() if getattr(one, column) == value]
            named = Q(unit_name__in=known)
            return named if value else named | ~Q(unit_name__in=list(self.units))
        return Q(**{{"unit": "unit_name"}.get(name, name): value})


def with_area(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """Return leads with `area`: the field of work of what their verification led to, None for nothing."""
    links = MatterLink.objects.filter(source=OuterRef("matter"), kind="leads_to").order_by("pk")
    area = links.annotate(area=KeyTextTransform("area", "target__facts")).exclude(area=None)
    return leads.annotate(area=Subquery(area.values("area")[:1]))
