"""The header of a rule: TOML in the first block comment, checked key by key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from qingfeng.screening.rulebook.rule import Dated, Parameter, Violation
from qingfeng.screening.rulebook.schema import (
    REFERENCE,
    SCOPES,
    SUBJECTS,
    TIERS,
    WATCHES,
    declared_column,
    did_you_mean,
    schema,
)
from qingfeng.screening.tables import tables

TEXT, NUMBER, TEXTS, LISTS, TABLE = (
    "a text",
    "a whole number",
    "a list of texts",
    "a list of lists",
    "a table",
)

REQUIRED = {
    "title": TEXT,
    "question": TEXT,
    "watch": TEXT,
    "tier": TEXT,
    "basis": TEXTS,
    "reads": TEXTS,
    "subject": TEXT,
    "scope": TEXT,
    "message": TEXT,
    "innocent": TEXTS,
    "verify": TEXTS,
}
OPTIONAL = {
    "reads_any": LISTS,
    "uses": TEXTS,
    "needs": TEXTS,
    "overlaps": LISTS,
    "optional": TEXTS,
    "look_back_days": NUMBER,
    "on": TEXT,
    "applies": TEXT,
    "severity": TEXT,
    "excluded": TABLE,
    "params": TABLE,
    "under": TABLE,
}
CHOICES = {"watch": WATCHES, "tier": TIERS, "scope": SCOPES, "subject": SUBJECTS}
EMPTY: dict[str, Any] = {TEXT: "", NUMBER: 0, TEXTS: [], LISTS: [], TABLE: {}}

_COMMENT = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)
_AT = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass
class Header:
    """A header as far as it could be read.

    Attributes:
        path: The rule's file.
        text: The whole file, with newline line ends.
        body: The file with the header blanked out: the same lines, SQL only.
        told: Key to value; every key of `REQUIRED` and `OPTIONAL` is there, of its type.
        params: Parameters as declared.
        first_line: The line of the file on which the header's text begins.
        violations: What is wrong with it.
    """

    path: Path
    text: str
    body: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    params: dict[str, Parameter] = field(default_factory=dict)
    first_line: int = 1
    violations: list[Violation] = field(default_factory=list)

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that it names: of `reads`, of the groups of `reads_any`, of `uses`."""
        told = self.told
        return (*told["reads"], *(table for group in told["reads_any"] for table in group), *told["uses"])

    def key_of(self, table: str) -> str:
        """Return the key that names a table."""
        keys = [key for key in ("reads", "uses") if table in self.told[key]]
        return keys[0] if keys else "reads_any"

    def line_of(self, key: str, section: str = "") -> int:
        """Return the line that sets a key, or the header's first."""
        inside = ""
        for number, line in enumerate(self._comment.split("\n"), self.first_line):
            if head := re.match(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", line):
                inside = head[1].strip()
                if inside == key and not section:
                    return number
            told = re.match(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=""", line)
            if inside == section and told and key in told.groups():
                return number
        return self.first_line

    def wrong(self, key: str, what: str, then: str, section: str = "") -> None:
        """Note a violation on the line of a key."""
        self.violations.append(Violation(self.path, self.line_of(key, section), what, then))

    @property
    def _comment(self) -> str:
        hit = _COMMENT.match(self.text)
        return hit[1] if hit else ""


def read_header(path: Path, text: str) -> Header:
    """Return the header of a rule's file.

    Args:
        path: The file, for messages.
        text: Its text with newline line ends.
    """
    header = Header(path, text)
    comment = _COMMENT.match(text)
    if not comment:
        then = 'Begin with /* title = "…" … */ ; see docs/writing-rules.md.'
        header.violations.append(Violation(path, 1, "the file does not begin with a header comment.", then))
        return header
    header.first_line = text.count("\n", 0, comment.start(1)) + 1
    header.body = re.sub(r"[^\n]", " ", text[: comment.end()]) + text[comment.end() :]
    told = parse_toml(comment[1], path, header.first_line, header.violations)
    if told is None:
        return header
    _check_keys(header, told)
    _check_choices(header)
    _check_tables(header)
    _check_columns(header)
    _check_params(header)
    _check_under(header)
    return header


def parse_toml(text: str, path: Path, first_line: int, violations: list[Violation]) -> dict[str, Any] | None:
    """Return TOML with exact decimals, or None and a violation on the line that cannot be read."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        at = _AT.search(told)
        line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
        what = f"this is not TOML: {_AT.sub('', told).strip()[:1].lower()}{_AT.sub('', told).strip()[1:]}."
        violations.append(
            Violation(path, first_line + line - 1, what, 'Write key = "text", a number or a list.')
        )
        return None


def _is(value: object, kind: str) -> bool:
    if kind == TEXT:
        return isinstance(value, str)
    if kind == NUMBER:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if kind == TABLE:
        return isinstance(value, dict)
    inner = TEXT if kind == TEXTS else TEXTS
    return isinstance(value, list) and all(_is(one, inner) for one in value)


def _check_keys(header: Header, told: dict[str, Any]) -> None:
    known = REQUIRED | OPTIONAL
    for key in told.keys() - known.keys():
        then = f"{did_you_mean(key, known)}Keys: {', '.join(known)}."
        header.wrong(key, f"there is no header key '{key}'.", then)
    for key, kind in known.items():
        value = told.get(key)
        if value is None and key in REQUIRED and not (key == "reads" and told.get("reads_any")):
            header.wrong(key, f"the header lacks '{key}'.", f"Add {key} = … ({kind}).")
        elif value is not None and not _is(value, kind):
            header.wrong(key, f"'{key}' is not {kind}.", f"Write {key} as {kind}.")
            value = None
        elif key in REQUIRED and not value and not (key == "reads" and told.get("reads_any")):
            header.wrong(key, f"'{key}' is empty.", f"Write {key} as {kind}.")
        header.told[key] = EMPTY[kind] if value is None else value
    for reason, predicate in header.told["excluded"].items():
        if not isinstance(predicate, str):
            header.wrong(reason, f"the exclusion '{reason}' is not a text.", "Write a predicate.", "excluded")
            header.told["excluded"] = {}
            break


def _check_choices(header: Header) -> None:
    for key, choices in CHOICES.items():
        value = header.told[key]
        if value and value not in choices:
            then = f"{did_you_mean(value, choices)}Choose one of {', '.join(choices)}."
            header.wrong(key, f"there is no {key} '{value}'.", then)
    if header.told["tier"] == "C" and header.told["subject"] == "person":
        header.wrong(
            "subject", "a rule of tier C has a person as its subject.", "Choose unit: tier C names nobody."
        )


def _check_tables(header: Header) -> None:
    reads, uses, groups = (header.told[key] for key in ("reads", "uses", "reads_any"))
    for key, named in (("reads", reads), ("uses", uses), *(("reads_any", group) for group in groups)):
        for table in named:
            if table not in schema():
                then = f"{did_you_mean(table, schema())}Tables: {', '.join(sorted(schema()))}."
                header.wrong(key, f"there is no table '{table}'.", then)
            elif table == "finding" and header.told["watch"] != "cross":
                header.wrong(key, "only cross rules may read 'finding'.", 'Set watch = "cross" or leave it.')
    for table in sorted(set(reads) & set(uses)):
        header.wrong("uses", f"'{table}' stands in both reads and uses.", "Leave it in one of them.")
    _check_groups(header)
    for group in header.told["overlaps"]:
        for table in group:
            declared = tables().get(table)
            if table not in header.tables or not declared or not declared.time:
                then = "Name tables that the rule reads and that have a time column, two or more together."
                header.wrong("overlaps", f"'{table}' has no period that could overlap.", then)
        if len(group) < 2:
            header.wrong("overlaps", "one table alone cannot overlap.", "Name two tables or more together.")


def _check_groups(header: Header) -> None:
    groups = header.told["reads_any"]
    listed = [table for group in groups for table in group]
    for group in groups:
        if len(set(group)) < 2:
            then = f"Move it to reads, or name another beside it: {', '.join(group) or 'none'}."
            header.wrong("reads_any", "a group of reads_any has fewer than two tables.", then)
    for table in sorted(set(listed)):
        if table in REFERENCE or table == "finding":
            then = "Move it to reads: a group asks which of some imported tables are there."
            header.wrong("reads_any", f"'{table}' is no imported table.", then)
        for key in ("reads", "uses"):
            if table in header.told[key]:
                what = f"'{table}' stands in both {key} and reads_any."
                header.wrong("reads_any", what, "Leave it in one of them.")
        if listed.count(table) > 1:
            header.wrong("reads_any", f"'{table}' stands twice in reads_any.", "Leave it in one group.")


def _check_columns(header: Header) -> None:
    for key in ("needs", "optional"):
        found = []
        for entry in header.told[key]:
            table, _, column = entry.partition(".")
            if table not in tables() or table in REFERENCE:
                then = 'Write "table.column", with a table that files are imported into.'
                header.wrong(key, f"'{entry}' in {key} names no imported table.", then)
            elif table not in header.tables:
                header.wrong(
                    key, f"'{entry}' in {key}: the rule does not read '{table}'.", "Add it to reads."
                )
            elif (given := declared_column(table, column)) is None:
                columns = tables()[table].columns
                then = f"{did_you_mean(column, columns)}Columns of files: {', '.join(columns)}."
                header.wrong(key, f"'{entry}' in {key}: no file gives a column '{column}'.", then)
            else:
                found.append(f"{table}.{given}")
        header.told[key] = found


def _check_params(header: Header) -> None:
    for name, value in header.told["params"].items():
        if not _NAME.fullmatch(name):
            header.wrong(name, f"'{name}' is no name for a parameter.", "Use a-z, 0-9 and _.", "params")
        problem, parameter = read_parameter(value)
        if problem:
            header.wrong(name, f"the parameter '{name}' {problem}.", HOW_TO_WRITE, "params")
        else:
            assert parameter is not None
            header.params[name] = parameter
            if isinstance(parameter, tuple) and not header.told["on"]:
                then = 'Add on = "f.ts": the expression for the row\'s own date.'
                header.wrong(
                    name, f"the parameter '{name}' is dated but the header lacks 'on'.", then, "params"
                )


def _check_under(header: Header) -> None:
    """Check the shares of parameters from which on a row counts as just under the threshold."""
    for name, share in header.told["under"].items():
        value = header.params.get(name)
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            then = "Name a parameter of [params] that is one number."
            header.wrong(name, f"'{name}' in under is no threshold of this rule.", then, "under")
        elif not isinstance(share, Decimal) or share <= 0 or share == 1:
            then = "Write 0.9 for a row that keeps below a limit, 1.1 for one that keeps above it."
            header.wrong(name, f"'{name}' in under has no share.", then, "under")


HOW_TO_WRITE = (
    "Write a number, a text, a date, true or false, a list of them, "
    'or [{from = 2025-05-18, value = 1, basis = "…"}].'
)


def read_parameter(value: object) -> tuple[str, Parameter | None]:
    """Return what is wrong with a parameter's value ("" if nothing), and the value."""
    if isinstance(value, str | int | Decimal | date):
        return "", value
    if not isinstance(value, list) or not value:
        return "has no value that can be bound", None
    if all(isinstance(one, dict) for one in value):
        return _read_dated(value)
    if len({type(one) for one in value}) != 1 or not isinstance(value[0], str | int | Decimal):
        return "is a list of values of different kinds", None
    return "", value


def _read_dated(values: list[dict[str, Any]]) -> tuple[str, Parameter | None]:
    found = []
    for one in values:
        if set(one) != {"from", "value", "basis"}:
            return "has an entry that is not {from, value, basis}", None
        problem, inner = read_parameter(one["value"])
        if problem or isinstance(inner, tuple) or inner is None:
            return "has an entry whose value cannot be bound", None
        if type(one["from"]) is not date or not isinstance(one["basis"], str):
            return "has an entry whose from is no date or whose basis is no text", None
        found.append(Dated(one["from"], inner, one["basis"]))
    if len({one.from_ for one in found}) != len(found):
        return "has two values from the same day", None
    return "", tuple(sorted(found, key=lambda one: one.from_))
