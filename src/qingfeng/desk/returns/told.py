"""Words for the values by which a measure is split: offices, kinds, months, watches, fields of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat, ExtractMonth, ExtractYear, LPad
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from qingfeng.desk.leads.terms import TIERS, WATCHES
from qingfeng.desk.returns.measures import Dimension
from qingfeng.matters.registry import mechanisms
from qingfeng.mechanisms.common import AREAS
from qingfeng.organization.models import Unit

AGES = (30, 90, 180)  # days; older than the last is the last group
TEXT = CharField()


def of_units(values: Iterable[str]) -> Mapping[str, str]:
    """Return the names of units by id; what is no unit is not given."""
    wanted = {one for one in values if one.isdecimal()}
    named = {str(row.pk): str(row) for row in Unit.objects.filter(pk__in=wanted)}
    return {one: named.get(one, one) if one else _("not given") for one in values}


def of_kinds(values: Iterable[str]) -> Mapping[str, str]:
    """Return the names of kinds of matter."""
    named = dict(kinds())
    return {one: str(named.get(one, one)) for one in values}


def kinds() -> Sequence[tuple[str, Any]]:
    """Return every kind of matter with its name."""
    return [(one.key, one.name) for one in mechanisms()]


def said(choices: Iterable[tuple[str, Any]], values: Iterable[str]) -> Mapping[str, str]:
    """Return values in the words of their choices; "" is what was not given."""
    named = dict(choices)
    return {one: str(named.get(one, one)) if one else _("not given") for one in values}


def ages() -> list[tuple[str, str]]:
    """Return the groups of age with their words, the youngest first."""
    words = [
        _("up to %(days)s days") % {"days": AGES[0]},
        *(
            _("%(since)s to %(until)s days") % {"since": since + 1, "until": until}
            for since, until in pairwise(AGES)
        ),
        _("over %(days)s days") % {"days": AGES[-1]},
    ]
    return [(str(place), word) for place, word in enumerate(words)]


def of_months(values: Iterable[str]) -> Mapping[str, str]:
    """Return months as they are written."""
    return {one: one for one in values}


def month_of(column: str) -> Concat:
    """Return the month of a day or instant as text, `2026-11`, so that every database gives the same."""
    month = LPad(Cast(ExtractMonth(column), TEXT), 2, Value("0"))
    return Concat(Cast(ExtractYear(column), TEXT), Value("-"), month, output_field=TEXT)


OWNER = Dimension("owner", gettext_lazy("Office"), of_units, "office")
UNIT = Dimension("unit", pgettext_lazy("returns", "Unit"), of_units, "unit")
KIND = Dimension("kind", pgettext_lazy("returns", "Kind of matter"), of_kinds, choices=kinds)
AREA = Dimension(
    "area",
    gettext_lazy("Field of work"),
    lambda values: said(AREAS, values),
    choices=lambda: AREAS,
    needs="whole",
)
MONTH = Dimension("month", pgettext_lazy("returns", "Month"), of_months)
AGE = Dimension("age", pgettext_lazy("returns", "Age"), lambda values: said(ages(), values), choices=ages)
WATCH = Dimension(
    "watch",
    pgettext_lazy("returns", "Watch"),
    lambda values: said(WATCHES.items(), values),
    choices=lambda: list(WATCHES.items()),
)
TIER = Dimension(
    "tier",
    pgettext_lazy("returns", "Tier"),
    lambda values: said(TIERS.items(), values),
    choices=lambda: list(TIERS.items()),
)
RULE = Dimension("rule", pgettext_lazy("returns", "Rule"))


def columns(prefix: str, day: str) -> dict[str, Any]:
    """Return the expressions of the dimensions of matters.

    Args:
        prefix: Way from what is counted to its matter, "" or `matter__`.
        day: The column whose month counts.
    """
    return {
        "owner": Cast(F(f"{prefix}owner_id"), TEXT),
        "kind": F(f"{prefix}mechanism"),
        "area": Cast(KeyTextTransform("area", f"{prefix}facts"), TEXT),
        "month": month_of(day),
    }
