"""What a reader sees of a counted return: nobody learns of a row by the difference of two numbers.

| reader | numbers |
|---|---|
| sees every row that is counted | all, as stored |
| other own staff with whom it is shared | as stored, with gaps: see below |
| recused from anything that is counted | none of the house: counted anew over what they may know of |
| from outside, of what is published | as stored, small cells hidden |

The principal sees every row, unless something restricted is told by a fact. Who sees less is told a stored
number where they see all its rows, or where neither it nor what they do not see of it is small.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from django.db.models import Q

from qingfeng.desk.returns import computing, doors, masks
from qingfeng.desk.returns.computing import Answers, Question
from qingfeng.desk.returns.grid import Column, Grid, Line, Spot, laid_out
from qingfeng.desk.returns.measures import Cell
from qingfeng.desk.returns.models import Edition
from qingfeng.desk.returns.scope import Scope
from qingfeng.findings.access import may_assign, recused_leads
from qingfeng.matters import access
from qingfeng.matters.access import read_whole_q, recused_matters
from qingfeng.matters.models import Matter
from qingfeng.matters.vocabulary import Confidentiality
from qingfeng.organization.viewer import Viewer

Mode = Literal["all", "part", "own", "outside"]
_ALL, _BOUND, _SEEN = "_sees_all_matters", "_bound_by_leads", "_returns_seen"
FEW = 5_000


@dataclass(frozen=True)
class Seen:
    """A return as one reader sees it.

    Attributes:
        grid: Lines, columns, numbers; those of `hidden` are never shown.
        hidden: Spots that say nothing to this reader.
        mode: `all` as stored, `part` as stored with gaps, `own` counted anew for them, `outside` as it is
            published.
    """

    grid: Grid
    hidden: Collection[Spot]
    mode: Mode

    @property
    def is_stored(self) -> bool:
        """Whether the numbers are those that were counted for the whole house."""
        return self.mode != "own"

    @property
    def is_complete(self) -> bool:
        """Whether every number is that of the house and none is hidden."""
        return self.mode == "all" or (self.mode == "part" and not self.hidden)


def sees_all_matters(viewer: Viewer, *, is_whole: bool) -> bool:
    """Return whether somebody may know of every matter, and of what is told of it; asked once a request."""
    kept: dict[bool, bool] = viewer.__dict__.setdefault(_ALL, {})
    if is_whole not in kept:
        kept[is_whole] = _sees_all(viewer, is_whole=is_whole)
    return kept[is_whole]


def _sees_all(viewer: Viewer, *, is_whole: bool) -> bool:
    if not viewer.has("principal") or viewer.is_administrator or _is_recused(viewer):
        return False
    if not is_whole:
        return True
    restricted = Matter.objects.filter(confidentiality=Confidentiality.RESTRICTED.value)
    return not restricted.exclude(read_whole_q(viewer)).exists()


def _is_recused(viewer: Viewer) -> bool:
    return recused_matters(viewer).exists()


def sees_all_leads(viewer: Viewer) -> bool:
    """Return whether somebody may know of every lead; asked once a request."""
    kept: bool | None = viewer.__dict__.get(_BOUND)
    if kept is None:
        kept = viewer.__dict__[_BOUND] = may_assign(viewer) and not recused_leads(viewer).exists()
    return kept


def sees_all(viewer: Viewer, question: Question) -> bool:
    """Return whether somebody may know of all that a question counts."""
    if question.measure.of == "leads":
        return sees_all_leads(viewer)
    return sees_all_matters(viewer, is_whole=question.measure.is_whole(question.by))


def is_bound(viewer: Viewer, edition: Edition, wanted: list[Question]) -> bool:
    """Return whether something is counted from which somebody is recused."""
    if viewer.person_id is None:
        return True
    if any(one.measure.of == "leads" for one in wanted) and recused_leads(viewer).exists():
        return True
    if not _is_recused(viewer):
        return False
    away = Q(pk__in=recused_matters(viewer))
    scope = replace(computing.scope_of(edition), only=away)
    for one in {(row.measure.key, row.which): row for row in wanted if row.measure.of == "matters"}.values():
        counted = computing.answer(replace(one, by=()), scope, behind=False)
        if any(cell.value or cell.of for cell in counted.values()):
            return True
    return False


def seen(viewer: Viewer, edition: Edition) -> Seen:
    """Return what somebody sees of a counted edition; asked once a request."""
    kept: dict[tuple[int, str], Seen] = viewer.__dict__.setdefault(_SEEN, {})
    name = (edition.pk, edition.digest)
    if name not in kept:
        kept[name] = _seen(viewer, edition)
    return kept[name]


def _seen(viewer: Viewer, edition: Edition) -> Seen:
    said = computing.said_of(edition)
    stored = computing.answers_of(edition)
    grid = laid_out(said, stored, edition.since, edition.until)
    if doors.reads_published(viewer):
        return Seen(grid.unranked, outside(edition, grid), "outside")
    wanted = computing.questions(said, edition.since, edition.until)
    if all(sees_all(viewer, one) for one in wanted):
        return Seen(grid, frozenset(), "all")
    if is_bound(viewer, edition, wanted):
        return Seen(own_grid(viewer, edition, wanted), frozenset(), "own")
    if viewer.has("principal"):
        own = laid_out(said, computing.without_restricted(edition), edition.since, edition.until)
    else:
        own = own_grid(viewer, edition, wanted)
    hidden = gaps(grid, own, said.least)
    return Seen(_without_unknown(grid, own, hidden).unranked if hidden else grid, hidden, "part")


def gaps(grid: Grid, own: Grid, least: int) -> frozenset[Spot]:
    """Return what is not told of stored numbers to who sees some of their rows.

    Neither a number that may not be told can be worked out from the others, nor of how few rows that they
    do not see a sum of them tells.

    Args:
        grid: The stored numbers.
        own: The same over what the reader may know of.
        least: From which count on a number is told.
    """
    found = frozenset(spot for spot in grid.cells if not _may_be_told(grid, own, spot, least))
    rest = replace(grid, cells={spot: _rest(grid, own, spot) for spot in grid.cells})
    while found:
        closed = masks.hidden(grid, least=0, besides=found)
        closed = masks.hidden(rest, least=least, besides=closed)
        if closed == found:
            break
        found = closed
    return found


def _rest(grid: Grid, own: Grid, spot: Spot) -> Cell:
    """Return what a reader does not see of a cell; of sums and medians, which are told whole, all of it."""
    stored, mine = grid.cells[spot], own.cells.get(spot, Cell(0))
    if stored.value is None or is_counted_apart(grid.line(spot[0])):
        return Cell(stored.value, 0)
    of = None if stored.of is None else max(0, stored.of - (mine.of or 0))
    return Cell(max(0, stored.value - (mine.value or 0)), of)


def _without_unknown(grid: Grid, own: Grid, hidden: Collection[Spot]) -> Grid:
    """Leave out values of which a reader sees no row and no number: that they occur tells something."""

    def is_told(lines: Iterable[Line], columns: Iterable[Column]) -> bool:
        spots = [(line.key, column.key) for line, column in product(lines, columns)]
        return any(own.cell(*at).value or (at in grid.cells and at not in hidden) for at in spots)

    lines = [one for one in grid.lines if not one.is_part or is_told([one], grid.columns)]
    columns = [one for one in grid.columns if one.value is None or is_told(grid.lines, [one])]
    return replace(grid, lines=lines, columns=columns)


def own_grid(viewer: Viewer, edition: Edition, wanted: list[Question]) -> Grid:
    """Return the table counted now, over what somebody may know of."""
    scope: Scope = computing.scope_of(edition, viewer=viewer)
    over = {is_whole: replace(scope, keys=_keys(viewer, is_whole=is_whole)) for is_whole in (True, False)}
    answers: Answers = {
        one.name: computing.answer(one, over[one.measure.is_whole(one.by)], behind=False) for one in wanted
    }
    return laid_out(computing.said_of(edition), answers, edition.since, edition.until)


def _keys(viewer: Viewer, *, is_whole: bool) -> tuple[int, ...] | None:
    """Return the matters that somebody sees, where they are few: asked once instead of in every question."""
    rows = access.visible(viewer)
    rows = rows.filter(access.read_whole_q(viewer)) if is_whole else rows
    found = list(rows.order_by().values_list("pk", flat=True)[: FEW + 1])
    return tuple(found) if len(found) <= FEW else None


def _may_be_told(grid: Grid, own: Grid, spot: Spot, least: int) -> bool:
    """Return whether a stored number may be told to who sees some of its rows."""
    stored, mine, line = grid.cells[spot], own.cells.get(spot, Cell(0)), grid.line(spot[0])
    if stored.value is None:
        return True
    if mine.value == stored.value and (is_counted_apart(line) or mine.of == stored.of):
        return True
    if is_counted_apart(line):
        return False
    rest = [(stored.value or 0) - (mine.value or 0)]
    rest += [(stored.of or 0) - (mine.of or 0)] if stored.of is not None else []
    return not masks.is_small(stored, line, least) and all(one == 0 or one >= least for one in rest)


def is_counted_apart(line: Line | None) -> bool:
    """Return whether `Cell.of` of a line is how many stand behind, which only the worker counts."""
    return line is not None and line.measure is not None and line.measure.kind in {"sum", "median"}


def outside(edition: Edition, grid: Grid) -> frozenset[Spot]:
    """Return what is hidden where a return goes outside: what earlier editions hid stays hidden."""
    said = computing.said_of(edition)
    besides: frozenset[Spot] = frozenset()
    before = Edition.objects.filter(
        key=edition.key, since=edition.since, until=edition.until, office=edition.office, no__lt=edition.no
    )
    signed = before.filter(state=Edition.State.SIGNED).select_related("definition").order_by("no")
    for one in signed:
        its = computing.said_of(one)
        earlier = laid_out(its, computing.answers_of(one), one.since, one.until)
        besides = masks.hidden(earlier, least=its.least, besides=besides)
    return masks.hidden(grid, least=said.least, besides=besides)
