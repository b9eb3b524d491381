"""What every page of the assessment begins with: one of ours, and a sheet or scheme that exists for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from qingfeng.appraisal.points import doors
from qingfeng.appraisal.points.ground import note
from qingfeng.appraisal.points.tables import Period, Scheme, ScoreSheet
from qingfeng.desk.views.ground import Page
from qingfeng.organization.permissions import needs_person
from qingfeng.screening.errors import Problem


def ours(page: Page) -> Page:
    """Let in the commission's own people, administrators too: they are assessed like others."""

    @needs_person
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.viewer.is_staff:
            raise Http404
        return page(request, *args, **kwargs)

    return guarded


def sheet_or_404(request: HttpRequest, pk: int) -> ScoreSheet:
    """Return a sheet that exists for whoever looks; reading that of another is in the journal."""
    rows_of = ScoreSheet.objects.select_related("scheme", "person", "unit")
    sheet: ScoreSheet = get_object_or_404(rows_of, pk=pk)
    if not doors.reads(request.viewer, sheet):
        raise Http404
    return sheet


def note_reading(request: HttpRequest, sheet: ScoreSheet) -> None:
    """Write into the journal that somebody read the sheet of another."""
    if not doors.is_own(request.viewer, sheet):
        note("read", sheet.scheme, request.viewer.person_id, {"sheet": sheet.pk})


def scheme_or_404(request: HttpRequest, pk: int) -> Scheme:
    """Return a scheme that exists for whoever looks: drafts for who writes or decides about them."""
    scheme: Scheme = get_object_or_404(Scheme.objects.select_related("made_by", "forced_by"), pk=pk)
    if scheme.is_draft and not doors.sees_drafts(request.viewer):
        raise Http404
    return scheme


def period_or_404(period: str) -> str:
    """Return a period of the year."""
    if period not in Period.values:
        raise Http404
    return period


def done(request: HttpRequest, act: Callable[[], Any], said: str) -> bool:
    """Do something and say so, or say why not; return whether it was done."""
    try:
        act()
    except Problem as problem:
        messages.error(request, f"{problem}")
        return False
    messages.success(request, said)
    return True
