"""The two boards, the table as a file, and the form that lets a matter serve a goal."""

from __future__ import annotations

import io

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from qingfeng.desk.goals import counted, sheet
from qingfeng.desk.goals.asked import KINDS, STATES, Asked
from qingfeng.desk.goals.board import KIND, SERVES, board_of
from qingfeng.desk.goals.projects import projects_of
from qingfeng.desk.keeping import asking, fields
from qingfeng.desk.keeping.doors import is_staff, needs
from qingfeng.desk.keeping.numbers import matter_of, shown_title
from qingfeng.desk.kinds import address
from qingfeng.desk.seen import Seen
from qingfeng.desk.views.ground import seen_or_404, viewer_in
from qingfeng.matters import keeping
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.goal.fields import PILLARS

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@needs(is_staff)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the goals of a year by pillar, each with its four quarters, and what the numbers open."""
    viewer = viewer_in(request)
    asked = Asked.read(request.GET, viewer.on)
    found = board_of(viewer, asked)
    context = {
        "title": _("Goals of %(year)s") % {"year": asked.year},
        "asked": asked,
        "board": found,
        "years": sorted({*found.years, asked.year, viewer.on.year}, reverse=True),
        "pillars": PILLARS,
        "states": STATES,
        "kinds": KINDS,
        "heads": list(counted.heads().values()),
        "tables": [
            (_("By pillar"), _("Pillar"), counted.by_pillar(found, asked)),
            (_("By office"), _("Office"), counted.by_office(found, asked)),
        ],
        "chart": counted.chart_of(found),
        "finding": counted.finding(found),
    }
    return render(request, "desk/goals/board.html", context)


@needs(is_staff)
@require_POST
def export(request: HttpRequest, form: str) -> HttpResponse:
    """Give the goals that are shown as 年度目标任务分解表 (`form`: xlsx or docx); the journal keeps it."""
    if form not in MEDIA:
        raise Http404
    viewer = viewer_in(request)
    asked = Asked.read(request.GET, viewer.on)
    found = board_of(viewer, asked)
    entry = sheet.note(viewer, asked, found, form)
    if form == "docx":
        made = sheet.as_docx(found, viewer, entry, year=asked.year)
    else:
        made = sheet.as_xlsx(found, viewer, entry)
    name = f"{asked.year}{sheet.TITLE} {timezone.localdate().isoformat()}.{form}"
    return FileResponse(
        io.BytesIO(made),
        as_attachment=True,
        filename=name,
        content_type=MEDIA[form],
        headers={"Cache-Control": "no-store"},
    )


@needs(is_staff)
@require_GET
def projects(request: HttpRequest) -> HttpResponse:
    """Show the demonstration projects by stage, and what came of those that ended."""
    found = projects_of(viewer_in(request))
    context = {
        "title": _("Demonstration projects"),
        "projects": found,
        "kind": mechanism("demonstration").key,
    }
    return render(request, "desk/goals/projects.html", context)


class Serve(fields.Form):
    """The matter that serves the goal, by its number, and why."""

    def __init__(self, seen: Seen, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        self.fields["other"] = fields.text(_("Number of the matter that serves it"), most=60)
        self.fields["reason"] = fields.reason()

    def clean_other(self) -> Matter:
        """Return the matter of that number; a goal does not serve itself."""
        other = matter_of(self.seen.viewer, self.cleaned_data["other"])
        if other.mechanism == KIND:
            raise forms.ValidationError(_("A goal does not serve a goal: name the matter that works on it."))
        return other


@needs(is_staff)
def serve(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a matter serve a goal: the link goes from the matter to the goal, with a reason."""
    seen = seen_or_404(request, mechanism(KIND), slug)
    page = asking.Asked(
        title=_("Let a matter serve this goal"),
        button=pgettext("goal", "Let it serve"),
        back=address(seen.matter),
        crumbs=((mechanism(KIND).name, ""), (seen.matter.number, address(seen.matter)), (_("Serve"), "")),
        lead=seen.title,
        says=(_("The goal does not close before what serves it has ended."),),
        sure=lambda form: (shown_title(seen.viewer, form.cleaned_data["other"]),),
        done=_("The matter serves the goal."),
    )
    data, _problems = fields.sent(request)
    return asking.ask(
        request,
        Serve(seen, data),
        page,
        lambda given: keeping.link(
            given["other"], seen.matter, SERVES, by=seen.viewer, reason=given["reason"]
        ),
    )
