"""The rows behind a number of a field, as far as the reader may see them; a hidden number opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from qingfeng.desk.fields import keeping
from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import MEASURES, Measure, education_lines, performances
from qingfeng.desk.fields.quarters import Quarter, quarter_in
from qingfeng.desk.kinds import address
from qingfeng.desk.levels import views_of
from qingfeng.desk.listing import stage_name
from qingfeng.findings.models import Lead
from qingfeng.look.tables import Column
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.matters.statistics import Period
from qingfeng.mechanisms.topic import numbers
from qingfeng.mechanisms.topic.numbers import Cell, Days
from qingfeng.plain.suppression import is_small

CLOSED = Measure(
    "closed", pgettext_lazy("field", "Cases closed"), "deter", (("case", "file"),), is_about_people=True
)
ABOUT_PEOPLE = ("clue", "finding")


@dataclass(frozen=True)
class Rows:
    """What is behind a number.

    Attributes:
        make: Turns the rows of one page of `query` into what the columns draw.
    """

    title: str
    columns: Sequence[Column]
    query: QuerySet[Any]
    make: Callable[[list[Any]], list[Any]] = list


@dataclass(frozen=True)
class MatterRow:
    """A matter as far as the reader may know it."""

    matter: Matter
    title: str
    kind: str
    stage: str


def rows(asked: Asked, query: Mapping[str, str]) -> Rows | None:
    """Return the rows that an address names; None for a number that there is not, or that is hidden."""
    what = query.get("what", "")
    if what in numbers.OPENED or what in ("letter", "finding"):
        return _of_source(asked, what, query)
    quarter = quarter_in(query.get("quarter", ""))
    measure = {**MEASURES, CLOSED.key: CLOSED}.get(what)
    if measure is None or quarter is None:
        return None
    found = _of_quarter(asked, measure, quarter)
    is_hidden = measure.is_about_people and is_small(found.count())
    if is_hidden:
        return None
    title = f"{measure.name} · {quarter}"
    return leads(title, found) if found.model is Lead else matters(asked, title, found)


def _of_quarter(asked: Asked, measure: Measure, quarter: Quarter) -> QuerySet[Any]:
    until = min(quarter.last, asked.until)
    period = Period(quarter.first, until, asked.viewer.on)
    if measure.key == "verified":
        return numbers.confirmed(asked.leads).filter(month__gte=quarter.first, month__lte=until)
    if measure.is_at_end:
        lives = keeping.lives(asked).items()
        keys: Any = [key for key, life in lives if life.says(until) == measure.key]
    elif measure.key == "educations":
        keys = education_lines(asked, period).values("matter")
    else:
        keys = performances(asked, measure, period).values("matter")
    return asked.matters.filter(pk__in=keys)


def _of_source(asked: Asked, source: str, query: Mapping[str, str]) -> Rows | None:
    try:
        since, until = (date.fromisoformat(query.get(name, "")) for name in ("since", "until"))
        days = Days(since, until)
    except ValueError:
        return None
    cell = Cell(source, query.get("family", ""), asked.area, query.get("office", ""))
    found: QuerySet[Any]
    if source == "finding":
        found = numbers.leads_behind(cell, asked.leads, days)
    else:
        found = numbers.matters_behind(cell, asked.matters, days)
    if source in ABOUT_PEOPLE and is_small(found.count()):
        return None
    title = pgettext("field", "Behind one number")
    return leads(title, found) if source == "finding" else matters(asked, title, found)


def matters(asked: Asked, title: str, query: QuerySet[Matter]) -> Rows:
    """Return matters as rows."""

    def make(some: list[Matter]) -> list[MatterRow]:
        views = views_of(asked.viewer, some)
        return [_row(one, views[one.pk]) for one in some]

    columns = [
        Column("matter.number", _("Number and title"), "exact", link=lambda row: address(row.matter),
               is_head=True, template="desk/parts/number.html"),
        Column("kind", pgettext("cockpit", "Kind")),
        Column("stage", _("Stage")),
        Column("matter.owner", _("Owner")),
        Column("matter.opened_on", _("Opened on"), "day"),
    ]  # fmt: skip
    return Rows(title, columns, query.select_related("owner").order_by("-opened_on", "-pk"), make)


def _row(matter: Matter, view: str) -> MatterRow:
    declared = mechanism(matter.mechanism, matter.version)
    title = matter.title if view == "whole" else str(declared.name)
    return MatterRow(matter, title, str(declared.name), stage_name(declared, matter))


def leads(title: str, query: QuerySet[Lead]) -> Rows:
    """Return leads as rows; a person's name stands on none of them."""
    columns = [
        Column("title", pgettext("cockpit", "Finding"), is_head=True,
               link=lambda row: reverse("desk:lead", kwargs={"key": row.key})),
        Column("unit_name", pgettext("cockpit", "Unit")),
        Column("at", pgettext("cockpit", "When"), "day"),
        Column("amount", _("Amount (yuan)"), "amount"),
    ]  # fmt: skip
    return Rows(title, columns, query.order_by("-weight", "-points", "key"))
