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
FIELDS: dict[str, tuple[tuple[str, bool], ...]] = {  # column, whether it falls
    "rank": (("weight", True), ("points", True), ("key", False)),
    "amount": (("amount", False), ("key", False)),
    "-amount": (("amount", True), ("key", False)),
    "at": (("at", False), ("key", False)),
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


def ordered(rows: QuerySet[Lead], sort: str, *, backwards: bool = False) -> QuerySet[Lead]:
    """Put leads in the order asked for; what has no amount or date comes last."""
    order = []
    for name, falls in FIELDS[sort]:
        down = falls != backwards
        last = {"nulls_first": True} if backwards else {"nulls_last": True}
        ends = last if name in {"amount", "at"} else {}
        order.append(F(name).desc(**ends) if down else F(name).asc(**ends))
    return rows.order_by(*order)


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
    found = ordered(rows, sort, backwards=backwards)
    if mark:
        found = found.filter(_beyond(FIELDS[sort], mark, backwards=backwards))
    leads = list(found[: A_PAGE + 1])
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


def _beyond(columns: tuple[tuple[str, bool], ...], mark: list[Any], *, backwards: bool) -> Q:
    """Return the condition of coming after the mark (before it, going backwards)."""
    (name, falls), value = columns[0], mark[0]
    down = falls != backwards
    if value is None:  # nothing comes after what has no value, everything before it
        here = Q(**{f"{name}__isnull": True})
        far = Q(**{f"{name}__isnull": False}) if backwards else Q(pk__in=())
    else:
        here = Q(**{name: value})
        far = Q(**{f"{name}__{'lt' if down else 'gt'}": value})
        if name in {"amount", "at"} and not backwards:
            far |= Q(**{f"{name}__isnull": True})
    if len(columns) == 1:
        return far
    return far | (here & _beyond(columns[1:], mark[1:], backwards=backwards))
