"""The panel on a letter's page: what the latest line says, and where the picture is."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingfeng.desk import panels
from qingfeng.desk.letters import rail
from qingfeng.desk.letters.words import NOT_YET, PAPER, SAYS, TAGS
from qingfeng.desk.panels import Panel
from qingfeng.findings.confirming.letters import KIND, LEDGER, facts_of, may_hear, papers_are_complete
from qingfeng.matters.models import Matter
from qingfeng.organization.viewer import Viewer


def panel_of(_viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of a letter that has been delivered; None before."""
    line = matter.lines.filter(ledger=LEDGER).order_by("-no").first()
    if line is None and not may_hear(matter):
        return None
    says = str(line.facts.get("says") or "") if line else ""
    return Panel(
        _("What the records say"),
        "desk/letters/panel.html",
        {
            "line": line,
            "counted_on": date.fromisoformat(line.facts["counted_on"]) if line else None,
            "says": SAYS.get(says, NOT_YET),
            "tag_kind": TAGS.get(says, ""),
            "paper": PAPER if says == "not_confirmed" and papers_are_complete(matter) else "",
            "has_rules": bool(facts_of(matter).rules),
            "href": reverse("desk:letter_records", kwargs={"letter": matter.slug}),
        },
        place="aside",
    )


def join() -> None:
    """Have letters show it, and hang the list of all on the rail; called once, at start-up."""
    panels.show(KIND, panel_of)
    rail.hang()
