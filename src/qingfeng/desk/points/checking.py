"""The supervisor's checks: a day or a week signed at once, with objections to single lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from qingfeng.appraisal.points import dailies, doors
from qingfeng.appraisal.points.checkers import Check, checks_of
from qingfeng.appraisal.points.daily_tables import Daily
from qingfeng.desk.kinds import address
from qingfeng.desk.points.ground import ours
from qingfeng.matters.access import visible
from qingfeng.matters.today import today
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem

OBJECTION = "object-"
WEEK = 7


def _mine(viewer: Viewer) -> QuerySet[Daily]:
    """Return what waits for somebody's check.

    Raises:
        Http404: If they check nobody.
    """
    if not doors.checks(viewer):
        raise Http404
    return doors.to_check(viewer, Daily.objects.filter(state=Daily.State.WAITING)).order_by(
        "check_until", "pk"
    )


@dataclass(frozen=True)
class Group:
    """What is signed at once: a day, or a week from Monday to Sunday; `first` and `last` inclusive."""

    first: date
    last: date
    rows: list[dict[str, Any]]


@ours
@require_http_methods(["GET", "POST"])
def checks(request: HttpRequest) -> HttpResponse:
    """Show what waits for somebody's check by day or week; sign one at once, with objections to lines."""
    waiting = _mine(request.viewer)
    by_week = request.GET.get("by") == "week"
    if request.method == "POST":
        _sign(request, waiting)
        return redirect(reverse("desk:points_checks") + ("?by=week" if by_week else ""))
    rows = list(waiting.select_related("person").order_by("day", "person__number", "pk"))
    held = checks_of(rows, request.viewer.on)
    numbers = {one.matter for one in rows if one.matter}
    seen = {one.number: address(one) for one in visible(request.viewer).filter(number__in=numbers)}
    shown = [
        {
            "entry": one,
            "href": seen.get(one.matter, ""),
            "late": one.check_until < today(),
            "who": who_checks(one, held[one.pk]),
        }
        for one in rows
    ]
    context = {
        "title": _("Daily records to check"), "groups": _groups(shown, by_week=by_week), "by_week": by_week,
        "days": dailies.CHECK_DAYS, "late": sum(one["late"] for one in shown),
    }  # fmt: skip
    return render(request, "desk/points/checks.html", context)


def who_checks(entry: Daily, check: Check) -> str:
    """Return in a sentence whose check an entry is or was, where it is not simply the head's; "" there."""
    is_checked = entry.state == Daily.State.CHECKED
    if is_checked and entry.checked_by_id not in check.led and not entry.was_in_time:
        return _("It had waited too long: somebody further up the line checked it.")
    if entry.checked_by_id not in check.led if is_checked else check.is_stood_in:
        return _("Whoever led on that day is not here any more, or may not judge: who leads today checks it.")
    if check.since_moved:
        return _("On that day in %(unit)s: whoever led there then checks it.") % {"unit": check.since_moved}
    return ""


def _groups(rows: list[dict[str, Any]], *, by_week: bool) -> list[Group]:
    def first_of(row: dict[str, Any]) -> date:
        day: date = row["entry"].day
        return day - timedelta(days=day.weekday()) if by_week else day

    return [
        Group(first, first + timedelta(days=WEEK - 1 if by_week else 0), list(held))
        for first, held in groupby(rows, key=first_of)
    ]


def _sign(request: HttpRequest, waiting: QuerySet[Daily]) -> None:
    """Confirm what was ticked and send back what something was objected to; say both."""
    mine = {f"{one.pk}": one for one in waiting}
    entries = [mine[key] for key in request.POST.getlist("entry") if key in mine]
    said = {
        name.removeprefix(OBJECTION): words[:200]
        for name, words in request.POST.items()
        if name.startswith(OBJECTION) and words.strip()
    }
    objected = {mine[key].pk: words for key, words in said.items() if key in mine}
    if len(objected) < len(said):
        messages.error(request, _("Somebody has gone on with it since."))
    try:
        did = dailies.sign(entries, objected, by=request.viewer.person_id)
    except Problem as problem:
        messages.error(request, f"{problem}")
        return
    words = ngettext("%(count)d entry is confirmed.", "%(count)d entries are confirmed.", did.confirmed)
    messages.success(request, words % {"count": did.confirmed})
    if did.sent_back:
        back = ngettext("%(count)d is sent back.", "%(count)d are sent back.", did.sent_back)
        messages.info(request, back % {"count": did.sent_back})
