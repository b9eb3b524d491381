"""The panel on a goal's page: its quarters and what serves it; what the boards hang on rail and readings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qingfeng.desk import panels
from qingfeng.desk.goals.board import KIND, rows_of
from qingfeng.desk.keeping.doors import is_staff
from qingfeng.desk.panels import Panel
from qingfeng.desk.returns import periods
from qingfeng.desk.returns.computing import Question, answer
from qingfeng.desk.returns.definitions import LEAST
from qingfeng.desk.returns.masks import says_of_few
from qingfeng.desk.returns.measures import Cell, Measure, known
from qingfeng.desk.returns.measures import measure as measure_of
from qingfeng.desk.returns.scope import Scope
from qingfeng.desk.shelves import DUTY
from qingfeng.look.rail import RailEntry, register
from qingfeng.matters.models import Matter
from qingfeng.matters.statistics import Period
from qingfeng.mechanisms.goal.indicators import PETITIONED, PLEASED, PUNISHED, speaks_of
from qingfeng.mechanisms.measures import offer_measures, offer_shares
from qingfeng.organization.viewer import Viewer

TITLE = _("Quarters, and what serves it")


def panel_of(viewer: Viewer, matter: Matter) -> Panel | None:
    """Return the panel of a goal."""
    rows = rows_of(viewer, [matter])
    if not rows:
        return None
    href = reverse("desk:goal_serve", kwargs={"slug": matter.slug})
    may_serve = matter.is_open and is_staff(viewer)
    return Panel(TITLE, "desk/goals/panel.html", {"row": rows[0], "href": href if may_serve else ""})


def measures() -> list[tuple[str, object]]:
    """Return the house's measures that a reading may name: none that no goal is measured by."""
    return list(_fair())


def _fair() -> Iterator[tuple[str, object]]:
    for one in known().values():
        said = (one.title, one.says)
        if not any(speaks_of(pattern, said) for pattern in (PUNISHED, PETITIONED, PLEASED)):
            yield one.key, one.title


def read(key: str, since: date, until: date, office: str) -> str:
    """Return a measure's number over an office and all below it, with its unit; "" if it is not counted.

    It stands on a page that everybody of ours reads: of fewer than five it says only that.
    """
    measure, cell = _counted(key, since, until, office)
    if measure is None or cell is None or cell.value is None:
        return ""
    if says_of_few(cell, measure.kind, LEAST):
        return gettext("fewer than five")
    if measure.kind == "share":
        return f"{100 * cell.value / cell.of:.1f} %" if cell.of else ""
    return f"{cell.value:,.10g} {measure.unit}"


def share(key: str, since: date, until: date, office: str) -> tuple[int, int] | None:
    """Return how many of how many, for a measure that is a share and not of few."""
    measure, cell = _counted(key, since, until, office)
    if measure is None or measure.kind != "share" or cell is None or not cell.of or cell.value is None:
        return None
    return None if says_of_few(cell, measure.kind, LEAST) else (round(cell.value), cell.of)


def _counted(key: str, since: date, until: date, office: str) -> tuple[Measure | None, Cell | None]:
    measure = measure_of(key)
    if measure is None or since > until:
        return measure, None
    scope = Scope(Period(since, until, timezone.localdate()), office=office)
    question = Question(measure, (), "this", periods.Days(since, until))
    return measure, answer(question, scope, behind=True).get(())


def _works(request: HttpRequest) -> bool:
    return is_staff(request.viewer)


def join() -> None:
    """Hang the boards on the rail and the panel on goals; called once, at start-up."""
    panels.show(KIND, panel_of)
    offer_measures(measures, read)
    offer_shares(share)
    register(
        RailEntry(
            _("Board of goals"),
            "desk:goals_board",
            293,
            None,
            _works,
            "target",
            DUTY,
            covered="desk:list",
            covers={"kind": "goal"},
        )
    )
    register(
        RailEntry(
            _("Board of projects"),
            "desk:projects_board",
            294,
            None,
            _works,
            "star",
            DUTY,
            covered="desk:list",
            covers={"kind": "demonstration"},
        )
    )
