"""A field as its page shows it: the three side by side by quarter, the rate with its marks, every action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from qingfeng.desk.fields import actions, keeping, rates
from qingfeng.desk.fields.actions import Action
from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.measures import (
    GROUPS,
    MEASURES,
    Measure,
    Sums,
    days_of,
    education_lines,
    sums_of_acts,
)
from qingfeng.desk.fields.quarters import Quarter, months_around, quarter_of
from qingfeng.desk.fields.rates import Around, Month, Rates
from qingfeng.desk.quizzes.before_after import Difference, difference, shares
from qingfeng.desk.quizzes.panel import SAYS as QUIZ_SAYS
from qingfeng.desk.quizzes.panel import in_words as share_in_words
from qingfeng.look import said, sheets
from qingfeng.look.charts import Band, Chart, Series, Span
from qingfeng.matters.models import LedgerLine
from qingfeng.plain.suppression import is_small

FIRST = 10  # actions that are always seen
SAYS = {
    "fewer": gettext_lazy("Fewer after it, beyond chance."),
    "more": gettext_lazy("More after it, beyond chance."),
    "chance": gettext_lazy("Cannot be told from chance."),
    "too_early": gettext_lazy("Cannot be said yet: fewer than three whole months of records after it."),
    "no_records": gettext_lazy("Cannot be said: no records to look at before it, or after it."),
    "too_few": gettext_lazy("Cannot be said: too few were to be expected."),
    "not_verified_yet": gettext_lazy("Cannot be said yet: after it a smaller share is verified so far."),
}


@dataclass(frozen=True)
class Cell:
    """A number of the table: hidden where it is small, its rows one press away."""

    value: int | None
    href: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether it is small and therefore not shown."""
        return self.value is None

    @property
    def text(self) -> str:
        """How it is read."""
        return _("under 5") if self.value is None else said.number(self.value)


@dataclass(frozen=True)
class Line:
    """One measure over the quarters."""

    measure: Measure
    cells: Sequence[Cell]


@dataclass(frozen=True)
class ActionLine:
    """An action with the field before and after it."""

    action: Action
    around: Around | None

    @property
    def before(self) -> str:
        """The field's index in the months before."""
        return index_in_words(self.around.before) if self.around else "—"

    @property
    def after(self) -> str:
        """The field's index in the months after."""
        return index_in_words(self.around.after) if self.around else "—"

    @property
    def change(self) -> str:
        """The ratio with its interval, where it can be said and neither count is small."""
        told = self.around and self.around.change
        if (
            not self.around
            or not told
            or is_small(self.around.before.found)
            or is_small(self.around.after.found)
        ):
            return "—"
        return f"{told.ratio:.2f} ({told.low:.2f}–{min(told.high, 999):.2f})"

    @property
    def says(self) -> str:
        """What can be said."""
        return str(SAYS[self.around.says]) if self.around else _("You see a part of the doubts only.")


def index_in_words(month: Month) -> str:
    """Return found ÷ expected as people read it; hidden where the count is small."""
    if month.index is None:
        return "—"
    return _("under 5") if is_small(month.found) else f"{month.index:.2f}"


@dataclass(frozen=True)
class Field:
    """Everything about a field that a reader may see."""

    asked: Asked

    @cached_property
    def sums(self) -> Sums:
        """All counts by quarter."""
        asked = self.asked
        found = sums_of_acts(asked)
        found.update(keeping.sums(keeping.lives(asked).values(), asked.quarters, asked.until))
        for line in education_lines(asked, days_of(asked)).select_related("matter"):
            held = quarter_of(date.fromisoformat(line.held))
            found[line.matter.facts.get("area", ""), "educations", held] += 1
        if asked.area:
            for quarter in asked.quarters:
                found[asked.area, "verified", quarter] = self.rates.of_quarter(quarter).found
        return found

    @cached_property
    def rates(self) -> Rates:
        """Doubts found to be so by month, beside what was there; from six months before the first quarter."""
        first, _after = months_around(self.asked.quarters[0].first, rates.MONTHS)
        return rates.rates_of(self.asked, first[0])

    @cached_property
    def actions(self) -> list[Action]:
        """Every action, oldest first."""
        return actions.actions_of(self.asked)

    @cached_property
    def action_lines(self) -> list[ActionLine]:
        """Every action with the field before and after it, newest first."""
        is_told = self.asked.sees_every_lead
        around = (
            {month: self.rates.around(month) for month in {one.month for one in self.actions}}
            if is_told
            else {}
        )
        return [ActionLine(one, around.get(one.month)) for one in reversed(self.actions)]

    @property
    def first_actions(self) -> list[ActionLine]:
        """The newest actions, always seen."""
        return self.action_lines[:FIRST]

    @property
    def more_actions(self) -> list[ActionLine]:
        """The others, one press away."""
        return self.action_lines[FIRST:]

    def cell(self, measure: Measure, quarter: Quarter) -> Cell:
        """Return a number of the table."""
        value = self.sums[self.asked.area, measure.key, quarter]
        if measure.is_about_people and is_small(value):
            return Cell(None)
        return Cell(value, self.asked.rows_at(measure.key, quarter) if value else "")

    @cached_property
    def groups(self) -> list[tuple[str, str, list[Line]]]:
        """The table: groups with their lines."""
        return [
            (key, str(name), [
                Line(one, [self.cell(one, quarter) for quarter in self.asked.quarters])
                for one in MEASURES.values() if one.group == key
            ])
            for key, name in GROUPS.items()
        ]  # fmt: skip

    @property
    def side_by_side(self) -> Chart | None:
        """The three on one line of time; a small count of what is about people is a gap. None for nothing."""
        kept = [self.cell(MEASURES["kept"], one).value for one in self.asked.quarters]
        held = [self.cell(MEASURES["educations"], one).value for one in self.asked.quarters]
        decided = [self.cell(MEASURES["decided"], one).value for one in self.asked.quarters]
        if not any((*kept, *held, *decided)):
            return None
        title = _("%(kept)s rules kept, %(held)s educations held in %(quarter)s") % {
            "kept": kept[-1],
            "held": held[-1],
            "quarter": self.asked.quarters[-1],
        }
        series = [
            Series(_("Deterred: cases decided"), decided),
            Series(_("Bound: rules kept"), kept),
            Series(_("Understood: educations held"), held),
        ]
        says = _("By quarter, over what you may know of. Counts of cases under 5 are left out.")
        return Chart(title, says, [str(one) for one in self.asked.quarters], series, head=_("Quarter"))

    @property
    def rate_chart(self) -> Chart | None:
        """The field's index with its interval and a mark for the actions of each quarter; None if unknown."""
        if not self.asked.sees_every_lead or self.rates.last is None:
            return None
        of = [self.rates.of_quarter(one) for one in self.asked.quarters]
        seen = [one if one.expected and not is_small(one.found) else None for one in of]
        if not any(seen):
            return None
        names = [str(one) for one in self.asked.quarters]
        ends = [one.interval if one else None for one in seen]
        band = Band(
            _("90 % interval"),
            [_round(one and one[0]) for one in ends],
            [_round(one and one[1]) for one in ends],
        )
        return Chart(
            _("Doubts found to be so against those expected, with the actions of each quarter"),
            _("1 is usual for the field, by its vehicles, receptions, invoices and staff."),
            names,
            [Series(_("Found ÷ expected"), [_round(one.index) if one else None for one in seen])],
            "line",
            head=_("Quarter"),
            band=band,
            spans=list(self._spans()),
        )

    def _spans(self) -> Iterable[Span]:
        counts = Counter(one.quarter for one in self.actions)
        for quarter in self.asked.quarters:
            if counts[quarter]:
                words = ngettext("%(count)s action", "%(count)s actions", counts[quarter])
                yield Span(words % {"count": counts[quarter]}, str(quarter), str(quarter), is_day=True)

    @cached_property
    def quizzes(self) -> list[tuple[str, str, str, str]]:
        """Quarter, shares before and after of the quizzes closed in it, and what can be said."""
        found = []
        for quarter in self.asked.quarters:
            told = self._quizzes_of(quarter)
            if told is not None:
                before, after = share_in_words(told.before), share_in_words(told.after)
                found.append((str(quarter), before, after, str(QUIZ_SAYS[told.says])))
        return found

    def _quizzes_of(self, quarter: Quarter) -> Difference | None:
        closed = self.asked.matters.filter(
            mechanism="quiz", closed_on__gte=quarter.first, closed_on__lte=quarter.last
        )
        lines = LedgerLine.objects.filter(matter__in=closed.order_by().values("pk"), ledger="results")
        told = shares(lines.values_list("facts", flat=True))
        if not told:
            return None
        return difference(told.get(("before", "")), told.get(("after", "")))

    @property
    def signed(self) -> str:
        """The table for the file buttons; hidden numbers are hidden there too."""
        heads = [pgettext("field", "Measure"), *map(str, self.asked.quarters)]
        rows: list[list[str | int | float | None]] = [
            [
                f"{name} · {line.measure.name}",
                *(cell.value if not cell.is_hidden else cell.text for cell in line.cells),
            ]
            for _key, name, lines in self.groups
            for line in lines
        ]
        return sheets.packed(sheets.Sheet(self._title(_("by quarter")), heads, rows, self.says))

    @property
    def signed_actions(self) -> str:
        """The actions for the file buttons."""
        heads = [
            pgettext("field", "When"),
            pgettext("field", "Action"),
            _("Number"),
            pgettext("field", "Before"),
            pgettext("field", "After"),
            _("Ratio"),
            _("What can be said"),
        ]
        rows: list[list[str | int | float | None]] = [
            [
                one.action.when,
                one.action.kind_name,
                one.action.says,
                one.before,
                one.after,
                one.change,
                one.says,
            ]
            for one in self.action_lines
        ]
        return sheets.packed(sheets.Sheet(self._title(_("actions")), heads, rows, self.says))

    def _title(self, what: str) -> str:
        return f"{self.asked.name} · {what}"

    @property
    def says(self) -> str:
        """What is counted, of what, until when."""
        return _(
            "Counted over what the reader may know of, until %(until)s. Counts of what is about people are "
            "hidden under 5. An action follows bad months, and those are followed by better ones: before "
            "and after are no proof of what an action did."
        ) % {"until": said.dated(self.asked.until)}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
