"""The SELECT of a rule, checked against its header and bound to the tables it reads."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb
from sqlglot import exp

from qingfeng.screening.rulebook.arithmetic import check_arithmetic
from qingfeng.screening.rulebook.bench import bench
from qingfeng.screening.rulebook.header import Header
from qingfeng.screening.rulebook.lint import (
    check_functions,
    check_literals,
    check_shape,
    check_tables,
    is_one_select,
)
from qingfeng.screening.rulebook.rule import Dated, Parameter, Value, dollars, with_dates
from qingfeng.screening.rulebook.schema import did_you_mean, schema
from qingfeng.screening.rulebook.somebody import identifies, mentions
from qingfeng.screening.rulebook.sql import Sql

PLAIN = ("unit_id", "at", "amount", "tier")  # output columns that are no facts, besides subject and evidence
DEMANDED = ("unit_id", "at", "amount")

_EVIDENCE = re.compile(r"(\w+?)_(row|rows)(?:_\d+)?")
_KEYED = re.compile(r"\w+_h|person_id|driver_id")


@dataclass(frozen=True)
class Output:
    """What a SELECT returns: see `Rule`."""

    columns: tuple[str, ...]
    evidence: Mapping[str, str]
    facts: tuple[str, ...]


def check_query(header: Header, known: frozenset[str]) -> Output | None:
    """Check the SELECT of a rule and the predicates of its header.

    Args:
        header: As read; violations are added to it.
        known: Names of people and plates that may not stand in it.

    Returns:
        What the SELECT returns, or None if it cannot be bound.
    """
    main = Sql(header.path, header.body, lambda at: header.body.count("\n", 0, at) + 1, header.violations)
    pieces = [main, *_predicates(header)]
    _check_parameters(header, pieces)
    _check_sentences(header, known)
    used: set[str] = set()
    listed = header.tables
    sound = []
    for piece in pieces:
        if not is_one_select(piece):
            continue
        used |= check_tables(piece, listed)
        check_functions(piece)
        check_literals(piece, known)
        check_shape(piece)
        check_arithmetic(piece)
        sound.append(piece)
    if len(sound) == len(pieces):
        for table in listed:
            if table in schema() and table not in used:
                key = header.key_of(table)
                header.wrong(key, f"the SQL never reads '{table}'.", f"Take it out of {key}.")
    described = {id(piece): _describe(header, piece) for piece in sound}
    columns = described.get(id(main))
    return None if columns is None else _check_output(header, main, columns)


def _predicates(header: Header) -> list[Sql]:
    """Return the predicates of the header, each as a SELECT over the table that the rule is about."""
    told = header.told
    if not header.tables:
        return []
    about = header.tables[0]
    alias = told["on"].partition(".")[0] if "." in told["on"] else about
    found = [("applies", "", told["applies"])] if told["applies"] else []
    found += [(reason, "excluded", predicate) for reason, predicate in told["excluded"].items()]
    pieces = []
    for key, section, predicate in found:
        line = header.line_of(key, section)
        text = f"SELECT 1 AS one FROM {about} AS {alias} WHERE ({predicate})"
        pieces.append(Sql(header.path, text, lambda _at, line=line: line, header.violations))  # type: ignore[misc]
    return pieces


def _check_parameters(header: Header, pieces: list[Sql]) -> None:
    used = set()
    for piece in pieces:
        for name, start, _ in dollars(piece.text):
            used.add(name)
            if name not in header.params and name not in header.told["params"]:
                then = f"{did_you_mean(name, header.params)}Declare it under [params]."
                piece.wrong(start, f"there is no parameter '${name}'.", then)
    for name in header.params.keys() - used:
        header.wrong(name, f"the parameter '{name}' is never used.", "Use it or remove it.", "params")


def _check_sentences(header: Header, known: frozenset[str]) -> None:
    """Check that neither the texts nor the parameters of a header identify anybody."""
    then = "A rule asks about a pattern, never about somebody."
    for key in ("title", "question", "message", "basis", "innocent", "verify"):
        told = header.told[key]
        for text in [told] if isinstance(told, str) else told:
            if what := identifies(text) or (mentions(text, known) and "a person or a plate of the registers"):
                header.wrong(key, f"'{key}' names {what}.", then)
    for name, parameter in header.params.items():
        if what := identifying(parameter, known):
            header.wrong(name, f"the parameter '{name}' looks like {what}.", then, "params")


def identifying(parameter: Parameter, known: frozenset[str]) -> str:
    """Return what a parameter's value identifies somebody by, or ""."""
    values: list[Any] = list(parameter) if isinstance(parameter, list | tuple) else [parameter]
    for value in values:
        plain: Value = value.value if isinstance(value, Dated) else value
        if isinstance(plain, list):
            what = identifying(plain, known)
        else:
            what = identifies(str(plain), known) if isinstance(plain, str | int | Decimal) else ""
        if what:
            return what
    return ""


def _describe(header: Header, piece: Sql) -> list[tuple[str, str]] | None:
    """Return the output columns and their types, or None and a violation: DuckDB binds, nothing runs."""
    dated = {name: value for name, value in header.params.items() if isinstance(value, tuple)}
    named = {name for name, _, _ in dollars(piece.text)}
    values = {name: value for name, value in header.params.items() if name in named and name not in dated}
    text = with_dates(piece.text, header.told["on"], dated)
    try:
        found = bench().execute(f"DESCRIBE {text}", values).fetchall()
    except duckdb.Error as error:
        if not _unknown_columns(piece) and not header.violations:
            told = str(error)
            line = re.search(r"LINE (\d+):", told)
            start = sum(len(one) + 1 for one in text.split("\n")[: int(line[1]) - 1]) if line else 0
            what = re.sub(r"^\w+ Error: ", "", told.partition("\n")[0]).rstrip(".!")
            piece.wrong(
                start, f"{what[:1].lower()}{what[1:]}.", "Mend the SQL; DuckDB binds it as it stands."
            )
        return None
    return [(str(row[0]), str(row[1])) for row in found]


def _unknown_columns(piece: Sql) -> bool:
    """Note every column that no table has; tell whether there was one."""
    tree, before = piece.trees[0], len(piece.violations)
    read = sorted({table.name.lower() for table in tree.find_all(exp.Table)} & schema().keys())
    own = {alias.alias for alias in tree.find_all(exp.Alias)}
    own |= {column.name for alias in tree.find_all(exp.TableAlias) for column in alias.columns}
    known = own | {name for table in read for name in schema()[table]}
    for column in tree.find_all(exp.Column):
        name = column.name.lower()
        table = _table_of(column, piece)
        if table and name not in schema()[table]:
            columns = schema()[table]
            then = f"{did_you_mean(name, columns)}Columns: {', '.join(columns)}."
            piece.wrong(column, f"there is no column '{column.name}' in table '{table}'.", then)
        elif not column.table and column.name not in known and name not in known:
            then = f"{did_you_mean(name, known)}Tables: {', '.join(read)}."
            piece.wrong(column, f"there is no column '{column.name}'.", then)
    return len(piece.violations) > before


def _table_of(column: exp.Column, piece: Sql) -> str:
    """Return the declared table that a column's alias stands for, or ""."""
    select = column.find_ancestor(exp.Select) if column.table else None
    while select is not None:
        from_ = select.args.get("from_")
        sources = [from_.this] if from_ else []
        sources += [join.this for join in select.args.get("joins") or ()]
        for source in sources:
            if source.alias_or_name.lower() == column.table.lower():
                name = source.name.lower() if isinstance(source, exp.Table) else ""
                return name if name in schema() and name not in piece.named else ""
        select = select.find_ancestor(exp.Select)
    return ""


def _check_output(header: Header, main: Sql, described: list[tuple[str, str]]) -> Output:
    types = dict(described)
    subject = header.told["subject"]
    names = [name for name, _ in described]
    for name in sorted({name for name in names if names.count(name) > 1}):
        main.top(f"two output columns are called '{name}'.", "Give one of them another name.")
    for name in (subject, *DEMANDED):
        if name and name not in types:
            then = "Return NULL AS amount if no money is at stake." if name == "amount" else "Return it."
            main.top(f"the SELECT returns no column '{name}'.", then)
    if types.get("at", "DATE") not in ("DATE", "TIMESTAMP"):
        main.top(f"'at' is {types['at']}.", "Return a DATE or a TIMESTAMP.")
    if not re.fullmatch(r"DECIMAL.*|\w*INT(EGER)?|\"NULL\"", types.get("amount", "INTEGER")):
        main.top(f"'amount' is {types['amount']}.", "Return yuan: CAST(round(x, 2) AS DECIMAL(14,2)).")
    evidence = _evidence(header, main, types)
    facts = tuple(name for name in types if name not in {subject, *PLAIN, *evidence})
    _check_facts(header, main, facts)
    _check_message(header, types)
    return Output(tuple(types), evidence, facts)


def _evidence(header: Header, main: Sql, types: Mapping[str, str]) -> dict[str, str]:
    """Return the evidence columns and the table of each."""
    listed = set(header.tables)
    evidence: dict[str, str] = {}
    for name, kind in types.items():
        hit = _EVIDENCE.fullmatch(name)
        if hit and hit[1] in listed:
            evidence[name] = hit[1]
            expected = "BIGINT" if hit[2] == "row" else "BIGINT[]"
            if kind != expected:
                main.top(f"'{name}' is {kind}.", f"Return {expected}: row_id, or list_sort(list(row_id)).")
        elif hit:
            then = (
                f"{did_you_mean(hit[1], listed)}Evidence is <table>_row or <table>_rows of a table it reads."
            )
            main.top(f"'{name}' names no table that the rule reads.", then)
    if not evidence:
        main.top(
            "the SELECT returns no evidence.", "Return row_id AS <table>_row of every table that shows it."
        )
    return evidence


def _check_facts(header: Header, main: Sql, facts: tuple[str, ...]) -> None:
    """Keyed hashes differ from home to home, so none may be a fact."""
    tree = main.trees[0]
    assert isinstance(tree, exp.Query)
    for select in tree.selects:
        column = select.this if isinstance(select, exp.Alias) else select
        source = column.name if isinstance(column, exp.Column) else ""
        name = select.alias_or_name
        if name in facts and (_KEYED.fullmatch(name) or _KEYED.fullmatch(source)):
            then = "Return the last four characters, or the unit; the subject alone may be a hash."
            main.wrong(select, f"the fact '{name}' is a keyed hash.", then)
    if header.told["tier"] == "C" and "person" in facts:
        main.wrong(
            main.trees[0], "a rule of tier C returns a person.", "Return the unit: tier C names nobody."
        )


def _check_message(header: Header, types: Mapping[str, str]) -> None:
    message = header.told["message"]
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(message) if field is not None]
    except ValueError:
        header.wrong(
            "message", "the message has a brace that is not closed.", "Write {name}, or {{ for a brace."
        )
        return
    for field in fields:
        if field not in types:
            then = f"{did_you_mean(field, types)}Columns: {', '.join(types)}."
            header.wrong("message", f"the message names '{field}', which the SELECT does not return.", then)
