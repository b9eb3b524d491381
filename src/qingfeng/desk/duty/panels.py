"""What hangs on the page of a year of duty, of a deployment, of a rule of our own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingfeng.desk import panels
from qingfeng.desk.duty import chain, clauses, register
from qingfeng.desk.kinds import address
from qingfeng.desk.listing import stage_name
from qingfeng.desk.panels import Panel
from qingfeng.look.tables import Column, Table
from qingfeng.matters import access
from qingfeng.matters.models import Matter
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.duty.fields import MISSING
from qingfeng.organization.viewer import Viewer

TABLE = "desk/duty/table.html"


def record_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the other years of the same unit, with what was not fulfilled: the record goes on."""
    units = matter.parties.filter(role="unit", until_at=None).values_list("unit_id", flat=True)
    others = Matter.objects.filter(
        access.whole_q(viewer), mechanism=chain.KIND, standing=Matter.Standing.VALID,
        parties__role="unit", parties__unit__in=list(units), parties__until_at=None,
    )  # fmt: skip
    rows = list(others.exclude(pk=matter.pk).order_by("-facts__year", "pk").distinct())
    if not rows:
        return None
    words = dict(MISSING)

    def lacked(row: Matter) -> str:
        return "；".join(str(words[key]) for key in row.facts.get("missing") or () if key in words) or "—"

    columns = [
        Column(lambda row: row.facts.get("year"), _("Year"), "exact", link=address, is_head=True),
        Column(lambda row: stage_name(mechanism(row.mechanism, row.version), row), _("Stage")),
        Column(lacked, _("What was not fulfilled")),
        Column(lambda row: row.facts.get("goes_on") or "—", _("What is done about it next year")),
    ]
    return Panel(_("Other years of this unit"), TABLE, {"table": Table(columns, rows, _("Other years"))})


def hang() -> None:
    """Put the panels on their pages."""
    panels.show(chain.KIND, record_panel)
    panels.show(register.KIND, register.citing_panel)
    panels.show(clauses.KIND, clauses.carried_panel)
