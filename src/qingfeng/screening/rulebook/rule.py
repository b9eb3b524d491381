"""A rule, as everything else in the house sees it: values only, checked before they are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import sqlglot
from sqlglot import exp

from qingfeng.screening.errors import WrongUse

Value = str | int | Decimal | bool | date | list[str] | list[int] | list[Decimal]

# Strings, quoted names and comments are passed over; what is left of "$name" is a parameter.
_DOLLAR = re.compile(r"'(?:[^']|'')*'|\$\$.*?\$\$|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$(\w+)", re.DOTALL)


@dataclass(frozen=True)
class Violation:
    """One thing that is wrong with a rule.

    Attributes:
        file: The rule's file, its cases or a file of parameters.
        line: From 1.
        what: What is wrong, one sentence.
        then: What to do about it, one sentence or more.
    """

    file: Path
    line: int
    what: str
    then: str

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line}: {self.what} {self.then}".rstrip()


@dataclass(frozen=True)
class Dated:
    """One value of a parameter whose value changed with the law.

    Attributes:
        from_: First day on which it is in force.
        value: The value.
        basis: The provision that set it.
    """

    from_: date
    value: Value
    basis: str


Parameter = Value | tuple[Dated, ...]


@dataclass(frozen=True)
class Rule:
    """One screening rule.

    Attributes:
        id: The file's name without its ending.
        path: The file.
        title: A few Chinese words.
        question: What the rule asks, one sentence.
        watch: One of `schema.WATCHES`.
        tier: A contradiction, B breach of a rule, C statistical.
        basis: Laws and rules.
        reads: Tables that must have rows.
        reads_any: Groups of tables; of each group one at least must have rows.
        uses: Tables that are read where the home has them.
        needs: `table.column`, as files give them, without which the rule does not run.
        overlaps: Tables whose periods must overlap.
        optional: `table.column` whose condition is skipped where a file lacks it.
        subject: One of `schema.SUBJECTS`.
        scope: How far a new record can reach: row, key or table.
        look_back_days: How far before a new row the rule may look, 0 if it does not.
        message: A sentence with {names} of output columns.
        innocent: Explanations to be ticked off one by one.
        verify: What to look at, ask and fetch.
        params: Values in force, a tuple of `Dated` in the order of their dates.
        on: The row's own date, SQL; "" if no parameter is dated.
        applies: Predicate over the table that the rule is about; "" for all rows.
        excluded: Reason to predicate, in order.
        severity: Hint for the amount class, or "".
        under: Parameter to the share of its value from which on a row lies just under the threshold.
        sql: The SELECT as written.
        version: "sha256:" and the hash of the file with newline line ends.
        columns: Names of the output, in order.
        evidence: Output column to the table whose rows it names.
        facts: Output columns that are neither evidence nor subject, unit, time, amount, tier.
    """

    id: str
    path: Path
    title: str
    question: str
    watch: str
    tier: str
    basis: tuple[str, ...]
    reads: tuple[str, ...]
    reads_any: tuple[tuple[str, ...], ...]
    uses: tuple[str, ...]
    needs: tuple[str, ...]
    overlaps: tuple[tuple[str, ...], ...]
    optional: tuple[str, ...]
    subject: str
    scope: str
    look_back_days: int
    message: str
    innocent: tuple[str, ...]
    verify: tuple[str, ...]
    params: Mapping[str, Parameter]
    on: str
    applies: str
    excluded: Mapping[str, str]
    severity: str
    under: Mapping[str, Decimal]
    sql: str
    version: str
    columns: tuple[str, ...]
    evidence: Mapping[str, str]
    facts: tuple[str, ...]

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that the rule may read: of `reads`, of the groups, of `uses`."""
        return (*self.reads, *(table for group in self.reads_any for table in group), *self.uses)

    @property
    def about(self) -> str:
        """The table that the rule is about: the first of `reads`, or of the first group."""
        return self.tables[0]

    @property
    def cases(self) -> Path:
        """The file that proves the rule, beside it."""
        return self.path.with_suffix(".cases.toml")

    @property
    def loosened(self) -> dict[str, Parameter]:
        """Parameters under which the rule finds what lies just under its threshold besides; often none."""
        found: dict[str, Parameter] = {}
        for name, share in self.under.items():
            value = self.params[name]
            if isinstance(value, int | Decimal):
                moved = value * share
                found[name] = int(moved) if isinstance(value, int) else moved
        return found

    def query(
        self, dialect: str = "duckdb", params: Mapping[str, Parameter] | None = None
    ) -> tuple[str, dict[str, Value]]:
        """Return the SELECT and the values to bind.

        Args:
            dialect: A dialect of SQLGlot; for "duckdb" the text is as written, with `$name`.
            params: Values in place of the rule's own, by name.

        Returns:
            SQL with dated parameters written out as CASE over `on`, and the value of every
            other parameter that the SQL names.
        """
        return self.bind(self.sql, dialect, params)

    def judged(
        self, dialect: str = "duckdb", params: Mapping[str, Parameter] | None = None
    ) -> tuple[str, dict[str, Value]]:
        """Return a query for the `row_id` of every row that applies and is not excluded."""
        alias = self.on.partition(".")[0] if "." in self.on else self.about
        holds = [f"({self.applies or 'true'}) IS TRUE"]
        holds += [f"({reason}) IS NOT TRUE" for reason in self.excluded.values()]
        row = "finding_row" if self.about == "finding" else "row_id"
        sql = f"SELECT {alias}.{row} AS row_id FROM {self.about} AS {alias} WHERE {' AND '.join(holds)}"
        return self.bind(sql, dialect, params)

    def bind(
        self, sql: str, dialect: str = "duckdb", params: Mapping[str, Parameter] | None = None
    ) -> tuple[str, dict[str, Value]]:
        """Return `sql`, which names this rule's parameters, and the values to bind."""
        unknown = set(params or ()) - set(self.params)
        if unknown:
            raise WrongUse(
                f"The rule {self.id} has no parameter '{min(unknown)}'.",
                where=str(self.path),
                then=f"Parameters: {', '.join(self.params) or 'none'}.",
            )
        values = {**self.params, **(params or {})}
        named = {name for name, _, _ in dollars(sql)}
        text = with_dates(sql, self.on, {n: v for n, v in values.items() if isinstance(v, tuple)})
        plain = {n: v for n, v in values.items() if n in named and not isinstance(v, tuple)}
        return (text if dialect == "duckdb" else _transpiled(text, dialect)), plain


def dollars(sql: str) -> list[tuple[str, int, int]]:
    """Return every `$name` of `sql` outside strings and comments: name, start, end."""
    return [(hit[1], hit.start(), hit.end()) for hit in _DOLLAR.finditer(sql) if hit[1]]


def with_dates(sql: str, on: str, dated: Mapping[str, tuple[Dated, ...]]) -> str:
    """Return `sql` with each dated parameter as a CASE over `on`; before the first date it is NULL."""
    for name, start, end in reversed(dollars(sql)):
        if name in dated:
            newest_first = sorted(dated[name], key=lambda one: one.from_, reverse=True)
            whens = " ".join(f"WHEN {on} >= DATE '{d.from_}' THEN {_literal(d.value)}" for d in newest_first)
            sql = f"{sql[:start]}(CASE {whens} END){sql[end:]}"
    return sql


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if isinstance(value, date):
        return f"DATE '{value}'"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _transpiled(sql: str, dialect: str) -> str:
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in tree.find_all(exp.Parameter):
        node.replace(exp.Placeholder(this=node.name))
    for named in tree.find_all(exp.CTE):
        named.set("materialized", None)  # how DuckDB should keep it; no other engine knows the word
    return tree.sql(dialect=dialect)
