"""What posts reach and what binds a person, as plain values; lists and single matters begin with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import reduce
from hashlib import blake2b
from operator import or_

from django.db.models import Q, QuerySet
from django.utils import timezone

from qingfeng.journal.composing import rows
from qingfeng.matters.models import Party
from qingfeng.matters.registry import every_version, mechanisms
from qingfeng.matters.vocabulary import Confidentiality, Mechanism, Role
from qingfeng.organization.conflicts import Conflicts, conflicts_of
from qingfeng.organization.models import Person
from qingfeng.organization.roles import NAMED_ONLY, ROLES
from qingfeng.organization.viewer import HeldPost, StandsFor, Viewer, roles_by_unit

FOR_UNIT = frozenset({"unit_contact", "committee_secretary", "partner", "superior"})
UP_THE_LINE = frozenset({"dept_head", "deputy", "registrar"})
OPEN_LEVELS = (Confidentiality.ORDINARY.value, Confidentiality.INTERNAL.value)
BOUND, STOOD_FOR, UNDER = "_bound_by", "_stood_for", "_units_under"  # what a viewer was asked once
QUESTION = "_question"


def stood_for(away: StandsFor, viewer: Viewer) -> Viewer:
    """Return the viewer that an absent person would be, from what is known already; no query, made once."""
    kept: dict[int, Viewer] = viewer.__dict__.setdefault(STOOD_FOR, {})
    if away.stand_in_id not in kept:
        kept[away.stand_in_id] = Viewer(
            viewer.on, None, away.person_id, away.name, away.posts, (), roles_by_unit(away.posts)
        )
    return kept[away.stand_in_id]


def parties_on(on: date) -> QuerySet[Party]:
    """Return the parts that were held on a day; for a day gone by, those of its end."""
    if on >= timezone.localdate():
        return Party.objects.filter(until_at=None)
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    return Party.objects.filter(since_at__lt=end).filter(Q(until_at=None) | Q(until_at__gte=end))


def own_roles() -> frozenset[str]:
    """Return the roles in which somebody reads what is kept about them: see `Role.own`."""
    return frozenset(role.key for one in every_version() for role in one.parties if role.own)


def named_only() -> frozenset[str]:
    """Return the kinds of matter that are known only to those who are named (`Mechanism.named_only`)."""
    return frozenset(one.key for one in every_version() if one.named_only)


def named_in_q(person: int | None) -> Q:
    """Return the condition, over parts, that somebody is named and may read by it."""
    return Q(person=person) & (Q(is_subject=False) | Q(role__in=sorted(own_roles())))


def quiet_roles() -> dict[str, set[str]]:
    """Return the roles in which a named person reads only their own part, by kind: see `Role.reads`."""
    quiet: dict[str, set[str]] = {}
    for one in every_version():
        for role in one.parties:
            if role.kind == "person" and not (role.reads or role.office or role.subject):
                quiet.setdefault(one.key, set()).add(role.key)
    return quiet


def quietly_q() -> Q:
    """Return the condition, over parts, that a person is named and reads only their own part by it."""
    kinds = sorted(quiet_roles().items())
    return reduce(
        or_, (Q(matter__mechanism=kind, role__in=sorted(roles)) for kind, roles in kinds), Q(pk__in=())
    )


def everybodys_roles() -> dict[str, set[str]]:
    """Return the roles that the three administrators play too, named, by kind: see `Role.by_everybody`."""
    found: dict[str, set[str]] = {}
    for one in every_version():
        for role in one.parties:
            if role.by_everybody:
                found.setdefault(one.key, set()).add(role.key)
    return found


def everybodys_q() -> Q:
    """Return the condition, over parts, that an administrator who is named has the own part by it."""
    kinds = sorted(everybodys_roles().items())
    return reduce(
        or_, (Q(matter__mechanism=kind, role__in=sorted(roles)) for kind, roles in kinds), Q(pk__in=())
    )


def question_of(viewer: Viewer) -> str:
    """Return what tells one reader's queries from another's: everything that decides what they may see.

    Two viewers with the same answer see the same matters, by the same statement (`journal.composing`).
    """
    kept: str | None = viewer.__dict__.get(QUESTION)
    if kept is None:
        hands = [viewer, *(stood_for(away, viewer) for away in viewer.stands_in_for)]
        told = [
            (
                one.on,
                one.person_id,
                one.posts,
                one.stands_in_for,
                sorted(one.roles.items()),
                sorted(_paths_under(one).items()),
                [sorted(keys) for keys in bound_by(one)],
            )
            for one in hands
        ]
        known = [(one.key, one.version, id(one)) for one in every_version()]
        text = repr((timezone.localdate(), viewer.is_administrator, told, known))
        kept = viewer.__dict__[QUESTION] = blake2b(text.encode(), digest_size=16).hexdigest()
    return kept


def rooms_over(posts: Iterable[HeldPost]) -> frozenset[int]:
    """Return keys of the units in or below which posts are held, up to the root."""
    return frozenset(int(key) for post in posts for key in post.unit_path.split("/") if key)


def units_spoken_for(viewer: Viewer) -> frozenset[int]:
    """Return the units that somebody speaks for: as a contact, or as own staff of a unit.

    A leader in charge (分管) is over a room, not of it.
    """
    return frozenset(post.unit_id for post in viewer.posts if any(_speaks_in(role) for role in post.roles))


def _speaks_in(role: str) -> bool:
    return role in FOR_UNIT or (role != "deputy" and _is_staff(role))


def _is_staff(role: str) -> bool:
    return ROLES[role].is_ours and ROLES[role].reads_matters and role not in NAMED_ONLY


def offices(viewer: Viewer) -> Iterator[tuple[Mechanism, Role, frozenset[int]]]:
    """Yield the roles of mechanisms that somebody's office gives, with the units it reaches."""
    for one in mechanisms():
        yield from offices_in(one, viewer)


def offices_in(one: Mechanism, viewer: Viewer) -> Iterator[tuple[Mechanism, Role, frozenset[int]]]:
    """Yield the roles of one mechanism that somebody's office gives, with the units it reaches."""
    for role in one.parties:
        held = viewer.roles.keys() & set(role.office)
        if held:
            yield one, role, under(viewer, held)


def under(viewer: Viewer, roles: Iterable[str]) -> frozenset[int]:
    """Return keys of the units in which one of the roles is held, with all below; one query for all."""
    heads = tuple(path for role in roles for path in viewer.roles.get(role, ()))
    return frozenset(key for key, path in _paths_under(viewer).items() if path.startswith(heads))


def _paths_under(viewer: Viewer) -> dict[int, str]:
    """Return the paths of all units in which any role is held, with all below, by key."""
    paths: dict[int, str] | None = viewer.__dict__.get(UNDER)
    if paths is None:
        there = rows(
            ("units under", *sorted(viewer.roles.items())),
            lambda: viewer.units_under(*sorted(viewer.roles)).order_by().values_list("pk", "path"),
        )
        paths = viewer.__dict__[UNDER] = dict(there)
    return paths


def staffed(viewer: Viewer) -> frozenset[int] | None:
    """Return the units whose matters somebody of the commission's own people sees, None for others."""
    ours = {key for key in viewer.roles if _is_staff(key)}
    if not ours:
        return None
    units = {post.unit_id for post in viewer.posts if post.roles & ours}
    return frozenset(units | under(viewer, viewer.roles.keys() & UP_THE_LINE))


def bound_by(viewer: Viewer) -> tuple[frozenset[int], frozenset[int]]:
    """Return keys of the units and persons that bind somebody.

    A contact of a unit is bound to it by being its contact: the own unit is no ground for those
    who act for no commission. A viewer lives as long as a request, and is asked once.
    """
    kept: tuple[frozenset[int], frozenset[int]] | None = viewer.__dict__.get(BOUND)
    if kept is None:
        kept = viewer.__dict__[BOUND] = _bound_by(viewer)
    return kept


def _bound_by(viewer: Viewer) -> tuple[frozenset[int], frozenset[int]]:
    found: Conflicts = conflicts_of(Person(pk=viewer.person_id), on=viewer.on)
    outside = is_outside(viewer)
    free = {"own_unit", "colleague"} if outside else set()
    units = {key for key, why in found.units.items() if {one.ground for one in why} - free}
    persons = {key for key, why in found.persons.items() if {one.ground for one in why} - free}
    return frozenset(units), frozenset(persons)


def is_outside(viewer: Viewer) -> bool:
    """Return whether somebody acts for a unit or body outside the commission only."""
    return bool(viewer.roles) and not viewer.is_ours
