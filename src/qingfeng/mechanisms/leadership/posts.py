"""Who leads a unit, and who talks with them: read from the posts on record, never from anything else.

Each level supervises the heads below it: the talker is the head of the nearest unit above that has one on
record, else the principal of the commission. With the other members of a leading team the head of the team
that oversees the unit talks. Whoever must be recused is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from qingfeng.organization.conflicts import Subjects, grounds
from qingfeng.organization.models import Person, Post, PostRole, Unit

HEAD_ROLES = ("unit_head", "dept_head")
MEMBER_ROLES = ("team_member",)
"""Heads of the commission's own rooms, teams and township commissions; outside, `unit_head` says it."""


@dataclass(frozen=True)
class Leading:
    """A leading post that somebody holds.

    Attributes:
        post: The post.
        kind: `head` or `member`.
        since_on: First day on which it was theirs.
    """

    post: Post
    kind: str
    since_on: date

    @property
    def person(self) -> Person:
        """Who holds it."""
        return self.post.person


def leading_of(unit: Unit, on: date) -> list[Leading]:
    """Return the leading posts of a unit that are held on a day, heads first, each person once."""
    given = (
        PostRole.objects.held_on(on)
        .filter(post__in=Post.objects.held_on(on).filter(unit=unit), role__in=(*HEAD_ROLES, *MEMBER_ROLES))
        .select_related("post__person", "post__unit")
        .order_by("post__from_on", "pk")
    )
    found: dict[int, Leading] = {}
    for line in given:
        kind = "head" if line.role in HEAD_ROLES else "member"
        before = found.get(line.post.person_id)
        if before is None or (before.kind == "member" and kind == "head"):
            found[line.post.person_id] = Leading(line.post, kind, max(line.from_on, line.post.from_on))
    return sorted(found.values(), key=lambda one: (one.kind, one.since_on, one.post.pk))


def talker_for(one: Leading, unit: Unit, on: date) -> Person | None:
    """Return who talks with the holder of a leading post, None where nobody can."""
    for person in _candidates(one, unit, on):
        about = Subjects(persons=frozenset({one.person.pk}))
        if person != one.person and not [why for why in grounds(person, about, on=on) if why.is_certain]:
            return person
    return None


def _candidates(one: Leading, unit: Unit, on: date) -> Iterator[Person]:
    if one.kind == "member" and unit.overseen_by_id:
        yield from _holding(("dept_head",), [unit.overseen_by_id], on)
    for key in reversed(unit.line[:-1]):
        yield from _holding(("unit_head", "principal"), [key], on)
    yield from _holding(("principal",), None, on)
    yield from _holding(("deputy",), None, on)


def _holding(roles: Iterable[str], units: list[int] | None, on: date) -> Iterator[Person]:
    given = PostRole.objects.held_on(on).filter(role__in=tuple(roles), post__in=Post.objects.held_on(on))
    given = given.filter(post__unit__in=units) if units is not None else given
    for line in given.select_related("post__person").order_by("post__from_on", "pk"):
        yield line.post.person
