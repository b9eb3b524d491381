"""The talks of a year as somebody sees them, each with where it stands; and the units of that year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from qingfeng.desk.levels import views_of
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Party
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.leadership.joining import THRESHOLD, is_above
from qingfeng.organization.district_settings import setting
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

TALK, YEAR, FILE = "talk", "leadership", "integrity_file"
BEFORE = ("planned", "notified")
DUE = ("head_talk", "new_head", "event_talk")
SOON = timedelta(days=30)
STATES = {
    "due": _("Talks to be held"),
    "held": _("Talks held"),
    "overdue": _("Talks overdue"),
    "soon": _("Due within 30 days"),
    "later": _("Due later"),
}
"""What a number counts; `due` is every talk of the year that was not given up."""
LIGHTS = {"held": "done", "overdue": "red", "soon": "yellow", "later": "green", "dropped": "paused"}
ONE = {
    "held": _("held"),
    "overdue": _("overdue"),
    "soon": _("due soon"),
    "later": _("due later"),
    "dropped": _("not held, given up"),
}


@dataclass(frozen=True)
class Row:
    """One talk of the year.

    Attributes:
        talk: The matter.
        unit: Unit of who is talked with.
        kind: Kind of office.
        is_head: Whether it is the head, not another member of the team.
        talker: Who talks with them.
        state: `held`, `overdue`, `soon`, `later` or `dropped`.
        due_on: Last day; None once it was held or dropped.
        held_on: Day of the talk; None before.
    """

    talk: Matter
    unit: Unit
    kind: str
    is_head: bool
    talker: str
    state: str
    due_on: date | None
    held_on: date | None

    @property
    def level(self) -> str:
        """Level of administration of the unit."""
        return self.unit.level

    @property
    def talk_kind(self) -> str:
        """Kind of the talk."""
        return str(self.talk.facts.get("talk_kind") or "")

    @property
    def kind_words(self) -> Any:
        """Kind of the talk, in words."""
        return _choice("talk_kind", self.talk_kind)

    @property
    def post_words(self) -> Any:
        """Kind of the leading post, in words."""
        return _choice("post_kind", "head" if self.is_head else "member")

    @property
    def stage_words(self) -> Any:
        """Where the talk stands."""
        return mechanism(TALK).stage(self.talk.stage).name

    @property
    def light(self) -> str:
        """The light of its state."""
        return LIGHTS[self.state]

    @property
    def state_words(self) -> Any:
        """Its state, in words."""
        return ONE[self.state]

    @property
    def day(self) -> date | None:
        """The day that counts: on which it was held, else on which it is due."""
        return self.held_on or self.due_on


def _choice(key: str, value: str) -> Any:
    field = next(one for one in mechanism(TALK).asks if one.key == key)
    return dict(field.choices).get(value, value)


def whole_of(viewer: Viewer, kind: str, year: int | None = None) -> list[Matter]:
    """Return the matters of a kind (and year) that somebody sees whole, oldest first."""
    found = access.visible(viewer).filter(mechanism=kind, standing=Matter.Standing.VALID)
    found = found.filter(facts__plan_year=year) if year else found
    matters = list(found.order_by("opened_at", "pk"))
    views = views_of(viewer, matters)
    return [one for one in matters if views[one.pk] == "whole"]


def rows_of(viewer: Viewer, year: int) -> list[Row]:
    """Return the talks of a year that somebody sees whole, by unit; a fixed number of queries."""
    return rows_among(whole_of(viewer, TALK, year), viewer.on)


def rows_among(talks: Iterable[Matter], today: date) -> list[Row]:
    """Return talks with where they stand, in the order of the unit tree."""
    talks = list(talks)
    units = Unit.objects.in_bulk({int(one.facts["head_unit"]) for one in talks if one.facts.get("head_unit")})
    names: dict[int, str] = {}
    parts = Party.objects.filter(matter__in=talks, role="talker", until_at=None).select_related("person")
    for part in parts:
        names[part.matter_id] = part.person.name if part.person else ""
    due: dict[int, date | None] = {}
    runs = ClockRun.objects.filter(matter__in=talks, key__in=DUE, state=ClockRun.State.RUNNING)
    for run in runs:
        due[run.matter_id] = run.due_on
    rows = [
        _row(one, units[int(one.facts["head_unit"])], names.get(one.pk, ""), due=due.get(one.pk), today=today)
        for one in talks
        if int(one.facts.get("head_unit") or 0) in units
    ]
    return sorted(rows, key=lambda row: (row.unit.path, not row.is_head, row.day or date.max, row.talk.pk))


def _row(talk: Matter, unit: Unit, talker: str, *, due: date | None, today: date) -> Row:
    held = talk.facts.get("held_on")
    return Row(
        talk,
        unit,
        str(talk.facts.get("office_kind") or "other"),
        talk.facts.get("post_kind") == "head",
        talker,
        _state(talk, due, today),
        due if talk.stage in BEFORE else None,
        date.fromisoformat(str(held)[:10]) if held else None,
    )


def _state(talk: Matter, due: date | None, today: date) -> str:
    if talk.stage == "dropped":
        return "dropped"
    if talk.stage not in BEFORE:
        return "held"
    if due is not None and due < today:
        return "overdue"
    return "soon" if due is not None and due <= today + SOON else "later"


@dataclass(frozen=True)
class YearOf:
    """The year of a unit.

    Attributes:
        matter: The supervision of its leading team.
        unit: The unit.
        above: Collective decisions on record at or above the money threshold.
    """

    matter: Matter
    unit: Unit
    above: int

    @property
    def collective(self) -> str:
        """What was last found of sums and decisions, "" before anybody looked."""
        return str(self.matter.facts.get("collective") or "")

    @property
    def says(self) -> Any:
        """The same in words."""
        fields = (one for act in mechanism(YEAR).acts for one in act.asks if one.key == "collective")
        return dict(next(fields).choices).get(self.collective, _("Nobody has looked yet"))


def years_of(viewer: Viewer, year: int) -> list[YearOf]:
    """Return the years of units that somebody sees whole, in the order of the unit tree."""
    matters = whole_of(viewer, YEAR, year)
    units: dict[int, Unit] = {}
    parts = Party.objects.filter(matter__in=matters, role="unit", until_at=None).select_related("unit")
    for part in parts:
        if part.unit:
            units[part.matter_id] = part.unit
    threshold, above = Decimal(int(setting(THRESHOLD))), dict[int, int]()
    for line in LedgerLine.objects.filter(matter__in=matters, ledger="decisions"):
        above[line.matter_id] = above.get(line.matter_id, 0) + is_above(line.facts, threshold)
    found = [YearOf(one, units[one.pk], above.get(one.pk, 0)) for one in matters if one.pk in units]
    return sorted(found, key=lambda one: one.unit.path)


def without_decision(years: Iterable[YearOf]) -> list[YearOf]:
    """Return the units with no recorded collective decision above the money threshold.

    A unit of which was found that it spent no such sum owes none.
    """
    return [one for one in years if not one.above and one.collective != "nothing_due"]


def own_of(viewer: Viewer, kind: str, role: str) -> list[Matter]:
    """Return the matters of a kind on which somebody themselves has a role, newest first."""
    mine: Any = Party.objects.filter(person=viewer.person_id, role=role, until_at=None).values("matter")
    found = access.visible(viewer).filter(mechanism=kind, standing=Matter.Standing.VALID, pk__in=mine)
    return list(found.order_by("-opened_at", "-pk"))
