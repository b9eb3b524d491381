"""Who is evaluated, who votes, and on which slates (名册): worked out from the posts of a day.

Conflicts keep people apart: nobody judges themselves, nor whom they are parted from (`apart.py`).

What a slate names is the same for all who vote on it. So colleagues are judged one by one (the list "my
room without me" would name its voter), and the people of a unit together by those outside it; whoever may
not judge one of them does not vote on that slate at all.

Law:
    监察法 Art. 67
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qingfeng.appraisal.apart import apart_among
from qingfeng.appraisal.models import DEMOCRATIC, MIDDLE, PEER, STAFF, Due, Rated, Roll, Round, Slate
from qingfeng.organization.models import Post, PostRole, Unit
from qingfeng.organization.roles import NAMED_ONLY
from qingfeng.plain.suppression import LEAST

PLANNED = 8
"""Raters a slate is planned for, so that five are left where some do not vote."""

WORKING = (
    Unit.Kind.ROOM,
    Unit.Kind.RESIDENT,
    Unit.Kind.TOWNSHIP,
    Unit.Kind.INSPECTION,
    Unit.Kind.ENTERPRISE,
)
HEADS, LEADERS, PRINCIPAL = "dept_head", "deputy", "principal"


@dataclass(frozen=True)
class Held:
    """Somebody's main post on the day."""

    person: int
    unit: int
    title: str
    roles: frozenset[str]

    @property
    def level(self) -> str:
        """Which class of people it is."""
        return MIDDLE if HEADS in self.roles else STAFF


@dataclass
class Office:
    """The commission's people on a day: main posts, who leads what, who is kept apart from whom."""

    units: dict[int, Unit]
    held: dict[int, Held]
    leads: dict[int, list[int]] = field(default_factory=dict)
    principals: list[int] = field(default_factory=list)
    apart: dict[int, set[int]] = field(default_factory=dict)

    def may_judge(self, rater: int, person: int) -> bool:
        """Return whether nothing keeps the two apart."""
        return rater != person and rater not in self.apart.get(person, ())

    def of_unit(self, unit: int) -> list[Held]:
        """Return who has the main post in a unit."""
        return [one for one in self.held.values() if one.unit == unit]

    def leaders_of(self, one: Held) -> list[int]:
        """Return who judges somebody as head: the heads of the unit, of a head the leaders in charge."""
        heads = [other.person for other in self.of_unit(one.unit) if HEADS in other.roles]
        above = heads if one.level == STAFF else []
        for found in (above, self.leads.get(one.unit, []), self.principals):
            free = [person for person in found if self.may_judge(person, one.person)]
            if free:
                return free
        return []


def office_on(day: date) -> Office:
    """Return the commission's people on a day."""
    units = {unit.pk: unit for unit in Unit.objects.filter(is_ours=True).open_on(day)}
    roles: dict[int, set[str]] = {}
    for post, role in PostRole.objects.held_on(day).values_list("post", "role"):
        roles.setdefault(post, set()).add(role)
    office = Office(units, {})
    posts = Post.objects.held_on(day).filter(unit__in=units).order_by("unit__path", "from_on", "pk")
    for post in posts:
        mine = frozenset(roles.get(post.pk, ()))
        if LEADERS in mine:
            office.leads.setdefault(post.unit_id, []).append(post.person_id)
        if PRINCIPAL in mine:
            office.principals.append(post.person_id)
        if post.is_main and not (mine and mine <= NAMED_ONLY):
            office.held[post.person_id] = Held(post.person_id, post.unit_id, post.title, mine)
    office.apart = apart_among(set(office.held), day)
    return office


def rated_in(office: Office, units: Iterable[int]) -> list[Held]:
    """Return who of some units is evaluated: the middle level and below, in the order of the units."""
    wanted = set(units)
    return [
        one
        for one in office.held.values()
        if one.unit in wanted
        and office.units[one.unit].kind in WORKING
        and not one.roles & {LEADERS, PRINCIPAL}
    ]


def peers_of(office: Office, one: Held) -> tuple[list[int], bool]:
    """Return the colleagues who judge somebody, and whether some come from beyond the own unit.

    Where the unit has fewer than `PLANNED`, the next units of its kind below the same one are added whole, in
    their order, until there are as many.
    """
    judged_by = set(office.leaders_of(one))

    def free(unit: int) -> list[int]:
        found = (other.person for other in office.of_unit(unit))
        return [
            person for person in found if person not in judged_by and office.may_judge(person, one.person)
        ]

    found, widened = free(one.unit), False
    for unit in _next_to(office, office.units[one.unit]):
        if len(found) >= PLANNED:
            break
        more = free(unit)
        found, widened = found + more, widened or bool(more)
    return found, widened


def _next_to(office: Office, unit: Unit) -> list[int]:
    """Return the other units of the kind below the same one, from the next one round to the one before."""
    beside = [
        one.pk for one in office.units.values() if one.kind == unit.kind and one.parent_id == unit.parent_id
    ]
    beside.sort(key=lambda pk: office.units[pk].path)
    place = beside.index(unit.pk)
    return beside[place + 1 :] + beside[:place]


def outside(office: Office, unit: int, people: Sequence[int]) -> list[int]:
    """Return who votes on the people of a unit together: all others who are free to judge each of them."""
    return [
        one.person
        for one in office.held.values()
        if one.unit != unit and all(office.may_judge(one.person, person) for person in people)
    ]


def lay_out(round_: Round, office: Office) -> None:
    """Write the people, the slates and the rolls of a round; a slate that five cannot vote on is not made.

    The round is drafted; what was laid out before is replaced.
    """
    round_.rated.all().delete()
    round_.slates.all().delete()
    round_.rolls.all().delete()
    people = rated_in(office, round_.units.values_list("pk", flat=True))
    Rated.objects.bulk_create(
        Rated(round=round_, person_id=one.person, unit_id=one.unit, post=one.title, level=one.level)
        for one in people
    )
    raters: list[tuple[Slate, list[int]]] = []
    for one in people:
        peers, widened = peers_of(office, one)
        raters.append((_slate(round_, PEER, one.unit, [one.person], widened=widened), peers))
    for unit, members in _by_unit(people).items():
        voters = outside(office, unit, members)
        raters.append((_slate(round_, DEMOCRATIC, unit, members), voters))
    _enrol(round_, [(slate, voters) for slate, voters in raters if len(voters) >= LEAST])


def _by_unit(people: Iterable[Held]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for one in people:
        found.setdefault(one.unit, []).append(one.person)
    return found


def _slate(round_: Round, form: str, unit: int, people: list[int], *, widened: bool = False) -> Slate:
    return Slate(round=round_, form=form, unit_id=unit, people=people, widened=widened)


def _enrol(round_: Round, raters: Sequence[tuple[Slate, list[int]]]) -> None:
    made = Slate.objects.bulk_create([slate for slate, _voters in raters])
    Due.objects.bulk_create(
        [
            Due(slate=slate, person_id=person)
            for slate, (_same, voters) in zip(made, raters, strict=True)
            for person in sorted(voters)
        ],
        batch_size=2000,
    )
    everybody = sorted({person for _slate_of, voters in raters for person in voters})
    Roll.objects.bulk_create([Roll(round=round_, person_id=person) for person in everybody])
