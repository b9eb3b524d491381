"""The demonstration projects as a board: where each stands, what is overdue, what came of those that ended.

What failed stands beside what worked, as large, with what was learnt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.kinds import address
from qingfeng.desk.levels import views_of
from qingfeng.desk.lights import lights_of
from qingfeng.desk.many import snapshots_of
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.models import Matter, MatterSlip
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.mechanisms.demonstration.fields import FAILED, OUTCOME
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

KIND = "demonstration"
COLUMNS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("applying", _("Application and scores"), ("drafted", "submitted", "in_review", "reviewed")),
    ("announced", pgettext_lazy("projects", "Announced"), ("announced",)),
    ("running", _("Being carried out"), ("under_way", "midway")),
    ("examining", _("Examination and rating"), ("handed_in", "examined")),
)
WORKED, FAILED_THEN = ("demonstrated", "spread", "qualified"), ("failed", "learnt", "stopped")
SHOWN = {"material": WORKED, "lessons": FAILED_THEN}
MOST = 300
REACHED = {str(key): words for key, words in next(one for one in OUTCOME if one.key == "reached").choices}
BECAUSE = {
    str(key): words for key, words in next(one for one in FAILED if one.key == "failed_because").choices
}


@dataclass
class Project:
    """One project.

    Attributes:
        matter: The project.
        snapshot: Its ledgers, acts and clocks.
        light: The heaviest light of its clocks.
        unit: Name of the unit.
        units: Names of units by key.
        slip: The document that shows others what came of it, or None.
        today: Civil date.
    """

    matter: Matter
    snapshot: Snapshot
    light: Light | None
    units: Mapping[int, str]
    slip: MatterSlip | None
    today: date

    @property
    def href(self) -> str:
        """Its address."""
        return address(self.matter)

    @property
    def slip_href(self) -> str:
        """Address of the document that shows what came of it, "" where there is none."""
        return address(self.matter, "slip", pk=self.slip.pk, form="pdf") if self.slip else ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """Its facts."""
        return self.matter.facts

    @property
    def unit(self) -> str:
        """Name of the unit."""
        keys = self.snapshot.units("unit")
        return self.units.get(keys[0], "") if keys else ""

    @property
    def stage(self) -> Any:
        """Where it stands, in words."""
        return mechanism(KIND, self.matter.version).stage(self.matter.stage).name

    @cached_property
    def next_milestone(self) -> tuple[str, date] | None:
        """The open milestone that is due first."""
        found = sorted((_due(one), str(one.facts.get("milestone"))) for one in self._open_milestones)
        return (found[0][1], found[0][0]) if found else None

    @property
    def _open_milestones(self) -> list[Line]:
        lines = self.snapshot.lines("milestones")
        return [one for one in lines if one.state == "planned" and one.facts.get("milestone_due")]

    @property
    def overdue(self) -> int:
        """How many milestones are overdue while it is carried out."""
        if self.matter.stage not in {"under_way", "midway"}:
            return 0
        return sum(_due(one) < self.today for one in self._open_milestones)

    @property
    def cost(self) -> Decimal:
        """What it has cost so far."""
        costs = (Decimal(str(one.facts.get("amount") or 0)) for one in self.snapshot.lines("costs"))
        return sum(costs, Decimal(0))

    @property
    def outcomes(self) -> list[tuple[str, str, str, str, Any]]:
        """Each outcome: what, before, target, measured, against the target in words."""
        return [
            (
                str(one.facts.get("outcome") or ""),
                str(one.facts.get("before") or "—"),
                str(one.facts.get("target") or "—"),
                str(one.facts.get("measured") or "—"),
                REACHED.get(str(one.facts.get("reached")), ""),
            )
            for one in self.snapshot.lines("outcomes")
        ]

    @property
    def taken_by(self) -> list[str]:
        """Names of the units that took it over."""
        keys = [int(one.facts["taken_by"]) for one in self.snapshot.lines("replications")]
        return [self.units.get(key, "") for key in dict.fromkeys(keys)]

    @property
    def because(self) -> list[Any]:
        """Why it did not work."""
        return [BECAUSE[one] for one in self.facts.get("failed_because") or () if one in BECAUSE]

    @property
    def why(self) -> str:
        """Reasons of its end."""
        return str(self.facts.get("rating_why") or self.facts.get("stopped_why") or "")

    @property
    def people(self) -> tuple[int, int] | None:
        """How many were asked and how many were content, None where too few answered."""
        asked, content = self.facts.get("asked_count"), self.facts.get("asked_content")
        return (int(content), int(asked)) if asked is not None and content is not None else None


def _due(line: Line) -> date:
    return date.fromisoformat(str(line.facts["milestone_due"]))


@dataclass
class Projects:
    """Every project that somebody reads whole.

    Attributes:
        all: Them.
    """

    all: list[Project]

    @property
    def columns(self) -> list[tuple[str, Any, list[Project]]]:
        """The board: a column a part of the way, each with its projects."""
        return [
            (key, name, [one for one in self.all if one.matter.stage in stages])
            for key, name, stages in COLUMNS
        ]

    @property
    def worked(self) -> list[Project]:
        """Those that were rated a demonstration or qualified."""
        return self._ended(WORKED)

    @property
    def failed(self) -> list[Project]:
        """Those that failed or were stopped."""
        return self._ended(FAILED_THEN)

    def _ended(self, stages: Iterable[str]) -> list[Project]:
        return [one for one in self.all if one.matter.stage in stages]

    @property
    def overdue(self) -> list[Project]:
        """Those with an overdue milestone."""
        return [one for one in self.all if one.overdue]

    @property
    def overdue_milestones(self) -> int:
        """How many milestones are overdue."""
        return sum(one.overdue for one in self.all)

    @property
    def taken_by(self) -> int:
        """How many units took one over."""
        return len({name for one in self.all for name in one.taken_by})

    @property
    def taken_on(self) -> int:
        """How many applications were taken on."""
        return sum(one.snapshot.times("take_on") > 0 for one in self.all)

    @property
    def not_taken(self) -> int:
        """How many were not."""
        return sum(one.matter.stage == "not_taken" for one in self.all)


def projects_of(viewer: Viewer) -> Projects:
    """Return the projects that somebody reads whole, the newest first; queries do not grow with them."""
    known = access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID)
    rows = list(known.select_related("owner").order_by("-opened_on", "-pk")[:MOST])
    views = views_of(viewer, rows)
    whole = [one for one in rows if views[one.pk] == "whole"]
    held, lights = snapshots_of(whole, today=viewer.on), lights_of(whole, viewer.on)
    units = {
        int(key)
        for one in held.values()
        for key in (
            *one.snapshot.units("unit"),
            *(line.facts["taken_by"] for line in one.snapshot.lines("replications")),
        )
    }
    names = {one.pk: str(one) for one in Unit.objects.filter(pk__in=units)}
    slips = {
        one.matter_id: one
        for one in MatterSlip.objects.filter(matter__in=whole, key__in=SHOWN).order_by("pk")
    }
    return Projects(
        [
            Project(one, held[one.pk].snapshot, lights.get(one.pk), names, slips.get(one.pk), viewer.on)
            for one in whole
        ]
    )
