"""Hours: the only times that the counter keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.utils import timezone


def this_hour() -> datetime:
    """Return the hour that it is, UTC."""
    return timezone.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def hour_after(hours: float) -> datetime:
    """Return the hour that has begun when so many hours have passed, at least; UTC."""
    return this_hour() + timedelta(hours=int(hours) + 1)
