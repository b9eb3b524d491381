"""What hangs on the assessment: the gates on its matter's page, the rail, what its forms begin with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from qingfeng.desk import panels
from qingfeng.desk.assessment.gates import KIND, gates_of
from qingfeng.desk.assessment.years import spread
from qingfeng.desk.panels import Panel
from qingfeng.desk.proposing import Lines, propose_with
from qingfeng.desk.shelves import TEAM
from qingfeng.look.rail import RailEntry, register
from qingfeng.matters.models import Matter
from qingfeng.matters.snapshotting import snapshot_of
from qingfeng.mechanisms.assessment.parts import STEP_OF
from qingfeng.organization.viewer import Viewer


def panel_of(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the gates of an assessment, with how grades are spread."""
    seen = snapshot_of(matter, today=viewer.on, actor=viewer.person_id)
    context = {"gates": gates_of(matter, seen), "counts": spread(seen)}
    return Panel(_("Five gates"), "desk/assessment/panel.html", context, place="first")


def paper_of(_viewer: Viewer, matter: Matter) -> Lines:
    """Return the line with which the form of a step's paper begins: the step at hand."""
    return {"steps": [{"step": STEP_OF.get(matter.stage, "")}]}


def points_of(_viewer: Viewer, matter: Matter) -> Lines:
    """Return the lines with which points on paper are entered: whoever is not on the table yet."""
    there = {
        str(one.get("graded_no"))
        for one in matter.lines.filter(ledger="grades").values_list("facts", flat=True)
    }
    rows = matter.lines.filter(ledger="objects").exclude(state="struck").order_by("no")
    missing: list[dict[str, Any]] = [
        {"graded_no": one.no, "graded": one.facts.get("object_name")}
        for one in rows
        if str(one.no) not in there
    ]
    return {"grades": missing}


def _is_ours(request: HttpRequest) -> bool:
    return request.viewer.person_id is not None and request.viewer.is_staff


def join() -> None:
    """Hang the panel and the rail's entry, and say what forms begin with; called once, at start-up."""
    panels.show(KIND, panel_of)
    propose_with(KIND, "lay_paper", paper_of)
    propose_with(KIND, "enter_points", points_of)
    register(
        RailEntry(_("Yearly assessment"), "desk:assessment_gates", 548, None, _is_ours, "checklist", TEAM)
    )
