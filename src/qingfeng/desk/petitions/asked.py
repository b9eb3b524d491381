"""For whom the boards exist, what year is asked for, and the matters that count for a reader."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict

from qingfeng.desk.levels import whole_q
from qingfeng.desk.listing import knows
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.matters.statistics import Period
from qingfeng.mechanisms.petition.parts import AFTER, IN_HAND
from qingfeng.organization.viewer import Viewer

KIND = "petition"
TAKEN_UP = (*IN_HAND, *AFTER)
FIRST_YEAR = 2000


def may_open(viewer: Viewer) -> bool:
    """Return whether the boards exist for somebody: our own people who may know of petitions."""
    inside = viewer.person_id is not None and not viewer.is_administrator and viewer.is_ours
    return inside and not access.is_outside(viewer) and knows(viewer, mechanism(KIND))


def year_in(given: QueryDict, today: date) -> int:
    """Return the year that an address asks for; what it cannot mean is this one."""
    asked = given.get("year", "")
    known = asked.isdecimal() and len(asked) == len("2026") and FIRST_YEAR <= int(asked) <= today.year
    return int(asked) if known else today.year


def scope_of(viewer: Viewer | None, year: int, today: date) -> Scope:
    """Return over what a year is counted: what a reader sees whole; the whole house without one."""
    until = min(date(year, 12, 31), max(today, date(year, 1, 1)))
    return Scope(Period(date(year, 1, 1), until, today), viewer=viewer, is_whole=viewer is not None)


def seen_whole(viewer: Viewer) -> QuerySet[Matter]:
    """Return the petitions that somebody sees whole and that stand."""
    rows = access.visible(viewer).filter(whole_q(viewer))
    return rows.filter(mechanism=KIND, standing=Matter.Standing.VALID)


def with_taken_up(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Annotate the day on which each was taken up: the act's, else the day under which it was opened."""
    done = Performance.objects.filter(matter=OuterRef("pk"), act="accept", undone_by=None).order_by("-no")
    at = Cast(Subquery(done.values("at")[:1]), DateField())
    return rows.annotate(taken_up_on=Coalesce(at, F("opened_on")))
