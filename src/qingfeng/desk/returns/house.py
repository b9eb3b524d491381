"""The house's own measures of matters: opened, closed, open; deadlines due, met, near; acts; rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qingfeng.desk.returns import told
from qingfeng.desk.returns.counting import counted, within
from qingfeng.desk.returns.measures import Dimension, Measure
from qingfeng.desk.returns.scope import Scope
from qingfeng.matters.models import BreakGlass, ClockRun, Matter, Performance, ReadMark, RecusalDecision
from qingfeng.matters.registry import mechanisms
from qingfeng.matters.today import today

SOON, NEAR = 3, 7
BUCKETS = ("overdue", "soon", "near")
CLARIFIES = ("clarif", "clear")  # how acts and fields of clarification (澄清) begin
ENDED = Q(state=ClockRun.State.STOPPED)
TEXT = CharField()
ITEMS, TIMES = _("items"), pgettext_lazy("returns", "times")
MATTERS, CLOCKS, RIGHTS = _("Matters"), _("Clocks"), pgettext_lazy("cockpit", "Rights")


def buckets() -> list[tuple[str, Any]]:
    """Return how near a duty is, with its words."""
    words = (pgettext_lazy("cockpit", "overdue"), _("in 3 days"), _("in 7 days"))
    return list(zip(BUCKETS, words, strict=True))


NEARNESS = Dimension(
    "near", pgettext_lazy("returns", "How near"), lambda values: told.said(buckets(), values), choices=buckets
)


def act_words(values: Iterable[str]) -> dict[str, str]:
    """Return the names of acts; the first mechanism that has one names it."""
    named = {act.key: str(act.name) for one in reversed(list(mechanisms())) for act in one.acts}
    return {one: named.get(one, one) for one in values}


ACT = Dimension("act", pgettext_lazy("returns", "Act"), act_words)


# --- rows ---------------------------------------------------------------------------------------


def opened(scope: Scope) -> QuerySet[Matter]:
    """Return the matters opened in the period."""
    return scope.matters.filter(scope.period.days("opened_on"))


def closed(scope: Scope) -> QuerySet[Matter]:
    """Return the matters closed in the period."""
    return scope.matters.filter(scope.period.days("closed_on"))


def still_open(scope: Scope) -> QuerySet[Matter]:
    """Return the matters that were open at the end of the period."""
    until = min(scope.period.until, scope.period.today)
    if until >= today():
        return scope.matters.filter(is_open=True)
    return scope.matters.filter(Q(closed_on=None) | Q(closed_on__gt=until), opened_on__lte=until)


def near(scope: Scope) -> QuerySet[ClockRun]:
    """Return the running deadlines of open matters that are overdue or due within seven days."""
    due = scope.period.today + timedelta(days=NEAR)
    runs = ClockRun.objects.filter(state=ClockRun.State.RUNNING, due_on__lte=due, matter__is_open=True)
    return runs.filter(within(scope))


def judged(scope: Scope) -> QuerySet[ClockRun]:
    """Return the deadlines that fell due in the period and have ended or are overdue."""
    over = ENDED & Q(met__isnull=False) | ~ENDED & Q(due_on__lt=scope.period.today)
    return ClockRun.objects.filter(over, scope.period.days("due_on")).filter(within(scope))


def done(scope: Scope) -> QuerySet[Performance]:
    """Return the acts done in the period that stand."""
    return Performance.objects.filter(scope.period.instants("at"), undone_by=None).filter(within(scope))


def recusals(scope: Scope) -> QuerySet[Any]:
    """Return the recusals decided in the period."""
    decided = RecusalDecision.objects.filter(unit=None)  # a room that is kept away is nobody's recusal
    return decided.filter(scope.period.instants("at")).filter(within(scope))


def glass(scope: Scope) -> QuerySet[Any]:
    """Return the emergency accesses of the period."""
    return BreakGlass.objects.filter(scope.period.instants("at")).filter(within(scope))


def unreviewed(scope: Scope) -> QuerySet[Any]:
    """Return the emergency accesses that nobody has reviewed, whenever they were."""
    return BreakGlass.objects.filter(reviewed_at=None).filter(within(scope))


def reads(scope: Scope) -> QuerySet[Any]:
    """Return the reads of restricted matters in the period."""
    return ReadMark.objects.filter(scope.period.days("on")).filter(within(scope))


def clarifying() -> Iterator[tuple[str, str]]:
    """Yield (mechanism, act) of every declared act that clarifies, by its name or by a field of it."""
    for one in mechanisms():
        for act in one.acts:
            if act.key.startswith(CLARIFIES) or any(field.key.startswith(CLARIFIES) for field in act.asks):
                yield one.key, act.key


def clarified(scope: Scope) -> QuerySet[Performance]:
    """Return the clarifications of the period."""
    pairs = list(clarifying())
    kinds, acts = {kind for kind, _act in pairs}, {act for _kind, act in pairs}
    return done(scope).filter(act__in=acts, matter__mechanism__in=kinds)


# --- columns ------------------------------------------------------------------------------------


def age_of(column: str, on: date) -> Case:
    """Return the group of age of a day column: the place in `told.ages`."""
    cases = [
        When(**{f"{column}__gte": on - timedelta(days=days)}, then=Value(str(place)))
        for place, days in enumerate(told.AGES)
    ]
    return Case(*cases, default=Value(str(len(told.AGES))), output_field=TEXT)


def _open_columns(scope: Scope) -> dict[str, Any]:
    on = min(scope.period.until, scope.period.today)
    return told.columns("", "opened_on") | {"age": age_of("opened_on", on)}


def _near_columns(scope: Scope) -> dict[str, Any]:
    today = scope.period.today
    bucket = Case(
        When(due_on__lt=today, then=Value("overdue")),
        When(due_on__lte=today + timedelta(days=SOON), then=Value("soon")),
        default=Value("near"),
        output_field=TEXT,
    )
    return told.columns("matter__", "due_on") | {"near": bucket}


def _columns(prefix: str, day: str) -> Any:
    return lambda _scope: told.columns(prefix, day) | ({"act": F("act")} if day == "at" else {})


OF_MATTERS = (told.KIND, told.OWNER, told.AREA, told.MONTH)
OF_ROWS = (told.KIND, told.OWNER, told.AREA)


def measures() -> Iterator[Measure]:
    """Yield them."""
    yield counted(
        "matters.opened", (_("Matters opened"), _("Counted: matters opened in the period."), ITEMS),
        opened, _columns("", "opened_on"), dimensions=OF_MATTERS, group=MATTERS,
    )  # fmt: skip
    yield counted(
        "matters.closed", (_("Matters closed"), _("Counted: matters closed in the period."), ITEMS),
        closed, _columns("", "closed_on"), dimensions=OF_MATTERS, group=MATTERS,
    )  # fmt: skip
    yield counted(
        "matters.open", (_("Matters open"), _("Counted: matters open at the end of the period."), ITEMS),
        still_open, _open_columns, dimensions=(*OF_ROWS, told.AGE), group=MATTERS, basis="stock",
    )  # fmt: skip
    yield counted(
        "acts.done", (_("Acts done"), _("Counted: acts done in the period that stand."), TIMES),
        done, _columns("matter__", "at"), dimensions=(*OF_ROWS, ACT), group=MATTERS,
    )  # fmt: skip
    yield from _of_clocks()
    yield from _of_rights()


def _of_clocks() -> Iterator[Measure]:
    yield counted(
        "clocks.near",
        (_("Deadlines near or overdue"),
         _("Counted: running deadlines of open matters, overdue or due within seven days of the counting."),
         ITEMS),
        near, _near_columns, dimensions=(*OF_ROWS, NEARNESS), group=CLOCKS, basis="stock",
    )  # fmt: skip
    yield counted(
        "clocks.due",
        (_("Deadlines that fell due"),
         _("Counted: deadlines due in the period that have ended or are overdue."), ITEMS),
        judged, _columns("matter__", "due_on"), dimensions=OF_MATTERS, group=CLOCKS,
    )  # fmt: skip
    yield counted(
        "clocks.met",
        (_("Deadlines met in time"), _("Counted: deadlines due in the period that were met in time."), ITEMS),
        lambda scope: judged(scope).filter(met=True), _columns("matter__", "due_on"),
        dimensions=OF_MATTERS, group=CLOCKS,
    )  # fmt: skip


def _of_rights() -> Iterator[Measure]:
    for key, title, says, rows, day in (
        ("recusals", _("Recusals decided"), _("by the day of the decision"), recusals, "at"),
        ("glass", _("Emergency access used"), _("each is reviewed by somebody else"), glass, "at"),
        ("unreviewed", _("Emergency access not yet reviewed"), _("whenever it was used"), unreviewed, "at"),
        (
            "reads",
            _("Reads of restricted matters"),
            _("one for each person, matter, day and way"),
            reads,
            "on",
        ),
        (
            "clarified",
            _("Clarifications done"),
            _("acts that make clear that nothing was wrong"),
            clarified,
            "at",
        ),
    ):
        columns = _columns("matter__", day)
        yield counted(
            f"rights.{key}", (title, says, TIMES), rows, columns,
            dimensions=(told.KIND, told.OWNER), group=RIGHTS,
        )  # fmt: skip
