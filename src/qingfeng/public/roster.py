"""The roster of leaders' meetings (领导接访日程), month by month, as it was published.

Shown is what the act of publishing says: day, hours, place, post, theme. No name of a leader's visitor, no
booking and nothing of what was said is read here.

Law:
    信访工作条例 Art. 18
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from qingfeng.matters.models import Matter, Party
from qingfeng.matters.registry import mechanism

KIND = "reception"
SHOWN = ("published", "missed", "held", "handed", "rated", "closed")
FIRST_YEAR = 2000


@dataclass(frozen=True)
class Meeting:
    """One meeting as the roster has it."""

    on: date
    hours: str
    place: str
    post: str
    themes: str
    way: Any
    is_missed: bool
    has_substitute: bool


@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """Show the meetings of a month (`month`, 2026-11), this one by default."""
    first = month_in(request.GET.get("month", ""), timezone.localdate())
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=32)).replace(day=1)
    found, today = meetings(first), timezone.localdate()
    coming = (_("Still to come"), [one for one in found if one.on >= today])
    past = (pgettext("meetings", "Over"), [one for one in found if one.on < today])
    context = {
        "title": _("Leaders receive people"),
        "parts": [(head, some) for head, some in (coming, past) if some],
        "first": first,
        "before": before.strftime("%Y-%m"),
        "after": after.strftime("%Y-%m"),
    }
    return render(request, "public/roster.html", context)


def month_in(text: str, today: date) -> date:
    """Return the first day of the month that is asked for; of this one where it means none."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return asked if FIRST_YEAR <= asked.year <= today.year + 1 else today.replace(day=1)


def meetings(first: date) -> list[Meeting]:
    """Return the published meetings of a month, by day and hour."""
    rows = Matter.objects.filter(
        mechanism=KIND,
        standing=Matter.Standing.VALID,
        stage__in=SHOWN,
        facts__planned_on__startswith=first.strftime("%Y-%m"),
    )
    stood_in = set(
        Party.objects.filter(matter__in=rows.values("pk"), role="substitute", until_at=None).values_list(
            "matter_id", flat=True
        )
    )
    ways = dict(next(one for one in mechanism(KIND).asks if one.key == "meeting_way").choices)
    found = [_meeting(one, ways, has_substitute=one.pk in stood_in) for one in rows]
    return sorted(found, key=lambda one: (one.on, one.hours, one.place))


def _meeting(matter: Matter, ways: dict[str, Any], *, has_substitute: bool) -> Meeting:
    said = {
        key: str(matter.facts.get(key) or "")
        for key in ("planned_at", "meeting_place", "leader_post", "themes")
    }
    return Meeting(
        date.fromisoformat(str(matter.facts["planned_on"])[:10]),
        said["planned_at"],
        said["meeting_place"],
        said["leader_post"],
        said["themes"],
        ways.get(str(matter.facts.get("meeting_way")), ""),
        matter.stage == "missed",
        has_substitute,
    )
