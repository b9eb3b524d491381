"""The calendar to take along: an iCalendar file of what somebody sees, made once, on the record.

It says kind, number, office and what is due; no title, no content, and no number of a report or petition.
The address that programs subscribe to
(`desk/feeds.py`) says kind and number only, and is off until somebody makes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from qingfeng.desk.calendar.events import Event, Span
from qingfeng.desk.feeds import number_that_leaves, word_of
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
        entry.add("uid", f"{word_of(told)}@qingfeng")
        entry.add("dtstamp", timezone.now())
        entry.add("dtstart", one.on)
        entry.add("dtend", one.on + timedelta(days=1))
        said = (f"{one.name}", number_that_leaves(one.number), f"{one.what}")
        entry.add("summary", " ".join(filter(None, said)))
        if one.office:
            entry.add("location", one.office)
        entry.add("transp", "TRANSPARENT")
        made.add_component(entry)
    return bytes(made.to_ical())
