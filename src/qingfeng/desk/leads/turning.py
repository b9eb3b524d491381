"""Pages of a list of leads by key: a page costs the same at the end of 200,000 as at the beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from qingfeng.findings.models import Lead

A_PAGE = 50
MOST, MOST_POINTS = Decimal(10) ** 15, 32_767
Columns = tuple[tuple[str, bool], ...]  # column, whether it falls
FIELDS: dict[str, Columns] = {  # rising is falling read from its end: one index serves both
    "rank": (("weight", True), ("points", True), ("key", False)),
    "amount": (("amount", False), ("key", True)),
    "-amount": (("amount", True), ("key", False)),
    "at": (("at", False), ("key", True)),
    "-at": (("at", True), ("key", False)),
}


@dataclass(frozen=True)
class Turned:
    """One page of a list.

    Attributes:
        leads: At most `A_PAGE`, in order.
        before: Mark of the page before, "" on the first.
        after: Mark of the next page, "" on the last.
    """

    leads: list[Lead]
    before: str
    after: str


@dataclass(frozen=True)
class _Part:
    """A part of an order: leads with a value in its first column, or those without, which come last."""

    rows: QuerySet[Lead]
    columns: Columns

    def beyond(self, mark: list[Any] | None, *, backwards: bool, most: int) -> list[Lead]:
        """Return so many leads after a mark (before it, going backwards), from the beginning without one."""
        rows = self.rows.filter(_beyond(self.columns, mark, backwards=backwards)) if mark else self.rows
        return list(rows.order_by(*_order(self.columns, backwards=backwards))[:most])


def ordered(rows: QuerySet[Lead], sort: str) -> QuerySet[Lead]:
    """Put leads in the order asked for; what has no amount or date comes last."""
    (name, falls), *rest = FIELDS[sort]
    first = F(name).desc(nulls_last=True) if falls else F(name).asc(nulls_last=True)
    return rows.order_by(first, *_order(tuple(rest), backwards=False))


def _order(columns: Columns, *, backwards: bool) -> list[str]:
    return [f"-{name}" if falls != backwards else name for name, falls in columns]


def page_of(rows: QuerySet[Lead], sort: str, *, after: str = "", before: str = "") -> Turned:
    """Return the page after a mark, or before one; the first page for neither.

    Args:
        rows: The leads of the list.
        sort: A key of `FIELDS`.
        after: Mark of the last lead of the page before.
        before: Mark of the first lead of the page after.
    """
    backwards = bool(before)
    mark = _read(before or after, sort)
    leads = _gathered(_parts(rows, sort), mark, backwards=backwards)
    is_more, leads = len(leads) > A_PAGE, leads[:A_PAGE]
    if backwards:
        leads.reverse()
    has_before = is_more if backwards else bool(mark)
    has_after = bool(mark) if backwards else is_more
    return Turned(
        leads,
        _mark(leads[0], sort) if leads and has_before else "",
        _mark(leads[-1], sort) if leads and has_after else "",
    )


def _parts(rows: QuerySet[Lead], sort: str) -> list[_Part]:
    name = FIELDS[sort][0][0]
    if name not in {"amount", "at"}:
        return [_Part(rows, FIELDS[sort])]
    with_it, without = {f"{name}__isnull": False}, {f"{name}__isnull": True}
    return [_Part(rows.filter(**with_it), FIELDS[sort]), _Part(rows.filter(**without), FIELDS[sort][1:])]


def _gathered(parts: list[_Part], mark: list[Any] | None, *, backwards: bool) -> list[Lead]:
    """Return a page and one lead more: out of the part in which the mark lies, then out of the next."""
    if mark and mark[0] is None:
        at, mark = len(parts) - 1, mark[1:]
    else:
        at = len(parts) - 1 if backwards and not mark else 0
    leads = parts[at].beyond(mark, backwards=backwards, most=A_PAGE + 1)
    then = at - 1 if backwards else at + 1
    if len(leads) <= A_PAGE and 0 <= then < len(parts):
        leads += parts[then].beyond(None, backwards=backwards, most=A_PAGE + 1 - len(leads))
    return leads


def _mark(lead: Lead, sort: str) -> str:
    """Return where a lead stands in an order, for an address."""
    values = [getattr(lead, name) for name, _falls in FIELDS[sort]]
    said = [
        "" if one is None else one.isoformat() if isinstance(one, datetime) else str(one) for one in values
    ]
    return quote("~".join([sort, *said]))


def _read(text: str, sort: str) -> list[Any] | None:
    """Return the values of a mark, None for none or for one that was not made here."""
    made_for, *parts = text.replace("\0", "").split("~")
    if made_for != sort or len(parts) != len(FIELDS[sort]):
        return None
    try:
        return [_value(name, part) for (name, _falls), part in zip(FIELDS[sort], parts, strict=True)]
    except (ValueError, InvalidOperation):
        return None


def _value(name: str, text: str) -> Any:
    """Return one value of a mark.

    Raises:
        ValueError: If it is none that a lead has.
    """
    if name == "key":
        return text[:16]
    if not text:
        return None
    if name == "at":
        at = datetime.fromisoformat(text)
        if timezone.is_naive(at):
            raise ValueError(text)
        return at
    number = Decimal(text)
    if not number.is_finite() or not -MOST < number < MOST or (name == "points" and number > MOST_POINTS):
        raise ValueError(text)
    return int(number) if name == "points" else number


def _beyond(columns: Columns, mark: list[Any], *, backwards: bool) -> Q:
    """Return the condition of coming after the mark (before it, going backwards).

    The first column is bounded by itself, so that a database begins there and passes nothing over.
    """
    name, falls = columns[0]
    bound = Q(**{f"{name}__{'lte' if falls != backwards else 'gte'}": mark[0]})
    return bound & _after(columns, mark, backwards=backwards)


def _after(columns: Columns, mark: list[Any], *, backwards: bool) -> Q:
    (name, falls), value = columns[0], mark[0]
    far = Q(**{f"{name}__{'lt' if falls != backwards else 'gt'}": value})
    if len(columns) == 1:
        return far
    return far | (Q(**{name: value}) & _after(columns[1:], mark[1:], backwards=backwards))
