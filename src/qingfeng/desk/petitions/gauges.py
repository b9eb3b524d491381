"""The four gauges (两有两提升) as the district names and counts them, for the house."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qingfeng.desk.returns.measures import Cell, Measure, measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.look import said
from qingfeng.mechanisms.petition.gauges import KNOWN, Formula, read, share
from qingfeng.mechanisms.petition.settings import GAUGES, LEAST_ANSWERS, formula_key, name_key
from qingfeng.organization.district_settings import setting

ANSWERS = "satisfied"


@dataclass(frozen=True)
class Share:
    """A part of a whole; nothing is said where there is no whole, or too few answers.

    Attributes:
        part: How many.
        of: Of how many.
        least: Below so many nothing is said.
    """

    part: float
    of: float
    least: int = 0

    @property
    def is_said(self) -> bool:
        """Whether it rests on enough."""
        return self.of > 0 and self.of >= self.least

    @property
    def percent(self) -> float:
        """Per cent, 0 to 100, one decimal."""
        return round(100 * self.part / self.of, 1) if self.is_said else 0.0

    @property
    def words(self) -> str:
        """Per cent in words."""
        if self.is_said:
            return f"{self.percent:.1f} %"
        return _("fewer than %(least)s") % {"least": self.least} if self.of else said.NOTHING

    @property
    def rests_on(self) -> str:
        """What it rests on, in words; nothing where nothing is said."""
        return f"{self.part:.0f} / {self.of:.0f}" if self.is_said else ""


@dataclass(frozen=True)
class Gauge:
    """One gauge for the house.

    Attributes:
        key: Of `GAUGES`.
        name: As the district calls it.
        formula: As the district writes it.
        says: Its definition in the words of its figures.
        share: The number.
    """

    key: str
    name: str
    formula: str
    says: str
    share: Share


def gauges_of(scope: Scope) -> list[Gauge]:
    """Count the gauges over a scope."""
    found = []
    for key in GAUGES:
        text = str(setting(formula_key(key)))
        formula = read(text)
        counted = {one: _whole(one, scope) for one in formula.figures}
        part, whole = share(formula, counted) or (0, 0)
        name = str(setting(name_key(key)))
        found.append(Gauge(key, name, text, in_words(formula), Share(part, whole, least_of(formula))))
    return found


def least_of(formula: Formula) -> int:
    """Return from how many on a gauge is said: answers of petitioners need enough of them."""
    return int(setting(LEAST_ANSWERS)) if {ANSWERS, "asked"} & set(formula.figures) else 0


def in_words(formula: Formula) -> str:
    """Return a formula in the words of its figures."""
    sides = [
        " + ".join(
            (_("late: %(figure)s") if one.is_missed else "%(figure)s") % {"figure": KNOWN[one.figure].name}
            for one in side
        )
        for side in (formula.part, formula.whole)
        if side
    ]
    return " ÷ ".join(sides)


def _measure(key: str) -> Measure:
    found = measure(f"petition.{key}")
    if found is None:
        raise LookupError(f"There is no measure petition.{key}.")
    return found


def _whole(key: str, scope: Scope) -> tuple[float, int]:
    return _pair(_measure(key).count(scope, ()).get((), Cell(0)))


def _pair(cell: Cell) -> tuple[float, int]:
    value = cell.value or 0
    return value, int(value) if cell.of is None else cell.of
