"""The figures of the board: done, on time, overdue and with evidence, by pillar and office.

No office stands before another by its numbers: they stand in the order of their names, and nothing is
counted of people who were punished, of petitions or of applause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qingfeng.desk.goals.asked import Asked
from qingfeng.desk.goals.board import JUDGED, Board, Row
from qingfeng.look.charts import Chart, Series

COLUMNS: tuple[tuple[str, Callable[[Row], bool]], ...] = (
    ("all", lambda _row: True),
    ("achieved", lambda row: row.state == "achieved"),
    ("partly", lambda row: row.state == "partly"),
    ("missed", lambda row: row.state == "missed"),
    ("in_time", lambda row: row.is_in_time is True),
    ("late", lambda row: row.is_in_time is False),
    ("overdue", lambda row: row.state == "overdue"),
    ("evidence", lambda row: row.evidence > 0),
)
LEAST_OFFICES, LEAST_GOALS = 2, 6  # from which on looking beats reading
OPENS = {"in_time": "kind", "late": "kind", "evidence": "kind"}


@dataclass(frozen=True)
class Number:
    """One number of the table, and the query that opens its rows."""

    head: Any
    value: int
    query: str


@dataclass(frozen=True)
class Line:
    """One line of the table: a pillar or an office."""

    name: Any
    numbers: list[Number]


def heads() -> dict[str, Any]:
    """Return the heads of the table by key."""
    return {
        "all": _("Goals"),
        "achieved": _("Achieved"),
        "partly": _("Partly achieved"),
        "missed": _("Not achieved"),
        "in_time": _("Rated in time"),
        "late": _("Rated late"),
        "overdue": pgettext("goal", "Overdue"),
        "evidence": _("With evidence"),
    }


def by_pillar(board: Board, asked: Asked) -> list[Line]:
    """Return a line a pillar; the sum last."""
    lines = [_line(name, rows, asked, pillar=key) for key, name, rows in board.pillars if rows]
    return [*lines, _line(_("In all"), board.rows, asked)] if lines else []


def by_office(board: Board, asked: Asked) -> list[Line]:
    """Return a line an office, in the order of their names."""
    return [
        _line(unit, rows, asked, owner=unit.pk)
        for unit in board.offices
        if (rows := [one for one in board.rows if one.matter.owner_id == unit.pk])
    ]


def _line(name: Any, rows: Iterable[Row], asked: Asked, **narrowed: Any) -> Line:
    rows, names = list(rows), heads()
    numbers = []
    for key, holds in COLUMNS:
        how = {OPENS.get(key, "state"): key} if key != "all" else {}
        numbers.append(Number(names[key], sum(map(holds, rows)), asked.narrowed(**narrowed, **how)))
    return Line(name, numbers)


def finding(board: Board) -> str:
    """Return what the board says in one sentence."""
    rows = board.rows
    ended = [one for one in rows if one.state in JUDGED]
    slow = sum(one.state in {"behind", "overdue"} for one in rows)
    said = ngettext("%(count)d goal", "%(count)d goals", len(rows)) % {"count": len(rows)}
    if ended:
        good = sum(one.state == "achieved" for one in ended)
        said += _(": %(good)d of %(ended)d judged were achieved") % {"good": good, "ended": len(ended)}
    under_way = sum(one.state in {"on_course", "behind", "overdue"} for one in rows)
    if under_way:
        more = _(", %(slow)d of %(under_way)d under way are behind or overdue")
        said += more % {"slow": slow, "under_way": under_way}
    return said


def chart_of(board: Board) -> Chart | None:
    """Return how the goals of each office stand; None where there are too few for a picture."""
    offices = [
        (unit, [one for one in board.rows if one.matter.owner_id == unit.pk]) for unit in board.offices
    ]
    offices = [(unit, rows) for unit, rows in offices if rows]
    if len(offices) < LEAST_OFFICES or len(board.rows) < LEAST_GOALS:
        return None
    groups = (
        (_("Being set, or to be judged"), {"planned", "to_judge", "out"}),
        (pgettext("goal", "On course"), {"on_course"}),
        (_("Behind or overdue"), {"behind", "overdue"}),
        (_("Achieved"), {"achieved"}),
        (_("Partly or not achieved"), {"partly", "missed"}),
    )
    series = [
        Series(str(name), [sum(one.state in states for one in rows) for _unit, rows in offices])
        for name, states in groups
    ]
    return Chart(
        finding(board),
        _("How the goals of each office stand today; offices in the order of their names."),
        [str(unit) for unit, _rows in offices],
        series,
        kind="stack",
        head=_("Office"),
    )
