"""Cases: the sentences that prove a rule, with the rows they speak of."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from qingfeng.screening.errors import Problem
from qingfeng.screening.rulebook.bench import bench, create, furnish, insert
from qingfeng.screening.rulebook.header import parse_toml, read_parameter
from qingfeng.screening.rulebook.rule import Parameter, Rule, Violation
from qingfeng.screening.rulebook.schema import did_you_mean, schema
from qingfeng.screening.tables import tables

KINDS = ("violation", "twin", "boundary")
KEYS = ("says", "kind", "found", "params")

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        says: The sentence.
        kind: One of `KINDS`.
        found: How many findings, or what some of their columns hold, finding by finding.
        params: Values in place of the rule's own.
        rows: Table to rows, complete: every column of the table that is not NULL.
        file: Where it stands.
        line: The line of its `[[case]]`.
    """

    says: str
    kind: str
    found: int | list[Row]
    params: Mapping[str, Parameter]
    rows: Mapping[str, list[Row]]
    file: Path
    line: int


@dataclass(frozen=True)
class CaseResult:
    """What a case showed.

    Attributes:
        rule: The rule's id.
        case: The case.
        holds: Whether the rule does what the sentence says.
        why: If not, what it did instead.
        findings: The rows that the rule returned.
    """

    rule: str
    case: Case
    holds: bool
    why: str
    findings: list[Row]

    @property
    def says(self) -> str:
        """The sentence."""
        return self.case.says


def read_cases(rule: Rule) -> tuple[list[Case], list[Violation]]:
    """Return the cases of a rule and what is wrong with their file."""
    file, violations = rule.cases, list[Violation]()
    try:
        text = file.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return [], []
    except (OSError, UnicodeDecodeError) as error:
        return [], [Violation(file, 1, f"the cases cannot be read: {error}.", "Save them as UTF-8 text.")]
    told = parse_toml(text, file, 1, violations)
    if told is None:
        return [], violations
    reader = _Reader(rule, file, violations)
    for key in told.keys() - {"given", "case"}:
        reader.wrong(1, f"there is no section '{key}'.", "Write [given] and [[case]].")
    lines = [n for n, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*case\s*\]\]", line)]
    listed = told.get("case", [])
    if not isinstance(listed, list) or len(lines) != len(listed):
        reader.wrong(1, "the cases are not written as [[case]].", "Begin every case with a line [[case]].")
        return [], violations
    given = told.get("given", {})
    cases = [reader.case(one, given, line) for one, line in zip(listed, lines, strict=True)]
    return [case for case in cases if case is not None], violations


class _Reader:
    """Reads the cases of one rule and notes what is wrong with them."""

    def __init__(self, rule: Rule, file: Path, violations: list[Violation]) -> None:
        self.rule, self.file, self.violations = rule, file, violations

    def wrong(self, line: int, what: str, then: str) -> None:
        self.violations.append(Violation(self.file, line, what, then))

    def case(self, told: Row, given: Row, line: int) -> Case | None:
        before = len(self.violations)
        says, kind, found = told.get("says"), told.get("kind"), told.get("found")
        if not isinstance(says, str) or not says:
            self.wrong(line, "the case has no sentence.", 'Add says = "…".')
        if kind not in KINDS:
            self.wrong(line, f"there is no kind of case '{kind}'.", f"Choose one of {', '.join(KINDS)}.")
        self._found(kind, found, line)
        params = self._params(told.get("params", {}), line)
        rows = self._rows([given, {k: v for k, v in told.items() if k not in KEYS}], line)
        if len(self.violations) > before:
            return None
        assert isinstance(says, str)
        assert isinstance(kind, str)
        assert isinstance(found, int | list)
        return Case(says, kind, found, params, rows, self.file, line)

    def _found(self, kind: object, found: object, line: int) -> None:
        if isinstance(found, list):
            for column in {column for row in found for column in row} - {*self.rule.columns}:
                then = f"{did_you_mean(column, self.rule.columns)}Columns: {', '.join(self.rule.columns)}."
                self.wrong(line, f"the rule returns no column '{column}'.", then)
        elif not isinstance(found, int) or isinstance(found, bool) or found < 0:
            self.wrong(line, "the case does not say what is found.", "Add found = 0, a number, or [{…}].")
            return
        count = found if isinstance(found, int) else len(found)
        if (kind == "violation" and not count) or (kind == "twin" and count):
            then = "A violation is found, a twin is not; a boundary may be either."
            self.wrong(line, f"a {kind} with {count} findings contradicts itself.", then)

    def _params(self, told: object, line: int) -> dict[str, Parameter]:
        params: dict[str, Parameter] = {}
        for name, value in told.items() if isinstance(told, dict) else ():
            problem, parameter = read_parameter(value)
            if name not in self.rule.params:
                then = f"{did_you_mean(name, self.rule.params)}Parameters: {', '.join(self.rule.params)}."
                self.wrong(line, f"the rule has no parameter '{name}'.", then)
            elif problem or parameter is None:
                self.wrong(line, f"the parameter '{name}' {problem}.", "Write a value as in the header.")
            else:
                params[name] = parameter
        return params

    def _rows(self, sections: list[Row], line: int) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        number = 0
        for section in sections:
            for table, rows in section.items():
                if table not in self.rule.tables:
                    then = f"{did_you_mean(table, self.rule.tables)}Add it to reads, reads_any or uses."
                    self.wrong(line, f"the rule does not read a table '{table}'.", then)
                    continue
                if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                    self.wrong(line, f"'{table}' is not a list of rows.", "Write [{column = value, …}].")
                    continue
                for row in rows:
                    number += 1
                    found.setdefault(table, []).append(self._row(table, row, number, line))
        return found

    def _row(self, table: str, row: Row, number: int, line: int) -> Row:
        columns = schema()[table]
        for column in row.keys() - columns.keys():
            then = f"{did_you_mean(column, columns)}Columns: {', '.join(columns)}."
            self.wrong(line, f"there is no column '{column}' in table '{table}'.", then)
        if table == "finding":
            return {"finding_row": number, **row}
        if table == "at_place" and "row_id" not in row:
            self.wrong(line, "a row of at_place lacks 'row_id'.", "Write the row that lies in the place.")
        if "given" not in columns:
            return row
        declared = "".join(f"{name}," for name in tables()[table].columns)
        return {"row_id": number, "given": f",{declared}", "quality_flags": ",", **row}


def run_cases(rule: Rule, con: duckdb.DuckDBPyConnection | None = None) -> list[CaseResult]:
    """Run every case of a rule.

    Args:
        rule: The rule.
        con: A connection to an empty database in memory; None for this process's bench.

    Raises:
        Problem: If the cases cannot be read; it lists every violation.
    """
    cases, violations = read_cases(rule)
    if violations:
        raise Problem(
            f"The cases of {rule.id} cannot be run.",
            where="\n".join(map(str, violations)),
            then="Mend these lines.",
        )
    if con is None:
        con = bench()
    elif not con.execute("SELECT 1 FROM duckdb_schemas() WHERE schema_name = 'given'").fetchone():
        furnish(con)
    return [_run(rule, case, con) for case in cases]


def _run(rule: Rule, case: Case, con: duckdb.DuckDBPyConnection) -> CaseResult:
    try:
        for table, rows in case.rows.items():
            create(con, f"given.{table}", schema()[table])
            insert(con, f"given.{table}", rows)
        findings = _rows_of(con, *rule.query(params=case.params))
        judged = {row["row_id"] for row in _rows_of(con, *rule.judged(params=case.params))}
    except duckdb.Error as error:
        return CaseResult(rule.id, case, holds=False, why=str(error).partition("\n")[0], findings=[])
    finally:
        for table in case.rows:
            con.execute(f"DROP TABLE IF EXISTS given.{table}")
    why = _difference(case.found, findings) or _unsound(rule, case, findings, judged)
    return CaseResult(rule.id, case, holds=not why, why=why, findings=findings)


def _rows_of(con: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any]) -> list[Row]:
    found = con.sql(sql, params=dict(values)).to_arrow_table()
    return [dict(row) for row in found.to_pylist()]


def _difference(expected: int | list[Row], findings: list[Row]) -> str:
    """Return how findings differ from what was expected, or ""."""
    count = expected if isinstance(expected, int) else len(expected)
    if count != len(findings):
        return f"found {len(findings)} instead of {count}{': ' + _shown(findings) if findings else ''}"
    left = list(findings)
    for wanted in [] if isinstance(expected, int) else expected:
        match = next((row for row in left if all(_same(row[k], v) for k, v in wanted.items())), None)
        if match is None:
            return f"found none with {_shown([wanted])}; found {_shown(left)}"
        left.remove(match)
    return ""


def _unsound(rule: Rule, case: Case, findings: list[Row], judged: set[int]) -> str:
    """Return what is wrong with findings whatever the case expects, or ""."""
    main = rule.about
    for row in findings:
        if row[rule.subject] is None:
            return f"a finding has no {rule.subject}: {_shown([row])}"
        cited: set[int] = set()
        for column, table in rule.evidence.items():
            key = "finding_row" if table == "finding" else "row_id"
            there = {one[key] for one in case.rows.get(table, [])}
            named = set(row[column] or ()) if isinstance(row[column], list) else {row[column]} - {None}
            if None in named:
                return f"{column} holds a NULL; leave it out with FILTER (WHERE … IS NOT NULL)"
            if not named <= there:
                return f"{column} names {sorted(named - there)}, which is no row of {table}"
            cited |= named if table == main else set()
        if not any(row[column] for column in rule.evidence):
            return f"a finding has no evidence: {_shown([row])}"
        if cited and not cited & judged:
            return f"found a row that does not apply or is excluded: {_shown([row])}"
        try:
            rule.message.format_map({name: "" if v is None else v for name, v in row.items()})
        except (KeyError, ValueError, IndexError) as error:
            return f"the message cannot be written: {error}"
    return ""


def _same(actual: Any, wanted: Any) -> bool:
    if isinstance(actual, list) and isinstance(wanted, list):
        return sorted(map(str, actual)) == sorted(map(str, wanted))
    if isinstance(actual, float) and isinstance(wanted, int | Decimal):
        return math.isclose(actual, wanted, rel_tol=1e-9)
    if isinstance(actual, datetime) and isinstance(wanted, date) and not isinstance(wanted, datetime):
        return actual == datetime.combine(wanted, time())
    return bool(actual == wanted)


def _shown(rows: list[Row]) -> str:
    """Return rows as they are shown to a person: the first three."""
    listed = [
        "(" + ", ".join(f"{k} = {v}" for k, v in row.items() if v is not None) + ")" for row in rows[:3]
    ]
    return ", ".join(listed) + (" …" if len(rows) > 3 else "")
