"""Who may see and do what: the one place that decides.

Role in the unit tree × part on the matter × confidentiality × recusal. What somebody may not see
does not exist for them: every list, count, search, export, feed and page begins with `visible`.

| reader | ordinary | internal | restricted |
|---|---|---|---|
| named on the matter | whole | whole | whole |
| named in a part that does not read (`Role.reads`) | own part | own part | own part |
| lent (`seconded`), not named | – | – | – |
| unit named on it (its contact) | own part, or whole where the role reads | same | same |
| office of the mechanism | whole | whole | only where the role says `restricted`; card: `Role.card` |
| head, leader in charge, registrar of the owning unit or above | whole | whole | – |
| own staff of the owning unit | whole | whole | – |
| other own staff | whole | – | – |
| principal | whole | whole | card |
| the three administrators, outsiders not named | – | – | – |
| an administrator named where everybody is (`Role.by_everybody`) | own part | own part | own part |
| subject who may read their own (`Role.own`) | whole | whole | whole |
| unit that was not told yet (`Role.told_by`) | – | – | – |
| anybody recused | – | – | – |
| emergency access (break-glass) | whole | whole | whole, never sealed fields |
| not named on a matter of a kind that is `named_only` | – | – | – |

Law:
    监察法 Art. 18 (secrets), Art. 67 (recusal)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from qingfeng.journal import composing
from qingfeng.matters import at_hand
from qingfeng.matters.at_hand import Part, View
from qingfeng.matters.models import BreakGlass, Matter, Party, RecusalDecision
from qingfeng.matters.reach import (
    FOR_UNIT,
    OPEN_LEVELS,
    bound_by,
    everybodys_q,
    is_outside,
    named_in_q,
    named_only,
    offices,
    own_roles,
    parties_on,
    question_of,
    quiet_roles,
    quietly_q,
    rooms_over,
    staffed,
    stood_for,
    units_spoken_for,
)
from qingfeng.matters.registry import UnknownMechanism, every_version, mechanism
from qingfeng.matters.vocabulary import Act, Confidentiality, Mechanism
from qingfeng.organization.roles import ADMINISTRATORS
from qingfeng.organization.viewer import Viewer

__all__ = [
    "FOR_UNIT",
    "Part",
    "View",
    "bound_by",
    "is_outside",
    "parties_on",
    "question_of",
    "stood_for",
    "units_spoken_for",
]
NOBODY = Q(pk__in=())
EVERYBODY = ~NOBODY  # an empty Q would vanish beside another one


def visible(viewer: Viewer | None) -> QuerySet[Matter]:
    """Return the matters that somebody may know of, whole or in part."""
    return Matter.objects.filter(may_see_q(viewer))


def may_see_q(viewer: Viewer | None) -> Q:
    """Return the condition itself, for a query over matters."""
    if viewer is None or viewer.person_id is None:
        return NOBODY
    reached = _as_everybody(viewer) if viewer.is_administrator else _reached_by_all(viewer)
    return reached & ~recused_q(viewer)


def _as_everybody(viewer: Viewer) -> Q:
    """Return the condition that an administrator is named where everybody of the house may be."""
    mine = parties_on(viewer.on).filter(everybodys_q(), person=viewer.person_id, is_subject=False)
    return Q(pk__in=mine.order_by().values("matter"))


def _reached_by_all(viewer: Viewer, *, named: bool = True) -> Q:
    """Return the condition that somebody reaches a matter by themselves or in somebody's stead."""
    seen = _reached(viewer, units_spoken_for(viewer), _glasses(viewer), named=named)
    for away in viewer.stands_in_for:
        other = stood_for(away, viewer)
        seen |= _reached(other, ()) & Q(mechanism__in=away.kinds) & ~recused_q(other)
    return seen


def _reached(
    viewer: Viewer,
    spoken: Iterable[int],
    glasses: QuerySet[BreakGlass] | None = None,
    *,
    named: bool = True,
) -> Q:
    """Return the condition that somebody reaches a matter: by office, by being named, through broken glass.

    What outsiders reach is one list of keys, from which a database starts. What an office reaches is a
    condition on the matter's own columns first, and a look at its parties.
    """
    person, unit = named_in_q(viewer.person_id) if named else NOBODY, Q(unit__in=spoken)
    columns, through = _by_columns(viewer), _through_units(viewer)
    parties = parties_on(viewer.on)
    if columns is None:
        ways = [unit] if spoken else []
        ways += [party & kind for party, kind in through]
        lists = [parties.filter(way, told_q(viewer.on)).values("matter") for way in ways]
        lists += [glasses.values("matter")] if glasses is not None else []
        mine = parties.filter(person).values("matter")
        return Q(pk__in=mine.union(*lists) if lists else mine)
    told = told_q(viewer.on)
    here = parties.filter(matter=OuterRef("pk"))
    seen = columns | Q(Exists(here.filter(person)))  # apart, so that each is one look into one index
    if spoken:
        seen |= Q(Exists(here.filter(unit, told)))
    for party, kind in through:
        seen |= Q(Exists(here.filter(party, kind, told)))
    return seen | Q(Exists(glasses.filter(matter=OuterRef("pk")))) if glasses is not None else seen


def seen_among(viewer: Viewer | None, keys: Iterable[int]) -> dict[int, View]:
    """Return how much somebody sees of those of these matters that exist for them, by key; one query.

    What `visible` and `read_whole_q` say together, composed once a reader.
    """
    if viewer is None or viewer.person_id is None:
        return {}

    def make(marks: list[int]) -> QuerySet[Matter]:
        whole = Case(When(read_whole_q(viewer), then=True), default=False)
        there = visible(viewer).filter(pk__in=marks).order_by()
        return there.annotate(is_whole=whole).values_list("pk", "is_whole")

    found = composing.rows_of(("seen among", question_of(viewer)), keys, make)
    less = less_than_whole(viewer, (key for key, is_whole in found if not is_whole))
    return {key: "whole" if is_whole else less[key] for key, is_whole in found}


def less_than_whole(viewer: Viewer, keys: Iterable[int]) -> dict[int, View]:
    """Return how much somebody sees of matters that they do not see whole: the own part, or the card."""
    keys = list(keys)
    if is_outside(viewer) or not keys:
        return dict.fromkeys(keys, "part")
    mine = composing.rows_of(
        ("named quietly", viewer.person_id, viewer.on),
        keys,
        lambda marks: _quietly(viewer).filter(matter__in=marks).values_list("matter", flat=True),
    )
    own = set(mine)
    return {key: "part" if key in own else "card" for key in keys}


def _quietly(viewer: Viewer) -> QuerySet[Party]:
    """Return the parts in which somebody is named and reads only their own part (`Role.reads`)."""
    return parties_on(viewer.on).filter(quietly_q(), person=viewer.person_id, is_subject=False)


def told_q(on: date) -> Q:
    """Return the condition, over parts, that a unit knows of the matter: see `Role.told_by`."""
    return Q(told_at__isnull=False) if on >= timezone.localdate() else Q(told_at__date__lte=on)


def _named(person: int, on: date) -> Q:
    here = parties_on(on).filter(named_in_q(person), matter=OuterRef("pk"))
    return Q(Exists(here.exclude(quietly_q()) if quiet_roles() else here))


def _glass(viewer: Viewer) -> Q:
    return Q(Exists(_glasses(viewer).filter(matter=OuterRef("pk"))))


def _glasses(viewer: Viewer) -> QuerySet[BreakGlass]:
    broken = BreakGlass.objects.filter(person=viewer.person_id)
    if viewer.on >= timezone.localdate():
        return broken.filter(expires_at__gt=composing.now())
    return broken.filter(at__date__lte=viewer.on, expires_at__date__gte=viewer.on)


def _by_columns(viewer: Viewer) -> Q | None:
    """Return what an office reaches by a matter's kind, owner and level; None for nothing."""
    if viewer.has("principal"):
        return ~Q(mechanism__in=sorted(named_only())) if named_only() else EVERYBODY
    kinds: dict[tuple[bool, frozenset[int] | None], set[str]] = {}
    for one, role, units in offices(viewer):
        if role.within in {"any", "owner"}:
            reach = None if role.within == "any" else units
            kinds.setdefault((role.restricted or role.card, reach), set()).add(one.key)
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
    for one, role, units in offices(viewer):
        if role.within not in {"any", "owner"} and units:
            kinds.setdefault((role.restricted or role.card, role.within, units), set()).add(one.key)
    return [
        (
            Q(role=within, unit__in=units),
            Q(matter__mechanism__in=sorted(keys))
            & (Q() if restricted else Q(matter__confidentiality__in=OPEN_LEVELS)),
        )
        for (restricted, within, units), keys in kinds.items()
    ]


def _own_staff(viewer: Viewer) -> Q | None:
    units = staffed(viewer)
    if units is None:
        return None
    ordinary = Q(confidentiality=Confidentiality.ORDINARY.value)
    return ordinary | Q(owner__in=units, confidentiality__in=OPEN_LEVELS)


def recused_q(viewer: Viewer) -> Q:
    """Return the condition under which a matter does not exist for somebody who is recused."""
    decided, about = _recusing(viewer)
    here = OuterRef("pk")
    return Q(Exists(decided.filter(matter=here))) | Q(Exists(about.filter(matter=here)))


def recused_matters(viewer: Viewer) -> QuerySet[RecusalDecision]:
    """Return the keys of the matters of which `recused_q` holds, as a list from which a database begins."""
    decided, about = _recusing(viewer)
    return decided.order_by().values("matter").union(about.order_by().values("matter"))


def _recusing(viewer: Viewer) -> tuple[QuerySet[RecusalDecision], QuerySet[Party]]:
    """Return what recuses somebody: decisions about them, and subjects that bind them."""
    away = Q(person__in=[viewer.person_id]) | Q(unit__in=rooms_over(viewer.posts))  # in: nobody is no room
    decided = RecusalDecision.objects.filter(away, until_at=None)
    units, persons = bound_by(viewer)
    bound = Q(person__in=persons) | Q(unit__in=units) if units else Q(person__in=persons)
    about = parties_on(viewer.on).filter(bound, is_subject=True)
    if own := own_roles():
        about = about.exclude(person=viewer.person_id, role__in=sorted(own))
    return decided, about


def may_see(viewer: Viewer | None, matter: Matter) -> bool:
    """Return whether a matter exists for somebody."""
    return at_hand.of(matter).may_see(viewer)


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
    otherwise = Q(confidentiality__in=OPEN_LEVELS) | Q(Exists(held_here.filter(unit__in=units)))
    for away in viewer.stands_in_for:
        theirs = held_here.filter(person=away.person_id)
        theirs = theirs.exclude(quietly_q()) if quiet_roles() else theirs
        otherwise |= Q(Exists(theirs), mechanism__in=away.kinds)
    held = viewer.roles.keys()
    for one in every_version():
        if any(role.restricted and held & set(role.office) for role in one.parties):
            otherwise |= Q(mechanism=one.key, version=one.version)
    if kinds := quiet_roles():
        quietly = Q(Exists(_quietly(viewer).filter(matter=OuterRef("pk"))))
        otherwise &= ~Q(mechanism__in=sorted(kinds)) | ~quietly | _reached_by_all(viewer, named=False)
    return whole | otherwise


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
    return at_hand.of(matter).view_of(viewer)


def is_recused(viewer: Viewer, matter: Matter) -> bool:
    """Return whether a matter does not exist for somebody because they are recused."""
    return at_hand.of(matter).is_recused(viewer)


def part_in(viewer: Viewer, matter: Matter, act: Act, declared: Mechanism | None = None) -> Part | None:
    """Return the part in which somebody may perform an act, or None.

    The own part comes before standing in; nobody stands in across a recusal of either.
    """
    return at_hand.of(matter).part_in(viewer, act, declared)


def may_open(viewer: Viewer | None, declared: Mechanism) -> str:
    """Return the role in which somebody may open a matter of a kind, or "".

    An administrator opens only what names administrators (a breach is reported by anybody), and reads none.
    """
    if viewer is None or viewer.person_id is None:
        return ""
    held = viewer.roles.keys() & ADMINISTRATORS if viewer.is_administrator else viewer.roles.keys()
    for key in declared.opened_by:
        if held & set(declared.role(key).office):
            return key
    return ""


def may_take_over(viewer: Viewer | None, declared: Mechanism) -> bool:
    """Return whether somebody takes over matters of a kind that are under way: who may open one.

    What anybody may report, administrators too, is reported and never taken over from a sheet.
    """
    key = may_open(viewer, declared)
    return bool(key) and not ADMINISTRATORS & set(declared.role(key).office)


def has_acted_as(matter: Matter, person: int, roles: Iterable[str]) -> bool:
    """Return whether a person is named in, or has acted in, one of the roles on a matter."""
    return at_hand.of(matter).has_acted_as(person, roles)


def declared_of(matter: Matter) -> Mechanism | None:
    """Return the declaration that a matter stands on, or None if its file is missing."""
    try:
        return mechanism(matter.mechanism, matter.version)
    except UnknownMechanism:
        return None
