"""Carrying (摆渡): what goes from the counter to the office, and what comes back; sealed both ways.

Whoever carries asks for what `waits`, says what was `carried` once the office has it, and brings answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from qingfeng.journal.models import JournalEntry
from qingfeng.public.counter.hours import this_hour
from qingfeng.public.counter.models import Answer, Arrival, SealedFile


@dataclass(frozen=True)
class Waiting:
    """Something that arrived and was not carried yet.

    Attributes:
        number: Gapless.
        entry: Index in the counter's log.
        hour: UTC.
        key: Public key that answers are sealed to.
        envelope: Its sealed content.
        files: Its sealed enclosures, in order.
        digest: What the entry says, hex.
        salt: Opens the digest.
    """

    number: int
    entry: int
    hour: datetime
    key: bytes
    envelope: bytes
    files: tuple[bytes, ...]
    digest: str
    salt: bytes


def pending(most: int = 200) -> Iterator[Waiting]:
    """Yield what waits to be carried and is published in the log, oldest first; one at a time in memory.

    Args:
        most: How many at once.
    """
    waiting = Arrival.objects.filter(is_carried=False).order_by("number").values_list("pk", flat=True)
    for row in list(waiting[:most]):
        arrival = Arrival.objects.get(pk=row)
        index = JournalEntry.objects.get(pk=arrival.entry).index
        if index is None:
            return
        yield Waiting(
            arrival.number,
            index,
            arrival.hour,
            bytes(arrival.key),
            bytes(arrival.envelope),
            tuple(bytes(one.held) for one in arrival.files.order_by("place")),
            arrival.digest,
            bytes(arrival.salt),
        )


def carried(numbers: Iterable[int]) -> None:
    """Let go of what the office has: the sealed bytes are deleted here, number, hour and digest stay."""
    with transaction.atomic():
        there = Arrival.objects.filter(number__in=list(numbers))
        SealedFile.objects.filter(arrival__in=there).update(held=b"")
        there.update(is_carried=True, envelope=b"")


def take_answer(number: int, held: bytes) -> bool:
    """Keep a sealed answer for whoever has the code; say whether it is new.

    Args:
        number: Of the arrival that it answers.
        held: As `sealing.arrivals.seal_answer` made it.

    Raises:
        Arrival.DoesNotExist: If nothing with that number came here.
    """
    arrival = Arrival.objects.get(number=number)
    _answer, is_new = Answer.objects.get_or_create(
        arrival=arrival, digest=sha256(held).hexdigest(), defaults={"held": held, "hour": this_hour()}
    )
    return is_new
