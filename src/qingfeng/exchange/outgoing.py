"""What goes out: queued with what it tells of, packed later, kept until its receipt is here."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qingfeng.exchange import own
from qingfeng.exchange.correspondents import counting, stream_of
from qingfeng.exchange.models import Correspondent, Outgoing, Received, Sent, Stream
from qingfeng.journal.store import append
from qingfeng.sealing import packages
from qingfeng.sealing.packages import Address, Enclosure, Part

RECEIPT = "receipt"
AT_ONCE = 500  # things that one package carries


class NotReady(Exception):  # noqa: N818 - says what it waits for
    """A file of something that waits is not there yet; it goes with a later package."""


@dataclass
class Offer:
    """What one end adds to a package while it is made.

    Attributes:
        parts: What it adds.
        settle: Called with the package in the transaction that writes it down.
    """

    parts: list[Part] = field(default_factory=list)
    settle: Callable[[Sent], None] | None = None


Finds = Callable[[str, Path], Enclosure]
Offers = Callable[[Stream, Path, bool], Offer]
_FILES: dict[str, Finds] = {}
_OFFERS: dict[str, Offers] = {}


def find_files_with(word: str, function: Finds) -> None:
    """Let files be named as `word:number`; the function gives the file, or raises `NotReady`."""
    _FILES[word] = function


def offer_with(kind: str, function: Offers) -> None:
    """Let packages to correspondents of a kind carry what a function gives when one is made.

    It is given the stream, a folder to work in, and whether all goes at once (`export`).
    """
    _OFFERS[kind] = function


def queue(
    correspondent: Correspondent,
    kind: str,
    content: dict[str, Any],
    *,
    key: str,
    about: str = "",
    files: Sequence[str] = (),
) -> Outgoing:
    """Let something go with the next package, in the caller's transaction; the same key again is nothing.

    Args:
        correspondent: To whom.
        kind: What it is, as the other side's handlers know it.
        content: What JSON can say.
        key: What makes it one thing.
        about: What it is about, by public number.
        files: As `find_files_with` names them.
    """
    given = {
        "kind": kind,
        "content": content,
        "files": list(files),
        "about": about,
        "queued_at": timezone.now(),
    }
    return Outgoing.objects.get_or_create(stream=stream_of(correspondent), key=key, defaults=given)[0]


def export(correspondent: Correspondent, *, at_once: bool = True) -> Sent | None:
    """Pack what waits for a correspondent and put the package where it is fetched.

    Args:
        correspondent: To whom.
        at_once: Whether a counter packs what arrived in this very hour too. The hour of a letter is all that
            is kept of its time; a package made of it at once would tell the minute.

    Returns:
        The package; None where nothing waits, or nobody has confirmed keys of theirs.

    Raises:
        SealingError: If a file changed while it was packed.
        OSError: If the disk is full.
    """
    keys = counting(correspondent)
    if not keys or not own.has_keys(correspondent.end):
        return None
    stream = stream_of(correspondent)
    with _work(correspondent.end) as work:
        packed = _packed(stream, work, at_once=at_once)
        if not packed.parts:
            return None
        mine, last = own.newest(correspondent.end), stream.sent_number
        address = Address(
            mine.card.key_id,
            keys[0].key_id,
            stream.name,
            last + 1,
            stream.sent_digest,
            timezone.localdate().isoformat(),
        )
        file = work / f"{last + 1:08d}{packages.SUFFIX}"
        head = packages.write_package(file, address, packed.parts, seed=mine.seed, to=[bytes(keys[0].seal)])
        with transaction.atomic():
            sent = _write_down(stream, head, packed, file)
    if sent:
        put_out(sent)
    return sent


@dataclass
class _Packed:
    parts: list[Part]
    waiting: list[Outgoing]
    receipts: list[Received]
    offer: Offer


@contextmanager
def _work(end: str) -> Iterator[Path]:
    with TemporaryDirectory(dir=own.folder(end, "work")) as made:
        yield Path(made)


def _packed(stream: Stream, work: Path, *, at_once: bool) -> _Packed:
    """Return what goes with the next package of a stream."""
    receipts = list(_unreceipted(stream))
    parts = [_receipt(one) for one in receipts]
    ready: list[Outgoing] = []
    held: set[str] = set()
    for one in stream.outgoing.filter(sent=None).order_by("pk")[:AT_ONCE]:
        if one.about and one.about in held:
            continue
        try:
            files = tuple(_file(named, work) for named in one.files)
        except NotReady as why:
            held.add(one.about)
            Outgoing.objects.filter(pk=one.pk).update(held=str(why))
            continue
        parts.append(Part(one.kind, one.content or {}, files))
        ready.append(one)
    makes = _OFFERS.get(stream.correspondent.kind)
    offer = makes(stream, work, at_once) if makes else Offer()
    return _Packed([*parts, *offer.parts], ready, receipts, offer)


def _file(named: str, work: Path) -> Enclosure:
    word, _colon, number = named.partition(":")
    try:
        return _FILES[word](number, work)
    except (KeyError, ObjectDoesNotExist) as error:
        raise NotReady(_("A file of it is not there any more.")) from error


def _unreceipted(stream: Stream) -> Iterator[Received]:
    """Yield packages whose receipt has not gone back; one of receipts alone asks for none."""
    waiting = stream.received.filter(state=Received.State.TAKEN, receipted=None).order_by("number")
    return (one for one in waiting.select_related("entry") if set(one.kinds) != {RECEIPT})


def _receipt(received: Received) -> Part:
    entry = received.entry
    leaf = bytes(entry.leaf_hash).hex() if entry else ""
    return Part(RECEIPT, {"number": received.number, "digest": received.digest, "leaf": leaf})


def _write_down(stream: Stream, head: packages.Head, packed: _Packed, file: Path) -> Sent | None:
    """Note a package as sent; None where another process packed the same number meanwhile."""
    moved = Stream.objects.filter(pk=stream.pk, sent_number=head.number - 1)
    if not moved.update(sent_number=head.number, sent_digest=head.digest):
        return None
    kinds = dict(Counter(one.kind for one in packed.parts))
    entry = append(
        "exchange.sent",
        subject=f"correspondent/{stream.correspondent_id}",
        by="house",
        facts={"number": head.number, "digest": head.digest, "kinds": kinds},
    )
    kept = own.folder(stream.correspondent.end, "sent", str(stream.pk)) / file.name
    shutil.move(file, kept)
    sent = Sent.objects.create(
        stream=stream,
        number=head.number,
        digest=head.digest,
        file=str(kept.relative_to(own.home())),
        size=kept.stat().st_size,
        kinds=kinds,
        made_at=timezone.now(),
        entry=entry,
        wants_receipt=set(kinds) != {RECEIPT},
    )
    Outgoing.objects.filter(pk__in=[one.pk for one in packed.waiting]).update(sent=sent, held="")
    Received.objects.filter(pk__in=[one.pk for one in packed.receipts]).update(receipted=sent)
    if packed.offer.settle:
        packed.offer.settle(sent)
    return sent


def outbox(correspondent: Correspondent) -> Path:
    """Return the folder that packages to a correspondent are fetched from."""
    if correspondent.outbox:
        return Path(correspondent.outbox)
    return own.folder(correspondent.end, "out", str(correspondent.pk))


def name_of(sent: Sent) -> str:
    """Return the name of a package as a file: sender's key and number, so that none covers another."""
    with (own.home() / sent.file).open("rb") as source:
        head, _signature = packages.read_head(source)
    return _named(head.sender, sent.number)


def _named(key: str, number: int) -> str:
    return f"{key}-{number:08d}{packages.SUFFIX}"


def put_out(sent: Sent) -> Path:
    """Put a package where it is fetched; whole or not at all, and the same again is no change."""
    target = outbox(sent.stream.correspondent) / name_of(sent)
    beside = target.with_name(f".{target.name}")
    shutil.copyfile(own.home() / sent.file, beside)
    beside.replace(target)
    Sent.objects.filter(pk=sent.pk).update(is_out=True)
    return target


def put_out_again(end: str, *, name: str = "") -> list[Sent]:
    """Put out anew every package that is kept, as no receipt says it came; twice does no harm.

    Those that carry receipts alone go too: what comes after a lost one waits for it.

    Args:
        end: Of which of our ends.
        name: To whom; to everybody by default.
    """
    owed = Sent.objects.filter(stream__correspondent__end=end, receipt_at=None)
    owed = owed.filter(stream__correspondent__is_beside=False).order_by("stream", "number")
    held = [one for one in owed if name in {"", one.stream.correspondent.name}]
    there = [one for one in held if (own.home() / one.file).is_file()]
    for one in there:
        put_out(one)
    return there


def put_out_rest(end: str) -> None:
    """Put out what was packed and not put out: a crash came between, or the folder was not there."""
    for one in Sent.objects.filter(stream__correspondent__end=end, is_out=False, receipt_at=None):
        with contextlib.suppress(OSError):
            put_out(one)


def take_receipt(stream: Stream, content: dict[str, Any]) -> None:
    """Write down a receipt that came: our journal holds their entry. In the caller's transaction.

    Raises:
        ValueError: If it is for a package that we never sent.
    """
    sent = Sent.objects.select_for_update().filter(stream=stream, number=content.get("number")).first()
    if sent is None or sent.digest != content.get("digest"):
        raise ValueError(str(content.get("number")))
    if sent.receipt_at:
        return
    sent.receipt_entry = append(
        "exchange.receipt",
        subject=f"correspondent/{stream.correspondent_id}",
        by="house",
        facts={"number": sent.number, "digest": sent.digest, "their_entry": str(content.get("leaf", ""))},
    )
    sent.receipt_at, sent.receipt_leaf = timezone.now(), str(content.get("leaf", ""))[:64]
    sent.save(update_fields=["receipt_entry", "receipt_at", "receipt_leaf"])
    sent.parts.update(content=None)
    rest = stream.sent.filter(
        number__lte=sent.number, wants_receipt=False
    )  # they came, or this one had waited
    gone = [sent, *rest]
    done = [own.home() / one.file for one in gone]
    out = outbox(stream.correspondent)
    ours = [one.card.key_id for one in own.own_keys(stream.correspondent.end)]
    done += [out / _named(key, one.number) for one in gone for key in ours]
    transaction.on_commit(lambda: [one.unlink(missing_ok=True) for one in done])
