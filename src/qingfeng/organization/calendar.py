"""The work calendar: the State Council's days and the district's own, in versions.

A due date keeps the number of the version it was counted with. A changed table, or a newer
`chinesecalendar`, makes a new version; an old one stays as it was, so that a date can be
counted again years later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import rfc8785
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.organization.models import Account, CalendarVersion, OwnDay
from qingfeng.organization.records import record
from qingfeng.screening.errors import Problem
from qingfeng.screening.reference.workdays import KNOWN_YEARS, Day, work_calendar

LETTERS = {"workday": "w", "weekend": "e", "holiday": "h", "makeup": "m"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}
REST = frozenset("eh")
_opened: dict[str, dict[int, str]] = {}
"""Days by digest, as this process has opened them; the tables change through this module only."""


class CalendarMissing(Problem):
    """A day lies in a year whose notice nobody has entered."""


@dataclass(frozen=True)
class WorkCalendar:
    """One version of the work calendar.

    Attributes:
        version: Its number.
        digest: SHA-256 over its days, hex.
        years: One letter a day for every year it knows.
    """

    version: int
    digest: str
    years: Mapping[int, str]

    def kind(self, day: date) -> str:
        """Return workday, weekend, holiday or makeup.

        Raises:
            CalendarMissing: If the day's year is not known; never a guess from weekdays.
        """
        return KINDS[self._letter(day)]

    def is_rest_day(self, day: date) -> bool:
        """Return whether nobody works on that day.

        Raises:
            CalendarMissing: As `kind`.
        """
        return self._letter(day) in REST

    def rest_days(self, since: date, until: date) -> frozenset[date]:
        """Return the rest days from since to until, both inclusive.

        Raises:
            CalendarMissing: If any year of the period is not known.
        """
        span = (since + timedelta(days=step) for step in range((until - since).days + 1))
        return frozenset(day for day in span if self.is_rest_day(day))

    def _letter(self, day: date) -> str:
        letters = self.years.get(day.year)
        if letters is None:
            known = f"{min(self.years)}-{max(self.years)}" if self.years else ""
            raise CalendarMissing(
                _("The work calendar of %(year)s is not known.") % {"year": day.year},
                where=_("calendar version %(number)s, %(years)s") % {"number": self.version, "years": known},
                then=_("The system administrator enters the year's notice on the page of the calendar."),
            )
        return letters[day.timetuple().tm_yday - 1]


def work_calendar_of(version: int | None = None) -> WorkCalendar:
    """Return the calendar in force, or an earlier version of it.

    The calendar in force is compared with the tables it comes from; where they have changed, a new
    version is made first. A caller that counts many dates asks once.

    Raises:
        CalendarVersion.DoesNotExist: If there was no such version.
    """
    if version is not None:
        return _open(CalendarVersion.objects.get(number=version))
    newest = CalendarVersion.objects.defer("years").first()
    if newest is None or (newest.digest not in _opened and newest.digest != _digest(_years())):
        newest = new_version(
            by=None, reason=_("The published calendar changed.") if newest else _("First calendar.")
        )
    return _open(newest)


def unknown_years(today: date, *, ahead_from_month: int = 1) -> list[int]:
    """Return which of this year and the next nobody has entered; the next one from a month of this on."""
    years = [today.year, *([today.year + 1] if today.month >= ahead_from_month else [])]
    known = work_calendar_of().years
    return [year for year in years if year not in known]


def _open(row: CalendarVersion) -> WorkCalendar:
    if row.digest not in _opened:
        _opened[row.digest] = {int(year): days for year, days in row.years.items()}
    return WorkCalendar(row.number, row.digest, _opened[row.digest])


def _years() -> dict[str, str]:
    own = [Day(row.day, row.kind, row.name, row.announced_by) for row in OwnDay.objects.all()]
    known = set(KNOWN_YEARS) | {day.date.year for day in own if day.day_kind == "holiday"}
    return {
        str(year): "".join(
            LETTERS[day.day_kind] for day in work_calendar(date(year, 1, 1), date(year, 12, 31), own)
        )
        for year in sorted(known)
    }


def _digest(years: Mapping[str, str]) -> str:
    return hashlib.sha256(rfc8785.dumps(dict(years))).hexdigest()


@transaction.atomic
def new_version(*, by: Account | None, reason: str) -> CalendarVersion:
    """Keep the calendar as it stands now under the next number; the same again is no new version."""
    years = _years()
    digest = _digest(years)
    newest = CalendarVersion.objects.select_for_update().first()
    if newest and newest.digest == digest:
        return newest
    number = newest.number + 1 if newest else 1
    row = CalendarVersion.objects.create(
        number=number, digest=digest, years=years, made_at=timezone.now(), reason=reason
    )
    record(
        "organization.calendar.versioned",
        row,
        by=by,
        facts={"number": number, "digest": digest, "reason": reason},
    )
    return row


@transaction.atomic
def enter_days(
    since: date, until: date, *, kind: str, name: str = "", announced_by: str, by: Account | None
) -> CalendarVersion:
    """Enter days of the district's own table, both ends inclusive, and make a version of it.

    Raises:
        Problem: If the period runs backwards or is longer than 31 days, or nobody announced it.
    """
    if not timedelta(0) <= until - since <= timedelta(days=31):
        raise Problem(_("Enter a last day from the first day to 31 days later."), where=f"{since} {until}")
    if not announced_by.strip():
        raise Problem(_("Say which notice announced these days."))
    facts = {
        "since": since.isoformat(),
        "until": until.isoformat(),
        "kind": kind,
        "notice": announced_by.strip(),
    }
    for step in range((until - since).days + 1):
        OwnDay.objects.update_or_create(
            day=since + timedelta(days=step),
            defaults={"kind": OwnDay.Kind(kind), "name": name.strip(), "announced_by": announced_by.strip()},
        )
    record("organization.days.entered", f"days:{since}", by=by, facts=facts)
    return new_version(by=by, reason=announced_by.strip())


@transaction.atomic
def remove_day(day: date, *, by: Account | None, reason: str) -> CalendarVersion:
    """Take a day out of the district's own table and make a version of what is left.

    Raises:
        Problem: If the day is not in the table or no reason is given.
    """
    if not reason.strip():
        raise Problem(_("Say why the day is removed."), where=str(day))
    removed, _each = OwnDay.objects.filter(day=day).delete()
    if not removed:
        raise Problem(_("The day is not in the district's own table."), where=str(day))
    record("organization.day.removed", f"days:{day}", by=by, facts={"reason": reason.strip()})
    return new_version(by=by, reason=reason.strip())
