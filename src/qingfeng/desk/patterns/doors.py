"""Who comes in: whoever sees every lead reads the district's own rules; the analyst writes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from qingfeng.desk.views.ground import Page, desk_page, viewer_in
from qingfeng.findings.access import may_assign
from qingfeng.findings.models import OwnRule
from qingfeng.findings.own_rules import may_write
from qingfeng.organization.viewer import Viewer


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


reading_page = _for(may_assign)
writing_page = _for(may_write)


def own_or_404(rule: str) -> OwnRule:
    """Return a rule of the district.

    Raises:
        Http404: If there is none of that name.
    """
    found = OwnRule.objects.select_related("card", "made_by").filter(rule=rule).first()
    if found is None:
        raise Http404
    return found
