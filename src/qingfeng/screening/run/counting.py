"""Rows read, applicable and excluded: for all rules on one table from one scan of it.

Most predicates that cost something (a plate among the exempt vehicles, a name like a
hotel's) ask the same few texts of very many rows. So rows are first counted by those
texts and by what the cheap predicates say, and the dear ones are asked once a group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb
import sqlglot
from sqlglot import exp

from qingfeng.screening.rulebook.rule import Rule, Value, dollars
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLED = 10  # one row in so many is looked at to see how many groups there would be
ROWS_A_GROUP = 4  # fewer than that, and counting groups costs more than it saves


@dataclass(frozen=True)
class Count:
    """What one rule's table holds for it.

    Attributes:
        applicable: Rows the rule is about.
        excluded: Reason to rows, each under the first reason that holds.
        error: The engine's words if the predicates could not be evaluated, else "".
    """

    applicable: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True)
class TableCount:
    """One table as it is screened.

    Attributes:
        rows: Number of rows.
        since: First day of its time column, or None.
        until: Last day, or None.
    """

    rows: int
    since: date | None = None
    until: date | None = None


class _Scan:
    """One SELECT over one table that counts for several rules at once."""

    def __init__(self, table: str, alias: str) -> None:
        self.table, self.alias = table, alias
        self.values: dict[str, Value] = {}
        self._flags: dict[str, str] = {}  # predicate as bound -> name of its column
        self.counts: list[str] = []
        self._rules: list[tuple[Rule, int]] = []

    def add(self, rule: Rule) -> None:
        """Count for a rule too."""
        self._rules.append((rule, len(self.counts)))
        holds = [f"{self._flag(rule, rule.applies)} IS TRUE"] if rule.applies else []
        self.counts.append(_filtered(holds))
        for predicate in rule.excluded.values():
            flag = self._flag(rule, predicate)
            self.counts.append(_filtered([*holds, f"{flag} IS TRUE"]))
            holds.append(f"{flag} IS NOT TRUE")

    def _flag(self, rule: Rule, predicate: str) -> str:
        sql, values = rule.bind(predicate)
        for name, start, end in reversed(dollars(sql)):
            # Another rule may have a parameter of the same name and another value.
            shared = f"{name}_{_value_key(values[name])}"
            self.values[shared] = values[name]
            sql = f"{sql[:start]}${shared}{sql[end:]}"
        return self._flags.setdefault(sql, f"flag_{len(self._flags)}")

    def sql(self, keys: Sequence[str] = ()) -> str:
        """Return the SELECT: rows, first and last day, then the counts in their order.

        Args:
            keys: Columns to count groups by; predicates that are dear and ask nothing else wait
                for the groups.
        """
        time = _time(self.table)
        late = {name for predicate, name in self._flags.items() if self._waits_for(predicate, keys)}
        early = [f"({predicate}) AS {name}" for predicate, name in self._flags.items() if name not in late]
        ends = f"min({self.alias}.{time}) AS qf_since, max({self.alias}.{time}) AS qf_until" if time else ""
        inner = ", ".join(filter(None, [*(f"{self.alias}.{key}" for key in keys), *early, ends]))
        flags = [
            f"({predicate}) AS {name}" if name in late else name for predicate, name in self._flags.items()
        ]
        middle = ", ".join(["qf_rows", *(("qf_since", "qf_until") if time else ()), *flags])
        days = "CAST(min(qf_since) AS DATE), CAST(max(qf_until) AS DATE)" if time else "NULL, NULL"
        outer = ", ".join([_filtered([]), days, *self.counts])
        grouped = f"SELECT count(*) AS qf_rows, {inner} FROM {self.table} AS {self.alias} GROUP BY ALL"
        return f"SELECT {outer} FROM (SELECT {middle} FROM ({grouped}) AS {self.alias})"

    def keys(self, con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
        """Return the columns that are worth counting groups by: few texts for many rows."""
        keys: set[str] = set()
        for asked in sorted({self._asks(predicate) for predicate in self._flags}, key=sorted):
            more = keys | asked
            if not asked or more == keys:
                continue
            (rows,) = con.execute(f"SELECT count(*) FROM {self.table}").fetchall()[0]
            listed = ", ".join(sorted(more))
            seen = f"SELECT {listed} FROM {self.table} LIMIT {rows // SAMPLED}"
            (groups,) = con.execute(f"SELECT count(*) FROM (SELECT DISTINCT * FROM ({seen}))").fetchall()[0]
            if groups * ROWS_A_GROUP <= rows // SAMPLED:
                keys = more
        return tuple(sorted(keys))

    def _asks(self, predicate: str) -> frozenset[str]:
        return _asked(predicate, self.table, self.alias)

    def _waits_for(self, predicate: str, keys: Sequence[str]) -> bool:
        asked = self._asks(predicate)
        return bool(asked) and asked <= set(keys)

    def answers(self, row: Sequence[Any]) -> Iterator[tuple[str, Count]]:
        """Yield each rule's counts out of the answer's row."""
        for rule, first in self._rules:
            told = row[first : first + 1 + len(rule.excluded)]
            excluded = dict(zip(rule.excluded, told[1:], strict=True))
            yield rule.id, Count(told[0], excluded)

    def reached(self, *keys: str) -> str:
        """Return the SELECT of the rows within each rule's reach, in the rules' order, by some columns.

        Within its reach is what it does not leave out, whether or not `applies` holds: who stops filling up
        on rest days has no rows to be judged any more, and has mended.

        Args:
            keys: SQL over the table's row, to count by; rows of which one is unknown are left out.
        """
        counts = []
        for rule, _ in self._rules:
            holds = [f"{self._flag(rule, one)} IS NOT TRUE" for one in rule.excluded.values()]
            counts.append(f"count(*) FILTER (WHERE {' AND '.join(holds) or 'true'})")
        flags = [f"({predicate}) AS {name}" for predicate, name in self._flags.items()]
        named = [f"{key} AS key_{place}" for place, key in enumerate(keys)]
        columns = [f"key_{place}" for place in range(len(keys))]
        known = " AND ".join(f"{column} IS NOT NULL" for column in columns)
        inner = f"SELECT {', '.join([*named, *flags])} FROM {self.table} AS {self.alias}"
        return f"SELECT {', '.join([*columns, *counts])} FROM ({inner}) WHERE {known} GROUP BY ALL"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those it counts for."""
        return tuple(rule for rule, _ in self._rules)


def count(
    con: duckdb.DuckDBPyConnection, rules: Iterable[Rule], more: Iterable[str] = ()
) -> tuple[dict[str, TableCount], dict[str, Count]]:
    """Count the tables that rules are about.

    Args:
        con: Mounted.
        rules: Those to count for.
        more: Tables of which only rows and period are wanted.

    Returns:
        Tables by name, and counts by rule id. A predicate that the engine cannot
        evaluate costs the rule that has it, and no other.
    """
    scans: dict[tuple[str, str], _Scan] = {}
    for rule in rules:
        place = (rule.about, _alias(rule))
        scans.setdefault(place, _Scan(*place)).add(rule)
    for table in sorted(set(more) - {table for table, _ in scans}):
        scans[table, table] = _Scan(table, table)
    known: dict[str, TableCount] = {}
    counts: dict[str, Count] = {}
    for scan in scans.values():
        try:
            row = con.execute(scan.sql(scan.keys(con)), scan.values).fetchall()[0]
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            known.setdefault(scan.table, _bare(con, scan.table))
            counts |= _one_by_one(con, scan)
            if not scan.rules:
                raise error from None
            continue
        known[scan.table] = TableCount(row[0], row[1], row[2])
        counts |= dict(scan.answers(row[3:]))
    return known, counts


def reached_by_unit_and_month(
    con: duckdb.DuckDBPyConnection, rules: Iterable[Rule]
) -> dict[tuple[str, str, str], int]:
    """Count the rows within the reach of rules by unit and month: one scan a table.

    Args:
        con: Mounted.
        rules: Rules about a table with a unit and a time.

    Returns:
        (rule, unit, month as 2026-01) to rows that the rule does not leave out; what is not there is none.

    Raises:
        duckdb.Error: If a predicate cannot be evaluated.
    """
    scans: dict[tuple[str, str], _Scan] = {}
    for rule in rules:
        place = (rule.about, _alias(rule))
        scans.setdefault(place, _Scan(*place)).add(replace(rule, applies=""))
    found: dict[tuple[str, str, str], int] = {}
    for scan in scans.values():
        unit, month = f"{scan.alias}.unit_id", f"strftime({scan.alias}.{_time(scan.table)}, '%Y-%m')"
        for unit_id, when, *counts in con.execute(scan.reached(unit, month), scan.values).fetchall():
            for rule, counted in zip(scan.rules, counts, strict=True):
                if counted:
                    found[rule.id, unit_id, when] = int(counted)
    return found


def _one_by_one(con: duckdb.DuckDBPyConnection, scan: _Scan) -> dict[str, Count]:
    counts: dict[str, Count] = {}
    for rule in scan.rules:
        alone = _Scan(scan.table, scan.alias)
        alone.add(rule)
        try:
            row = con.execute(alone.sql(), alone.values).fetchall()[0]
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            counts[rule.id] = Count(error=str(error).partition("\n")[0])
        else:
            counts |= dict(alone.answers(row[3:]))
    return counts


def _bare(con: duckdb.DuckDBPyConnection, table: str) -> TableCount:
    return TableCount(*con.execute(_Scan(table, table).sql()).fetchall()[0])


def _filtered(holds: Sequence[str]) -> str:
    only = f" FILTER (WHERE {' AND '.join(holds)})" if holds else ""
    return f"CAST(coalesce(sum(qf_rows){only}, 0) AS BIGINT)"


@cache
def _asked(predicate: str, table: str, alias: str) -> frozenset[str]:
    """Return the columns that a predicate asks; none if it is cheap or asks more than texts of its row."""
    stored = tables()[table].stored() if table in tables() else {}
    tree = sqlglot.parse_one(predicate, read="duckdb")
    columns = list(tree.find_all(exp.Column))
    outer = [column for column in columns if not column.find_ancestor(exp.Select)]
    names = frozenset(column.name for column in outer)
    dear = len(columns) > len(outer) or tree.find(exp.Select, exp.RegexpLike, exp.RegexpFullMatch)
    # A column inside a subquery that does not say whose it is may be the row's own.
    alone = all(c.table and c.table not in (alias, table) for c in columns if c.find_ancestor(exp.Select))
    text = all(stored.get(name) == "VARCHAR" for name in names)
    return names if dear and alone and text else frozenset()


def _time(table: str) -> str:
    return tables()[table].time if table in tables() else ""


def _alias(rule: Rule) -> str:
    """Return the name that the rule's predicates, with dated parameters in them, give its table."""
    alias, dot, _ = rule.on.partition(".")
    if not dot:
        return rule.about
    predicates = " ".join(rule.bind(text)[0] for text in (rule.applies, *rule.excluded.values()))
    return alias if re.search(rf"\b{re.escape(alias)}\.", predicates) else rule.about


def _value_key(value: Value) -> str:
    return re.sub(r"\W", lambda hit: f"x{ord(hit[0]):x}", f"{type(value).__name__}_{value}", flags=re.ASCII)
