"""The calendar feed of due dates: kind and number, nothing else.

Its address is a secret that can be revoked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qingfeng.desk.duties import Duty, Errand, work_of
from qingfeng.desk.ical import Day, Told, calendar_of, forget, number_that_leaves
from qingfeng.desk.models import FeedAddress, digest_of, new_token
from qingfeng.journal.store import append
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import Viewer, viewer_of

FEED = "feed"


def make(viewer: Viewer) -> str:
    """Make a new address for somebody's feed.

    The one before it is revoked. The token is shown once and kept nowhere.
    """
    token = new_token()
    with transaction.atomic():
        FeedAddress.objects.filter(person=viewer.person_id, revoked_at=None).update(revoked_at=timezone.now())
        made = FeedAddress.objects.create(
            person_id=viewer.person_id, digest=digest_of(token), made_at=timezone.now()
        )
        forget(viewer.person_id, FEED)
        append("desk.feed_made", subject=f"feed:{made.pk}", by=f"person:{viewer.person_id}")
    return token


def revoke(viewer: Viewer) -> bool:
    """Revoke somebody's address; return whether there was one."""
    with transaction.atomic():
        running = FeedAddress.objects.select_for_update().filter(person=viewer.person_id, revoked_at=None)
        keys = list(running.values_list("pk", flat=True))
        FeedAddress.objects.filter(pk__in=keys).update(revoked_at=timezone.now())
        forget(viewer.person_id, FEED)
        for key in keys:
            append("desk.feed_revoked", subject=f"feed:{key}", by=f"person:{viewer.person_id}")
    return bool(keys)


def current(viewer: Viewer) -> FeedAddress | None:
    """Return somebody's address that is in force, without its token, which nobody has."""
    return FeedAddress.objects.filter(person=viewer.person_id, revoked_at=None).first()


def read(token: str) -> bytes | None:
    """Return the calendar behind a token, None where it is revoked or its account is closed."""
    found = FeedAddress.objects.filter(digest=digest_of(token), revoked_at=None).first()
    account = Account.objects.filter(person=found.person_id, is_active=True).first() if found else None
    if found is None or account is None:
        return None
    today = timezone.localdate()
    if found.read_on != today:
        FeedAddress.objects.filter(pk=found.pk).update(read_on=today)
    viewer = viewer_of(account)
    with translation.override(account.language or translation.get_language()):
        work = work_of(viewer)
        days = days_of([*work.now, *work.week, *work.later])
        told = Told(found.person_id, FEED, since=None if work.is_cut else date.min)
        return calendar_of(days, _("Due dates"), told)


def days_of(duties: Iterable[Duty | Errand]) -> list[Day]:
    """Return what somebody owes as days for a calendar program: kind and number, nothing else."""
    days = []
    for duty in duties:
        summary = f"{_kind(duty)} {number_that_leaves(duty.number)}".strip()
        what = f"{duty.key} {duty.number} {duty.of or duty.what}"  # a key stays where words are changed
        days.append(Day(what, duty.due_on, summary))
    return days


def _kind(duty: Duty | Errand) -> str:
    if duty.matter is None:
        return pgettext("calendar", "What I owe beside all matters")
    return str(mechanism(duty.matter.mechanism, duty.matter.version).name)
