"""The calendar feed of due dates: kind and number, nothing else.

Its address is a secret that can be revoked.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from qingfeng.desk.duties import Duty, Errand, work_of
from qingfeng.desk.models import FeedAddress, digest_of, new_token
from qingfeng.journal.store import append
from qingfeng.look.outgoing import named_in
from qingfeng.matters.registry import mechanism
from qingfeng.organization.models import Account
from qingfeng.organization.viewer import Viewer, viewer_of


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
        append("desk.feed_made", subject=f"feed:{made.pk}", by=f"person:{viewer.person_id}")
    return token


def revoke(viewer: Viewer) -> bool:
    """Revoke somebody's address; return whether there was one."""
    with transaction.atomic():
        running = FeedAddress.objects.select_for_update().filter(person=viewer.person_id, revoked_at=None)
        keys = list(running.values_list("pk", flat=True))
        FeedAddress.objects.filter(pk__in=keys).update(revoked_at=timezone.now())
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
        return _calendar([*work.now, *work.week, *work.later])


def _calendar(duties: list[Duty | Errand]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Qingfeng//desk//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Due dates"))
    for duty in duties:
        event = Event()
        number = number_that_leaves(duty.number)
        key = duty.key if number or not duty.number else word_of(duty.key)
        event.add("uid", f"{key}-{duty.due_on:%Y%m%d}-{hash_of(duty)}@qingfeng")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", duty.due_on)
        event.add("dtend", duty.due_on + timedelta(days=1))
        event.add("summary", f"{_kind(duty)} {number}".strip())
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()


def _kind(duty: Duty | Errand) -> str:
    if duty.matter is None:
        return pgettext("calendar", "What I owe beside all matters")
    return str(mechanism(duty.matter.mechanism, duty.matter.version).name)


def number_that_leaves(number: str) -> str:
    """Return a number as a calendar program may know it: "" for that of a report or petition."""
    return "" if named_in([number]) else number


def hash_of(duty: Duty | Errand) -> str:
    """Return a word that is the same for the same duty in every process and tells nothing of it."""
    return word_of(f"{duty.number} {duty.what}")


def word_of(text: str) -> str:
    """Return a word for a text that nobody finds by trying out numbers: a hash with the house's key."""
    return salted_hmac("qingfeng.desk.calendar", text, algorithm="sha256").hexdigest()[:24]
