"""What all of this package stands on: days of periods, the journal, locks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.points.tables import DAILY, HALF, QUARTERS, YEAR, Scheme, ScoreSheet
from qingfeng.journal.store import append
from qingfeng.organization.calendar import work_calendar_of
from qingfeng.screening.errors import Problem


def days_of(period: str, year: int) -> tuple[date, date]:
    """Return the first and the last day of a period, both inclusive."""
    if period in QUARTERS:
        no = QUARTERS.index(period)
        since = date(year, 3 * no + 1, 1)
        after = date(year + no // 3, (3 * no + 3) % 12 + 1, 1)
        return since, after - timedelta(days=1)
    return date(year, 1, 1), date(year, 6, 30) if period == HALF else date(year, 12, 31)


def points_of(scheme: Scheme) -> dict[str, Decimal]:
    """Return the points of each period, quarters one by one, in the order of the year."""
    held = scheme.periods
    each = {key: Decimal(held["quarter"]) for key in QUARTERS}
    ends = {HALF: Decimal(held["half"]), YEAR: Decimal(held["year"])}
    return {DAILY: Decimal(held["daily"]), **each, **ends}


def note(kind: str, scheme: Scheme, by: int | None, facts: Mapping[str, Any] | None = None) -> None:
    """Write into the journal what was done; never a word of what somebody wrote."""
    who = f"person:{by}" if by else "house"
    subject = f"points:{scheme.year}-{scheme.version}"
    with transaction.atomic():
        append(f"points.{kind}", subject=subject, by=who, facts=dict(facts or {}))


def plain(value: Decimal) -> str:
    """Return points without noughts at their end."""
    return f"{value.normalize():f}"


def locked(sheet: ScoreSheet) -> ScoreSheet:
    """Lock a sheet and return it as it is now.

    It is read again after the lock: whoever waited for it finds the scheme to which it has moved meanwhile.
    """
    ScoreSheet.objects.select_for_update().only("pk").get(pk=sheet.pk)
    return ScoreSheet.objects.select_related("scheme", "person", "unit").get(pk=sheet.pk)


def still_open(sheet: ScoreSheet) -> None:
    """Refuse where a sheet is final.

    Raises:
        Problem: Then.
    """
    if sheet.final_on is not None:
        raise Problem(_("This sheet is final."), then=_("What is wrong on it is put right by an appeal."))


def days_after(day: date, count: int) -> date:
    """Return the day so many days later, moved on where it is a rest day."""
    calendar = work_calendar_of()
    found = day + timedelta(days=count)
    while calendar.is_rest_day(found):
        found += timedelta(days=1)
    return found
