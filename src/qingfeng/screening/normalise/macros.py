"""The normalisers as DuckDB macros: what reads a cell is SQL, the same for 200 rows and 200 million."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from qingfeng.plain.text import folded

if TYPE_CHECKING:
    import duckdb

# In this order: a macro may use those before it.
SOURCES = ("text", "money", "number", "time", "plate", "letter", "invoice", "product", "flag", "place")

_MACRO = re.compile(r"((?:^--.*\n)+)CREATE OR REPLACE MACRO (\w+)\(([^)]*)\) AS", re.MULTILINE)
_EXAMPLE = re.compile(r"^-- (\w+\(.*) -> (.*)$")


@dataclass(frozen=True)
class Macro:
    """One normaliser, as its comment documents it.

    Attributes:
        name: Its name in SQL.
        parameters: As declared, joined with ", ".
        says: What it takes and returns, one paragraph.
        examples: Pairs of an expression and its value as text ("NULL" for NULL).
        source: The file that declares it, without ".sql".
    """

    name: str
    parameters: str
    says: str
    examples: tuple[tuple[str, str], ...]
    source: str


def install(con: duckdb.DuckDBPyConnection) -> None:
    """Create every normaliser in the connection's database; again is harmless."""
    con.execute(_script())


@cache
def _script() -> str:
    parts = [_text(source) for source in SOURCES]
    parts.extend(_enum_macro(name) for name in enums())
    return "\n".join(parts)


def _text(source: str) -> str:
    return (files(__package__) / f"{source}.sql").read_text(encoding="utf-8")


@cache
def documented() -> tuple[Macro, ...]:
    """Return every normaliser with its comment, in the order of the files."""
    found = []
    for source in SOURCES:
        for comment, name, parameters in _MACRO.findall(_text(source)):
            lines = comment.splitlines()
            examples = tuple((m[1], m[2]) for line in lines if (m := _EXAMPLE.match(line)))
            prose = " ".join(line[2:].strip() for line in lines if not _EXAMPLE.match(line))
            found.append(Macro(name, parameters, prose, examples, source))
    return tuple(found)


@cache
def enums() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return every enum's values, each with its synonyms as written."""
    told = tomllib.loads((files(__package__) / "enums.toml").read_text(encoding="utf-8"))
    return {name: {value: tuple(words) for value, words in values.items()} for name, values in told.items()}


@cache
def synonyms(enum: str) -> dict[str, str]:
    """Return folded spelling to value, the values themselves included."""
    known: dict[str, str] = {}
    for value, words in enums()[enum].items():
        for word in (value, *words):
            known.setdefault(folded(word), value)
    return known


def quoted(text: str) -> str:
    """Return text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def _enum_macro(name: str) -> str:
    """`read_<enum>(x)`: the value; what is unknown stays as read (flag enum_unknown_<column>)."""
    values = ", ".join(quoted(value) for value in enums()[name])
    branches = " ".join(
        f"WHEN t IN ({', '.join(quoted(w) for w, v in synonyms(name).items() if v == value)})"
        f" THEN {quoted(value)}"
        for value in enums()[name]
    )
    return f"""
CREATE OR REPLACE MACRO read_{name}(x) AS CASE
    WHEN x IN ({values}) THEN x
    WHEN NOT is_blank(x) THEN list_transform(
        [lower(replace(narrow(x), ' ', ''))], lambda t: CASE {branches} ELSE narrow(x) END)[1]
END;
CREATE OR REPLACE MACRO is_known_{name}(value) AS coalesce(value IN ({values}), TRUE);
"""
