"""Panel 4: quality beside quantity, out of what the mechanisms themselves declare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, share
from qingfeng.desk.returns import house, told
from qingfeng.desk.returns.counting import counted
from qingfeng.desk.returns.measures import Measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters.models import Performance
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Figure, Mechanism

KEY = "quality"
KIND, ACT, ACTS = ("kind",), ("kind", "act"), "cockpit.weighed_acts"
WANTED = (
    ("matters.opened", KIND),
    ("matters.closed", KIND),
    ("clocks.due", KIND),
    ("clocks.met", KIND),
    (ACTS, ACT),
)


def _declared() -> Iterator[tuple[Mechanism, Figure, str, str]]:
    """Yield every declared share of one act in another: mechanism, figure, the act, the whole's act."""
    for one in mechanisms():
        known = {figure.key: figure for figure in one.figures}
        for figure in one.figures:
            whole = known.get(figure.share_of)
            if whole and not figure.where and not whole.where:
                part, of = figure.counts.partition(":"), whole.counts.partition(":")
                if part[0] == of[0] == "acts":
                    yield one, figure, part[2], of[2]


def _weighed(scope: Scope) -> QuerySet[Performance]:
    """Return the acts of which a mechanism declares a share."""
    wanted = {key for _one, _figure, part, of in _declared() for key in (part, of)}
    return house.done(scope).filter(act__in=wanted)


def measures() -> Iterator[Measure]:
    """Yield what this panel counts beyond the house's own measures."""
    yield counted(
        ACTS,
        (
            gettext_lazy("Acts of which a share is declared"),
            gettext_lazy("Counted: acts done in the period that one kind of matter sets beside another."),
            house.TIMES,
        ),
        _weighed,
        lambda _scope: told.columns("matter__", "at") | {"act": F("act")},
        dimensions=(told.KIND, house.ACT),
        group=house.MATTERS,
    )


def show(asked: Asked) -> Shown:
    """Count by kind what was opened and closed, met in time, came back; five queries, or the readings."""
    opened, closed, due, met = (_by_kind(asked, key) for key, _by in WANTED[:4])
    kinds = [one for one in mechanisms() if one.key in {*opened, *closed, *due}]
    lines = []
    for one in kinds:
        every = due.get(one.key, 0)
        numbers = [
            Number(opened.get(one.key, 0), asked.rows_at(KEY, "opened", one.key)),
            Number(closed.get(one.key, 0), asked.rows_at(KEY, "closed", one.key)),
            Number(every, asked.rows_at(KEY, "due", one.key)),
            share(met.get(one.key, 0), every, asked.rows_at(KEY, "missed", one.key)),
        ]
        lines.append(Line(str(one.name), numbers))
    heads = [
        pgettext("cockpit", "Kind"),
        pgettext("cockpit", "opened"),
        pgettext("cockpit", "closed"),
        pgettext("cockpit", "fell due"),
        pgettext("cockpit", "met in time"),
    ]
    blocks = [Block("", heads, lines, _("Nothing was opened, closed or due in this period."))]
    back = _came_back(asked)
    if back:
        blocks.append(
            Block(
                _("Came back"),
                [pgettext("cockpit", "What"), pgettext("cockpit", "of"), pgettext("cockpit", "share")],
                back,
            )
        )
    says = _(
        "Matters opened and closed in the period; clocks due in it that have ended or are overdue, and the "
        "share met; the shares that each kind of matter declares. A share opens what was late or came back."
    )
    return Shown(KEY, _("Quality beside quantity"), says, blocks)


def _by_kind(asked: Asked, key: str) -> dict[str, int]:
    return {kind: int(cell.value or 0) for (kind,), cell in asked.cells(key, *KIND).items()}


def _came_back(asked: Asked) -> list[Line]:
    declared = list(_declared())
    counted: dict[tuple[str, ...], int] = defaultdict(int)
    for values, cell in asked.cells(ACTS, *ACT).items():
        counted[values] = int(cell.value or 0)
    lines = []
    for one, figure, part, of in declared:
        whole = counted[one.key, of]
        if whole:
            numbers = [
                Number(whole, asked.rows_at(KEY, "acts", f"{one.key}:{of}")),
                share(counted[one.key, part], whole, asked.rows_at(KEY, "acts", f"{one.key}:{part}")),
            ]
            lines.append(Line(str(figure.name), numbers, str(one.name)))
    return lines


def rows(asked: Asked, what: str, of: str) -> Rows | None:
    """Return the matters or clocks of a kind behind one number."""
    if what in {"opened", "closed"}:
        names = {"opened": _("Opened in the period"), "closed": _("Closed in the period")}
        return drawing.matters(asked.viewer, names[what], asked.behind(f"matters.{what}", KIND, (of,)))
    if what in {"due", "missed"}:
        runs = asked.behind("clocks.due", KIND, (of,))
        if what == "due":
            return drawing.duties(asked.viewer, _("Fell due in the period"), runs)
        return drawing.duties(asked.viewer, _("Not met in time"), runs.exclude(met=True))
    kind, _colon, act = of.partition(":")
    if what == "acts" and act in {key for one, _f, part, whole in _declared() for key in (part, whole)}:
        done = asked.behind(ACTS, ACT, (kind, act))
        return drawing.happened(asked.viewer, _("Done in the period"), done, when="at")
    return None


PANEL = Panel(KEY, show, rows, wants=WANTED)
