"""What is public is looked at again every six months: the calendar of it, who owes it, who is reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from qingfeng.culture.models import Check, Entry
from qingfeng.desk.culture import doors
from qingfeng.desk.culture.views import PAGES, reads
from qingfeng.desk.duties import Errand, light_of_day
from qingfeng.matters import notices
from qingfeng.matters.models import Notice
from qingfeng.organization.people import holders
from qingfeng.organization.viewer import Viewer

SOON, TODAY, LATE, UP = "culture_soon", "culture_due", "culture_late", "culture_up"
POINTS = ((SOON, -14), (TODAY, 0), (LATE, 1), (UP, 7))
"""Days from the due one on which the house reminds. [proposal: M17]"""

HEAD = "dept_head"
NAMED = 3


@reads
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show by month what is to be looked at again, the overdue first, and who looked last."""
    today = timezone.localdate()
    last = {one.entry_id: one for one in Check.objects.select_related("by").order_by("pk")}
    rows = [(one, light_of_day(one.next_check_on, today), last.get(one.pk)) for one in due()]
    late = [row for row in rows if row[0].next_check_on < today]
    months = groupby((row for row in rows if row[0].next_check_on >= today), lambda row: _month(row[0]))
    context = {
        "title": _("Looks that are due"), "late": late,
        "months": [(first, list(held)) for first, held in months],
        "done": Check.objects.filter(done_on__gte=today - timedelta(days=183)).count(),
        "wrong": Check.objects.filter(done_on__gte=today - timedelta(days=183), is_right=False).count(),
    }  # fmt: skip
    return render(request, PAGES + "checks.html", context)


def due() -> QuerySet[Entry]:
    """Return what is public, by the day on which it is to be looked at again."""
    return Entry.objects.exclude(next_check_on=None).order_by("next_check_on", "slug")


def errands_of(viewer: Viewer) -> Iterable[Errand]:
    """Yield the looks that somebody owes, a line a day: the editor all, the head what is a week late."""
    rows = due()
    if not doors.may_write(viewer):
        late = viewer.on - timedelta(days=POINTS[-1][1])
        rows = rows.filter(next_check_on__lte=late) if viewer.has(HEAD) else rows.none()
    for on, held in groupby(rows, lambda one: one.next_check_on):
        yield _errand(on, list(held), viewer.on)


def _errand(on: date, held: list[Entry], today: date) -> Errand:
    count = len(held)
    names = "、".join(one.name_zh for one in held[:NAMED]) + ("…" if count > NAMED else "")
    what = ngettext("Look again at %(n)d public page", "Look again at %(n)d public pages", count) % {
        "n": count
    }
    href = (
        reverse("desk:culture_entry", kwargs={"slug": held[0].slug})
        if count == 1
        else f"{reverse('desk:culture_checks')}#d{on:%Y%m%d}"
    )
    why = [
        _("Six months after it was published or last looked at; a month where something was to be changed.")
    ]
    return Errand(f"culture-looks-{on:%Y%m%d}", what, on, light_of_day(on, today), names, href, working=why)


def remind(today: date | None = None) -> int:
    """Tell editors of looks that come near or are late, and the head of those a week late; once each.

    Args:
        today: Civil date; today in Shanghai unless given.

    Returns:
        How many points were told.
    """
    today = today or timezone.localdate()
    ahead = today + timedelta(days=-POINTS[0][1])
    days = due().filter(next_check_on__lte=ahead).order_by("next_check_on")
    return sum(_remind(on, today) for on in days.values_list("next_check_on", flat=True).distinct())


def _remind(on: date, today: date) -> int:
    reached = [point for point, days in POINTS if on + timedelta(days=days) <= today]
    if not reached:
        return 0
    point, facts = reached[-1], {"due_on": on.isoformat()}
    with transaction.atomic():
        if Notice.objects.filter(kind=point, facts__due_on=facts["due_on"]).exists():
            return 0
        role = HEAD if point == UP else doors.WRITES[0]
        notices.tell([one.pk for one in holders(role, today)], point, None, facts)
    return 1


def _month(entry: Entry) -> date:
    return date(entry.next_check_on.year, entry.next_check_on.month, 1)
