"""How a header is spelt, and which declared columns a spelling may mean."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from qingfeng.plain.text import folded
from qingfeng.screening import tables as declarations
from qingfeng.screening.tables import tables

# A unit named by a header: its dimension and what numbers under it are multiplied with.
_UNITS = {
    "亿元": ("money", "100000000"),
    "百万元": ("money", "1000000"),
    "万元": ("money", "10000"),
    "万": ("money", "10000"),
    "千元": ("money", "1000"),
    "百元": ("money", "100"),
    "元": ("money", "1"),
    "人民币元": ("money", "1"),
    "角": ("money", "0.1"),
    "元/升": ("money", "1"),
    "元/l": ("money", "1"),
    "rmb": ("money", "1"),
    "升": ("volume", "1"),
    "公升": ("volume", "1"),
    "l": ("volume", "1"),
    "毫升": ("volume", "0.001"),
    "ml": ("volume", "0.001"),
    "公里": ("length", "1"),
    "千米": ("length", "1"),
    "km": ("length", "1"),
    "万公里": ("length", "10000"),
    "米": ("length", "0.001"),
    "m": ("length", "0.001"),
    "小时": ("time", "60"),
    "时": ("time", "60"),
    "h": ("time", "60"),
    "分钟": ("time", "1"),
    "分": ("time", "1"),
    "min": ("time", "1"),
    "天": ("day", "1"),
    "日": ("day", "1"),
    "人": ("count", "1"),
    "次": ("count", "1"),
    "张": ("count", "1"),
    "个": ("count", "1"),
    "l/100km": ("rate", "1"),
    "升/百公里": ("rate", "1"),
    "km/h": ("rate", "1"),
    "公里/小时": ("rate", "1"),
    "%": ("share", "1"),
}
_DIMENSIONS = {"money": "money", "price": "money", "litres": "volume", "km": "length", "minutes": "time"}
_SUFFIXES = (
    "亿元",
    "万元",
    "千元",
    "元/升",
    "元",
    "公升",
    "升",
    "毫升",
    "ml",
    "l",
    "公里",
    "千米",
    "km",
    "分钟",
    "小时",
)
_BRACKETS = re.compile(r"[(\[{【〔〈<《]([^)\]}】〕〉>》]*)[)\]}】〕〉>》]?")
_NUMBERING = re.compile(r"^(?:[0-9]+[.、)]|[*#])+")


@dataclass(frozen=True)
class Spelling:
    """One declared column that a spelling may mean.

    Attributes:
        table: The table.
        column: The column.
        kind: `own` (listed for it), `meaning` (listed for the column of the same meaning
            elsewhere) or `shared` (a header that any table may carry).
        order: Place in the column's list, from 0: which of two headers is preferred.
    """

    table: str
    column: str
    kind: str
    order: int


def fold(text: str) -> str:
    """Return a header as it is compared: NFKC, lower case, no white space, numbering or colon."""
    return _NUMBERING.sub("", folded(text)).rstrip(":*")


@cache
def forms(header: str) -> tuple[str, ...]:
    """Return the spellings that a header may stand for, best first.

    Args:
        header: As read; two header rows are joined with "_": both together are tried
            before the lower and the upper by itself.
    """
    parts = [part for part in header.split("_") if part.strip()]
    found: list[str] = []
    if len(parts) > 1:
        bare = [_bare(part)[0] for part in parts]
        found += ["".join(bare), "".join(reversed(bare))]
    for part in reversed(parts):
        bare_form, inner = _bare(part)
        found.append(bare_form)
        if inner and inner not in _UNITS:
            found.append(bare_form + inner)
        found += [rest for rest, _ in _without_unit(bare_form)]
    return tuple(dict.fromkeys(form for form in found if form))


def _without_unit(bare: str) -> list[tuple[str, str]]:
    """Return what a folded header may be without a unit at its end, with the unit: 金额/元, 金额元."""
    found = []
    for unit in _SUFFIXES:
        rest = bare.removesuffix(unit).rstrip("/,、-") if bare.endswith(unit) else ""
        if len(rest) > 1:
            found.append((rest, unit))
    return found


def _bare(part: str) -> tuple[str, str]:
    told = fold(part)
    return fold(_BRACKETS.sub("", told)), "".join(_BRACKETS.findall(told))


def unit_of(header: str) -> str:
    """Return the unit that a header names in brackets or at its end, folded, or ""."""
    for part in reversed(header.split("_")):
        told = fold(part)
        for inner in reversed(_BRACKETS.findall(told)):
            unit = str(inner).removeprefix("单位").lstrip(":")
            if unit in _UNITS:
                return unit
        bare = fold(_BRACKETS.sub("", told))
        if bare not in spellings():
            known = [unit for rest, unit in _without_unit(bare) if rest in spellings()]
            if known:
                return known[0]
    return ""


def factor(unit: str, kind: str) -> str:
    """Return what numbers of a declared type are multiplied with under a unit: decimal text."""
    dimension, times = _UNITS.get(fold(unit), ("", "1"))
    return times if dimension and dimension == _DIMENSIONS.get(kind) else "1"


def is_unit(text: str) -> bool:
    """Whether a mapping may name this unit."""
    return fold(text) in _UNITS


def unit_names() -> tuple[str, ...]:
    """Return every unit that a header or a mapping may name."""
    return tuple(_UNITS)


@cache
def _shared() -> dict[str, dict[str, list[str]]]:
    told: dict[str, dict[str, list[str]]] = tomllib.loads(
        (files(declarations) / "shared.toml").read_text(encoding="utf-8")
    )
    return told


def _any_table(table: str, column: str) -> list[str]:
    told = _shared().get(column, {}) if column not in ("own", "doubtful") else {}
    return [] if table in told.get("except", ()) else told.get("headers", [])


@cache
def doubtful() -> frozenset[str]:
    """Return headers that are accepted only if their values fit."""
    return frozenset(fold(header) for header in _shared()["doubtful"]["headers"])


@cache
def spellings() -> dict[str, tuple[Spelling, ...]]:
    """Return folded spelling to the columns it may mean, a table's own before borrowed ones."""
    found: dict[str, dict[tuple[str, str], Spelling]] = defaultdict(dict)

    def add(spelling: str, table: str, column: str, kind: str, order: int) -> None:
        found[fold(spelling)].setdefault((table, column), Spelling(table, column, kind, order))

    own = frozenset(_shared()["own"]["columns"])
    meanings: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for table in tables().values():
        for column in table.columns.values():
            for order, header in enumerate(column.headers):
                add(header, table.name, column.name, "own", order)
                meanings[column.name, column.type, column.of].append(header)
    for table in tables().values():
        for column in table.columns.values():
            borrowed = () if column.name in own else meanings[column.name, column.type, column.of]
            for order, header in enumerate(borrowed):
                add(header, table.name, column.name, "meaning", order)
            for order, header in enumerate(_any_table(table.name, column.name)):
                add(header, table.name, column.name, "shared", order)
    return {spelling: tuple(columns.values()) for spelling, columns in found.items()}


@lru_cache(maxsize=4_096)
def meanings_of(header: str) -> tuple[tuple[str, Spelling], ...]:
    """Return what a header may mean as (form, spelling), the best form that a table knows first."""
    found: dict[tuple[str, str], tuple[str, Spelling]] = {}
    for form in forms(header):
        for spelling in spellings().get(form, ()):
            found.setdefault((spelling.table, spelling.column), (form, spelling))
    return tuple(found.values())


@lru_cache(maxsize=65_536)
def is_known(header: str) -> bool:
    """Whether any table knows the header."""
    return any(form in spellings() for form in forms(header))


@cache
def rivals(form: str) -> int:
    """Return how many tables list a spelling as their own, at least 1."""
    return max(1, len({s.table for s in spellings().get(form, ()) if s.kind == "own"}))
