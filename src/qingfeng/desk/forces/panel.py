"""The panel of a task force: its people with their undertakings, and what each reaches through it, from rows.

Another matter is named only to who may know of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk.kinds import address
from qingfeng.desk.panels import Panel, show
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access
from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.task_force.reaching import KIND, parts_through, title_of
from qingfeng.organization.models import Person, Post, Unit
from qingfeng.organization.viewer import Viewer


@dataclass
class Member:
    """Somebody who was called in.

    Attributes:
        signed_on: Day on which they signed their undertaking, None until they do.
        reaches: (number, address, parts) of other matters that they reach through the force now.
        until_on: First day on which they reach nothing any more; None for who has left, or has not signed.
        lent_until: Last day of the post that was made for them.
    """

    name: str
    unit: str = ""
    specialty: str = ""
    state: str = ""
    signed_on: date | None = None
    reaches: list[tuple[str, str, str]] = field(default_factory=list)
    until_on: date | None = None
    lent_until: date | None = None


def people_panel(viewer: Viewer, force: Matter) -> Panel | None:
    """Return who works in a force, with undertaking and reach; None before anybody is called in."""
    rows = members(viewer, force)
    if not rows:
        return None
    columns = [
        Column("name", _("Person"), "exact", is_head=True),
        Column("unit", _("Department they come from")),
        Column("state", _("Undertaking"), "tag"),
        Column("signed_on", _("Signed on"), "day"),
        Column(lambda row: row, _("Reaches through the force"), template="desk/forces/reaches.html"),
        Column("lent_until", _("Lent until"), "day"),
        Column("until_on", _("Access ends on"), "day"),
    ]
    empty = Empty(_("Nobody yet"), _("People stand here once they are called in."))
    context = {"table": Table(columns, rows, _("People and what they reach"), empty=empty)}
    return Panel(gettext_lazy("People and what they reach"), "desk/forces/people.html", context)


def members(viewer: Viewer, force: Matter) -> list[Member]:
    """Return everybody who was called into a force, in order, and what they reach that the viewer sees."""
    lines = list(force.lines.filter(ledger="people").order_by("no"))
    ids = {int(one.facts["person"]) for one in lines if one.facts.get("person")}
    people = Person.objects.in_bulk(ids)
    units = Unit.objects.in_bulk(
        {int(one.facts["from_department"]) for one in lines if one.facts.get("from_department")}
    )
    signed = _signed(force)
    lent = dict(
        Post.objects.filter(title=title_of(force), person__in=ids)
        .order_by("until_on")
        .values_list("person", "until_on")
    )
    works = {int(one.facts["person"]) for one in lines if one.state == "signed"}
    parts = parts_through(force, works & people.keys())
    there = _there(viewer, force, (one for held in parts.values() for one in held))
    states = dict(mechanism(force.mechanism, force.version).ledger("people").states)
    found = []
    for one in lines:
        key = int(one.facts.get("person") or 0)
        if key not in people:
            continue
        reach = parts.get(key, []) if one.state == "signed" else []
        unit = units.get(int(one.facts.get("from_department") or 0))
        member = Member(
            name=people[key].name,
            unit=str(unit or ""),
            specialty=str(one.facts.get("specialty") or ""),
            state=str(states.get(one.state, one.state)),
            signed_on=signed.get(key),
            reaches=_reaches(reach, there),
            until_on=parse_date(str(force.facts.get("ends_on") or "")) if reach else None,
            lent_until=lent.get(key),
        )
        found.append(member)
    return found


def _signed(force: Matter) -> dict[int, date]:
    """Return on which day each signed: their own act, by the line that it changed."""
    found: dict[int, date] = {}
    for one in force.story.filter(act="sign", undone_by=None).order_by("no"):
        for _ledger, _no, _state, facts in one.entered.get("lines", ()):
            found[int(facts["person"])] = timezone.localdate(one.at)
    return found


def _there(viewer: Viewer, force: Matter, parts: Iterable[Party]) -> set[int]:
    """Return the keys of the other matters of some parts that exist for the viewer."""
    keys = {one.matter_id for one in parts} - {force.pk}
    return set(access.visible(viewer).filter(pk__in=keys).values_list("pk", flat=True))


def _reaches(parts: Iterable[Party], there: set[int]) -> list[tuple[str, str, str]]:
    """Return the matters of some parts that are among those there, with the parts in words."""
    by_matter: dict[int, list[Party]] = defaultdict(list)
    for one in parts:
        if one.matter_id in there:
            by_matter[one.matter_id].append(one)
    return [_said(held) for held in by_matter.values()]


def _said(held: list[Party]) -> tuple[str, str, str]:
    matter = held[0].matter
    declared: Any = mechanism(matter.mechanism, matter.version)
    roles = _("; ").join(str(declared.role(one.role).name) for one in held)
    return matter.number, address(matter), roles


def join() -> None:
    """Hang the panel on the page of a force; called once, at start-up."""
    show(KIND, people_panel)
