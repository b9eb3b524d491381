"""Readings: a measure counted for a period, once a day for the whole house, or anew for who sees less.

What panels draw is counted by the worker and shown with its time to those who may know of all that is
counted; for anybody else it is counted now, over what they may know of. Nobody is shown a number from which
what is hidden from them could be worked out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from qingfeng.desk.returns import seeing
from qingfeng.desk.returns.measures import Cell, Cells, Measure, Values, as_json, from_json, measure, total
from qingfeng.desk.returns.models import StoredReading
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters.access import recused_matters
from qingfeng.matters.statistics import Period
from qingfeng.organization.models import Person, PostRole
from qingfeng.organization.viewer import Viewer, viewer_for

DAYS = 365
LEAST_PACE = timedelta(minutes=15)
SHARE_OF_TIME = 100  # a reading that takes a second is counted again after this many seconds at the earliest
KEPT = timedelta(days=800)
SHOWN = 30  # readings of a trend
_RECUSED = "_recused_matters"  # what a viewer was asked once
Wanted = tuple[str, Values]


@dataclass(frozen=True)
class Read:
    """What was read.

    Attributes:
        cells: Numbers by the values of the dimensions.
        as_of: When the whole house was counted; None where it was counted now, for this reader.
    """

    cells: Cells
    as_of: datetime | None = None


@dataclass
class _Kept:
    wanted: dict[Wanted, None] = field(default_factory=dict)


_KEPT = _Kept()


def keep(key: str, *by: str) -> None:
    """Have the worker count a measure over the last year again and again, for panels."""
    _KEPT.wanted[key, by] = None


def wanted() -> Sequence[Wanted]:
    """Return what panels want: keys of measures and of their dimensions."""
    return list(_KEPT.wanted)


def last_year(on: date) -> Period:
    """Return the days that panels count where nobody chose others."""
    return Period(on - timedelta(days=DAYS), on, on)


def reading(measure: Measure, period: Period, *, viewer: Viewer, by: Values = (), office: str = "") -> Read:
    """Read a measure.

    Args:
        measure: What is counted.
        period: Days that count.
        viewer: Who reads.
        by: Keys of dimensions, in order.
        office: Path of one of our own units, "" for all.

    Returns:
        The stored reading of the whole house where there is one and this reader may know of all of it, else
        a count of what they may know of.
    """
    row = None if office else stored([(measure, by)], period).get((measure.key, by))
    cells = told(viewer, measure, by, row) if row else None
    if row is not None and cells is not None:
        return Read(cells, row.counted_at)
    scope = Scope(period, viewer, office, is_whole=measure.is_whole(by))
    return Read(measure.count(scope, by))


def told(viewer: Viewer, measure: Measure, by: Values, row: StoredReading) -> Cells | None:
    """Return a stored reading as somebody may be told it, None where they see less than it counts.

    A principal sees the card of every matter but those from which they are recused: these were counted apart
    in the same moment, and are taken off.
    """
    if measure.of == "leads":
        return from_json(row.cells) if seeing.sees_all_leads(viewer) else None
    if seeing.sees_all_matters(viewer, is_whole=measure.is_whole(by)):
        return from_json(row.cells)
    if not viewer.has("principal") or measure.is_whole(by) or measure.kind != "count":
        return None
    apart = row.apart.get(name_of(recused_keys(viewer)))
    if apart is None:
        return None
    gone = from_json(apart)
    cells = {at: Cell((cell.value or 0) - (gone[at].value or 0) if at in gone else cell.value)
             for at, cell in from_json(row.cells).items()}  # fmt: skip
    return {at: cell for at, cell in cells.items() if cell.value or not at}


def may_read_days(viewer: Viewer, measure: Measure, by: Values) -> bool:
    """Return whether somebody may know of all that earlier readings of a measure counted."""
    if measure.of == "leads":
        return seeing.sees_all_leads(viewer)
    return seeing.sees_all_matters(viewer, is_whole=measure.is_whole(by))


def recused_keys(viewer: Viewer) -> list[int]:
    """Return the matters from which somebody is recused; asked once a request."""
    kept: list[int] | None = viewer.__dict__.get(_RECUSED)
    if kept is None:
        found = {row["matter"] for row in recused_matters(viewer)}
        kept = viewer.__dict__[_RECUSED] = sorted(found)
    return kept


def name_of(keys: Sequence[int]) -> str:
    """Return by what a set of matters is known: a digest, which says nothing of them."""
    return hashlib.sha256(",".join(map(str, keys)).encode()).hexdigest()[:32]


def stored(of: Iterable[tuple[Measure, Values]], period: Period) -> dict[Wanted, StoredReading]:
    """Return the newest stored readings of measures; one query.

    A reading over the last year is that of today, or yesterday's while the worker is counting; any other was
    counted for just these days. A stock has no period: its newest reading counts.
    """
    digests = {(one.key, by): one.digest for one, by in of}
    rows = StoredReading.objects.filter(
        measure__in={key for key, _by in digests},
        on__gte=period.today - timedelta(days=1),
        on__lte=period.today,
    )
    is_usual = (period.since, period.until) == _ends(last_year(period.today))
    found: dict[Wanted, StoredReading] = {}
    for row in rows.order_by("-on", "-counted_at"):
        name = (row.measure, tuple(one for one in row.by.split(",") if one))
        one = measure(row.measure)
        fits = (row.since, row.until) == (_ends(last_year(row.on)) if is_usual else _ends(period))
        is_stock = one is not None and one.basis == "stock" and period.until >= period.today
        if digests.get(name) == row.digest and (fits or is_stock):
            found.setdefault(name, row)
    return found


def _ends(period: Period) -> tuple[date, date]:
    return period.since, period.until


# --- the worker ---------------------------------------------------------------------------------


def keep_up(now: datetime | None = None) -> int:
    """Count what panels want and is old; return how many were counted."""
    now = now or timezone.now()
    on = timezone.localdate(now)
    since, until = _ends(last_year(on))
    rows = StoredReading.objects.filter(on=on, since=since, until=until).defer("cells", "apart")
    there = {(row.measure, row.by, row.digest): row for row in rows}
    done = 0
    for key, by in _KEPT.wanted:
        found = measure(key)
        row = there.get((key, ",".join(by), found.digest)) if found else None
        if row is None or row.again_at or now - row.counted_at > _pace(row):
            done += count(key, by, last_year(on))
    return done


@task()
def count_asked() -> int:
    """Count what somebody asked to be counted again; return how many were."""
    rows = StoredReading.objects.filter(again_at__isnull=False)
    found = list(rows.values_list("measure", "by", "since", "until", "on"))
    for key, by, since, until, on in found:
        count(key, tuple(one for one in by.split(",") if one), Period(since, until, on))
    return len(found)


def _pace(row: StoredReading) -> timedelta:
    return max(LEAST_PACE, timedelta(seconds=SHARE_OF_TIME * row.seconds))


def count(key: str, by: Values, period: Period) -> int:
    """Count a measure over the whole house and keep it; return 1, or 0 where there is no such measure."""
    found = measure(key)
    if found is None:
        return 0
    began, at = monotonic(), timezone.now()
    cells = found.count(Scope(period), by)
    apart = {}
    if found.of == "matters" and found.kind == "count":
        for keys in _recused_principals(period.today):
            apart[name_of(keys)] = as_json(found.count(Scope(period, only=Q(pk__in=keys)), by))
    StoredReading.objects.update_or_create(
        measure=key,
        digest=found.digest,
        by=",".join(by),
        since=period.since,
        until=period.until,
        on=period.today,
        defaults={
            "cells": as_json(cells),
            "apart": apart,
            "counted_at": at,
            "seconds": round(monotonic() - began, 3),
            "again_at": None,
        },
    )
    return 1


def _recused_principals(on: date) -> list[list[int]]:
    """Return the matters from which each principal is recused, where there are any."""
    people = PostRole.objects.held_on(on).filter(role="principal").values("post__person")
    viewers = [viewer_for(person, on) for person in Person.objects.filter(pk__in=people)]
    return [keys for keys in map(recused_keys, viewers) if keys]


def ask_again(on: date) -> int:
    """Have today's readings counted again as soon as the worker can; return how many there are."""
    with transaction.atomic():
        found = StoredReading.objects.filter(on=on).update(again_at=timezone.now())
        if found:
            count_asked.enqueue()
    return found


def is_asked_again(on: date) -> bool:
    """Return whether some reading of a day still waits to be counted again."""
    return StoredReading.objects.filter(on=on, again_at__isnull=False).exists()


def forget_old(now: datetime | None = None) -> int:
    """Remove readings older than a trend or a comparison needs; return how many."""
    before = timezone.localdate(now or timezone.now()) - KEPT
    return StoredReading.objects.filter(on__lt=before).delete()[0]


# --- trends -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """A day's reading of the whole house."""

    on: date
    cells: Cells

    @property
    def total(self) -> float:
        """The sum of its cells."""
        return total(self.cells)


def trend(key: str, by: Values, *, until: date, most: int = SHOWN) -> Sequence[Point]:
    """Return the daily readings of a measure as it is defined now, the oldest first; for who may read them.

    Args:
        key: Of the measure.
        by: Its dimensions.
        until: The last day.
        most: How many days at most.
    """
    found = measure(key)
    if found is None:
        return []
    rows = StoredReading.objects.filter(
        measure=key, by=",".join(by), digest=found.digest, on__lte=until
    ).order_by("-on", "-counted_at")[: 2 * most]
    days: dict[date, Point] = {}
    for row in rows:
        if (row.since, row.until) == _ends(last_year(row.on)):
            days.setdefault(row.on, Point(row.on, from_json(row.cells)))
    return sorted(days.values(), key=lambda one: one.on)[-most:]
