"""Which columns a rule reads: for its page, and for whoever wants to read no others."""

from __future__ import annotations

import re

from sqlglot import exp
from sqlglot.optimizer.scope import traverse_scope

from qingfeng.screening.rulebook.rule import Rule
from qingfeng.screening.rulebook.schema import schema
from qingfeng.screening.rulebook.sql import Sql

# Columns that say whose row it is or link it to others, not what the rule weighs.
NOT_WEIGHED = re.compile(
    r"row_id|given|quality_flags|.*_id|.*_h|.*_row|.*_raw|unit|name|summary|inv_key|plate_norm"
)


def columns_read(rule: Rule) -> dict[str, tuple[str, ...]]:
    """Return the stored columns that a rule's SELECT names: table to columns, in the tables' order.

    A table is there without columns if only its rows count. Where a column's table cannot be
    told, all columns of the rule's tables are.
    """
    tree = Sql(rule.path, rule.sql, lambda _at: 1).typed
    listed = rule.tables
    if tree is None:
        return {table: tuple(schema()[table]) for table in listed}
    found: dict[str, set[str]] = {table: set() for table in listed}
    for scope in traverse_scope(tree):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table) and source.name in found:
                found[source.name].add(column.name.lower())
    return {table: tuple(c for c in schema()[table] if c in columns) for table, columns in found.items()}


def judged_by(rule: Rule) -> tuple[str, ...]:
    """Return the columns that a rule weighs, as "table.column": what reports and pages mark."""
    return tuple(
        f"{table}.{column}"
        for table, columns in columns_read(rule).items()
        for column in sorted(columns)
        if not NOT_WEIGHED.fullmatch(column)
    )
