"""What people are told in the site: never the content of a matter, never at night."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from qingfeng.journal.straight import Question, insert_keyless
from qingfeng.matters import at_hand
from qingfeng.matters.district import quiet_hours
from qingfeng.matters.models import Matter, Notice
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Act, Mechanism
from qingfeng.organization.models import Person, Post, PostRole, Unit

SPEAK = ("unit_contact", "partner", "superior", "dept_head", "tracker")


def when_to_tell(now: datetime) -> datetime:
    """Return now, or the end of the district's quiet hours (Asia/Shanghai) where now lies in them."""
    since, until = quiet_hours()
    local = timezone.localtime(now)
    over_midnight = since > until
    quiet = local.hour >= since or local.hour < until if over_midnight else since <= local.hour < until
    if not quiet:
        return now
    day = local.date() + timedelta(days=1 if over_midnight and local.hour >= since else 0)
    return timezone.make_aware(datetime.combine(day, time(until)))


def tell(
    persons: Iterable[int], kind: str, matter: Matter | None, facts: Mapping[str, Any] | None = None
) -> None:
    """Tell persons, by id; once each.

    Args:
        persons: Ids.
        kind: `named`, `acted`, `declined`, `yellow`, `overdue`, `escalated`, `standing_in`, `handed_over` …
        matter: What it is about.
        facts: Keys only (an act, a clock), never content.
    """
    told = [one for one in dict.fromkeys(persons) if one]
    if not told:
        return
    now = timezone.now()
    shown_from = when_to_tell(now)
    insert_keyless(
        [
            Notice(
                person_id=one,
                matter=matter,
                kind=kind,
                facts=dict(facts or {}),
                at=now,
                shown_from=shown_from,
            )
            for one in told
        ]
    )


def tell_named(matter: Matter, named: Mapping[str, list[Person | Unit]]) -> set[int | None]:
    """Tell those who were given a part, and return their ids; subjects are told by slips.

    A unit that does not know of the matter yet is not told either.
    """
    told: set[int | None] = set()
    if not named:
        return told
    subjects = {one.role for one in at_hand.of(matter).parties() if one.is_subject}
    declared = mechanism(matter.mechanism, matter.version)
    subjects |= {role.key for role in declared.parties if role.told_by}
    for role, rows in named.items():
        if role not in subjects:
            people = people_of(rows)
            tell(people, "named", matter, {"role": role})
            told |= set(people)
    return told


def people_of(rows: Iterable[Person | Unit | None]) -> list[int]:
    """Return the ids of persons, and of those who speak for units."""
    units = [row.pk for row in rows if isinstance(row, Unit)]
    people = [row.pk for row in rows if isinstance(row, Person)]
    today = timezone.localdate()
    return people + [person for unit in units for (person,) in _SPEAKING(unit, today)]


def _speaking(unit: int, on: date) -> QuerySet[Post, tuple[int]]:
    """Ask for those who speak for a unit on a day: who hold a post there, and a role in it."""
    spoken = PostRole.objects.held_on(on).filter(post=OuterRef("pk"), role__in=SPEAK)
    held = Post.objects.held_on(on).filter(Exists(spoken), unit=unit)
    return held.order_by("pk").values_list("person")


_SPEAKING = Question(_speaking, "nd")


def tell_acted(matter: Matter, declared: Mechanism, act: Act, told: set[int | None]) -> None:
    """Tell those named on a matter that its stage has moved; not who moved it, nor who was told already.

    A unit that learns of the matter by this act (`Role.told_by`) is told that it is named.
    """
    for role in declared.parties:
        if act.key in role.told_by:
            here = matter.parties.filter(role=role.key, until_at=None, unit__isnull=False)
            people = people_of(one.unit for one in here.select_related("unit") if one.unit)
            tell((one for one in people if one not in told), "named", matter, {"role": role.key})
    if not act.to:
        return
    readers = {role.key for role in declared.parties if role.reads and not role.subject}
    persons = (one.person_id for one in at_hand.of(matter).parties() if one.role in readers)
    tell(
        (one for one in persons if one not in told),
        "acted",
        matter,
        {"act": act.key},
    )
