"""What clocks do by themselves: reminders at the declared points, up the line when overdue, acts by a clock.

Run by the worker every quarter of an hour and after a start; running it twice tells nobody twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from qingfeng.journal.store import append
from qingfeng.matters import access, notices
from qingfeng.matters.answers import Done
from qingfeng.matters.clocks import calendar_in_force, light_of
from qingfeng.matters.computed import found_at
from qingfeng.matters.district import ESCALATE_EVERY_DAYS
from qingfeng.matters.door import perform
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.registry import every_version
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.matters.vocabulary import Act, Clock, Mechanism, Role
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Person, Post

AHEAD_DAYS = 400  # a yellow light can begin that long before the due date at most
AT_ONCE = 500  # rows that are read together


def tick(today: date | None = None) -> int:
    """Remind, escalate, and perform the acts of clocks; return how many things happened.

    What goes wrong with one clock or matter holds up no other.

    Args:
        today: Civil date; today in Shanghai unless given.

    Raises:
        Exception: The first of what went wrong, once all the others were done; each is in the log.
    """
    today = today or timezone.localdate()
    happened, wrong = 0, list[Exception]()
    due = ClockRun.objects.filter(
        state=ClockRun.State.RUNNING, due_on__lte=today + timedelta(days=AHEAD_DAYS)
    )
    for run in _each(due.select_related("matter")):
        try:
            happened += _remind(run, today)
        except Exception as error:  # noqa: BLE001 - it is kept, and raised at the end
            wrong.append(_noted(error, run.key, run.matter))
    for declared in every_version():
        for act, matter in _own_acts(declared):
            try:
                happened += _does(act, matter, today)
            except Exception as error:  # noqa: BLE001 - it is kept, and raised at the end
                wrong.append(_noted(error, act.key, matter))
    if wrong:
        raise wrong[0]
    return happened


def _noted(error: Exception, what: str, matter: Matter) -> Exception:
    """Note in the log where it went wrong; nothing of what the matter says."""
    place = f"{matter.mechanism}/{matter.slug}"
    logging.getLogger("qingfeng").warning("clocks: %s of %s: %s", what, place, type(error).__name__)
    return error


def _each(rows: QuerySet[Any]) -> Iterator[Any]:
    """Yield rows with no query open meanwhile: under one, SQLite refuses a write without waiting its turn."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        yield from list(rows.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk"))


def _remind(run: ClockRun, today: date) -> int:
    declared = access.declared_of(run.matter)
    clock = next((one for one in declared.clocks if one.key == run.key), None) if declared else None
    if declared is None or clock is None or run.matter.standing != Matter.Standing.VALID:
        return 0
    told = 0
    for point, roles in points(run, clock, today):
        if point in run.told:
            continue
        with transaction.atomic():
            held = ClockRun.objects.select_for_update().get(pk=run.pk)
            if point in held.told or held.state != ClockRun.State.RUNNING:
                continue
            held.told = [*held.told, point]
            held.save(update_fields=["told"])
            run.told = held.told
            persons = {one for role in roles for one in bearers(run.matter, declared.role(role))}
            notices.tell(persons, point.partition(":")[0], run.matter, {"clock": run.key, "point": point})
            if point.startswith("escalated"):
                append(
                    "matter.escalated",
                    subject=f"{run.matter.mechanism}/{run.matter.slug}",
                    by="house",
                    facts={"clock": run.key, "step": point, "to": sorted(roles)},
                )
        told += 1
    return told


def points(run: ClockRun, clock: Clock, today: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the points that a running clock has passed, with the roles that are told at each.

    Args:
        run: Running.
        clock: Its declaration.
        today: Civil date.
    """
    owed = (clock.bears,) if clock.bears else ()
    light = light_of(run, clock, today)
    if light in {"yellow", "red"}:
        yield "yellow", owed
    if run.due_on and today >= run.due_on:
        yield "due", owed
    if light == "red" and run.due_on:
        yield "overdue", owed
        steps = _working_days_between(run.due_on, today) // int(setting(ESCALATE_EVERY_DAYS))
        for step, role in enumerate(clock.escalates[: steps + 1], start=1):
            yield f"escalated:{step}", (role,)


def _working_days_between(since: date, until: date) -> int:
    """Count those that are known: a year whose notice is late holds up no reminder, and hurries nobody."""
    known = calendar_in_force()
    days = (since + timedelta(days=one) for one in range(1, (until - since).days + 1))
    return sum(not known.is_rest_day(day) for day in days if day.year in known.years)


def bearers(matter: Matter, role: Role) -> set[int]:
    """Return the ids of those who hold a part: named, speaking for a named unit, or by office.

    Where an office reaches the whole commission and somebody holds it over the owning unit (a leader in
    charge of the room), it is theirs before it is the others'.
    """
    named = matter.parties.filter(role=role.key, until_at=None)
    persons = set(named.exclude(person=None).values_list("person_id", flat=True))
    today = timezone.localdate()
    units = list(named.exclude(unit=None).values_list("unit_id", flat=True))
    posts = Post.objects.held_on(today)
    if units:
        speaking = posts.filter(unit__in=units, roles__role__in=role.office or tuple(access.FOR_UNIT))
        persons |= set(speaking.values_list("person_id", flat=True))
    elif role.office and not persons:
        holders = posts.filter(roles__role__in=role.office)
        in_charge = holders.filter(unit__in=matter.owner.line)
        persons |= set(in_charge.values_list("person_id", flat=True))
        if not persons and role.within != "owner":
            persons |= set(holders.values_list("person_id", flat=True))
    return persons & set(Person.objects.filter(pk__in=persons).values_list("pk", flat=True))


def _own_acts(declared: Mechanism) -> Iterator[tuple[Act, Matter]]:
    for act in declared.acts:
        if "clock" not in act.by:
            continue
        stages = [stage.key for stage in declared.stages if declared.is_from(act, stage.key)]
        waiting = Matter.objects.filter(
            mechanism=declared.key, version=declared.version, stage__in=stages, standing=Matter.Standing.VALID
        )
        for matter in _each(waiting):
            yield act, matter


def _does(act: Act, matter: Matter, today: date) -> bool:
    """Let an act that its clock does happen, where it is time for it; return whether it did."""
    seen = snapshot_of(matter, today=today)
    if act.computes and not found_at(act, matter, Sheet())[1].is_something:
        return False
    if (act.when is not None and not act.when(seen)) or not all(gate.holds(seen) for gate in act.gates):
        return False
    return isinstance(perform(act.key, matter, by=None), Done)
