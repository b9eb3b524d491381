"""What must hold before anything is signed; if it does not, the publisher stops with an alarm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import le
from typing import Any

from django.db import connection

from qingfeng.journal.errors import Alarm
from qingfeng.journal.folder import LogFolder
from qingfeng.journal.models import JournalCheckpoint, JournalState
from qingfeng.journal.rows import Rows, instant
from qingfeng.journal.tiles import WIDTH, Edge
from qingfeng.journal.tree import EMPTY_ROOT, leaf_hashes, root_of
from qingfeng.journal.verifying import verify_log

LATE = 10_000  # rows before the newest published one among which late ones are looked for first
CLOCK_SLACK = timedelta(seconds=5)  # two machines' clocks may differ by this much
VERIFY = "Say: qingfeng journal verify. Restore what differs from the newest backup; do not sign over it."


def database_rows() -> Rows:
    """Return the journal's rows through Django's connection."""

    def run(sql: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return Rows(run)


def counted(log: str) -> tuple[int, int]:
    """Return how many entries were appended to a log, and how many there are; equal unless some are lost."""
    rows = database_rows()
    told = rows.counted(log)
    return told.appended, rows.state(log)[0] + told.waiting


def check_memories(folder: LogFolder, state: JournalState) -> None:
    """Compare the state with every checkpoint that is remembered as signed, here or by a witness.

    Where the last publication was cut off between database and file, the file is completed.

    Raises:
        Alarm: If the journal is shorter than what was signed, or does not continue it.
    """
    newest = JournalCheckpoint.objects.filter(log=folder.log).order_by("size").last()
    if (state.size, bytes(state.root)) != ((newest.size, bytes(newest.root)) if newest else (0, EMPTY_ROOT)):
        raise Alarm(
            "root", "The database's state is not its newest checkpoint.", where=folder.log, then=VERIFY
        )
    notes = [folder.note(), folder.signed(), folder.witnessed()]
    if newest:
        notes.append(newest.note.encode())
    tree = folder.tree(state.size)
    for note in filter(None, notes):
        seen = folder.checkpoint(note)
        if seen.size > state.size:
            raise Alarm(
                "shrunk",
                f"The journal has {state.size} entries, but {seen.size} were signed: it is an older backup.",
                where=folder.log,
                then="Restore the newest backup. Signing now would make two journals under one key.",
            )
        if root_of(seen.size, tree.node) != seen.root:
            raise Alarm(
                "forked",
                f"The journal does not continue the {seen.size} entries that were signed.",
                where=folder.log,
                then=VERIFY,
            )
    if newest and folder.note() != newest.note.encode():
        folder.remember(newest.note.encode())


def check_counts(state: JournalState) -> int:
    """Compare what was appended with what is there.

    Returns:
        The row after which all that waits stands: nearly always a little before the newest that was
        published. A transaction that was open for very long commits earlier rows; then 0.

    Raises:
        Alarm: If entries are missing, or some did not come through `append`.
    """
    rows = database_rows()
    for after in (max(0, state.clock_id - LATE), 0):
        told = rows.counted(state.log, after)
        if told.end == told.published == state.size and told.appended == state.size + told.waiting:
            return after
    there = f"{state.size} are published and {told.waiting} wait"
    if not told.end == told.published == state.size:
        there = f"{state.size} are published, and {told.published} have places up to {told.end}"
    raise Alarm(
        "gap",
        f"{told.appended} entries were appended, but {there}.",
        where=state.log,
        then="Find out who deletes or writes rows past the journal; then settle the alarm.",
    )


def verify_all(folder: LogFolder) -> None:
    """Verify tiles, checkpoints and rows from the first to the last.

    Raises:
        Alarm: If anything differs; it names the first difference.
    """
    for difference in verify_log(folder, database_rows()).differences:
        row = "row" in difference.where or difference.where.startswith("database")
        raise Alarm(
            "row" if row else "root",
            f"The journal differs from what was signed: {difference.what}.",
            where=f"{folder.log}, {difference.where}",
            then=VERIFY,
        )


def edge_of(folder: LogFolder, state: JournalState) -> tuple[Edge, list[bytes]]:
    """Return the edge that the tree grows from and its bundle, having recomputed the last root."""
    edge = folder.tree(state.size).edge()
    begun = folder.entries(state.size // WIDTH, state.size % WIDTH)
    if edge.root != bytes(state.root) or b"".join(leaf_hashes(begun)) != b"".join(edge.levels[:1]):
        raise Alarm(
            "root", "The tiles do not give the root that was signed last.", where=folder.log, then=VERIFY
        )
    return edge, begun


def scrub(folder: LogFolder, state: JournalState, start: int, *, rows: int) -> int:
    """Compare some published rows with the tree; return where to go on next time.

    Raises:
        Alarm: If one is missing, or says something else.
    """
    start = start if start < state.size else 0
    end = min(start + rows, state.size)
    held = database_rows().entries(folder.log, start, end)
    numbers = range(start // WIDTH, -(-end // WIDTH))
    told = [
        entry
        for number in numbers
        for entry in folder.entries(number, min(WIDTH, state.size - number * WIDTH))
    ]
    for at, entry in enumerate(told[start % WIDTH :][: end - start]):
        if at >= len(held) or held[at].index != start + at or held[at].body != entry:
            raise Alarm(
                "row",
                "A published entry is missing in the database or says something else there.",
                where=f"{folder.log}, entry {start + at}",
                then=VERIFY,
            )
    return end


def look_at_clock(state: JournalState, ids: Sequence[int], written: Sequence[Any]) -> list[dict[str, Any]]:
    """Return where the clock went back, in the order in which rows were begun.

    Rows are begun in the order of their ids, whatever the order in which they commit; so a younger
    id with an older clock is a clock that went back, not a long transaction.
    """
    first, last = instant(written[0]), instant(written[-1])
    rising = ids[0] > state.clock_id and all(map(le, written, written[1:]))
    if rising and (state.clock_at is None or first >= state.clock_at - CLOCK_SLACK):  # nearly always
        state.clock_id, state.clock_at = ids[-1], max(state.clock_at or last, last)
        return []
    backwards = []
    for number, told in zip(ids, written, strict=True):
        if number <= state.clock_id:
            continue
        at: datetime = instant(told)
        if state.clock_at and at < state.clock_at - CLOCK_SLACK:
            backwards.append({"row": number, "seconds": int((state.clock_at - at).total_seconds())})
            state.clock_at = at
        else:
            state.clock_at = max(state.clock_at or at, at)
        state.clock_id = number
    return backwards
