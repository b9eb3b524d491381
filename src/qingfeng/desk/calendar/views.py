"""The page of the calendar, and the file to take along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.desk import values
from qingfeng.desk.calendar import taking
from qingfeng.desk.calendar.events import Span, found_in, kinds, marks_in
from qingfeng.desk.calendar.weeks import VIEWS, beside, months_of, span_of, weeks_of
from qingfeng.desk.ical import Told
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.look import said
from qingfeng.matters.clocks import calendar_in_force
from qingfeng.organization.calendar import CalendarMissing, WorkCalendar

LONGEST_KEY = 18
YEARS = (1970, 2199)


class Asked:
    """What an address asks for; what it does not know it ignores.

    Attributes:
        view: month, week or list.
        day: A day in it.
        kind: Key of a kind, "" for all.
        office: Key of a unit, 0 for all.
    """

    def __init__(self, request: HttpRequest, today: date) -> None:
        said_ = request.GET
        self.view = said_.get("view", "") if said_.get("view") in VIEWS else "month"
        day = values.as_day(said_.get("day", "")) or today
        self.day = day if YEARS[0] < day.year < YEARS[1] else today
        self.kind = said_.get("kind", "") if said_.get("kind") in kinds() else ""
        office = said_.get("office", "")
        self.office = int(office) if office.isdecimal() and len(office) < LONGEST_KEY else 0

    def span(self) -> Span:
        """Return the days of the view."""
        return Span(*span_of(self.view, self.day), self.kind, self.office)

    def address(self, **changes: Any) -> str:
        """Return the address of another day or view with the same filters."""
        parts = {"view": self.view, "day": self.day.isoformat(), "kind": self.kind, "office": self.office}
        return "?" + urlencode({key: value for key, value in (parts | changes).items() if value})


@desk_page
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show what is due: the strip of the year, and a month, a week or a list of it."""
    viewer = viewer_in(request)
    asked = Asked(request, viewer.on)
    span, year = asked.span(), Span(date(asked.day.year, 1, 1), date(asked.day.year, 12, 31))
    marks = marks_in(viewer, year)
    found = found_in(viewer, span)
    wanted = replace(year, kind=asked.kind, office=asked.office)
    before, after = beside(asked.view, asked.day)
    weeks = weeks_of(span, found.events, viewer.on, _work())
    there, names = {one.kind for one in marks}, kinds()
    context = {
        "title": _("Calendar of the year"),
        "asked": asked,
        "heading": _heading(asked, span),
        "weeks": weeks,
        "days": [cell for week in weeks for cell in week if cell.is_here and cell.events],
        "count": len(found.events),
        "is_cut": found.is_cut,
        "months": [
            (one, _month(one.first), asked.address(day=one.first.isoformat()))
            for one in months_of((mark for mark in marks if wanted.holds(mark)), asked.day)
        ],
        "views": [
            ("month", pgettext("calendar", "Month"), asked.address(view="month")),
            ("week", pgettext("calendar", "Week"), asked.address(view="week")),
            ("list", pgettext("calendar", "List"), asked.address(view="list")),
        ],
        "before": asked.address(day=before.isoformat()),
        "after": asked.address(day=after.isoformat()),
        "now": asked.address(day=viewer.on.isoformat()),
        "weekdays": [said.weekday(cell.on) for cell in weeks[0]],
        "kinds": [(key, name) for key, name in names.items() if key in there or key == asked.kind],
        "offices": sorted({(one.office_id, one.office) for one in marks if one.office_id}),
        "file": asked.address(view=""),
    }
    return render(request, "desk/calendar/page.html", context)


def _month(first: date) -> str:
    return pgettext("calendar", "%(month)s") % {"month": said.month(first)}


def _work() -> WorkCalendar | None:
    try:
        return calendar_in_force()
    except CalendarMissing:
        return None


def _heading(asked: Asked, span: Span) -> str:
    if asked.view == "week":
        return f"{said.day(span.since)} – {said.day(span.until)}"
    return _("%(month)s %(year)s") % {"year": span.since.year, "month": said.month(span.since)}


@desk_page
@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """Give what is due in the year of the day as a file for a calendar program."""
    viewer = viewer_in(request)
    asked = Asked(request, viewer.on)
    first, last = date(asked.day.year, 1, 1), date(asked.day.year, 12, 31)
    span = Span(first, last, asked.kind, asked.office)
    found = found_in(viewer, span)
    taking.note_taken(viewer, span, len(found.events))
    is_part = found.is_cut or bool(span.kind or span.office)
    told = Told(viewer.person_id, taking.FILE, since=None if is_part else first, until=last)
    held = taking.file_of(found.events, told, is_cut=found.is_cut)
    response = HttpResponse(held, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calendar-{asked.day.year}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
