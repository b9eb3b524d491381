"""Sheets with a column an item (基本工资, 津贴补贴, 绩效 …): each filled cell becomes a row.

Which columns are items a mapping says. A wide sheet is staged as it stands; whoever reads
it reads it through `unpivoted`, where a row of the sheet is there once for each item that
is filled, with the header as `item` and the cell as `amount`. Such rows are counted as rows
in, kept, rejected and duplicates; all have the sheet's row number. A row without any filled
item is there once, without item and amount, so that nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake import headers as spelt
from qingfeng.screening.intake.derive import q
from qingfeng.screening.normalise import typed
from qingfeng.screening.tables import Table, tables

if TYPE_CHECKING:
    from qingfeng.screening.intake.mapping import FileMapping
    from qingfeng.screening.intake.recognise import ColumnReading, Reading

ITEM, AMOUNT = "item", "amount"
PLACE = "item_no"  # of an item among the sheet's items, from 1; 0 if none is filled


def has_items(table: Table) -> bool:
    """Tell whether a table's rows are items with an amount, and no lists hang on them."""
    lists = any(column.type == "list" for column in table.columns.values())
    return {ITEM, AMOUNT} <= table.columns.keys() and not lists


def itemised(columns: Sequence[ColumnReading], table: str, told: FileMapping) -> tuple[ColumnReading, ...]:
    """Say of every column of a wide sheet whether it is an item.

    Args:
        columns: As recognised; the mapping's items were taken for `amount`.
        table: Declared table of the sheet.
        told: The mapping.

    Raises:
        Problem: If items are in different units.
    """
    out = []
    for column in columns:
        if column.table == table and column.column == AMOUNT:
            out.append(replace(column, why=f"an item: a filled cell is a row of {table}"))
        elif column.table == table and column.column == ITEM:
            out.append(replace(column, table="", column="", why="the mapping names the items: dropped."))
        elif not column.column and _is_amount(column.header, table):
            out.append(replace(column, why="amount is read from the items: dropped."))
        else:
            out.append(column)
    if len({column.factor for column in out if column.column == AMOUNT}) > 1:
        raise Problem(
            "The items of a mapping have different units.",
            where=f"{told.where} for {told.path or 'a remembered header'}",
            then="Give each of them the same unit under [file.units].",
        )
    return tuple(out)


def staged_items(columns: Sequence[ColumnReading]) -> dict[int, str]:
    """Return position to staged name of each item of a wide sheet."""
    return {column.position: f"{AMOUNT}#{column.position}" for column in columns if column.column == AMOUNT}


def item_numbers(reading: Reading) -> dict[str, str]:
    """Return the items of a wide sheet, each with the SQL that reads it from the sheet as it is staged."""
    factors = [column.factor for column in reading.columns if column.column == AMOUNT]
    return {
        item: typed(tables()[reading.table].columns[AMOUNT], source=q(name), factor=factors[0]).stored[AMOUNT]
        for name, item in reading.items.items()
    }


def unpivoted(rows: str, items: Mapping[str, str]) -> str:
    """Return SQL after FROM of a staged sheet with a row an item.

    Args:
        rows: SQL after FROM of the staged sheet.
        items: Staged name to item; empty for a sheet that is not wide.
    """
    if not items:
        return rows
    structs = ", ".join(
        f"{{'{ITEM}': {_literal(item)}, '{AMOUNT}': {q(name)}, '{PLACE}': {place}}}"
        for place, (name, item) in enumerate(items.items(), 1)
    )
    nothing = f"{{'{ITEM}': CAST(NULL AS VARCHAR), '{AMOUNT}': CAST(NULL AS VARCHAR), '{PLACE}': 0}}"
    filled = f"list_filter([{structs}], lambda x: x.{AMOUNT} IS NOT NULL)"
    each = f"CASE WHEN row_kind = 'data' AND len({filled}) > 0 THEN {filled} ELSE [{nothing}] END"
    wide = f"SELECT * EXCLUDE ({', '.join(map(q, items))}), unnest({each}) AS told FROM {rows}"
    return f"(SELECT * EXCLUDE (told), told.{ITEM}, told.{AMOUNT}, told.{PLACE} FROM ({wide}))"


def _is_amount(header: str, table: str) -> bool:
    return any(
        spelling.table == table and spelling.column == AMOUNT for _, spelling in spelt.meanings_of(header)
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
