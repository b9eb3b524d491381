"""Who carries what in the units that somebody leads: people by the lights of their duties.

A duty is a running clock that somebody named on the matter bears, or a ledger line that their part
carries. A clock that only an office bears stands with its unit, not with a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from qingfeng.desk.duties import Duty, carries
from qingfeng.desk.levels import views_of
from qingfeng.desk.lights import Opened, clock_of, light
from qingfeng.look import said
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Role
from qingfeng.organization.models import Post, StandIn, Unit
from qingfeng.organization.viewer import Viewer

LEADERS = ("dept_head", "deputy", "principal")
MOST_MATTERS = 3_000
MOST_SHOWN = 12
SOON_DAYS = 3


@dataclass
class Carrier:
    """Somebody with what they carry, or a unit with what only its office bears.

    Attributes:
        name: Of the person or unit.
        post: What they hold.
        person_id: None for a unit.
        matters: How many open matters they are named on.
        duties: Nearest first.
        away: Who stands in for them today, and until when.
    """

    name: str
    post: str = ""
    person_id: int | None = None
    matters: int = 0
    duties: list[Duty] = field(default_factory=list)
    away: list[tuple[str, Any]] = field(default_factory=list)

    def lit(self, state: str) -> int:
        """Return how many duties have a light."""
        return sum(duty.light.state == state for duty in self.duties)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Red, yellow, green with how many duties have that light."""
        return [(state, self.lit(state)) for state in ("red", "yellow", "green")]

    @property
    def shown(self) -> list[Duty]:
        """The nearest duties."""
        return self.duties[:MOST_SHOWN]

    @property
    def is_free(self) -> bool:
        """Whether there is nothing to say of them: nothing open, nobody standing in."""
        return not (self.matters or self.duties or self.away)

    @property
    def further(self) -> int:
        """How many duties come after the nearest."""
        return max(0, len(self.duties) - 1)

    @property
    def more(self) -> int:
        """How many further duties there are."""
        return max(0, len(self.duties) - MOST_SHOWN)


@dataclass
class Room:
    """One of our units: its people, and what its office bears."""

    unit: Unit
    people: list[Carrier]
    office: Carrier

    @property
    def carrying(self) -> list[Carrier]:
        """People with something open or due, the most overdue first."""
        found = [one for one in self.people if not one.is_free]
        return sorted(found, key=lambda one: (-one.lit("red"), -one.lit("yellow"), -len(one.duties)))

    @property
    def free(self) -> list[Carrier]:
        """People with nothing open."""
        return [one for one in self.people if one.is_free]


def leads_units(viewer: Viewer) -> bool:
    """Return whether somebody leads units: a head, a leader in charge, the principal."""
    return viewer.person_id is not None and not viewer.is_administrator and viewer.has(*LEADERS)


def rooms_of(viewer: Viewer) -> list[Room]:
    """Return the rooms under somebody with who carries what; queries do not grow with people or matters."""
    units = list(viewer.units_under(*LEADERS).filter(is_ours=True).open_on(viewer.on).order_by("path"))
    posts = Post.objects.held_on(viewer.on).filter(unit__in=units).select_related("person")
    posts = posts.exclude(is_main=False, roles__role="deputy")  # who is in charge of a room is not of it
    rooms = {unit.pk: Room(unit, [], Carrier(str(unit))) for unit in units}
    people: dict[int, Carrier] = {}
    for post in posts.order_by("unit__path", "-is_main", "from_on", "pk"):
        if post.person_id not in people:
            people[post.person_id] = Carrier(post.person.name, post.title, post.person_id)
            rooms[post.unit_id].people.append(people[post.person_id])
    _stand_ins(viewer, people)
    _give(viewer, rooms, people)
    return [room for room in rooms.values() if room.people or room.office.duties]


def _stand_ins(viewer: Viewer, people: dict[int, Carrier]) -> None:
    rows = StandIn.objects.held_on(viewer.on).filter(principal__in=people).select_related("stand_in")
    for row in rows.order_by("until_on", "pk"):
        people[row.principal_id].away.append((row.stand_in.name, row.until_on))


def _give(viewer: Viewer, rooms: dict[int, Room], people: dict[int, Carrier]) -> None:
    """Give every duty that the viewer may know of to whom it belongs."""
    seen = access.visible(viewer).filter(is_open=True, standing=Matter.Standing.VALID)
    named = _named(seen, people)
    for person, carrier in people.items():
        carrier.matters = sum(person in roles for roles in named.values())
    owned = set(
        seen.filter(owner__in=rooms).order_by("due_on", "pk").values_list("pk", flat=True)[:MOST_MATTERS]
    )
    keys = {*named, *owned}
    views = views_of(viewer, Matter.objects.filter(pk__in=keys).only("pk"))
    for bare, bearer in (*_clocks(keys, viewer, Opened()), *_lines(keys, viewer)):
        duty = replace(bare, title=_title(bare.matter, views))
        holders = [key for key, roles in named.get(duty.matter.pk, {}).items() if roles & bearer]
        for key in holders:
            people[key].duties.append(duty)
        if not holders and duty.matter.owner_id in rooms:
            rooms[duty.matter.owner_id].office.duties.append(duty)
    for carrier in (*people.values(), *(room.office for room in rooms.values())):
        carrier.duties.sort(key=lambda one: (one.due_on, one.matter.pk))


def _named(seen: QuerySet[Matter], people: Iterable[int]) -> dict[int, dict[int, set[str]]]:
    """Return the roles of these people by matter and person; confidential parts stay unknown."""
    rows = Party.objects.filter(
        person__in=list(people), until_at=None, is_subject=False, matter__in=seen.values("pk")
    )
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    columns = ("matter_id", "matter__mechanism", "matter__version", "person_id", "role")
    for matter, kind, version, person, key in rows.order_by("-pk").values_list(*columns)[: 2 * MOST_MATTERS]:
        role = _role(kind, version, key)
        if role is not None and not role.confidential:
            found[matter][person].add(key)
    return found


def _role(kind: str, version: int, key: str) -> Role | None:
    try:
        return mechanism(kind, version).role(key)
    except LookupError:
        return None


def _clocks(keys: Iterable[int], viewer: Viewer, opened: Opened) -> Iterator[tuple[Duty, set[str]]]:
    rows = ClockRun.objects.filter(matter__in=list(keys), state=ClockRun.State.RUNNING, due_on__isnull=False)
    for run in rows.select_related("matter__owner"):
        clock = clock_of(run, run.matter.mechanism, run.matter.version)
        if clock is not None and run.due_on is not None:
            lit = light(run, clock, viewer.on, opened)
            yield Duty(run.matter, clock.name, run.due_on, lit), {clock.bears}


def _lines(keys: Iterable[int], viewer: Viewer) -> Iterator[tuple[Duty, set[str]]]:
    rows = LedgerLine.objects.filter(matter__in=list(keys), is_done=False, due_on__isnull=False)
    for line in rows.select_related("matter__owner"):
        declared = mechanism(line.matter.mechanism, line.matter.version)
        bearers = {role.key for role in declared.parties if line.ledger in carries(declared, role.key)}
        if line.due_on is not None:
            left = (line.due_on - viewer.on).days
            state = "red" if left < 0 else "yellow" if left <= SOON_DAYS else "green"
            lit = Light(state, line.due_on, said.left(left))
            yield Duty(line.matter, declared.ledger(line.ledger).name, line.due_on, lit), bearers


def _title(matter: Matter, views: dict[int, Any]) -> str:
    is_whole = views.get(matter.pk) == "whole"
    return matter.title if is_whole else str(mechanism(matter.mechanism, matter.version).name)
