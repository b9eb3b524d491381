"""The page of blind spots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.leads import blind, rulebook
from qingfeng.desk.leads.doors import survey_page


@survey_page
@require_GET
def spots(request: HttpRequest) -> HttpResponse:
    """Show what is not seen, and what to do about each."""
    seen = blind.blind_spots(request.viewer)
    context = {
        "title": _("Blind spots"),
        "blind": seen,
        "wanting": [row for row in seen.rows if row.gaps or not row.rows],
        "not_run": [(run, rulebook.reason_of(run)) for run in seen.not_run],
    }
    return render(request, "desk/leads/blind.html", context)
