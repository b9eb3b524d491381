"""What comes in: verified, once each, in order. One that is too early waits; one that is wrong is refused.

A refusal says what, and what to do next, and is an entry in the journal; nothing of the package counts then.
What a package carries is laid down in the transaction that takes it, and opened after it (`opening`).
"""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange import own
from qingfeng.exchange.correspondents import of_key, retire_older, stream_of
from qingfeng.exchange.models import CorrespondentKeys, Incoming, Received, Stream
from qingfeng.exchange.outgoing import RECEIPT, take_receipt
from qingfeng.journal.store import append
from qingfeng.sealing import packages
from qingfeng.sealing.errors import SealingError
from qingfeng.sealing.packages import Head, Part


class Wrong(Exception):  # noqa: N818 - says what is wrong
    """A package cannot be taken.

    Attributes:
        what: What is wrong, one sentence.
        then: What to do next.
    """

    def __init__(self, what: str, then: str) -> None:
        self.what, self.then = what, then
        super().__init__(what)


@dataclass(frozen=True)
class Brought:
    """What came of a package that was brought.

    Attributes:
        received: Its row.
        is_again: It had been taken before; `received.came_at` says when.
        missing: Numbers that are still missing before it, first and last; None where it does not wait.
    """

    received: Received
    is_again: bool = False
    missing: tuple[int, int] | None = None


Within = Callable[[Received, Part], None]
_WITHIN: dict[str, Within] = {}


def take_within(kind: str, function: Within) -> None:
    """Let a kind be taken in the transaction that takes its package; it raises `Wrong` to refuse it whole."""
    _WITHIN[kind] = function


def take_in(file: Path, end: str) -> Brought:
    """Take in a package that somebody brought, then those that waited for it. Outside any transaction.

    Args:
        file: The package; it stays where it is.
        end: Which of our ends it was brought to.

    Raises:
        OSError: If it cannot be read, or the disk is full.
    """
    brought = _brought(file, end)
    if brought.received.state != Received.State.REFUSED:
        _take_waiting(brought.received.stream, end)
    return brought


def _brought(file: Path, end: str) -> Brought:
    head: Head | None = None
    try:
        with file.open("rb") as source:
            head, signature = packages.read_head(source)
        keys = _sender(head, signature, end)
        return _in_order(file, head, keys)
    except Wrong as wrong:
        return Brought(_refused(file, end, head, wrong))
    except SealingError as error:
        return Brought(_refused(file, end, head, _damaged(error)))


def gap_of(stream: Stream) -> tuple[int, int] | None:
    """Return the first and last number that is missing before the earliest package that waits; or None."""
    waiting = stream.received.filter(state=Received.State.WAITING).order_by("number").first()
    if waiting is None or waiting.number <= stream.received_number + 1:
        return None
    return stream.received_number + 1, waiting.number - 1


def _sender(head: Head, signature: bytes, end: str) -> CorrespondentKeys:
    """Return whose package it is, its signature verified."""
    if head.receiver not in {one.card.key_id for one in own.own_keys(end)}:
        raise Wrong(
            _("This package is not for us."), _("Send it back, and compare the fingerprints of our card.")
        )
    keys = of_key(end, head.sender)
    if keys is None:
        raise Wrong(
            _("Nobody whom we know has signed this package: key %(key)s.") % {"key": head.sender},
            _("If it should be known, let two people add and confirm the card; then bring it again."),
        )
    packages.check_sender(head, signature, bytes(keys.verify))
    return keys


def _damaged(error: SealingError) -> Wrong:
    said = {
        SealingError.CHANGED: _("This package was changed or cut short on the way."),
        SealingError.RECEIVER: _("This package is sealed to another key than it names."),
    }.get(error.why, _("This is no package, or it is damaged."))
    return Wrong(said, _("Ask the sender to put the same package out again, and copy it anew."))


def _in_order(file: Path, head: Head, keys: CorrespondentKeys) -> Brought:
    stream = stream_of(keys.correspondent)
    if head.stream != stream.name:
        raise Wrong(
            _("This package belongs to another row of packages: %(row)s.") % {"row": head.stream},
            _("One side was set back and began anew: let both begin anew together, then bring new packages."),
        )
    if (before := _taken_before(stream, head)) is not None:
        return before
    if head.number > stream.received_number + 1:
        return _let_wait(file, head, stream)
    if head.previous != stream.received_digest:
        raise Wrong(
            _("Package %(number)s does not follow the one that came before it.") % {"number": head.number},
            _("The sender's machine was set back, or two send under one key: find out before going on."),
        )
    try:
        return Brought(_take(file, head, keys, stream))
    except Wrong:
        stream.refresh_from_db()
        if (before := _taken_before(stream, head)) is not None:  # another process took it meanwhile
            return before
        raise


def _taken_before(stream: Stream, head: Head) -> Brought | None:
    """Return what a package became that was taken before; refuse another one of its number."""
    if head.number > stream.received_number:
        return None
    with transaction.atomic():
        held = stream.received.select_for_update()
        taken = held.filter(number=head.number, state=Received.State.TAKEN).first()
        if taken is not None and taken.digest == head.digest:
            taken.times, taken.last_at = taken.times + 1, timezone.now()
            taken.save(update_fields=["times", "last_at"])
            return Brought(taken, is_again=True)
    raise Wrong(
        _("Package %(number)s was taken before, and it was another one.") % {"number": head.number},
        _("The sender's machine was set back, or two send under one key: find out before going on."),
    )


def _let_wait(file: Path, head: Head, stream: Stream) -> Brought:
    packages.check_body(file)
    kept = own.folder(stream.correspondent.end, "waiting") / f"{head.digest}{packages.SUFFIX}"
    with contextlib.suppress(shutil.SameFileError):
        shutil.copyfile(file, kept)
    with transaction.atomic():
        row = _row(head, kept, stream, Received.State.WAITING)
        row.file = str(kept.relative_to(own.home()))
        row.what = _("It waits for package %(number)s.") % {"number": stream.received_number + 1}
        row.then = _("Bring the missing one; if it was lost, ask the sender to put it out again.")
        row.save()
    return Brought(row, missing=gap_of(stream))


def _row(head: Head, file: Path, stream: Stream, state: Any) -> Received:
    """Return the row of a package that has not been taken yet, a new one or that of the time before."""
    now = timezone.now()
    before = stream.received.filter(digest=head.digest).exclude(state=Received.State.TAKEN)
    row = before.order_by("-state").first()  # one that waits before one that was refused
    if row is None:
        row = Received(end=stream.correspondent.end, stream=stream, came_at=now, digest=head.digest, times=0)
    row.number, row.sender, row.size = head.number, head.sender, file.stat().st_size
    row.made_on = date.fromisoformat(head.made)
    row.state, row.last_at, row.times = state, now, row.times + 1
    row.what = row.then = row.file = ""
    return row


def _take(file: Path, head: Head, keys: CorrespondentKeys, stream: Stream) -> Received:
    """Open a package whose turn it is, and lay down what it carries."""
    end = stream.correspondent.end
    mine = next(one for one in own.own_keys(end) if one.card.key_id == head.receiver)
    folder = Path(mkdtemp(dir=own.folder(end, "parts")))
    try:
        _head, parts = packages.unpack(file, folder, key=bytes(keys.verify), secret=mine.secret)
        with transaction.atomic():
            row = _laid_down(file, head, stream, parts)
            retire_older(keys)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not row.parts.exclude(files=[]).exists():
        shutil.rmtree(folder, ignore_errors=True)
    return row


def _laid_down(file: Path, head: Head, stream: Stream, parts: tuple[Part, ...]) -> Received:
    held = Stream.objects.select_for_update().get(pk=stream.pk)
    if (held.received_number, held.received_digest) != (head.number - 1, head.previous):
        raise Wrong(
            _("Another package of this number was taken meanwhile."),
            _("Look at the list, then bring it again."),
        )
    row = _row(head, file, held, Received.State.TAKEN)
    row.kinds = dict(Counter(one.kind for one in parts))
    facts = {"number": head.number, "digest": head.digest, "kinds": row.kinds}
    about = f"correspondent/{stream.correspondent_id}"
    row.entry = append("exchange.received", subject=about, by="house", facts=facts)
    row.save()
    held.received_number, held.received_digest = head.number, head.digest
    held.save(update_fields=["received_number", "received_digest"])
    row.stream = held
    for place, one in enumerate(parts):
        _lay_down(row, place, one)
    return row


def _lay_down(row: Received, place: int, part: Part) -> None:
    if part.kind in _WITHIN:
        _WITHIN[part.kind](row, part)
        return
    Incoming.objects.create(
        received=row,
        key=str(place),
        kind=part.kind[:40],
        content=dict(part.content),
        files=[listed(one.name, one.path) for one in part.files],
    )


def listed(name: str, path: Path) -> dict[str, str]:
    """Return how a file of something that came in is written down."""
    return {"name": name, "path": str(path.relative_to(own.home()))}


def take_waiting(end: str) -> None:
    """Take those whose turn came before a crash, though nothing new is brought."""
    waiting = Received.objects.filter(end=end, state=Received.State.WAITING)
    for stream in Stream.objects.filter(pk__in=waiting.values("stream")):
        _take_waiting(stream, end)


def _take_waiting(stream: Stream | None, end: str) -> None:
    """Take those whose turn it is by now: what they waited for is taken."""
    while stream is not None:
        stream.refresh_from_db()
        due = stream.received.filter(state=Received.State.WAITING, number__lte=stream.received_number + 1)
        following = due.order_by("number", "pk").first()
        if following is None:
            return
        kept = own.home() / following.file
        if not kept.is_file():  # lost with a disk: it is missing again, and the sender has it
            following.delete()
            continue
        _brought(kept, end)
        Received.objects.filter(pk=following.pk, state=Received.State.WAITING).delete()
        kept.unlink(missing_ok=True)


def _refused(file: Path, end: str, head: Head | None, wrong: Wrong) -> Received:
    """Write down that a package was refused; the same one again is the same row."""
    now = timezone.now()
    digest = head.digest if head else ""
    with transaction.atomic():
        held = Received.objects.select_for_update().filter(end=end, digest=digest)
        row = held.filter(state=Received.State.REFUSED).first() if digest else None
        keys = of_key(end, head.sender) if head else None
        row = row or Received(end=end, digest=digest, came_at=now, times=0)
        row.stream = stream_of(keys.correspondent) if keys else None
        row.number, row.sender = (head.number, head.sender) if head else (None, "")
        row.size, row.state, row.last_at, row.times = file.stat().st_size, "refused", now, row.times + 1
        row.what, row.then, row.file = wrong.what, wrong.then, ""
        facts = {"number": row.number, "digest": digest, "sender": row.sender, "why": wrong.what}
        row.entry = append("exchange.refused", by="house", facts=facts)
        row.save()
    return row


def _take_receipt(row: Received, part: Part) -> None:
    try:
        take_receipt(row.stream, dict(part.content))
    except ValueError as number:
        raise Wrong(
            _("It brings a receipt for package %(number)s, which we never sent.") % {"number": number},
            _("The sender may hold a package that somebody forged: compare the lists of both sides."),
        ) from None


def join() -> None:
    """Let receipts be taken with their package."""
    take_within(RECEIPT, _take_receipt)
