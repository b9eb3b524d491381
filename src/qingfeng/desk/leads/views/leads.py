"""The page of a lead, and its rules run again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.leads.doors import lead_or_404, lead_page
from qingfeng.desk.leads.shown import Shown
from qingfeng.findings import jobs
from qingfeng.findings.models import Job, Lead
from qingfeng.findings.replaying import replayed, rows_to_read
from qingfeng.look.components import progress
from qingfeng.look.map_tiles import asks_tiles_of
from qingfeng.matters.guarding import note_read
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem
from qingfeng.screening.home import Home

AT_ONCE = 2_000_000  # rows that a page waits for; more is a job


@lead_page
@asks_tiles_of(lambda: [settings.DESK_TILES])
@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a lead; `rows` passes over that many evidence rows."""
    lead = lead_or_404(request, key)
    start = request.GET.get("rows", "")
    shown = Shown(request.viewer, lead, int(start) if start.isdecimal() and len(start) < 7 else 0)
    if shown.seen is not None and shown.is_handed_out:
        note_read(request.viewer, shown.seen.matter, "lead")
    return render(request, "desk/leads/lead.html", {"title": lead.title, "shown": shown, "lead": lead})


@lead_page
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Run a lead's rules again (POST), at once or as a job, and show what came of it (`job`)."""
    lead = lead_or_404(request, key)
    context = {"title": _("Run again"), "lead": lead, "told": None, "job": None, "problem": None}
    if request.method == "POST":
        home = Home(Path(settings.HOME))
        if rows_to_read(home, lead.rules) > AT_ONCE:
            by = Person.objects.get(pk=request.viewer.person_id)
            job = jobs.ask(str(Job.Kind.REPLAY), by=by, asked={"lead": lead.key})
            return redirect(f"{reverse('desk:lead_again', kwargs={'key': lead.key})}?job={job.pk}")
        try:
            context["told"] = replayed(home, lead.key)
        except Problem as problem:
            context["problem"] = problem
        return render(request, "desk/leads/again.html", context)
    return _asked_again(request, lead, context)


def _asked_again(request: HttpRequest, lead: Lead, context: dict[str, Any]) -> HttpResponse:
    number = request.GET.get("job", "")
    jobs_of = Job.objects.filter(kind=Job.Kind.REPLAY, asked={"lead": lead.key})
    job = jobs_of.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
    if job and request.htmx:
        shown = Progress(job, request.get_full_path())
        return HttpResponse(progress(shown))
    if job and job.state == Job.State.DONE:
        context["told"] = job.result
    elif job:
        context["job"] = Progress(job, request.get_full_path())
    return render(request, "desk/leads/again.html", context)


@dataclass(frozen=True)
class Progress:
    """A job as the progress bar shows it."""

    job: Job
    href: str
    share = None

    @property
    def ident(self) -> str:
        """Id of the element."""
        return f"job-{self.job.pk}"

    @property
    def words(self) -> str:
        """What is being done."""
        return str(self.job.get_state_display())

    @property
    def is_done(self) -> bool:
        """Whether nothing more is to come."""
        return self.job.state not in jobs.OPEN

    @property
    def then(self) -> str:
        """Where the result is."""
        return self.href if self.job.state == Job.State.DONE else ""

    @property
    def problem(self) -> str:
        """What ended it."""
        return " ".join(
            str(self.job.problem[part]) for part in ("what", "then") if self.job.problem.get(part)
        )
