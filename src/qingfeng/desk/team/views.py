"""The page of posts by full years."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qingfeng.desk.keeping.doors import needs
from qingfeng.desk.team.posts import CONSIDER, MUST, chart_of, held_by_ours
from qingfeng.desk.views.ground import viewer_in
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer

LEADING = ("dept_head", "deputy", "principal")


def leads_people(viewer: Viewer) -> bool:
    """Return whether somebody leads people of ours."""
    return viewer.person_id is not None and viewer.has(*LEADING)


@needs(leads_people)
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """Show for how long the main posts of those one leads have been held."""
    rows = held_by_ours(viewer_in(request))
    context = {
        "title": _("Years in post"),
        "rows": rows,
        "chart": chart_of(rows),
        "consider": setting(CONSIDER),
        "must": setting(MUST),
    }
    return render(request, "desk/team/posts.html", context)
