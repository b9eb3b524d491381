"""What was carried reaches whoever takes it: one thing after the other, tried again where it failed.

A handler runs outside the transaction that took the package, so that one thing that cannot be taken in keeps
nothing else away, and may be called again with the same thing: after a crash, or because somebody asks.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange import own
from qingfeng.exchange.kinds import NotTaken, Parcel, TooLate, handler_of, may_send
from qingfeng.exchange.models import Incoming
from qingfeng.journal.store import append

AGAIN = timedelta(hours=1)
MOST_TIMES = 48
State = Incoming.State
ENDED = (State.OPENED, State.LATE)


def open_waiting(end: str, *, most: int = 500) -> int:
    """Give what waits to its handlers, in the order in which it came; return how much was taken in.

    Args:
        end: Of which of our ends.
        most: How many are looked at now.
    """
    late = Q(state=State.FAILED, tried_at__lt=timezone.now() - AGAIN, times__lt=MOST_TIMES)
    waiting = Incoming.objects.filter(Q(state=State.WAITING) | late, received__end=end)
    found = list(waiting.select_related("received__stream__correspondent").order_by("pk")[:most])
    return sum(open_one(one) for one in found)


def open_one(one: Incoming) -> bool:
    """Give one thing to its handler; say whether it was taken in."""
    handler = handler_of(one.kind)
    if handler is None:
        return _failed(one, _("Nothing here takes “%(kind)s”: a newer version does.") % {"kind": one.kind})
    if not may_send(one.kind, one.received.stream.correspondent):
        return _failed(one, _("“%(kind)s” does not come from such a sender.") % {"kind": one.kind})
    try:
        became = handler(_parcel(one))
    except TooLate as late:
        _ended(one, str(State.LATE), late.about, what=late.why)
        return False
    except NotTaken as why:
        return _failed(one, str(why))
    except Exception as error:  # noqa: BLE001 - whatever a handler runs into, the rest goes on
        logging.getLogger("qingfeng").warning("exchange: %s %s", one.kind, type(error).__name__)
        return _failed(one, _("It broke off: %(error)s.") % {"error": type(error).__name__})
    _ended(one, str(State.OPENED), about_of(became))
    return True


def about_of(became: Any) -> str:
    """Return the public number of what something became: a matter, or text."""
    if hasattr(became, "slug"):
        return f"{became.mechanism}/{became.slug}"
    return str(became or "")


def _parcel(one: Incoming) -> Parcel:
    received = one.received
    files = tuple((each["name"], own.home() / each["path"]) for each in one.files)
    on = received.made_on or timezone.localdate(received.came_at)
    key = f"exchange:{received.stream_id}:{received.number}:{one.key}"
    return Parcel(one.kind, one.content or {}, files, received.stream.correspondent, key, on)


def _ended(one: Incoming, state: str, about: str, *, what: str = "") -> None:
    """Write down that something was taken in, or came too late; what it said is forgotten."""
    paths = [own.home() / each["path"] for each in one.files]
    with transaction.atomic():
        if Incoming.objects.select_for_update().get(pk=one.pk).state in ENDED:
            return  # by another process, meanwhile
        one.state, one.about, one.what = state, about, what
        one.content, one.files, one.tried_at, one.times = None, [], timezone.now(), one.times + 1
        one.save()
        append(
            "exchange.opened" if state == str(State.OPENED) else "exchange.came_late",
            subject=one.about,
            by="house",
            facts={"kind": one.kind, "package": one.received.digest, "part": one.key},
        )
    for path in paths:
        path.unlink(missing_ok=True)
        _tidy(path.parent)


def _tidy(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _failed(one: Incoming, why: str) -> bool:
    one.state, one.what, one.tried_at, one.times = State.FAILED, why, timezone.now(), one.times + 1
    held = Incoming.objects.filter(pk=one.pk).exclude(state__in=ENDED)  # by another process, meanwhile
    held.update(state=one.state, what=why, tried_at=one.tried_at, times=one.times)
    return False
