"""Where ballots wait until there are enough for a lot: one file a slate, of one size, in no order.

The file is outside the database, whose write-ahead log would keep every version of it. It is written whole,
in place, shuffled anew, filled up with random bytes to its size, and its time of change is put back to the
same instant; what a file system keeps besides and nobody can put back, when a file was last touched, every
write gives to all boxes alike. What is found there later is what waits, and nothing of when or in which
order it came. It is locked while it is read and written, so that several processes can take ballots in.
Backups leave it out.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings

FOLDER = "ballots"
STEP = 1 << 16
_LENGTH = 8
_SYSTEM = secrets.SystemRandom()

Waiting = list[dict[str, Any]]


def shuffled(rows: list[Any]) -> list[Any]:
    """Return rows in a random order, from the system's randomness."""
    return _SYSTEM.sample(rows, len(rows))


def drawn(rows: list[Any], count: int) -> tuple[list[Any], list[Any]]:
    """Return so many rows drawn at random, and the others, both in random order."""
    mixed = shuffled(rows)
    return mixed[:count], mixed[count:]


def file_of(slate: int) -> Path:
    """Return the file of a slate."""
    return Path(settings.HOME) / FOLDER / f"{slate}.box"


def prepare(slate: int) -> None:
    """Make the file of a slate, empty; nothing if it is there."""
    file = file_of(slate)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "r+b") as out:
        _write(out, [])
    os.utime(file, ns=(0, 0))


def begin(slate: int) -> None:
    """Make the file of a slate that opens, empty; what lies there under its number is of another database.

    A database that was set back gives a number a second time.
    """
    destroy(slate)
    prepare(slate)


@contextmanager
def open_box(slate: int) -> Iterator[Waiting]:
    """Give what waits, locked; what the list holds afterwards waits then.

    Nothing is written where the block raises.
    """
    prepare(slate)
    file = file_of(slate)
    with file.open("r+b", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        waiting = _read(handle)
        yield waiting
        _write(handle, shuffled(waiting))
        _touch_all()


def _touch_all() -> None:
    for file in (Path(settings.HOME) / FOLDER).glob("*.box"):
        with suppress(FileNotFoundError):  # another box was destroyed meanwhile
            os.utime(file, ns=(0, 0))


def destroy(slate: int) -> None:
    """Overwrite the file of a slate and remove it."""
    file = file_of(slate)
    if not file.exists():
        return
    with file.open("r+b", buffering=0) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.write(secrets.token_bytes(file.stat().st_size))
        os.fsync(handle.fileno())
    file.unlink()


def _read(handle: IO[bytes]) -> Waiting:
    handle.seek(0)
    data = handle.read()
    size = int.from_bytes(data[:_LENGTH])
    found: Waiting = json.loads(data[_LENGTH : _LENGTH + size] or b"[]")
    return found


def _write(handle: IO[bytes], waiting: Waiting) -> None:
    text = json.dumps(waiting, ensure_ascii=False, separators=(",", ":")).encode()
    used = _LENGTH + len(text)
    filled = -(-used // STEP) * STEP
    handle.seek(0)
    handle.write(len(text).to_bytes(_LENGTH) + text + secrets.token_bytes(filled - used))
    handle.truncate()
    handle.flush()
    os.fsync(handle.fileno())
