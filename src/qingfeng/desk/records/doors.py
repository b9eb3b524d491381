"""Who comes in: the pages of records exist for the data analyst alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from qingfeng.desk.views.ground import Page, desk_page, viewer_in
from qingfeng.findings.access import may_assign, may_read_records
from qingfeng.findings.models import Delivery
from qingfeng.organization.models import Person
from qingfeng.organization.viewer import Viewer
from qingfeng.screening.errors import Problem


def _for(may: Callable[[Viewer], bool]) -> Callable[[Page], Page]:
    def guard(page: Page) -> Page:
        @desk_page
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(viewer_in(request)):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return guard


records_page = _for(may_read_records)
deciding_page = _for(lambda viewer: may_read_records(viewer) or may_assign(viewer))


def person_in(request: HttpRequest) -> Person:
    """Return the person who is looking; a page of the desk has one."""
    return Person.objects.get(pk=viewer_in(request).person_id)


def delivery_or_404(pk: int) -> Delivery:
    """Return a delivery.

    Raises:
        Http404: If there is none.
    """
    found = Delivery.objects.select_related("request", "by", "watched").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def say(request: HttpRequest, problem: Problem) -> None:
    """Tell a problem on the next page: what happened, where, what to do."""
    where = f" {problem.where}" if problem.where else ""
    messages.error(request, f"{problem.what}{where} {problem.then}".strip())
