"""How often pages are opened: one number a page and day, and nothing of who opened it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from datetime import date

from django.db import models
from django.utils import timezone

from qingfeng.culture.visit_models import Tally

EVERY_SECONDS = 10
_waiting: Counter[tuple[date, str]] = Counter()
_lock = threading.Lock()
_last = [0.0]


def saw(what: str) -> None:
    """Count one view; written at most every ten seconds, so what a killed process had counted is lost."""
    with _lock:
        _waiting[timezone.localdate(), what] += 1
        is_time = time.monotonic() - _last[0] > EVERY_SECONDS
    if is_time:
        flush()


def flush() -> None:
    """Write what was counted."""
    with _lock:
        held = dict(_waiting)
        _waiting.clear()
        _last[0] = time.monotonic()
    add(held)


def add(counted: dict[tuple[date, str], int]) -> None:
    """Add to the tallies of days."""
    Tally.objects.bulk_create([Tally(on=on, what=what) for on, what in counted], ignore_conflicts=True)
    for (on, what), count in counted.items():
        Tally.objects.filter(on=on, what=what).update(count=models.F("count") + count)


def add_now(what: str, count: int = 1) -> None:
    """Count something that must not be lost: an answer of a quiz."""
    add({(timezone.localdate(), what): count})
