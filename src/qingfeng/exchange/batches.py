"""Batches of the counter: what arrived, every entry of its log since the last batch, and its checkpoint.

The counter packs (`batch_of`), the office takes (`take_batch`). The office has the peaks of the tree
as it was; it grows the tree by the entries that came and compares the root with the signed checkpoint.
Whoever drops, adds, changes or reorders an entry gets another root; whoever keeps the entry and drops what
arrived is caught by the number of arrivals: each entry of an arrival has one, and says its digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from qingfeng.exchange.correspondents import of_key
from qingfeng.exchange.incoming import Wrong, listed, take_within
from qingfeng.exchange.models import Asker, Correspondent, Incoming, Received, Stream
from qingfeng.journal.checkpoint import Checkpoint, open_checkpoint
from qingfeng.journal.entry import read_entry
from qingfeng.journal.errors import Broken
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.note import parse_vkey
from qingfeng.journal.store import append
from qingfeng.journal.tiles import WIDTH, bundle_of, entries_in
from qingfeng.journal.tree import GrowingTree, leaf_hashes
from qingfeng.sealing import arrivals
from qingfeng.sealing.packages import Enclosure, Part, enclose

BATCH, ARRIVAL = "counter_batch", "counter_arrival"


@dataclass(frozen=True)
class Arrived:
    """One thing that arrived at the counter, sealed.

    Attributes:
        number: Gapless, of that counter.
        entry: Index in the counter's log.
        hour: UTC hour, ISO.
        key: Public key that answers are sealed to, hex.
        envelope: File with the sealed content.
        files: Files with sealed blobs, in order.
        salt: What opens the digest in that entry, hex.
    """

    number: int
    entry: int
    hour: str
    key: str
    envelope: Path
    files: tuple[Path, ...]
    salt: str


def entries_between(folder: LogFolder, start: int, end: int) -> list[bytes]:
    """Return the entries of a log from one index (inclusive) to another (exclusive)."""
    found: list[bytes] = []
    for number in range(start // WIDTH, -(-end // WIDTH)):
        held = folder.entries(number, min(WIDTH, end - number * WIDTH))
        found += held[max(0, start - number * WIDTH) :]
    return found


def batch_of(arrived: Sequence[Arrived], since: int, folder: LogFolder, *, work: Path, note: bytes) -> Part:
    """Return the part that carries what arrived and the log from the last batch up to a checkpoint.

    Args:
        arrived: Every arrival whose entry lies between.
        since: Entries of the log that were carried before.
        folder: The counter's log.
        work: Where the bundle of entries is written.
        note: The signed checkpoint.
    """
    size = folder.checkpoint(note).size
    bundle = work / "entries"
    bundle.write_bytes(bundle_of(entries_between(folder, since, size)))
    files: list[Enclosure] = [enclose(bundle)]
    said = []
    for one in arrived:
        files += [enclose(path) for path in (one.envelope, *one.files)]
        said.append(
            {
                "number": one.number,
                "entry": one.entry,
                "hour": one.hour,
                "key": one.key,
                "salt": one.salt,
                "files": len(one.files),
            }
        )
    return Part(BATCH, {"from": since, "to": size, "note": note.decode(), "arrivals": said}, tuple(files))


def take_batch(row: Received, part: Part) -> None:
    """Check a batch against the counter's log as it was, and lay its arrivals down; in a transaction.

    Raises:
        Wrong: If anything was dropped, added, changed, reordered, or the counter was set back.
    """
    stream = row.stream
    if stream is None or not part.files:
        raise Wrong(_("This batch has no entries."), _ASK())
    if stream.correspondent.kind != Correspondent.Kind.COUNTER:
        raise Wrong(_("“%(kind)s” does not come from such a sender.") % {"kind": BATCH}, _ASK())
    checkpoint = _signed(row, part)
    if part.content["from"] != stream.log_size or checkpoint.size < stream.log_size:
        raise Wrong(
            _("The counter's log was at %(there)s entries; this batch goes on from %(here)s.")
            % {"there": stream.log_size, "here": part.content["from"]},
            _("The counter was set back to an older state: restore its newest backup. Nothing was taken."),
        )
    entries = _entries(part)
    tree = GrowingTree(stream.log_size, [bytes.fromhex(one) for one in stream.log_peaks])
    tree.extend(leaf_hashes(entries))
    if (tree.size, tree.root) != (checkpoint.size, checkpoint.root):
        raise Wrong(
            _("The entries in this batch do not give the counter's signed checkpoint."),
            _("An entry was dropped, added, changed or moved: stop the counter, and find out who did it."),
        )
    came = _matched(part, entries, stream.log_size)
    stream.log_size, stream.log_peaks = tree.size, [one.hex() for one in tree.hashes]
    stream.log_note = str(part.content["note"])
    stream.save(update_fields=["log_size", "log_peaks", "log_note"])
    append(
        "exchange.counter_checkpoint",
        subject=f"correspondent/{stream.correspondent_id}",
        by="house",
        facts={"size": tree.size, "arrivals": len(came), "checkpoint": stream.log_note},
    )
    _lay_down(row, stream, came)


def _ASK() -> str:  # noqa: N802 - a sentence, said twice
    return _("Stop the counter, and find out what happened there before anything more is taken.")


def _signed(row: Received, part: Part) -> Checkpoint:
    keys = of_key(row.end, row.sender)
    if keys is None or not keys.log:
        raise Wrong(
            _("The card of this counter shows no log."),
            _("Let the counter write its card anew and confirm it."),
        )
    try:
        return open_checkpoint(str(part.content["note"]).encode(), parse_vkey(keys.log))
    except Broken as broken:
        raise Wrong(_("The counter's log did not sign this checkpoint."), _ASK()) from broken


def _entries(part: Part) -> list[bytes]:
    try:
        return entries_in(part.files[0].path.read_bytes())
    except Broken as broken:
        raise Wrong(_("The entries in this batch are cut short."), _ASK()) from broken


def _matched(part: Part, entries: list[bytes], first: int) -> list[tuple[dict[str, Any], list[Enclosure]]]:
    """Return each arrival with its files, having compared it with the entry that it names."""
    said = {
        first + at: one["facts"]
        for at, one in enumerate(map(read_entry, entries))
        if one["kind"] == arrivals.ENTRY
    }
    files, found = list(part.files[1:]), []
    for one in part.content["arrivals"]:
        count = 1 + int(one["files"])
        held, files = files[:count], files[count:]
        facts = said.pop(int(one["entry"]), None)
        if facts is None or len(held) != count or not _fits(facts, one, held):
            raise Wrong(
                _("Arrival %(number)s is not the one that the counter's log knows.")
                % {"number": one["number"]},
                _ASK(),
            )
        found.append((dict(one), held))
    if said:
        raise Wrong(
            _("The counter's log knows %(count)s arrivals that are not in this batch.")
            % {"count": len(said)},
            _ASK(),
        )
    if files:
        raise Wrong(_("There are files in this batch that belong to no arrival."), _ASK())
    return found


def _fits(facts: dict[str, Any], said: dict[str, Any], held: list[Enclosure]) -> bool:
    salt, blobs = bytes.fromhex(said["salt"]), [bytes.fromhex(one.sha256) for one in held[1:]]
    return arrivals.fits(str(facts.get("digest")), salt, held[0].path.read_bytes(), blobs)


def _lay_down(row: Received, stream: Stream, came: Iterable[tuple[dict[str, Any], list[Enclosure]]]) -> None:
    for one, held in came:
        key = bytes.fromhex(one["key"]) if one["key"] else b""
        Asker.objects.create(stream=stream, number=Asker.number_of(stream, one["number"]), key=key)
        Incoming.objects.create(
            received=row,
            key=f"arrival:{one['number']}",
            kind=ARRIVAL,
            content={"number": one["number"], "hour": one["hour"]},
            files=[listed(each.name, each.path) for each in held],
        )


def join() -> None:
    """Let batches be taken with their package."""
    take_within(BATCH, take_batch)
