"""Declared figures, counted over the matters that a reader may see.

What is counted is an office, a unit or an item, never a private person: a figure cannot be split by a
role of persons. Everything is grouped by the database; only medians are taken here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from qingfeng.journal import composing
from qingfeng.matters.models import ClockRun, LedgerLine, Matter, MatterLink, Performance
from qingfeng.matters.vocabulary import OPEN, Field, Figure, Mechanism

ENDED = Q(state=ClockRun.State.STOPPED)


@dataclass(frozen=True)
class Row:
    """One line of a figure.

    Attributes:
        split: A value for every key of `Figure.by`, as stored: text, the id of a unit, or "" for none.
        value: What was counted; for `clocks` those met in time, for `median_days` days, for `sum` yuan, None
            without any.
        of: What `value` is a share of, where the figure is a share; None otherwise.
    """

    split: tuple[str, ...]
    value: float | None
    of: int | None = None

    @property
    def share(self) -> float | None:
        """The share, 0 to 1; None where the figure is none or nothing was counted."""
        return None if not self.of or self.value is None else self.value / self.of


@dataclass(frozen=True)
class Period:
    """Civil days of Asia/Shanghai, both inclusive; `today` decides about lights and what is overdue."""

    since: date
    until: date
    today: date

    def days(self, name: str) -> Q:
        """Return the condition for a column of civil days."""
        return Q(**{f"{name}__gte": self.since, f"{name}__lte": self.until})

    def instants(self, name: str) -> Q:
        """Return the condition for a column of instants."""
        return Q(
            **{
                f"{name}__gte": _midnight(self.since),
                f"{name}__lt": _midnight(self.until + timedelta(days=1)),
            }
        )


@dataclass(frozen=True)
class Over:
    """The matters that a figure is counted over, by a question that names them: composed once a reader.

    Attributes:
        question: What the matters depend on (`access.question_of` for what somebody sees).
        matters: Makes them.
    """

    question: Hashable
    matters: Callable[[], QuerySet[Matter]]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def count(figure: Figure, declared: Mechanism, matters: QuerySet[Matter] | Over, period: Period) -> list[Row]:
    """Count a figure.

    Args:
        figure: What is counted.
        declared: Its mechanism.
        matters: What the reader may see, or `Over` it; other kinds among them are left out.
        period: `matters` and `sum` count those opened in it, `acts` and `ledger` what was entered in it,
            `clocks` runs whose due date lies in it (those met, of all that have ended or are overdue),
            `median_days` matters whose second act lies in it.

    Returns:
        Rows, the greatest value first; empty if nothing was counted.

    Raises:
        ValueError: If the figure is split by a role of persons, or counts what the mechanism does not have.
    """
    if figure.counts.startswith("median_days:"):
        return _medians(figure, declared, matters, period)

    def grouped(among: QuerySet[Matter]) -> QuerySet[Any]:
        rows, prefix = _counted(figure, declared, among, period)
        rows, names = _split(rows, figure, declared, prefix, period)
        met = Count("pk", distinct=True, filter=Q(met=True) if figure.counts.startswith("clocks:") else None)
        n = _yuan(figure.counts) if figure.counts.startswith("sum:") else met
        counts = rows.order_by().values(*names).annotate(n=n, all=Count("pk", distinct=True))
        return counts.values_list(*names, "n", "all")

    answer = _answer((figure, declared, period), matters, grouped)
    found = _merged((tuple(split), n, every) for *split, n, every in answer)
    if figure.counts.startswith("clocks:"):
        return _ordered(Row(split, n, every) for split, (n, every) in found.items())
    if figure.share_of:
        return _shares(figure, found, count(_whole_of(figure, declared), declared, matters, period))
    return _ordered(Row(split, float(n)) for split, (n, _every) in found.items())


def _answer(
    asked: tuple[Figure, Mechanism, Period],
    matters: QuerySet[Matter] | Over,
    make: Callable[[QuerySet[Matter]], QuerySet[Any]],
) -> Iterable[Any]:
    if not isinstance(matters, Over):
        return make(matters)
    figure, declared, period = asked
    told = (repr(figure), declared.key, declared.version, period)
    return composing.rows(("figure", matters.question, *told), lambda: make(matters.matters()))


def _yuan(counts: str) -> Sum:
    """Return the sum of a fact that is money; it is kept as text with two decimals."""
    key = counts.removeprefix("sum:")
    return Sum(Cast(KeyTextTransform(key, "facts"), DecimalField(max_digits=18, decimal_places=2)))


def matters_of(
    figure: Figure, declared: Mechanism, matters: QuerySet[Matter], period: Period, split: tuple[str, ...]
) -> QuerySet[Matter]:
    """Return the matters behind one row of a figure, from the same reader's matters."""
    if figure.counts.startswith("median_days:"):
        rows: QuerySet[Any] = _with_days(figure, declared, matters, period)
        prefix = ""
    else:
        rows, prefix = _counted(figure, declared, matters, period)
    rows, names = _split(rows, figure, declared, prefix, period)
    for name, value in zip(names, split, strict=True):
        rows = rows.filter(_is(name, value))
    keys = rows.values("pk" if not prefix else "matter_id")
    return matters.filter(pk__in=keys)


def _is(name: str, value: str) -> Q:
    """Return the condition that a split column holds a value, alone or in a list of JSON text."""
    if value == "":
        return Q(**{f"{name}__isnull": True}) | Q(**{name: ""})
    listed = rf'^\[(.*[\[, ])?"?{re.escape(value)}"?([,\]].*)?$'
    return Q(**{name: value}) | Q(**{f"{name}__regex": listed})


def _whole_of(figure: Figure, declared: Mechanism) -> Figure:
    found = next((one for one in declared.figures if one.key == figure.share_of), None)
    if found is None:
        raise ValueError(
            f"{figure.key} is a share of {figure.share_of}, which {declared.key} does not count."
        )
    return replace(found, by=figure.by, share_of="")


def _shares(figure: Figure, found: dict[tuple[str, ...], tuple[int, int]], whole: list[Row]) -> list[Row]:
    del figure
    of = {row.split: int(row.value or 0) for row in whole}
    every = of | {split: of.get(split, 0) for split in found}
    return _ordered(Row(split, found.get(split, (0, 0))[0], every[split]) for split in every)


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-(row.value or 0), row.split))


def _scope(figure: Figure, declared: Mechanism, matters: QuerySet[Matter]) -> QuerySet[Matter]:
    scope = matters.filter(mechanism=declared.key, standing=Matter.Standing.VALID)
    for key, value in figure.where:
        how = f"facts__{key}" if isinstance(value, str) else f"facts__{key}__in"
        scope = scope.filter(**{how: value})
    if figure.lacks:
        leads = MatterLink.objects.filter(source=OuterRef("pk"), kind=figure.lacks, until_at=None)
        scope = scope.exclude(Exists(leads))
    if figure.never:
        done = Performance.objects.filter(matter=OuterRef("pk"), act=figure.never, undone_by=None)
        scope = scope.exclude(Exists(done))
    return scope


def _counted(
    figure: Figure, declared: Mechanism, matters: QuerySet[Matter], period: Period
) -> tuple[QuerySet[Any], str]:
    """Return the rows that are counted, and the way from them to their matter."""
    scope = _scope(figure, declared, matters)
    what, _colon, key = figure.counts.partition(":")
    if what == "matters":
        return scope.filter(period.days("opened_on")), ""
    if what == "sum":
        return scope.filter(period.days("opened_on"), facts__has_key=key), ""
    within = Q(matter__in=scope.order_by().values("pk"))
    if what == "acts" and "|" in key:
        any_of = Performance.objects.filter(
            period.instants("at"), matter=OuterRef("pk"), act__in=key.split("|"), undone_by=None
        )
        return scope.filter(Exists(any_of)), ""
    if what == "acts":
        done = Performance.objects.filter(within, period.instants("at"), act=key, undone_by=None)
        return done, "matter__"
    if what == "ledger":
        return LedgerLine.objects.filter(within, period.instants("entered_at"), ledger=key), "matter__"
    if what == "clocks":
        judged = ENDED & Q(met__isnull=False) | ~ENDED & Q(due_on__lt=period.today)
        return ClockRun.objects.filter(within, judged, period.days("due_on"), key=key), "matter__"
    raise ValueError(
        f"{declared.key}.{figure.key} counts {figure.counts!r}, which is nothing that can be counted."
    )


def _split(
    rows: QuerySet[Any], figure: Figure, declared: Mechanism, prefix: str, period: Period
) -> tuple[QuerySet[Any], list[str]]:
    """Annotate a column for every key that the figure is split by."""
    names = []
    roles = {role.key: role for role in declared.parties}
    own = columns_of(figure, declared)
    for place, key in enumerate(figure.by):
        name = f"split_{place}"
        if key in {"owner", "stage"}:
            column = F(f"{prefix}{'owner_id' if key == 'owner' else 'stage'}")
            rows = rows.annotate(**{name: Cast(column, CharField())})
        elif key == "light":
            rows = rows.annotate(**{name: light_of_row(prefix, period.today)})
        elif key in roles:
            if roles[key].kind != "unit":
                raise ValueError(
                    f"{declared.key}.{figure.key} is split by persons: a figure is about offices and items."
                )
            joined = f"party_{place}"
            on = Q(**{f"{prefix}parties__role": key, f"{prefix}parties__until_at": None})
            rows = rows.annotate(**{joined: FilteredRelation(f"{prefix}parties", condition=on)})
            rows = rows.annotate(**{name: Cast(F(f"{joined}__unit_id"), CharField())})
        elif key in own:
            rows = rows.annotate(**{name: Cast(KeyTextTransform(key, "facts"), CharField())})
        else:
            rows = rows.annotate(**{name: _fact(declared, key, prefix)})
        names.append(name)
    return rows, names


def columns_of(figure: Figure, declared: Mechanism) -> dict[str, Field]:
    """Return the columns of the ledger whose lines a figure counts, by key; none for any other figure."""
    what, _colon, key = figure.counts.partition(":")
    return {one.key: one for one in declared.ledger(key).fields} if what == "ledger" else {}


def _fact(declared: Mechanism, key: str, prefix: str) -> Any:
    """Return a fact as text; a flag as `yes` or `no`, which databases keep in different ways."""
    text = Cast(KeyTextTransform(key, f"{prefix}facts"), CharField())
    fields = (*declared.asks, *(field for act in declared.acts for field in act.asks))
    if not any(one.key == key and one.kind == "flag" for one in fields):
        return text
    return Case(
        When(Q(**{f"{prefix}facts__{key}": True}), then=Value("yes")),
        When(Q(**{f"{prefix}facts__{key}": False}), then=Value("no")),
        default=text,
        output_field=CharField(),
    )


def light_of_row(prefix: str, today: date) -> Case:
    """Return the light of a matter as an expression: red, yellow, green, or "" where no clock runs.

    Args:
        prefix: Way from the rows to their matter, "" or `matter__`.
        today: Civil date.
    """
    near = yellow_runs(today).filter(matter=OuterRef("matter_id" if prefix else "pk"))
    return Case(
        When(**{f"{prefix}due_on__lt": today}, then=Value("red")),
        When(Exists(near), then=Value("yellow")),
        When(**{f"{prefix}due_on__isnull": False}, then=Value("green")),
        default=Value(""),
        output_field=CharField(),
    )


def yellow_runs(today: date) -> QuerySet[ClockRun]:
    """Return the running clocks that are not overdue and whose light is yellow."""
    from qingfeng.matters.registry import every_version  # noqa: PLC0415 - the registry is filled at start

    shares = {(one.key, clock.key): clock.yellow for one in every_version() for clock in one.clocks}
    runs = ClockRun.objects.filter(state=ClockRun.State.RUNNING, due_on__gte=today).annotate(
        left=ExpressionWrapper(F("due_on") - Value(today), output_field=DurationField()),
        whole=ExpressionWrapper(F("due_on") - F("started_on"), output_field=DurationField()),
    )
    usual = 0.3
    found = Q(left__lte=ExpressionWrapper(F("whole") * Value(usual), output_field=DurationField()))
    for yellow in sorted({share for share in shares.values() if share != usual}):
        keys = [key for key, share in shares.items() if share == yellow]
        these = Q(pk__in=())
        for mechanism, clock in keys:
            these |= Q(matter__mechanism=mechanism, key=clock)
        near = Q(left__lte=ExpressionWrapper(F("whole") * Value(yellow), output_field=DurationField()))
        found = (these & near) | (~these & found)
    return runs.filter(found)


def _merged(
    grouped: Iterable[tuple[tuple[Any, ...], int, int]],
) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return counts by split; a row whose fact is a list counts under each of its values."""
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for split, n, every in grouped:
        for one in _each(split):
            before = found.get(one, (0, 0))
            found[one] = (before[0] + n, before[1] + every)
    return found


def _each(split: tuple[Any, ...]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for value in split:
        found = [(*head, one) for head in found for one in _texts(value)]
    return found


def _texts(value: Any) -> list[str]:
    if isinstance(value, str) and value.startswith("["):
        return [str(one) for one in json.loads(value)] or [""]
    return ["" if value is None else str(value)]


def _with_days(
    figure: Figure, declared: Mechanism, matters: QuerySet[Matter], period: Period
) -> QuerySet[Matter]:
    """Annotate the instants between which a median is taken: the first of one act, the last of the other."""
    _what, start, end = figure.counts.split(":")
    known = {act.key for act in declared.acts} | {OPEN}
    if not {start, end} <= known:
        raise ValueError(f"{declared.key}.{figure.key} counts between acts that the mechanism does not have.")

    def at(act: str, which: Any) -> Subquery:
        done = Performance.objects.filter(matter=OuterRef("pk"), act=act, undone_by=None).order_by()
        return Subquery(done.values("matter").annotate(one=which("at")).values("one"))

    ended = Performance.objects.filter(period.instants("at"), act=end, undone_by=None).order_by()
    scope = _scope(figure, declared, matters).filter(pk__in=ended.values("matter"))
    rows = scope.annotate(begun_at=at(start, Min), ended_at=at(end, Max))
    return rows.filter(period.instants("ended_at"), begun_at__isnull=False, ended_at__gte=F("begun_at"))


def _medians(
    figure: Figure, declared: Mechanism, matters: QuerySet[Matter] | Over, period: Period
) -> list[Row]:
    def pairs(among: QuerySet[Matter]) -> QuerySet[Any]:
        rows, names = _split(_with_days(figure, declared, among, period), figure, declared, "", period)
        return rows.order_by().values_list(*names, "begun_at", "ended_at")

    days: dict[tuple[str, ...], list[int]] = {}
    for *split, begun, ended in _answer((figure, declared, period), matters, pairs):
        lasted = (timezone.localdate(ended) - timezone.localdate(begun)).days
        for one in _each(tuple(split)):
            days.setdefault(one, []).append(lasted)
    return _ordered(Row(split, float(median(lasted))) for split, lasted in days.items())
