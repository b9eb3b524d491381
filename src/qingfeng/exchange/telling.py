"""Who carries packages is told, once, without a word of what they say: one is missing, refused, unanswered.

A notice stands in the site, and a mail counts it; the page of packages says which it is and what to do.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from qingfeng.exchange.models import OFFICE, Received, Sent
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
        told += _tell(REFUSED, one.pk, WATCH)
        Received.objects.filter(pk=one.pk).update(told_at=timezone.now())
    for one in here.filter(state=Received.State.WAITING, told_at__isnull=False):
        told += _tell(MISSING, one.pk, CARRY)
    for sent in unanswered():
        told += _tell(UNANSWERED, sent.pk, CARRY)
    return told


def unanswered() -> list[Sent]:
    """Return packages that went out so long ago that their receipt should be here, the oldest first."""
    before = timezone.now() - timedelta(days=receipt_days())
    owed = Sent.objects.filter(stream__correspondent__end=OFFICE, wants_receipt=True, receipt_at=None)
    owed = owed.filter(stream__correspondent__is_beside=False, made_at__lt=before)
    return list(owed.select_related("stream__correspondent").order_by("made_at", "pk"))


def _tell(kind: str, row: int, roles: tuple[str, ...]) -> bool:
    """Tell once; the number of the row makes it one thing."""
    today, facts = timezone.localdate(), {"row": row}
    with transaction.atomic():
        if Notice.objects.filter(kind=kind, facts__row=row).exists():
            return False
        notices.tell([one.pk for role in roles for one in holders(role, today)], kind, None, facts)
    return True
