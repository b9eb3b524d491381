"""What a SELECT may compute: nothing that changes with threads, with the order of rows or with the engine."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from qingfeng.screening.rulebook.lint import UNIQUE, ends_with_row
from qingfeng.screening.rulebook.sql import Sql

DOUBLES = (exp.DType.DOUBLE, exp.DType.FLOAT)
COMPARED = (exp.GT, exp.GTE, exp.LT, exp.LTE, exp.EQ, exp.NEQ, exp.Between, exp.In)
PASSED_ON = (exp.Paren, exp.Abs, exp.Coalesce, exp.Greatest, exp.Least, exp.Min, exp.Max, exp.Neg)
ORDERED = (exp.RowNumber, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
EVIDENCE_LIST = re.compile(r"\w+_rows(?:_\d+)?")
PORTABLE_FORMAT = frozenset("YmdHMS")
PORTABLE_PARTS = ("YEAR", "QUARTER", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND")


def check_arithmetic(sql: Sql) -> None:
    """Check aggregates, comparisons, dates and orders; needs no engine."""
    for node in sql.typed.walk() if sql.typed is not None else ():
        for kinds, check in _CHECKS:
            if isinstance(node, kinds):
                check(sql, node)


def _is(node: exp.Expr | None, *types: exp.DType) -> bool:
    return node is not None and node.type is not None and node.type.this in types


def _check_sum(sql: Sql, node: exp.Expr) -> None:
    if _is(node.this, *DOUBLES):
        name = type(node).__name__.lower()
        then = "Sum DECIMAL columns, or CAST(round(x, 2) AS DECIMAL(14,2)) first."
        sql.wrong(node, f"{name}() over DOUBLE changes with the number of threads.", then)


def _check_list(sql: Sql, node: exp.Expr) -> None:
    inner = node.this
    above = node.parent
    while isinstance(above, exp.Window | exp.Filter | exp.Coalesce):
        above = above.parent
    if isinstance(above, exp.ArraySort) or isinstance(inner, exp.Order):
        return
    if isinstance(above, exp.Alias) and EVIDENCE_LIST.fullmatch(above.alias):
        return  # evidence is a set: whoever reads it sorts it
    then = "Write list_sort(list(x)), list(x ORDER BY x) or string_agg(x, '、' ORDER BY x)."
    sql.wrong(node, "the order of this list depends on threads.", then)


def _check_extreme(sql: Sql, node: exp.Expr) -> None:
    if not ends_with_row(node.args.get("expression")):
        sql.wrong(node, "a tie takes any of the rows.", "Write arg_min(x, row_id), or a row_number().")


def _check_difference(sql: Sql, node: exp.Expr) -> None:
    if all(_is(side, exp.DType.DATE) for side in (node.this, node.args.get("expression"))):
        then = "Write date_diff('day', earlier, later)."
        sql.wrong(node, "date minus date is no number in another engine.", then)


def _check_extract(sql: Sql, node: exp.Expr) -> None:
    if node.name.upper() not in PORTABLE_PARTS:
        then = "A rest day is calendar.day_kind IN ('weekend', 'holiday'); else take year to second."
        sql.wrong(node, f"extract({node.name.lower()} …) differs between engines.", then)


def _check_window(sql: Sql, node: exp.Expr) -> None:
    """A window that picks one row needs an order without ties, where rows can be told apart."""
    function = node.this.this if isinstance(node.this, exp.IgnoreNulls) else node.this
    select = node.find_ancestor(exp.Select)
    if not isinstance(function, ORDERED) or select is None:
        return
    window = _defined(node, select)
    order = window.args.get("order")
    picked = {column.sql() for column in function.find_all(exp.Column)}
    by = {column.sql() for column in order.find_all(exp.Column)} if order else set()
    apart = exp.Tuple(expressions=[one.copy() for one in window.args.get("partition_by") or ()])
    if ends_with_row(order) or ends_with_row(apart) or (picked and picked <= by) or not _has_row(select):
        return
    then = "End its ORDER BY with a row_id."
    sql.wrong(node, f"a tie in this {_name(function)}() takes any of the rows.", then)


def _defined(node: exp.Expr, select: exp.Select) -> exp.Expr:
    """Return the definition of a window: its own, or that of the name it gives."""
    name = node.args.get("alias")
    named = [one for one in select.args.get("windows") or () if name is not None and one.name == name.name]
    return named[0] if named else node


def _name(function: exp.Expr) -> str:
    return function.sql_name().lower() if isinstance(function, exp.Func) else ""


def _has_row(select: exp.Select) -> bool:
    """Tell whether what a SELECT reads has a column that tells rows apart."""
    ctes = {cte.alias: cte.this for cte in select.root().find_all(exp.CTE)}
    from_ = select.args.get("from_")
    sources = [from_.this] if from_ else []
    sources += [join.this for join in select.args.get("joins") or ()]
    for source in sources:
        if isinstance(source, exp.Table) and source.name not in ctes:
            return True
        query = ctes.get(source.name) if isinstance(source, exp.Table) else source.this
        if isinstance(query, exp.Query) and any(UNIQUE.fullmatch(name) for name in query.named_selects):
            return True
    return False


def _check_comparison(sql: Sql, node: exp.Expr) -> None:
    sides = [node.this, node.args.get("expression"), node.args.get("low"), node.args.get("high")]
    for side in sides:
        if isinstance(side, exp.Expr) and _is(side, *DOUBLES) and not _is_rounded(side):
            then = "Write round(x, 2): a distance to 0.01 km, a rate to the digits that matter."
            sql.wrong(side, "a DOUBLE is compared before it is rounded.", then)
            return


def _is_rounded(node: exp.Expr) -> bool:
    if isinstance(
        node, exp.Round | exp.Column | exp.Literal | exp.Placeholder | exp.Parameter | exp.Subquery
    ):
        return True
    if isinstance(node, exp.Window):
        return isinstance(node.this, exp.Func) and _is_rounded(node.this)
    if isinstance(node, (*PASSED_ON, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)):
        inner = [one for one in node.iter_expressions() if _is(one, *DOUBLES)]
        return all(map(_is_rounded, inner))
    return isinstance(node, exp.Floor | exp.Ceil | exp.Null | exp.Avg | exp.Case | exp.If)


def _check_date_diff(sql: Sql, node: exp.Expr) -> None:
    unit = (node.text("unit") or "DAY").upper()
    if unit not in ("DAY", "SECOND"):
        then = "Write date_diff('second', a, b), or compare a + $n * INTERVAL 1 HOUR with b."
        sql.wrong(node, f"date_diff('{unit.lower()}', …) counts differently in another engine.", then)
    elif unit == "DAY" and any(
        _is(side, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ)
        for side in (node.this, node.args.get("expression"))
    ):
        then = "Cast both to DATE: date_diff('day', a::DATE, b::DATE)."
        sql.wrong(node, "date_diff('day', …) between timestamps counts differently in another engine.", then)


def _check_format(sql: Sql, node: exp.Expr) -> None:
    wanted = node.args.get("format")
    letters = wanted.name.split("%")[1:] if isinstance(wanted, exp.Literal) else [""]
    if any(part[:1] not in PORTABLE_FORMAT or not part for part in letters):
        then = "Use only %Y %m %d %H %M %S."
        sql.wrong(node, "this format of strftime is not written alike by every engine.", then)


_CHECKS: tuple[tuple[tuple[type[exp.Expr], ...], Callable[[Sql, exp.Expr], None]], ...] = (
    ((exp.Sum, exp.Avg), _check_sum),
    ((exp.ArrayAgg, exp.GroupConcat), _check_list),
    ((exp.ArgMin, exp.ArgMax), _check_extreme),
    ((exp.Window,), _check_window),
    (COMPARED, _check_comparison),
    ((exp.Sub,), _check_difference),
    ((exp.DateDiff,), _check_date_diff),
    ((exp.Extract,), _check_extract),
    ((exp.TimeToStr,), _check_format),
)
