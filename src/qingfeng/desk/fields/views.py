"""Pages of fields of work: all of them, one, the rows behind a number, and what may be worth a topic."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.fields import clues, opened
from qingfeng.desk.fields.asked import Asked, may_open
from qingfeng.desk.fields.picture import pictures
from qingfeng.desk.fields.quarters import quarters_until
from qingfeng.desk.fields.shown import Field
from qingfeng.desk.fields.suggesting import Suggesting, fields_without_numbers
from qingfeng.look import tables
from qingfeng.matters import access
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.common import AREAS

Page = Callable[..., HttpResponse]
YEARS_BACK = 12  # quarters that one may go back to


def field_page(page: Page) -> Page:
    """Let in own staff who carry matters; to others it does not exist."""

    @login_required
    @require_GET
    @wraps(page)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not may_open(request.viewer) or kwargs.get("area", AREAS[0][0]) not in dict(AREAS):
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


@field_page
def index(request: HttpRequest) -> HttpResponse:
    """Show every field with its small picture."""
    asked = Asked.read(request.viewer, "", request.GET)
    context = {"title": _("Fields of work"), "asked": asked, "pictures": pictures(asked)}
    return render(request, "desk/fields/list.html", context)


@field_page
def one(request: HttpRequest, area: str) -> HttpResponse:
    """Show a field: the three side by side, its rate with every action, before and after."""
    asked = Asked.read(request.viewer, area, request.GET)
    context = {
        "title": asked.name,
        "asked": asked,
        "field": Field(asked),
        "clues": clues.by_quality(asked),
        "choices": quarters_until(request.viewer.on, YEARS_BACK)[::-1],
        "may_propose": bool(access.may_open(request.viewer, mechanism("topic"))),
    }
    return render(request, "desk/fields/field.html", context)


@field_page
def rows(request: HttpRequest, area: str) -> HttpResponse:
    """Show the rows behind one number (`what`, `quarter` …); without one, lead to the field."""
    if "what" not in request.GET:
        return redirect("desk:field", area=area)
    asked = Asked.read(request.viewer, area, request.GET)
    found = opened.rows(asked, request.GET)
    if found is None:
        raise Http404
    changed = _("It may have changed since the page was opened.")
    context = drawing.page(found, request.GET.get("page"), changed=changed)
    return render(request, "desk/fields/rows.html", {**context, "asked": asked})


@field_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """Show what stands out in the last two quarters, as questions; one press fills in a proposal."""
    told = Suggesting(request.viewer)
    none = tables.Empty(
        _("Nothing stands out"),
        _("No field and kind of office has more than chance explains in the last two quarters."),
    )
    context = {
        "title": _("What may be worth a topic"),
        "told": told,
        "none": none,
        "without": fields_without_numbers(),
        "may_propose": bool(access.may_open(request.viewer, mechanism("topic"))),
    }
    return render(request, "desk/fields/suggestions.html", context)
