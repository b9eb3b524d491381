"""The pages on talks with heads: all units, the talks behind a number, one's own, the year's beginning."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from qingfeng.desk.leadership import beginning, covering, laying
from qingfeng.desk.leadership.asked import asked_in, may_open, may_read_own
from qingfeng.desk.leadership.covering import FILE, STATES, TALK
from qingfeng.desk.views.ground import desk_page, viewer_in
from qingfeng.look.tables import Empty

A_PAGE = 40


@desk_page
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Show who must talk with whom in a year, by level and kind of office and unit by unit."""
    viewer = viewer_in(request)
    if not may_open(viewer):
        raise Http404
    asked = asked_in(request.GET, viewer.on)
    rows, years = covering.rows_of(viewer, asked.year), covering.years_of(viewer, asked.year)
    begins = beginning.may_begin(viewer)
    page = Paginator(laying.units_of(rows, asked.year), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Heads and leading teams"),
        "asked": asked,
        "years": [asked.year - 1, asked.year, asked.year + 1],
        "this_year": viewer.on.year,
        "lines": laying.lines_of(rows, asked),
        "heads": list(STATES.values()),
        "page": page,
        "ticks": laying.TICKS,
        "undecided": len(covering.without_decision(years)),
        "followed": len(years),
        "to_begin": len(beginning.missing_in(viewer, asked.year)) if begins else 0,
        "empty": _nothing_yet(begins=begins),
    }
    return render(request, "desk/leadership/coverage.html", context)


def _nothing_yet(*, begins: bool) -> Empty:
    said = _("Once the plan of a unit is approved, its talks stand here: who talks with whom, and by when.")
    if not begins:
        return Empty(_("No talk of this year yet"), said, icon="users-group")
    href = reverse("desk:leadership_begin")
    return Empty(_("No talk of this year yet"), said, _("Begin the year of units"), href, "users-group")


@desk_page
@require_GET
def rows(request: HttpRequest) -> HttpResponse:
    """Show the talks behind a number."""
    viewer = viewer_in(request)
    if not may_open(viewer):
        raise Http404
    asked = asked_in(request.GET, viewer.on)
    found = [row for row in covering.rows_of(viewer, asked.year) if asked.wants(row)]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("Talks of %(year)s") % {"year": asked.year}, "asked": asked, "page": page}
    return render(request, "desk/leadership/rows.html", context)


@desk_page
@require_GET
def undecided(request: HttpRequest) -> HttpResponse:
    """Show the units with no recorded collective decision above the money threshold."""
    viewer = viewer_in(request)
    if not may_open(viewer):
        raise Http404
    asked = asked_in(request.GET, viewer.on)
    found = covering.without_decision(covering.years_of(viewer, asked.year))
    context = {
        "title": _("Units with no recorded collective decision above the money threshold"),
        "asked": asked,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/leadership/undecided.html", context)


@desk_page
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Show the units that have no plan of the year yet, and begin those that are ticked."""
    viewer = viewer_in(request)
    if not beginning.may_begin(viewer) or beginning.owner_of(viewer) is None:
        raise Http404
    asked = asked_in(request.GET, viewer.on)
    units = beginning.missing_in(viewer, asked.year)
    if request.method == "POST":
        ticked = set(request.POST.getlist("unit"))
        begun = beginning.begin(viewer, [one for one in units if str(one.pk) in ticked], asked.year)
        said = ngettext("%(count)d year is begun.", "%(count)d years are begun.", begun.count)
        messages.success(request, said % {"count": begun.count})
        for unit, why in begun.refused:
            messages.error(request, f"{unit}: {why}")
        return redirect(f"{reverse('desk:leadership')}?{asked.query()}")
    context = {"title": _("Begin the year of units"), "asked": asked, "units": units}
    return render(request, "desk/leadership/begin.html", context)


@desk_page
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """Show the talks that somebody owes, the talks with them, and their own file."""
    viewer = viewer_in(request)
    if not may_read_own(viewer):
        raise Http404
    owed = [one for one in covering.own_of(viewer, TALK, "talker") if one.is_open]
    mine = covering.own_of(viewer, TALK, "subject_head")
    context = {
        "title": _("My talks and my file"),
        "owed": covering.rows_among(owed, viewer.on),
        "mine": covering.rows_among(mine, viewer.on),
        "files": covering.own_of(viewer, FILE, "subject_head"),
    }
    return render(request, "desk/leadership/own.html", context)
