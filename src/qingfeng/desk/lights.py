"""Lights as the look draws them: of one clock, and the worst of each matter of a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from qingfeng.journal import composing
from qingfeng.look import said
from qingfeng.look.lights import Light
from qingfeng.matters.clocks import calendar_in_force, light_of
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.registry import UnknownMechanism, mechanism
from qingfeng.matters.vocabulary import Clock
from qingfeng.organization.calendar import CalendarMissing, WorkCalendar

HEAVIEST_FIRST = ("red", "yellow", "green", "paused", "done")


def clock_of(run: ClockRun, kind: str, version: int) -> Clock | None:
    """Return the declaration of a run, None where its version has no such clock any more."""
    try:
        return mechanism(kind, version).clock(run.key)
    except (UnknownMechanism, KeyError):
        return None


class Opened:
    """The work calendar in force, opened once where the first of many days is counted."""

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The calendar."""
        return calendar_in_force()


def light(run: ClockRun, clock: Clock | None, today: date, opened: Opened | None = None) -> Light:
    """Return the light of a run; what is left is said in the clock's own kind of day.

    Args:
        run: The run.
        clock: Its declaration.
        today: Civil date.
        opened: Shared by many runs, so that the calendar is looked for once.
    """
    state = light_of(run, clock, today)
    left = _left(run, today, opened or Opened()) if state in {"green", "yellow", "red"} else ""
    return Light(state, run.due_on, left)


def _left(run: ClockRun, today: date, opened: Opened) -> str:
    if run.due_on is None:
        return ""
    if run.working.get("rule", {}).get("kind") != "working_days":
        return said.left((run.due_on - today).days)
    try:
        return said.left(working_days(today, run.due_on, opened), "working")
    except CalendarMissing:
        return said.left((run.due_on - today).days)


def working_days(today: date, due: date, opened: Opened) -> int:
    """Return the working days from today to a day, today not counted; negative if it is past.

    Raises:
        CalendarMissing: If a year of the period is not known.
    """
    first, last, sign = (today, due, 1) if due >= today else (due, today, -1)
    rest = opened.calendar.rest_days(first + timedelta(days=1), last) if last > first else frozenset()
    return sign * ((last - first).days - len(rest)) or (due - today).days


def lights_of(matters: Iterable[Matter], today: date) -> dict[int, Light]:
    """Return the heaviest light of the running clocks of each matter, by its key; one query."""
    by_key = {matter.pk: matter for matter in matters}
    found: dict[int, Light] = {}
    opened = Opened()
    runs = composing.rows_of(
        "lights of many",
        by_key,
        lambda marks: (
            ClockRun.objects.filter(matter__in=marks)
            .exclude(state=ClockRun.State.STOPPED)
            .order_by("due_on", "pk")
        ),
    )
    for run in runs:
        matter = by_key[run.matter_id]
        one = light(run, clock_of(run, matter.mechanism, matter.version), today, opened)
        before = found.get(matter.pk)
        if before is None or HEAVIEST_FIRST.index(one.state) < HEAVIEST_FIRST.index(before.state):
            found[matter.pk] = one
    return found
