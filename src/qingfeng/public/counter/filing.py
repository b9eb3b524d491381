"""Filing (递交): one transaction that gives a number, keeps what is sealed and writes the entry of the log.

The log is published before the answer goes out, so that the receipt carries its proof. Where the publisher
stops with an alarm the letter is kept all the same, and the proof is shown later, to whoever types the code.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from qingfeng.journal.errors import JournalProblem
from qingfeng.journal.folder import COUNTER
from qingfeng.journal.models import JournalEntry
from qingfeng.journal.proof import EntryProof, parse_proof
from qingfeng.journal.publisher import publish
from qingfeng.journal.store import append, prove
from qingfeng.journal.tree import leaf_hash
from qingfeng.public.counter import codes, tickets
from qingfeng.public.counter.hours import this_hour
from qingfeng.public.counter.letters import Letter, Sealed, seal
from qingfeng.public.counter.models import Arrival, Numbering, SealedFile
from qingfeng.sealing.arrivals import ENTRY


@dataclass(frozen=True)
class Filed:
    """What came of filing.

    Attributes:
        arrival: Its row.
        code: What leads to it; kept nowhere.
        is_new: Whether it was filed now; the same form sent again leads to the same.
    """

    arrival: Arrival
    code: str
    is_new: bool


def file_letter(
    letter: Letter,
    to: Sequence[bytes],
    *,
    ticket: tickets.Ticket | None = None,
    code: str = "",
    place: int = 0,
) -> Filed:
    """Take a letter in; outside any transaction.

    Args:
        letter: What somebody wrote.
        to: Public keys of those who may read it.
        ticket: Of the form; it is used up. None for staff at the desk.
        code: Of the receipt that this is said to; "" for a new one.
        place: Which one it is under that code; 0 for a new one.

    Raises:
        SealingError: If there is nobody to seal to.
    """
    code = code or (codes.code_from(ticket.name) if ticket else codes.new_code())
    sealed = seal(letter, to, codes.pair_of(code)[1])
    arrival, is_new = _kept(sealed, codes.digest_of(code, place), codes.pair_of(code)[1], ticket=ticket)
    if is_new:
        _publish()
    return Filed(arrival, code, is_new)


def _kept(
    sealed: Sealed, found_by: str, key: bytes, *, ticket: tickets.Ticket | None
) -> tuple[Arrival, bool]:
    Numbering.objects.get_or_create(pk=1)
    with transaction.atomic():
        Numbering.objects.filter(pk=1).update(last=F("last") + 1)
        before = Arrival.objects.filter(code_digest=found_by).first()
        if before is not None or (ticket is not None and not tickets.spend(ticket)):
            transaction.set_rollback(True)
            if before is None:
                raise AlreadyUsed
            return before, False
        entry = append(ENTRY, facts={"digest": sealed.digest}, log=COUNTER)
        arrival = Arrival.objects.create(
            number=Numbering.objects.get(pk=1).last,
            code_digest=found_by,
            key=key,
            hour=this_hour(),
            envelope=sealed.envelope,
            own=sealed.own,
            salt=sealed.salt,
            digest=sealed.digest,
            entry=entry.pk,
        )
        SealedFile.objects.bulk_create(
            SealedFile(arrival=arrival, place=place, sha256=digest, held=held)
            for place, (digest, held) in enumerate(zip(sealed.hashes(), sealed.files, strict=True))
        )
    return arrival, True


class AlreadyUsed(Exception):  # noqa: N818 - says what happened
    """The ticket of this form was used for something else."""


def _publish() -> None:
    with contextlib.suppress(JournalProblem):  # the publisher has raised its alarm; when, no log of ours says
        publish(COUNTER, wait=True)


def proof_of(arrival: Arrival) -> bytes | None:
    """Return the proof of entry of an arrival, which carries the entry; None while it is not published."""
    entry = JournalEntry.objects.get(pk=arrival.entry)
    if entry.index is None:
        _publish()
        entry = JournalEntry.objects.get(pk=arrival.entry)
    return None if entry.index is None else prove(entry, carry=True)


def short_proof(proof: bytes) -> str:
    """Return the same proof with the entry's hash in place of the entry: small enough for a QR code."""
    told = parse_proof(proof)
    return EntryProof(told.index, told.hashes, told.note, leaf_hash(told.extra)).encoded().decode()
