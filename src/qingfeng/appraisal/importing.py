"""Results of earlier years that came about elsewhere (往年结果): read from XLSX or CSV, previewed, then kept.

A file with the columns 人员编号, 年度, 评次名称, 总分. They stand as rounds that are finished, without
parts or spread, and say that they were imported; nothing is computed from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.appraisal.defaults import WHOLE
from qingfeng.appraisal.models import STAFF, Rated, Round
from qingfeng.appraisal.points.earlier_file import plain, rows_of
from qingfeng.appraisal.rounds import free_code, note
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
        name: Of the person, for showing.
    """

    row: int
    number: str
    year: int
    title: str
    value: float
    name: str = ""

    @property
    def whose(self) -> tuple[str, int, str]:
        """Whose result of which round."""
        return self.number, self.year, self.title


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
    """Return what a workbook or a CSV file holds; nothing is kept.

    A row that says something else of the same person and round than an earlier row, or than what is kept, is
    rejected: which of them is right, nobody can see from here.

    Raises:
        Problem: If it is neither, has other columns, or too many rows.
    """
    rows = rows_of(data, HEADS)
    if len(rows) > MOST:
        raise Problem(_("There are more than %(most)d rows.") % {"most": MOST}, then=_("Split the file."))
    ours = Person.objects.filter(posts__unit__is_ours=True).distinct()
    people = {plain(one.number): (one.number, one.name) for one in ours}
    kept = _kept()
    held: dict[tuple[str, int, str], Line] = {}
    rejects: list[Reject] = []
    there = 0
    for no, cells in rows:
        found = _line(no, cells, people)
        if isinstance(found, Line):
            before = kept.get(found.whose)
            there += before == found.value
            if before is None and found.whose not in held:
                held[found.whose] = found
            if before == found.value:
                continue
            found = _other(found, before, held[found.whose] if before is None else None)
        if found:
            rejects.append(Reject(no, cells, found))
    return Read(tuple(held.values()), tuple(rejects), there)


def _kept() -> dict[tuple[str, int, str], float]:
    """Return what is kept already: person, year and round, with the points."""
    rows = Rated.objects.filter(round__opened_on=None, result__imported=True)
    columns = ("person__number", "round__until_on__year", "round__title", "result")
    return {
        (number, year, title): result["value"] for number, year, title, result in rows.values_list(*columns)
    }


def _other(line: Line, before: float | None, first: Line | None) -> str:
    """Return what a line says otherwise than what is kept, or an earlier row of the same; "" for nothing."""
    if before is not None:
        return _("Another result is kept already: %(value)s points.") % {"value": before}
    if first is None or first is line:
        return ""
    same = _("The same stands in row %(rows)s.")
    words = same if first.value == line.value else _("Row %(rows)s says something else of the same.")
    return words % {"rows": first.row}


def _line(row: int, cells: Sequence[str], people: Mapping[str, tuple[str, str]]) -> Line | str:
    number, year, title, value = cells
    if number not in people:
        if number in {name for _number, name in people.values()}:
            return _("This is a name: enter the number of the person, for names can be the same.")
        return _("There is no person of this number.")
    year = year.removesuffix("年度").removesuffix("年")
    if not year.isdecimal() or not EARLIEST <= int(year) < today().year + 1:
        return _("The year cannot be read.")
    try:
        points = Decimal(value.removesuffix("分"))
    except InvalidOperation:
        return _("The score cannot be read.")
    if not title or not points.is_finite() or not 0 <= points <= WHOLE:
        return _("A name of the round and a score from 0 to 100 are needed.")
    whose, name = people[number]
    return Line(row, whose, int(year), title[:80], float(round(points, 1)), name)


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
        round_ = Round.objects.create(
            code=free_code(line.year), title=line.title, state=Round.State.FINISHED,
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
