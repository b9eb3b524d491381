"""Seeking a person by name: for a matter, with a reason, journaled; what is found obeys access as ever.

Law:
    个人信息保护法 Arts. 5, 6
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qingfeng.desk.grams import folded, runs
from qingfeng.desk.levels import whole_q
from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Lead
from qingfeng.journal.store import append
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import every_version
from qingfeng.organization.models import Person
from qingfeng.organization.roles import NAMED_ONLY, ROLES
from qingfeng.organization.viewer import Viewer

MOST = 30
MOST_SIGNS = 100
LONGEST_NAME = 8
LEAST_REASON = 10


@dataclass(frozen=True)
class Sought:
    """Where a name was found: numbers of matters with the part held there, and leads; never what they say."""

    matters: list[tuple[Matter, str]] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)


def says_a_name(text: str) -> bool:
    """Return whether a text says the name of a person on record; one query."""
    parts = {
        run[at : at + length]
        for run in runs(folded(text[:MOST_SIGNS]))
        for length in range(2, LONGEST_NAME + 1)
        for at in range(len(run) - length + 1)
    }
    return bool(parts) and Person.objects.filter(name__in=parts).exists()


def may_seek(viewer: Viewer) -> bool:
    """Return whether somebody may seek a person by name: own staff who can be given matters."""
    ours = any(
        ROLES[key].is_ours and ROLES[key].reads_matters for key in viewer.roles if key not in NAMED_ONLY
    )
    return viewer.person_id is not None and not viewer.is_administrator and ours


def problems(viewer: Viewer, *, name: str, number: str, reason: str) -> dict[str, str]:
    """Return what is missing before a name may be sought, by field."""
    found = {}
    if len(name.strip()) < 2:
        found["name"] = _("Enter the whole name.")
    if _matter(viewer, number) is None:
        found["number"] = _("Enter the number of an open matter that you read whole and need this for.")
    if len(reason.strip()) < LEAST_REASON:
        found["reason"] = _("Say in a sentence why this matter needs it.")
    return found


def _matter(viewer: Viewer, number: str) -> Matter | None:
    rows = access.visible(viewer).filter(whole_q(viewer), is_open=True)
    return rows.filter(Q(number=number.strip()) | Q(slug=number.strip())).first()


def seek(viewer: Viewer, *, name: str, number: str, reason: str) -> Sought:
    """Seek a person by their whole name; the search is journaled before anything is shown.

    Raises:
        ValueError: If `problems` finds any.
    """
    matter = _matter(viewer, number)
    if matter is None or problems(viewer, name=name, number=number, reason=reason):
        raise ValueError("A name is sought for a matter, with a reason.")
    sought = Sought(_parts(viewer, name.strip()), _leads(viewer, name.strip()))
    with transaction.atomic():
        append(
            "person.sought",
            subject=f"{matter.mechanism}/{matter.slug}",
            by=f"person:{viewer.person_id}",
            facts={"matters": len(sought.matters), "leads": len(sought.leads)},
            personal={"name": name.strip(), "reason": reason.strip()},
        )
    return sought


def _parts(viewer: Viewer, name: str) -> list[tuple[Matter, str]]:
    """Return matters that are read whole and name the person; a confidential part names nobody."""
    roles = {
        (one.key, one.version, role.key): str(role.name)
        for one in every_version()
        for role in one.parties
        if not role.confidential
    }
    rows = Party.objects.filter(person__name=name, until_at=None, matter__in=access.visible(viewer))
    rows = rows.filter(matter__in=Matter.objects.filter(whole_q(viewer))).select_related("matter__owner")
    found: dict[int, tuple[Matter, str]] = {}
    for row in rows.order_by("-matter__opened_at", "pk")[: 4 * MOST]:
        said = roles.get((row.matter.mechanism, row.matter.version, row.role))
        if said is not None:
            found.setdefault(row.matter_id, (row.matter, said))
    return list(found.values())[:MOST]


def _leads(viewer: Viewer, name: str) -> list[Lead]:
    rows = visible_leads(viewer).filter(Q(is_current=True) | Q(matter__isnull=False))
    named = rows.filter(Q(subject_name=name) | Q(named__contains=f"、{name}、")).exclude(tier="C")
    return list(named.order_by("-weight", "key")[:MOST])
