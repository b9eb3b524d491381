"""Results of earlier years that came about elsewhere (往年结果): read from a workbook, previewed, then kept.

A sheet with the columns 人员编号, 年度, 评次名称, 总分. They stand as rounds that are finished, without
parts or spread, and say that they were imported; nothing is computed from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from qingfeng.appraisal.models import STAFF, Rated, Round
from qingfeng.appraisal.rounds import note
from qingfeng.matters.today import today
from qingfeng.organization.models import Person, Post
from qingfeng.screening.errors import Problem

HEADS = ("人员编号", "年度", "评次名称", "总分")
EARLIEST = 2000
MOST = 5000


@dataclass(frozen=True)
class Line:
    """One result as it was read.

    Attributes:
        row: Row of the sheet, from 1.
        number: Number of the person.
        year: Which year.
        title: Name of the round.
        value: Out of a hundred.
    """

    row: int
    number: str
    year: int
    title: str
    value: float


@dataclass(frozen=True)
class Read:
    """What a workbook holds: lines that can be kept, and rows that cannot, with why."""

    lines: tuple[Line, ...]
    rejects: tuple[tuple[int, str], ...]


def read(data: bytes) -> Read:
    """Return what a workbook holds; nothing is kept.

    Raises:
        Problem: If it is none, or has other columns.
    """
    try:
        sheet = load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True, max_row=MOST + 1, max_col=len(HEADS)))
    except Exception as error:  # whatever a broken file makes of the reader
        raise Problem(_("This is no XLSX workbook."), then=_("Save it as XLSX and try again.")) from error
    if not rows or tuple(str(one or "").strip() for one in rows[0]) != HEADS:
        raise Problem(_("The first row must say: %(heads)s.") % {"heads": "、".join(HEADS)})
    known = set(Person.objects.values_list("number", flat=True))
    lines: list[Line] = []
    rejects: list[tuple[int, str]] = []
    for no, cells in enumerate(rows[1:], start=2):
        if not any(cells):
            continue
        found = _line(no, cells, known)
        if isinstance(found, Line):
            lines.append(found)
        else:
            rejects.append((no, found))
    return Read(tuple(lines), tuple(rejects))


def _line(row: int, cells: Sequence[Any], known: set[str]) -> Line | str:
    number, year, title, value = (str("" if one is None else one).strip() for one in cells)
    if number not in known:
        return _("There is no person of this number.")
    if not year.isdecimal() or not EARLIEST <= int(year) < today().year + 1:
        return _("The year cannot be read.")
    try:
        points = Decimal(value)
    except InvalidOperation:
        return _("The score cannot be read.")
    if not title or not points.is_finite() or not 0 <= points <= 100:
        return _("A name of the round and a score from 0 to 100 are needed.")
    return Line(row, number, int(year), title[:80], float(round(points, 1)))


def keep(lines: Iterable[Line], *, by: int) -> int:
    """Keep lines as rounds that are finished; one that is there already is left as it is.

    Returns:
        How many results are new.
    """
    with transaction.atomic():
        people = {one.number: one for one in Person.objects.all()}
        kept = [round_ for line in lines if (round_ := _keep(line, people[line.number], by)) is not None]
        for round_ in dict.fromkeys(kept):
            note("imported", round_, by, {"count": kept.count(round_)})
    return len(kept)


def _keep(line: Line, person: Person, by: int) -> Round | None:
    """Keep one line; return its round where it is new."""
    ends = date(line.year, 12, 31)
    round_ = Round.objects.filter(title=line.title, until_on=ends, opened_on=None).first()
    if round_ is None:
        taken = Round.objects.filter(code__startswith=f"{line.year}-").count()
        round_ = Round.objects.create(
            code=f"{line.year}-{taken + 1}", title=line.title, state=Round.State.FINISHED,
            from_on=date(line.year, 1, 1), until_on=ends, made_by_id=by, finished_on=today(),
        )  # fmt: skip
    post = _post_on(ends, person)
    if post is None:
        return None
    _rated, is_new = Rated.objects.get_or_create(
        round=round_, person=person,
        defaults={
            "unit": post.unit, "post": post.title, "level": STAFF,
            "result": {"parts": [], "value": line.value, "imported": True},
        },
    )  # fmt: skip
    return round_ if is_new else None


def _post_on(day: date, person: Person) -> Post | None:
    """Return the post somebody held on a day, the main one first; the latest where none is known.

    The line above that post reads the result.
    """
    posts = Post.objects.filter(person=person)
    held = posts.held_on(day).order_by("-is_main", "from_on").first()
    return held or posts.order_by("from_on").last()
