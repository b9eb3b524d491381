"""What comes too late (逾时来件): its order was taken back or sent anew while it was on its way.

Packages cross. Each thing names the opening that it is said to, so that an objection to an order that was
recalled never lands on the next one. It ends there: nothing is done, both journals say so, and those who have
to do with the matter on either side are told once.
"""

from __future__ import annotations

from typing import NoReturn

from django.db import transaction
from django.utils.translation import gettext as _

from qingfeng.exchange.correspondents import stream_of
from qingfeng.exchange.kinds import NotTaken, Parcel, TooLate, register
from qingfeng.exchange.models import Thread
from qingfeng.exchange.outgoing import queue
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.store import append
from qingfeng.matters import notices
from qingfeng.matters.models import Matter

LATE, WAS_LATE = "came_late", "exchange.was_late"


def thread_of(parcel: Parcel) -> Thread:
    """Return what both sides carry together and something is said to.

    Raises:
        NotTaken: If it names nothing of the kind.
    """
    theirs, ours, opening = (str(parcel.content.get(key) or "") for key in ("from", "to", "opening"))
    held = Thread.objects.filter(stream=stream_of(parcel.sender))
    # whoever opened it may speak before the other side has said its number
    found = held.filter(ours=ours).first() if ours else held.filter(theirs=theirs, opening=opening).first()
    if found is None or not opening:
        raise NotTaken(_("It names a matter that we do not carry together with this sender."))
    return found


def matter_of(thread: Thread) -> Matter:
    """Return our matter.

    Raises:
        NotTaken: If it is not there.
    """
    kind, _slash, slug = thread.ours.partition("/")
    found = Matter.objects.filter(mechanism=kind, slug=slug).first()
    if found is None:
        raise NotTaken(_("It names a matter that we do not carry together with this sender."))
    return found


def check(thread: Thread, matter: Matter, parcel: Parcel) -> None:
    """End what is said to an opening that was taken back, or to an earlier one.

    Raises:
        TooLate: If it is.
    """
    if parcel.content.get("opening") != thread.opening:
        said = _("It is said to an earlier sending of %(number)s, which was sent anew; nothing was done.")
    elif thread.is_over:
        said = _("It came after the recall of %(number)s; nothing was done.")
    else:
        return
    end(thread, matter, parcel, said % {"number": matter.number})


def end(thread: Thread, matter: Matter, parcel: Parcel, why: str) -> NoReturn:
    """Tell both sides that something came too late, and let it end.

    Raises:
        TooLate: Always.
    """
    content = {"to": str(parcel.content.get("from") or ""), "kind": parcel.kind}
    content["opening"] = str(parcel.content.get("opening") or "")
    key = f"{LATE}:{parcel.key}"[:120]
    with transaction.atomic():
        if not thread.stream.outgoing.filter(key=key).exists():
            queue(parcel.sender, LATE, content, key=key, about=thread.ours)
            _tell(matter)
    raise TooLate(why, thread.ours)


def _take(parcel: Parcel) -> Matter:
    """Note what the other side says came too late there; the same again tells nobody twice."""
    ours, opening = str(parcel.content.get("to") or ""), str(parcel.content.get("opening") or "")
    thread = Thread.objects.filter(stream=stream_of(parcel.sender), ours=ours).first()
    if thread is None:
        raise NotTaken(_("It names a matter that we do not carry together with this sender."))
    matter = matter_of(thread)
    before = JournalEntry.objects.filter(kind=WAS_LATE, subject=ours)
    with transaction.atomic():
        if not any(one.said["facts"]["part"] == parcel.key for one in before):
            facts = {"kind": str(parcel.content.get("kind") or ""), "opening": opening, "part": parcel.key}
            append(WAS_LATE, subject=ours, by="house", facts=facts)
            _tell(matter)
    return matter


def _tell(matter: Matter) -> None:
    """Tell who has a part in a matter, or has acted on it; those for whom it does not exist see nothing."""
    named = matter.parties.filter(until_at=None, person__isnull=False).values_list("person_id", flat=True)
    acted = matter.story.filter(by__isnull=False).values_list("by_id", flat=True)
    notices.tell({*named, *acted}, LATE, matter)


def join() -> None:
    """Let the other side say that something came too late."""
    register(LATE, _take)
