"""Groups book a slot of a route: a name of the group and how many; no person, no telephone number."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.culture.life import Kept, no
from qingfeng.culture.models import Entry
from qingfeng.culture.visit_models import Booking, Slot
from qingfeng.journal import store
from qingfeng.organization.models import Person

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PERSONAL = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\d{17}[\dXx])(?!\d)|\d{3}[ -]\d{4}[ -]\d{4}|\S+@\S+\.\S+"
)
State = Booking.State
HELD = (State.ASKED, State.CONFIRMED, State.CAME)


def is_personal(text: str) -> bool:
    """Return whether a text holds a telephone number, an identity number or a mail address."""
    return bool(PERSONAL.search(text))


def left(slot: Slot) -> int:
    """Return how many people a slot still takes; what was asked for holds its places."""
    taken = slot.bookings.filter(state__in=HELD).aggregate(n=Sum("heads"))["n"] or 0
    return slot.capacity - taken


@transaction.atomic
def book(slot: Slot, *, group: str, heads: int) -> Booking | Kept:
    """Ask for places of a slot; two groups at once never get more than there are.

    Args:
        slot: That has not begun.
        group: Unit or class, without anybody's name or number.
        heads: How many come.
    """
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    if is_personal(group):
        return no("group", _("Leave out telephone and identity numbers: the name of the group is enough."))
    if slot.starts_at <= timezone.now():
        return no("slot", _("This slot has begun: choose a later one."))
    places = left(slot)
    if not 0 < heads <= places:
        return no("heads", _("This slot has %(left)d places left.") % {"left": places})
    return Booking.objects.create(slot=slot, code=_code(), group=group.strip(), heads=heads)


@transaction.atomic
def answer(
    booking: Booking, state: Any, *, by: Person, words: str = "", came: int | None = None
) -> Booking | Kept:
    """Confirm, decline, or note on the day how many came.

    Args:
        booking: As it stands.
        state: `confirmed`, `declined` or `came`.
        by: Who answers for the office.
        words: What the group reads; needed for a no.
        came: How many were there.
    """
    booking = Booking.objects.select_for_update().select_related("slot").get(pk=booking.pk)
    before = {
        State.CONFIRMED: (State.ASKED,),
        State.DECLINED: (State.ASKED, State.CONFIRMED),
        State.CAME: (State.CONFIRMED,),
    }
    if booking.state not in before[State(state)]:
        return no("state", _("This booking was answered already."))
    if state == State.DECLINED and not words.strip():
        return no("words", _("Say why, so that the group can choose another day."))
    if state == State.CAME and (came is None or came < 0):
        return no("came", _("Enter how many were there."))
    booking.state, booking.answer, booking.came = state, words.strip(), came
    booking.save()
    facts = {"state": state, "heads": booking.heads if came is None else came}
    store.append(
        "culture.booking_answered", subject=f"booking:{booking.pk}", by=f"person:{by.pk}", facts=facts
    )
    return booking


@transaction.atomic
def cancel(code: str) -> Booking | Kept:
    """Let a group give its places back, with its code."""
    booking = (
        Booking.objects.select_for_update()
        .filter(code=code, state__in=(State.ASKED, State.CONFIRMED))
        .first()
    )
    if booking is None:
        return no("code", _("There is nothing to cancel under this code."))
    booking.state = State.CANCELLED
    booking.save(update_fields=["state"])
    return booking


def add_slots(entry: Entry, *, starts: list[datetime], minutes: int, capacity: int, guide: str = "") -> int:
    """Add slots that are not there yet; return how many were added."""
    before = entry.slots.count()
    Slot.objects.bulk_create(
        [
            Slot(
                entry=entry,
                starts_at=at,
                ends_at=at + timedelta(minutes=minutes),
                capacity=capacity,
                guide=guide,
            )
            for at in starts
        ],
        ignore_conflicts=True,
    )
    return entry.slots.count() - before


def open_slots(entry: Entry) -> list[Slot]:
    """Return the slots of the coming 60 days that still take somebody, each with `places` left."""
    now = timezone.now()
    found = []
    for slot in entry.slots.filter(starts_at__gt=now, starts_at__lt=now + timedelta(days=60)).annotate(
        taken=Sum("bookings__heads", filter=Q(bookings__state__in=HELD))
    ):
        slot.places = slot.capacity - (slot.taken or 0)
        if slot.places > 0:
            found.append(slot)
    return found


def _code() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _n in range(4)) for _m in range(3))
