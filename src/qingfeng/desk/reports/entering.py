"""Taking in by hand: the level first. What belongs above is not typed; one sealed item is recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.desk.keeping import fields
from qingfeng.desk.keeping.asking import Asked, ask
from qingfeng.desk.reports import forms
from qingfeng.desk.reports.views import custodians_page, done_at
from qingfeng.matters.answers import Answer, Done
from qingfeng.matters.door import open_matter, perform
from qingfeng.mechanisms.report.arriving import KIND, TITLE, office
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer

WAYS = {"ours": "desk:report_ours", "above": "desk:report_above", "sealed": "desk:report_above"}


def _asked(title: Any, button: Any, *says: Any, done: Any = "") -> Asked:
    back = reverse("desk:report_enter")
    crumbs = ((_("Take in a report"), back), (title, ""))
    return Asked(title=title, button=button, back=back, crumbs=crumbs, says=says, done=done, after=done_at)


@custodians_page
def enter(request: HttpRequest) -> HttpResponse:
    """Ask whom it is about, before anything else."""
    title = _("Take in a report")
    asked = Asked(
        title=title,
        button=_("Go on"),
        back=reverse("desk:list", kwargs={"kind": KIND}),
        crumbs=((title, ""),),
        says=(_("Nothing of this answer is kept: it decides which way the report takes."),),
    )
    data, _problems = fields.sent(request)
    return ask(request, forms.Level(data), asked, lambda given: redirect(WAYS[given["level"]]))


@custodians_page
def above(request: HttpRequest) -> HttpResponse:
    """Show the paper route, and record that one sealed item was sent on a date, and nothing else."""
    asked = _asked(
        _("It belongs above: the paper route"),
        _("Record one sealed item sent"),
        _("Type nothing, copy nothing, scan nothing."),
        _("Put the original into an envelope, seal it across the flap, and write only the receiver on it."),
        _("Send it to the superior commission by confidential post, or carry it, against a receipt."),
        _("Recorded here: one sealed item, sent on this date."),
        done=_("One sealed item is recorded."),
    )
    data, _problems = fields.sent(request)
    viewer: Viewer = request.viewer
    return ask(request, forms.SentUp(data), asked, lambda given: _sent_up(viewer, given["sent_on"]))


@custodians_page
def ours(request: HttpRequest) -> HttpResponse:
    """Seal what came in: day and way are kept, the rest only custodians open."""
    asked = _asked(
        _("Seal what came in"),
        _("Seal it"),
        _("What you type is encrypted in memory before it is written; the form cannot be kept as a draft."),
        _("Papers and photographs stay in the envelope in the safe; do not scan them."),
        done=_("It is sealed."),
    )
    data, _problems = fields.sent(request)
    viewer: Viewer = request.viewer
    return ask(request, forms.Received(data), asked, lambda given: _sealed(viewer, given))


def _opened(viewer: Viewer, level: str, received_on: date, channel: str) -> Answer:
    return open_matter(
        KIND,
        by=viewer,
        title=TITLE,
        owner=office(),
        facts={"level_asked": level, "received_on": received_on.isoformat(), "channel": channel},
        parties={"custodian": [Person.objects.get(pk=viewer.person_id)]},
    )


def _sent_up(viewer: Viewer, sent_on: date) -> Answer:
    with transaction.atomic():
        answer = _opened(viewer, "sealed", min(sent_on, timezone.localdate()), "letter")
        if isinstance(answer, Done):
            facts = {"sent_up_on": sent_on.isoformat()}
            answer = perform("send_item_up", answer.matter, by=viewer, facts=facts)
        if not isinstance(answer, Done):
            transaction.set_rollback(True)
    return answer


def _sealed(viewer: Viewer, given: dict[str, Any]) -> Answer:
    with transaction.atomic():
        answer = _opened(viewer, "ours", given["received_on"], given["channel"])
        if isinstance(answer, Done):
            facts = {key: given[key] for key in ("reporter", "reporter_reached", "content") if given[key]}
            answer = perform("write_in", answer.matter, by=viewer, facts=facts)
        if not isinstance(answer, Done):
            transaction.set_rollback(True)
    return answer
