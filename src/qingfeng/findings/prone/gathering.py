"""What the database says of a question: leads found, leads verified, exposures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Q, Sum, Value, When

from qingfeng.findings.prone.asked import OF_UNITS, Question, with_area
from qingfeng.findings.prone.kinds import OTHER, expenses

STAYS = ("vehicles", "staff")  # the same ones every month
Key = tuple[str, ...]
Counts = dict[Key, Counter[str]]  # by cell, by kind of expense


def _counts() -> Counts:
    return defaultdict(Counter)


@dataclass
class Gathered:
    """What there is.

    Attributes:
        raws: All leads by cell.
        counted: Verified leads by cell and kind of expense.
        amounts: Exposure by the exposed part of a cell and kind of expense.
        sizes: How many vehicles, people, receptions … that is, by the same.
        quarters: Exposures of the last quarter and of the one before it.
        in_quarters: Verified leads of each.
        persons: People whom the verified leads of a cell name.
        unnamed: Cells with a verified lead that names nobody.
        rules: Verified leads of a cell by rule.
        units: Names of the units that they are about.
        values: Values of every dimension.
    """

    raws: Counter[Key] = field(default_factory=Counter)
    counted: Counts = field(default_factory=_counts)
    amounts: Counts = field(default_factory=_counts)
    sizes: dict[Key, dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    quarters: tuple[Counts, Counts] = field(default_factory=lambda: (_counts(), _counts()))
    in_quarters: tuple[Counter[Key], Counter[Key]] = field(default_factory=lambda: (Counter(), Counter()))
    persons: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    unnamed: set[Key] = field(default_factory=set)
    rules: Counts = field(default_factory=_counts)
    units: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def verified(self) -> int:
        """All verified leads."""
        return sum(one.total() for one in self.counted.values())

    @property
    def raw(self) -> int:
        """All leads."""
        return self.raws.total()

    def count(self, key: Key) -> int:
        """Return the verified leads of a cell."""
        return self.counted[key].total() if key in self.counted else 0

    def in_quarter(self, key: Key, place: int) -> int:
        """Return the verified leads of a cell in the last quarter (0), or in the one before (1)."""
        return self.in_quarters[place][key]

    def size(self, exposed: Key) -> float:
        """Return how many vehicles, people, receptions … are in a cell: of the kind of expense with most."""
        return max(self.sizes[exposed].values(), default=0) if exposed in self.sizes else 0

    def note(self, names: Iterable[str], key: Key) -> None:
        """Note the values of a cell on their axes."""
        for name, value in zip(names, key, strict=True):
            self.values[name].add(value)

    def name(self, key: Key, person: str) -> None:
        """Note whom a verified lead of a cell names, "" for nobody."""
        if person:
            self.persons[key].add(person)
        else:
            self.unnamed.add(key)

    def names_one_person(self, key: Key) -> bool:
        """Return whether all verified leads of a cell are about one and the same person."""
        return len(self.persons.get(key, ())) == 1 and key not in self.unnamed


def gather(asked: Question) -> Gathered:
    """Ask the database; units of the register and months are there though nothing is known of them."""
    found = Gathered()
    _add_exposures(asked, found)
    _add_raw(asked, found)
    _add_verified(asked, found)
    if "month" in asked.by:
        found.values["month"].update(one.isoformat() for one in asked.months)
    for name in [one for one in asked.by if one in OF_UNITS]:
        found.values[name].update(_of_unit(asked, name, unit) for unit in asked.registered)
    if "expense" in asked.by:
        found.values["expense"].update(one for one in asked.kinds if one != OTHER)
    return found


def _columns(names: Iterable[str]) -> list[str]:
    """Return what is grouped by for some dimensions: everything about units comes from their name."""
    made = dict.fromkeys(OF_UNITS, "unit_name")
    return list(dict.fromkeys(made.get(name, name) for name in names if name != "expense"))


def _of_unit(asked: Question, name: str, unit: str) -> str:
    if name == "unit":
        return unit
    known = asked.units.get(unit)
    if known is None:
        return ""
    return known.kind if name == "unit_kind" else known.place


def _key(asked: Question, names: Iterable[str], row: Mapping[str, Any], expense: str) -> Key:
    made = []
    for name in names:
        if name in OF_UNITS:
            made.append(_of_unit(asked, name, row["unit_name"]))
        elif name == "expense":
            made.append(expense)
        else:
            value = row[name]
            made.append(value.isoformat() if isinstance(value, date) else str(value or ""))
    return tuple(made)


def _add_exposures(asked: Question, found: Gathered) -> None:
    """Sum up exposures; of what stays (vehicles, staff) a month's mean is how many there are."""
    (now, now_last), (before, before_last) = asked.quarters
    here = Q(month__gte=asked.months[0])
    rows = asked.exposures(min(asked.months[0], before)).values(*_columns(asked.exposed), "expense")
    rows = rows.annotate(
        total=Sum("amount", filter=here),
        of_months=Count("month", filter=here, distinct=True),
        now=Sum("amount", filter=Q(month__gte=now, month__lte=now_last)),
        before=Sum("amount", filter=Q(month__gte=before, month__lte=before_last)),
    )
    for row in rows:
        expense = row["expense"]
        key = _key(asked, asked.exposed, row, expense)
        for place, name in enumerate(("now", "before")):
            found.quarters[place][key][expense] += row[name] or 0
        if row["total"]:
            found.amounts[key][expense] += row["total"]
            stays = expenses()[expense].counts in STAYS
            found.sizes[key][expense] += row["total"] / row["of_months"] if stays else row["total"]
            found.note(asked.exposed, key)


def _add_raw(asked: Question, found: Gathered) -> None:
    rows = asked.leads().order_by()
    rows = with_area(rows.filter(matter__isnull=False)) if "area" in asked.by else rows
    columns = _columns(asked.by)
    if "expense" in asked.by:
        rows, columns = rows.annotate(of=_expense(asked)), [*columns, "of"]
    for row in rows.values(*columns).annotate(total=Count("pk")):
        key = _key(asked, asked.by, row, row.get("of", ""))
        found.raws[key] += row["total"]
        found.note(asked.by, key)


def _expense(asked: Question) -> Case:
    """Return the kind of expense of a lead, by its rule."""
    of: dict[str, list[str]] = defaultdict(list)
    for rule, expense in asked.expense_of.items():
        of[expense].append(rule)
    whens = [When(rule__in=rules, then=Value(expense)) for expense, rules in sorted(of.items()) if expense]
    return Case(*whens, default=Value(OTHER), output_field=CharField())


def _add_verified(asked: Question, found: Gathered) -> None:
    """Take verified leads one by one: people found each of them so, there are not many."""
    (now, now_last), (before, before_last) = asked.quarters
    rows = asked.verified(min(asked.months[0], before)).order_by()
    rows = with_area(rows) if "area" in asked.by else rows
    columns = dict.fromkeys(
        [*_columns(asked.by), "month", "rule", "unit_name", "subject_kind", "subject_key"]
    )
    for row in rows.values(*columns):
        expense = asked.expense_of.get(row["rule"], OTHER)
        key = _key(asked, asked.by, row, expense)
        found.in_quarters[0][key] += now <= row["month"] <= now_last
        found.in_quarters[1][key] += before <= row["month"] <= before_last
        if row["month"] >= asked.months[0]:
            found.counted[key][expense] += 1
            found.rules[key][row["rule"]] += 1
            found.units[key].add(row["unit_name"])
            found.name(key, row["subject_key"] if row["subject_kind"] == "person" else "")
