"""Panel 4: quality beside quantity, out of what the mechanisms themselves declare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.cockpit import drawing
from qingfeng.desk.cockpit.asked import Asked
from qingfeng.desk.cockpit.shown import Block, Line, Number, Panel, Rows, Shown, share
from qingfeng.matters.models import ClockRun, Performance
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.vocabulary import Figure, Mechanism

KEY = "quality"
ENDED = Q(state=ClockRun.State.STOPPED)


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


def _judged(asked: Asked) -> QuerySet[ClockRun]:
    """Return the clocks due in the period that have ended or are overdue."""
    over = ENDED & Q(met__isnull=False) | ~ENDED & Q(due_on__lt=asked.viewer.on)
    here = asked.matters.values("pk")
    return ClockRun.objects.filter(over, asked.period.days("due_on"), matter__in=here)


def _acts(asked: Asked) -> QuerySet[Performance]:
    here = asked.matters.values("pk")
    return Performance.objects.filter(asked.period.instants("at"), matter__in=here, undone_by=None)


def show(asked: Asked) -> Shown:
    """Count by kind what was opened and closed, what was met in time, and what came back; five queries."""
    opened, closed = _by_kind(asked, "opened_on"), _by_kind(asked, "closed_on")
    clocks = {
        kind: (met, every)
        for kind, met, every in _judged(asked)
        .order_by()
        .values_list("matter__mechanism")
        .annotate(met=Count("pk", filter=Q(met=True)), every=Count("pk"))
    }
    kinds = [one for one in mechanisms() if one.key in {*opened, *closed, *clocks}]
    lines = []
    for one in kinds:
        met, every = clocks.get(one.key, (0, 0))
        numbers = [
            Number(opened.get(one.key, 0), asked.rows_at(KEY, "opened", one.key)),
            Number(closed.get(one.key, 0), asked.rows_at(KEY, "closed", one.key)),
            Number(every, asked.rows_at(KEY, "due", one.key)),
            share(met, every, asked.rows_at(KEY, "missed", one.key)),
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


def _by_kind(asked: Asked, column: str) -> dict[str, int]:
    rows = asked.matters.filter(asked.period.days(column)).order_by()
    return dict(rows.values_list("mechanism").annotate(n=Count("pk")))


def _came_back(asked: Asked) -> list[Line]:
    declared = list(_declared())
    wanted = {key for _one, _figure, part, of in declared for key in (part, of)}
    counted: dict[tuple[str, str], int] = defaultdict(int)
    rows = _acts(asked).filter(act__in=wanted).order_by()
    for kind, act, n in rows.values_list("matter__mechanism", "act").annotate(n=Count("pk")):
        counted[kind, act] = n
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
        found = asked.matters.filter(asked.period.days(f"{what}_on"), mechanism=of)
        return drawing.matters(asked.viewer, names[what], found)
    if what in {"due", "missed"}:
        runs = _judged(asked).filter(matter__mechanism=of)
        if what == "due":
            return drawing.duties(asked.viewer, _("Fell due in the period"), runs)
        return drawing.duties(asked.viewer, _("Not met in time"), runs.exclude(met=True))
    kind, _colon, act = of.partition(":")
    if what == "acts" and act in {key for one, _f, part, whole in _declared() for key in (part, whole)}:
        done = _acts(asked).filter(matter__mechanism=kind, act=act)
        return drawing.happened(asked.viewer, _("Done in the period"), done, when="at")
    return None


PANEL = Panel(KEY, show, rows)
