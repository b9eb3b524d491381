"""My year: an entry written in a minute, what was checked, the points so far with their picture."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.appraisal.points import dailies, doors, schemes, sheets, totals
from qingfeng.appraisal.points.checkers import checks_of
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.ground import days_of
from qingfeng.appraisal.points.tables import EarlierPoints, ScoreSheet
from qingfeng.desk.points import laying
from qingfeng.desk.points.appealed import appeals_of
from qingfeng.desk.points.boards import own_place
from qingfeng.desk.points.checking import who_checks
from qingfeng.desk.points.forms import DailyForm
from qingfeng.desk.points.ground import done, ours
from qingfeng.desk.points.names import of_period
from qingfeng.matters.today import today
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

SHOWN = 20


@ours
@require_http_methods(["GET", "POST"])
def year(request: HttpRequest) -> HttpResponse:
    """Show somebody's year, and keep an entry of the daily record."""
    form = DailyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dailies.write(request.viewer, form.written)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            return redirect("desk:points")
    context = {"title": _("My year"), "form": form, **_record(request.viewer), **_sheet(request.viewer)}
    context |= _follows(request.viewer)
    return render(request, "desk/points/mine.html", context, status=422 if form.errors else 200)


def _record(viewer: Viewer) -> dict[str, Any]:
    rows = Daily.objects.filter(person=viewer.person_id, day__year=today().year)
    counts = {state: rows.filter(state=state).count() for state in Daily.State.values}
    entries = list(rows.select_related("checked_by")[:SHOWN])
    held = checks_of(entries, today())
    return {"entries": [(one, who_checks(one, held[one.pk])) for one in entries], "counts": counts}


def _sheet(viewer: Viewer) -> dict[str, Any]:
    """Return what is shown of the newest own sheet, and links to those before."""
    own = list(doors.own(viewer))
    earlier = EarlierPoints.objects.filter(person=viewer.person_id)
    if not own:
        return {"sheet": None, "earlier": earlier, "others": []}
    sheet = own[0]
    total = totals.total(sheet)
    return {
        "sheet": sheet, "so_far": laying.so_far(sheet, total), "chart": laying.year_chart(sheet, total),
        "place": own_place(sheet, total), "others": own[1:], "earlier": earlier,
        "told_anew": laying.told_anew(sheet),
        "to_state": _to_state(sheet), "waiting_marks": sheet.marks.filter(answer="", state="proposed"),
    }  # fmt: skip


def _to_state(sheet: ScoreSheet) -> list[tuple[str, str]]:
    """Return periods that end within a fortnight, or did, and for which no own statement is written."""
    there = {one.period: one for one in sheet.parts.all()}
    return [
        (key, of_period(key))
        for key in sheets.STATED
        if there[key].closed_on is None
        and there[key].handed_on is None
        and (days_of(key, sheet.scheme.year)[1] - today()).days <= laying.FORTNIGHT
    ]


def _follows(viewer: Viewer) -> dict[str, Any]:
    """Return what somebody follows besides the own year."""
    checks = doors.checks(viewer)
    waiting = doors.to_check(viewer, Daily.objects.filter(state=Daily.State.WAITING)) if checks else None
    return {
        "to_check": waiting.count() if waiting is not None else None,
        "reads_sheets": checks or doors.conducts(viewer),
        "in_force": schemes.in_force(today().year),
        "conducts": doors.conducts(viewer),
        "appeals": sum(one.waits for one in appeals_of(viewer)),
    }


@ours
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend an own entry that was not confirmed."""
    row = _own(request, pk)
    names = ("day", "work", "role", "result", "matter")
    form = DailyForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            dailies.write(request.viewer, form.written, entry=row)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            return redirect("desk:points")
    context = {"title": _("Mend the entry"), "form": form, "entry": row}
    return render(request, "desk/points/entry.html", context, status=422 if form.errors else 200)


@ours
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own entry back that was not confirmed."""
    row = _own(request, pk)
    done(request, lambda: dailies.take_back(row, by=request.viewer.person_id), _("The entry is taken back."))
    return redirect("desk:points")


def _own(request: HttpRequest, pk: int) -> Daily:
    row: Daily = get_object_or_404(Daily, pk=pk, person=request.viewer.person_id)
    if row.state == Daily.State.CHECKED:
        raise Http404
    return row
