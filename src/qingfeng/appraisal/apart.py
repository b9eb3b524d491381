"""Who is parted from whom wherever people judge people (回避): one rule for evaluation and assessment.

Near relatives are parted, and those who met in a complaint about our own staff: whom it is about, and who
handles it. Which of these it is, is kept nowhere and told to nobody.

Law:
    监察法 Art. 67
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date

from django.db.models import Q

from qingfeng.matters.models import Party
from qingfeng.organization.models import Relation
from qingfeng.organization.viewer import Viewer

COMPLAINT, HANDLER = "complaint", "handler"


def apart_among(people: Container[int], on: date) -> dict[int, set[int]]:
    """Return who must not judge whom among some people on a day, both ways."""
    found: dict[int, set[int]] = {}
    for one, other in _pairs(on):
        if one in people and other in people and one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return found


def parted_from(people: Iterable[int], on: date) -> set[int]:
    """Return who must not judge one of some people on a day."""
    pairs = ((whose, pair) for whose in people for pair in _pairs(on, whose) if whose in pair)
    return {one for whose, pair in pairs for one in pair if one != whose}


def apart_from(viewer: Viewer) -> frozenset[int]:
    """Return whom somebody must not judge on their day; asked once for each viewer."""
    if viewer.person_id is None:
        return frozenset()
    known: frozenset[int] | None = viewer.__dict__.get("apart_from")
    if known is None:
        known = frozenset(parted_from([viewer.person_id], viewer.on))
        viewer.__dict__["apart_from"] = known
    return known


def _pairs(on: date, whose: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield all who are parted, or only what touches one person."""
    relations = Relation.objects.filter(Q(until_on=None) | Q(until_on__gte=on), declared_on__lte=on)
    mine = Q() if whose is None else Q(person=whose) | Q(other=whose)
    yield from relations.filter(mine, other__isnull=False).values_list("person", "other")
    yield from _in_complaints(whose)


def _in_complaints(whose: int | None) -> Iterator[tuple[int, int]]:
    """Yield those a complaint about our own staff is about, with those who handle it."""
    parties = Party.objects.filter(matter__mechanism=COMPLAINT, person__isnull=False, until_at=None)
    if whose is not None:
        parties = parties.filter(matter__in=parties.filter(person=whose).values("matter"))
    handling: dict[int, list[int]] = {}
    about: list[tuple[int, int]] = []
    for matter, person, role, is_subject in parties.values_list("matter", "person", "role", "is_subject"):
        if role == HANDLER:
            handling.setdefault(matter, []).append(int(person or 0))
        if is_subject:
            about.append((matter, int(person or 0)))
    for matter, person in about:
        yield from ((person, other) for other in handling.get(matter, ()))
