"""Pages of the district's own rules: all of them, one of them, writing, varying, and what becomes of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qingfeng.desk.leads import rulebook
from qingfeng.desk.leads.dotline import DotLine
from qingfeng.desk.patterns import example, forms, shown
from qingfeng.desk.patterns.doors import own_or_404, reading_page, writing_page
from qingfeng.desk.patterns.saying import in_words
from qingfeng.desk.records.shown import ShownJob, open_job
from qingfeng.findings import own_rules
from qingfeng.findings.access import visible_leads
from qingfeng.findings.models import OwnRule, OwnVersion, RuleStanding
from qingfeng.findings.precision import precision_of
from qingfeng.look.tables import Empty
from qingfeng.matters.answers import Refusal

USED = (OwnVersion.Standing.IN_USE, OwnVersion.Standing.REPLACED, OwnVersion.Standing.RETIRED)


@reading_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the district's own rules, and the cards whose trace waits for one."""
    rules = OwnRule.objects.select_related("card").prefetch_related("versions__author")
    cards = forms.cards_of(request.viewer)
    context = {
        "title": _("Rules of the district"),
        "lines": [_line(request, own) for own in rules],
        "cards": [one for one in cards if one.stage == "filled" and one.facts.get("data_trace") == "yes"],
        "may_write": own_rules.may_write(request.viewer),
        "none": Empty(
            _("No rule of the district yet"),
            _(
                "A trace from a pattern card becomes a rule here: a known rule with other thresholds, "
                "or a query of its own."
            ),
        ),
    }
    return render(request, "desk/patterns/list.html", context)


def _line(request: HttpRequest, own: OwnRule) -> dict[str, Any]:
    versions = list(own.versions.all())
    newest = versions[0]
    used = next((one for one in versions if one.standing == OwnVersion.Standing.IN_USE), None)
    return {
        "own": own,
        "newest": newest,
        "used": used,
        "tag": shown.TAGS[newest.standing],
        "leads": visible_leads(request.viewer).filter(is_current=True, rule=own.rule).count()
        if used
        else None,
    }


@writing_page
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the rule of the house that is varied."""
    known = sorted(rulebook.rules().values(), key=lambda one: (one.watch, one.id))
    ours = rulebook.own()
    context = {
        "title": _("Vary a known rule"),
        "rules": [one for one in known if shown.params_of(one) and one.id not in ours],
        "card": request.GET.get("card", ""),
    }
    return render(request, "desk/patterns/choose.html", context)


@writing_page
@require_http_methods(["GET", "POST"])
def vary(request: HttpRequest, rule: str) -> HttpResponse:
    """Write a variant of a known rule: the same question with other thresholds."""
    base = rulebook.rules().get(rule)
    if base is None or not shown.params_of(base) or rule in rulebook.own():
        raise Http404
    start = {"title": _("%(title)s (stricter)") % {"title": base.title}, "rule": f"d_{base.id}"[:60],
             "card": request.GET.get("card", "")}  # fmt: skip
    form = forms.Vary(request.POST or None, viewer=request.viewer, own=None, base=base, initial=start)
    return _handed(request, form, {"title": _("Vary: %(title)s") % {"title": base.title}, "base": base})


@writing_page
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a query of one's own."""
    start = {"text": example.RULE, "cases": example.CASES, "rule": "d_fuel_dear_fill",
             "card": request.GET.get("card", "")}  # fmt: skip
    form = forms.Write(request.POST or None, viewer=request.viewer, own=None, initial=start)
    return _handed(request, form, {"title": _("Write a rule"), "tables": shown.tables()})


@writing_page
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, rule: str) -> HttpResponse:
    """Write the next version of a rule; the one in use goes on until a second signer says otherwise."""
    own = own_or_404(rule)
    newest = own.versions.first()
    if newest is None or newest.standing == OwnVersion.Standing.PROPOSED:
        raise Http404
    context: dict[str, Any] = {"title": _("New version: %(title)s") % {"title": newest.title}, "own": own}
    if own.base:
        base = rulebook.rules().get(own.base)
        if base is None:
            raise Http404
        form: Any = forms.Vary(request.POST or None, viewer=request.viewer, own=own, base=base, start=newest,
                               initial={"title": newest.title})  # fmt: skip
        context["base"] = base
    else:
        form = forms.Write(request.POST or None, viewer=request.viewer, own=own,
                           initial={"text": newest.text, "cases": newest.cases})  # fmt: skip
        context["tables"] = shown.tables()
    return _handed(request, form, context)


def _handed(request: HttpRequest, form: Any, context: dict[str, Any]) -> HttpResponse:
    """Show a form, or keep what was written; what is wrong stands beside the text."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            answer = own_rules.write(form.draft(), by=request.viewer)
            if isinstance(answer, OwnVersion):
                messages.success(request, _("Written: have it tried on the history now."))
                return redirect("desk:own_rule", rule=answer.own.rule)
            _add(form, answer)
    template = "desk/patterns/write.html" if "tables" in context else "desk/patterns/vary.html"
    return render(request, template, {**context, "form": form}, status=status)


def _add(form: Any, refusal: Refusal) -> None:
    """Put a refusal beside its fields, in the reader's language."""
    for name, said in refusal.errors.items():
        lines = [in_words(str(one)) for one in said]
        form.add_error(name if name in form.fields else None, lines)
    if not refusal.errors:
        form.add_error(None, str(refusal.reason))


@reading_page
@require_GET
def one(request: HttpRequest, rule: str) -> HttpResponse:
    """Show a rule: what it asks, what its trial found, who answers for it, what can be done next."""
    own = own_or_404(rule)
    versions = list(own.versions.select_related("author", "decided_by", "ended_by", "job", "own"))
    newest = versions[0]
    examined, _violations = own_rules.examined(_draft(own, newest))
    standing = RuleStanding.objects.filter(rule=rule).first()
    context = {
        "title": newest.title,
        "own": own,
        "newest": newest,
        "versions": versions,
        "used": next((one for one in versions if one.standing == OwnVersion.Standing.IN_USE), None),
        "was_used": any(one.standing in USED for one in versions),
        "rule": examined,
        "params": shown.params_of(examined),
        "trial": shown.trial_of(request.viewer, newest),
        "tag": shown.TAGS[newest.standing],
        "dot": DotLine(precision_of(rule, examined.tier, standing.counts if standing else {}))
        if examined
        else None,
        **_work(request, newest),
        **_can(request, newest, versions),
    }
    return render(request, "desk/patterns/rule.html", context)


def _draft(own: OwnRule, version: OwnVersion) -> own_rules.Draft:
    return own_rules.Draft(own.rule, version.text, version.cases, version.reason, base=own.base)


def _work(request: HttpRequest, newest: OwnVersion) -> dict[str, Any]:
    """Return the trial under way, or how the last one ended."""
    if newest.job is None or not own_rules.may_write(request.viewer):
        return {"job": None, "ended": None}
    return {"job": open_job([newest.job]), "ended": ShownJob(newest.job)}


def _can(request: HttpRequest, newest: OwnVersion, versions: list[OwnVersion]) -> dict[str, Any]:
    """Return what the reader can do, and what is missing before it."""
    viewer, writes = request.viewer, own_rules.may_write(request.viewer)
    is_written = newest.standing == OwnVersion.Standing.WRITTEN
    used = next((one for one in versions if one.standing == OwnVersion.Standing.IN_USE), None)
    missing = own_rules.why_not_usable(newest) if is_written else ""
    return {
        "may_try": writes and is_written,
        "may_propose": writes and is_written and not missing,
        "missing": missing if writes else "",
        "may_decide": newest.standing == OwnVersion.Standing.PROPOSED
        and own_rules.may_decide(viewer, newest),
        "may_change": writes and newest.standing != OwnVersion.Standing.PROPOSED,
        "may_retire": used is not None and (writes or own_rules.may_decide(viewer, used)),
    }


@reading_page
@require_POST
def act(request: HttpRequest, rule: str, way: str) -> HttpResponse:
    """Do something with the newest version (`way`: try, propose, approve, decline, retire)."""
    own = own_or_404(rule)
    newest = OwnVersion.objects.filter(own=own).select_related("own").order_by("-no").first()
    if newest is None or request.POST.get("version") not in (str(newest.no), None):
        messages.error(request, _("There is a newer version: look at it first."))
        return redirect("desk:own_rule", rule=rule)
    said = request.POST.get("decision", "")
    ways: dict[str, Any] = {
        "try": lambda: own_rules.ask_trial(newest, by=request.viewer),
        "propose": lambda: own_rules.propose(newest, by=request.viewer),
        "approve": lambda: own_rules.approve(newest, by=request.viewer, decision=said),
        "decline": lambda: own_rules.decline(newest, by=request.viewer, decision=said),
        "retire": lambda: own_rules.retire(own, by=request.viewer, reason=said),
    }
    if way not in ways:
        raise Http404
    answer = ways[way]()
    if isinstance(answer, Refusal):
        messages.error(request, str(answer.reason))
    else:
        messages.success(request, DONE[way]())
    return redirect(f"{reverse('desk:own_rule', kwargs={'rule': rule})}")


DONE = {
    "try": lambda: _("It is being tried on the whole history."),
    "propose": lambda: _("Proposed: somebody else decides."),
    "approve": lambda: _("In use: the next screening asks all units."),
    "decline": lambda: _("Declined."),
    "retire": lambda: _("Taken out of use: the next screening is without it."),
}
