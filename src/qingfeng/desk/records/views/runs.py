"""Screenings: started, watched, listed, each with what every rule counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.records import shown
from qingfeng.desk.records.doors import person_in, records_page, say
from qingfeng.desk.records.rulebook import WATCHES, rules_by_watch
from qingfeng.desk.records.saying import in_words, table_words
from qingfeng.desk.records.tabs import tabs
from qingfeng.findings import jobs
from qingfeng.findings.kept import kept_run
from qingfeng.findings.models import Job, RuleRun, Screening
from qingfeng.findings.purposes import Reads, other_uses
from qingfeng.look.tables import Column, Empty, Table
from qingfeng.screening.errors import Problem

A_PAGE = 30


@records_page
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the screenings, with the form that starts one."""
    page = Paginator(Screening.objects.select_related("by"), A_PAGE).get_page(request.GET.get("page"))
    columns = [
        Column("at", pgettext("records", "When"), "moment", is_head=True, link=_address),
        Column("until", _("Records until"), "day"),
        Column("as_of", _("Day that counted as today"), "day"),
        Column(lambda row: row.leads.get("A", 0), _("Leads of tier A"), "number"),
        Column(lambda row: row.leads.get("B", 0), _("Leads of tier B"), "number"),
        Column(lambda row: row.leads.get("C", 0), _("Leads of tier C"), "number"),
        Column("findings", _("Findings"), "number"),
        Column("by", _("By"), "who"),
    ]
    empty = Empty(_("Not screened yet"), _("Once records have come in, start a screening above."))
    screens = Job.objects.filter(kind=Job.Kind.SCREEN)
    newest = list(screens.exclude(state=Job.State.DONE)[:1])
    tried = screens.filter(state=Job.State.DONE, result__trial=True)[:10]
    context = {
        "title": _("Screenings"),
        "tabs": tabs(request, "runs"),
        "table": Table(columns, page, _("Screenings"), empty=empty),
        "job": shown.open_job(newest),
        "ended": _ended(newest),
        "watches": rules_by_watch(),
        "tried": [(one, one.result["run"]) for one in tried],
        "leads": _leads(),
    }
    return render(request, "desk/records/runs.html", context)


def _ended(newest: list[Job]) -> shown.ShownJob | None:
    """Return the last screening that did not come to its end, if none came after it."""
    if not newest or newest[0].state in jobs.OPEN:
        return None
    later = Job.objects.filter(kind=Job.Kind.SCREEN, state=Job.State.DONE, pk__gt=newest[0].pk)
    return None if later.exists() else shown.ShownJob(newest[0])


def _address(row: Screening) -> str:
    return reverse("desk:records_run", kwargs={"run": row.run})


def _leads() -> str:
    """Return the address of the leads."""
    try:
        return reverse("desk:leads")
    except NoReverseMatch:
        return ""


@records_page
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a screening of the whole lake."""
    known = {rule.id for _watch, _words, rules in rules_by_watch() for rule in rules}
    only = sorted(known & set(request.POST.getlist("rule")))
    as_of = request.POST.get("as_of", "")
    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        messages.error(request, _("Enter the day as year, month and day, or leave it empty."))
        return redirect("desk:records_runs")
    asked = {"as_of": day.isoformat() if day else None, "only": [] if len(only) == len(known) else only}
    beyond = other_uses(
        Reads(rule.id, rule.watch, frozenset(rule.reads))
        for _watch, _words, rules in rules_by_watch()
        for rule in rules
        if not only or rule.id in only
    )
    try:
        jobs.ask(Job.Kind.SCREEN, by=person_in(request), asked=asked)
        if beyond:
            messages.warning(request, _told_of(beyond))
    except Problem as problem:
        say(request, problem)
    return redirect("desk:records_runs")


def _told_of(beyond: list[dict[str, Any]]) -> str:
    """Return what whoever starts a screening is told of data that was asked for something else."""
    requests = sorted({number for one in beyond for number in one["requests"]})
    said = ngettext(
        "%(count)s rule reads data that was asked for other kinds of supervision (%(requests)s). "
        "It runs; the screening records it.",
        "%(count)s rules read data that was asked for other kinds of supervision (%(requests)s). "
        "They run; the screening records it.",
        len(beyond),
    )
    return said % {"count": len(beyond), "requests": "、".join(requests)}


@records_page
@require_GET
def run(request: HttpRequest, run: str) -> HttpResponse:
    """Show one screening: what every rule read, applied to, left out, found, or why it did not run."""
    screening = Screening.objects.filter(run=run).select_related("by").first()
    told = screening.rules.all() if screening else None
    only: tuple[str, ...] = ()
    if screening is None:
        if not Job.objects.filter(kind=Job.Kind.SCREEN, result__run=run).exists():
            raise Http404
        try:
            kept = kept_run(run)
        except Problem as problem:
            raise Http404 from problem
        only, told = kept.only, [_as_row(one) for one in kept.rules]
    lines = [_line(one) for one in told or ()]
    columns = [
        Column("title", _("Rule"), is_head=True, template="desk/records/rule.html"),
        Column("tier", pgettext("lead", "Tier"), "exact"),
        Column("table", _("Table")),
        Column("read", _("Rows read"), "number"),
        Column("applicable", _("Applicable"), "number"),
        Column("excluded", _("Left out"), template="desk/records/excluded.html"),
        Column("found", _("Findings"), template="desk/records/found.html"),
    ]
    context = {
        "other_uses": _other_uses(screening, run),
        "title": _("Screening %(run)s") % {"run": run[:8]},
        "tabs": tabs(request, "runs"),
        "screening": screening,
        "only": only,
        "ran": sum(line["ran"] for line in lines),
        "idle": sum(not line["ran"] for line in lines),
        "table": Table(
            columns, sorted(lines, key=lambda line: not line["ran"]), _("What every rule counted")
        ),
        "leads": _leads(),
    }
    return render(request, "desk/records/run.html", context)


def _other_uses(screening: Screening | None, run: str) -> list[dict[str, Any]]:
    """Return which rules read data that was asked for other kinds of supervision, as the run has kept it."""
    if screening is not None:
        kept = screening.other_uses
    else:
        job = Job.objects.filter(kind=Job.Kind.SCREEN, result__run=run).order_by("-pk").first()
        kept = job.result.get("other_uses", []) if job else []
    return [
        {
            **one,
            "watch": WATCHES.get(one["watch"], one["watch"]),
            "tables": list(map(table_words, one["tables"])),
        }
        for one in kept
    ]


def _as_row(one: Any) -> RuleRun:
    """Return a rule's counts of a run that is not on the desk as the desk's rows have them."""
    return RuleRun(
        rule=one.rule, title=one.title, watch=one.watch, tier=one.tier, version=one.version,
        ran=one.state == "ran", reason={"en": one.reason.en, "zh": one.reason.zh}, table=one.table,
        read=one.read, applicable=one.applicable, excluded=dict(one.excluded), found=one.found,
    )  # fmt: skip


def _line(one: RuleRun) -> dict[str, Any]:
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return {
        "rule": one.rule,
        "title": one.title,
        "watch": WATCHES.get(one.watch, one.watch),
        "tier": one.tier,
        "table": table_words(one.table) if one.table else "",
        "read": one.read,
        "applicable": one.applicable,
        "excluded": [(in_words(why), rows) for why, rows in one.excluded.items() if rows],
        "found": one.found,
        "ran": one.ran,
        "reason": one.reason.get(language) or one.reason.get("zh", ""),
    }
