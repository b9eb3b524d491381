"""What is in force while an act is performed: settings of the district and work calendar, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from qingfeng.journal.straight import Question, Together, ask_all
from qingfeng.organization import district_settings
from qingfeng.organization.models import CalendarVersion, Setting

Version = tuple[int, str]

_calendar: ContextVar[Version | None] = ContextVar("calendar", default=None)
_NEWEST = Question(
    lambda: CalendarVersion.objects.values_list("number", "digest").order_by("-number")[:1], ""
)
_BOTH = Together(district_settings.DECIDED, _NEWEST)

BESIDE_A_MATTER = (
    Question(lambda _matter: Setting.objects.order_by("pk").values_list("key", "value")),
    Question(lambda _matter: CalendarVersion.objects.values_list("number", "digest").order_by("-number")[:1]),
)
"""The same two, to be asked together with what is read of a matter."""


def newest_calendar() -> Version | None:
    """Return number and digest of the newest version of the work calendar, None before the first."""
    return _calendar.get() or next(iter(_NEWEST()), None)


@contextmanager
def standing(decided: Iterable[Any], newest: Iterable[Version]) -> Iterator[None]:
    """Let settings and calendar inside be these.

    Args:
        decided: Key and value of every decision, oldest first.
        newest: Number and digest of the newest version of the calendar, or nothing.
    """
    before = _calendar.set(next(iter(newest), None))
    try:
        with district_settings.held(decided):
            yield
    finally:
        _calendar.reset(before)


@contextmanager
def read_once(*foresees: Any) -> Iterator[None]:
    """Read both now and let them stand inside.

    Args:
        foresees: Rows that will be written, each by its model (`straight.ask_all`).
    """
    ((decided, newest),) = ask_all((_BOTH, ()), foresees=foresees)
    with standing(decided, newest):
        yield
