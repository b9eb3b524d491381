"""What is written on a sheet: the own statement, judgements, marks and answers to them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qingfeng.appraisal.points import doors, marks, sheets
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.appraisal.points.ground import days_of
from qingfeng.appraisal.points.tables import Indicator, Mark, Score, ScoreSheet
from qingfeng.desk.points.forms import AnswerForm, JudgeForm, MarkForm, StatementForm
from qingfeng.desk.points.ground import done, note_reading, ours, period_or_404, sheet_or_404
from qingfeng.desk.points.names import of_period
from qingfeng.screening.errors import Problem

PAGE = "desk/points/write.html"


@ours
@require_http_methods(["GET", "POST"])
def statement(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Let somebody write the own statement about a period."""
    sheet, key = sheet_or_404(request, pk), period_or_404(period)
    if not doors.states(request.viewer, sheet) or key not in sheets.STATED:
        raise Http404
    part = sheet.parts.get(period=key)
    form = StatementForm(request.POST or None, initial={"text": part.statement})
    if request.method == "POST" and form.is_valid():
        try:
            sheets.hand_in(sheet, key, form.cleaned_data["text"], by=request.viewer.person_id)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            messages.success(request, _("Handed in. You may change it until the period is closed."))
            return redirect("desk:points_sheet", sheet.pk)
    title = _("My statement: %(period)s") % {"period": of_period(key)}
    context = {
        "title": title,
        "sheet": sheet,
        "form": form,
        "draft": f"{request.viewer.account_id}:points-{pk}-{key}",
    }
    return render(request, PAGE, context, status=422 if form.errors else 200)


@ours
@require_POST
def unsaid(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Keep why there is no own statement about a period."""
    sheet, key = sheet_or_404(request, pk), period_or_404(period)
    if not doors.conducts(request.viewer) or doors.is_own(request.viewer, sheet):
        raise Http404
    because, by = request.POST.get("because", "")[:200], request.viewer.person_id
    done(request, lambda: sheets.explain(sheet, key, because, by=by), _("Kept."))
    return redirect("desk:points_sheet", sheet.pk)


@ours
@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, pk: int, period: str) -> HttpResponse:
    """Judge what is judged of a sheet in a period, with evidence."""
    sheet, key = sheet_or_404(request, pk), period_or_404(period)
    if not doors.judges(request.viewer, sheet, key) or sheet.final_on is not None:
        raise Http404
    if request.method == "GET":
        note_reading(request, sheet)
    indicators = [
        one
        for one in sheet.scheme.indicators.all()
        if one.is_judged and one.holds_for(sheet.kind) and key in one.in_periods
    ]
    entries = _entries(sheet, key)
    form = JudgeForm(
        indicators, entries, request.POST or None, initial=_given(request, sheet, indicators, key)
    )
    if request.method == "POST" and form.is_valid():
        by = request.viewer.person_id
        try:
            for one, given in form.given:
                sheets.judge(sheet, one, key, given=given, by=by)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            messages.success(request, _("Kept. You may change it until the period is closed."))
            return redirect("desk:points_sheet", sheet.pk)
    part = sheet.parts.get(period=key)
    title = _("Judge: %(period)s") % {"period": of_period(key)}
    context = {"title": title, "sheet": sheet, "form": form, "said": part.statement}
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _entries(sheet: ScoreSheet, period: str) -> list[Daily]:
    """Return the confirmed entries of the person in a period."""
    if not sheet.person_id:
        return []
    days = days_of(period, sheet.scheme.year)
    rows = Daily.objects.filter(person=sheet.person_id, state=Daily.State.CHECKED, day__range=days)
    return list(rows.order_by("day", "pk"))


def _given(
    request: HttpRequest, sheet: ScoreSheet, indicators: list[Indicator], period: str
) -> dict[str, object]:
    """Return what somebody judged before."""
    found: dict[str, object] = {}
    rows = Score.objects.filter(
        sheet=sheet, period=period, by=request.viewer.person_id, version=sheet.version
    )
    evidence: list[str] = []
    for one in rows.filter(indicator__in=indicators).select_related("indicator"):
        found |= {f"{one.indicator.key}_value": one.value, f"{one.indicator.key}_why": one.why}
        evidence = one.evidence
    found["entries"] = [one for one in evidence if one.startswith("daily:")]
    found["papers"] = "；".join(one for one in evidence if not one.startswith("daily:"))
    return found


@ours
@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a bonus, a deduction or a veto."""
    sheet = sheet_or_404(request, pk)
    if not doors.judges(request.viewer, sheet) or sheet.final_on is not None:
        raise Http404
    form = MarkForm(sheet.scheme, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            marks.propose(sheet, form.proposed, by=request.viewer.person_id)
        except Problem as problem:
            form.add_error(None, f"{problem}")
        else:
            messages.success(request, _("Proposed. The person was told; a leader decides."))
            return redirect("desk:points_sheet", sheet.pk)
    context = {"title": _("Bonus, deduction or veto"), "sheet": sheet, "form": form}
    return render(request, PAGE, context, status=422 if form.errors else 200)


def _mark_or_404(request: HttpRequest, pk: int) -> Mark:
    row: Mark = get_object_or_404(Mark.objects.select_related("sheet__scheme"), pk=pk)
    sheet_or_404(request, row.sheet_id)
    return row


@ours
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide about what another has proposed."""
    row = _mark_or_404(request, pk)
    sheet = sheet_or_404(request, row.sheet_id)
    if not doors.decides(request.viewer, row.proposed_by_id, sheet):
        raise Http404
    stands, by = request.POST.get("stands") == "1", request.viewer.person_id
    done(request, lambda: marks.decide(row, stands=stands, by=by), _("Decided; the person was told."))
    return redirect("desk:points_sheet", row.sheet_id)


@ours
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the person answer a bonus, a deduction or a veto."""
    row = _mark_or_404(request, pk)
    sheet = sheet_or_404(request, row.sheet_id)
    if not doors.states(request.viewer, sheet) or sheet.final_on is not None:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"text": row.answer})
    if request.method == "POST" and form.is_valid():
        text, by = form.cleaned_data["text"], request.viewer.person_id
        done(request, lambda: marks.answer(row, text, by=by), _("Your answer stands beside it."))
        return redirect("desk:points_sheet", sheet.pk)
    context = {"title": _("My answer"), "sheet": sheet, "form": form, "said": row.why}
    return render(request, PAGE, context, status=422 if form.errors else 200)
