"""What a year of duty asks the house: whether it is the only one, and whether the secretary was asked for."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from qingfeng.matters.alone import earlier_of
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.models import Matter, Party, Performance
from qingfeng.matters.sheets import Sheet

TOLD = {"recommendation": "deliver", "case": "announce"}
"""Kind → the act by which the unit learns of it: its secretary cannot press what the unit does not know."""


def asking(matter: Matter) -> QuerySet[Matter]:
    """Return the cases and letters on the unit of a year that the unit was told of in that year."""
    year = int(matter.facts["year"])
    units = matter.parties.filter(role="unit", until_at=None).values_list("unit_id", flat=True)
    told = Performance.objects.filter(
        matter=OuterRef("pk"),
        undone_by=None,
        at__date__gte=date(year, 1, 1),
        at__date__lte=date(year, 12, 31),
    )
    kinds = (Q(Exists(told.filter(act=act)), mechanism=kind) for kind, act in TOLD.items())
    here = Party.objects.filter(matter=OuterRef("pk"), role="unit", unit__in=list(units), until_at=None)
    return Matter.objects.filter(reduce(or_, kinds), Exists(here), standing=Matter.Standing.VALID)


def needed(matter: Matter, _sheet: Sheet) -> Found:
    """Tell the gates of an act whether a case or a letter asked for the secretary; nothing else of it."""
    return Found(told={"asked_for_secretary": asking(matter).exists(), **alone(matter, _sheet).told})


def alone(matter: Matter, _sheet: Sheet) -> Found:
    """Tell whether the unit has the same year already, begun before this one."""
    return Found(
        told={"is_second": earlier_of(matter, "unit").filter(facts__year=matter.facts["year"]).exists()}
    )


def join() -> None:
    """Let the kernel ask this room at its acts; called once, at start-up."""
    find_with("duty.needed", needed)
    find_with("duty.alone", alone)
