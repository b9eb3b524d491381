"""What cells are made of: kinds of expense and what each counts, kinds of post, places of units."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

TOWN = "镇街"  # kind of a unit that is itself a place, in the register of records
OTHER = ""  # kind of expense of a rule whose table is none of them
_GOVERNMENTS = ("人民政府", "办事处")
_TOWNS = ("街道", "镇", "乡")
_LEAST_NAME = 2


@dataclass(frozen=True)
class Expense:
    """A kind of expense.

    Attributes:
        key: Its name in data.
        term: Its name in documents.
        counts: What its exposure counts a month: vehicles, receptions, invoices, staff or rows.
        tables: Tables of records that belong to it.
        counted: Table to the column whose different values are counted.
        rules: Rules over findings of others that belong to it.
    """

    key: str
    term: str
    counts: str
    tables: tuple[str, ...]
    counted: Mapping[str, str]
    rules: tuple[str, ...] = ()


@cache
def expenses() -> Mapping[str, Expense]:
    """Return the kinds of expense by key, in order."""
    return {
        key: Expense(
            key,
            one["term"],
            one["counts"],
            tuple(one["tables"]),
            one["counted"],
            tuple(one.get("rules", ())),
        )
        for key, one in _read("expenses.toml").items()
    }


@cache
def _of_tables() -> Mapping[str, str]:
    return {table: one.key for one in expenses().values() for table in one.tables}


@cache
def _of_rules() -> Mapping[str, str]:
    return {rule: one.key for one in expenses().values() for rule in one.rules}


def expense_of(rule: str, table: str) -> str:
    """Return the kind of expense of a rule, by the table that it goes through; `OTHER` for none of them."""
    return _of_rules().get(rule) or _of_tables().get(table, OTHER)


@cache
def _posts() -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(words) for key, words in _read("posts.toml").items()}


@lru_cache(maxsize=4096)
def post_of(title: str) -> str:
    """Return the kind of a post by its title, "" where no word of it is known."""
    return next((key for key, words in _posts().items() if any(one in title for one in words)), "")


def _read(name: str) -> dict[str, Any]:
    text = (files("qingfeng.findings.prone") / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class Registered:
    """A unit as the register of records has it.

    Attributes:
        name: The registered name.
        short: As people say it.
        kind: Kind of unit, in the register's own word.
        parent: Name of the unit above it.
        address: Where it sits.
    """

    name: str
    short: str = ""
    kind: str = ""
    parent: str = ""
    address: str = ""
    lon: float | None = None
    lat: float | None = None


def places(units: Iterable[Registered]) -> dict[str, str]:
    """Return the place of every unit by name: a town or street of the district, "" for the district itself.

    A town's government gives the town its name; another unit lies in the town that its name, the unit above
    it or its address says. Nothing is guessed from how near it is.
    """
    units = list(units)
    towns = [_town(one) for one in units if one.kind == TOWN]
    return {one.name: _town(one) if one.kind == TOWN else _place(one, towns) for one in units}


def _place(unit: Registered, towns: Iterable[str]) -> str:
    for town in towns:
        stem = _stem(town)
        if town in unit.address or (len(stem) >= _LEAST_NAME and stem in f"{unit.name} {unit.parent}"):
            return town
    return ""


def _town(unit: Registered) -> str:
    """Return the name of a town by its government's."""
    if unit.short and unit.short != unit.name and not unit.short.endswith(_GOVERNMENTS):
        return unit.short
    return next((unit.name.removesuffix(end) for end in _GOVERNMENTS if unit.name.endswith(end)), unit.name)


def _stem(town: str) -> str:
    """Return the name of a town as others bear it: 石湾 of 石湾镇."""
    return next((town.removesuffix(end) for end in _TOWNS if town.endswith(end)), town)
