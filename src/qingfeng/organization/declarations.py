"""What people declare about themselves, and who stands in for whom (代办).

Law:
    监察法 Art. 67; 信访工作条例 Art. 28
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.organization.district_settings import STAND_IN_MOST_DAYS, setting
from qingfeng.organization.models import Account, Interest, Person, PostRole, Relation, StandIn, Unit
from qingfeng.organization.records import record, reference
from qingfeng.organization.roles import ADMINISTRATORS
from qingfeng.organization.sealing import seal
from qingfeng.screening.errors import Problem

KINDS: dict[str, Any] = {}
"""Kinds of matters that somebody can stand in for: key → name; the floor above says which there are."""


def register_kind(key: str, name: Any) -> None:
    """Say that there is a kind of matter; the same again is no change."""
    KINDS[key] = name


@transaction.atomic
def declare_relation(
    person: Person, kind: str, *, other: Person | None = None, outside_name: str = "", by: Account | None
) -> Relation:
    """Declare a relative, on record or outside.

    Args:
        person: Who declares.
        kind: A `Relation.Kind`, seen from the person.
        other: The relative, if on record.
        outside_name: Else the relative's name; kept sealed, shown as surname and 某.
        by: Who enters it: the person, or the security administrator from a signed sheet.

    Raises:
        Problem: Unless exactly one relative is named, and it is not the person.
    """
    outside_name = outside_name.strip()
    if bool(other) == bool(outside_name):
        raise Problem(_("Name one relative: somebody on record, or a name."))
    if other and other.pk == person.pk:
        raise Problem(_("Nobody is their own relative."))
    relation = Relation.objects.create(
        person=person,
        other=other,
        kind=Relation.Kind(kind),
        outside_sealed=seal(outside_name) if outside_name else b"",
        outside_short=f"{outside_name[0]}某" if outside_name else "",
    )
    facts = {"person": reference(person), "kind": kind, "on_record": bool(other)}
    names = {"name": person.name, "relative": other.name if other else outside_name}
    record("organization.relation.declared", relation, by=by, facts=facts, personal=names)
    return relation


@transaction.atomic
def declare_interest(person: Person, unit: Unit, *, kind: str, by: Account | None) -> Interest:
    """Declare what binds a person to a unit."""
    interest = Interest.objects.create(person=person, unit=unit, kind=Interest.Kind(kind))
    facts = {"person": reference(person), "unit": unit.pk, "kind": kind}
    record("organization.interest.declared", interest, by=by, facts=facts, personal={"name": person.name})
    return interest


@transaction.atomic
def end_declaration(
    declared: Relation | Interest, until_on: date, *, by: Account | None
) -> Relation | Interest:
    """End what was declared; the day is the last on which it recuses.

    Raises:
        Problem: If the day lies before the declaration, or it has ended already.
    """
    declared = type(declared).objects.select_for_update(of=("self",)).get(pk=declared.pk)
    if declared.until_on:
        raise Problem(_("It has ended on %(day)s already.") % {"day": declared.until_on})
    if until_on < declared.declared_on:
        raise Problem(_("It ends on the day it was declared or later."), where=str(declared.declared_on))
    declared.until_on = until_on
    declared.save(update_fields=["until_on"])
    kind = "relation" if isinstance(declared, Relation) else "interest"
    facts = {"until_on": until_on.isoformat(), "person": f"person:{declared.person_id}"}
    record(f"organization.{kind}.ended", declared, by=by, facts=facts)
    return declared


@transaction.atomic
def let_stand_in(
    principal: Person,
    stand_in: Person,
    *,
    kinds: Iterable[str],
    from_on: date,
    until_on: date,
    reason: str,
    approved_by: Person,
    by: Account | None,
) -> StandIn:
    """Let somebody act for an absent person, for named kinds of matters.

    Whether it would cross a recusal in one matter is checked there; here stands what holds always.

    Args:
        principal: Who is absent.
        stand_in: Who acts; every act shows both names.
        kinds: Keys of mechanisms, at least one.
        from_on: First day.
        until_on: Last day, inclusive.
        reason: Why, as the approval says.
        approved_by: Who approved; never the one who stands in.
        by: Who enters it.

    Raises:
        Problem: For oneself, without kinds or reason, for longer than the district allows, where the
            one who stands in approved it, or where an administrator's role would meet another.
    """
    kinds = sorted(set(kinds))
    _may_stand_in(principal, stand_in, approved_by, (from_on, until_on))
    if not kinds or not reason.strip():
        raise Problem(_("Name the kinds of matters and the reason."))
    row = StandIn.objects.create(
        principal=principal,
        stand_in=stand_in,
        kinds=kinds,
        from_on=from_on,
        until_on=until_on,
        reason=reason.strip(),
        approved_by=approved_by,
    )
    facts = {
        "principal": reference(principal),
        "stand_in": reference(stand_in),
        "kinds": kinds,
        "from_on": from_on.isoformat(),
        "until_on": until_on.isoformat(),
        "approved_by": reference(approved_by),
    }
    names = {"principal": principal.name, "stand_in": stand_in.name}
    record("organization.standin.begun", row, by=by, facts=facts, personal=names | {"reason": row.reason})
    return row


def _may_stand_in(
    principal: Person, stand_in: Person, approved_by: Person, period: tuple[date, date]
) -> None:
    from_on, until_on = period
    most = int(setting(STAND_IN_MOST_DAYS))
    if principal.pk == stand_in.pk:
        raise Problem(_("Nobody stands in for themselves."))
    if approved_by.pk == stand_in.pk:
        raise Problem(
            _("Whoever stands in does not approve it."),
            then=_("Let the leader of the absent person approve."),
        )
    if not from_on <= until_on or (until_on - from_on).days >= most:
        raise Problem(_("Enter a last day from the first day to %(days)s days later.") % {"days": most - 1})
    held = PostRole.objects.overlapping(from_on, until_on).filter(post__person__in=(principal, stand_in))
    if ADMINISTRATORS & set(held.values_list("role", flat=True)):
        raise Problem(
            _("Administrators neither stand in nor are stood in for."),
            then=_("Appoint a second administrator."),
        )


@transaction.atomic
def end_stand_in(row: StandIn, until_on: date, *, by: Account | None) -> StandIn:
    """End standing in early; the day is the last on which it holds.

    Raises:
        Problem: If the day lies outside the period.
    """
    row = StandIn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not row.from_on <= until_on <= row.until_on:
        raise Problem(_("Enter a day inside the period."), where=f"{row.from_on} {row.until_on}")
    row.until_on = until_on
    row.save(update_fields=["until_on"])
    record("organization.standin.ended", row, by=by, facts={"until_on": until_on.isoformat()})
    return row


@transaction.atomic
def withdraw_stand_in(row: StandIn, *, by: Account | None) -> None:
    """Take back standing in before its first day is over: it goes off the record of what holds.

    The journal keeps that it was given and taken back.
    """
    record("organization.standin.withdrawn", row, by=by, facts={"from_on": row.from_on.isoformat()})
    row.delete()
