"""Recusal (回避): what binds a person to the units and persons of a matter, computed.

Grounds are facts. They bind those who act for the commission; a contact of the unit itself is
bound to it by being its contact, and access above says for whom a ground counts.

Law:
    监察法 Art. 67; 信访工作条例 Art. 28
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, setting
from qingfeng.organization.models import Interest, Person, Post, Relation, Unit
from qingfeng.organization.models.people import Dated

LAW = ("监察法 Art. 67", "信访工作条例 Art. 28")

GROUNDS: dict[str, str] = {
    "subject": _("is a subject of the matter"),
    "relative": _("a declared relative is concerned"),
    "own_unit": _("holds a post in the unit concerned"),
    "colleague": _("serves in one unit with a person concerned"),
    "former_office": _("held a post in the unit concerned"),
    "interest": _("has declared an interest in the unit concerned"),
    "possible_relative": _("a person concerned has the name of a declared relative"),
}


@dataclass(frozen=True)
class Subjects:
    """Whom a matter concerns.

    Attributes:
        units: Keys of units.
        persons: Keys of persons on record.
        names: Names of persons who are not on record.
    """

    units: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ground:
    """One ground for recusal.

    Attributes:
        ground: A key of `GROUNDS`.
        detail: What it rests on: kind of relation, period of an office, kind of interest.
        law: Where the law says so.
        unit_id: The unit it concerns, if a unit.
        person_id: The person it concerns, if a person on record.
        is_certain: False where only a name agrees, and somebody must look.
    """

    ground: str
    detail: str = ""
    law: tuple[str, ...] = LAW
    unit_id: int | None = None
    person_id: int | None = None
    is_certain: bool = True


@dataclass(frozen=True)
class Conflicts:
    """Everything that binds one person on one day; asks no table afterwards.

    Attributes:
        person_id: Whose they are.
        units: Grounds by key of the unit.
        persons: Grounds by key of the person.
        names: Kind of relation by name of a relative who is not on record.
    """

    person_id: int
    units: Mapping[int, tuple[Ground, ...]] = field(default_factory=dict)
    persons: Mapping[int, tuple[Ground, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def of(self, subjects: Subjects) -> tuple[Ground, ...]:
        """Return the grounds toward the subjects, in order of unit, person, name."""
        by_unit = [ground for key in sorted(subjects.units) for ground in self.units.get(key, ())]
        by_person = [ground for key in sorted(subjects.persons) for ground in self.persons.get(key, ())]
        by_name = [
            Ground("possible_relative", self.names[name], is_certain=False)
            for name in sorted(subjects.names & self.names.keys())
        ]
        return (*by_unit, *by_person, *by_name)


def grounds(person: Person, subjects: Subjects, *, on: date | None = None) -> tuple[Ground, ...]:
    """Return why a person takes no part where these are concerned; empty for no ground."""
    return conflicts_of(person, on=on).of(subjects)


def conflicts_of(person: Person, *, on: date | None = None) -> Conflicts:
    """Return everything that binds a person on a day; five queries, however many matters follow."""
    on = on or timezone.localdate()
    units: dict[int, list[Ground]] = {}
    persons: dict[int, list[Ground]] = {person.pk: [Ground("subject", person_id=person.pk)]}
    names: dict[str, str] = {}
    offices = list(_offices(person, on).select_related("unit"))
    bodies = _bodies(offices)
    for post in offices:
        is_held = post.until_on is None or post.until_on >= on
        ground = "own_unit" if is_held else "former_office"
        detail = post.title if is_held else f"{post.from_on} – {post.until_on}"
        for key in {post.unit_id, *(bodies & set(post.unit.line))}:
            units.setdefault(key, []).append(Ground(ground, detail, unit_id=key))
    for interest in _declared(Interest, on).filter(person=person):
        units.setdefault(interest.unit_id, []).append(
            Ground("interest", interest.kind, unit_id=interest.unit_id)
        )
    for relation in _declared(Relation, on).filter(Q(person=person) | Q(other=person)):
        other = relation.person_id if relation.other_id == person.pk else relation.other_id
        if other is None:
            names[relation.outside_name] = relation.kind
        else:
            persons.setdefault(other, []).append(Ground("relative", relation.kind, person_id=other))
    for other in _colleagues(person, on).values_list("pk", flat=True):
        persons.setdefault(other, []).append(Ground("colleague", person_id=other))
    return Conflicts(person.pk, _frozen(units), _frozen(persons), names)


def _frozen(found: dict[int, list[Ground]]) -> dict[int, tuple[Ground, ...]]:
    return {key: tuple(dict.fromkeys(each)) for key, each in found.items()}


def _offices(person: Person, on: date) -> QuerySet[Post]:
    since = _years_before(on, int(setting(FORMER_OFFICE_YEARS)))
    return person.posts.filter(Q(until_on__isnull=True) | Q(until_on__gte=since), from_on__lte=on)


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28) + timedelta(days=1)


def _bodies(offices: list[Post]) -> set[int]:
    """Keys of the supervised units at or above these posts: who serves in a part serves in the whole."""
    lines = {key for post in offices for key in post.unit.line}
    return set(Unit.objects.filter(pk__in=lines, kind=Unit.Kind.SUPERVISED).values_list("pk", flat=True))


def _declared(model: type[Interest | Relation], on: date) -> QuerySet:
    return model.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), declared_on__lte=on)


def _colleagues(person: Person, on: date) -> QuerySet[Person]:
    mine = person.posts.held_on(on).values("unit_id")
    return (
        Person.objects.filter(Dated.in_force(on, "posts__"), posts__unit__in=mine)
        .exclude(pk=person.pk)
        .distinct()
    )


def recused_units(person: Person, *, on: date | None = None) -> QuerySet[Unit]:
    """Return the units that bind a person, for use inside a query."""
    return Unit.objects.filter(pk__in=conflicts_of(person, on=on).units)


def recused_persons(person: Person, *, on: date | None = None) -> QuerySet[Person]:
    """Return the persons on record who bind a person, the person among them, for use inside a query."""
    return Person.objects.filter(pk__in=conflicts_of(person, on=on).persons)
