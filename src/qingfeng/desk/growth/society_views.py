"""Pages of the youth society: what it did by line, its plan, who is in it, its roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.desk.growth import laying
from qingfeng.desk.growth.forms import AimsForm, OfferForm, PlannedForm, read_year
from qingfeng.desk.growth.ground import ours
from qingfeng.desk.views.ground import viewer_in
from qingfeng.growth import society
from qingfeng.growth.models import Line, Member, Office, Plan, Planned
from qingfeng.matters import access
from qingfeng.matters.registry import mechanism
from qingfeng.matters.today import today
from qingfeng.screening.errors import Problem


@ours
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the society: the own membership, the four lines in a year, its plan, its members."""
    viewer = viewer_in(request)
    year = read_year(request.GET.get("year", ""), today())
    member, guides = society.member_of(viewer), society.guides(viewer)
    plans = list(Plan.objects.all())
    lines, planned = society.by_line(year), laying.planned_of(viewer, year)
    context = {
        "title": _("Youth society"),
        "year": year,
        "years": society.years_of(plans, today().year),
        "member": member,
        "offices": list(member.offices.all()) if member else [],
        "guides": guides,
        "writes": society.writes_plan(viewer),
        "lines": lines,
        "chart": laying.chart_of(lines, year),
        "activities": laying.activities_of(viewer, year),
        "plan": next((one for one in plans if one.year == year), None),
        "planned": planned,
        "against": laying.against(planned),
        "count": Member.objects.count(),
        "members": laying.members() if member or guides else [],
        "offer": OfferForm() if guides else None,
        "may_begin": bool(access.may_open(viewer, mechanism(society.ACTIVITY))),
    }
    return render(request, "desk/growth/society.html", context)


@ours
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Join."""
    society.join(viewer_in(request))
    messages.success(request, _("You are in the youth society. You may leave whenever you like."))
    return redirect("desk:society")


@ours
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave."""
    society.leave(viewer_in(request))
    messages.success(request, _("You have left the youth society; no line of it is kept."))
    return redirect("desk:society")


def _writing(request: HttpRequest) -> int:
    """Return the year of the plan that is written.

    Raises:
        Http404: If the viewer writes no plan.
    """
    if not society.writes_plan(viewer_in(request)):
        raise Http404
    return read_year(request.GET.get("year", ""), today())


@ours
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """Write the plan of a year: its aims and its activities."""
    year = _writing(request)
    found = Plan.objects.filter(year=year).first()
    form = AimsForm(request.POST or None, initial={"aims": found.aims if found else ""})
    if request.method == "POST" and form.is_valid():
        try:
            society.write_plan(year, form.cleaned_data["aims"], by=viewer_in(request))
        except Problem as problem:
            form.add_error("aims", f"{problem}")
        else:
            messages.success(request, _("The aims are kept."))
            return _back(year)
    return _plan_page(request, year, form=form)


def _plan_page(request: HttpRequest, year: int, **forms: Any) -> HttpResponse:
    viewer, found = viewer_in(request), Plan.objects.filter(year=year).first()
    wrong = any(one.errors for one in forms.values())
    context = {
        "title": _("Plan of %(year)s") % {"year": year},
        "year": year,
        "plan": found,
        "form": AimsForm(initial={"aims": found.aims if found else ""}),
        "add": PlannedForm(),
        "planned": laying.planned_of(viewer, year),
        "choices": laying.untied(viewer),
        "may_approve": bool(found) and society.guides(viewer) and found.written_by_id != viewer.person_id,
    } | forms  # fmt: skip
    return render(request, "desk/growth/plan.html", context, status=422 if wrong else 200)


def _back(year: int) -> HttpResponse:
    return redirect(f"{reverse('desk:society_plan')}?year={year}")


@ours
@require_POST
def intend(request: HttpRequest) -> HttpResponse:
    """Add an activity to the plan."""
    year = _writing(request)
    found, form = get_object_or_404(Plan, year=year), PlannedForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, year, add=form)
    held = form.cleaned_data
    society.intend(
        found, Line(held["line"]), held["month"], what=held["what"], hours=held["hours"], cost=held["cost"]
    )
    return _back(year)


@ours
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the plan of a year."""
    year = _writing(request)
    if not society.guides(viewer_in(request)):
        raise Http404
    try:
        society.approve(get_object_or_404(Plan, year=year), by=viewer_in(request))
    except Problem as problem:
        messages.error(request, f"{problem}")
    else:
        messages.success(request, _("The plan is approved."))
    return _back(year)


@ours
@require_POST
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which activity a line of the plan became, or strike the line."""
    year = _writing(request)
    planned = get_object_or_404(Planned.objects.select_related("plan"), pk=pk)
    if "strike" in request.POST:
        if society.may_strike(planned):
            planned.delete()
        return _back(year)
    number = request.POST.get("number", "").strip()
    matter = access.visible(viewer_in(request)).filter(number=number).first() if number else None
    if number and matter is None:
        messages.error(request, _("There is no activity of that number."))
        return _back(year)
    try:
        society.tie(planned, matter)
    except Problem as problem:
        messages.error(request, f"{problem}")
    return _back(year)


@ours
@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    """Offer a role to a member."""
    viewer = viewer_in(request)
    if not society.guides(viewer):
        raise Http404
    form = OfferForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a member and a role."))
        return redirect("desk:society")
    held = form.cleaned_data
    line = Line(held["line"]) if held["line"] else None
    try:
        society.offer(held["member"], Office.Key(held["key"]), line, by=viewer)
    except Problem as problem:
        messages.error(request, f"{problem}")
    else:
        messages.success(request, _("Offered; the role counts once they take it on."))
    return redirect("desk:society")


@ours
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take on a role, lay it down, or take an offer back."""
    viewer = viewer_in(request)
    office = get_object_or_404(Office.objects.select_related("member"), pk=pk)
    is_own = office.member.person_id == viewer.person_id
    if not is_own and not society.guides(viewer):
        raise Http404
    if "take_on" in request.POST and is_own:
        society.take_on(office)
    elif "end" in request.POST:
        society.lay_down(office, by=viewer)
    return redirect("desk:society")
