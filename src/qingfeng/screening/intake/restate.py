"""Rows that lie in the lake and are no longer right: written anew, as a whole table.

A register that has grown tells whose an older row is; a corrected mapping takes a
sheet's rows back; a conflict is flagged on both sides. The old snapshots keep what
they had.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from qingfeng.screening.intake.derive import Deriving, as_base, q, worked_out
from qingfeng.screening.intake.registers import Registers
from qingfeng.screening.intake.rows import LINE_KEYS, LINKS, OWN_LINKS
from qingfeng.screening.tables import Table, tables


@dataclass(frozen=True)
class Restating:
    """How the lake's rows of a table become what they should be now.

    Attributes:
        con: The connection of the import.
        registers: The registers of now.
        relation: Lake table to SQL after FROM with its present rows, old and new, or "".
    """

    con: duckdb.DuckDBPyConnection
    registers: Registers
    relation: Callable[[str], str]

    def select(self, table: Table, old: str, marked: str, *, owners: bool) -> str:
        """Return the SELECT of a table's old rows as they should be.

        Args:
            table: The table.
            old: SQL after FROM of the old rows that stay.
            marked: Temporary table with flags for old rows, or "".
            owners: Whether units, owners and people are worked out anew.
        """
        if not owners:
            return flagged(f"SELECT * FROM {old}", marked) if marked else f"SELECT * FROM {old}"
        for column in table.columns.values():
            if column.type == "unit":
                self.registers.meet(old, q(column.name))
        return flagged(self._deriving(table).select(self._base(table, old)), marked)

    def changes(self, table: Table, old: str) -> bool:
        """Tell whether the registers of now say anything else about old rows."""
        for column in table.columns.values():
            if column.type == "unit":
                self.registers.meet(old, q(column.name))
        names = (
            sorted(worked_out(table)) + ["quality_flags"] + (["plate_norm"] if table.name == "fuel" else [])
        )
        base = self._base(table, old, carried=True)
        deriving = self._deriving(table, tuple("old#" + name for name in names))
        differs = " OR ".join(
            f"{q(name)} IS DISTINCT FROM {q('old#' + name)}" for name in names if name != "quality_flags"
        )
        # Flags keep their place in the text, so they are compared as sets.
        now, then = (f"list_sort(string_split({f}, ','))" for f in ("quality_flags", '"old#quality_flags"'))
        flags = f"{now} <> {then}"
        parent = table.parent + "_row"
        if parent in table.stored():
            differs = (
                f"{differs + ' OR ' if differs else ''}{q(parent)} IS DISTINCT FROM {q('old#' + parent)}"
            )
            deriving = self._deriving(table, (*deriving.carried, "old#" + parent))
        both = " OR ".join(filter(None, [differs, flags]))
        found = self.con.execute(f"SELECT 1 FROM ({deriving.select(base)}) WHERE {both} LIMIT 1").fetchone()
        return found is not None

    def _deriving(self, table: Table, carried: tuple[str, ...] = ()) -> Deriving:
        parent = self.relation(table.parent) if table.parent + "_row" in table.stored() else ""
        return Deriving(table, frozenset(table.columns), self.registers, parent, carried)

    def _base(self, table: Table, old: str, *, carried: bool = False) -> str:
        base = as_base(table, old, carried=(lambda name: "old#" + name) if carried else None)
        parent = table.parent + "_row"
        if parent not in table.stored():
            return base
        if carried:
            base = f"SELECT *, {q(parent)} AS {q('old#' + parent)} FROM ({base})"
        return with_parent(table, base, self.relation(table.parent), frozenset(table.columns))


def with_parent(child: Table, base: str, parents: str, have: frozenset[str]) -> str:
    """Return a list's rows with the row that each belongs to, where a file gives only its id.

    Args:
        child: The list's table.
        base: SELECT of its rows.
        parents: SQL after FROM of the parents' rows, or "".
        have: Declared columns that the rows may have.
    """
    link = child.parent + "_row"
    keys = [
        key for key in _shared(child) if any(n == key for c in have for n, _ in child.columns[c].stored())
    ]
    if not parents or not keys:
        return base
    same = " AND ".join(
        f"k.{q(key)} = b.{q(key)}" if place == 0 else f"k.{q(key)} IS NOT DISTINCT FROM b.{q(key)}"
        for place, key in enumerate(keys)
    )
    listed = ", ".join(map(q, keys))
    return (
        f"SELECT b.* REPLACE (coalesce(b.{q(link)}, k.row_id) AS {q(link)}) FROM ({base}) AS b "
        f"LEFT JOIN (SELECT {listed}, min(row_id) AS row_id FROM {parents} "
        f"WHERE {q(keys[0])} IS NOT NULL GROUP BY ALL) AS k "
        f"ON {same}"
    )


def _shared(child: Table) -> list[str]:
    """Return the columns by which a list's row names its parent, the telling one first."""
    parent = tables()[child.parent]
    links = LINKS | OWN_LINKS.get(child.name, frozenset())
    names = [n for n in child.stored() if n in links and n in parent.stored() and not n.endswith("_raw")]
    first = [*LINE_KEYS.get(parent.name, parent.natural_key), "voucher_no", "letter_no_norm"]
    telling = {"voucher": "voucher_no", "letter": "letter_no_norm"}.get(parent.name)
    return sorted(names, key=lambda n: (n != telling, first.index(n) if n in first else len(first)))


def flagged(select: str, marked: str) -> str:
    """Return rows with the flags that a table (row_id, flag) adds; "" adds none."""
    if not marked:
        return select
    return (
        "SELECT r.* REPLACE (CASE WHEN m.flags IS NULL THEN r.quality_flags "
        "ELSE r.quality_flags || m.flags END AS quality_flags) "
        f"FROM ({select}) AS r LEFT JOIN (SELECT row_id, "
        "string_agg(DISTINCT flag || ',', '' ORDER BY flag || ',') AS flags "
        f"FROM {marked} GROUP BY 1) AS m USING (row_id)"
    )
