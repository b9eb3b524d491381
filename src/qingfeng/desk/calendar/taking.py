"""The calendar to take along: an iCalendar file of what somebody sees, made once, on the record.

It says kind, number, office and what is due; no title, no content, and no number of a report or petition.
The address that programs subscribe to
(`desk/feeds.py`) says kind and number only, and is off until somebody makes one.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.desk.calendar.events import Event, Span
from qingfeng.desk.ical import Day, Told, calendar_of, number_that_leaves
from qingfeng.journal.store import append
from qingfeng.organization.viewer import Viewer

FILE = "file"


def note_taken(viewer: Viewer, span: Span, count: int) -> None:
    """Note in the journal that somebody took their calendar along."""
    facts = {"since": span.since, "until": span.until, "kind": span.kind, "rows": count}
    with transaction.atomic():
        append("calendar.taken", by=f"person:{viewer.person_id}", facts=facts)


def file_of(events: Sequence[Event], told: Told | None = None, *, is_cut: bool = False) -> bytes:
    """Return events as an iCalendar file: a day each, no time, no attendee.

    Args:
        events: By day.
        told: To whom, and over which days they are all there is.
        is_cut: Whether there are more than these; then the file says so on the last of their days.
    """
    days = []
    for one in events:
        said = (f"{one.name}", number_that_leaves(one.number), f"{one.what}")
        summary = " ".join(filter(None, said))
        days.append(Day(f"{one.kind} {one.number} {one.what}", one.on, summary, one.office))
    if is_cut and events:
        days.append(Day("more", events[-1].on, _("There is more than fits: choose a kind or an office.")))
    return calendar_of(days, _("Calendar of the year"), told)
