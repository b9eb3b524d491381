"""One piece of SQL in a rule's file: read once, and able to say on which line anything stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema
from sqlglot.tokenizer_core import Token

from qingfeng.screening.rulebook.rule import Violation
from qingfeng.screening.rulebook.schema import schema

DIALECT = "duckdb"


@dataclass
class Sql:
    """A SELECT, or a predicate of the header written out as one.

    Attributes:
        path: The rule's file.
        text: The SQL; for the SELECT itself the file with its header blanked out.
        line_at: From an offset in `text` to a line of the file.
        violations: Where violations go.
    """

    path: Path
    text: str
    line_at: Callable[[int], int]
    violations: list[Violation] = field(default_factory=list)

    def wrong(self, at: int | exp.Expr, what: str, then: str) -> None:
        """Note a violation where an offset or a node of the tree stands."""
        offset = at if isinstance(at, int) else _offset(at)
        self.violations.append(Violation(self.path, self.line_at(offset), what, then))

    def top(self, what: str, then: str) -> None:
        """Note a violation of the whole, where its outermost SELECT begins."""
        self.wrong(self._top, what, then)

    @cached_property
    def _top(self) -> int:
        depth, found = 0, 0
        for token in self.tokens:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0 and token.text.upper() == "SELECT":
                found = token.start
        return found

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens."""
        return sqlglot.tokenize(self.text, read=DIALECT)

    @cached_property
    def trees(self) -> list[exp.Expr]:
        """One tree a statement.

        Raises:
            SqlglotError: If it cannot be parsed.
        """
        return [tree for tree in sqlglot.parse(self.text, read=DIALECT) if tree is not None]

    @cached_property
    def typed(self) -> exp.Expr | None:
        """The tree with every column's table and type, or None if that cannot be told."""
        tree = self.trees[0].copy()
        for division in list(tree.find_all(exp.Div)):  # DuckDB divides decimals in DOUBLE
            division.replace(exp.Cast(this=division.copy(), to=exp.DataType.build("DOUBLE")))
        try:
            qualified = qualify(
                tree,
                schema=_known(),
                dialect=DIALECT,
                validate_qualify_columns=False,
                quote_identifiers=False,
                identify=False,
            )
            return annotate_types(qualified, schema=_known(), dialect=DIALECT)
        except SqlglotError:
            return None

    @cached_property
    def named(self) -> frozenset[str]:
        """Names that the statement gives to tables of its own, in lower case."""
        return frozenset(cte.alias.lower() for tree in self.trees for cte in tree.find_all(exp.CTE))


@cache
def _known() -> MappingSchema:
    return MappingSchema(dict(schema()), dialect=DIALECT)


def _offset(node: exp.Expr) -> int:
    """Return where a node starts: the first offset in it, else that of a parent's."""
    here: exp.Expr | None = node
    while here is not None:
        starts = [one.meta["start"] for one in here.walk() if "start" in one.meta]
        if starts:
            return int(min(starts))
        here = here.parent
    return 0
