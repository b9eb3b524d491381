"""The calendar to take along: an iCalendar file of what somebody sees, made once, on the record.

It says kind, number, office and what is due; no title, no content, and no number of a report or petition.
The address that programs subscribe to
(`desk/feeds.py`) says kind and number only, and is off until somebody makes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

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


def file_of(events: Sequence[Event], *, is_cut: bool = False) -> bytes:
    """Return events as an iCalendar file: a day each, no time, no attendee.

    Args:
        events: By day.
        is_cut: Whether there are more than these; then the file says so on the last of their days.
    """
    made = Calendar()
    made.add("prodid", "-//Qingfeng//calendar//")
    made.add("version", "2.0")
    made.add("x-wr-calname", _("Calendar of the year"))
    for one in events:
        said = (f"{one.name}", number_that_leaves(one.number), f"{one.what}")
        entry = _entry(f"{one.kind} {one.number} {one.what}", one.on, " ".join(filter(None, said)))
        if one.office:
            entry.add("location", one.office)
        made.add_component(entry)
    if is_cut and events:
        more = _("There is more than fits: choose a kind or an office.")
        made.add_component(_entry("more", events[-1].on, more))
    return bytes(made.to_ical())


def _entry(told: str, on: date, summary: str) -> Entry:
    entry = Entry()
    entry.add("uid", f"{word_of(f'{told} {on.isoformat()}')}@qingfeng")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", on)
    entry.add("dtend", on + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("transp", "TRANSPARENT")
    return entry
