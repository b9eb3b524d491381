"""Whether a rule can run on these records, and if not, why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qingfeng.screening.rulebook.schema import REFERENCE
from qingfeng.screening.run.outcome import Reason, Skipped
from qingfeng.screening.tables import tables

if TYPE_CHECKING:
    from qingfeng.screening.lake import SheetRecord
    from qingfeng.screening.rulebook import Rule
    from qingfeng.screening.run.counting import TableCount

# These may be empty although everything was imported: nobody has to have been anywhere.
MAY_BE_EMPTY = frozenset({"at_place", "finding"})


@dataclass(frozen=True)
class Given:
    """Which columns the files of a snapshot give.

    Attributes:
        sheets: Those of the snapshot.
    """

    sheets: Sequence[SheetRecord]

    def lacking(self, table: str, column: str) -> Skipped | None:
        """Return the files with rows of the table but not the column, or None."""
        of = [sheet for sheet in self.sheets if sheet.kept.get(table)]
        without = sorted(
            f"{sheet.path}#{sheet.sheet}" if sheet.sheet else sheet.path
            for sheet in of
            if f",{column}," not in sheet.given.get(table, ",")
        )
        return Skipped(f"{table}.{column}", tuple(without), len(of)) if without else None

    def nobody_gives(self, need: str) -> bool:
        """Tell whether no file gives `table.column`."""
        table, _, column = need.partition(".")
        lacking = self.lacking(table, column)
        return lacking is not None and len(lacking.files) == lacking.of

    def skipped(self, rule: Rule) -> tuple[Skipped, ...]:
        """Return the rule's optional conditions that some file cannot answer."""
        told = (self.lacking(*entry.split(".", 1)) for entry in rule.optional)
        return tuple(skipped for skipped in told if skipped)


def absence(rule: Rule, full: Sequence[str], given: Given) -> Reason:
    """Return why a rule cannot run for want of a table or a column.

    Args:
        rule: The rule.
        full: Tables that have rows.
        given: What the files give.
    """
    for table in rule.reads:
        if table not in full and table not in MAY_BE_EMPTY:
            return Reason(f"there is no table {table}", f"没有{term(table)}（{table}）")
    for group in rule.reads_any:
        if not any(table in full for table in group):
            named = "、".join(f"{term(table)}（{table}）" for table in group)
            return Reason(f"there is none of the tables {', '.join(group)}", f"{named}一个都没有")
    for need in rule.needs:
        if given.nobody_gives(need):
            return Reason(f"no file gives {need}", f"没有文件提供 {need}")
    return Reason()


def stands_for(rule: Rule, full: Sequence[str]) -> str:
    """Return the table whose rows are counted: what the rule is about, or of its group one with rows."""
    group = next((group for group in rule.reads_any if rule.about in group), (rule.about,))
    return next((table for table in group if table in full), rule.about)


def without(rule: Rule, full: Sequence[str]) -> tuple[str, ...]:
    """Return the tables that a rule can do without and that have no rows."""
    spare = [table for table in rule.tables if table not in (*rule.reads, *full, "finding")]
    return tuple(spare)


def period_reason(rule: Rule, known: Mapping[str, TableCount]) -> Reason:
    """Return why a rule cannot run for want of a common period of its tables.

    Tables that have no rows do not count. Of a group of `reads_any` it is enough that one
    table overlaps with those that stand in no group; the others of it need not.
    """
    for together in rule.overlaps:
        dated = [table for table in together if table in known and known[table].since and known[table].until]
        free = [table for table in dated if any(table in group for group in rule.reads_any)]
        fixed = [table for table in dated if table not in free]
        pairs = [(table, other) for number, table in enumerate(fixed) for other in fixed[number + 1 :]]
        for group in rule.reads_any:
            apart = [[(f, t) for f in fixed if _are_apart(known, f, t)] for t in free if t in group]
            if apart and all(apart):
                pairs += [pair for told in apart for pair in told]
        apart_from = [pair for pair in pairs if _are_apart(known, *pair)]
        if apart_from:
            return _apart(known, *apart_from[0])
    return Reason()


def _are_apart(known: Mapping[str, TableCount], table: str, other: str) -> bool:
    one, two = known[table], known[other]
    if not (one.since and one.until and two.since and two.until):
        return False
    return one.since > two.until or two.since > one.until


def _apart(known: Mapping[str, TableCount], table: str, other: str) -> Reason:
    one, two = known[table], known[other]
    return Reason(
        f"the periods of {table} ({one.since} to {one.until}) and {other} "
        f"({two.since} to {two.until}) do not overlap",
        f"{term(table)}（{one.since}至{one.until}）与{term(other)}（{two.since}至{two.until}）期间不重叠",
    )


def calendar_reason(rows_by_year: Mapping[int, int], known_years: frozenset[int]) -> Reason:
    """Return why a rule that asks for rest days cannot run: a year's notice is missing.

    A year with less than one row in a hundred does not stop a rule (it is a wrong date
    more often than a year); its rows are counted as excluded instead.
    """
    total = sum(rows_by_year.values())
    missing = [year for year in missing_years(rows_by_year, known_years) if rows_by_year[year] * 100 >= total]
    if not missing:
        return Reason()
    years = ", ".join(map(str, missing))
    return Reason(f"the work calendar lacks {years}", f"工作日历缺 {years.replace(', ', '、')} 年")


def missing_years(rows_by_year: Mapping[int, int], known_years: frozenset[int]) -> tuple[int, ...]:
    """Return the years with rows whose calendar is not known."""
    return tuple(sorted(set(rows_by_year) - known_years))


def term(table: str) -> str:
    """Return a table's Chinese term."""
    return tables()[table].term if table in tables() and table not in REFERENCE else table
