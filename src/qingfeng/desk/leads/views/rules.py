"""The rulebook as the desk sees it: every rule with its newest run and precision, and a page for each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.leads import rulebook, terms
from qingfeng.desk.leads.doors import lead_page, surveys
from qingfeng.desk.leads.dotline import DotLine
from qingfeng.desk.leads.evidence import rule_param_words
from qingfeng.desk.leads.rulepage import charts, no_margin
from qingfeng.findings.exceptions import visible_exceptions
from qingfeng.findings.models import Screening
from qingfeng.findings.rule_page import RulePage, rule_page
from qingfeng.screening.rulebook import Rule


@lead_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the rules by watch, with what they counted last and how often they were right."""
    watches = rulebook.by_watch()
    lines = [line for _words, some in watches for line in some]
    ran = sum(1 for line in lines if line.run and line.run.ran)
    context = {
        "title": _("Rules"),
        "watches": watches,
        "newest": Screening.objects.filter(is_newest=True).first(),
        "ran": ran,
        "not_run": len(lines) - ran,
        "surveys": surveys(request.viewer),
    }
    return render(request, "desk/leads/rules.html", context)


@lead_page
@require_GET
def page(request: HttpRequest, rule: str) -> HttpResponse:
    """Show a rule: question, basis, query, what it found as far as the viewer sees it, precision."""
    known, told = rulebook.rules().get(rule), rule_page(request.viewer, rule)
    if known is None and told is None:
        raise Http404
    context = {
        "title": told.title if told else known.title if known else rule,
        "id": rule,
        "rule": known,
        "is_own": rule in rulebook.own(),
        "told": told,
        "watch": terms.WATCHES.get(told.watch if told else known.watch if known else "", ""),
        "reads": terms.reads_of(known) if known else [],
        "params": _params(known),
        "exceptions": visible_exceptions(request.viewer).filter(rule=rule).select_related("unit")[:20],
        **_told(told),
    }
    return render(request, "desk/leads/rule.html", context)


def _params(known: Rule | None) -> list[tuple[str, str]]:
    return [(name, rule_param_words(value)) for name, value in known.params.items()] if known else []


def _told(told: RulePage | None) -> dict[str, Any]:
    """Return what of a rule's runs and leads the page draws."""
    if told is None:
        return {}
    newest = told.runs[0] if told.runs else None
    return {
        "dot": DotLine(told.precision),
        "drawn_dot": DotLine(told.drawn) if told.drawn else None,
        "verdicts": [(words, told.precision.counts.get(key, 0)) for key, words in terms.VERDICTS.items()],
        "charts": charts(told),
        "no_margin": no_margin(told),
        "newest": newest,
        "reason": (newest.reason or {}).get("zh" if terms.is_chinese() else "en", "") if newest else "",
        "excluded": list((newest.excluded or {}).items()) if newest else [],
    }
