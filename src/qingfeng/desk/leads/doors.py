"""Who finds the pages of leads; for anybody else they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from qingfeng.findings import access
from qingfeng.findings.models import Lead
from qingfeng.organization.roles import ROLES
from qingfeng.organization.viewer import Viewer

Page = Callable[..., HttpResponse]


def knows_leads(viewer: Viewer) -> bool:
    """Return whether leads exist for somebody: own people only, who can be given matters or leads.

    Whoever speaks for a supervised unit, a partner or a superior never finds a lead, a rule or its figures.
    """
    if viewer.person_id is None or viewer.is_administrator or not viewer.roles:
        return False
    held = [ROLES[key] for key in viewer.roles]
    return all(role.is_ours for role in held) and any(
        {"matters", "leads", "handed"} & role.reads for role in held
    )


def surveys(viewer: Viewer) -> bool:
    """Return whether somebody reads what the rules cover and miss: who hands leads out, or reads records."""
    return access.may_assign(viewer) or access.may_read_records(viewer)


def _page(may: Callable[[Viewer], bool]) -> Callable[[Page], Page]:
    def wrapped(page: Page) -> Page:
        @login_required
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.viewer):
                raise Http404
            return page(request, *args, **kwargs)

        return guarded

    return wrapped


lead_page = _page(knows_leads)
assigning_page = _page(access.may_assign)
survey_page = _page(surveys)


def lead_or_404(request: HttpRequest, key: str) -> Lead:
    """Return a lead that exists for the viewer.

    Raises:
        Http404: If there is none, or none for them.
    """
    lead = access.lead_or_none(request.viewer, key)
    if lead is None:
        raise Http404
    return lead
