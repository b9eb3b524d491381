"""What a SELECT may be made of: the statement, its tables, its functions, its shape, its literals."""

from __future__ import annotations

import re
from collections.abc import Iterable

import duckdb
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from qingfeng.screening.rulebook.bench import bench
from qingfeng.screening.rulebook.functions import calls, objection
from qingfeng.screening.rulebook.schema import did_you_mean, schema
from qingfeng.screening.rulebook.somebody import identifies
from qingfeng.screening.rulebook.sql import Sql

ONE_SELECT = "A rule is one SELECT over declared tables."
UNIQUE = re.compile(r"row_id|\w+_row(?:_\d+)?")  # columns that tell one row from every other


def is_one_select(sql: Sql) -> bool:
    """Check that the text is one SELECT that both DuckDB and SQLGlot can read."""
    if not _parameters_are_named(sql):
        return False
    try:
        statements = bench().extract_statements(sql.text)
    except duckdb.Error as error:
        at = re.search(r"LINE (\d+):", str(error))
        line_start = _start_of_line(sql.text, int(at[1]) if at else 1)
        told = str(error).partition("\n")[0].removeprefix("Parser Error: ")
        sql.wrong(line_start, f"{told}.", "Mend the SQL; DuckDB reads it as it stands.")
        return False
    first = re.search(r"\S", sql.text)
    if not statements:
        sql.wrong(0, "there is no SELECT.", ONE_SELECT)
        return False
    if len(statements) > 1:
        second = sql.text.find(";") + 1
        more = re.search(r"\S", sql.text[second:])
        sql.wrong(second + (more.start() if more else 0), "there is more than one statement.", ONE_SELECT)
        return False
    try:
        trees = sql.trees
    except SqlglotError:
        sql.wrong(first.start() if first else 0, "SQLGlot cannot read this SQL.", "Write it more plainly.")
        return False
    if (
        len(trees) != 1
        or not isinstance(trees[0], exp.Query)
        or statements[0].type != duckdb.StatementType.SELECT
    ):
        sql.wrong(first.start() if first else 0, "the statement is not a SELECT.", ONE_SELECT)
        return False
    return True


def _parameters_are_named(sql: Sql) -> bool:
    try:
        nameless = [token.start for token in sql.tokens if token.token_type == TokenType.PLACEHOLDER]
    except SqlglotError:
        return True  # DuckDB says on which line it cannot be read
    for at in nameless:
        sql.wrong(at, "a parameter has no name.", "Write $name and declare it under [params].")
    return not nameless


def _start_of_line(text: str, line: int) -> int:
    return sum(len(one) + 1 for one in text.split("\n")[: line - 1])


def check_tables(sql: Sql, listed: Iterable[str]) -> set[str]:
    """Check which tables are read, and return those that may be; if one may not, all of `listed`."""
    listed, used = set(listed), set()
    before = len(sql.violations)
    for table in sql.trees[0].find_all(exp.Table):
        name = table.name.lower()
        if isinstance(table.this, exp.Func):
            sql.wrong(table, "a table function stands in FROM.", "Read the tables of the header.")
        elif table.args.get("db") or table.args.get("catalog"):
            sql.wrong(table, f"'{table.sql()}' names a schema.", "Write the table's name alone.")
        elif name in sql.named:
            continue
        elif name not in schema():
            then = f"{did_you_mean(name, schema())}Tables: {', '.join(sorted(listed))}."
            sql.wrong(table, f"there is no table '{table.name}'.", then)
        elif name not in listed:
            sql.wrong(
                table,
                f"the table '{name}' is not in the header.",
                f"Add '{name}' to reads, to a group of reads_any, or to uses.",
            )
        else:
            used.add(name)
    return used if len(sql.violations) == before else listed


def check_functions(sql: Sql) -> None:
    """Check every call against the list of functions."""
    for name, at in calls(sql.tokens, sql.named):
        if told := objection(name):
            sql.wrong(at, *told)


def check_literals(sql: Sql, known: frozenset[str]) -> None:
    """Check that no literal identifies anybody."""
    for token in sql.tokens:
        if token.token_type in (TokenType.STRING, TokenType.NUMBER):
            if what := identifies(token.text, known):
                then = "A rule asks about a pattern, never about somebody."
                sql.wrong(token.start, f"the literal '{token.text}' looks like {what}.", then)
        elif token.token_type in (TokenType.HEREDOC_STRING, TokenType.RAW_STRING):
            sql.wrong(token.start, "a text is quoted with dollars.", "Write it in single quotes.")


def check_shape(sql: Sql) -> None:
    """Check for clauses without meaning, or with another meaning in another engine."""
    tree = sql.trees[0]
    for node in tree.walk():
        if told := _REFUSED.get(type(node)):
            sql.wrong(node, *told)
        elif isinstance(node, exp.Cast) and node.to.this in _CASTS:
            sql.wrong(node, *_CASTS[node.to.this])
        elif isinstance(node, exp.Query):
            _check_order(sql, node)
        elif isinstance(node, exp.Join) and node.method.upper() in ("ASOF", "POSITIONAL", "NATURAL"):
            then = "Join on an interval and keep the nearest with row_number() OVER (ORDER BY …, row_id)."
            sql.wrong(node, f"{node.method.upper()} JOIN does not run in other engines.", then)
        elif isinstance(node, exp.With) and node.args.get("recursive"):
            sql.wrong(node, "WITH RECURSIVE may never end.", "Write it without recursion.")


def _check_order(sql: Sql, query: exp.Query) -> None:
    order, limit, distinct = (query.args.get(key) for key in ("order", "limit", "distinct"))
    if query.parent is None and (order or limit or query.args.get("offset")):
        then = "Leave ORDER BY and LIMIT away: a rule finds all, and the run sorts."
        sql.wrong(order or limit or query, "the result is ordered or cut.", then)
    elif limit and not ends_with_row(order):
        sql.wrong(limit, "LIMIT takes any rows.", "Order by a row_id at last, or use min or max.")
    elif order and not limit:
        sql.wrong(order, "ORDER BY in a subquery means nothing.", "Leave it away.")
    if isinstance(distinct, exp.Distinct) and distinct.args.get("on"):
        then = "Write row_number() OVER (PARTITION BY … ORDER BY …, row_id) and keep 1."
        sql.wrong(distinct, "DISTINCT ON takes any of the rows.", then)
    if query.parent is None and any(one.is_star for one in query.selects):
        sql.wrong(query, "the result is not spelt out.", "Name every column instead of *.")


def ends_with_row(order: exp.Expr | None) -> bool:
    """Tell whether an order has no ties: one of its columns names the row."""
    return order is not None and any(UNIQUE.fullmatch(column.name) for column in order.find_all(exp.Column))


_TIME = ("TIME is read as a timestamp by another engine.", "Compare extract(hour FROM a) and minutes.")
_ZONE = ("records have no time zone.", "Compare timestamps as they are: they are all Asia/Shanghai.")
_DOUBLE = ("DOUBLE changes with the number of threads.", "Cast to DECIMAL(14,2), or leave the cast away.")
_CASTS = {
    exp.DType.TIME: _TIME,
    exp.DType.TIMETZ: _TIME,
    exp.DType.TIMESTAMPTZ: _ZONE,
    exp.DType.DOUBLE: _DOUBLE,
    exp.DType.FLOAT: _DOUBLE,
}
_PATTERN = ("this pattern means something else in another engine.", "Write LIKE or regexp_matches.")
_JSON = ("records have no JSON.", "Read a column.")
_REFUSED: dict[type[exp.Expr], tuple[str, str]] = {
    exp.TableSample: ("a sample is different every time.", "Take every row; sampling is the desk's."),
    exp.Pivot: ("PIVOT does not run in other engines.", "Write sum(…) FILTER (WHERE …)."),
    exp.SimilarTo: _PATTERN,
    exp.Glob: _PATTERN,
    exp.JSONExtract: _JSON,
    exp.JSONExtractScalar: _JSON,
    exp.AtTimeZone: _ZONE,
}
