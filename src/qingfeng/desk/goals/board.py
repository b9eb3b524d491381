"""The goals of a year as somebody sees them: quarters, standing, evidence, what serves each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.desk.goals.asked import STATES, Asked
from qingfeng.desk.kinds import address
from qingfeng.desk.levels import views_of
from qingfeng.desk.lights import lights_of
from qingfeng.desk.many import Held, snapshots_of
from qingfeng.look.lights import Light
from qingfeng.matters import access
from qingfeng.matters.models import Matter, MatterLink
from qingfeng.matters.registry import mechanism
from qingfeng.matters.snapshot import Line, Snapshot
from qingfeng.mechanisms.goal.fields import PILLARS, QUARTERS, READING
from qingfeng.mechanisms.goal.gates import quarters_owed
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

KIND, SERVES = "goal", "serves"
JUDGED = ("achieved", "partly", "missed")
COURSES = dict(next(one for one in READING if one.key == "course").choices)
MOST = 500  # goals of a year; more are no goals any more


@dataclass(frozen=True)
class Quarter:
    """One quarter of a goal.

    Attributes:
        no: 1 to 4.
        state: `on_course`, `behind`, `stuck`, `missing` (it should have been read), `to_come`.
        percent: How far, None where it was not read.
        says: In words, for who does not see the picture.
    """

    no: int
    state: str
    percent: int | None
    says: str

    @property
    def high(self) -> int:
        """Height of its bar, 0 to 20."""
        return round((self.percent or 0) / 5)

    @property
    def top(self) -> int:
        """Where its bar begins, from above."""
        return 24 - self.high


@dataclass(frozen=True)
class Served:
    """A matter that serves a goal, as far as the reader knows it."""

    matter: Matter
    title: str
    kind: Any
    stage: Any
    light: Light | None

    @property
    def href(self) -> str:
        """Its address."""
        return address(self.matter)


@dataclass
class Row:
    """One goal.

    Attributes:
        matter: The goal.
        snapshot: Its ledgers, acts and clocks.
        light: The heaviest light of its clocks.
        served: What serves it and the reader knows.
        names: Names of its cooperating offices and of who verifies it.
        today: Civil date.
    """

    matter: Matter
    snapshot: Snapshot
    light: Light | None
    served: list[Served]
    names: Mapping[str, str]
    today: date

    @property
    def facts(self) -> Mapping[str, Any]:
        """Its facts."""
        return self.matter.facts

    @property
    def href(self) -> str:
        """Its address."""
        return address(self.matter)

    @property
    def pillar(self) -> str:
        """Key of its pillar."""
        return str(self.facts.get("pillar", ""))

    @property
    def stage(self) -> Any:
        """Where it stands, in words."""
        return mechanism(KIND, self.matter.version).stage(self.matter.stage).name

    @property
    def due(self) -> date | None:
        """The day on which it is due, as last extended."""
        run = self.snapshot.clock("finish")
        given = str(self.facts.get("due") or "")
        return run.due_on if run and run.due_on else date.fromisoformat(given) if given else None

    @cached_property
    def state(self) -> str:
        """How it stands: a key of `STATES`."""
        stage = self.matter.stage
        if stage in JUDGED:
            return stage
        if stage in {"dropped", "revoked"}:
            return "out"
        if stage in {"self_rated", "verified"}:
            return "to_judge"
        if stage != "under_way":
            return "planned"
        if self.light and self.light.state == "red":
            return "overdue"
        read = [one for one in self.quarters if one.percent is not None]
        return "behind" if read and read[-1].state != "on_course" else "on_course"

    @property
    def state_words(self) -> Any:
        """The same in words."""
        return dict(STATES)[self.state]

    @cached_property
    def quarters(self) -> list[Quarter]:
        """Its four quarters."""
        lines = {str(one.facts.get("quarter")): one for one in self.snapshot.lines("readings")}
        owed = quarters_owed(self.snapshot) if self.matter.is_open else set()
        return [self._quarter(key, name, lines.get(key), is_owed=key in owed) for key, name in QUARTERS]

    @staticmethod
    def _quarter(key: str, name: Any, line: Line | None, *, is_owed: bool) -> Quarter:
        if line is None:
            says = _("not read yet") if is_owed else _("to come")
            return Quarter(int(key), "missing" if is_owed else "to_come", None, f"{name}: {says}")
        course = str(line.facts.get("course"))
        percent = int(line.facts.get("percent") or 0)
        return Quarter(int(key), course, percent, f"{name}: {percent}%, {COURSES.get(course, course)}")

    @property
    def latest(self) -> str:
        """What the last reading says."""
        lines = self.snapshot.lines("readings")
        return str(lines[-1].facts.get("progress") or "") if lines else ""

    @property
    def standings(self) -> list[Mapping[str, Any]]:
        """Its standings among peers, the oldest first."""
        lines = [one.facts for one in self.snapshot.lines("standings")]
        return sorted(lines, key=lambda facts: str(facts.get("stood_on")))

    @property
    def evidence(self) -> int:
        """How many pieces of evidence there are."""
        return len(self.snapshot.lines("evidence"))

    @property
    def is_in_time(self) -> bool | None:
        """Whether it was rated by its day; None before it was rated."""
        run = self.snapshot.clock("finish")
        if (
            self.snapshot.last("self_rate") is None
            or run is None
            or run.state != "stopped"
            or run.due_on is None
            or run.stopped_on is None
        ):
            return None
        return run.stopped_on <= run.due_on


@dataclass
class Board:
    """The goals that are asked for.

    Attributes:
        rows: Those that were asked for.
        everything: Those of the year, whatever else was asked.
        years: Years with goals, the newest first.
    """

    rows: list[Row]
    everything: list[Row] = field(default_factory=list)
    years: list[int] = field(default_factory=list)

    def of(self, pillar: str) -> list[Row]:
        """Return those of one pillar."""
        return [one for one in self.rows if one.pillar == pillar]

    @property
    def pillars(self) -> list[tuple[str, Any, list[Row]]]:
        """Pillars in order, each with its goals."""
        return [(key, name, self.of(key)) for key, name in PILLARS]

    @property
    def offices(self) -> list[Unit]:
        """Offices that have a goal of the year, by name."""
        found = {one.matter.owner_id: one.matter.owner for one in self.everything}
        return sorted(found.values(), key=str)


def board_of(viewer: Viewer, asked: Asked) -> Board:
    """Return the goals of a year that somebody reads whole, as far as they are asked for."""
    known = access.visible(viewer).filter(mechanism=KIND, standing=Matter.Standing.VALID)
    years = sorted({int(one) for one in known.values_list("facts__year", flat=True) if one}, reverse=True)
    goals = known.filter(facts__year=asked.year).select_related("owner").order_by("opened_on", "pk")
    everything = rows_of(viewer, list(goals[:MOST]))
    return Board([one for one in everything if is_asked(one, asked)], everything, years)


def is_asked(row: Row, asked: Asked) -> bool:
    """Return whether a goal is one that is asked for."""
    kinds = {
        "in_time": row.is_in_time is True,
        "late": row.is_in_time is False,
        "evidence": row.evidence > 0,
        "no_evidence": row.evidence == 0,
    }
    return (
        (not asked.pillar or row.pillar == asked.pillar)
        and (not asked.owner or row.matter.owner_id == asked.owner)
        and (not asked.state or row.state == asked.state)
        and (not asked.kind or kinds[asked.kind])
    )


def rows_of(viewer: Viewer, goals: list[Matter]) -> list[Row]:
    """Return goals that somebody reads whole, in order; queries do not grow with them."""
    views = views_of(viewer, goals)
    whole = [one for one in goals if views[one.pk] == "whole"]
    held, lights = snapshots_of(whole, today=viewer.on), lights_of(whole, viewer.on)
    served, names = served_by(viewer, whole), _names(held.values())
    return [
        Row(one, held[one.pk].snapshot, lights.get(one.pk), served[one.pk], names, viewer.on) for one in whole
    ]


def _names(held: Iterable[Held]) -> dict[str, str]:
    """Return the names of cooperating offices by `unit:` and their keys."""
    units = {key for one in held for key in one.snapshot.units("cooperating")}
    return {f"unit:{one.pk}": str(one) for one in Unit.objects.filter(pk__in=units)} if units else {}


def served_by(viewer: Viewer, aims: Iterable[Matter]) -> dict[int, list[Served]]:
    """Return what serves each of some matters and exists for the reader, by the key of what is served.

    Of a matter of which only a card is seen, its kind stands for its title.
    """
    found: dict[int, list[Served]] = defaultdict(list)
    links = MatterLink.objects.filter(
        target__in=[one.pk for one in aims], kind=SERVES, until_at=None,
        source__standing=Matter.Standing.VALID,
    ).select_related("source")  # fmt: skip
    rows = list(links.order_by("since_at", "pk"))
    may = access.seen_among(viewer, {one.source_id for one in rows}) if rows else {}
    lights = lights_of([one.source for one in rows if one.source_id in may], viewer.on)
    for one in rows:
        if one.source_id in may:
            found[one.target_id].append(
                _served(one.source, lights.get(one.source_id), is_whole=may[one.source_id] == "whole")
            )
    return found


def _served(matter: Matter, light: Light | None, *, is_whole: bool) -> Served:
    declared = mechanism(matter.mechanism, matter.version)
    title = matter.title if is_whole else str(declared.name)
    return Served(matter, title, declared.name, declared.stage(matter.stage).name, light)
