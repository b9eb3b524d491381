"""The supervisor's checks: one list, many confirmed at once, one sent back with what is missing."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qingfeng.appraisal.points import dailies, doors
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.desk.kinds import address
from qingfeng.desk.points.forms import RemarkForm
from qingfeng.desk.points.ground import done, ours
from qingfeng.matters.access import visible
from qingfeng.matters.today import today
from qingfeng.organization.viewer import Viewer


def _mine(viewer: Viewer) -> QuerySet[Daily]:
    """Return what waits for somebody's check.

    Raises:
        Http404: If they check nobody.
    """
    if not viewer.has("dept_head", *doors.LEADS):
        raise Http404
    return doors.to_check(viewer, Daily.objects.filter(state=Daily.State.WAITING)).order_by(
        "check_until", "pk"
    )


@ours
@require_http_methods(["GET", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    """Show what waits for somebody's check, the most urgent first; confirm what was ticked."""
    waiting = _mine(request.viewer)
    if request.method == "POST":
        ticked = [int(one) for one in request.POST.getlist("entry") if one.isdecimal()]
        count = dailies.confirm(waiting.filter(pk__in=ticked), by=request.viewer.person_id)
        said = ngettext("%(count)d entry is confirmed.", "%(count)d entries are confirmed.", count)
        messages.success(request, said % {"count": count})
        return redirect("desk:points_checks")
    rows = list(waiting.select_related("person"))
    numbers = {one.matter for one in rows if one.matter}
    seen = {one.number: address(one) for one in visible(request.viewer).filter(number__in=numbers)}
    shown = [
        {"entry": one, "href": seen.get(one.matter, ""), "late": one.check_until < today()} for one in rows
    ]
    context = {"title": _("Daily records to check"), "rows": shown, "days": dailies.CHECK_DAYS}
    return render(request, "desk/points/checks.html", context)


@ours
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an entry back, with what is missing."""
    row: Daily = get_object_or_404(_mine(request.viewer).select_related("person"), pk=pk)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        remark = form.cleaned_data["remark"]
        done(
            request,
            lambda: dailies.send_back(row, remark, by=request.viewer.person_id),
            _("The entry is sent back; the person was told."),
        )
        return redirect("desk:points_checks")
    context = {"title": _("Send an entry back"), "form": form, "entry": row}
    return render(request, "desk/points/entry.html", context, status=422 if form.errors else 200)
