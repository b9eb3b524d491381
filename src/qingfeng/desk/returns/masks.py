"""Which cells of a return are hidden outside: small ones, and those that would give a small one away.

Tables of one line (its parts by columns) are closed by `plain.suppression`. What other lines say of the
same (checks that must hold, a line that counts a part of another, periods that add up to the year so far,
shares) is closed here, relation by relation, until nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qingfeng.desk.returns.grid import ALL, Grid, Line, Spot, values_at
from qingfeng.desk.returns.measures import Cell
from qingfeng.plain.suppression import TOTAL, hidden_cells


@dataclass(frozen=True)
class Relation:
    """A total and its parts; `rest` is what the total counts beyond them, which is never shown."""

    total: Spot
    parts: tuple[Spot, ...]
    rest: float = 0


def hidden(grid: Grid, *, least: int, besides: Collection[Spot] = ()) -> frozenset[Spot]:
    """Return the spots that are not shown.

    Args:
        grid: The table with its true numbers.
        least: From which count on a number is shown.
        besides: Spots that must be hidden for another reason: an earlier edition hid them, or the reader
            sees less than is counted.
    """
    found = {spot for spot, cell in grid.cells.items() if is_small(cell, _line(grid, spot), least)}
    found |= {spot for spot in besides if spot in grid.cells}
    relations = list(_relations(grid))
    while True:
        more = found | _in_tables(grid, found) | _in_relations(grid, relations, found, least)
        more |= _of_shares(grid, more)
        if more == found:
            return frozenset(found)
        found = more


def is_small(cell: Cell, line: Line | None, least: int) -> bool:
    """Return whether a number says something of fewer than `least`."""
    return line is not None and says_of_few(cell, line.measure.kind if line.measure else "share", least)


def says_of_few(cell: Cell, kind: str, least: int) -> bool:
    """Return whether a number of a kind of measure (`Measure.kind`) says something of fewer than `least`."""
    if cell.value is None:
        return False
    if kind == "share":
        of, part = cell.of or 0, cell.value
        return 0 < of < least or 0 < part < least or 0 < of - part < least
    if kind in {"sum", "median"}:
        return cell.of is None or 0 < cell.of < least
    return 0 < cell.value < least


def _line(grid: Grid, spot: Spot) -> Line | None:
    return grid.line(spot[0])


def _in_tables(grid: Grid, found: Collection[Spot]) -> set[Spot]:
    """Close the table of every line that counts: parts below it, values of the columns beside it."""
    more: set[Spot] = set()
    for head in (line for line in grid.lines if not line.is_part and line.measure and line.measure.adds):
        parts = [line for line in grid.lines if line.is_part and line.key[0] == head.key[0]]
        split = [column for column in grid.columns if column.value is not None]
        if split and (not parts or _adds(head, head.row.each)) and _adds(head, grid.said.split):
            more |= _table(grid, found, (head, parts), [column.key for column in split])
        elif not split and parts and _adds(head, head.row.each):
            for column in grid.columns:
                more |= _table(grid, found, (head, parts), [column.key], is_one=True)
    return more


def _adds(head: Line, key: str) -> bool:
    dimension = head.measure.dimension(key) if head.measure else None
    return dimension is not None and dimension.parts


def _table(
    grid: Grid,
    found: Collection[Spot],
    lines: tuple[Line, list[Line]],
    columns: list[str],
    *,
    is_one: bool = False,
) -> set[Spot]:
    head, parts = lines
    inner = parts or [head]
    spots: dict[tuple[str, ...], Spot] = {}
    for line in inner:
        for column in columns:
            spots[line.key[1] or "-", column] = (line.key, column)
    shown_margins = [(0,)] if parts and not is_one else []
    for line in inner if parts else [head]:
        spots[line.key[1] or "-", TOTAL] = (line.key, "this")
    for column in columns:
        spots[TOTAL, column] = (head.key, column)
    spots[TOTAL, TOTAL] = (head.key, "this")
    margins: list[tuple[int, ...]] = [(1,)] if is_one else [*shown_margins, (1,), ()] if parts else [(0,)]
    table = {
        key: float(grid.cell(*spot).value or 0)
        for key, spot in spots.items()
        if TOTAL not in key and spot in grid.cells
    }
    if not table:
        return set()
    wanted = {
        key for key, spot in spots.items() if spot in found and (TOTAL not in key or _kept(key) in margins)
    }
    return {spots[key] for key in hidden_cells(table, sensitive=wanted, margins=margins) if key in spots}


def _kept(key: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(place for place, part in enumerate(key) if part != TOTAL)


def _relations(grid: Grid) -> Iterator[Relation]:
    for column in grid.columns:
        yield from _of_checks(grid, column.key)
        yield from _of_twins(grid, column.key)
        yield from _of_parts(grid, column.key)
        yield from _of_lists(grid, column.key)
    for line in grid.lines:
        yield from _of_periods(grid, line)
        yield from _of_columns(grid, line)


def _of_checks(grid: Grid, column: str) -> Iterator[Relation]:
    for check in grid.said.checks:
        sides = (check.right, check.left) if check.relation == "<=" else (check.left, check.right)
        total, parts = sides if len(sides[0]) == 1 else sides[::-1]
        if len(total) == 1:
            yield from _relation(grid, ((total[0], ALL), column), [((key, ALL), column) for key in parts])


def _of_twins(grid: Grid, column: str) -> Iterator[Relation]:
    """Yield that two lines which count the same say the same."""
    first: dict[tuple[str, frozenset[tuple[str, str]]], Line] = {}
    for line in grid.lines:
        if line.measure is not None:
            one = first.setdefault((line.measure.key, frozenset(values_at(line).items())), line)
            if one is not line:
                yield from _relation(grid, (one.key, column), [(line.key, column)])


def _of_parts(grid: Grid, column: str) -> Iterator[Relation]:
    """Yield what lines that count single values of a measure are to the line that counts all of it."""
    heads = [line for line in grid.lines if not line.is_part and line.measure and line.measure.adds]
    for whole in (line for line in heads if not line.row.only):
        found: dict[tuple[str, ...], dict[str, Spot]] = {}
        for part in heads:
            if part.row.only and part.row.measure == whole.row.measure:
                key, value = part.row.only
                together = (key,) if _adds(part, key) else (key, value)
                found.setdefault(together, {})[value] = (part.key, column)
        for parts in found.values():
            yield from _relation(grid, (whole.key, column), list(parts.values()))


def _of_lists(grid: Grid, column: str) -> Iterator[Relation]:
    for head in (line for line in grid.lines if not line.is_part and line.measure and line.measure.adds):
        parts = [line for line in grid.lines if line.is_part and line.key[0] == head.key[0]]
        if parts and _adds(head, head.row.each):
            yield from _relation(grid, (head.key, column), [(line.key, column) for line in parts])


def _of_columns(grid: Grid, line: Line) -> Iterator[Relation]:
    if line.measure and line.measure.adds and _adds(line, grid.said.split):
        split = [(line.key, column.key) for column in grid.columns if column.value is not None]
        yield from _relation(grid, (line.key, "this"), split)


def _of_periods(grid: Grid, line: Line) -> Iterator[Relation]:
    """Yield what this and the last period are to the year so far; of what flows, not of a stock."""
    keys = {column.key for column in grid.columns}
    if line.measure is None or not line.measure.adds or line.measure.basis != "flow":
        return
    if "cumulative" in keys:
        for parts in (["this"], ["this", "last"]):
            there = [(line.key, key) for key in parts if key in keys]
            if len(there) == len(parts):
                yield from _relation(grid, (line.key, "cumulative"), there)


def _relation(grid: Grid, total: Spot, parts: list[Spot]) -> Iterator[Relation]:
    there = [spot for spot in parts if spot in grid.cells]
    whole = grid.cells.get(total, Cell(None)).value
    if whole is None or not there:
        return
    rest = whole - sum(grid.cells[spot].value or 0 for spot in there)
    if rest >= 0:  # otherwise it is no sum: a check that does not hold, a period of another year
        yield Relation(total, tuple(there), rest)


def _in_relations(grid: Grid, relations: list[Relation], found: Collection[Spot], least: int) -> set[Spot]:
    """Hide in every relation that gives a hidden number away, or bounds it as small."""
    more: set[Spot] = set()
    for one in relations:
        gone = {*found, *more}
        parts = [spot for spot in one.parts if spot in gone]
        shown = sorted(
            (spot for spot in one.parts if spot not in gone),
            key=lambda spot: (_value(grid, spot) == 0, _value(grid, spot), spot),
        )
        if one.total in gone:
            if not parts and not one.rest:
                more.add(shown[0]) if shown else None
            continue
        while _tells(grid, one, parts, least):
            if not shown:
                more.add(one.total)
                break
            parts.append(shown.pop(0))
            more.add(parts[-1])
    return more


def _tells(grid: Grid, one: Relation, parts: list[Spot], least: int) -> bool:
    """Return whether a shown total and what is shown of its parts tell of fewer than `least`."""
    left = one.rest + sum(_value(grid, spot) for spot in parts)
    unknown = len(parts) + (1 if one.rest else 0)
    return 0 < left < least or (unknown == 1 and bool(parts))


def _value(grid: Grid, spot: Spot) -> float:
    return grid.cells[spot].value or 0


def _of_shares(grid: Grid, found: Collection[Spot]) -> set[Spot]:
    """Hide a share whose part or whole is hidden, and what a shown share would tell of them."""
    more: set[Spot] = set()
    for line in (one for one in grid.lines if one.measure is None):
        for column in grid.columns:
            spot = (line.key, column.key)
            sides = [((line.row.part, ALL), column.key), ((line.row.whole, ALL), column.key)]
            if spot in grid.cells and any(one in found for one in sides):
                more.add(spot)
            elif spot in found and all(one not in found for one in sides):
                more.add(sides[0])
    return more
