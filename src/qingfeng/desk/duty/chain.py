"""The chain of duty of a year: one line a unit, seven links, each with its state and what opens it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk.kinds import address
from qingfeng.matters import access
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, Party, Performance
from qingfeng.matters.reach import bound_by
from qingfeng.matters.registry import mechanism
from qingfeng.mechanisms.duty import gates
from qingfeng.mechanisms.duty.fields import GRADES, IN_PERSON
from qingfeng.organization.models import Unit
from qingfeng.organization.viewer import Viewer

KIND = "duty"
STATES = ("done", "under_way", "missing")
AGES = (15, 30, 60)  # days below which an open reminder or commitment counts

LINKS: Mapping[str, Any] = {
    "list": gettext_lazy("List issued"),
    "first": gettext_lazy("Study, first half"),
    "second": gettext_lazy("Study, second half"),
    "person": gettext_lazy("Secretary in person"),
    "problems": gettext_lazy("Problems put right"),
    "letters": gettext_lazy("Reminders and talks"),
    "judged": gettext_lazy("Report and evaluation"),
}
"""The links of the chain, in the order of the year."""


@dataclass(frozen=True)
class Cell:
    """One link of one unit.

    Attributes:
        state: `done`, `under_way` (its time has not passed) or `missing`.
        words: What is read in the cell.
        href: Where its rows stand: the ledger on the page of the unit's year.
        note: Who did it, by part; "" where that is not said.
    """

    state: str
    words: str
    href: str
    note: str = ""


@dataclass
class Year:
    """One unit's year with everything that its links are read from.

    Attributes:
        matter: The matter, seen whole by whoever looks.
        unit: Its name.
        on: Civil date of the look.
    """

    matter: Matter
    unit: str
    on: date
    lines: dict[str, list[LedgerLine]] = field(default_factory=lambda: defaultdict(list))
    runs: dict[str, ClockRun] = field(default_factory=dict)
    acts: dict[str, str] = field(default_factory=dict)

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Every link by its key."""
        return {
            "list": self._list(),
            "first": self._study(1, "study_first"),
            "second": self._study(2, "study_second"),
            "person": self._person(),
            "problems": self._problems(),
            "letters": self._letters(),
            "judged": self._judged(),
        }

    @cached_property
    def open_letters(self) -> list[int]:
        """How many reminders and commitments are open, by age (`AGES`)."""
        found = [0] * (len(AGES) + 1)
        for line in self.lines["letters"]:
            if line.state in gates.OPEN_LETTERS:
                found[sum(self._age(line) >= edge for edge in AGES)] += 1
        return found

    def _age(self, line: LedgerLine) -> int:
        return (self.on - timezone.localdate(line.entered_at)).days

    def _cell(self, state: str, words: str, ledger: str = "") -> Cell:
        anchor = f"#ledger-{ledger}" if ledger and self.lines.get(ledger) else ""
        return Cell(state, words, f"{address(self.matter)}{anchor}")

    def _day(self, on: date) -> str:
        """Return a day in few signs; its year only where it is another one."""
        if on.year != int(self.matter.facts.get("year") or 0):
            told = {"day": on.day, "month": on.month, "year": on.year}
            return pgettext("short day", "%(day)s/%(month)s/%(year)s") % told
        return pgettext("short day", "%(day)s/%(month)s") % {"day": on.day, "month": on.month}

    def _owed(self, clock: str) -> tuple[str, str]:
        """Return the state and the words of something that has not come yet."""
        run = self.runs.get(clock)
        if run is None or run.due_on is None or not self.matter.is_open or self.on > run.due_on:
            return "missing", _("missing")
        return "under_way", _("due %(day)s") % {"day": self._day(run.due_on)}

    def _part(self, act: str) -> str:
        """Return in which part an act was done last: the unit itself, or who follows it, from paper."""
        declared = mechanism(self.matter.mechanism, self.matter.version)
        role = next((one for one in declared.parties if one.key == self.acts[act]), None)
        return str(role.name) if role else ""

    def _is_late(self, clock: str) -> bool:
        run = self.runs.get(clock)
        if run is None or run.state == ClockRun.State.STOPPED or run.due_on is None:
            return False
        return self.on > run.due_on

    def _list(self) -> Cell:
        day = self.matter.facts.get("list_on")
        if "issue_list" in self.acts and day:
            done = self._cell("done", self._day(date.fromisoformat(day)), "items")
            return replace(done, note=self._part("issue_list"))
        return self._cell(*self._owed("list"), "items")

    def _study(self, half: int, clock: str) -> Cell:
        year = int(self.matter.facts.get("year") or 0)
        held = [
            date.fromisoformat(str(one.facts["studied_on"]))
            for one in self.lines["studies"]
            if gates.half(one.facts.get("studied_on"), year) == half
        ]
        if held:
            return self._cell("done", self._day(min(held)), "studies")
        return self._cell(*self._owed(clock), "studies")

    def _person(self) -> Cell:
        kinds = {one.facts.get("person_kind") for one in self.lines["in_person"]}
        words = _("%(done)s of %(all)s kinds") % {"done": len(kinds), "all": len(IN_PERSON)}
        if len(kinds) == len(IN_PERSON):
            return self._cell("done", words, "in_person")
        if self.matter.is_open:
            return self._cell("under_way", words, "in_person")
        is_lacking = "in_person" in (self.matter.facts.get("missing") or ())
        asked = words if is_lacking else _("%(words)s, not asked for") % {"words": words}
        return self._cell("missing" if is_lacking else "done", asked, "in_person")

    def _problems(self) -> Cell:
        lines = self.lines["problems"]
        if not lines:
            return self._cell("done", _("none fed back"))
        settled = sum(one.is_done for one in lines)
        late = any(not one.is_done and one.due_on and one.due_on < self.on for one in lines)
        words = _("%(done)s of %(all)s") % {"done": settled, "all": len(lines)}
        state = "done" if settled == len(lines) else "missing" if late else "under_way"
        return self._cell(state, words, "problems")

    def _letters(self) -> Cell:
        unsettled = [one for one in self.lines["letters"] if one.state in gates.OPEN_LETTERS]
        if not unsettled:
            words = _("all settled") if self.lines["letters"] else _("none sent")
            return self._cell("done", words, "letters")
        oldest = max(map(self._age, unsettled))
        words = _("%(count)s open, oldest %(days)s days") % {"count": len(unsettled), "days": oldest}
        return self._cell("missing" if self._is_late("answer") else "under_way", words, "letters")

    def _judged(self) -> Cell:
        grade = dict(GRADES).get(str(self.matter.facts.get("grade") or ""))
        if "evaluate" in self.acts and grade:
            return self._cell("done", str(grade))
        if "report_duty" in self.acts and not self.matter.is_open:
            return self._cell("missing", _("reported, not evaluated"))
        if "report_duty" in self.acts:
            return self._cell("under_way", _("reported, to be evaluated"))
        return self._cell(*self._owed("duty_report"))


@dataclass(frozen=True)
class Chain:
    """The chain of a year as one reader sees it.

    Attributes:
        year: Which year.
        years: One line a matter, by unit.
        not_begun: Supervised units without a year, for whoever sees the whole house; None for others.
    """

    year: int
    years: list[Year]
    not_begun: list[str] | None

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many units stand in each state, by link."""
        found = {key: dict.fromkeys(STATES, 0) for key in LINKS}
        for one in self.years:
            for key, cell in one.cells.items():
                found[key][cell.state] += 1
        return found

    def behind(self, link: str, state: str) -> list[Year] | None:
        """Return the lines behind one number; None where there is no such number.

        Args:
            link: Key of the link.
            state: One of `STATES`; `some` for units with anything in that ledger; `age0`, `age1` … for units
                with an open reminder or commitment of that age.
        """
        aged = {f"age{place}": place for place in range(len(AGES) + 1)}
        if link in LINKS and state in STATES:
            return [one for one in self.years if one.cells[link].state == state]
        if link == "problems" and state == "some":
            return [one for one in self.years if one.lines[link]]
        if link == "letters" and state in aged:
            return [one for one in self.years if one.open_letters[aged[state]]]
        return None


def years_there(viewer: Viewer) -> list[int]:
    """Return the years that somebody sees anything of, newest first; this year is always among them."""
    rows = Matter.objects.filter(access.whole_q(viewer), mechanism=KIND).order_by()
    found = {int(year) for year in rows.values_list("facts__year", flat=True).distinct() if year}
    return sorted(found | {viewer.on.year}, reverse=True)


def chain_of(viewer: Viewer, year: int) -> Chain:
    """Return the chain of a year, of the units whose matter somebody reads whole; six queries."""
    matters = Matter.objects.filter(
        access.whole_q(viewer), mechanism=KIND, standing=Matter.Standing.VALID, facts__year=year
    )
    found = {one.pk: one for one in matters.select_related("owner")}
    parts = Party.objects.filter(matter__in=found, role="unit", until_at=None).select_related("unit")
    units = {part.matter_id: part.unit for part in parts if part.unit}
    years = {
        key: Year(one, str(units[key]) if key in units else one.title, viewer.on)
        for key, one in found.items()
    }
    _give(years)
    ordered = sorted(years.values(), key=lambda one: (one.unit, one.matter.opened_on, one.matter.pk))
    return Chain(year, ordered, _not_begun(viewer, {unit.pk for unit in units.values()}))


def _give(years: dict[int, Year]) -> None:
    for line in LedgerLine.objects.filter(matter__in=years).order_by("ledger", "no"):
        years[line.matter_id].lines[line.ledger].append(line)
    for run in ClockRun.objects.filter(matter__in=years).order_by("pk"):
        years[run.matter_id].runs[run.key] = run
    done = Performance.objects.filter(matter__in=years, undone_by=None).order_by("no")
    for matter, act, role in done.values_list("matter_id", "act", "as_role"):
        years[matter].acts[act] = role


def _not_begun(viewer: Viewer, there: Iterable[int]) -> list[str] | None:
    """Return supervised units whose year nobody has opened; only for those who see every ordinary matter."""
    if not viewer.has("principal", "deputy"):
        return None
    bound, _persons = bound_by(viewer)
    rows = Unit.objects.filter(kind=Unit.Kind.SUPERVISED, overseen_by__isnull=False).open_on(viewer.on)
    return [str(one) for one in rows.exclude(pk__in={*there, *bound}).order_by("path")]
