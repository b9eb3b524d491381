"""A fictional district's year: its calendar, its chances and everything on record."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from random import Random
from typing import Any

from qingfeng.screening.reference.workdays import Day, work_calendar
from qingfeng.screening.sample.records import TWIN, VIOLATION, Case, Row

LAST_DAY = date(2026, 10, 31)
REST = frozenset({"weekend", "holiday"})


class Life:
    """Everything that happened, by table, and the truth about it.

    Attributes:
        seed: What every chance is drawn from.
        first: First day of the records.
        last: Last day, fixed; never the clock.
        days: Every day of the work calendar from first to last.
        rows: Rows by declared table, in the order they were made.
        cases: Planted acts and twins.
    """

    def __init__(self, seed: int, days: int) -> None:
        self.seed = seed
        self.last = LAST_DAY
        self.first = LAST_DAY - timedelta(days=days - 1)
        self.days: tuple[Day, ...] = tuple(work_calendar(self.first, self.last))
        self.rows: dict[str, list[Row]] = {}
        self.cases: list[Case] = []
        self._serials: dict[str, int] = {}

    def chance(self, name: str) -> Random:
        """Return a stream of chances of its own, so that one module's draws move no other's."""
        return Random(f"{self.seed}/{name}")  # noqa: S311 - a sample, not a secret

    def serial(self, kind: str) -> int:
        """Return the next number of a kind, from 1."""
        self._serials[kind] = self._serials.get(kind, 0) + 1
        return self._serials[kind]

    @cached_property
    def words(self) -> dict[str, Any]:
        """Name lists and phrases."""
        return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))

    @cached_property
    def kinds(self) -> dict[date, str]:
        """Kind of every day."""
        return {day.date: day.day_kind for day in self.days}

    @cached_property
    def work_days(self) -> list[date]:
        """Days that are worked, make-up days among them."""
        return [day.date for day in self.days if day.day_kind not in REST]

    @cached_property
    def rest_days(self) -> list[date]:
        """Weekends and holidays."""
        return [day.date for day in self.days if day.day_kind in REST]

    @cached_property
    def months(self) -> list[date]:
        """First days of the months that the records touch."""
        return sorted({day.date.replace(day=1) for day in self.days})

    def is_rest(self, day: date) -> bool:
        """Whether nobody works; days outside the records count as worked."""
        return self.kinds.get(day, "workday") in REST

    def knows(self, day: date) -> bool:
        """Whether a day lies within the records."""
        return self.first <= day <= self.last

    def work_day_after(self, day: date, least: int = 0) -> date:
        """Return the first working day at least so many days after another."""
        found = day + timedelta(days=least)
        while self.is_rest(found):
            found += timedelta(days=1)
        return found

    def add(self, table: str, cases: Iterable[Case] = (), **values: Any) -> Row:
        """Put a row on record and show the cases on it."""
        row = Row(**values)
        self.rows.setdefault(table, []).append(row)
        for case in cases:
            case.shows(row)
        return row

    def violation(self, *rules: str) -> Case:
        """Plant an act that these rules must find."""
        return self._case(rules, VIOLATION)

    def twin(self, *rules: str) -> Case:
        """Plant an innocent look-alike that none of these rules may find."""
        return self._case(rules, TWIN)

    def _case(self, rules: Sequence[str], kind: str) -> Case:
        case = Case(tuple(rules), kind)
        self.cases.append(case)
        return case
