"""Readings out of this room's own tables: the five-way evaluation and the daily record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Min

from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.reading_work import Asked, Rows
from qingfeng.matters.today import today
from qingfeng.organization.models import Post


def evaluation(asked: Asked) -> Rows:
    """Yield the latest result out of a hundred of a round that closed in the period."""
    from qingfeng.appraisal.models import Rated  # noqa: PLC0415 - its module takes these tables in

    last: dict[int, tuple[Decimal, str]] = {}
    rows = Rated.objects.filter(
        person__in=asked.subjects, result__isnull=False, round__closed_on__range=(asked.since, asked.until)
    ).order_by("round__closed_on", "pk")
    for pk, person, result in rows.values_list("pk", "person", "result"):
        if "value" in result:
            last[person] = (Decimal(str(result["value"])), f"evaluation:{pk}")
    for person, (value, evidence) in last.items():
        yield person, value, evidence


def daily_kept(asked: Asked) -> Rows:
    """Yield 1 for a month with a confirmed entry and 0 for one without, of the months that are over.

    Months before somebody held a post here do not count.
    """
    held: dict[tuple[int, date], int] = {}
    rows = Daily.objects.filter(
        person__in=asked.subjects, day__range=(asked.since, asked.until), state=Daily.State.CHECKED
    )
    for pk, person, day in rows.order_by("-day", "-pk").values_list("pk", "person", "day"):
        held[person, day.replace(day=1)] = pk
    begun = dict(
        Post.objects.filter(person__in=asked.subjects, unit__is_ours=True)
        .values_list("person")
        .annotate(first=Min("from_on"))
    )
    for month in _months_over(asked.since, asked.until):
        for person in asked.subjects:
            if person in begun and begun[person].replace(day=1) <= month:
                pk = held.get((person, month))
                yield person, int(pk is not None), f"daily:{pk}" if pk else f"month:{month:%Y-%m}"


def checks_in_time(asked: Asked) -> Rows:
    """Yield 1 for an entry that somebody checked within its days and 0 for one checked later or not at all.

    One that nobody has checked counts for the nearest line above whoever wrote it.
    """
    from qingfeng.appraisal.rosters import office_on  # noqa: PLC0415 - it reads tables of the same app

    rows = Daily.objects.filter(day__range=(asked.since, asked.until))
    for one in rows.filter(checked_by__in=asked.subjects, checked_on__isnull=False):
        yield int(one.checked_by_id or 0), int(one.was_in_time), f"daily:{one.pk}"
    late = list(rows.filter(state=Daily.State.WAITING, check_until__lt=today()))
    office = office_on(today()) if late else None
    for one in late:
        held = office.held.get(one.person_id) if office else None
        for leader in office.leaders_of(held) if office and held else ():
            if leader in asked.subjects:
                yield leader, 0, f"daily:{one.pk}"


def _months_over(since: date, until: date) -> Iterator[date]:
    """Yield the first days of the months of a period that are over."""
    month = since.replace(day=1)
    while month <= until:
        after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if after <= today():
            yield month
        month = after
