"""Days of matters: running clocks and dated lines of what somebody reads whole, and the own duties.

A matter of which somebody knows the card or the own part only is here as far as they owe something on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.calendar.events import MOST, Event, Mark, Source, Span, add_source
from qingfeng.desk.duties import light_of_day, work_of
from qingfeng.desk.kinds import plural
from qingfeng.desk.lights import Opened, clock_of, light
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, LedgerLine, Matter
from qingfeng.matters.registry import UnknownMechanism, mechanism, mechanisms
from qingfeng.organization.viewer import Viewer

COUNTED = 50_000
OWN = "own"
ELSEWHERE = "culture-looks-"
"""Errands whose days another source names one by one."""


def _kinds() -> Mapping[str, Any]:
    return {one.key: one.name for one in mechanisms()} | {OWN: _own()}


def _whole(viewer: Viewer) -> QuerySet[Matter]:
    return Matter.objects.filter(access.whole_q(viewer), is_open=True)


def _narrowed(rows: QuerySet[Any], viewer: Viewer, span: Span) -> QuerySet[Any]:
    matters = _whole(viewer)
    if span.kind:
        matters = matters.filter(mechanism=span.kind)
    if span.office:
        matters = matters.filter(owner=span.office)
    rows = rows.filter(due_on__range=(span.since, span.until), matter__in=matters)
    return rows.order_by("due_on", "pk")


def _runs(viewer: Viewer, span: Span) -> QuerySet[ClockRun]:
    return _narrowed(ClockRun.objects.filter(state=ClockRun.State.RUNNING), viewer, span)


def _lines(viewer: Viewer, span: Span) -> QuerySet[LedgerLine]:
    return _narrowed(LedgerLine.objects.filter(is_done=False), viewer, span)


def _events(viewer: Viewer, span: Span) -> Iterator[Event]:
    if span.kind and span.kind not in _kinds():
        return
    opened = Opened()
    for run in _runs(viewer, span).select_related("matter__owner")[: MOST + 1]:
        clock = clock_of(run, run.matter.mechanism, run.matter.version)
        if clock is not None and run.due_on is not None:
            yield _event(run.matter, clock.name, run.due_on, light(run, clock, viewer.on, opened))
    for line in _lines(viewer, span).select_related("matter__owner")[: MOST + 1]:
        what = _line_name(line)
        if what and line.due_on is not None:
            yield _event(line.matter, what, line.due_on, light_of_day(line.due_on, viewer.on))
    yield from _duties(viewer)


def _duties(viewer: Viewer) -> Iterator[Event]:
    """Yield what somebody owes themselves, on matters and beside all matters."""
    work = work_of(viewer)
    for one in (*work.now, *work.week, *work.later):
        if one.matter is not None:
            yield _event(one.matter, one.what, one.due_on, one.light, one.href)
        elif not one.key.startswith(ELSEWHERE):
            number = one.number or one.title
            yield Event(one.due_on, OWN, _own(), number, one.what, "", 0, one.href, one.light)


def _own() -> str:
    return pgettext("calendar", "What I owe beside all matters")


def _line_name(line: LedgerLine) -> str:
    try:
        ledger = mechanism(line.matter.mechanism, line.matter.version).ledger(line.ledger)
    except (UnknownMechanism, KeyError):
        return ""
    return _("%(ledger)s, line %(no)s") % {"ledger": ledger.name, "no": line.no}


def _event(matter: Matter, what: Any, on: date, lit: Light, href: str = "") -> Event:
    names = _kinds()
    return Event(
        on=on,
        kind=matter.mechanism,
        name=names.get(matter.mechanism, ""),
        number=matter.number,
        what=what,
        office=str(matter.owner),
        office_id=matter.owner_id,
        href=href or f"/{plural(matter.mechanism)}/{matter.slug}/",
        light=lit,
    )


def _marks(viewer: Viewer, span: Span) -> Iterator[Mark]:
    """Yield a mark for each clock and line; rows of four columns, for a year may have many."""
    columns = ("due_on", "matter__mechanism", "matter__owner", "matter__owner__short_name")
    for rows in (_runs(viewer, span), _lines(viewer, span)):
        for on, kind, office_id, office in rows.values_list(*columns)[:COUNTED]:
            yield Mark(on, kind, office_id, office)


def join() -> None:
    """Put the days of matters into the calendar."""
    add_source(Source("matters", _kinds, _events, _marks))
