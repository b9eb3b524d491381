"""One log as files in the home: tiles, checkpoint, keys; written so that a crash leaves no half.

```
HOME/journal/witnesses               keys of witnesses, a line each
HOME/journal/<log>/checkpoint        the newest signed checkpoint
HOME/journal/<log>/vkey              the key it is verified with
HOME/journal/<log>/handover/…        how earlier keys handed over to the next, signed by both
HOME/journal/<log>/tile/…            tiles and bundles (C2SP tlog-tiles)
HOME/journal/<log>/turn              whose turn it is to publish
HOME/keys/journal-<log>.key          the secret key, mode 0600
HOME/keys/journal-<log>.signed       the newest checkpoint again, beside the key: a journal restored
                                     from an older backup does not know what it signed, its key does
HOME/keys/journal-<log>.witnessed    the newest checkpoint that a witness has signed too
```
"""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from base64 import b64encode
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from qingfeng.journal.checkpoint import Checkpoint, open_checkpoint
from qingfeng.journal.errors import Alarm, Broken, JournalProblem
from qingfeng.journal.handover import Handover, hand_over, read_handover
from qingfeng.journal.note import (
    KEY_BYTES,
    LOG,
    Note,
    Signer,
    Verifier,
    key_id,
    parse_note,
    parse_vkey,
    strict_base64,
)
from qingfeng.journal.tiles import BUNDLE, WIDTH, Tile, TileTree, entries_in
from qingfeng.journal.to_disk import write_files
from qingfeng.journal.tree import HASH_BYTES

INTERNAL, PUBLIC, COUNTER = LOGS = ("internal", "public", "counter")
WAIT_SECONDS = 60
CHECKPOINT, HANDOVERS = "checkpoint", "handover"
PRIVATE = "PRIVATE+KEY"


class LogFolder:
    """The files of one log.

    Attributes:
        log: `internal`, `public` or `counter`.
        root: The prefix of the log, as tlog-tiles calls it.
        keys: The folder that keys are kept in.
    """

    def __init__(self, home: Path, log: str) -> None:
        if log not in LOGS:
            raise JournalProblem(f"There is no log {log}.", then=f"The logs are {', '.join(LOGS)}.")
        self.log, self.home = log, home.absolute()
        self.root, self.keys = self.home / "journal" / log, self.home / "keys"

    # --- reading -------------------------------------------------------------------------

    def read(self, tile: Tile) -> bytes:
        """Return the bytes of a tile; a partial one is read from a larger one where that has replaced it.

        Raises:
            Broken: If it is missing.
        """
        try:
            return (self.root / tile.path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            pass
        try:
            held = self._larger(tile).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise Broken("A tile is missing.", where=f"{self.log}/{tile.path}") from None
        if tile.level != BUNDLE:
            return held[: tile.width * HASH_BYTES]
        end = sum(2 + len(entry) for entry in entries_in(held)[: tile.width])
        return held[:end]

    def _larger(self, tile: Tile) -> Path:
        """Return the file of the full tile, or of a wider partial one where that is all there is."""
        full = self.root / Tile(tile.level, tile.number).path
        if full.exists():
            return full
        wider = [one for one in _widths(full) if one > tile.width]
        return self.root / Tile(tile.level, tile.number, max(wider)).path if wider else full

    def entries(self, number: int, width: int) -> list[bytes]:
        """Return the entries of a bundle; fewer than `width` are refused."""
        if not width:
            return []
        entries = entries_in(self.read(Tile(BUNDLE, number, width)))
        if len(entries) != width:
            raise Broken(
                f"A bundle has {len(entries)} entries instead of {width}.",
                where=f"{self.log}/{Tile(BUNDLE, number, width).path}",
            )
        return entries

    def entry(self, index: int, size: int) -> bytes:
        """Return one entry of the tree of that size."""
        number = index // WIDTH
        return self.entries(number, min(WIDTH, size - number * WIDTH))[index % WIDTH]

    def tree(self, size: int) -> TileTree:
        """Return the tree of that size, read from the tiles."""
        return TileTree(size, self.read)

    def note(self) -> bytes:
        """Return the newest signed checkpoint, or b"" where nothing has been published."""
        return _note(self.root / CHECKPOINT)

    def signed(self) -> bytes:
        """Return what the key remembers to have signed last, or b""."""
        return _note(self.keys / f"journal-{self.log}.signed")

    def witnessed(self) -> bytes:
        """Return the newest checkpoint that a witness has signed too, or b""."""
        return _note(self.keys / f"journal-{self.log}.witnessed")

    def verifier(self) -> Verifier:
        """Return the key that this log's checkpoints are verified with.

        Raises:
            Broken: If it is missing or damaged.
        """
        held = _held(self.root / "vkey")
        if not held:
            raise Broken("The log's public key is missing.", where=f"{self.log}/vkey")
        return parse_vkey(held.decode(errors="replace"))

    def has_key(self) -> bool:
        """Say whether this log has its key; it is made when the log is first published."""
        return (self.root / "vkey").exists()

    def former(self) -> tuple[Handover, ...]:
        """Return how earlier keys handed over, the newest first, as far as they lead to today's key."""
        found, key = [], self.verifier()
        for file in sorted((self.root / HANDOVERS).glob("[0-9]*"), reverse=True):
            handover = read_handover(file.read_bytes())
            if handover.new == key:
                found.append(handover)
                key = handover.old
        return tuple(found)

    def checkpoint(self, note: bytes | Note, witnesses: Iterable[Verifier] = ()) -> Checkpoint:
        """Return a checkpoint of this log, its signature verified, by today's key or the one it had then.

        Raises:
            Broken: If no key of the log has signed it, or one that had been replaced.
        """
        key, most = self._key_of(read := note if isinstance(note, Note) else parse_note(note))
        checkpoint = open_checkpoint(read, key, witnesses)
        if most is not None and checkpoint.size > most:
            raise Broken("A key signed this checkpoint after it had been replaced.", where=key.vkey)
        return checkpoint

    def key_of(self, note: bytes) -> Verifier:
        """Return the key of this log that a note names: today's, else an earlier one."""
        return self._key_of(parse_note(note))[0]

    def _key_of(self, note: Note) -> tuple[Verifier, int | None]:
        """Return which of the log's keys a note names, and up to which size that key counts."""
        today = self.verifier()
        if not any(today.made(one) for one in note.signatures):
            for handover in self.former():
                if any(handover.old.made(one) for one in note.signatures):
                    return handover.old, handover.size
        return today, None

    def witnesses(self) -> tuple[Verifier, ...]:
        """Return the witnesses that this home knows."""
        held = _held(self.home / "journal" / "witnesses").decode(errors="replace")
        return tuple(parse_vkey(line) for line in held.splitlines() if line.strip())

    # --- writing -------------------------------------------------------------------------

    def write(self, tiles: Iterable[tuple[Tile, bytes]]) -> None:
        """Write tiles; they are on the disk when this returns."""
        write_files((self.root / tile.path, held) for tile, held in tiles)

    def remember(self, note: bytes) -> None:
        """Make a signed checkpoint the log's newest."""
        write_files([(self.root / CHECKPOINT, note), (self.keys / f"journal-{self.log}.signed", note)])

    def remember_witnessed(self, note: bytes) -> None:
        """Keep the newest checkpoint that a witness has signed."""
        write_files([(self.keys / f"journal-{self.log}.witnessed", note)])

    def add_witness(self, witness: Verifier) -> None:
        """Let a witness be known in this home."""
        known = [one.vkey for one in self.witnesses()]
        if witness.vkey not in known:
            text = "".join(f"{vkey}\n" for vkey in (*known, witness.vkey))
            write_files([(self.home / "journal" / "witnesses", text.encode())])

    def drop_partial(self, old: int, new: int) -> None:
        """Remove partial tiles that full ones have replaced when the tree grew."""
        level = 0
        while old != new:
            full = range(old // WIDTH, new // WIDTH)
            for number in full[:1] if old % WIDTH else ():
                for kind in (level, BUNDLE) if level == 0 else (level,):
                    shutil.rmtree(self.root / f"{Tile(kind, number).path}.p", ignore_errors=True)
            old, new, level = old // WIDTH, new // WIDTH, level + 1

    def drop_narrower(self, size: int) -> None:
        """Remove every partial tile but the widest of each place.

        The system notes when a file was written: one file an entry would be a list of exact times. The
        counter keeps none.
        """
        level = 0
        while size:
            number, width = divmod(size, WIDTH)
            for kind in (level, BUNDLE) if level == 0 else (level,):
                full = self.root / Tile(kind, number).path
                for one in _widths(full) if width else ():
                    if one < width:
                        (self.root / Tile(kind, number, one).path).unlink(missing_ok=True)
            size, level = number, level + 1

    def hand_over(self, old: Signer, new: Signer, size: int) -> None:
        """Let a new key sign from now on; the note of the handover is on the disk before the key changes."""
        number = len(list((self.root / HANDOVERS).glob("[0-9]*"))) + 1
        write_files([(self.root / HANDOVERS / f"{number:03}", hand_over(old, new, size))])
        write_files([(self.keys / f"journal-{self.log}.key", _private(new).encode())], mode=0o600)
        write_files([(self.root / "vkey", f"{new.verifier.vkey}\n".encode())])

    # --- turn and key --------------------------------------------------------------------

    @contextmanager
    def turn(self, *, wait: bool) -> Iterator[bool]:
        """Hold the turn to publish; the system ends it with the process.

        Yields:
            Whether it is ours; without `wait` another's turn is not waited for.

        Raises:
            JournalProblem: If another holds it for a minute.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        seconds = WAIT_SECONDS if wait else 0
        with closing(sqlite3.connect(self.root / "turn", timeout=seconds, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                if wait:
                    raise JournalProblem(
                        f"Another publisher has held the journal for {seconds} seconds.",
                        where=str(self.root),
                        then="Look which process it is; nothing is lost, entries wait.",
                    ) from None
                yield False
                return
            yield True
            lock.execute("ROLLBACK")

    def signer(self, *, may_make: bool) -> Signer:
        """Return the key that signs this log; the first one is made where nothing was ever signed.

        Raises:
            Alarm: If it is missing, damaged, or not the key of `vkey`.
        """
        file = self.keys / f"journal-{self.log}.key"
        if not file.exists():
            if not may_make or _held(self.root / "vkey") or self.signed():
                raise Alarm(
                    "key",
                    "The key that signs the journal is missing.",
                    where=str(file),
                    then="Bring it back from the backup: a new key would begin a new journal.",
                )
            seed = secrets.token_bytes(KEY_BYTES)
            public = Signer("new", seed).verifier.key
            made = Signer(f"qingfeng-{public[:4].hex()}/{self.log}", seed)
            write_files([(file, _private(made).encode())], mode=0o600)
        try:
            return self._fitting_signer(file)
        except (Broken, UnicodeDecodeError) as error:
            raise Alarm(
                "key",
                "The key that signs the journal is damaged or is another one.",
                where=f"{file}, {self.root / 'vkey'}",
                then="Bring both back from the backup; what is signed already stays valid.",
            ) from error

    def _fitting_signer(self, file: Path) -> Signer:
        signer = _parse_private(file.read_text(encoding="utf-8"))
        if not _held(self.root / "vkey"):
            write_files([(self.root / "vkey", f"{signer.verifier.vkey}\n".encode())])
        if self.verifier() != signer.verifier and self._was_handed_to(signer.verifier):
            write_files([(self.root / "vkey", f"{signer.verifier.vkey}\n".encode())])
        if self.verifier() != signer.verifier:
            raise Broken("The key does not belong to the public key.")
        return signer

    def _was_handed_to(self, key: Verifier) -> bool:
        """Say whether today's key handed over to another and was cut off before saying so."""
        notes = sorted((self.root / HANDOVERS).glob("[0-9]*"))
        handover = read_handover(notes[-1].read_bytes()) if notes else None
        return handover is not None and (handover.old, handover.new) == (self.verifier(), key)


def _widths(full: Path) -> list[int]:
    """Return how wide the partial files of a tile are."""
    folder = full.with_name(f"{full.name}.p")
    return [int(one.name) for one in folder.glob("[0-9]*")] if folder.is_dir() else []


def _note(file: Path) -> bytes:
    """Return a note's bytes, b"" if there is none; an empty file is a damaged note, not a missing one."""
    try:
        return file.read_bytes() or b"\x00"
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _held(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _private(signer: Signer) -> str:
    number = signer.verifier.id.hex()
    return f"{PRIVATE}+{signer.name}+{number}+{b64encode(bytes([LOG]) + signer.seed).decode()}\n"


def _parse_private(text: str) -> Signer:
    parts = text.strip().removeprefix(PRIVATE + "+").split("+", 2)
    if len(parts) == 3 and text.startswith(PRIVATE):
        held = strict_base64(parts[2])
        if len(held) == 1 + KEY_BYTES and held[0] == LOG:
            signer = Signer(parts[0], held[1:])
            if key_id(signer.name, LOG, signer.verifier.key).hex() == parts[1]:
                return signer
    raise Broken("The key is damaged.")
