"""Who may define, count, sign and read returns; what somebody may not read does not exist for them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from qingfeng.desk.returns import definitions
from qingfeng.desk.returns.definitions import OUTSIDE, SHARED
from qingfeng.desk.returns.models import Definition, Edition
from qingfeng.matters import access
from qingfeng.organization.models import PostRole
from qingfeng.organization.viewer import Viewer

LEADERS = ("principal", "deputy")
SIGNERS = 3


def may_open(viewer: Viewer) -> bool:
    """Return whether returns exist for somebody: own staff with an office, and special supervisors."""
    return is_inside(viewer) or reads_published(viewer)


def is_inside(viewer: Viewer) -> bool:
    """Return whether somebody of our own defines, counts and reads returns."""
    known = viewer.person_id is not None and not viewer.is_administrator
    return known and viewer.has(*SHARED) and not access.is_outside(viewer)


def reads_published(viewer: Viewer) -> bool:
    """Return whether somebody reads what is published, and nothing else.

    Law:
        监察法 Art. 60-62
    """
    known = viewer.person_id is not None and not viewer.is_administrator
    return known and viewer.has(OUTSIDE) and not is_inside(viewer)


def newest() -> QuerySet[Definition]:
    """Return the newest version of every definition."""
    later = Definition.objects.filter(key=OuterRef("key"), version__gt=OuterRef("version"))
    return Definition.objects.exclude(Exists(later)).order_by("archived_at", "title", "key")


def is_shared(viewer: Viewer, definition: Definition) -> bool:
    """Return whether a definition exists for somebody."""
    said = definition.said
    if reads_published(viewer):
        return bool(said.get("is_public"))
    mine = definition.made_by_id is not None and definition.made_by_id == viewer.person_id
    return is_inside(viewer) and (mine or viewer.has(*said.get("shared", SHARED)))


def definition_or_none(viewer: Viewer, key: str, version: int | None = None) -> Definition | None:
    """Return the newest or one version of a definition, None where it does not exist for somebody."""
    rows = Definition.objects.filter(key=key)
    rows = rows if version is None else rows.filter(version=version)
    found = rows.order_by("-version").first()
    return found if found is not None and is_shared(viewer, found) else None


def edition_or_none(viewer: Viewer, key: str, slug: str) -> Edition | None:
    """Return an edition, None where it does not exist for somebody; from outside only what is published."""
    rows = Edition.objects.select_related(
        "definition", "office", "entry", "filled_by", "reviewed_by", "signed_by", "asked_by"
    )
    found = rows.filter(key=key, slug=slug).first()
    if found is None or definition_or_none(viewer, key) is None or not is_shared(viewer, found.definition):
        return None
    return None if reads_published(viewer) and not is_published(found) else found


def is_published(edition: Edition) -> bool:
    """Return whether an edition is public: signed, of a definition that says so."""
    return edition.is_frozen and definitions.from_json(edition.definition.said).is_public


def may_define(viewer: Viewer) -> bool:
    """Return whether somebody writes definitions and has returns counted."""
    return is_inside(viewer)


def may_answer(viewer: Viewer) -> bool:
    """Return whether somebody may sign as the one who answers for a return (负责人)."""
    return is_inside(viewer) and viewer.has(*LEADERS)


def can_staff(on: object) -> bool:
    """Return whether the office has three people for three signatures."""
    people = PostRole.objects.held_on(on).filter(role__in=SHARED).values("post__person").distinct()
    return people.count() >= SIGNERS
