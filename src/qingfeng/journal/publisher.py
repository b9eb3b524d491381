"""The publisher turns rows into tiles and signs checkpoints; it stops with an alarm rather than sign a doubt.

One at a time. A publication is: check, read waiting rows, write tiles to the disk, one short
transaction that notes the rows' places and keeps the signed checkpoint, then the file
`checkpoint`. Whatever a crash cuts off, the next publication does again or completes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from qingfeng.journal.alarms import raise_alarm
from qingfeng.journal.checkpoint import Checkpoint
from qingfeng.journal.errors import Alarm, Broken, JournalProblem
from qingfeng.journal.folder import COUNTER, INTERNAL, LOGS, PUBLIC, WAIT_SECONDS, LogFolder
from qingfeng.journal.guard import (
    VERIFY,
    check_counts,
    check_memories,
    database_rows,
    edge_of,
    look_at_clock,
    scrub,
    verify_all,
)
from qingfeng.journal.models import (
    JournalCheckpoint,
    JournalEntry,
    JournalState,
    JournalStretch,
    JournalTally,
)
from qingfeng.journal.note import Signer, signed
from qingfeng.journal.rows import WAITS
from qingfeng.journal.store import append, moment
from qingfeng.journal.tiles import WIDTH, Edge, bundles_after
from qingfeng.journal.tree import EMPTY_ROOT, leaf_hashes
from qingfeng.journal.verifying import ANCHORED

BATCH = 65_536  # entries that one checkpoint takes in; 256 bundles
SCRUBBED = 2_048  # published rows that each publication looks at again, in turn
ANCHOR_EVERY = timedelta(hours=1)
MOST_TALLIES = 500
LOCK = 0x716A  # the class of the advisory locks of the journal
CLOCK = "journal.clock_went_back"


@dataclass
class _Batch:
    """Rows on their way into the tree."""

    ids: list[int]
    bodies: list[bytes]
    leaves: list[bytes]
    written: list[Any]


class Publisher:
    """Publishes the logs of one home.

    A new publisher verifies everything before it signs anything: tiles, checkpoint and rows. After
    that it looks at the edge, at the counts, and at some older rows each time.

    Args:
        home: The home.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._verified: set[str] = set()
        self._scrubbed: dict[str, int] = {}

    def publish(self, log: str, *, wait: bool = False) -> int:
        """Publish what waits in a log; return how many entries.

        Args:
            log: Which log.
            wait: Whether to wait while another publisher is at work; otherwise 0 is returned.

        Raises:
            Alarm: If signing would hide that something was lost or changed; kept as a row too.
            JournalProblem: If there is an open transaction, or another publisher is stuck.
        """
        folder = LogFolder(self.home, log)
        _refuse_open_transaction()
        if not (state := JournalState.objects.filter(log=log).first()):
            state, _ = JournalState.objects.get_or_create(log=log, defaults={"root": EMPTY_ROOT})
        with folder.turn(wait=wait) as ours, _turn_of_database(log, ours=ours, wait=wait) as mine:
            if not mine:
                return 0
            state.refresh_from_db()
            try:
                return self._publish(folder, state)
            except Alarm as alarm:
                raise_alarm(log, alarm)
                raise
            except Broken as broken:
                damaged = Alarm("root", broken.what, where=broken.where, then=VERIFY)
                raise_alarm(log, damaged)
                raise damaged from broken

    def _publish(self, folder: LogFolder, state: JournalState) -> int:
        signer = folder.signer(may_make=not state.size)
        check_memories(folder, state)
        after = check_counts(state)
        if folder.log not in self._verified:
            verify_all(folder)
            self._verified.add(folder.log)
        self._scrubbed[folder.log] = scrub(folder, state, self._scrubbed.get(folder.log, 0), rows=SCRUBBED)
        edge, begun = edge_of(folder, state)
        total = 0
        while batch := _waiting(state, after):
            begun = _publish_batch(folder, state, batch, edge=edge, begun=begun, signer=signer)
            total += len(batch.ids)
        _fold_tallies(folder.log)
        return total


def _refuse_open_transaction() -> None:
    if connection.in_atomic_block:
        try:
            with transaction.atomic(durable=True):
                return
        except RuntimeError:
            raise JournalProblem(
                "The journal cannot be published inside a transaction that may be rolled back.",
                then="Publish after the commit, with transaction.on_commit.",
            ) from None


# --- publishing ---------------------------------------------------------------------------------


def _waiting(state: JournalState, after: int) -> _Batch | None:
    """Return the oldest rows that wait after a row, each the entry that it was when it was written."""
    at = "e.written_at" if connection.vendor == "postgresql" else "CAST(e.written_at AS TEXT)"
    sql = (
        f"SELECT e.id, e.body, e.leaf_hash, {at} FROM journal_journalentry e "  # noqa: S608 - one of two names
        f"WHERE {WAITS} ORDER BY e.id LIMIT %s"
    )
    placed = database_rows().last_placed(state.log)
    with connection.cursor() as cursor:
        cursor.execute(sql, (state.log, after, placed, BATCH))
        held = cursor.fetchall()
    if not held:
        return None
    ids, bodies, kept, written = map(list, zip(*held, strict=True))
    if bodies and not isinstance(bodies[0], bytes):
        bodies, kept = list(map(bytes, bodies)), list(map(bytes, kept))
    leaves = leaf_hashes(bodies)
    if kept != leaves:
        row = next(number for number, one, other in zip(ids, kept, leaves, strict=True) if one != other)
        raise Alarm(
            "row",
            "A waiting entry does not give the hash that was written with it.",
            where=f"{state.log}, row {row}",
            then=VERIFY,
        )
    return _Batch(ids, bodies, leaves, written)


def _publish_batch(
    folder: LogFolder, state: JournalState, batch: _Batch, *, edge: Edge, begun: list[bytes], signer: Signer
) -> list[bytes]:
    """Publish a batch; return the entries of the bundle at the edge."""
    before = state.size
    tiles = [*edge.grow(batch.leaves), *bundles_after(before, begun, batch.bodies)]
    folder.write(tiles)
    checkpoint = Checkpoint(signer.name, edge.size, edge.root)
    note = signed(checkpoint.text, signer).encoded()
    backwards = look_at_clock(state, batch.ids, batch.written)
    with transaction.atomic(durable=True):
        _claim(state, checkpoint)
        _give_places(state.log, batch.ids, before)
        JournalCheckpoint.objects.create(
            log=state.log, size=edge.size, root=edge.root, note=note.decode(), signed_at=moment(state.log)
        )
        for facts in backwards:
            append(CLOCK, facts=facts, log=state.log)
    folder.remember(note)
    folder.drop_partial(before, edge.size)
    if state.log == COUNTER:
        folder.drop_narrower(edge.size)
    for facts in backwards:
        what = f"The clock went back by {facts['seconds']} seconds."
        then = "Look at the machine's time service. The order of entries is not touched."
        raise_alarm(state.log, Alarm("clock", what, where=f"{state.log}, row {facts['row']}", then=then))
    return [*begun, *batch.bodies][-(edge.size % WIDTH) :] if edge.size % WIDTH else []


def _claim(state: JournalState, checkpoint: Checkpoint) -> None:
    """Move the state on, if it still is what this publication began with."""
    moved = JournalState.objects.filter(log=state.log, size=state.size, root=bytes(state.root)).update(
        size=checkpoint.size, root=checkpoint.root, clock_id=state.clock_id, clock_at=state.clock_at
    )
    if not moved:
        raise Alarm("forked", "Another publisher has published meanwhile.", where=state.log, then=VERIFY)
    state.size, state.root = checkpoint.size, checkpoint.root


def _give_places(log: str, ids: list[int], first: int) -> None:
    """Note where rows stand in the tree: one stretch for each run of row numbers without a gap."""
    there = JournalEntry.objects.filter(log=log, pk__gte=ids[0], pk__lte=ids[-1])
    held = there.count()
    if held != len(ids):  # rows that committed since, or lie between and have places; or some are gone
        held = len(set(ids) & set(there.values_list("pk", flat=True)))
    if held != len(ids):
        lost = len(ids) - held
        raise Alarm("gap", f"{lost} entries vanished while they were published.", where=log, then=VERIFY)
    runs = list(_runs(ids, first))
    newest = JournalStretch.objects.filter(log=log).order_by("-start").first()
    if newest and newest.last_id + 1 == runs[0][0]:
        JournalStretch.objects.filter(pk=newest.pk).update(last_id=runs.pop(0)[1])
    JournalStretch.objects.bulk_create(
        JournalStretch(log=log, start=start, first_id=low, last_id=high) for low, high, start in runs
    )


def _runs(ids: list[int], first: int) -> Iterator[tuple[int, int, int]]:
    """Yield runs of consecutive ids: first, last, and the index of the first."""
    if ids[-1] - ids[0] == len(ids) - 1:  # nearly always, when there are many
        yield ids[0], ids[-1], first
        return
    start = 0
    for at in range(1, len(ids) + 1):
        if at == len(ids) or ids[at] != ids[at - 1] + 1:
            yield ids[start], ids[at - 1], first + start
            start = at


def _fold_tallies(log: str) -> None:
    """Fold the tallies of connections that are gone into one; those in use are left alone."""
    tallies = JournalTally.objects.filter(log=log)
    if tallies.count() <= MOST_TALLIES:
        return
    with transaction.atomic():
        idle = list(tallies.exclude(slot=0).select_for_update(skip_locked=True))
        tallies.get_or_create(log=log, slot=0)
        tallies.filter(slot=0).update(appended=F("appended") + sum(one.appended for one in idle))
        tallies.filter(pk__in=[one.pk for one in idle]).delete()


@contextmanager
def _turn_of_database(log: str, *, ours: bool, wait: bool) -> Iterator[bool]:
    """Hold the turn among publishers whose homes are not one folder; PostgreSQL only."""
    if not ours or connection.vendor != "postgresql":
        yield ours
        return
    key = (LOCK, LOGS.index(log))
    patience = time.monotonic() + WAIT_SECONDS
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
            if mine := bool(cursor.fetchone()[0]):
                break
            if not wait or time.monotonic() > patience:
                break
            time.sleep(0.05)
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


# --- the door ------------------------------------------------------------------------------------

_publishers: dict[Path, Publisher] = {}


def publish(*logs: str, wait: bool = False) -> int:
    """Publish what waits in this installation's logs; return how many entries.

    Called by the worker every few seconds, and on demand. Without names internal and public log are
    published, and once an hour the internal checkpoint becomes an entry of the public log; the counter
    publishes its own, with every letter.

    Args:
        logs: Which logs; internal and public by default.
        wait: Whether to wait while another publisher is at work; otherwise its turn is left to it.

    Raises:
        Alarm: If signing would hide that something was lost or changed.
    """
    home = Path(settings.HOME).absolute()
    publisher = _publishers.setdefault(home, Publisher(home))
    if logs:
        return sum(publisher.publish(log, wait=wait) for log in logs)
    total = publisher.publish(INTERNAL, wait=wait)
    state = JournalState.objects.filter(log=PUBLIC).first()
    if state is None or state.anchored_at is None or timezone.now() - state.anchored_at >= ANCHOR_EVERY:
        anchor()
    return total + publisher.publish(PUBLIC, wait=wait)


def anchor() -> JournalEntry | None:
    """Let the newest internal checkpoint become an entry of the public log.

    Returns:
        The entry, which is published with the next publication; None if there is nothing new.
    """
    with transaction.atomic():
        JournalState.objects.get_or_create(log=PUBLIC, defaults={"root": EMPTY_ROOT})
        state = JournalState.objects.select_for_update().get(log=PUBLIC)
        newest = JournalCheckpoint.objects.filter(log=INTERNAL).order_by("size").last()
        if newest is None or newest.size <= state.anchored_size:
            return None
        JournalState.objects.filter(log=PUBLIC).update(anchored_size=newest.size, anchored_at=timezone.now())
        return append(ANCHORED, facts={"size": newest.size, "checkpoint": newest.note}, log=PUBLIC)
