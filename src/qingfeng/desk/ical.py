"""Days as a calendar program reads them (RFC 5545), and what it was told of them before.

A day keeps its UID while it is moved or renamed: then its SEQUENCE goes up. What is not due any more is told
once more as CANCELLED for a while, without saying what it was. For that the house keeps, by person, hashes of
what was told and the day itself; no words, no number.

Law:
    信访工作条例 Art. 30: no number of a report or petition leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from qingfeng.desk.models import ToldDay
from qingfeng.look.outgoing import named_in

TOLD_AS_CANCELLED_DAYS = 60
KEPT_DAYS = 400
"""How long what is over is remembered where no whole calendar is told of it any more, as of a year before."""
REFRESH = timedelta(hours=6)


@dataclass(frozen=True)
class Day:
    """A day to tell of.

    Attributes:
        what: What makes it the same day when its date or its words change; it leaves as a hash.
        on: The day.
        summary: What a calendar program shows.
        where: Whose it is, "" for nobody's.
    """

    what: str
    on: date
    summary: str
    where: str = ""


@dataclass(frozen=True)
class Told:
    """To whom, which way, and over which days everything there is was told; without days nothing was dropped.

    Attributes:
        since: First day, inclusive; None where what is told is a part only.
        until: Last day, inclusive; None without end.
    """

    person: int | None
    way: str
    since: date | None = None
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Return whether a day that is not told any more was dropped."""
        return self.since is not None and self.since <= on and (self.until is None or on <= self.until)


def calendar_of(days: Sequence[Day], name: str, told: Told | None = None) -> bytes:
    """Return days as an iCalendar file: whole days, no time, no attendee; floating, so no time zone.

    Args:
        days: In order.
        name: Of the calendar.
        told: To whom, so that changes are told as changes; None where nothing is remembered.
    """
    made = Calendar()
    made.add("prodid", "-//Qingfeng//calendar//")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        made.add(key, vText(name))
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for event in _remembering(days, told) if told else _fresh(days):
        made.add_component(event)
    return bytes(made.to_ical())


def _fresh(days: Iterable[Day]) -> Iterator[Event]:
    now = timezone.now()
    for uid, day in _named(days, None):
        yield _event(ToldDay(uid=uid, on=day.on, changed_at=now), day)


@transaction.atomic
def _remembering(days: Iterable[Day], told: Told) -> list[Event]:
    """Return days and what was dropped as events, and remember that they were told."""
    now, made = timezone.now().replace(microsecond=0), []
    rows = {one.uid: one for one in ToldDay.objects.filter(person=told.person, way=told.way)}
    fresh: dict[str, ToldDay] = {}
    for uid, day in _named(days, told.person):
        row = rows.pop(uid, None) or ToldDay(person_id=told.person, way=told.way, uid=uid, changed_at=now)
        said = word_of(f"{day.on.isoformat()} {day.summary} {day.where}")
        if row.said != said or row.dropped:
            row.sequence += 1 if row.pk else 0
            row.on, row.said, row.dropped, row.changed_at = day.on, said, False, now
            fresh[uid] = row
        made.append(_event(row, day))
    made += _gone(rows.values(), told, now, fresh)
    ToldDay.objects.bulk_create(
        fresh.values(),
        update_conflicts=True,
        unique_fields=["person", "way", "uid"],
        update_fields=["on", "said", "sequence", "changed_at", "dropped"],
    )
    return made


def _named(days: Iterable[Day], person: int | None) -> Iterator[tuple[str, Day]]:
    """Yield days with their UID; the second of what is called the same is another.

    Two people have different UIDs of the same matter: whoever keeps the calendars of both learns of none that
    they share it.
    """
    seen: Counter[str] = Counter()
    for day in days:
        seen[day.what] += 1
        yield f"{word_of(f'{person} {day.what} {seen[day.what]}')}@qingfeng", day


def _gone(rows: Iterable[ToldDay], told: Told, now: datetime, fresh: dict[str, ToldDay]) -> Iterator[Event]:
    """Yield what was told before and is not due any more; what is over is left as it was."""
    today, forget = timezone.localdate(), []
    for row in rows:
        if not told.covers(row.on):
            if row.on < today - timedelta(days=KEPT_DAYS):
                forget.append(row.pk)
            continue
        if row.on < today or (row.dropped and row.changed_at < now - timedelta(days=TOLD_AS_CANCELLED_DAYS)):
            forget.append(row.pk)
            continue
        if not row.dropped:
            row.sequence, row.dropped, row.changed_at = row.sequence + 1, True, now
            fresh[row.uid] = row
        yield _event(row, None)
    ToldDay.objects.filter(pk__in=forget).delete()


def _event(row: ToldDay, day: Day | None) -> Event:
    event = Event()
    event.add("uid", row.uid)
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", row.on)
    event.add("dtend", row.on + timedelta(days=1))
    event.add("status", "CONFIRMED" if day else "CANCELLED")
    event.add("summary", day.summary if day else _("Not due any more"))
    if day and day.where:
        event.add("location", day.where)
    event.add("transp", "TRANSPARENT")
    return event


def forget(person: int | None, way: str) -> None:
    """Forget what somebody was told, once nothing of it is read any more."""
    ToldDay.objects.filter(person=person, way=way).delete()


def number_that_leaves(number: str) -> str:
    """Return a number as a calendar program may know it: "" for that of a report or petition."""
    return "" if named_in([number]) else number


def word_of(text: str) -> str:
    """Return a word for a text that nobody finds by trying out numbers: a hash with the house's key."""
    return salted_hmac("qingfeng.desk.calendar", text, algorithm="sha256").hexdigest()[:24]
