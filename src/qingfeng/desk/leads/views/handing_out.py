"""Handing leads out to be verified: one, or several of the list at once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qingfeng.desk.keeping import asking
from qingfeng.desk.kinds import address
from qingfeng.desk.leads import asked, forms
from qingfeng.desk.leads.doors import assigning_page, lead_or_404
from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import Lead
from qingfeng.findings.verifying import VERIFIER, needs_reason, open_verification
from qingfeng.matters.answers import Answer, Done, Refusal
from qingfeng.matters.models import Matter

MOST = 50


@assigning_page
def assign(request: HttpRequest, key: str) -> HttpResponse:
    """Ask who verifies a lead, and open its verification."""
    lead = lead_or_404(request, key)
    if lead.matter is not None:
        raise Http404
    wants = needs_reason(lead)
    form = forms.Assign(request.POST or None, on=request.viewer.on, needs_reason=wants)
    back = reverse("desk:lead", kwargs={"key": lead.key})
    page = asking.Asked(
        _("Hand this lead out to be verified"),
        _("Hand out"),
        back,
        [(_("Leads"), reverse("desk:leads")), (lead.title, back), (_("hand out"), "")],
        _("%(title)s · %(subject)s") % {"title": lead.title, "subject": asked.subject_of(lead)},
        [
            _("Two people verify a lead, and neither may be bound to the unit or person."),
            _("The clock of the verification starts today."),
        ],
        _("Handed out: the verification is open."),
    )

    def act(facts: dict[str, Any]) -> Any:
        return _beside_fields(
            _open(request, lead, facts, key=request.POST.get("csrfmiddlewaretoken", "")[:32])
        )

    return asking.ask(request, form, page, act)


def _open(request: HttpRequest, lead: Lead, facts: dict[str, Any], *, key: str) -> Answer:
    return open_verification(
        lead,
        by=request.viewer,
        verifiers=facts["verifiers"],
        reason=facts.get("reason", ""),
        key=f"assign:{key[:24]}:{lead.pk}",
    )


def _beside_fields(answer: Answer) -> Answer:
    """Return an answer whose words about verifiers stand beside the first of them."""
    if isinstance(answer, Refusal) and VERIFIER in answer.errors:
        return replace(answer, errors={"first": answer.errors[VERIFIER]})
    return answer


@dataclass(frozen=True)
class Result:
    """What became of one lead: its verification, or why not."""

    lead: Lead
    matter: Matter | None
    why_not: str

    @property
    def href(self) -> str:
        """Address of the verification."""
        return address(self.matter) if self.matter else ""


@assigning_page
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    """Ask who verifies the chosen leads (`lead`, several), then hand each out; each result is said."""
    keys = request.POST.getlist("lead")[:MOST]
    chosen = visible_leads(request.viewer).filter(key__in=keys, matter=None, is_current=True)
    leads = list(chosen.select_related("unit"))
    if not leads:
        messages.warning(request, _("Choose at least one lead that nobody has been given."))
        return redirect("desk:leads")
    wants = any(needs_reason(lead) for lead in leads)
    is_answer = request.POST.get("confirmed") == "yes"
    form = forms.Assign(request.POST if is_answer else None, on=request.viewer.on, needs_reason=wants)
    key = request.POST.get("act-key") or secrets.token_urlsafe(12)
    context = {"title": _("Hand leads out to be verified"), "leads": leads, "form": form, "key": key}
    if not is_answer or not form.is_valid():
        status = 422 if is_answer else 200
        return render(request, "desk/leads/assign_many.html", context, status=status)
    results = [_result(lead, _open(request, lead, form.cleaned_data, key=key)) for lead in leads]
    return render(request, "desk/leads/assigned.html", {**context, "results": results})


def _result(lead: Lead, answer: Answer) -> Result:
    if isinstance(answer, Done):
        return Result(lead, answer.matter, "")
    return Result(lead, None, str(answer.reason) if isinstance(answer, Refusal) else "")
