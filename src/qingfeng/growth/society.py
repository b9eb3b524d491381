"""The youth society (青联社): in it by one's own wish, roles that are offered and taken on, a plan a year.

What it did is summed by line of activity, for the whole house and for nobody; members are in no order
but that in which they came, and nothing about a member is counted. The journal says that somebody joined,
left, took on a role or laid it down, and not who: it could not forget them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qingfeng.growth.models import Line, Member, Office, Plan, Planned
from qingfeng.journal.store import append
from qingfeng.matters.models import LedgerLine, Matter
from qingfeng.matters.notices import tell
from qingfeng.matters.today import today
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

ACTIVITY = "activity"
GUIDES = ("dept_head", "deputy")
WRITERS = (Office.Key.CHAIR, Office.Key.VICE, Office.Key.SECRETARY)


@dataclass(frozen=True)
class OfLine:
    """What was done in a line in a year: sums over activities that were held.

    Attributes:
        line: Which line.
        held: Activities held.
        hours: Of all who took part, together.
        took_part: How often people took part.
        served: People whom it reached.
        made: Papers, tools, lectures and others that it brought.
        planned: Activities that the plan of the year intends.
    """

    line: Line
    held: int = 0
    hours: int = 0
    took_part: int = 0
    served: int = 0
    made: int = 0
    planned: int = 0


def may_join(viewer: Viewer) -> bool:
    """Return whether somebody may be in the society: one of the commission's own people."""
    return viewer.person_id is not None and viewer.is_staff


def guides(viewer: Viewer) -> bool:
    """Return whether somebody offers roles and approves plans: who may have an activity begun."""
    return may_join(viewer) and viewer.has(*GUIDES)


def member_of(viewer: Viewer) -> Member | None:
    """Return somebody's membership, None where there is none."""
    return Member.objects.filter(person=viewer.person_id).first() if viewer.person_id else None


def writes_plan(viewer: Viewer) -> bool:
    """Return whether somebody writes the plan: who guides the society, its chairs and its secretary."""
    if guides(viewer):
        return True
    rows = Office.objects.filter(member__person=viewer.person_id, key__in=WRITERS, taken_on__isnull=False)
    return may_join(viewer) and rows.exists()


def join(viewer: Viewer) -> Member:
    """Join, by one's own wish."""
    with transaction.atomic():
        made, is_new = Member.objects.get_or_create(
            person_id=viewer.person_id, defaults={"joined_on": today()}
        )
        if is_new:
            append("society.joined")
    return made


def leave(viewer: Viewer) -> None:
    """Leave, whenever one likes; roles end with it, and no line of it is kept."""
    with transaction.atomic():
        gone, _rows = Member.objects.filter(person=viewer.person_id).delete()
        if gone:
            append("society.left")


def offer(member: Member, key: Office.Key, line: Line | None, *, by: Viewer) -> Office:
    """Offer a role to a member.

    Raises:
        Problem: If a line is missing or too much, or they have the role already.
    """
    if (key == Office.Key.CARRIER) != (line is not None):
        raise Problem(_("Name the line for who carries one, and for nobody else."))
    try:
        with transaction.atomic():
            made: Office = Office.objects.create(
                member=member, key=key, line=line or "", offered_by_id=by.person_id, offered_on=today()
            )
            tell([member.person_id], "society_offered", None)
    except IntegrityError as error:
        raise Problem(_("This role was offered to them already.")) from error
    return made


def take_on(office: Office) -> None:
    """Take on a role that was offered."""
    with transaction.atomic():
        Office.objects.filter(pk=office.pk, taken_on=None).update(taken_on=today())
        append("society.role_taken", facts={"role": office.key})


def lay_down(office: Office, *, by: Viewer) -> None:
    """Lay a role down, decline it, or take it back."""
    who = f"person:{by.person_id}" if by.person_id != office.member.person_id else ""
    with transaction.atomic():
        append("society.role_ended", by=who, facts={"role": office.key})
        office.delete()


def write_plan(year: int, aims: str, *, by: Viewer) -> Plan:
    """Write the aims of a year; a plan that is approved keeps them.

    Raises:
        Problem: If the plan is approved already.
    """
    with transaction.atomic():
        mine = {"aims": aims, "written_by_id": by.person_id}
        plan: Plan = Plan.objects.select_for_update().get_or_create(year=year, defaults=mine)[0]
        if plan.approved_on:
            raise Problem(_("This plan is approved; activities can still be added to it."))
        plan.aims, plan.written_by_id = aims, by.person_id
        plan.save()
    return plan


def intend(plan: Plan, line: Line, month: int, *, what: str, hours: int, cost: Decimal) -> Planned:
    """Add an activity to a plan, with hours of all together and yuan; what is added late says so."""
    made: Planned = Planned.objects.create(
        plan=plan, line=line, month=month, what=what, hours=hours, cost=cost, added_on=today()
    )
    return made


def may_strike(planned: Planned) -> bool:
    """Return whether a line may go: the plan is not approved, or the line came after and became nothing."""
    approved = planned.plan.approved_on
    return planned.matter_id is None and (approved is None or planned.added_on > approved)


def approve(plan: Plan, *, by: Viewer) -> None:
    """Approve a plan: a leader who did not write it.

    Raises:
        Problem: If whoever wrote it would approve it, or nothing stands in it.
    """
    if by.person_id == plan.written_by_id:
        raise Problem(_("Somebody else approves a plan than who wrote it."))
    if not plan.planned.exists():
        raise Problem(_("Add an activity to the plan first."))
    with transaction.atomic():
        rows = Plan.objects.filter(pk=plan.pk, approved_on=None)
        rows.update(approved_by_id=by.person_id, approved_on=today())
        append("society.plan_approved", subject=f"{plan.year}", by=f"person:{by.person_id}")


def tie(planned: Planned, matter: Matter | None) -> None:
    """Say which activity a line of the plan became, or that it became none.

    Raises:
        Problem: If the plan is not approved, or it is another line's, of another line of activity, or no
            activity at all.
    """
    if matter is not None:
        if planned.plan.approved_on is None:
            raise Problem(_("A leader approves the plan first; nothing is carried out on it before."))
        if matter.mechanism != ACTIVITY or matter.facts.get("line") != planned.line:
            raise Problem(_("Name an activity of the same line."))
        if Planned.objects.filter(matter=matter).exclude(pk=planned.pk).exists():
            raise Problem(_("This activity stands behind another line of a plan."))
    planned.matter = matter
    planned.save(update_fields=["matter"])


def by_line(year: int) -> list[OfLine]:
    """Return what was done in each line in a year; two queries, sums over the whole house."""
    rows = Matter.objects.filter(mechanism=ACTIVITY, standing=Matter.Standing.VALID)
    held = {pk: facts for pk, facts in rows.values_list("pk", "facts") if _held_in(facts, year)}
    made: dict[int, int] = defaultdict(int)
    for pk in LedgerLine.objects.filter(ledger="outputs", matter__in=held).values_list("matter", flat=True):
        made[pk] += 1
    planned = list(Planned.objects.filter(plan__year=year).values_list("line", flat=True))
    return [_summed(line, held, made, planned.count(line)) for line in map(Line, Line.values)]


def _held_in(facts: Mapping[str, Any], year: int) -> bool:
    return bool(facts.get("held_on")) and date.fromisoformat(str(facts["held_on"])).year == year


def _summed(
    line: Line, held: Mapping[int, Mapping[str, Any]], made: Mapping[int, int], planned: int
) -> OfLine:
    here = {pk: facts for pk, facts in held.items() if facts.get("line") == line}

    def total(key: str) -> int:
        return sum(int(facts.get(key) or 0) for facts in here.values())

    made_here = sum(made.get(pk, 0) for pk in here)
    return OfLine(line, len(here), total("hours"), total("took_part"), total("served"), made_here, planned)


def years_of(lines: Iterable[Plan], this_year: int) -> list[int]:
    """Return the years that have a plan, and this one and the next, newest first."""
    return sorted({plan.year for plan in lines} | {this_year, this_year + 1}, reverse=True)
