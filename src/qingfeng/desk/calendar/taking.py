"""The calendar to take along: an iCalendar file of what somebody sees, made once, on the record.

It says kind, number, office and what is due; no title, no content. The address that programs subscribe to
(`desk/feeds.py`) says kind and number only, and is off until somebody makes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from qingfeng.desk.calendar.events import Event, Span
from qingfeng.journal.store import append
from qingfeng.organization.viewer import Viewer


def note_taken(viewer: Viewer, span: Span, count: int) -> None:
    """Note in the journal that somebody took their calendar along."""
    facts = {"since": span.since, "until": span.until, "kind": span.kind, "rows": count}
    with transaction.atomic():
        append("calendar.taken", by=f"person:{viewer.person_id}", facts=facts)


def file_of(events: Iterable[Event]) -> bytes:
    """Return events as an iCalendar file: a day each, no time, no attendee."""
    made = Calendar()
    made.add("prodid", "-//Qingfeng//calendar//")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Calendar of the year"))
    for one in events:
        entry = Entry()
        told = f"{one.kind} {one.number} {one.what} {one.on.isoformat()}"
        entry.add("uid", f"{sha256(told.encode()).hexdigest()[:24]}@qingfeng")
        entry.add("dtstamp", timezone.now())
        entry.add("dtstart", one.on)
        entry.add("dtend", one.on + timedelta(days=1))
        entry.add("summary", f"{one.name} {one.number} {one.what}")
        if one.office:
            entry.add("location", one.office)
        entry.add("transp", "TRANSPARENT")
        made.add_component(entry)
    return bytes(made.to_ical())
