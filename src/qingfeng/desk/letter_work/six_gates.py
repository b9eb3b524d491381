"""The panels of a letter: six gates with role, evidence and day; four links with clock and ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingfeng.desk.kinds import address
from qingfeng.desk.lights import clock_of, light
from qingfeng.desk.panels import Panel
from qingfeng.look import said
from qingfeng.look.lights import Light
from qingfeng.look.tables import Column, Table
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, Matter, Performance
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.recommendation import joining
from qingfeng.organization.district_settings import setting
from qingfeng.organization.viewer import Viewer

KIND = joining.KIND
TEMPLATE = "desk/letter_work/table.html"

DONE_BY: Mapping[str, tuple[tuple[str, str], ...]] = {
    "weigh": (("weigh", "weigh_no"), ("decline", "weigh_no")),
    "draft": (("submit_draft", ""),),
    "review": (("pass_review", "review_no"),),
    "early": (("join_early", "joined_no"),),
    "higher": (("approve", "approval_no"),),
    "quality": (("score_draft", "draft_score_no"),),
}
"""Gate → acts that pass it, each with the fact that holds its evidence."""

LINKS = (
    ("issuing_room", gettext_lazy("Room: issue, explain, evaluate"), "advices",
     ("draft", "check_draft", "explain", "answer_plan", "issuer_opinion", "evaluate")),
    ("tracking_unit", gettext_lazy("Team: track"), "visits", ("visit", "tracker_opinion", "look_back")),
    ("unit", gettext_lazy("Unit: correct"), "items",
     ("plan", "rec_reply", "progress", "rec_complete", "mend_again")),
    ("chasing_office", gettext_lazy("Office: chase"), "chases", ("watch", "office_check")),
)  # fmt: skip
"""Unit role, what the link does, its ledger, its clocks."""


@dataclass(frozen=True)
class Gate:
    """One of the six gates as a letter has passed it, or not yet."""

    label: str
    meaning: str
    role: str = ""
    who: str = ""
    evidence: str = ""
    on: date | None = None

    @property
    def state(self) -> str:
        """The day on which it was passed, or that it is not yet."""
        return said.day(self.on) if self.on else _("not passed yet")


@dataclass(frozen=True)
class Link:
    """One of the four links: who has it, what it owes next, how much stands in its ledger."""

    name: str
    unit: str
    duty: str
    light: Light | None
    ledger: str


def gates_panel(_viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the six gates of a letter; their labels and meanings are settings of the district."""
    columns = [
        Column("label", _("Gate"), "exact", is_head=True),
        Column("meaning", _("What it means here")),
        Column("role", _("Role")),
        Column("who", _("Who"), "exact"),
        Column("evidence", _("Number of its record"), "exact"),
        Column("state", _("Day"), "exact"),
    ]
    table = Table(columns, _gates(matter), caption=_("The six gates of a letter"))
    return Panel(_("Six gates"), TEMPLATE, {"table": table})


def _gates(matter: Matter) -> list[Gate]:
    rows = matter.story.filter(undone_by=None).select_related("by", "for_person", "second")
    story = list(rows.order_by("no"))
    return [_gate(key, story, matter) for key, *_rest in joining.STEPS]


def _gate(key: str, story: list[Performance], matter: Matter) -> Gate:
    label, meaning = str(setting(joining.label_key(key))), str(setting(joining.meaning_key(key)))
    acts = dict(DONE_BY[key])
    last = next((one for one in reversed(story) if one.act in acts), None)
    if last is None:
        return Gate(label, meaning)
    roles = {role.key: role.name for role in mechanism(matter.mechanism, matter.version).parties}
    hands = [one for one in (last.for_person or last.by, last.second) if one]
    return Gate(
        label,
        meaning,
        str(roles.get(last.as_role, "")),
        "、".join(str(one) for one in hands),
        str(last.entered.get(acts[last.act]) or ""),
        timezone.localdate(last.at),
    )


def links_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the four links of a letter, once they are named."""
    units = {
        party.role: str(party.unit)
        for party in matter.parties.filter(until_at=None, unit__isnull=False).select_related("unit")
    }
    if "issuing_room" not in units:
        return None
    runs = list(matter.clocks.exclude(state=ClockRun.State.STOPPED).order_by("due_on", "pk"))
    counts = {ledger: 0 for _role, _name, ledger, _clocks in LINKS}
    for ledger in matter.lines.filter(ledger__in=counts).values_list("ledger", flat=True):
        counts[ledger] += 1
    columns = [
        Column("name", _("Link of the chain"), is_head=True),
        Column("unit", _("Who has it"), "who"),
        Column("duty", _("Owes next")),
        Column("light", _("Light"), "light"),
        Column("ledger", _("Its ledger")),
    ]
    rows = [
        _link(
            matter,
            viewer.on,
            runs,
            Link(str(name), units.get(role, ""), "", None, ""),
            (ledger, clocks, counts),
        )
        for role, name, ledger, clocks in LINKS
    ]
    return Panel(_("Four links"), TEMPLATE, {"table": Table(columns, rows, caption=_("The four links"))})


def _link(
    matter: Matter,
    on: date,
    runs: list[ClockRun],
    bare: Link,
    owed: tuple[str, tuple[str, ...], dict[str, int]],
) -> Link:
    ledger, clocks, counts = owed
    declared = mechanism(matter.mechanism, matter.version)
    run = next((one for one in runs if one.key in clocks), None)
    clock = clock_of(run, matter.mechanism, matter.version) if run else None
    lines = _("%(ledger)s: %(count)s") % {"ledger": declared.ledger(ledger).name, "count": counts[ledger]}
    return Link(
        bare.name,
        bare.unit,
        str(clock.name) if clock else "",
        light(run, clock, on) if run else None,
        lines,
    )


def alike_panel(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the letters to which this one is alike, as far as the reader may know of them."""
    lines = joining.alike_lines(matter)
    if not lines:
        return None
    keys = matter.links_out.filter(kind="alike", until_at=None).values("target")
    others = access.visible(viewer).filter(pk__in=keys).order_by("number")
    columns = [
        Column("number", _("Number"), "exact", link=address, is_head=True),
        Column(lambda row: said.day(row.opened_on), _("Opened on")),
    ]
    shares = sorted({int(one.facts.get("found_share") or 0) for one in lines}, reverse=True)
    context: dict[str, Any] = {
        "table": Table(columns, list(others), caption=_("Letters that this one is alike to")),
        "says": _("Likeness: %(shares)s percent. Letters that you may not know of are left out.")
        % {"shares": ", ".join(str(one) for one in shares)},
    }
    return Panel(_("Letters that this one is alike to"), TEMPLATE, context)
