"""Verification: tiles, checkpoint and the database's rows against each other; no key, no Django.

Verifying is growing the tree again: the entries of every bundle are hashed, every tile above is
made anew and compared with the file, and the root must be the one that was signed. With rows,
each row must be the entry of the tree byte for byte, and nothing may be missing or too much.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from qingfeng.journal.checkpoint import Checkpoint
from qingfeng.journal.entry import MEMBERS, opens
from qingfeng.journal.errors import Broken
from qingfeng.journal.folder import LOGS, LogFolder
from qingfeng.journal.rows import PAGE, Row, Rows, Secret
from qingfeng.journal.tiles import BUNDLE, HEIGHT, WIDTH, Edge, Tile
from qingfeng.journal.tree import HASH_BYTES, leaf_hash, leaf_hashes, root_of

MOST = 100  # differences of one log that are told one by one
ANCHORED, ERASED = "journal.anchored", "journal.erased"


@dataclass(frozen=True)
class Difference:
    """Something that is not as it must be.

    Attributes:
        log: In which log.
        where: File, entry or row.
        what: One sentence.
    """

    log: str
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.log}: {self.where}: {self.what}"


@dataclass
class Verdict:
    """What verifying one log came to.

    Attributes:
        log: Which log.
        checkpoint: The newest signed one; None where nothing was published.
        waiting: Rows that are not yet published; None without a database.
        differences: Everything that is wrong, at most 100 of them.
        anchors: Index and note of every internal checkpoint that the public log holds.
    """

    log: str
    checkpoint: Checkpoint | None = None
    waiting: int | None = None
    differences: list[Difference] = field(default_factory=list)
    anchors: list[tuple[int, str]] = field(default_factory=list)

    def differ(self, where: str, what: str) -> None:
        """Note a difference."""
        if len(self.differences) < MOST:
            self.differences.append(Difference(self.log, where, what))
        elif len(self.differences) == MOST:
            self.differences.append(Difference(self.log, "…", f"more than {MOST} differences"))


Remembered = dict[str, list[tuple[str, bytes]]]
"""By log: where a signed checkpoint is kept, and the note."""


def remembered(home: Path) -> Remembered:
    """Return the signed checkpoints that the files of a home hold.

    Read before the database is opened: a database that knows of less is then truly older.
    """
    folders = [LogFolder(home, log) for log in LOGS]
    return {
        folder.log: [
            ("checkpoint", folder.note()),
            (f"keys/journal-{folder.log}.signed", folder.signed()),
            (f"keys/journal-{folder.log}.witnessed", folder.witnessed()),
        ]
        for folder in folders
    }


def verify_home(home: Path, rows: Rows | None = None) -> list[Difference]:
    """Return every difference in a home's logs; none means that all is as it was signed.

    Args:
        home: The home; only its `journal` and the checkpoints in `keys` are read.
        rows: The database's rows; without them the files alone are verified.
    """
    return [difference for verdict in verdicts(home, rows) for difference in verdict.differences]


def verdicts(home: Path, rows: Rows | None = None, *, notes: Remembered | None = None) -> list[Verdict]:
    """Verify both logs, and the one against what the other says of it.

    Args:
        home: The home.
        rows: The database's rows, or None.
        notes: What `remembered` gave before the rows were opened.
    """
    held = notes if notes is not None else remembered(home)
    told = {log: verify_log(LogFolder(home, log), rows, notes=held[log]) for log in LOGS}
    internal, public = LogFolder(home, "internal"), told["public"]
    for index, note in public.anchors:
        try:
            _check_anchor(internal, note.encode(), told["internal"].checkpoint)
        except Broken as broken:
            public.differ(
                f"entry {index}", f"the internal checkpoint that it holds is not true: {broken.what}"
            )
    return list(told.values())


def verify_log(
    folder: LogFolder, rows: Rows | None = None, *, notes: list[tuple[str, bytes]] | None = None
) -> Verdict:
    """Verify one log; `notes` as `remembered` gives them for it."""
    verdict = Verdict(folder.log)
    held = notes if notes is not None else remembered(folder.home)[folder.log]
    signed = _signed(folder, rows, held, verdict=verdict)
    newest = max(signed, key=lambda checkpoint: checkpoint.size, default=None)
    if newest is None and (folder.root / "tile").exists() and not _interrupted(folder, rows):
        verdict.differ("checkpoint", "there are tiles, and no signed checkpoint that is right")
    verdict.checkpoint = newest
    size = newest.size if newest else 0
    witness = _RowWitness(folder.log, rows, verdict) if rows else None
    edge = Edge()
    for number, entries in _bundles(folder, size, edge, verdict=verdict):
        if folder.log == "public":
            verdict.anchors += _anchors(number * WIDTH, entries)
        if witness:
            witness.compare(number * WIDTH, entries, size)
    if newest and edge.size == size and edge.root != newest.root:
        verdict.differ("checkpoint", f"the entries do not give the signed root of {size} entries")
    if witness:
        witness.finish(size)
        verdict.waiting = witness.waiting
    if newest:
        _check_older(folder, signed, newest, verdict=verdict)
    return verdict


def _interrupted(folder: LogFolder, rows: Rows | None) -> bool:
    """Say whether the very first publication was cut off: the database knows that nothing was signed."""
    return rows is not None and rows.state(folder.log)[0] == 0 and not folder.signed()


def _signed(
    folder: LogFolder, rows: Rows | None, notes: list[tuple[str, bytes]], *, verdict: Verdict
) -> list[Checkpoint]:
    """Return the checkpoints that are remembered anywhere and signed rightly; wrong ones are differences."""
    of_rows = rows.checkpoints(folder.log) if rows else []
    held = [one for one in notes if one[1]]
    held += [(f"database, checkpoint of {size}", note.encode()) for size, _, note in of_rows]
    if not held:
        return []
    try:
        folder.former()
        witnesses = folder.witnesses()
    except Broken as broken:
        verdict.differ("vkey, handover or witnesses", broken.what)
        return []
    found = []
    for where, note in held:
        try:
            found.append(folder.checkpoint(note, witnesses))
        except Broken as broken:
            verdict.differ(where, broken.what)
    signed = {(one.size, one.root) for one in found}
    for size, root, _ in of_rows:
        if (size, root) not in signed:
            verdict.differ(f"database, checkpoint of {size}", "size or root is not what was signed")
    known = rows.state(folder.log) if rows else None
    if known and found and known not in signed and known[0]:
        verdict.differ("database", f"it says {known[0]} entries with a root that was never signed")
    if known and found and max(signed)[0] > known[0]:
        verdict.differ(
            "database", f"{max(signed)[0]} entries were signed, it knows of {known[0]}: it is older"
        )
    return found


def _check_older(
    folder: LogFolder, signed: list[Checkpoint], newest: Checkpoint, *, verdict: Verdict
) -> None:
    tree = folder.tree(newest.size)
    for one in sorted({one for one in signed if one != newest}, key=lambda one: one.size):
        try:
            fits = root_of(one.size, tree.node) == one.root
        except Broken:
            fits = False
        if not fits:
            verdict.differ(f"checkpoint of {one.size}", f"the tree of {newest.size} does not continue it")


def _check_anchor(folder: LogFolder, note: bytes, newest: Checkpoint | None) -> None:
    checkpoint = folder.checkpoint(note)
    if newest is None or checkpoint.size > newest.size:
        raise Broken("the internal log is shorter")
    if root_of(checkpoint.size, folder.tree(newest.size).node) != checkpoint.root:
        raise Broken("the internal log does not continue it")


def _bundles(
    folder: LogFolder, size: int, edge: Edge, *, verdict: Verdict
) -> Iterator[tuple[int, list[bytes]]]:
    """Yield the entries of every bundle, growing the tree from them and comparing every tile."""
    for number in range(-(-size // WIDTH)):
        width = min(WIDTH, size - number * WIDTH)
        entries = _entries(folder, Tile(BUNDLE, number, width), verdict)
        for tile, made in edge.grow(leaf_hashes(entries)):
            if tile.width == WIDTH:
                _compare(folder, tile, made, verdict)
        yield number, entries
        if len(entries) != width:
            return
    for level, made in enumerate(edge.levels):
        if made:
            number = (size >> HEIGHT * level) // WIDTH
            _compare(folder, Tile(level, number, len(made) // HASH_BYTES), made, verdict)


def _entries(folder: LogFolder, bundle: Tile, verdict: Verdict) -> list[bytes]:
    try:
        return folder.entries(bundle.number, bundle.width)
    except Broken as broken:
        verdict.differ(bundle.path, broken.what)
        return []


def _compare(folder: LogFolder, tile: Tile, made: bytes, verdict: Verdict) -> None:
    try:
        held = folder.read(tile)
    except Broken:
        verdict.differ(tile.path, "the tile is missing")
        return
    if held == made:
        return
    first = next(
        (
            at
            for at in range(tile.width)
            if held[at * HASH_BYTES :][:HASH_BYTES] != made[at * HASH_BYTES :][:HASH_BYTES]
        ),
        tile.width,
    )
    if tile.level == 0:
        verdict.differ(
            f"{tile.path}, entry {tile.number * WIDTH + first}", "the entry does not give this hash"
        )
    else:
        verdict.differ(f"{tile.path}, hash {first}", "the tiles below do not give this hash")


def _anchors(first: int, entries: list[bytes]) -> Iterator[tuple[int, str]]:
    for at, entry in enumerate(entries):
        if ANCHORED.encode() in entry:
            said = _said(entry)
            if said.get("kind") == ANCHORED:
                yield first + at, str(said["facts"].get("checkpoint", ""))


def _said(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and set(said) == MEMBERS else {}


class _RowWitness:
    """Compares the database's rows with the entries of the tree, page by page."""

    def __init__(self, log: str, rows: Rows, verdict: Verdict) -> None:
        self.log, self.rows, self.verdict = log, rows, verdict
        self.page: dict[int, Row] = {}
        self.page_end = 0
        self.waiting = 0
        self.erased: dict[tuple[str, str], str] = {}
        self.told_erased: set[tuple[str, str]] = set()

    def compare(self, first: int, entries: list[bytes], size: int) -> None:
        """Compare the rows of one bundle."""
        if first >= self.page_end:
            self.page_end = first + PAGE
            held = self.rows.entries(self.log, first, min(self.page_end, size))
            self.page = {row.index: row for row in held if row.index is not None}
            self._look(held)
        for index, entry in enumerate(entries, first):
            row = self.page.get(index)
            if row is None:
                self.verdict.differ(f"entry {index}", "the database has no such row")
            elif row.body != entry:
                self.verdict.differ(
                    f"entry {index}, row {row.id}", "the row says something else than the tree"
                )

    def finish(self, size: int) -> None:
        """Look at what is not in the tree: rows that wait, rows too many, tallies, erasures."""
        waiting = self.rows.waiting(self.log)
        while held := list(islice(waiting, PAGE)):
            self.waiting += len(held)
            self._look(held)
        told = self.rows.counted(self.log)
        known = self.rows.state(self.log)[0]
        extra = max(told.end, told.published) - size
        if extra > 0:
            self.verdict.differ(f"entry {size}", f"the database has {extra} published rows never signed")
        if told.appended != known + told.waiting:
            there = f"{known} are published and {told.waiting} wait"
            self.verdict.differ("database", f"{told.appended} entries were appended, but {there}")
        for key in sorted(self.erased.keys() - self.told_erased):
            self.verdict.differ(self.erased[key], "a personal value is gone, and no entry says it was erased")

    def _look(self, held: list[Row]) -> None:
        """Look at rows by themselves: columns, hash, and what opens their commitments."""
        committed = {}
        for row in held:
            said = _said(row.body)
            self._columns(row, said)
            for name, commitment in said.get("personal", {}).items():
                committed[row.id, name] = row, commitment
        for secret in self.rows.secrets(self.log, [row.id for row in held]):
            known = committed.pop((secret.entry, secret.name), None)
            where = f"row {secret.entry}, personal value {secret.name!r}"
            if known is None or known[1] != secret.commitment:
                self.verdict.differ(where, "the entry has no such commitment")
            elif secret.value is None and secret.salt is None:
                self.erased[known[0].leaf.hex(), secret.name] = where
            elif not _opens(secret):
                self.verdict.differ(where, "the value kept does not open the entry's commitment")
        for (number, name), (row, _) in committed.items():
            self.erased[row.leaf.hex(), name] = f"row {number}, personal value {name!r}"

    def _columns(self, row: Row, said: dict[str, Any]) -> None:
        where = f"row {row.id}" if row.index is None else f"entry {row.index}, row {row.id}"
        if leaf_hash(row.body) != row.leaf:
            self.verdict.differ(where, "the row does not give the hash that is kept beside it")
        elif not said or said["log"] != self.log:
            self.verdict.differ(where, "the row is no entry of this log")
        elif _columns_of(said) != row.columns:
            self.verdict.differ(where, "kind, subject, author or time in the columns differ from the entry")
        elif said["kind"] == ERASED:
            self.told_erased |= {(one["leaf"], one["name"]) for one in said["facts"].get("erased", ())}


def _opens(secret: Secret) -> bool:
    if secret.value is None or secret.salt is None or secret.erased:
        return False
    return opens(secret.commitment, secret.value, secret.salt)


def _columns_of(said: dict[str, Any]) -> tuple[str, str, str, datetime, datetime]:
    at, written = (datetime.fromisoformat(said[name]).astimezone(UTC) for name in ("at", "written"))
    return said["kind"], said["subject"], said["by"], at, written
