"""Who checks an entry of the daily record: whoever led the person on the day it is about.

A move takes nothing away and gives nobody a check of what they did not see. Where whoever led on that day is
no longer here, or is parted from the person by now, whoever leads today checks it, and the entry says why.

Law:
    公务员考核规定 [verify]: whoever is moved is assessed by the new unit; the old one gives what it knows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.rosters import Office, office_on
from qingfeng.organization.models import Post, PostRole


@dataclass(frozen=True)
class Check:
    """Who checks an entry.

    Attributes:
        persons: By key; empty where there is nobody.
        since_moved: Short name of the unit in which the person served on that day, where it is another
            than today's; "" otherwise.
        led: Who led the person on that day, whether they are here or not.
        path: Line of the unit in which the person serves today, or served then; "" where there is none.
    """

    persons: frozenset[int]
    led: frozenset[int]
    path: str = ""
    since_moved: str = ""

    @property
    def is_stood_in(self) -> bool:
        """Whether who checks it stands in for who led."""
        return bool(self.led) and not self.persons & self.led


def checks_of(entries: Iterable[Daily], on: date) -> dict[int, Check]:
    """Return who checks each of some entries, by its key, as it stands on a day."""
    rows = list(entries)
    offices = offices_on({one.day for one in rows} | {on})
    return {one.pk: _check(one.person_id, offices[one.day], offices[on]) for one in rows}


def offices_on(days: Iterable[date]) -> dict[date, Office]:
    """Return the office on each of some days; days between which nobody's post changed share one."""
    wanted = sorted(set(days))
    changes = _changes(wanted[0], wanted[-1])
    shared: dict[int, Office] = {}
    found = {}
    for day in reversed(wanted):
        place = bisect_right(changes, day)
        found[day] = shared[place] if place in shared else shared.setdefault(place, office_on(day))
    return found


def _changes(since: date, until: date) -> list[date]:
    """Return the days after the first on which a post or a role begins, or has ended the day before."""
    found: set[date] = set()
    for model in (Post, PostRole):
        for begins, ends in model.objects.overlapping(since, until).values_list("from_on", "until_on"):
            found |= {begins, *([ends + timedelta(days=1)] if ends else [])}
    return sorted(day for day in found if since < day <= until)


def _check(person: int, then: Office, now: Office) -> Check:
    was, is_held = then.held.get(person), now.held.get(person)
    led = frozenset(then.leaders_of(was) if was else ())
    here = frozenset(one for one in led if one in now.held and now.may_judge(one, person))
    old = then.units[was.unit] if was else None
    new = now.units[is_held.unit] if is_held else None
    unit = new or old
    path = unit.path if unit else ""
    name = (old.short_name or old.name) if old and old != new else ""
    return Check(here or frozenset(now.leaders_of(is_held) if is_held else ()), led, path, name)
