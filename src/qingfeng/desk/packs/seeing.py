"""Who may know of a pack: whoever sees its matter whole; who carries it and brings it in: the verifiers.

To everybody else, and to whoever must be recused, there is no pack.
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from qingfeng.desk.packs.models import Pack
from qingfeng.desk.packs.verification import MECHANISM, VERIFIER
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.vocabulary import Act
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

__all__ = [
    "MECHANISM",
    "here",
    "may_carry",
    "out_of",
    "overdue",
    "pack_or_none",
    "packs_for",
    "verifiers",
    "whole_verifications",
]
_PART = Act("take_along", "", by=VERIFIER)


def whole_verifications(viewer: Viewer | None) -> QuerySet[Matter]:
    """Return the verifications that somebody of our own sees whole."""
    if viewer is None or viewer.person_id is None or viewer.is_administrator or not viewer.is_ours:
        return Matter.objects.none()
    return access.visible(viewer).filter(access.whole_q(viewer), mechanism=MECHANISM)


def packs_for(viewer: Viewer | None) -> QuerySet[Pack]:
    """Return the packs that exist for somebody, newest first."""
    mine = whole_verifications(viewer)
    return Pack.objects.filter(matter__in=mine.values("pk")).select_related("matter", "carrier", "companion")


def pack_or_none(viewer: Viewer | None, code: str) -> Pack | None:
    """Return a pack by its code, as it is typed; None as well where it does not exist for them."""
    return packs_for(viewer).filter(code=code.strip().upper().replace("-", "")).first()


def may_carry(viewer: Viewer, matter: Matter) -> bool:
    """Return whether somebody takes tasks of a verification along and brings them in: its verifiers."""
    return access.part_in(viewer, matter, _PART) is not None


def out_of(matter: Matter) -> QuerySet[Pack]:
    """Return the packs of a matter that are out, the next last day first."""
    return matter.packs.filter(state=Pack.State.OUT).order_by("expires_on", "pk")


def overdue(packs: QuerySet[Pack], on: date) -> QuerySet[Pack]:
    """Return those packs that are out after their last day and of which nothing has come back."""
    return packs.filter(state=Pack.State.OUT, arrived="", expires_on__lt=on)


def here(pack: Pack, name: str = "pack") -> str:
    """Return the address of a page of a pack."""
    return reverse(f"desk:{name}", kwargs={"code": pack.code})


def verifiers(matter: Matter) -> list[Person]:
    """Return those who verify a matter now, in the order in which they were named."""
    rows = matter.parties.filter(role=VERIFIER, until_at=None, person__isnull=False).select_related("person")
    return [row.person for row in rows.order_by("pk") if row.person]
