"""Who moves, the posts they have, and what is in their hands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from qingfeng.matters.key_models import Sealed
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.passing_on import open_parts
from qingfeng.organization.models import Person, Post

PARTS = ("subject_planned", "subject_moved")


def person_of(matter: Matter) -> Person | None:
    """Return who moves."""
    part = matter.parties.filter(role__in=PARTS, until_at=None).select_related("person").first()
    return part.person if part else None


def posts_in(person: Person, unit: Any) -> Iterable[Post]:
    """Return the posts that somebody has or had in a unit itself, oldest first: its rooms are other units."""
    return person.posts.filter(unit=unit).order_by("from_on", "pk") if unit else ()


def is_held(post: Post, on: date) -> bool:
    """Return whether a post is held on a day."""
    return post.from_on <= on and (post.until_on is None or post.until_on >= on)


def full_years(since: date, on: date) -> int:
    """Return the full years from a day to another; an anniversary completes one."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def matters_of(person: Person) -> list[Party]:
    """Return the open parts that somebody carries on matters other than an exchange of their own."""
    return [one for one in open_parts(person) if one.role not in PARTS]


def sealed_alone(person: Person) -> int:
    """Return how many sealed values of open matters nobody but somebody can open."""
    rows = Sealed.objects.filter(matter__is_open=True).values_list("keys", flat=True)
    return sum(set(one) == {str(person.pk)} for one in rows)
