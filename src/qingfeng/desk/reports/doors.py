"""Who these pages are there for: the custodians named on a report, and for some of them every custodian."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from qingfeng.desk.keeping.asking import crumbs_of
from qingfeng.desk.keeping.doors import is_staff, whole_or_404
from qingfeng.desk.seen import Seen
from qingfeng.matters.registry import mechanism
from qingfeng.organization.viewer import Viewer

KIND = "report"


def keeps_reports(viewer: Viewer) -> bool:
    """Whether a custodian of identities looks."""
    return is_staff(viewer) and viewer.has("custodian")


def report_or_404(request: HttpRequest, slug: str) -> Seen:
    """Return a report that the viewer keeps; the reading of its page is noted.

    Raises:
        Http404: If there is none, or others keep it.
    """
    seen = whole_or_404(request, mechanism(KIND), slug)
    if not seen.matter.parties.filter(role="custodian", person=seen.viewer.person_id, until_at=None).exists():
        raise Http404
    return seen


def crumbs(seen: Seen, title: object) -> list[tuple[object, str]]:
    """Return where a page of a report is."""
    return crumbs_of(seen, (title, ""))
