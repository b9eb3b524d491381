"""Jobs: how far one is, and cancelling it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.records.doors import deciding_page, person_in, records_page
from qingfeng.desk.records.shown import ShownJob
from qingfeng.findings import jobs
from qingfeng.findings.access import may_read_records
from qingfeng.findings.models import Job
from qingfeng.look.components import progress


def _job_or_404(request: HttpRequest, pk: int) -> Job:
    job = Job.objects.filter(pk=pk).first()
    may = job is not None and (may_read_records(request.viewer) or job.kind == Job.Kind.FORGET)
    if job is None or not may:
        raise Http404
    return job


@deciding_page
@require_GET
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the bar of a job; when it has ended, its page is loaded anew."""
    shown = ShownJob(_job_or_404(request, pk))
    if not request.htmx:
        return redirect(shown.page)
    response = HttpResponse(progress(shown))
    if shown.is_done:
        response["HX-Refresh"] = "true"
    return response


@records_page
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a job to stop; the lake stays as it was."""
    found = _job_or_404(request, pk)
    jobs.cancel(found, by=person_in(request))
    messages.success(request, _("It is being stopped; what the lake holds stays as it was."))
    return redirect(ShownJob(found).page)
