"""What is done to units; each act is one transaction and one entry in the journal."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingfeng.organization.models import Account, Unit
from qingfeng.organization.records import record
from qingfeng.screening.errors import Problem

FIELDS = (
    "name",
    "short_name",
    "aliases",
    "kind",
    "level",
    "number_code",
    "credit_code",
    "is_ours",
    "overseen_by",
)


def _told(unit: Unit) -> dict[str, Any]:
    told = {name: getattr(unit, name) for name in FIELDS if name != "overseen_by"}
    return told | {"overseen_by": unit.overseen_by_id, "parent": unit.parent_id}


def _save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as error:
        raise Problem(
            _("A unit with this name or credit code is on record already."),
            where=unit.name,
            then=_("Change that unit instead, or give this one another name."),
        ) from error


@transaction.atomic
def add_unit(name: str, kind: str, *, parent: Unit | None = None, by: Account | None, **more: Any) -> Unit:
    """Add a unit below its parent.

    Args:
        name: Full name, one of its kind in the house.
        kind: A `Unit.Kind`.
        parent: The unit above it, None for a root.
        by: Who adds it.
        more: Further fields: short_name, aliases, level, number_code, credit_code, is_ours, overseen_by.

    Raises:
        Problem: If the name or credit code is on record already.
    """
    unit = Unit(name=name.strip(), kind=Unit.Kind(kind), parent=parent, **more)
    _save(unit)
    record("organization.unit.added", unit, by=by, facts=_told(unit))
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Account | None, **changed: Any) -> Unit:
    """Change what is on record about a unit; a former name stays among its other names.

    Raises:
        Problem: If the new name or credit code is on record already.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    old = _told(unit)
    if changed.get("name", unit.name) != unit.name:
        names = changed.get("aliases", unit.aliases)
        changed["aliases"] = [*names, unit.name] if unit.name not in names else names
    for name, value in changed.items():
        setattr(unit, name, value)
    _save(unit)
    new = _told(unit)
    differs = {name: [old[name], new[name]] for name in new if old[name] != new[name]}
    if differs:
        record("organization.unit.changed", unit, by=by, facts={"changed": differs})
    return unit


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit | None, by: Account | None) -> Unit:
    """Put a unit, with everything below it, under another one.

    Raises:
        Problem: If the new parent stands below the unit.
    """
    list(
        Unit.objects.select_for_update().values_list("pk", flat=True)
    )  # two moves at once could close a ring
    unit = Unit.objects.get(pk=unit.pk)
    old = unit.parent_id
    unit.parent = parent
    unit.save()
    record("organization.unit.moved", unit, by=by, facts={"old": old, "new": unit.parent_id})
    return unit


@transaction.atomic
def close_unit(unit: Unit, closed_on: date, *, merged_into: Unit | None = None, by: Account | None) -> Unit:
    """Close a unit on a day, from which it is no more; say what took over its business.

    Raises:
        Problem: If open units stand below it, posts are held in it, or it would be merged into itself.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if merged_into and merged_into.is_under(unit):
        raise Problem(_("A unit cannot be merged into itself or a unit below it."), where=unit.name)
    if Unit.objects.under(unit).open_on(closed_on).exclude(pk=unit.pk).exists():
        raise Problem(
            _("Open units stand below this one."), where=unit.name, then=_("Close or move them first.")
        )
    if unit.posts.held_on(closed_on).exists():
        raise Problem(
            _("Somebody holds a post in this unit."), where=unit.name, then=_("End the posts first.")
        )
    unit.closed_on, unit.merged_into = closed_on, merged_into
    unit.save()
    facts = {"closed_on": closed_on.isoformat(), "merged_into": merged_into.pk if merged_into else None}
    record("organization.unit.closed", unit, by=by, facts=facts)
    return unit
