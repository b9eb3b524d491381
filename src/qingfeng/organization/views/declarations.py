"""What each person declares about themselves, what has been declared, and who stands in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.look.tables import Column
from qingfeng.organization.declarations import (
    KINDS,
    declare_interest,
    declare_relation,
    end_declaration,
    end_stand_in,
    let_stand_in,
)
from qingfeng.organization.forms import EndForm, InterestForm, RelationForm, StandInForm
from qingfeng.organization.models import Interest, Person, Relation, StandIn
from qingfeng.organization.permissions import needs_person, needs_role
from qingfeng.organization.showing import NamedTable, lines, nothing, period, row_acts, show
from qingfeng.organization.views.asking import Question, ask, data_of

MODELS = {"relation": Relation, "interest": Interest}


def _own(request: HttpRequest) -> Person:
    return get_object_or_404(Person, pk=request.viewer.person_id)


def _relations(rows: Iterable[Relation], *, ends: bool) -> NamedTable:
    columns = [
        Column(
            lambda row: row.outside_name or row.other.name if ends else str(row), _("relative"), is_head=True
        ),
        Column("get_kind_display", _("kind")),
        *_dated("relation", ends=ends),
    ]
    empty = nothing(
        _("No relative declared"), _("Whoever is concerned by a matter of a relative takes no part in it.")
    )
    return NamedTable(columns, rows, _("Relatives"), empty=empty, ident="relations")


def _interests(rows: Iterable[Interest], *, ends: bool) -> NamedTable:
    columns = [
        Column("unit.name", _("unit"), is_head=True),
        Column("get_kind_display", _("kind")),
        *_dated("interest", ends=ends),
    ]
    empty = nothing(
        _("No interest declared"), _("What binds you to a unit is declared before a matter of it comes.")
    )
    return NamedTable(columns, rows, _("Interests"), empty=empty, ident="interests")


def _dated(what: str, *, ends: bool) -> list[Column]:
    """The days of a declaration; for its owner what can be done with it, else whose it is."""
    columns = [Column("declared_on", _("declared on"), "day"), Column("until_on", _("last day"), "day")]
    if not ends:
        return [Column("person.name", _("declared by")), *columns]

    def acts(row: Relation | Interest) -> list[tuple[str, str]]:
        return (
            [] if row.until_on else [(_("End"), reverse("organization:declaration_end", args=[what, row.pk]))]
        )

    return [*columns, row_acts(acts)]


@needs_person
def own_declarations(request: HttpRequest) -> HttpResponse:
    """Show what I have declared, and where I stand in or am stood in for."""
    person = _own(request)
    standing = StandIn.objects.filter(Q(principal=person) | Q(stand_in=person))
    tables = [
        _relations(person.relations.select_related("other"), ends=True),
        _interests(person.interests.select_related("unit"), ends=True),
        _stand_ins(standing, may=False),
    ]
    acts = [
        (_("Declare a relative"), reverse("organization:relation_declare")),
        (_("Declare an interest"), reverse("organization:interest_declare")),
    ]
    return show(request, _("What I have declared"), *tables, acts=acts)


@needs_person
def relation_declare(request: HttpRequest) -> HttpResponse:
    """Declare a relative of mine."""
    question = Question(_("Declare a relative"), _("Declare"), reverse("organization:own"))
    person, form = _own(request), RelationForm(data_of(request))
    return ask(
        request, form, question, lambda **entered: declare_relation(person, by=request.user, **entered)
    )


@needs_person
def interest_declare(request: HttpRequest) -> HttpResponse:
    """Declare what binds me to a unit."""
    question = Question(_("Declare an interest"), _("Declare"), reverse("organization:own"))
    person, form = _own(request), InterestForm(data_of(request))
    return ask(
        request, form, question, lambda **entered: declare_interest(person, by=request.user, **entered)
    )


@needs_person
def declaration_end(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """End something I have declared."""
    if what not in MODELS:
        raise Http404
    declared = get_object_or_404(MODELS[what], pk=pk, person=request.viewer.person_id)
    question = Question(_("End: %(what)s") % {"what": declared}, _("End"), reverse("organization:own"))
    form = EndForm(data_of(request))
    return ask(request, form, question, lambda until_on: end_declaration(declared, until_on, by=request.user))


@needs_role("security_admin")
def declared_list(request: HttpRequest) -> HttpResponse:
    """Show everything that has been declared; outside names stay short."""
    tables = [
        _relations(Relation.objects.select_related("person", "other"), ends=False),
        _interests(Interest.objects.select_related("person", "unit"), ends=False),
    ]
    return show(request, _("Declared relatives and interests"), *tables)


def _stand_ins(rows: QuerySet[StandIn], *, may: bool) -> NamedTable:
    today = timezone.localdate()

    def acts(row: StandIn) -> list[tuple[str, str]]:
        return (
            [] if row.until_on < today else [(_("End"), reverse("organization:stand_in_end", args=[row.pk]))]
        )

    columns = [
        Column("stand_in.name", _("who stands in"), is_head=True),
        Column("principal.name", pgettext("standing in", "for")),
        lines(lambda row: [KINDS.get(key, key) for key in row.kinds], _("kinds of matters")),
        Column(lambda row: period(row.from_on, row.until_on), _("period")),
        Column("reason", _("reason")),
        Column("approved_by.name", _("approved by")),
        *([row_acts(acts)] if may else []),
    ]
    empty = nothing(
        _("Nobody stands in"), _("For an absence: a period, named kinds of matters, an approval.")
    )
    rows = rows.select_related("principal", "stand_in", "approved_by")
    return NamedTable(columns, rows, _("Standing in"), empty=empty, ident="stand-ins")


@needs_role("security_admin", "auditor")
def stand_in_list(request: HttpRequest) -> HttpResponse:
    """Show who stands in for whom, now and before."""
    may = request.viewer.has("security_admin")
    acts = [(_("Let somebody stand in"), reverse("organization:stand_in_begin"))] if may else []
    return show(request, _("Standing in"), _stand_ins(StandIn.objects.all(), may=may), acts=acts)


@needs_role("security_admin")
def stand_in_begin(request: HttpRequest) -> HttpResponse:
    """Enter an approved standing in."""
    question = Question(_("Let somebody stand in"), _("Enter"), reverse("organization:stand_ins"))
    form = StandInForm(data_of(request))

    def act(principal: Person, stand_in: Person, **entered: object) -> StandIn:
        return let_stand_in(principal, stand_in, by=request.user, **entered)

    return ask(request, form, question, act)


@needs_role("security_admin")
def stand_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End standing in early."""
    row = get_object_or_404(StandIn, pk=pk)
    question = Question(_("End standing in"), _("End"), reverse("organization:stand_ins"))
    form = EndForm(data_of(request))
    return ask(request, form, question, lambda until_on: end_stand_in(row, until_on, by=request.user))
