"""Results of the assessment of earlier years (往年考核结果): read from XLSX or CSV, previewed, then kept.

Columns 对象编号, 年度, 总分, 等次: the number of a person, or the short name of a unit. Nothing is computed
from them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO, StringIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from qingfeng.appraisal.points import grades
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


@dataclass(frozen=True)
class Read:
    """What a file holds: lines that can be kept, and rows that cannot, with why."""

    lines: tuple[Line, ...]
    rejects: tuple[tuple[int, str], ...]


def read(data: bytes) -> Read:
    """Return what a file holds; nothing is kept.

    Raises:
        Problem: If it is neither a workbook nor CSV, has other columns, or too many rows.
    """
    rows = _rows(data)
    if not rows or tuple(str(one or "").strip() for one in rows[0][: len(HEADS)]) != HEADS:
        raise Problem(_("The first row must say: %(heads)s.") % {"heads": "、".join(HEADS)})
    if len(rows) > MOST + 1:
        raise Problem(_("There are more than %(most)d rows.") % {"most": MOST}, then=_("Split the file."))
    people = {one.number: (one.pk, one.name) for one in Person.objects.all()}
    units = {str(one): (one.pk, str(one)) for one in Unit.objects.filter(is_ours=True)}
    lines: dict[tuple[str, int, int], Line] = {}
    rejects: list[tuple[int, str]] = []
    for no, cells in enumerate(rows[1:], start=2):
        if not any(str(one or "").strip() for one in cells):
            continue
        found = _line(no, cells, people, units)
        if isinstance(found, str):
            rejects.append((no, found))
        elif (found.of, found.key, found.year) in lines:
            rejects.append((no, _("The same stands in another row.")))
        else:
            lines[found.of, found.key, found.year] = found
    return Read(tuple(lines.values()), tuple(rejects))


def _rows(data: bytes) -> list[Sequence[Any]]:
    if data[:2] == b"PK":
        try:
            sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
            return list(sheet.iter_rows(values_only=True, max_row=MOST + 2, max_col=len(HEADS)))
        except Exception as error:  # whatever a broken file makes of the reader
            raise Problem(_("This workbook cannot be read."), then=_("Save it again and retry.")) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(StringIO(data.decode(encoding), newline="")))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise Problem(_("This is neither an XLSX workbook nor a CSV file."))


Known = dict[str, tuple[int, str]]


def _line(row: int, cells: Sequence[Any], people: Known, units: Known) -> Line | str:
    padded = [*cells, *([""] * len(HEADS))][: len(HEADS)]
    number, year, value, grade = (str("" if one is None else one).strip() for one in padded)
    if number in people:
        of, (key, name) = "person", people[number]
    elif number in units:
        of, (key, name) = "unit", units[number]
    else:
        return _("There is no person of this number and no unit of this name.")
    if not year.isdecimal() or not EARLIEST <= int(year) < today().year:
        return _("The year cannot be read, or is not over.")
    try:
        points = Decimal(value)
    except InvalidOperation:
        return _("The points cannot be read.")
    if not points.is_finite() or not 0 <= points <= HIGHEST:
        return _("Points go from 0 to %(most)d.") % {"most": HIGHEST}
    if grade not in GRADES:
        return _("The grade cannot be read: %(grade)s.") % {"grade": grade}
    return Line(row, of, key, name, int(year), str(round(points, 2)), GRADES[grade])


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
