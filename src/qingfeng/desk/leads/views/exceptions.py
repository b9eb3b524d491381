"""Exceptions: proposed from a lead, decided by somebody else, listed with what they hide and until when."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping import asking
from qingfeng.desk.leads import asked, forms, listed, terms
from qingfeng.desk.leads.doors import lead_or_404, lead_page
from qingfeng.findings import exceptions as kept
from qingfeng.findings.access import may_assign
from qingfeng.findings.models import RuleException
from qingfeng.organization.viewer import Viewer

OPEN = (kept.PROPOSED, kept.APPROVED)


@lead_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List exceptions: those that wait, those in force, those that are over; and counts per unit."""
    viewer = request.viewer
    rows = kept.visible_exceptions(viewer).select_related("unit", "lead", "proposed_by", "decided_by")
    rows = list(rows.order_by("until_on", "pk")[:500])
    titles = {rule: listed.rule_title(rule) for rule in {one.rule for one in rows}}
    groups = [
        (_("Waiting for a decision"), [one for one in rows if one.standing == kept.PROPOSED]),
        (_("In force"), [one for one in rows if _is_in_force(one, viewer)]),
        (_("Over"), [one for one in rows if one.standing != kept.PROPOSED and not _is_in_force(one, viewer)]),
    ]
    context = {
        "title": _("Exceptions"),
        "groups": [(name, [(one, titles[one.rule]) for one in some]) for name, some in groups if some],
        "units": kept.counted_by_unit(viewer),
    }
    return render(request, "desk/leads/exceptions.html", context)


def _is_in_force(one: RuleException, viewer: Viewer) -> bool:
    return one.standing == kept.APPROVED and one.from_on <= viewer.on <= one.until_on


@lead_page
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for an exception from a lead; never for a contradiction between records."""
    lead = lead_or_404(request, key)
    if lead.tier == "A":
        raise Http404
    back = reverse("desk:lead", kwargs={"key": lead.key})
    start = {"until_on": forms.default_end(request.viewer)}
    form = forms.Propose(request.POST or None, lead=lead, initial=start)
    page = asking.Asked(
        _("Propose an exception"),
        _("Propose"),
        back,
        [(_("Leads"), reverse("desk:leads")), (lead.title, back), (_("propose an exception"), "")],
        asked.subject_of(lead),
        [
            _("What the rule finds on this subject is not shown while the exception holds; it stays found."),
            _("Somebody else decides: a head of department, a leader in charge or the principal."),
        ],
        _("Proposed: somebody else decides about it."),
    )
    return asking.ask(request, form, page, lambda facts: kept.propose(lead, by=request.viewer, **facts))


@lead_page
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an exception, with what the viewer can decide about it."""
    found = get_object_or_404(
        kept.visible_exceptions(request.viewer).select_related("unit", "lead", "proposed_by", "decided_by"),
        pk=pk,
    )
    context = {
        "title": _("Exception %(number)d") % {"number": found.pk},
        "one": found,
        "rule_title": listed.rule_title(found.rule),
        "subject": f"{terms.SUBJECTS.get(found.subject_kind, found.subject_kind)} {found.subject_key}",
        "hides": found.hides.filter(is_current=True).count(),
        "may_decide": _may(request.viewer, found, "approve"),
        "may_end": _may(request.viewer, found, "end"),
    }
    return render(request, "desk/leads/exception.html", context)


def _may(viewer: Viewer, found: RuleException, way: str) -> bool:
    """Whether somebody decides about an exception so: never about an own one, which they may end."""
    decides = may_assign(viewer) and viewer.has(*kept.DECIDES)
    is_mine = found.proposed_by_id == viewer.person_id
    if way == "end":
        return (decides or is_mine) and found.standing in OPEN
    return decides and not is_mine and found.standing == kept.PROPOSED


@lead_page
def decide(request: HttpRequest, pk: int, way: str) -> HttpResponse:
    """Approve, decline or end an exception (`way`: approve, decline, end), for who may."""
    found = get_object_or_404(kept.visible_exceptions(request.viewer), pk=pk)
    words = _ways().get(way)
    if words is None or not _may(request.viewer, found, way):
        raise Http404
    label = _("Remark") if way == "approve" else _("Why")
    form = forms.Decide(request.POST or None, needed=way != "approve", label=label)
    back = reverse("desk:exception", kwargs={"pk": found.pk})
    page = asking.Asked(
        words["title"], words["button"], back,
        [(_("Exceptions"), reverse("desk:exceptions")), (str(found.pk), back), (words["button"], "")],
        listed.rule_title(found.rule), [words["says"]], words["done"],
    )  # fmt: skip

    def act(facts: dict[str, Any]) -> Any:
        said = facts["decision"]
        if way == "end":
            return kept.end(found, by=request.viewer, reason=said)
        return (kept.approve if way == "approve" else kept.decline)(found, by=request.viewer, decision=said)

    return asking.ask(request, form, page, act)


def _ways() -> dict[str, dict[str, str]]:
    return {
        "approve": {
            "title": _("Approve the exception"),
            "button": _("Approve"),
            "says": _("Leads that excepted rules alone find on this subject are hidden until its last day."),
            "done": _("Approved: the exception is in force."),
        },
        "decline": {
            "title": _("Decline the exception"),
            "button": _("Decline"),
            "says": _("Everything stays shown."),
            "done": _("Declined."),
        },
        "end": {
            "title": _("End the exception"),
            "button": _("End it"),
            "says": _("What it hides is shown again at once."),
            "done": _("Ended: what it hid is shown again."),
        },
    }
