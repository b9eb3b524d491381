"""The rows behind a number of a field, as far as the reader may see them; a hidden number opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext, pgettext_lazy

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.shown import Rows
from qingfeng.desk.fields import keeping
from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import MEASURES, Measure, education_lines, performances
from qingfeng.desk.fields.quarters import Quarter, quarter_in
from qingfeng.findings.models import Lead
from qingfeng.matters.statistics import Period
from qingfeng.mechanisms.topic import numbers
from qingfeng.mechanisms.topic.numbers import Cell, Days
from qingfeng.plain.suppression import is_small

CLOSED = Measure(
    "closed", pgettext_lazy("field", "Cases closed"), "deter", (("case", "file"),), is_about_people=True
)
ABOUT_PEOPLE = ("clue", "finding")


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
    return _drawn(asked, title, found)


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
    return _drawn(asked, title, found)


def _drawn(asked: Asked, title: str, found: QuerySet[Any]) -> Rows:
    return drawing.leads(title, found) if found.model is Lead else drawing.opened(asked.viewer, title, found)
