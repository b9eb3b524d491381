"""A field's doubts found to be so, held against what was there to be looked at: by month, before and after.

What is expected of a month is what the field's common rates over the whole period make of its exposure
(vehicles, receptions, invoices, staff, rows; `findings/prone`), kind of expense by kind of expense: found ÷
expected is 1 in a usual month, and may be compared across kinds that count different things. A change is
the ratio of two such rates with the arithmetic of corrections (`screening/correction`), without a group: the
whole district is the field.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, Sum

from qingfeng.desk.fields.asked import Asked
from qingfeng.desk.fields.quarters import Quarter, months_around
from qingfeng.findings.models import Exposure
from qingfeng.findings.precision import labels_that_count
from qingfeng.findings.prone.kinds import OTHER
from qingfeng.matters.access import bound_by
from qingfeng.mechanisms.topic import numbers
from qingfeng.plain import gamma
from qingfeng.screening.correction import Change, Counts, change

MONTHS = 6  # whole months looked at before an action and after it
LEAST_MONTHS = 3
LEAST_EXPECTED = 3.0
LEAST_LOOKED_AT = 0.8  # of the share of leads that was verified before
LOW, HIGH = 0.05, 0.95
JEFFREYS = 0.5
MILLION = 1_000_000
Says = Literal["fewer", "more", "chance", "too_early", "no_records", "too_few", "not_verified_yet"]


@dataclass(frozen=True)
class Month:
    """One month, or several.

    Attributes:
        found: Doubts found to be so.
        expected: Those that the common rates expect of what was there.
        raw: All leads, whatever became of them.
        concluded: Those of them whose verification was decided.
    """

    found: int = 0
    expected: float = 0.0
    raw: int = 0
    concluded: int = 0

    def __add__(self, other: Month) -> Month:
        return Month(
            self.found + other.found,
            self.expected + other.expected,
            self.raw + other.raw,
            self.concluded + other.concluded,
        )

    @property
    def index(self) -> float | None:
        """Found ÷ expected; None where nothing was there to be looked at."""
        return self.found / self.expected if self.expected else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 90 % interval of `index`: a Poisson count with Jeffreys' prior."""
        if not self.expected:
            return None
        low, high = (gamma.quantile(share, self.found + JEFFREYS) / self.expected for share in (LOW, HIGH))
        return (low if self.found else 0.0), high

    @property
    def looked_at(self) -> float:
        """Share of the leads whose verification was decided; 1 where there were none."""
        return self.concluded / self.raw if self.raw else 1.0


@dataclass(frozen=True)
class Around:
    """A field before and after an action of one month.

    Attributes:
        before: The whole months before it, added up.
        after: The whole months after it, as far as records go.
        months: How many months after it there are.
        change: The ratio with its interval; None where it cannot be said.
        says: What can be said.
    """

    before: Month
    after: Month
    months: int
    change: Change | None
    says: Says


@dataclass(frozen=True)
class Rates:
    """The months of a field.

    Attributes:
        months: Month to its counts; what is not there had nothing to be looked at.
    """

    months: Mapping[date, Month]

    @cached_property
    def last(self) -> date | None:
        """The last month that has records; None where none has."""
        return max((month for month, one in self.months.items() if one.expected), default=None)

    def of(self, months: Iterable[date]) -> Month:
        """Return months added up."""
        return sum((self.months.get(one, Month()) for one in months), Month())

    def of_quarter(self, quarter: Quarter) -> Month:
        """Return the months of a quarter added up."""
        return self.of(one for one in self.months if quarter.first <= one <= quarter.last)

    def around(self, month: date) -> Around:
        """Return the months around an action; its own month is in neither."""
        first, later = months_around(month, MONTHS)
        later = [one for one in later if self.last is not None and one <= self.last]
        before, after = self.of(first), self.of(later)
        if says := _cannot_be_said(before, after, len(later)):
            return Around(before, after, len(later), None, says)
        told = change(_counts(before), _counts(after), ())
        return Around(before, after, len(later), told, _says(told))


def _counts(of: Month) -> Counts:
    """Return counts whose exposure is what was expected, in millionths: only rates are compared."""
    return Counts(of.found, round(of.expected * MILLION))


def _cannot_be_said(before: Month, after: Month, months: int) -> Says | None:
    if months < LEAST_MONTHS:
        return "too_early"
    if not before.expected or not after.expected:
        return "no_records"
    if (before.index or 0.0) * after.expected < LEAST_EXPECTED:
        return "too_few"
    return "not_verified_yet" if after.looked_at < LEAST_LOOKED_AT * before.looked_at else None


def _says(told: Change) -> Says:
    if told.high < 1:
        return "fewer"
    return "more" if told.low > 1 else "chance"


def rates_of(asked: Asked, since: date) -> Rates:
    """Return the months of a field from one on; four queries.

    Args:
        asked: Whose view of which field.
        since: First day of the first month.
    """
    fields = numbers.fields_of_rules()
    amounts = _amounts(asked, since)
    rows = list(_leads(asked, since))
    found: Counter[str] = Counter()
    for _month, rule, n, _concluded, _raw in rows:
        found[_expense(fields, rule)] += n
    whole: Counter[str] = Counter()
    for (_month, expense), amount in amounts.items():
        whole[expense] += amount
    common = {one: found[one] / whole[one] for one in found if whole[one]}
    months: dict[date, Month] = defaultdict(Month)
    for (month, expense), amount in amounts.items():
        months[month] += Month(expected=amount * common.get(expense, 0.0))
    for month, rule, n, concluded, raw in rows:
        if whole[_expense(fields, rule)]:
            months[month] += Month(n, 0.0, raw, concluded)
    return Rates(dict(months))


def _expense(fields: Mapping[str, tuple[str, str]], rule: str) -> str:
    return fields.get(rule, ("", OTHER))[1]


def _amounts(asked: Asked, since: date) -> dict[tuple[date, str], int]:
    rows = Exposure.objects.filter(month__gte=since, month__lte=asked.until).exclude(expense=OTHER)
    rows = rows.exclude(unit__in=bound_by(asked.viewer)[0]).order_by()
    counted = rows.values_list("month", "expense").annotate(amount=Sum("amount"))
    return {(month, expense): int(amount) for month, expense, amount in counted}


def _leads(asked: Asked, since: date) -> Sequence[Any]:
    """Return month, rule, found to be so, decided and all leads."""
    labels = labels_that_count().filter(matter=OuterRef("matter"))
    so = Exists(labels.filter(facts__verdict__in=numbers.CONFIRMED))
    rows = asked.leads.filter(month__gte=since, month__lte=asked.until).order_by()
    rows = rows.annotate(is_so=so, is_decided=Exists(labels))
    return rows.values_list("month", "rule").annotate(
        n=Count("pk", filter=Q(is_so=True)),
        concluded=Count("pk", filter=Q(is_decided=True)),
        raw=Count("pk"),
    )
