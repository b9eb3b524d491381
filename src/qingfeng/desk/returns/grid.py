"""A return as a table: its lines and columns laid out from the answers to its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.returns import periods
from qingfeng.desk.returns.computing import Answers, can_add, split_of
from qingfeng.desk.returns.definitions import Row, Said
from qingfeng.desk.returns.measures import Cell, Dimension, Measure, Values, known
from qingfeng.look.said import dated

ALL = ""  # a line or column that is no part of a split: the total
LineKey = tuple[str, str]  # key of the row, value of its own split or ALL
Spot = tuple[LineKey, str]  # a line and the key of a column
NOTHING = Cell(None)


@dataclass(frozen=True)
class Column:
    """A column: the period it counts, and the value of the split where it is one.

    Attributes:
        key: In addresses.
        title: Its head.
        over: Head above, the same for neighbours that belong together.
        which: Period, of `periods.BESIDE`.
        value: Value of the split, None for the total and for periods.
    """

    key: str
    title: str
    over: str
    which: str
    value: str | None = None


@dataclass(frozen=True)
class Line:
    """A line: its row, the value of its own split (None for the row itself), and how it is read."""

    key: LineKey
    title: str
    row: Row
    measure: Measure | None
    value: str | None = None

    @property
    def unit(self) -> str:
        """The unit of its numbers."""
        return str(self.measure.unit) if self.measure else "%"

    @property
    def is_part(self) -> bool:
        """Whether it is a part of the line above."""
        return self.value is not None


@dataclass(frozen=True)
class Grid:
    """A table.

    Attributes:
        cells: By line and column; a spot without a cell has nothing to say.
        absent: Titles of lines left out because the house has no such measure.
    """

    said: Said
    columns: Sequence[Column]
    lines: Sequence[Line]
    cells: Mapping[Spot, Cell]
    absent: Sequence[str] = field(default_factory=list)

    def line(self, key: LineKey) -> Line | None:
        """Return a line by its key, None if there is none."""
        return next((one for one in self.lines if one.key == key), None)

    def column(self, key: str) -> Column | None:
        """Return a column by its key, None if there is none."""
        return next((one for one in self.columns if one.key == key), None)

    def cell(self, line: LineKey, column: str) -> Cell:
        """Return a cell; one that says nothing where there is none."""
        return self.cells.get((line, column), NOTHING)

    @property
    def unranked(self) -> Grid:
        """The same, its values in an order that says nothing of how large a hidden number is."""
        heads = {line.key[0]: place for place, line in enumerate(self.lines) if not line.is_part}
        split = (line.measure.dimension(self.said.split) for line in self.lines if line.measure)
        across = next((one for one in split if one), None)
        lines = sorted(
            self.lines,
            key=lambda line: (heads[line.key[0]], line.is_part, _place(_each_of(line), line.value or "")),
        )
        columns = sorted(
            self.columns,
            key=lambda one: (one.value is not None, one.value is not None and _place(across, one.value)),
        )
        return replace(self, lines=lines, columns=columns)


def _each_of(line: Line) -> Dimension | None:
    return line.measure.dimension(line.row.each) if line.measure and line.row.each else None


def _place(dimension: Dimension | None, value: str) -> tuple[int, bool, str]:
    choices = [one for one, _words in dimension.choices()] if dimension else []
    place = choices.index(value) if value in choices else len(choices)
    return place, value == "", value.zfill(12)


class _Answered:
    """The answers, asked for one value of each split."""

    def __init__(self, said: Said, answers: Answers) -> None:
        self.said, self.answers = said, answers

    def cells(self, measure: Measure, by: Values, which: str) -> Mapping[Values, Cell] | None:
        return self.answers.get(f"{measure.key}|{','.join(by)}|{which}")

    def cell(self, row: Row, measure: Measure, which: str, *, given: Mapping[str, str]) -> Cell:
        """Return a number for given values of dimensions; sums over the others."""
        full = split_of(row, self.said, measure)
        gone = [key for key in full if key not in given]
        if gone and not can_add(measure, gone):
            full, gone = tuple(key for key in full if key in given), []
        found = self.cells(measure, full, which)
        if found is None:
            return NOTHING
        wanted = {full.index(key): value for key, value in given.items() if key in full}
        here = [
            cell for values, cell in found.items() if all(values[at] == one for at, one in wanted.items())
        ]
        return _summed(here, measure)

    def seen(self, row: Row, measure: Measure, key: str) -> list[str]:
        """Return the values of a dimension that occur, the most frequent first."""
        dimension = measure.dimension(key)
        full = split_of(row, self.said, measure)
        total: dict[str, float] = {}
        for which in self.said.columns:
            for values, cell in (self.cells(measure, full, which) or {}).items():
                if row.only and values[full.index(row.only[0])] != row.only[1]:
                    continue
                at = values[full.index(key)]
                total[at] = total.get(at, 0) + (cell.value or 0)
        order = [value for value, _words in dimension.choices()] if dimension else []
        rest = sorted(total.keys() - set(order), key=lambda one: (one == "", -total[one], one))
        return [one for one in order if one in total] + rest


def _summed(cells: Sequence[Cell], measure: Measure) -> Cell:
    if not cells:
        return Cell(0) if measure.kind in {"count", "sum"} else NOTHING
    if len(cells) == 1:
        return cells[0]
    values = [one.value for one in cells if one.value is not None]
    wholes = [one.of for one in cells if one.of is not None]
    return Cell(sum(values) if values else None, sum(wholes) if wholes else None)


def laid_out(said: Said, answers: Answers, since: Any, until: Any) -> Grid:
    """Lay a return out.

    Args:
        said: The definition.
        answers: By the names of questions.
        since: First day of the period.
        until: Last day.
    """
    told, there = _Answered(said, answers), known()
    columns = _columns(said, told, periods.Days(since, until), there)
    lines, absent = [], []
    for row in said.rows:
        if row.measure and row.measure not in there:
            absent.append(row.title or row.measure)
            continue
        lines += list(_lines(row, told, there.get(row.measure)))
    cells = _counted(told, lines, columns)
    return Grid(said, columns, lines, cells | _shares(lines, columns, cells), absent)


def _columns(said: Said, told: _Answered, days: periods.Days, there: Mapping[str, Measure]) -> list[Column]:
    names = {
        "this": pgettext("return", "This period"),
        "last": pgettext("return", "Last period"),
        "year_ago": pgettext("return", "Same of last year"),
        "cumulative": pgettext("return", "Since 1 January"),
    }
    if not said.split:
        found = []
        for which in said.columns:
            span = periods.beside(said.period, days, which)
            found.append(Column(which, names[which], f"{span.since:%Y-%m-%d} — {span.until:%Y-%m-%d}", which))
        return found
    seen: dict[str, None] = {}
    words: dict[str, str] = {}
    name = said.split
    for row in said.rows:
        measure = there.get(row.measure)
        dimension = measure.dimension(said.split) if measure else None
        if measure is not None and dimension is not None:
            values = told.seen(row, measure, said.split)
            seen |= dict.fromkeys(values)
            words |= dimension.words(values)
            name = str(dimension.name)
    total = Column("this", pgettext("return", "Total"), "", "this")
    return [total, *(Column(f"v{at}", words.get(at, at), name, "this", at) for at in seen)]


def _lines(row: Row, told: _Answered, measure: Measure | None) -> Iterable[Line]:
    title = row.title or (str(measure.title) if measure else "")
    if row.only and measure and not row.title:
        dimension = measure.dimension(row.only[0])
        told_of = dimension.words([row.only[1]]).get(row.only[1], row.only[1]) if dimension else row.only[1]
        title = f"{title}：{told_of}"
    yield Line((row.key, ALL), title, row, measure)
    dimension = measure.dimension(row.each) if measure and row.each else None
    if measure is not None and dimension is not None:
        values = told.seen(row, measure, row.each)
        words = dimension.words(values)
        for value in values:
            yield Line((row.key, f"v{value}"), words.get(value, value), row, measure, value)


def _counted(told: _Answered, lines: Sequence[Line], columns: Sequence[Column]) -> dict[Spot, Cell]:
    cells: dict[Spot, Cell] = {}
    for line in lines:
        if line.measure is None:
            continue
        for column in columns:
            given = values_at(line)
            if column.value is not None and line.measure.dimension(told.said.split) is None:
                continue  # it cannot be split by what the columns are
            if column.value is not None:
                given[told.said.split] = column.value
            cells[line.key, column.key] = told.cell(line.row, line.measure, column.which, given=given)
    return cells


def values_at(line: Line) -> dict[str, str]:
    """Return the values of dimensions that a line stands for."""
    given = dict([line.row.only]) if len(line.row.only) == 2 else {}
    return given | ({line.row.each: line.value} if line.value is not None else {})


def _shares(lines: Sequence[Line], columns: Sequence[Column], cells: Mapping[Spot, Cell]) -> dict[Spot, Cell]:
    """Return the cells of lines that divide two others: part and whole, nothing where there is no whole."""
    found: dict[Spot, Cell] = {}
    for line in lines:
        if line.measure is not None:
            continue
        for column in columns:
            part = cells.get(((line.row.part, ALL), column.key), NOTHING).value
            whole = cells.get(((line.row.whole, ALL), column.key), NOTHING).value
            if part is not None and whole:
                found[line.key, column.key] = Cell(part, round(whole))
    return found


@dataclass(frozen=True)
class Failing:
    """A check that does not hold: its number, itself, the column, and both sides."""

    no: int
    words: str
    column: str
    left: float
    right: float


def failing(grid: Grid) -> list[Failing]:
    """Return the checks that do not hold, column by column."""
    found = []
    names = {line.key[0]: line.title for line in grid.lines if not line.is_part}
    for no, check in enumerate(grid.said.checks, 1):
        if not {*check.left, *check.right} <= names.keys():
            continue  # a line that the house cannot count; it is said above the table
        words = " ".join(
            (
                " + ".join(names[key] for key in check.left),
                check.relation.replace("<=", "≤").replace(">=", "≥"),
                " + ".join(names[key] for key in check.right),
            )
        )
        for column in grid.columns:
            sides = [
                sum(grid.cell((key, ALL), column.key).value or 0 for key in keys)
                for keys in (check.left, check.right)
            ]
            if not _holds(check.relation, *sides):
                found.append(Failing(no, words, column.title, *sides))
    return found


def _holds(relation: str, left: float, right: float) -> bool:
    if relation == "=":
        return abs(left - right) < 1e-9
    return left <= right if relation == "<=" else left >= right


def number(cell: Cell, line: Line) -> float | int | None:
    """Return a cell as a number: a share in per cent with one decimal, a whole number where it is one."""
    if cell.value is None:
        return None
    is_share = line.measure is None or line.measure.kind == "share"
    if is_share:
        return round(100 * cell.value / cell.of, 1) if cell.of else None
    return int(cell.value) if float(cell.value).is_integer() else round(cell.value, 2)


def in_words(cell: Cell, line: Line) -> str:
    """Return a cell as it is read."""
    value = number(cell, line)
    if value is None:
        return "—"
    if line.measure is None or line.measure.kind == "share":
        return f"{value:.1f} %"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def title_of(said: Said, office: Any) -> str:
    """Return the title with the office whose numbers these are."""
    return f"{office} · {said.title}" if office else said.title


def period_words(since: Any, until: Any) -> str:
    """Return the period in words."""
    return _("%(since)s to %(until)s") % {"since": dated(since), "until": dated(until)}
