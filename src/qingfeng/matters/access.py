"""Who may see and do what: the one place that decides.

Role in the unit tree × part on the matter × confidentiality × recusal. What somebody may not see
does not exist for them: every list, count, search, export, feed and page begins with `visible`.

| reader | ordinary | internal | restricted |
|---|---|---|---|
| named on the matter | whole | whole | whole |
| unit named on it (its contact) | own part, or whole where the role reads | same | same |
| office of the mechanism | whole | whole | only where the role says `restricted` |
| head, leader in charge, registrar of the owning unit or above | whole | whole | – |
| own staff of the owning unit | whole | whole | – |
| other own staff | whole | – | – |
| principal | whole | whole | card |
| the three administrators, outsiders not named | – | – | – |
| anybody recused | – | – | – |
| emergency access (break-glass) | whole | whole | whole, never sealed fields |

Law:
    监察法 Art. 18 (secrets), Art. 67 (recusal)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from qingfeng.matters.models import BreakGlass, Matter, Party, RecusalDecision
from qingfeng.matters.registry import UnknownMechanism, every_version, mechanism, mechanisms
from qingfeng.matters.vocabulary import Act, Confidentiality, Mechanism, Role
from qingfeng.organization.conflicts import Conflicts, conflicts_of
from qingfeng.organization.models import Person
from qingfeng.organization.roles import ROLES
from qingfeng.organization.viewer import StandsFor, Viewer, roles_by_unit

View = Literal["whole", "card", "part", ""]
FOR_UNIT = frozenset({"unit_contact", "committee_secretary", "partner", "superior"})
UP_THE_LINE = frozenset({"dept_head", "deputy", "registrar"})
OPEN_LEVELS = (Confidentiality.ORDINARY.value, Confidentiality.INTERNAL.value)
BOUND, STOOD_FOR, UNDER = "_bound_by", "_stood_for", "_units_under"  # what a viewer was asked once
NOBODY = Q(pk__in=())
EVERYBODY = ~NOBODY  # an empty Q would vanish beside another one


@dataclass(frozen=True)
class Part:
    """The part in which somebody acts.

    Attributes:
        role: Key of the role.
        for_person_id: Whom they stand in for, or None.
    """

    role: str
    for_person_id: int | None = None


def visible(viewer: Viewer | None) -> QuerySet[Matter]:
    """Return the matters that somebody may know of, whole or in part."""
    return Matter.objects.filter(may_see_q(viewer))


def may_see_q(viewer: Viewer | None) -> Q:
    """Return the condition itself, for a query over matters."""
    if viewer is None or viewer.person_id is None or viewer.is_administrator:
        return NOBODY
    seen = _reached(viewer, units_spoken_for(viewer), _glasses(viewer))
    for away in viewer.stands_in_for:
        other = stood_for(away, viewer)
        seen |= _reached(other, ()) & Q(mechanism__in=away.kinds) & ~recused_q(other)
    return seen & ~recused_q(viewer)


def _reached(viewer: Viewer, spoken: Iterable[int], glasses: QuerySet[BreakGlass] | None = None) -> Q:
    """Return the condition that somebody reaches a matter: by office, by being named, through broken glass.

    What outsiders reach is one list of keys, from which a database starts. What an office reaches is a
    condition on the matter's own columns first, and a look at its parties.
    """
    named = Q(person=viewer.person_id, is_subject=False) | (Q(unit__in=spoken) if spoken else NOBODY)
    columns, through = _by_columns(viewer), _through_units(viewer)
    parties = parties_on(viewer.on)
    if columns is None:
        lists = [parties.filter(party, kind).values("matter") for party, kind in through]
        lists += [glasses.values("matter")] if glasses is not None else []
        mine = parties.filter(named).values("matter")
        return Q(pk__in=mine.union(*lists) if lists else mine)
    here = parties.filter(matter=OuterRef("pk"))
    seen = columns | Q(Exists(here.filter(named)))
    for party, kind in through:
        seen |= Q(Exists(here.filter(party, kind)))
    return seen | Q(Exists(glasses.filter(matter=OuterRef("pk")))) if glasses is not None else seen


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


def _named(person: int, on: date) -> Q:
    return Q(Exists(parties_on(on).filter(matter=OuterRef("pk"), person=person, is_subject=False)))


def _glass(viewer: Viewer) -> Q:
    return Q(Exists(_glasses(viewer).filter(matter=OuterRef("pk"))))


def _glasses(viewer: Viewer) -> QuerySet[BreakGlass]:
    broken = BreakGlass.objects.filter(person=viewer.person_id)
    if viewer.on >= timezone.localdate():
        return broken.filter(expires_at__gt=timezone.now())
    return broken.filter(at__date__lte=viewer.on, expires_at__date__gte=viewer.on)


def units_spoken_for(viewer: Viewer) -> frozenset[int]:
    """Return the units that somebody speaks for: as a contact, or as own staff of a unit."""
    return frozenset(post.unit_id for post in viewer.posts if any(_speaks_in(role) for role in post.roles))


def _speaks_in(role: str) -> bool:
    return role in FOR_UNIT or (ROLES[role].is_ours and ROLES[role].reads_matters)


def _offices(viewer: Viewer) -> Iterator[tuple[Mechanism, Role, frozenset[int]]]:
    """Yield the roles of mechanisms that somebody's office gives, with the units it reaches."""
    for one in mechanisms():
        for role in one.parties:
            held = viewer.roles.keys() & set(role.office)
            if held:
                yield one, role, _under(viewer, held)


def _by_columns(viewer: Viewer) -> Q | None:
    """Return what an office reaches by a matter's kind, owner and level; None for nothing."""
    if viewer.has("principal"):
        return EVERYBODY
    kinds: dict[tuple[bool, frozenset[int] | None], set[str]] = {}
    for one, role, units in _offices(viewer):
        if role.within in {"any", "owner"}:
            reach = None if role.within == "any" else units
            kinds.setdefault((role.restricted, reach), set()).add(one.key)
    found = _own_staff(viewer)
    for (restricted, reach), keys in kinds.items():
        here = Q(mechanism__in=sorted(keys))
        here &= Q() if reach is None else Q(owner__in=reach)
        here &= Q() if restricted else Q(confidentiality__in=OPEN_LEVELS)
        found = here if found is None else found | here
    return found


def _through_units(viewer: Viewer) -> list[tuple[Q, Q]]:
    """Return what an office reaches through a named unit: conditions of the party and of its matter."""
    kinds: dict[tuple[bool, str, frozenset[int]], set[str]] = {}
    for one, role, units in _offices(viewer):
        if role.within not in {"any", "owner"} and units:
            kinds.setdefault((role.restricted, role.within, units), set()).add(one.key)
    return [
        (
            Q(role=within, unit__in=units),
            Q(matter__mechanism__in=sorted(keys))
            & (Q() if restricted else Q(matter__confidentiality__in=OPEN_LEVELS)),
        )
        for (restricted, within, units), keys in kinds.items()
    ]


def _within(viewer: Viewer, role: Role, held: Iterable[str]) -> Q:
    if role.within == "any":
        return Q()
    units = _under(viewer, held)
    if role.within == "owner":
        return Q(owner__in=units)
    return Q(Exists(parties_on(viewer.on).filter(matter=OuterRef("pk"), role=role.within, unit__in=units)))


def _under(viewer: Viewer, roles: Iterable[str]) -> frozenset[int]:
    """Return keys of the units in which one of the roles is held, with all below; one query for all."""
    paths: dict[int, str] | None = viewer.__dict__.get(UNDER)
    if paths is None:
        under = viewer.units_under(*sorted(viewer.roles))
        paths = viewer.__dict__[UNDER] = dict(under.order_by().values_list("pk", "path"))
    heads = tuple(path for role in roles for path in viewer.roles.get(role, ()))
    return frozenset(key for key, path in paths.items() if path.startswith(heads))


def _own_staff(viewer: Viewer) -> Q | None:
    ours = {key for key in viewer.roles if ROLES[key].is_ours and ROLES[key].reads_matters}
    if not ours:
        return None
    units = {post.unit_id for post in viewer.posts if post.roles & ours}
    units |= _under(viewer, viewer.roles.keys() & UP_THE_LINE)
    ordinary = Q(confidentiality=Confidentiality.ORDINARY.value)
    return ordinary | Q(owner__in=units, confidentiality__in=OPEN_LEVELS)


def recused_q(viewer: Viewer) -> Q:
    """Return the condition under which a matter does not exist for somebody who is recused."""
    decided = RecusalDecision.objects.filter(matter=OuterRef("pk"), person=viewer.person_id, until_at=None)
    about = parties_on(viewer.on).filter(matter=OuterRef("pk"), is_subject=True)
    units, persons = bound_by(viewer)
    bound = Q(person__in=persons) | Q(unit__in=units) if units else Q(person__in=persons)
    return Q(Exists(decided)) | Q(Exists(about.filter(bound)))


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


def may_see(viewer: Viewer | None, matter: Matter) -> bool:
    """Return whether a matter exists for somebody."""
    return visible(viewer).filter(pk=matter.pk).exists()


def whole_q(viewer: Viewer | None) -> Q:
    """Return the condition under which `view_of` is "whole", for lists, exports, search and statistics."""
    return may_see_q(viewer) & read_whole_q(viewer)


def read_whole_q(viewer: Viewer | None) -> Q:
    """Return the condition under which a matter that somebody may see is seen whole."""
    if viewer is None or viewer.person_id is None or viewer.is_administrator:
        return NOBODY
    whole = _named(viewer.person_id, viewer.on) | _glass(viewer)
    units = units_spoken_for(viewer)
    held_here = parties_on(viewer.on).filter(matter=OuterRef("pk"))
    if is_outside(viewer):
        return whole | _by_reading_roles(held_here, units) if units else whole
    whole |= Q(confidentiality__in=OPEN_LEVELS) | Q(Exists(held_here.filter(unit__in=units)))
    for away in viewer.stands_in_for:
        whole |= Q(Exists(held_here.filter(person=away.person_id)), mechanism__in=away.kinds)
    held = viewer.roles.keys()
    for one in every_version():
        if any(role.restricted and held & set(role.office) for role in one.parties):
            whole |= Q(mechanism=one.key, version=one.version)
    return whole


def _by_reading_roles(held_here: QuerySet[Party], units: frozenset[int]) -> Q:
    found = NOBODY
    for one in every_version():
        roles = [role.key for role in one.parties if role.reads and role.kind == "unit"]
        if roles:
            mine = Exists(held_here.filter(unit__in=units, role__in=roles))
            found |= Q(mine, mechanism=one.key, version=one.version)
    return found


def view_of(viewer: Viewer | None, matter: Matter) -> View:
    """Return how much of a matter somebody sees: whole, its card, the own part, or nothing."""
    if viewer is None or not may_see(viewer, matter):
        return ""
    parties = list(parties_on(viewer.on).filter(matter=matter))
    declared = mechanism(matter.mechanism, matter.version)
    if any(party.person_id == viewer.person_id for party in parties) or _is_broken_open(viewer, matter):
        return "whole"
    if is_outside(viewer):
        units = units_spoken_for(viewer)
        roles = {party.role for party in parties if party.unit_id in units}
        return "whole" if any(declared.role(key).reads for key in roles) else "part"
    if matter.confidentiality != Confidentiality.RESTRICTED.value:
        return "whole"
    return "card" if not _restricted_office(viewer, declared, parties) else "whole"


def _restricted_office(viewer: Viewer, declared: Mechanism, parties: list[Party]) -> bool:
    held = viewer.roles.keys()
    if any(role.restricted and held & set(role.office) for role in declared.parties):
        return True
    away = {one.person_id for one in viewer.stands_in_for if declared.key in one.kinds}
    units = units_spoken_for(viewer)
    return any(party.person_id in away or party.unit_id in units for party in parties)


def _is_broken_open(viewer: Viewer, matter: Matter) -> bool:
    return BreakGlass.objects.filter(
        matter=matter, person=viewer.person_id, expires_at__gt=timezone.now()
    ).exists()


def part_in(viewer: Viewer, matter: Matter, act: Act, declared: Mechanism | None = None) -> Part | None:
    """Return the part in which somebody may perform an act, or None.

    The own part comes before standing in; nobody stands in across a recusal of either.
    """
    declared = declared or mechanism(matter.mechanism, matter.version)
    parties = list(matter.parties.filter(until_at=None))
    own = _part(viewer, matter, act.by, declared, parties)
    if own:
        return Part(own)
    for away in viewer.stands_in_for:
        if matter.mechanism not in away.kinds:
            continue
        other = stood_for(away, viewer)
        role = _part(other, matter, act.by, declared, parties)
        if role and not Matter.objects.filter(pk=matter.pk).filter(recused_q(other)).exists():
            return Part(role, away.person_id)
    return None


def _part(
    viewer: Viewer, matter: Matter, roles: Iterable[str], declared: Mechanism, parties: list[Party]
) -> str:
    if viewer.person_id is None or viewer.is_administrator:
        return ""
    for key in roles:
        if key == "clock":
            continue
        role = declared.role(key)
        mine = [one for one in parties if one.role == key]
        if role.kind == "unit":
            units = units_spoken_for(viewer)
            if any(one.unit_id in units for one in mine) and _speaks(viewer, role):
                return key
        elif any(one.person_id == viewer.person_id for one in mine):
            return key
        held = viewer.roles.keys() & set(role.office)
        if held and role.kind == "person" and _is_within(viewer, matter, role, held):
            return key
    return ""


def _is_within(viewer: Viewer, matter: Matter, role: Role, held: Iterable[str]) -> bool:
    return role.within == "any" or Matter.objects.filter(_within(viewer, role, held), pk=matter.pk).exists()


def _speaks(viewer: Viewer, role: Role) -> bool:
    """Whether somebody may act for a unit: in one of the role's offices, else as who speaks for it."""
    return bool(viewer.roles.keys() & set(role.office)) if role.office else True


def may_open(viewer: Viewer | None, declared: Mechanism) -> str:
    """Return the role in which somebody may open a matter of a kind, or ""."""
    if viewer is None or viewer.person_id is None or viewer.is_administrator:
        return ""
    for key in declared.opened_by:
        if viewer.roles.keys() & set(declared.role(key).office):
            return key
    return ""


def has_acted_as(matter: Matter, person: int, roles: Iterable[str]) -> bool:
    """Return whether a person is named in, or has acted in, one of the roles on a matter."""
    roles = list(roles)
    named = matter.parties.filter(role__in=roles, person=person, until_at=None).exists()
    acted = matter.story.filter(Q(by=person) | Q(for_person=person) | Q(second=person), as_role__in=roles)
    return named or acted.filter(undone_by=None).exists()


def known_mechanisms(viewer: Viewer | None) -> list[Mechanism]:
    """Return the kinds of matter that somebody may open or has any of, by key."""
    if viewer is None or viewer.person_id is None or viewer.is_administrator:
        return []
    there = set(visible(viewer).values_list("mechanism", flat=True).distinct())
    return [one for one in mechanisms() if one.key in there or may_open(viewer, one)]


def declared_of(matter: Matter) -> Mechanism | None:
    """Return the declaration that a matter stands on, or None if its file is missing."""
    try:
        return mechanism(matter.mechanism, matter.version)
    except UnknownMechanism:
        return None
