"""The day that counts as today: the real one, or the day of an act that is entered for the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_day: ContextVar[date | None] = ContextVar("day", default=None)


def today() -> date:
    """Return the civil date that counts as today, Asia/Shanghai."""
    return _day.get() or timezone.localdate()


@contextmanager
def counts_as(at: datetime | date | None) -> Iterator[None]:
    """Let the day of an instant, or a day, count as today; None changes nothing."""
    if at is None:
        yield
        return
    token = _day.set(timezone.localdate(at) if isinstance(at, datetime) else at)
    try:
        yield
    finally:
        _day.reset(token)
