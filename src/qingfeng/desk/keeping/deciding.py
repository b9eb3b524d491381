"""One item of a meeting: the act's own form, handed to the door in the meeting's name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from qingfeng.desk import offers
from qingfeng.desk.fitting import Asked
from qingfeng.desk.handing import Handed, unmet
from qingfeng.desk.keeping.agenda import Item
from qingfeng.desk.seen import Seen, seen_of
from qingfeng.desk.views.ground import viewer_in
from qingfeng.matters import meetings
from qingfeng.matters.answers import Refusal, Waiting
from qingfeng.matters.models import Meeting
from qingfeng.matters.snapshotting import snapshot_of


def decide_item(request: HttpRequest, meeting: Meeting, item: Item) -> HttpResponse:
    """Show the form of the act that the meeting decides, or enter it.

    Raises:
        Http404: If the matter does not exist for the viewer.
    """
    seen = seen_of(viewer_in(request), item.matter)
    if seen is None or item.act is None:
        raise Http404
    asked = Asked(seen.declared, item.act, seen.matter, lines=seen.lines)
    if request.method != "POST":
        return _form(request, meeting, item, Handed.blank(seen.viewer, asked), seen=seen)
    handed = Handed.read(request, asked)
    if handed.is_growing:
        return _form(request, meeting, item, handed, seen=seen)
    if not handed.is_valid:
        return _form(request, meeting, item, handed, seen=seen, status=422)
    said = meetings.decide(meeting, {seen.matter.pk: handed.sheet()}, by=seen.viewer)
    for number, answer in said:
        if isinstance(answer, Refusal):
            more: dict[str, Any] = {
                "refusal": answer,
                "left": handed.put_back(answer),
                "laws": offers.laws(answer.law),
            }
            if answer.why == "gate":
                more |= {"missing": unmet(item.act.gates, answer.gates), "refusal": None}
            return _form(request, meeting, item, handed, seen=seen, status=422, **more)
        waits = _("%(number)s: it waits for the second signature.")
        done = _("%(number)s: decided and entered.")
        messages.success(request, (waits if isinstance(answer, Waiting) else done) % {"number": number})
    return redirect("desk:meeting", pk=meeting.pk)


def _form(
    request: HttpRequest,
    meeting: Meeting,
    item: Item,
    handed: Handed,
    *,
    seen: Seen,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    gates = list(item.act.gates) if item.act else []
    if "missing" not in more:
        now = snapshot_of(seen.matter, today=seen.viewer.on, actor=seen.viewer.person_id)
        more["missing"] = list(offers.missing([gate for gate in gates if not gate.holds(now)]))
    context = {
        "title": _("%(act)s: %(number)s")
        % {"act": item.act.name if item.act else "", "number": seen.matter.number},
        "lead": seen.title,
        "crumbs": [
            (_("Meetings"), reverse("desk:meetings")),
            (meeting.name, reverse("desk:meeting", args=[meeting.pk])),
            (seen.matter.number, ""),
        ],
        "meeting": meeting,
        "item": item,
        "handed": handed,
        "lists": handed.lists,
        **more,
    }
    return render(request, "desk/keeping/decide.html", context, status=status)
