"""The chain of duty, units behind its numbers, the register of deployments, a clock that a clause became."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.drawn import period_of
from qingfeng.desk.duty import chain, clauses, picture, register
from qingfeng.desk.kinds import address
from qingfeng.desk.lights import Opened, light
from qingfeng.desk.listing import knows
from qingfeng.desk.offers import laws
from qingfeng.desk.views.ground import Page, desk_page, kind_page, viewer_in
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun
from qingfeng.matters.registry import mechanism
from qingfeng.matters.vocabulary import Clock, Mechanism
from qingfeng.organization.viewer import Viewer

LEADERS = ("principal", "deputy", "dept_head", "tracker")
A_PAGE = 50
A_YEAR = timedelta(days=365)


def may_open(viewer: Viewer) -> bool:
    """Return whether the chain exists for somebody: own staff who lead, or who follow units."""
    inside = viewer.person_id is not None and not viewer.is_administrator
    return inside and viewer.has(*LEADERS) and not access.is_outside(viewer)


def may_open_register(viewer: Viewer) -> bool:
    """Return whether the register of deployments exists for somebody: own staff."""
    return not access.is_outside(viewer) and knows(viewer, mechanism(register.KIND))


def _for(may: Callable[[Viewer], bool]) -> Callable[[Page], Page]:
    def guard(page: Page) -> Page:
        @desk_page
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(viewer_in(request)):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return guard


def _year_in(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == len("2026") else viewer_in(request).on.year


@_for(may_open)
@require_GET
def duty_chain(request: HttpRequest) -> HttpResponse:
    """Show the chain of a year: a picture, counts by link, one line a unit."""
    found = chain.chain_of(viewer_in(request), _year_in(request))
    context = {
        "title": _("Chain of duty"),
        "year": found.year,
        "years": chain.years_there(viewer_in(request)),
        "chain": found,
        "chart": picture.chart(found),
        "counts": picture.counts_table(found),
        "units": picture.units_table(found.years),
        "ratios": picture.ratios(found),
        "letters": picture.letters_by_age(found),
        "has_register": may_open_register(viewer_in(request)),
    }
    return render(request, "desk/duty/chain.html", context)


@_for(may_open)
@require_GET
def duty_rows(request: HttpRequest) -> HttpResponse:
    """Show the units behind one number (`link`, `state`); without one, lead to the chain."""
    link, state = request.GET.get("link", ""), request.GET.get("state", "")
    if not link:
        return redirect("desk:duty_chain")
    found = chain.chain_of(viewer_in(request), _year_in(request))
    rows = found.behind(link, state)
    if rows is None:
        raise Http404
    said = picture.SAID.get(state)
    context = {
        "title": f"{chain.LINKS[link]} · {said}" if said else chain.LINKS[link],
        "year": found.year,
        "units": picture.units_table(rows),
    }
    return render(request, "desk/duty/rows.html", context)


@_for(may_open_register)
@require_GET
def deployments(request: HttpRequest) -> HttpResponse:
    """Show the register: clause by clause, who answers, what cites it, what was done."""
    viewer = viewer_in(request)
    page = Paginator(register.clauses_seen(viewer, request.GET), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = register.filled(viewer, list(page.object_list))
    context = {
        "title": _("Register of deployments"),
        "table": register.register_table(page),
        "q": request.GET.get("q", ""),
        "open_only": request.GET.get("open") == "1",
        "may_new": bool(access.may_open(viewer, mechanism(register.KIND))),
    }
    return render(request, "desk/duty/register.html", context)


@kind_page
@require_GET
def clause_clock(request: HttpRequest, kind: Mechanism, clock: str) -> HttpResponse:
    """Show a clock as it runs, and which clauses of our own rules it carries."""
    viewer = viewer_in(request)
    declared = next((one for one in kind.clocks if one.key == clock), None)
    if declared is None or access.is_outside(viewer):
        raise Http404
    page = Paginator(clauses.runs_seen(viewer, kind, declared), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": declared.name,
        "kind": kind,
        "period": period_of(declared),
        "law": laws(declared.law),
        "met": clauses.met_since(viewer, kind, declared, viewer.on - A_YEAR),
        "rules": list(clauses.rules_naming(viewer, f"clock:{kind.key}.{declared.key}")),
        "table": _runs_table(viewer, declared, page),
    }
    return render(request, "desk/duty/clock.html", context)


def _runs_table(viewer: Viewer, clock: Clock, page: Any) -> Table:
    opened = Opened()

    def lit(run: ClockRun) -> Any:
        return light(run, clock, viewer.on, opened)

    columns = [
        Column("matter.number", _("Number"), "exact", link=lambda run: address(run.matter), is_head=True),
        Column("matter.title", _("Title")),
        Column("matter.owner", _("Owner")),
        Column("started_on", _("Counted from"), "day"),
        Column(lit, _("Due"), "light"),
    ]
    empty = Empty(_("This clock runs nowhere now"), _("Or on nothing that you read."))
    return Table(columns, page, clock.name, empty=empty)
