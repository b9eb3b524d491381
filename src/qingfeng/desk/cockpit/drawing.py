"""Rows behind numbers, drawn alike in every panel: matters, duties, leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit.shown import Rows
from qingfeng.desk.kinds import address
from qingfeng.desk.levels import views_of
from qingfeng.desk.lights import Opened, clock_of, light, lights_of
from qingfeng.desk.listing import A_PAGE, COUNTED, CountedPaginator, stage_name
from qingfeng.findings.models import Lead
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer


@dataclass(frozen=True)
class MatterRow:
    """A matter as far as the viewer may know it, with what the number is about beside it."""

    matter: Matter
    title: str
    kind: str
    stage: str
    light: Any
    what: Any = ""


NUMBER = "matter.number"


def page(rows: Rows, number: Any, *, changed: str) -> dict[str, Any]:
    """Return what a page of rows shows: title, table, how many there are, and whether that is all.

    Args:
        rows: Behind one number.
        number: Of the page, as the address has it.
        changed: What is said where nothing is behind the number any more.
    """
    found = CountedPaginator(rows.query, A_PAGE).get_page(number)
    found.object_list = rows.make(list(found.object_list))
    empty = Empty(_("Nothing is behind this number"), changed)
    return {
        "title": rows.title,
        "table": Table(rows.columns, found, rows.title, empty=empty),
        "shown": found.paginator.count,
        "is_cut": found.paginator.is_cut,
        "counted": COUNTED,
    }


def matters(viewer: Viewer, title: str, rows: QuerySet[Matter]) -> Rows:
    """Return matters as rows."""

    def make(some: list[Matter]) -> list[MatterRow]:
        lights, views = lights_of(some, viewer.on), views_of(viewer, some)
        return [_row(one, views, lights.get(one.pk)) for one in some]

    columns = [*_first(), Column("stage", _("Stage")), Column("matter.owner", _("Owner")), _due()]
    return Rows(title, columns, rows.select_related("owner").order_by("due_on", "pk"), make)


def opened(viewer: Viewer, title: str, rows: QuerySet[Matter]) -> Rows:
    """Return matters as rows, the newest first, by the day on which each was opened."""

    def make(some: list[Matter]) -> list[MatterRow]:
        views = views_of(viewer, some)
        return [_row(one, views, None) for one in some]

    on = Column("matter.opened_on", _("Opened on"), "day")
    columns = [*_first(), Column("stage", _("Stage")), Column("matter.owner", _("Owner")), on]
    return Rows(title, columns, rows.select_related("owner").order_by("-opened_on", "-pk"), make)


def duties(viewer: Viewer, title: str, runs: QuerySet[ClockRun]) -> Rows:
    """Return running or ended clocks as rows."""

    def make(some: list[ClockRun]) -> list[MatterRow]:
        views, opened = views_of(viewer, [run.matter for run in some]), Opened()
        made = []
        for run in some:
            clock = clock_of(run, run.matter.mechanism, run.matter.version)
            lit = light(run, clock, viewer.on, opened)
            made.append(_row(run.matter, views, lit, str(clock.name) if clock else run.key))
        return made

    columns = [*_first(), Column("what", _("Duty")), Column("matter.owner", _("Owner")), _due()]
    return Rows(title, columns, runs.select_related("matter__owner").order_by("due_on", "pk"), make)


def happened(viewer: Viewer, title: str, rows: QuerySet[Any], *, when: str) -> Rows:
    """Return what happened on matters as rows, newest first; who did it stands on none of them.

    Args:
        viewer: Who looks.
        title: What they are.
        rows: Rows with a `matter`.
        when: Name of their day or instant.
    """

    def make(some: list[Any]) -> list[MatterRow]:
        views = views_of(viewer, [one.matter for one in some])
        return [replace(_row(one.matter, views, None), what=getattr(one, when)) for one in some]

    columns = [
        *_first(),
        Column("matter.owner", _("Owner")),
        Column("what", pgettext("cockpit", "On"), "moment"),
    ]
    return Rows(title, columns, rows.select_related("matter__owner").order_by(f"-{when}", "-pk"), make)


def _first() -> list[Column]:
    head = Column(
        NUMBER,
        _("Number and title"),
        "exact",
        link=lambda row: address(row.matter),
        is_head=True,
        template="desk/parts/number.html",
    )
    return [head, Column("kind", pgettext("cockpit", "Kind"))]


def _due() -> Column:
    return Column("light", _("Due"), "light", template="desk/parts/due.html")


def _row(matter: Matter, views: Any, lit: Any, what: str = "") -> MatterRow:
    declared = mechanism(matter.mechanism, matter.version)
    title = matter.title if views[matter.pk] == "whole" else str(declared.name)
    return MatterRow(matter, title, str(declared.name), stage_name(declared, matter), lit, what)


def leads(title: str, rows: QuerySet[Lead]) -> Rows:
    """Return leads as rows; a person's name stands on none of them."""
    columns = [
        Column("title", pgettext("cockpit", "Finding"), link=lead_address, is_head=True),
        Column("unit_name", pgettext("cockpit", "Unit")),
        Column("at", pgettext("cockpit", "When"), "day"),
        Column("amount", _("Amount (yuan)"), "amount"),
        Column(_carried, pgettext("cockpit", "Verification")),
    ]
    return Rows(title, columns, rows.select_related("matter").order_by("-weight", "-points", "key"))


def _carried(lead: Lead) -> str:
    return lead.matter.number if lead.matter else "—"


def lead_address(lead: Lead) -> str | None:
    """Return the page of a lead, None in a house without such pages."""
    try:
        return reverse("desk:lead", kwargs={"key": lead.key})
    except NoReverseMatch:
        return None


def named_units(keys: Iterable[Any]) -> dict[Any, str]:
    """Return the names of units by key; one query."""
    return {row.pk: str(row) for row in Unit.objects.filter(pk__in={key for key in keys if key})}
