"""The panels of a campaign: four steps, hits by unit, yields beside what was said, the day its data goes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk.campaigns.behind import Behind
from qingfeng.desk.campaigns.by_unit import by_unit, said_lines
from qingfeng.desk.campaigns.four_steps import Standing
from qingfeng.desk.lights import clock_of, light
from qingfeng.desk.panels import Panel
from qingfeng.findings.access import may_assign
from qingfeng.look.charts import Chart, Series
from qingfeng.look.tables import Column, Table
from qingfeng.matters.models import ClockRun, Matter
from qingfeng.mechanisms.campaign import custody
from qingfeng.mechanisms.campaign.gates import day
from qingfeng.mechanisms.campaign.joining import KIND
from qingfeng.mechanisms.campaign.published import FIGURES, MONEY
from qingfeng.mechanisms.campaign.published import OWN as SELF
from qingfeng.organization.viewer import Viewer

BEFORE_NET = ("proposed", "planned", "piloting", "locking")
WIDE = 12  # units that a chart draws; the table has all

__all__ = ["KIND", "data_panel", "said_panel", "steps_panel", "units_panel", "yields_panel"]


def steps_panel(viewer: Viewer, matter: Matter) -> Panel:
    """Return the four steps, and what is missing before the next act."""
    standing = Standing(matter, viewer.on)
    context = {"standing": standing, "steps": standing.steps}
    return Panel(gettext_lazy("Four steps"), "desk/campaigns/steps.html", context, place="first")


def units_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the doubts by unit with how far they are, and what units reported themselves."""
    if matter.stage in BEFORE_NET:
        return None
    rows = by_unit(Behind(viewer, matter))
    if not rows:
        return None
    columns = [
        Column("name", _("Unit"), is_head=True),
        Column(lambda row: row.tiers["A"], _("Tier A"), "number"),
        Column(lambda row: row.tiers["B"], _("Tier B"), "number"),
        Column(lambda row: row.tiers["C"], _("Tier C"), "number"),
        Column("verified", _("Verified"), "number"),
        Column("found", _("Something found"), "number"),
        Column("left", _("Still to be verified"), "number"),
        Column("check_stage", _("Self-check"), link=lambda row: row.check_href),
        Column("admitted", _("Reported by the unit itself"), "number"),
    ]
    context = {
        "table": Table(columns, rows, caption=_("Doubts by unit")),
        "chart": _progress(rows),
        "is_part": not may_assign(viewer),
    }
    return Panel(gettext_lazy("Doubts by unit"), "desk/campaigns/units.html", context, place="first")


def _progress(rows: list[Any]) -> Chart | None:
    """Return how far the doubts of each unit are; the units with most left first."""
    drawn = [row for row in rows if row.tiers["A"] + row.tiers["B"]][:WIDE]
    if len(drawn) < 2:
        return None
    left, done = sum(row.left for row in drawn), sum(row.verified for row in drawn)
    title = _("%(left)d doubts of tiers A and B are still to be verified, %(done)d are verified")
    return Chart(
        title % {"left": left, "done": done},
        _("By unit, those with most left first; tier C asks for no verification."),
        [row.name for row in drawn],
        [
            Series(_("Verified"), [row.verified for row in drawn]),
            Series(_("Still to be verified"), [row.left for row in drawn]),
        ],
        kind="stack",
        head=_("Unit"),
    )


def yields_panel(_viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the yields as the house counted them last; what units reported themselves apart."""
    line = matter.lines.filter(ledger="counts").order_by("-no").first()
    if line is None:
        return None
    found = [_figure(matter, line.facts, key, name) for key, name, _term in FIGURES]
    right, wrong = _judged(line.facts)
    context = {
        "found": [one for one in found if one["key"] not in SELF],
        "own": [one for one in found if one["key"] in SELF],
        "left": [
            _figure(matter, line.facts, key, name)
            for key, name in (
                ("a_left", _("Tier A not verified")),
                ("b_left", _("Tier B not verified")),
                ("clues_left", _("Clues not decided")),
            )
        ],
        "counted_on": day(line.facts.get("counted_on")),
        "precision": f"{100 * right / (right + wrong):.0f}" if right + wrong else "",
        "right": right,
        "judged": right + wrong,
        "both": line.facts.get("both_units") or 0,
    }
    template = "desk/campaigns/yields.html"
    return Panel(gettext_lazy("Yields"), template, context, place="first", folds=("counts",))


def _judged(facts: Any) -> tuple[int, int]:
    right = sum(int(facts.get(key) or 0) for key in ("true", "part", "explained"))
    return right, int(facts.get("refuted") or 0)


def _figure(matter: Matter, facts: Any, key: str, name: Any) -> dict[str, Any]:
    href = reverse("desk:campaign_rows", kwargs={"campaign": matter.slug, "figure": key.replace("_", "-")})
    return {"key": key, "name": name, "value": facts.get(key) or 0, "href": href, "is_money": key in MONEY}


def said_panel(_viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the numbers that were said outside beside those that were counted; None before any."""
    rows = said_lines(matter)
    if not rows:
        return None
    names = {key: (name, term) for key, name, term in FIGURES}
    lines = [
        {
            "key": str(one.facts.get("figure")),
            "name": names[str(one.facts.get("figure"))][0],
            "where": one.facts.get("where_said"),
            "said": one.facts.get("number_said"),
            "counted": one.facts.get("number_counted"),
            "differs": one.facts.get("differs"),
            "why": one.facts.get("why_differs") or "",
            "href": reverse(
                "desk:campaign_rows",
                kwargs={
                    "campaign": matter.slug,
                    "figure": str(one.facts.get("figure")).replace("_", "-"),
                },
            ),
        }
        for one in rows
        if str(one.facts.get("figure")) in names
    ]
    context = {"lines": lines, "differing": sum(bool(one["differs"]) for one in lines)}
    title = gettext_lazy("Numbers said and numbers counted")
    return Panel(title, "desk/campaigns/said.html", context, folds=("published",))


def data_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return what became of the campaign's data, beside the clocks."""
    requests = custody.requests_of(matter)
    if not requests:
        return None
    run = matter.clocks.filter(key="data_gone").exclude(state=ClockRun.State.STOPPED).order_by("-pk").first()
    gone = sum(custody.is_gone(one) for one in requests)
    context = {
        "asked": len(requests),
        "gone": gone,
        "kept": matter.lines.filter(ledger="kept_on").count(),
        "until": day(matter.facts.get("data_until")),
        "light": light(run, clock_of(run, matter.mechanism, matter.version), viewer.on) if run else None,
    }
    return Panel(gettext_lazy("Data of the campaign"), "desk/campaigns/data.html", context, place="aside")
