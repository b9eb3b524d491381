"""Packing (装包): the counter's end of the exchange: batches go out, sealed answers and keys come in.

Between packing and receipt what arrived stays here, sealed; once the office's receipt is here it is let go.
"""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from django.conf import settings

from qingfeng.exchange.batches import Arrived, batch_of
from qingfeng.exchange.correspondents import counting
from qingfeng.exchange.kinds import NotTaken, Parcel, register
from qingfeng.exchange.models import Correspondent, Sent, Stream
from qingfeng.exchange.outgoing import Offer, offer_with
from qingfeng.journal.folder import COUNTER, LogFolder
from qingfeng.journal.models import JournalCheckpoint
from qingfeng.public.counter import carrying, house
from qingfeng.public.counter.hours import this_hour
from qingfeng.public.counter.models import Arrival
from qingfeng.sealing.errors import SealingError

MOST = 500  # arrivals of one batch, unless one checkpoint covers more
ANSWERS, KEYS = "counter_answers", "counter_keys"


def offer(stream: Stream, work: Path, at_once: bool) -> Offer:  # noqa: FBT001 - called by the exchange alone
    """Return the batch that goes with the next package to the office, if anything is new.

    What arrived in this very hour waits for its end, unless all goes at once: the day and minute of a package
    are noted by every system, and the hour is all that is kept of when somebody wrote.
    """
    _let_go(stream)
    found = list(_waiting(stream, work, most=MOST + 1))
    young = next((one.entry for one in found if not at_once and one.hour >= this_hour().isoformat()), None)
    note = _checkpoint(stream, [one.entry for one in found], young)
    if note is None or note.size == stream.log_size:
        return Offer()
    if found and found[-1].entry < note.size and len(found) > MOST:
        found = list(_waiting(stream, work, most=None))
    arrived = [one for one in found if one.entry < note.size]
    folder = LogFolder(Path(settings.HOME), COUNTER)
    part = batch_of(arrived, stream.log_size, folder, work=work, note=note.note.encode())

    def settle(sent: Sent) -> None:
        Stream.objects.filter(pk=stream.pk).update(log_size=note.size, log_note=note.note)
        Sent.objects.filter(pk=sent.pk).update(log_to=note.size)

    return Offer([part], settle)


def _waiting(stream: Stream, work: Path, *, most: int | None) -> list[Arrived]:
    """Write what waits and was not packed to files; return it in order."""
    found: list[Arrived] = []
    for one in carrying.pending(most=Arrival.objects.filter(is_carried=False).count()):
        if one.entry < stream.log_size:
            continue
        paths = [work / f"{one.number}-{place}" for place in range(1 + len(one.files))]
        for path, held in zip(paths, (one.envelope, *one.files), strict=True):
            path.write_bytes(held)
        key, salt = one.key.hex(), one.salt.hex()
        hour = one.hour.isoformat()
        found.append(Arrived(one.number, one.entry, hour, key, paths[0], tuple(paths[1:]), salt))
        if most is not None and len(found) >= most:
            break
    return found


def _checkpoint(stream: Stream, entries: list[int], young: int | None) -> JournalCheckpoint | None:
    """Return the newest signed checkpoint that covers no arrival beyond those a batch holds.

    Args:
        stream: To the office.
        entries: Places of the arrivals that wait, in order.
        young: The first of them that is too young to go.
    """
    signed = JournalCheckpoint.objects.filter(log=COUNTER, size__gte=stream.log_size).order_by("size")
    if young is not None:
        signed = signed.filter(size__lte=young)
    if len(entries) > MOST:
        fitting = signed.filter(size__gt=stream.log_size, size__lte=entries[-1]).last()
        return fitting or signed.filter(size__gt=entries[-1]).first()
    return signed.last()


def _let_go(stream: Stream) -> None:
    """Let go of what the office has: its receipt is here."""
    newest = stream.sent.filter(receipt_at__isnull=False, log_to__gt=0).order_by("-number").first()
    if newest is None:
        return
    there = [one.number for one in carrying.pending(most=10 * MOST) if one.entry < newest.log_to]
    if there:
        carrying.carried(there)


def take_answer(parcel: Parcel) -> str:
    """Keep a sealed answer for whoever has the code."""
    number = int(parcel.content["number"])
    try:
        carrying.take_answer(number, b64decode(parcel.content["answer"]))
    except Arrival.DoesNotExist:
        raise NotTaken(f"Nothing with the number {number} came here.") from None
    return f"arrival/{number}"


def take_keys(parcel: Parcel) -> str:
    """Keep the keys that the office has sent, if they are newer."""
    held = b64decode(parcel.content["file"])
    for keys in counting(parcel.sender):
        try:
            house.take_keys(held, bytes(keys.verify))
        except SealingError:
            continue
        return "counter/keys"
    raise NotTaken("The office that this counter knows did not sign these keys.")


def join() -> None:
    """Let packages to the office carry batches, and take what it sends."""
    offer_with("office", offer)
    register(ANSWERS, take_answer, senders=[str(Correspondent.Kind.OFFICE)])
    register(KEYS, take_keys, senders=[str(Correspondent.Kind.OFFICE)])
