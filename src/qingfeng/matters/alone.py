"""One matter of a kind for one somebody: which others there are, and which of them came first.

The form that opens a matter knows nothing of others; the first act that counts asks here, through `computes`.
Of two that were opened at the same moment one has the lower key: two are never both kept from going on.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from qingfeng.matters.models import Matter, Party


def others_of(matter: Matter, role: str) -> QuerySet[Matter]:
    """Return the other valid matters of the same kind in which the same person or unit has the same role."""
    mine = matter.parties.filter(role=role, until_at=None)
    same = Q(unit__in=mine.exclude(unit=None).values("unit"))
    same |= Q(person__in=mine.exclude(person=None).values("person"))
    there = Party.objects.filter(same, role=role, until_at=None).values("matter")
    found = Matter.objects.filter(mechanism=matter.mechanism, standing=Matter.Standing.VALID, pk__in=there)
    return found.exclude(pk=matter.pk)


def earlier_of(matter: Matter, role: str) -> QuerySet[Matter]:
    """Return those of them that were entered before this one."""
    return others_of(matter, role).filter(pk__lt=matter.pk)
