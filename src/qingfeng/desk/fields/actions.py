"""Every action in a field, oldest first: what is held against the field's figures before and after it.

A case is about people: those that were closed in one month stand together, without a number or a day, and
how many there were is hidden below five. Letters, rules, educations, steps of campaigns stand each by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import days_of, education_lines
from qingfeng.desk.fields.quarters import Quarter, quarter_of
from qingfeng.desk.kinds import address
from qingfeng.matters.models import Performance
from qingfeng.matters.registry import is_known, mechanism
from qingfeng.plain.suppression import is_small

KINDS = {
    "case": pgettext_lazy("field", "Cases closed"),
    "letter": gettext_lazy("Letter struck off"),
    "rule": gettext_lazy("Rule in force"),
    "education": gettext_lazy("Education held"),
    "campaign": gettext_lazy("Step of a campaign"),
}
ACTS = {("recommendation", "strike_off"): "letter", ("rule_made", "file_copy"): "rule"}


@dataclass(frozen=True)
class Action:
    """One mark on the line.

    Attributes:
        kind: A key of `KINDS`.
        on: Its civil day; the first of the month for cases.
        says: What it is, in words.
        href: Its page, or its rows; "" for none.
    """

    kind: str
    on: date
    says: str
    href: str = ""

    @property
    def month(self) -> date:
        """Its month."""
        return self.on.replace(day=1)

    @property
    def quarter(self) -> Quarter:
        """Its quarter."""
        return quarter_of(self.on)

    @property
    def kind_name(self) -> str:
        """What it is called."""
        return str(KINDS[self.kind])

    @property
    def when(self) -> str:
        """When it was, as exactly as may be said."""
        return f"{self.on:%Y-%m}" if self.kind == "case" else self.on.isoformat()


def actions_of(asked: Asked) -> list[Action]:
    """Return the actions of a field within the quarters that are shown, oldest first."""
    found = [*_cases(asked), *_acts(asked), *_educations(asked), *_steps(asked)]
    return sorted(found, key=lambda one: (one.on, one.kind, one.says))


def _cases(asked: Asked) -> Iterator[Action]:
    rows = _performances(asked).filter(act="file", matter__mechanism="case").order_by()
    counted = (
        rows.annotate(month=TruncMonth("at")).values_list("month").annotate(n=Count("matter", distinct=True))
    )
    for month, n in counted:
        says = _("fewer than five") if is_small(n) else str(n)
        href = "" if is_small(n) else asked.rows_at("closed", quarter_of(month.date()))
        yield Action("case", month.date(), says, href)


def _performances(asked: Asked) -> Any:
    rows = Performance.objects.filter(days_of(asked).instants("at"), undone_by=None)
    return rows.filter(matter__in=asked.matters.order_by().values("pk"))


def _acts(asked: Asked) -> Iterator[Action]:
    which = Q(pk__in=())
    for kind, act in ACTS:
        which |= Q(act=act, matter__mechanism=kind)
    for one in _performances(asked).filter(which).select_related("matter"):
        kind = ACTS[one.matter.mechanism, one.act]
        yield Action(kind, _day(one.at), one.matter.number, address(one.matter))


def _day(at: datetime) -> date:
    return timezone.localdate(at)


def _educations(asked: Asked) -> Iterator[Action]:
    for line in education_lines(asked, days_of(asked)).select_related("matter"):
        on = date.fromisoformat(line.facts["held_on"])
        yield Action("education", on, line.matter.number, address(line.matter))


def _steps(asked: Asked) -> Iterator[Action]:
    if not is_known("campaign"):
        return
    rows = _performances(asked).filter(matter__mechanism="campaign").exclude(to_stage=F("from_stage"))
    for one in rows.exclude(from_stage="").select_related("matter"):
        yield Action("campaign", _day(one.at), _step(one), address(one.matter))


def _step(one: Performance) -> str:
    declared = mechanism(one.matter.mechanism, one.matter.version)
    return f"{one.matter.number} · {declared.stage(one.to_stage).name}"
