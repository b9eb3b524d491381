"""Recusal (回避): what binds a person to the units and persons of a matter, computed.

Grounds are facts. They bind those who act for the commission; a contact of the unit itself is
bound to it by being its contact, and access above says for whom a ground counts.

Law:
    监察法 Art. 67; 信访工作条例 Art. 28
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from qingfeng.journal import composing
from qingfeng.journal.straight import Question, Together
from qingfeng.organization.district_settings import FORMER_OFFICE_YEARS, setting
from qingfeng.organization.models import Interest, Person, Post, Relation, Unit

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
    """Return everything that binds a person on a day; two queries, however many matters follow.

    A third one is asked where a relative is declared who is not on record.
    """
    on = on or timezone.localdate()
    since = _years_before(on, int(setting(FORMER_OFFICE_YEARS)))
    offices, interests, relations, colleagues = _AT_ONCE(person.pk, on, since)
    units: dict[int, list[Ground]] = {}
    persons: dict[int, list[Ground]] = {person.pk: [Ground("subject", person_id=person.pk)]}
    lines = [[int(part) for part in path.split("/") if part] for *_others, path in offices]
    bodies = _bodies(lines)
    for (unit, title, from_on, until_on, _path), line in zip(offices, lines, strict=True):
        is_held = until_on is None or until_on >= on
        ground = "own_unit" if is_held else "former_office"
        detail = title if is_held else f"{from_on} – {until_on}"
        for key in {unit, *(bodies & set(line))}:
            units.setdefault(key, []).append(Ground(ground, detail, unit_id=key))
    for unit, kind in interests:
        units.setdefault(unit, []).append(Ground("interest", kind, unit_id=unit))
    for one, other, kind in relations:
        relative = one if other == person.pk else other
        if relative is not None:
            persons.setdefault(relative, []).append(Ground("relative", kind, person_id=relative))
    names = _names(person, on) if any(other is None for _one, other, _kind in relations) else {}
    for (colleague,) in colleagues:
        persons.setdefault(colleague, []).append(Ground("colleague", person_id=colleague))
    return Conflicts(person.pk, _frozen(units), _frozen(persons), names)


def _names(person: Person, on: date) -> dict[str, str]:
    """Return the relatives outside whom somebody has declared, by name."""
    declared = composing.rows(
        ("relatives outside", person.pk, on),
        lambda: _declared(Relation, on).filter(person=person.pk, other=None),
    )
    return {one.outside_name: one.kind for one in declared}


def _frozen(found: dict[int, list[Ground]]) -> dict[int, tuple[Ground, ...]]:
    return {key: tuple(dict.fromkeys(each)) for key, each in found.items()}


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28) + timedelta(days=1)


def _bodies(lines: Iterable[Iterable[int]]) -> set[int]:
    """Keys of the supervised units at or above some posts: who serves in a part serves in the whole."""
    keys = {key for line in lines for key in line}
    return set(
        composing.rows_of(
            "supervised",
            keys,
            lambda marks: Unit.objects.filter(pk__in=marks, kind=Unit.Kind.SUPERVISED).values_list(
                "pk", flat=True
            ),
        )
    )


def _declared(model: type[Interest | Relation], on: date) -> QuerySet:
    return model.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), declared_on__lte=on)


def _offices(person: int, on: date, since: date) -> QuerySet:
    """Ask for the posts that somebody holds or held within the years that recuse."""
    rows = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=since), from_on__lte=on)
    columns = ("unit", "title", "from_on", "until_on", "unit__path")
    return rows.filter(person=person).order_by("from_on", "pk").values_list(*columns)


def _interests(person: int, on: date, _since: date) -> QuerySet:
    return _declared(Interest, on).filter(person=person).order_by("pk").values_list("unit", "kind")


def _relations(person: int, on: date, _since: date) -> QuerySet:
    rows = _declared(Relation, on).filter(Q(person=person) | Q(other=person))
    return rows.order_by("declared_on", "pk").values_list("person", "other", "kind")


def _colleagues(person: int, on: date, _since: date) -> QuerySet:
    mine = Post.objects.held_on(on).filter(person=person).values("unit_id")
    others = Post.objects.held_on(on).filter(unit__in=mine).exclude(person=person)
    return others.order_by("person").values_list("person").distinct()


_AT_ONCE = Together(
    *(Question(ask, "ndd") for ask in (_offices, _interests, _relations, _colleagues)),
)
