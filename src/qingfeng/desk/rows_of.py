"""Rows of one matter, each kind by a query that is composed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from qingfeng.journal import composing
from qingfeng.matters.key_models import Sealed
from qingfeng.matters.models import (
    ClockRun,
    LedgerLine,
    Matter,
    MatterFile,
    MatterSlip,
    Party,
    Performance,
)


def _of(name: str, rows: Callable[[], QuerySet[Any]]) -> Callable[[Matter], list[Any]]:
    """Return how rows of one matter are read, by a query that is composed once."""
    return lambda matter: composing.rows_of(
        ("seen", name), [matter.pk], lambda marks: rows().filter(matter__in=marks)
    )


parties = _of(
    "parties", lambda: Party.objects.filter(until_at=None).select_related("person", "unit").order_by("pk")
)
story = _of(
    "story",
    lambda: Performance.objects.select_related("by", "for_person", "second", "meeting").order_by("no"),
)
lines = _of("lines", lambda: LedgerLine.objects.order_by("ledger", "no"))
files = _of("files", lambda: MatterFile.objects.select_related("attachment").order_by("pk"))
slips = _of(
    "slips", lambda: MatterSlip.objects.select_related("slip__number", "slip__record_copy").order_by("pk")
)
clocks = _of("clocks", lambda: ClockRun.objects.order_by("pk"))
sealed = _of("sealed", lambda: Sealed.objects.order_by("pk"))
