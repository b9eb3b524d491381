"""Findings and rows within reach by rule, unit and month: one scan a table, whatever number of letters asks.

Within a rule's reach are the rows of its table that it does not leave out; they are counted by unit and
month of the table's time. Where a rule is about a register or a list, the table behind it that has a unit
and a time stands for it. Findings come from the run that is kept. `keeping` writes a cube beside its run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from qingfeng.screening.correction.comparing import Counts
from qingfeng.screening.engines.duckdb_engine import connect, mount
from qingfeng.screening.run.counting import reached_by_unit_and_month
from qingfeng.screening.run.outcome import RAN
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb

    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Snapshot
    from qingfeng.screening.rulebook import Rule
    from qingfeng.screening.run import Run

Cell = tuple[str, str, str]  # rule (or table), unit, month
MONTHS = 60  # that months of vehicles and cards are kept of: bits of a number
SUBJECT_COLUMNS = {"plate": "plate_norm", "card": "card_h"}


@dataclass(frozen=True)
class Cube:
    """Counts by rule, unit and month, and whether the records are those of before.

    Attributes:
        cells: What is not there is nothing found in nothing.
        under: Cell to what would be found besides with the threshold moved a little (`Rule.under`).
        tables: Rule to the table whose rows are within its reach.
        unread: Rules of which nothing can be said by unit and month, with the reason.
        margins: Rules with a threshold that rows can keep just under.
        sources: (table, unit, month) to the numbers of the files that its rows came from.
        subject_of: Rule to the column of the vehicles or cards that it is about, `fuel.card_h`.
        subjects: (column, unit) to months, a bit each, to the number of vehicles or cards that left rows in
            exactly these; of the units that were asked for. Which they are is not kept.
        first_month: The month of the lowest bit.
    """

    cells: Mapping[Cell, Counts]
    unread: Mapping[str, str]
    under: Mapping[Cell, int] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    margins: frozenset[str] = frozenset()
    sources: Mapping[Cell, frozenset[int]] = field(default_factory=dict)
    subject_of: Mapping[str, str] = field(default_factory=dict)
    subjects: Mapping[tuple[str, str], Mapping[int, int]] = field(default_factory=dict)
    first_month: str = ""

    def counts(self, rule: str, unit: str, months: Iterable[str]) -> Counts:
        """Return what a rule found, of how many rows within its reach, in a unit's months."""
        nothing = Counts(0, 0)
        return sum((self.cells.get((rule, unit, month), nothing) for month in months), nothing)

    def just_under(self, rule: str, unit: str, months: Iterable[str]) -> Counts:
        """Return the rows just under a rule's threshold, of how many within its reach."""
        months = tuple(months)
        near = sum(self.under.get((rule, unit, month), 0) for month in months)
        return Counts(near, self.counts(rule, unit, months).exposure)

    def bits(self, months: Iterable[str]) -> int:
        """Return months as bits."""
        year, month = map(int, (self.first_month or "2000-01").split("-"))
        places = [(int(one[:4]) - year) * 12 + int(one[5:]) - month for one in months]
        return sum(1 << place for place in set(places) if 0 <= place < MONTHS)

    def months(self, rule: str) -> tuple[str, ...]:
        """Return the months in which rows were within a rule's reach, sorted."""
        return tuple(sorted({month for name, _, month in self.cells if name == rule}))

    def units(self, rule: str) -> tuple[str, ...]:
        """Return the units that had rows within a rule's reach, sorted."""
        return tuple(sorted({unit for name, unit, _ in self.cells if name == rule}))


def count_by_unit_and_month(
    home: Home, snapshot: Snapshot, run: Run, rules: Sequence[Rule], *, units: Collection[str] = ()
) -> Cube:
    """Count a run's findings and what was within its rules' reach, by unit and month.

    Args:
        home: Where the run was kept, and where the engine spills to.
        snapshot: The records that the run screened.
        run: The run.
        rules: Those to count for.
        units: Keys of the units whose vehicles and cards are wanted.

    Raises:
        duckdb.Error: If a rule's predicates cannot be evaluated.
    """
    read, unread = _readable(rules, {one.rule for one in run.rules if one.state == RAN})
    with closing(connect(home)) as con:
        mount(con, snapshot, as_of=run.as_of)
        reached = reached_by_unit_and_month(con, [standing for _rule, standing in read])
        found = _found(run, {rule.id for rule, _standing in read})
        near = _under(con, [rule for rule, _standing in read if rule.loosened])
        sources = _sources(con, sorted({standing.about for _rule, standing in read}))
        first = _first_month(run)
        subject_of, subjects = _subjects(con, [standing for _rule, standing in read], units, first)
    cells = {
        cell: Counts(found.get(cell, 0), max(reached.get(cell, 0), found.get(cell, 0)))
        for cell in reached.keys() | found.keys()
    }
    return Cube(
        cells,
        unread,
        under={cell: more for cell, all_ in near.items() if (more := all_ - found.get(cell, 0)) > 0},
        tables={rule.id: standing.about for rule, standing in read},
        margins=frozenset(rule.id for rule, _standing in read if rule.loosened),
        sources=sources,
        subject_of=subject_of,
        subjects=subjects,
        first_month=first,
    )


def _readable(rules: Sequence[Rule], ran: Collection[str]) -> tuple[list[tuple[Rule, Rule]], dict[str, str]]:
    """Return each rule with one about the table that stands for it, and those that have none."""
    read: list[tuple[Rule, Rule]] = []
    unread: dict[str, str] = {}
    for rule in rules:
        table = _standing_for(rule)
        if rule.id not in ran:
            unread[rule.id] = "it did not run"
        elif not table:
            unread[rule.id] = "its rows have no unit or no day"
        elif table == rule.about:
            read.append((rule, rule))
        else:
            bare = replace(rule, reads=(table,), reads_any=(), uses=(), on="", applies="", excluded={})
            read.append((rule, bare))
    return read, unread


def _standing_for(rule: Rule) -> str:
    declared = tables().get(rule.about)
    parent = (declared.parent,) if declared and declared.parent else ()
    for name in (rule.about, *parent, *rule.tables):
        table = tables().get(name)
        if table and table.time and "unit_id" in table.stored():
            return str(name)
    return ""


def _found(run: Run, rules: set[str]) -> dict[Cell, int]:
    kept = pq.read_table(run.folder / "findings.parquet", columns=["rule", "unit_id", "moment"])
    found: dict[Cell, int] = {}
    for batch in kept.to_batches():
        months = pc.strftime(batch.column("moment"), format="%Y-%m").to_pylist()
        for rule, unit, month in zip(
            batch.column("rule").to_pylist(), batch.column("unit_id").to_pylist(), months, strict=True
        ):
            if rule in rules and unit and month:
                found[rule, unit, month] = found.get((rule, unit, month), 0) + 1
    return found


def _under(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> dict[Cell, int]:
    """Run rules with their thresholds moved, and count what they find then."""
    found: dict[Cell, int] = {}
    for rule in rules:
        sql, values = rule.query(params=rule.loosened)
        counted = (
            f"""SELECT unit_id, strftime(CAST("at" AS TIMESTAMP), '%Y-%m'), count(*) FROM ({sql}) """
            """WHERE unit_id IS NOT NULL AND "at" IS NOT NULL GROUP BY ALL"""
        )
        for unit, month, rows in con.execute(counted, values).fetchall():
            found[rule.id, unit, month] = int(rows)
    return found


def _sources(con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[Cell, frozenset[int]]:
    found: dict[Cell, set[int]] = {}
    for name in names:
        sql = (
            f"SELECT DISTINCT unit_id, strftime({tables()[name].time}, '%Y-%m'), row_id >> 42 "
            f"FROM {name} WHERE unit_id IS NOT NULL AND {tables()[name].time} IS NOT NULL"
        )
        for unit, month, file_no in con.execute(sql).fetchall():
            found.setdefault((name, unit, month), set()).add(int(file_no))
    return {cell: frozenset(numbers) for cell, numbers in found.items()}


def _subjects(
    con: duckdb.DuckDBPyConnection, rules: Sequence[Rule], units: Collection[str], first_month: str
) -> tuple[dict[str, str], dict[tuple[str, str], dict[int, int]]]:
    """Return which vehicles or cards a rule is about, and in which months how many of a unit left rows."""
    asked: dict[str, str] = {}
    for rule in rules:
        column = SUBJECT_COLUMNS.get(rule.subject, "")
        if column in tables()[rule.about].stored():
            asked[rule.id] = f"{rule.about}.{column}"
    found: dict[tuple[str, str], dict[int, int]] = {}
    for group in sorted(set(asked.values())) if units else ():
        name, _, column = group.partition(".")
        place = f"date_diff('month', DATE '{first_month}-01', CAST({tables()[name].time} AS DATE))"
        sql = (
            "SELECT unit_id, months, count(*) FROM ("
            f"SELECT unit_id, bit_or(CAST(1 AS BIGINT) << {place}) AS months FROM {name} "
            f"WHERE {column} IS NOT NULL AND list_contains($units, unit_id) "
            f"AND {place} BETWEEN 0 AND {MONTHS - 1} GROUP BY unit_id, {column}) GROUP BY ALL"
        )
        for unit, months, many in con.execute(sql, {"units": sorted(units)}).fetchall():
            found.setdefault((group, unit), {})[int(months)] = int(many)
    return asked, found


def _first_month(run: Run) -> str:
    """Return the month that the first bit of months stands for: so long before the end of the records."""
    last = run.until or run.as_of
    number = last.year * 12 + last.month - MONTHS if last else 2000 * 12
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
