"""What the house does for a task force: names who was called and who signed, makes posts, ends access.

Law:
    监察法 Art. 18
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.matters import at_hand, following
from qingfeng.matters.answers import Refusal
from qingfeng.matters.computed import Found, find_with
from qingfeng.matters.conditions import Refused
from qingfeng.matters.leaving import end_parts
from qingfeng.matters.models import Matter, Performance
from qingfeng.matters.sheets import Sheet
from qingfeng.matters.today import today
from qingfeng.mechanisms.task_force.reaching import parts_through, people_of, title_of
from qingfeng.organization.models import Person
from qingfeng.organization.seconding import (
    cannot_be_lent,
    end_posts,
    end_secondment,
    is_own,
    posts_for,
    second,
)
from qingfeng.screening.errors import Problem

LONGEST_KEY = 19  # digits that every database takes for a key are fewer


def _named(matter: Matter, role: str) -> list[int]:
    held = at_hand.of(matter).parties()
    return [key for one in held if one.role == role and (key := one.person_id or one.unit_id)]


def _given(sheet: Sheet, ledger: str, column: str) -> list[int]:
    """Return the keys in a column of what is handed in; what is no key of a row its form refuses."""
    given = (str(line.get(column) or "") for line in sheet.lines.get(ledger, ()))
    return [int(one) for one in given if one.isdecimal() and len(one) < LONGEST_KEY]


def _changed(matter: Matter, sheet: Sheet) -> list[int]:
    """Return the persons of the lines of people that a sheet changes."""
    numbers = [int(no) for no in sheet.changes.get("people", {})]
    lines = matter.lines.filter(ledger="people", no__in=numbers).order_by("no")
    return [int(one.facts["person"]) for one in lines if one.facts.get("person")]


def departments(matter: Matter, sheet: Sheet) -> Found:
    """Name the departments that are written to, besides those named before."""
    return Found(
        parties={"department": [*_named(matter, "department"), *_given(sheet, "calls", "department")]}
    )


def called(matter: Matter, sheet: Sheet) -> Found:
    """Name who is called in, besides those who have not signed yet; say whom the house must not call."""
    fresh, on = _given(sheet, "people", "person"), today()
    there = {*_named(matter, "called"), *_named(matter, "member")}
    told = {
        "not_to_be_called": [one for one in fresh if cannot_be_lent(one, on)],
        "called_already": sorted(one for one, times in Counter(fresh).items() if one in there or times > 1),
    }
    return Found(told=told, parties={"called": [*_named(matter, "called"), *fresh]})


def signed(matter: Matter, sheet: Sheet) -> Found:
    """Let who signs be a member, and no longer somebody who was called."""
    who = _changed(matter, sheet)
    waiting = [one for one in _named(matter, "called") if one not in who]
    return Found(parties={"called": waiting, "member": [*_named(matter, "member"), *who]})


def declined(matter: Matter, sheet: Sheet) -> Found:
    """Let who does not join be called no longer."""
    gone = _changed(matter, sheet)
    return Found(parties={"called": [one for one in _named(matter, "called") if one not in gone]})


def joined(matter: Matter, performance: Performance) -> None:
    """Make a post for whoever signed and is not of our own staff, until the day before access ends."""
    _lend(matter, _of_lines(performance), timezone.localdate(performance.at))


def prolonged(matter: Matter, performance: Performance) -> None:
    """Make posts that go on for whoever is lent to the force."""
    on = timezone.localdate(performance.at)
    made = posts_for(title_of(matter)).filter(person__in=_named(matter, "member"))
    lent = set(made.values_list("person_id", flat=True))
    for person in Person.objects.in_bulk(lent).values():
        end_posts(person, title=title_of(matter), on=on)
    _lend(matter, lent, on)


def _lend(matter: Matter, persons: Iterable[int], on: date) -> None:
    last = date.fromisoformat(matter.facts["ends_on"]) - timedelta(days=1)
    for person in Person.objects.in_bulk(list(persons)).values():
        if is_own(person.pk, on) or last < on:
            continue
        try:
            second(person, matter.owner, title=title_of(matter), from_on=on, until_on=last)
        except Problem as problem:
            raise Refused(Refusal("role", str(problem))) from problem


def _of_lines(performance: Performance) -> list[int]:
    """Return the persons of the lines of people that an act changed."""
    lines: list[Any] = performance.entered.get("lines", [])
    return [int(facts["person"]) for ledger, _no, _state, facts in lines if ledger == "people"]


def left(matter: Matter, performance: Performance) -> None:
    """End all that somebody reaches through the force."""
    _end(matter, performance, _of_lines(performance))


def ended(matter: Matter, performance: Performance) -> None:
    """End all that everybody reaches through the force."""
    _end(matter, performance, people_of(matter))


def _end(matter: Matter, performance: Performance, persons: Collection[int]) -> None:
    reason = _("The part in %(number)s has ended.") % {"number": matter.number}
    on = timezone.localdate(performance.at)
    reached, people = parts_through(matter, persons), Person.objects.in_bulk(list(persons))
    for person in persons:
        there = [one.matter_id for one in reached.get(person, ())]
        end_parts(person, [*there, matter.pk], of=matter, at=performance.at, reason=reason)
        end_secondment(people[person], title=title_of(matter), on=on)


def join() -> None:
    """Let the kernel know what the acts of a force name; called once, at start-up."""
    for key, function in (
        ("departments", departments),
        ("called", called),
        ("signed", signed),
        ("declined", declined),
    ):
        find_with(f"task_force.{key}", function)
    for key, does in (("joined", joined), ("prolonged", prolonged), ("left", left), ("ended", ended)):
        following.follow_with(f"task_force.{key}", does)
