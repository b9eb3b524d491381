"""Results of the assessment of earlier years (往年考核结果): read from XLSX or CSV, previewed, then kept.

Columns 对象编号, 年度, 总分, 等次: the number of a person, or the short name of a unit. Nothing is computed
from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.points import grades
from qingfeng.appraisal.points.earlier_file import plain, rows_of
from qingfeng.appraisal.points.tables import EarlierPoints
from qingfeng.journal.store import append
from qingfeng.matters.today import today
from qingfeng.organization.models import Person, Unit
from qingfeng.screening.errors import Problem

HEADS = ("对象编号", "年度", "总分", "等次")
GRADES = {
    "优秀": grades.EXCELLENT, "称职": grades.COMPETENT, "合格": grades.COMPETENT, "基本称职": grades.BASIC,
    "基本合格": grades.BASIC, "不称职": grades.FAILED, "不合格": grades.FAILED,
    "不定等次": grades.UNDETERMINED,
    "": "",
}  # fmt: skip
EARLIEST, MOST, HIGHEST = 2000, 5000, 115


@dataclass(frozen=True)
class Line:
    """One result as it was read.

    Attributes:
        row: Row of the sheet, from 1.
        of: `person` or `unit`.
        key: Whose.
        name: For showing.
        value: Points, as text.
        grade: Of `grades.ORDER`, or "".
    """

    row: int
    of: str
    key: int
    name: str
    year: int
    value: str
    grade: str

    @property
    def whose(self) -> tuple[str, int, int]:
        """Whose result of which year."""
        return self.of, self.key, self.year

    @property
    def says(self) -> tuple[str, str]:
        """What it says of them."""
        return self.value, self.grade


@dataclass(frozen=True)
class Reject:
    """A row that cannot be kept: its number, what stands in it under `HEADS`, and why."""

    row: int
    cells: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Read:
    """What a file holds.

    Attributes:
        lines: What can be kept.
        rejects: What cannot, in the order of the rows.
        there: How many say what is kept already.
    """

    lines: tuple[Line, ...]
    rejects: tuple[Reject, ...]
    there: int = 0


def read(data: bytes) -> Read:
    """Return what a file holds; nothing is kept.

    Two rows that say different things of the same person and year are both rejected, and so is what
    differs from a result that is kept already: which of them is right, nobody can see from here.

    Raises:
        Problem: If it is neither a workbook nor CSV, has other columns, or too many rows.
    """
    rows = rows_of(data, HEADS)
    if len(rows) > MOST:
        raise Problem(_("There are more than %(most)d rows.") % {"most": MOST}, then=_("Split the file."))
    ours = Person.objects.filter(posts__unit__is_ours=True).distinct()
    people = {plain(one.number): (one.pk, one.name) for one in ours}
    units = {plain(str(one)): (one.pk, str(one)) for one in Unit.objects.filter(is_ours=True)}
    rejects: list[Reject] = []
    held: dict[tuple[str, int, int], list[tuple[Line, tuple[str, ...]]]] = {}
    for no, cells in rows:
        found = _line(no, cells, people, units)
        if isinstance(found, str):
            rejects.append(Reject(no, cells, found))
        else:
            held.setdefault(found.whose, []).append((found, cells))
    lines, there = _apart_from_kept(list(_once(held, rejects)), rejects)
    return Read(tuple(one for one, _cells in lines), tuple(sorted(rejects, key=lambda one: one.row)), there)


Told = tuple[Line, tuple[str, ...]]


def _once(held: Mapping[tuple[str, int, int], list[Told]], rejects: list[Reject]) -> Iterator[Told]:
    """Yield one row for each, and reject the others: all of them where they do not say the same."""
    for rows in held.values():
        agree = len({line.says for line, _cells in rows}) == 1
        if agree:
            yield rows[0]
        for line, cells in rows[1:] if agree else rows:
            others = "、".join(str(one.row) for one, _cells in rows if one.row != line.row)
            words = (
                _("The same stands in row %(rows)s.")
                if agree
                else _("Row %(rows)s says something else of the same.")
            )
            rejects.append(Reject(line.row, cells, words % {"rows": others}))


def _apart_from_kept(rows: list[Told], rejects: list[Reject]) -> tuple[list[Told], int]:
    """Return rows that are new, and how many are kept already; reject those that say something else."""
    kept = {
        ("person" if person else "unit", person or unit, year): (str(value), grade)
        for person, unit, year, value, grade in EarlierPoints.objects.values_list(
            "person", "unit", "year", "value", "grade"
        )
    }
    new, there = [], 0
    for line, cells in rows:
        before = kept.get(line.whose)
        if before is None:
            new.append((line, cells))
        elif before == line.says:
            there += 1
        else:
            words = _("Another result is kept already: %(value)s points.") % {"value": before[0]}
            rejects.append(Reject(line.row, cells, words))
    return new, there


Known = dict[str, tuple[int, str]]


def _line(row: int, cells: Sequence[str], people: Known, units: Known) -> Line | str:
    number, year, value, grade = cells
    if number in people:
        of, (key, name) = "person", people[number]
    elif number in units:
        of, (key, name) = "unit", units[number]
    elif number in {name for _key, name in people.values()}:
        return _("This is a name: enter the number of the person, for names can be the same.")
    else:
        return _("There is no person of this number and no unit of this name.")
    year = year.removesuffix("年度").removesuffix("年")
    if not year.isdecimal() or not EARLIEST <= int(year) < today().year:
        return _("The year cannot be read, or is not over.")
    try:
        points = Decimal(value.removesuffix("分"))
    except InvalidOperation:
        return _("The points cannot be read.")
    if not points.is_finite() or not 0 <= points <= HIGHEST:
        return _("Points go from 0 to %(most)d.") % {"most": HIGHEST}
    if grade not in GRADES:
        return _("The grade cannot be read: %(grade)s.") % {"grade": grade}
    return Line(row, of, key, name, int(year), str(points.quantize(Decimal("0.01"))), GRADES[grade])


def keep(lines: Iterable[Line], *, by: int) -> int:
    """Keep lines; one that is there already is left as it is. Return how many are new."""
    with transaction.atomic():
        new = 0
        for line in lines:
            whose = {f"{line.of}_id": line.key}
            rest = {"value": Decimal(line.value), "grade": line.grade, "kept_by_id": by, "kept_on": today()}
            _kept, is_new = EarlierPoints.objects.get_or_create(year=line.year, **whose, defaults=rest)
            new += is_new
        append("points.imported", subject="points", by=f"person:{by}", facts={"count": new})
    return new
