"""Panel 7: the rights of those concerned, and how the house guards them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown
from qingfeng.desk.keeping.offices import sees_interference
from qingfeng.matters.models import BreakGlass, Interference, Performance, ReadMark, RecusalDecision
from qingfeng.matters.registry import mechanisms

KEY = "rights"
CLARIFIES = ("clarif", "clear")  # how acts and fields of clarification (澄清) begin


@dataclass(frozen=True)
class Guard:
    """One thing that is counted: its name, what it means, its rows, each of a matter, and when they were."""

    key: str
    name: str
    note: str
    rows: Callable[[Asked], QuerySet[Any]]
    when: str = "at"


def _guards() -> list[Guard]:
    return [
        Guard("recusals", _("Recusals decided"), _("by the day of the decision"), _recusals),
        Guard("glass", _("Emergency access used"), _("each is reviewed by somebody else"), _glass),
        Guard("unreviewed", _("Emergency access not yet reviewed"), _("whenever it was used"), _unreviewed),
        Guard(
            "reads",
            _("Reads of restricted matters"),
            _("one for each person, matter, day and way"),
            _reads,
            "first_at",
        ),
        Guard(
            "clarified",
            _("Clarifications done"),
            _("acts that make clear that nothing was wrong"),
            _clarified,
        ),
    ]


def _recusals(asked: Asked) -> QuerySet[Any]:
    return RecusalDecision.objects.filter(asked.period.instants("at"), matter__in=asked.matters.values("pk"))


def _glass(asked: Asked) -> QuerySet[Any]:
    return BreakGlass.objects.filter(asked.period.instants("at"), matter__in=asked.matters.values("pk"))


def _unreviewed(asked: Asked) -> QuerySet[Any]:
    return BreakGlass.objects.filter(reviewed_at=None, matter__in=asked.matters.values("pk"))


def _reads(asked: Asked) -> QuerySet[Any]:
    return ReadMark.objects.filter(asked.period.days("on"), matter__in=asked.matters.values("pk"))


def _clarifying() -> Iterator[tuple[str, str]]:
    """Yield (mechanism, act) of every declared act that clarifies, by its name or by a field of it."""
    for one in mechanisms():
        for act in one.acts:
            if act.key.startswith(CLARIFIES) or any(field.key.startswith(CLARIFIES) for field in act.asks):
                yield one.key, act.key


def _clarified(asked: Asked) -> QuerySet[Any]:
    acts = {act for _kind, act in _clarifying()}
    kinds = {kind for kind, _act in _clarifying()}
    done = Performance.objects.filter(asked.period.instants("at"), act__in=acts, undone_by=None)
    return done.filter(matter__in=asked.matters.filter(mechanism__in=kinds).values("pk"))


def show(asked: Asked) -> Shown:
    """Count each guard; a query for each, and one for the register of interference."""
    lines = [
        Line(one.name, [Number(one.rows(asked).count(), asked.rows_at(KEY, one.key))], one.note)
        for one in _guards()
    ]
    if sees_interference(asked.viewer):
        registered = Interference.objects.filter(asked.period.instants("registered_at")).count()
        lines.append(Line(_("Interference registered"), [Number(registered, reverse("desk:interference"))]))
    block = Block("", [pgettext("cockpit", "What"), pgettext("cockpit", "times")], lines)
    says = _("Counted on the matters that you may know of. Rows name matters, never who read them.")
    return Shown(KEY, pgettext("cockpit", "Rights"), says, [block])


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the matters behind a number."""
    del of
    guard = next((one for one in _guards() if one.key == what), None)
    if guard is None:
        return None
    return drawing.happened(asked.viewer, guard.name, guard.rows(asked), when=guard.when)


PANEL = Panel(KEY, show, rows)
