"""Findings and judged rows by rule, unit and month: one scan a table, whatever number of letters asks.

The rows that a rule could judge are those it is about and did not leave out, as `run.counting` counts
them; here they are counted by unit and month of the table's time. Findings come from the run that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc
import pyarrow.parquet as pq

from qingfeng.screening.correction.comparing import Counts
from qingfeng.screening.engines.duckdb_engine import connect, mount
from qingfeng.screening.run.counting import judged_by_unit_and_month
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qingfeng.screening.home import Home
    from qingfeng.screening.lake import Snapshot
    from qingfeng.screening.rulebook import Rule
    from qingfeng.screening.run import Run

Cell = tuple[str, str, str]  # rule, unit, month


@dataclass(frozen=True)
class Cube:
    """Counts by rule, unit and month.

    Attributes:
        cells: What is not there is nothing found in nothing judged.
        unread: Rules of which nothing can be said by unit and month, with the reason.
    """

    cells: Mapping[Cell, Counts]
    unread: Mapping[str, str]

    def counts(self, rule: str, unit: str, months: Iterable[str]) -> Counts:
        """Return what a rule found, and could judge, in a unit's months."""
        nothing = Counts(0, 0)
        return sum((self.cells.get((rule, unit, month), nothing) for month in months), nothing)

    def months(self, rule: str) -> tuple[str, ...]:
        """Return the months in which a rule could judge anything, sorted."""
        return tuple(sorted({month for name, _, month in self.cells if name == rule}))

    def units(self, rule: str) -> tuple[str, ...]:
        """Return the units of which a rule could judge anything, sorted."""
        return tuple(sorted({unit for name, unit, _ in self.cells if name == rule}))


def count_by_unit_and_month(home: Home, snapshot: Snapshot, run: Run, rules: Sequence[Rule]) -> Cube:
    """Count a run's findings and what its rules could judge, by unit and month.

    Args:
        home: Where the run was kept, and where the engine spills to.
        snapshot: The records that the run screened.
        run: The run.
        rules: Those to count for; each needs a table with a unit and a time.

    Raises:
        duckdb.Error: If a rule's predicates cannot be evaluated.
    """
    read, unread = _readable(rules)
    with closing(connect(home)) as con:
        mount(con, snapshot, as_of=run.as_of)
        judged = judged_by_unit_and_month(con, read)
    found = _found(run, {rule.id for rule in read})
    cells = {
        cell: Counts(found.get(cell, 0), max(judged.get(cell, 0), found.get(cell, 0)))
        for cell in judged.keys() | found.keys()
    }
    return Cube(cells, unread)


def _readable(rules: Sequence[Rule]) -> tuple[list[Rule], dict[str, str]]:
    read: list[Rule] = []
    unread: dict[str, str] = {}
    for rule in rules:
        table = tables().get(rule.about)
        if table is None or not table.time or "unit_id" not in table.stored():
            unread[rule.id] = "its rows have no unit or no day"
        else:
            read.append(rule)
    return read, unread


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
