"""Clocks on matters: start, stop, pause, extend, with the working of every due date kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.journal.straight import change, put
from qingfeng.matters import at_hand
from qingfeng.matters.counting import (
    Extension,
    Kind,
    Pause,
    Rule,
    Working,
    count,
    end_of_month,
    left_share,
    next_in_month,
)
from qingfeng.matters.district import LAST_DAY_MOVES
from qingfeng.matters.in_force import newest_calendar
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.snapshot import Snapshot
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Clock, Mechanism
from qingfeng.organization.calendar import WorkCalendar, work_calendar_of
from qingfeng.organization.district_settings import setting

FURTHER = 15  # days by which a last day that moves may lie behind the one that was asked for


class CannotExtend(Exception):  # noqa: N818 - told to a person as a refusal
    """A clock cannot be extended so; says why."""


class CannotStart(Exception):  # noqa: N818 - told to a person as a refusal
    """A clock needs a day that was not entered."""


def start(matter: Matter, clock: Clock, *, on: date, facts: Mapping[str, Any]) -> ClockRun | None:
    """Start a clock, anew if it ran before.

    Args:
        matter: Locked.
        clock: Its declaration.
        on: Civil date of the event; not counted.
        facts: Facts of the matter, for clocks that count from or until an entered day.

    Returns:
        The run, or None where the declaration's condition does not hold or its last day was not entered.

    Raises:
        CannotStart: If the day it counts from was not entered.
    """
    end(matter, clock.key, on=on, replaced=True)
    if not is_wanted(clock, facts, lambda: snapshot_of(matter, today=on, entered=facts)):
        return None
    runs = at_hand.of(matter).clocks()
    run = fresh(matter, clock, on=on, facts=facts, earlier=runs)
    runs.append(put(run))
    return run


def fresh(
    matter: Matter, clock: Clock, *, on: date, facts: Mapping[str, Any], earlier: Iterable[ClockRun] = ()
) -> ClockRun:
    """Return a run of a clock that is in no table yet.

    Args:
        matter: Whose it is.
        clock: Its declaration.
        on: Civil date of the event; not counted.
        facts: Facts of the matter.
        earlier: Its earlier runs.

    Raises:
        CannotStart: If the day it counts from was not entered.
    """
    begun = _begins(clock, on, facts)
    working = counted(rule_of(clock, facts, after=_after(clock, begun, earlier)), begun)
    return ClockRun(
        matter=matter, key=clock.key, started_on=begun, due_on=working.due_on, working=working.as_json()
    )


def _begins(clock: Clock, on: date, facts: Mapping[str, Any]) -> date:
    """Return the day from which a clock counts; a duty that comes back never counts from a day gone by."""
    if clock.each_month:
        return max(on, _fact_day(facts, clock.from_fact)) if facts.get(clock.from_fact) else on
    return _fact_day(facts, clock.from_fact) if clock.from_fact else on


def _after(clock: Clock, begun: date, earlier: Iterable[ClockRun]) -> date:
    """Return the day after which a duty is due that comes back: its first day, or the due date before it."""
    if not clock.each_month:
        return begun
    return max([begun, *[one.due_on for one in earlier if one.key == clock.key and one.due_on][-1:]])


def is_wanted(clock: Clock, facts: Mapping[str, Any], seen: Callable[[], Snapshot]) -> bool:
    """Return whether a clock starts: its last day was entered, and the declaration's condition holds.

    Args:
        clock: Its declaration.
        facts: Facts of the matter.
        seen: Gives what the condition looks at.
    """
    if not all(facts.get(key) for key in (clock.until, clock.each_month, clock.of_year) if key):
        return False
    return clock.when is None or clock.when(seen())


def rule_of(clock: Clock, facts: Mapping[str, Any], *, after: date) -> Rule:
    """Return how a clock counts, with the district's own figure where it has one.

    Args:
        clock: Its declaration.
        facts: Facts of the matter.
        after: For a clock that is due each month: the day after which it is due next.
    """
    moves = bool(setting(LAST_DAY_MOVES))
    if clock.each_month:
        due_on = next_in_month(after, int(facts[clock.each_month]), clock.in_months)
        return Rule("until", day=due_on, moves=False)
    if clock.until:
        return Rule("until", day=_fact_day(facts, clock.until), moves=False)
    if clock.of_year:
        month = int(setting(clock.setting)) if clock.setting else clock.end_of_month
        return Rule("until", day=end_of_month(int(facts[clock.of_year]), month), moves=False)
    kind: Kind = "working_days" if clock.working_days else "months" if clock.months else "days"
    amount = clock.working_days or clock.months or clock.days
    return Rule(kind, int(setting(clock.setting)) if clock.setting else amount, moves=moves)


def counted(
    rule: Rule, started_on: date, *, pauses: tuple[Pause, ...] = (), extensions: tuple[Extension, ...] = ()
) -> Working:
    """Count with the work calendar in force."""
    known = calendar_in_force()

    def why(day: date) -> str:
        return known.kind(day) if known.is_rest_day(day) else ""

    return count(rule, started_on, why, pauses=pauses, extensions=extensions, calendar=str(known.version))


def calendar_in_force() -> WorkCalendar:
    """Return the newest version of the work calendar; opened once a process and version."""
    newest = newest_calendar()
    if newest not in _opened:
        _opened.clear()
        known = work_calendar_of()
        newest = (known.version, known.digest)
        _opened[newest] = known
    return _opened[newest]


_opened: dict[tuple[int, str] | None, WorkCalendar] = {}


def end(matter: Matter, key: str, *, on: date, replaced: bool = False) -> bool:
    """Stop the runs of a clock; return whether one was running or paused.

    Args:
        matter: Locked.
        key: The clock.
        on: Civil date.
        replaced: It starts anew on the same day: whether it was met is not said.
    """
    stopped = False
    for run in _going(matter, key):
        run.state, run.stopped_on = ClockRun.State.STOPPED, on
        run.met = None if replaced else run.due_on is None or on <= run.due_on
        change(run, "state", "stopped_on", "met")
        stopped = True
    return stopped


def _going(matter: Matter, *keys: str) -> list[ClockRun]:
    """Return the runs that are not stopped, of some clocks or of all."""
    runs = at_hand.of(matter).clocks()
    return [one for one in runs if one.state != ClockRun.State.STOPPED and (not keys or one.key in keys)]


def pause(matter: Matter, key: str, *, on: date) -> None:
    """Let a running clock stand still from a day, inclusive."""
    for run in (one for one in _going(matter, key) if one.state == ClockRun.State.RUNNING):
        working = Working.from_json(run.working)
        _recount(run, replace(working, pauses=(*working.pauses, Pause(on, None))), str(ClockRun.State.PAUSED))


def resume(matter: Matter, key: str, *, on: date) -> None:
    """Let a paused clock run again; the day itself counts."""
    for run in (one for one in _going(matter, key) if one.state == ClockRun.State.PAUSED):
        working = Working.from_json(run.working)
        last = working.pauses[-1]
        pauses = (*working.pauses[:-1], Pause(last.from_on, max(on, last.from_on)))
        _recount(run, replace(working, pauses=pauses), str(ClockRun.State.RUNNING))


def extend(matter: Matter, clock: Clock, by: Extension, *, until: date | None = None) -> None:
    """Extend a running clock; the working it had is kept.

    Args:
        matter: Locked.
        clock: Its declaration.
        by: The extension; its days are not looked at where a new last day is given.
        until: The new last day: the clock ends on it, or on the next day that counts.

    Raises:
        CannotExtend: If the clock does not run, nothing is added, or it would go too far.
    """
    run = next(reversed(_going(matter, clock.key)), None)
    if run is None:
        raise CannotExtend(_("This duty is not running: there is nothing to extend."))
    working = Working.from_json(run.working)
    days = _days_until(working, until) if until else by.days
    if days < 1:
        raise CannotExtend(_("Enter a day after the last day as it stands."))
    if sum(one.days for one in working.extensions) + days > clock.most_extension_days:
        most = _("At most %(days)s days in all can be added to this duty.") % {
            "days": clock.most_extension_days
        }
        raise CannotExtend(most)
    _recount(run, replace(working, extensions=(*working.extensions, replace(by, days=days))), run.state)


def _days_until(working: Working, until: date) -> int:
    """Return how many days must be added for a clock to end on a day; 0 if it ends no earlier already."""
    if working.due_on is None or until <= working.due_on:
        return 0
    for days in range(1, (until - working.due_on).days + FURTHER):
        one = Extension(days, "", until)
        ends = counted(
            working.rule, working.started_on, pauses=working.pauses, extensions=(*working.extensions, one)
        )
        if ends.due_on and ends.due_on >= until:
            return days
    return 0


def _recount(run: ClockRun, working: Working, state: str) -> None:
    run.earlier = [*run.earlier, run.working]
    fresh = counted(working.rule, working.started_on, pauses=working.pauses, extensions=working.extensions)
    run.working, run.due_on, run.state = fresh.as_json(), fresh.due_on, state
    change(run, "earlier", "working", "started_on", "due_on", "state")


def count_again(run: ClockRun, clock: Clock, facts: Mapping[str, Any]) -> None:
    """Count a running clock again after what it counts from or until was corrected."""
    working = Working.from_json(run.working)
    begun = _begins(clock, working.started_on, facts)
    entered = clock.until or clock.each_month or clock.of_year
    earlier = ClockRun.objects.filter(matter=run.matter_id, pk__lt=run.pk).order_by("pk")
    rule = rule_of(clock, facts, after=_after(clock, begun, earlier)) if entered else working.rule
    run.started_on = begun
    _recount(run, replace(working, rule=rule, started_on=begun), run.state)


def stop_all(matter: Matter, *, on: date) -> None:
    """Stop what still runs when a matter comes to its end; a duty not met in time is kept as not met."""
    for key in {one.key for one in _going(matter)}:
        end(matter, key, on=on)


def note_next_due(matter: Matter) -> None:
    """Keep the nearest due date of a matter on its own line, for lists."""
    running = (one for one in _going(matter) if one.state == ClockRun.State.RUNNING)
    matter.due_on = min((one.due_on for one in running if one.due_on), default=None)


def light_of(run: ClockRun, clock: Clock | None, today: date) -> str:
    """Return the light of a clock: green, yellow, red, paused or done."""
    if run.state == ClockRun.State.STOPPED:
        return "done"
    if run.state == ClockRun.State.PAUSED or run.due_on is None:
        return "paused"
    if today > run.due_on:
        return "red"
    left = left_share(Working.from_json(run.working), today)
    return "yellow" if left <= (clock.yellow if clock else 0.3) else "green"


def restart_repeating(
    matter: Matter, mechanism: Mechanism, stopped: set[str], *, on: date, facts: Mapping[str, Any]
) -> None:
    """Start repeating clocks again that an act has just stopped, where the matter still owes them."""
    for clock in mechanism.clocks:
        if clock.repeats and clock.key in stopped and matter.stage in clock.during:
            start(matter, clock, on=on, facts=facts)


def _fact_day(facts: Mapping[str, Any], key: str) -> date:
    value = facts.get(key)
    if not value:
        raise CannotStart(key)
    return date.fromisoformat(str(value)[:10])
