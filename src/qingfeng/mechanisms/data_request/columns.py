"""Columns that can be asked for: those of the declared tables, and nothing else."""

from __future__ import annotations

from django.utils.translation import get_language

from qingfeng.screening.tables import Column, Table, tables

DOT = " · "


def choices() -> list[tuple[str, str]]:
    """Return every column as `table.column` with its name in the reader's language, table by table."""
    chinese = (get_language() or "zh").startswith("zh")
    return [
        (f"{table.name}.{column.name}", named(table, column, chinese=chinese))
        for table in sorted(tables().values(), key=lambda one: one.term)
        for column in table.columns.values()
    ]


def named(table: Table, column: Column, *, chinese: bool) -> str:
    """Return what a column is called: in Chinese as offices head it, else by its declared name."""
    if not chinese:
        return f"{table.title}{DOT}{column.name}"
    return f"{table.term}{DOT}{column.headers[0] if column.headers else column.name}"
