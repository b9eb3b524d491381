"""The grid: what was typed is read from a form and kept, row by row; blank rows are nobody's."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from qingfeng.desk.typing.models import TypedRow, TypedSheet
from qingfeng.screening.tables import Column, Table, tables

A_PAGE = 25  # rows that one form holds; with every column of the widest table a form stays small
MOST_ROWS = 1000
LONGEST_CELL = 500


@dataclass(frozen=True)
class Cell:
    """One box of the grid: its name in the form, its column, what stands in it."""

    name: str
    column: Column
    text: str


@dataclass(frozen=True)
class GridRow:
    """One row of the grid: its number, the page of the scan, its boxes."""

    no: int
    page: int
    cells: list[Cell]


def table_of(sheet: TypedSheet) -> Table:
    """Return the table that a sheet is typed as."""
    return tables()[sheet.table]


def columns_of(sheet: TypedSheet) -> list[Column]:
    """Return the columns of a sheet's grid, in order."""
    declared = table_of(sheet).columns
    return [declared[key] for key in sheet.columns if key in declared]


def head_of(column: Column) -> str:
    """Return how offices head a column; the file that is delivered heads it so."""
    return column.headers[0] if column.headers else column.name


def rows_from(sheet: TypedSheet, start: int) -> list[GridRow]:
    """Return the rows of one form, blank ones at the end to go on with.

    Args:
        sheet: The sheet.
        start: Number of the first row, from 1.
    """
    kept = {row.no: row for row in sheet.rows.filter(no__gte=start, no__lt=start + A_PAGE)}
    columns, page, made = columns_of(sheet), 1, []
    before = sheet.rows.filter(no__lt=start).last()
    page = before.page if before else 1
    for no in range(start, min(start + A_PAGE, MOST_ROWS + 1)):
        row = kept.get(no)
        page = row.page if row else page
        cells = [
            Cell(f"c-{no}-{one.name}", one, (row.cells if row else {}).get(one.name, "")) for one in columns
        ]
        made.append(GridRow(no, page, cells))
    return made


def keep_rows(sheet: TypedSheet, data: Mapping[str, str], start: int) -> int:
    """Keep what a form brings for its rows, and say how many rows the sheet has now.

    A row whose boxes are all blank is taken out; nothing else moves.
    """
    columns = [one.name for one in columns_of(sheet)]
    with transaction.atomic():
        held = TypedSheet.objects.select_for_update().get(pk=sheet.pk)
        if held.state != TypedSheet.State.TYPING:
            return held.rows.count()
        for no in range(start, min(start + A_PAGE, MOST_ROWS + 1)):
            cells = cells_in(data, f"c-{no}-", columns)
            if cells:
                values = {"cells": cells, "page": _page(data.get(f"p-{no}", ""))}
                TypedRow.objects.update_or_create(sheet=held, no=no, defaults=values)
            else:
                held.rows.filter(no=no).delete()
        held.kept_at = timezone.now()
        held.save(update_fields=["kept_at"])
        return held.rows.count()


def cells_in(data: Mapping[str, str], prefix: str, columns: list[str]) -> dict[str, str]:
    """Return the boxes of one row that are not blank, column to text."""
    typed = {key: data.get(f"{prefix}{key}", "").strip()[:LONGEST_CELL] for key in columns}
    return {key: text for key, text in typed.items() if text}


def _page(text: str) -> int:
    return min(max(int(text), 1), 9999) if text.isdigit() and len(text) < 5 else 1


def close_gaps(sheet: TypedSheet) -> int:
    """Number the rows anew without gaps and return how many there are; the caller's transaction."""
    rows = list(sheet.rows.all())
    for no, row in enumerate(rows, start=1):
        if row.no != no:
            TypedRow.objects.filter(pk=row.pk).update(no=no)
    return len(rows)


def same(one: str, other: str) -> bool:
    """Return whether two texts say the same: wide signs and spaces are no difference."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
