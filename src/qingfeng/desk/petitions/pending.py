"""What is pending for long (积案), as the district defines it, and the stock of what is in hand by age."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qingfeng.desk.petitions.asked import KIND, TAKEN_UP, seen_whole, with_taken_up
from qingfeng.matters.models import Matter, Party
from qingfeng.mechanisms.petition.settings import PENDING_DAYS, PENDING_FROM_ABOVE, PENDING_REPEATS
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

AGES = (30, 60, 90)
OPEN_STAGES = ("registered", *TAKEN_UP)


@dataclass(frozen=True)
class Definition:
    """When a petition counts as pending for long; 0 days or repeats leave that out.

    Attributes:
        days: Days after it was taken up.
        repeats: How many petitions were linked to it as repeats.
        from_above: Whether what a superior hands down as pending counts.
    """

    days: int
    repeats: int
    from_above: bool

    @property
    def says(self) -> list[str]:
        """Each condition in words; one of them is enough."""
        said = [
            ngettext("in hand for more than %(days)d day", "in hand for more than %(days)d days", self.days)
            % {"days": self.days}
        ]
        if self.repeats:
            said.append(
                _("%(count)d or more petitions repeat it, as a person linked them") % {"count": self.repeats}
            )
        if self.from_above:
            said.append(_("handed down by a superior as pending"))
        return said


def definition() -> Definition:
    """Return the definition in force."""
    return Definition(
        int(setting(PENDING_DAYS)), int(setting(PENDING_REPEATS)), bool(setting(PENDING_FROM_ABOVE))
    )


def pending(viewer: Viewer, on: date) -> QuerySet[Matter]:
    """Return what is pending for long and somebody sees whole, the oldest first."""
    means, rows = definition(), with_taken_up(seen_whole(viewer).filter(is_open=True))
    repeated = Count("links_in", filter=Q(links_in__kind="repeats", links_in__until_at=None), distinct=True)
    rows = rows.annotate(repeats=repeated)
    old = Q(stage__in=TAKEN_UP, taken_up_on__lt=on - timedelta(days=means.days))
    if means.repeats:
        old |= Q(repeats__gte=means.repeats)
    if means.from_above:
        old |= Q(facts__from_above="yes")
    return rows.filter(old).select_related("owner").order_by("taken_up_on", "pk")


@dataclass(frozen=True)
class Row:
    """A petition pending for long, with the conditions that it meets and the office that leads."""

    matter: Matter
    why: list[str]
    office: str
    leader: str
    days: int


def rows_of(matters: Iterable[Matter], on: date) -> list[Row]:
    """Return rows for a page of `pending`; queries do not grow with them."""
    matters, means = list(matters), definition()
    offices = offices_of(matters)
    found = []
    for one in matters:
        days = (on - one.taken_up_on).days
        why = [f"{days} " + _("days")] if one.stage in TAKEN_UP and days > means.days else []
        why += [_("repeated %(count)d times") % {"count": one.repeats}] * (0 < means.repeats <= one.repeats)
        why += [_("from a superior")] * (means.from_above and one.facts.get("from_above") == "yes")
        leader = str(one.facts.get("leader_post") or "")
        found.append(Row(one, why, offices.get(one.pk, ""), leader, days))
    return found


def offices_of(matters: Iterable[Matter]) -> dict[int, str]:
    """Return the name of the office that leads each, by key."""
    parts = Party.objects.filter(
        matter__in=[one.pk for one in matters], role="lead_unit", until_at=None
    ).select_related("unit")
    return {one.matter_id: str(one.unit) for one in parts}


@dataclass(frozen=True)
class Stock:
    """What an office has in hand, by age: up to 30, 60, 90 days, older."""

    office: Any
    ages: list[int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.ages)


def stock_of(viewer: Viewer, on: date) -> list[Stock]:
    """Return what is in hand by office and age, offices in the order of their names; without one last."""
    rows = with_taken_up(seen_whole(viewer).filter(is_open=True, stage__in=OPEN_STAGES))
    days: dict[int, date] = dict(rows.order_by().values_list("pk", "taken_up_on"))
    parts = Party.objects.filter(
        role="lead_unit", until_at=None, matter__mechanism=KIND, matter__is_open=True
    ).values_list("matter_id", "unit_id")
    leads: Mapping[int, int] = dict(parts)
    counted: dict[int, Counter[int]] = defaultdict(Counter)
    for matter, taken_up_on in days.items():
        counted[leads.get(matter, 0)][_age((on - taken_up_on).days)] += 1
    names = {unit.pk: unit for unit in Unit.objects.filter(pk__in=counted)}
    found = [
        Stock(names.get(key, _("not handed out yet")), [ages[place] for place in range(len(AGES) + 1)])
        for key, ages in counted.items()
    ]
    return sorted(found, key=lambda one: (not isinstance(one.office, Unit), str(one.office)))


def _age(days: int) -> int:
    return sum(days > limit for limit in AGES)
