"""The tree of units."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.look.said import day
from qingfeng.look.tables import Column
from qingfeng.organization.forms import UnitAddForm, UnitCloseForm, UnitForm, UnitMoveForm
from qingfeng.organization.models import Post, Unit
from qingfeng.organization.permissions import needs_role
from qingfeng.organization.showing import NamedTable, nothing, show
from qingfeng.organization.units import add_unit, change_unit, close_unit, move_unit
from qingfeng.organization.views.asking import Question, ask, data_of, day_asked

READERS = ("security_admin", "system_admin", "auditor")


def _table(units: list[Unit], caption: str, ident: str) -> NamedTable:
    def branch(unit: Unit) -> tuple[str, str, str]:
        return "　" * (unit.depth - top), unit.name, reverse("organization:unit", args=[unit.pk])

    top = min((unit.depth for unit in units), default=0)
    columns = [
        Column(branch, _("name of the unit"), is_head=True, template="organization/cells/branch.html"),
        Column("short_name", _("short name")),
        Column("get_kind_display", _("kind")),
        Column("get_level_display", _("level")),
        Column("overseen_by", _("overseen by")),
        Column("number_code", _("code in document numbers")),
    ]
    if ident == "closed":
        columns += [
            Column("closed_on", pgettext("unit", "closed on"), "day"),
            Column("merged_into", _("its business went to")),
        ]
    empty = nothing(_("No units yet"), _("Every office you deal with stands here, below the one above it."))
    return NamedTable(columns, units, caption, empty=empty, ident=ident)


@needs_role(*READERS)
def unit_list(request: HttpRequest) -> HttpResponse:
    """Show the tree; closed units in a table of their own."""
    units = list(Unit.objects.select_related("overseen_by", "merged_into"))
    tables = [_table([unit for unit in units if unit.closed_on is None], _("Units"), "units")]
    if closed := [unit for unit in units if unit.closed_on]:
        tables.append(_table(closed, _("Closed units"), "closed"))
    acts = (
        [(_("Add a unit"), reverse("organization:unit_add"))] if request.viewer.has("security_admin") else []
    )
    return show(request, _("Units"), *tables, acts=acts)


@needs_role(*READERS)
def unit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one unit: its line, its parts, who holds what in it on a day."""
    unit = get_object_or_404(Unit.objects.select_related("parent", "overseen_by", "merged_into"), pk=pk)
    on, tables = day_asked(request), []
    parts = list(unit.children.select_related("overseen_by"))
    if parts:
        tables.append(_table(parts, _("Units below"), "units"))
    if request.viewer.has("security_admin", "auditor"):
        tables.insert(0, _posts(unit, on))
    facts = [
        (_("units above"), " › ".join(str(one) for one in Unit.objects.above(unit).exclude(pk=pk))),
        (_("kind"), unit.get_kind_display()),
        (_("level"), unit.get_level_display()),
        (_("other names"), "、".join(unit.aliases)),
        (_("code in document numbers"), unit.number_code),
        (_("credit code"), unit.credit_code),
        (_("overseen by"), unit.overseen_by),
        (pgettext("unit", "closed on"), day(unit.closed_on)),
    ]
    return show(request, unit.name, *tables, acts=_acts(request, pk), facts=facts, day=on)


def _acts(request: HttpRequest, pk: int) -> list[tuple[str, str]]:
    if not request.viewer.has("security_admin"):
        return []
    return [
        (_("Change"), reverse("organization:unit_change", args=[pk])),
        (_("Add a unit below"), f"{reverse('organization:unit_add')}?parent={pk}"),
        (pgettext("unit", "Move"), reverse("organization:unit_move", args=[pk])),
        (pgettext("unit", "Close"), reverse("organization:unit_close", args=[pk])),
    ]


def _posts(unit: Unit, on: date) -> NamedTable:
    def link(post: Post) -> str:
        return reverse("organization:person", args=[post.person.number])

    columns = [
        Column("person.name", _("person's name"), link=link, is_head=True),
        Column("title", _("title of the post")),
        Column("from_on", _("first day"), "day"),
        Column("until_on", _("last day"), "day"),
    ]
    empty = nothing(_("Nobody held a post here that day"), _("Posts are given on the page of a person."))
    rows = unit.posts.held_on(on).select_related("person")
    return NamedTable(columns, rows, _("Who holds what"), empty=empty, ident="posts")


@needs_role("security_admin")
def unit_add(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitAddForm(data_of(request), initial={"parent": request.GET.get("parent")})
    question = Question(_("Add a unit"), _("Add"), reverse("organization:units"))
    return ask(request, form, question, lambda **entered: add_unit(by=request.user, **entered))


def _of(pk: int) -> tuple[Unit, str]:
    return get_object_or_404(Unit, pk=pk), reverse("organization:unit", args=[pk])


@needs_role("security_admin")
def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is on record about a unit."""
    unit, back = _of(pk)
    form = UnitForm(data_of(request), instance=unit)
    question = Question(_("Change %(unit)s") % {"unit": unit}, _("Save"), back)
    return ask(request, form, question, lambda **entered: change_unit(unit, by=request.user, **entered))


@needs_role("security_admin")
def unit_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a unit elsewhere in the tree."""
    unit, back = _of(pk)
    form = UnitMoveForm(data_of(request), initial={"parent": unit.parent_id})
    note = _("Everything below it moves with it, and the roles held above reach it from today.")
    question = Question(_("Move %(unit)s") % {"unit": unit}, pgettext("unit", "Move"), back, note=note)
    return ask(request, form, question, lambda parent: move_unit(unit, parent=parent, by=request.user))


@needs_role("security_admin")
def unit_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a unit."""
    unit, back = _of(pk)
    question = Question(_("Close %(unit)s") % {"unit": unit}, pgettext("unit", "Close"), back)
    return ask(
        request,
        UnitCloseForm(data_of(request)),
        question,
        lambda closed_on, merged_into: close_unit(unit, closed_on, merged_into=merged_into, by=request.user),
    )
