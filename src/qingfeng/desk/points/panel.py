"""What the points hang on the page of an assessment: for its examiners, the sheets under appeal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qingfeng.desk import panels
from qingfeng.desk.panels import Panel
from qingfeng.desk.points.appealed import KIND, appeals_of
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer


def panel_of(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the sheets whose appeals somebody examines in an assessment, None where there are none."""
    rows = [one for one in appeals_of(viewer) if one.matter.pk == matter.pk]
    return (
        Panel(_("Sheets that are appealed against"), "desk/points/panel.html", {"appeals": rows})
        if rows
        else None
    )


def hang() -> None:
    """Hang the panel; called once, at start-up."""
    panels.show(KIND, panel_of)
