"""Who carries packages is told, once, without a word of what they say: one is missing, refused, unanswered.

A notice stands in the site, and a mail counts it; the page of packages says which it is and what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from qingfeng.exchange.models import OFFICE, Received, Sent, Stream
from qingfeng.exchange.settings import receipt_days
from qingfeng.matters import notices
from qingfeng.matters.models import Notice
from qingfeng.organization.people import holders

CARRY, WATCH = ("system_admin",), ("system_admin", "security_admin", "auditor")
MISSING, REFUSED, UNANSWERED = "package_missing", "package_refused", "package_unanswered"


def tell_carriers() -> int:
    """Tell what is new; return how many things were told.

    A package that was refused is told at once, to those who watch over the house too: it may mean that a
    machine was set back, or that somebody signs who should not. One that is missing is told when the gap is
    (`watching.tell_gaps`); one without receipt after the days that the district has set.
    """
    told = 0
    here = Received.objects.filter(end=OFFICE)
    for one in here.filter(state=Received.State.REFUSED, told_at=None).order_by("pk"):
        told += _tell(REFUSED, here.filter(pk=one.pk), one.pk, WATCH)
        Received.objects.filter(pk=one.pk).update(told_at=timezone.now())
    waiting = here.filter(state=Received.State.WAITING, stream__correspondent__ended_at=None)
    for stream in sorted(set(waiting.filter(told_at__isnull=False).values_list("stream", flat=True))):
        told += _tell_gap(stream)
    for sent in unanswered():
        told += _tell(UNANSWERED, Sent.objects.filter(pk=sent.pk), sent.pk, CARRY)
    return told


def unanswered() -> list[Sent]:
    """Return packages that went out so long ago that their receipt should be here, the oldest first."""
    before = timezone.now() - timedelta(days=receipt_days())
    owed = Sent.objects.filter(stream__correspondent__end=OFFICE, wants_receipt=True, receipt_at=None)
    owed = owed.filter(stream__correspondent__ended_at=None, stream__correspondent__is_beside=False)
    owed = owed.filter(made_at__lt=before)
    return list(owed.select_related("stream__correspondent").order_by("made_at", "pk"))


def _tell_gap(stream: int) -> bool:
    """Tell of a gap once, however many packages wait behind it: by the first that does."""
    with transaction.atomic():
        lock = Stream.objects.filter(pk=stream)
        list(lock.select_for_update())
        waiting = Received.objects.filter(stream=stream, state=Received.State.WAITING)
        behind = list(waiting.order_by("number").values_list("pk", flat=True))
        return bool(behind) and _tell(MISSING, lock, behind[0], CARRY, same=behind)


def _tell(
    kind: str, lock: QuerySet[Any], row: int, roles: tuple[str, ...], *, same: Sequence[int] = ()
) -> bool:
    """Tell once; the number of the row, or of one that is the same thing, makes it one.

    Rows of `lock` are locked meanwhile: of two workers the later sees what the first has told.
    """
    today, facts = timezone.localdate(), {"row": row}
    with transaction.atomic():
        list(lock.select_for_update())
        if Notice.objects.filter(kind=kind, facts__row__in=[row, *same]).exists():
            return False
        notices.tell([one.pk for role in roles for one in holders(role, today)], kind, None, facts)
    return True
