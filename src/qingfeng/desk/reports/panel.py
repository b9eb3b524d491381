"""The panel on a report's page: what its custodian can do now, each on a page of its own."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.desk import panels
from qingfeng.desk.keeping.doors import is_staff
from qingfeng.desk.panels import Panel
from qingfeng.desk.reports.doors import KIND, keeps_reports
from qingfeng.look.rail import RailEntry, register_personal
from qingfeng.matters.models import Matter
from qingfeng.mechanisms.report.declaration import ALL_ALONG
from qingfeng.organization.viewer import Viewer

TITLE = _("What is sealed")
WAYS = (
    ("report_read", _("Read what is sealed"), ALL_ALONG),
    (
        "report_away",
        _("Keep away whom the reporter excludes"),
        ("received", "accepted", "handed", "answered"),
    ),
    ("report_extract", _("Make the extract"), ("accepted", "handed")),
    ("report_handlers", _("Hand the extract to the handlers"), ("handed", "answered")),
    ("report_tell", _("Write to whoever reported"), ("accepted", "handed", "answered")),
    ("report_lock", _("Lock it: it belongs above"), ALL_ALONG),
)


def panel_of(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel for a custodian who is named; None for others."""
    if not matter.parties.filter(role="custodian", person=viewer.person_id, until_at=None).exists():
        return None
    ways = [
        (words, reverse(f"desk:{name}", kwargs={"report": matter.slug}))
        for name, words, stages in WAYS
        if matter.stage in stages
    ]
    allowed = matter.lines.filter(ledger="releases", state="allowed").order_by("no")
    ways += [
        (
            _("Release the identity"),
            reverse("desk:report_release", kwargs={"report": matter.slug, "no": one.no}),
        )
        for one in allowed
    ]
    held = matter.sealed.exists()
    return Panel(TITLE, "desk/reports/panel.html", {"ways": ways, "held": held}, place="first")


def join() -> None:
    """Hang the panel on every report, and the ways that need none on the menu under a person's name."""
    panels.show(KIND, panel_of)
    for order, name, address, may in (
        (61, _("Take in a report"), "desk:report_enter", keeps_reports),
        (62, _("Personnel acts and known reporters"), "desk:report_compare", keeps_reports),
        (63, _("Check a document before it goes out"), "desk:source_check", is_staff),
    ):
        register_personal(RailEntry(name, address, order, None, _for(may), "shield-lock"))


def _for(may: Callable[[Viewer], bool]) -> Callable[[HttpRequest], bool]:
    def may_see(request: HttpRequest) -> bool:
        viewer: Viewer = request.viewer
        return viewer.person_id is not None and may(viewer)

    return may_see
