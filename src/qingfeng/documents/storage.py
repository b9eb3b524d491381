"""Bytes kept once under their SHA-256: written so that a crash leaves nothing half, checked when read."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from qingfeng.documents.refusal import Damaged, NoRoom

BLOCK = 1 << 20
INCOMING = ".incoming-"
FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def place_of(sha256: str) -> Path:
    """Return where the bytes of a hash lie: `ab/cdef…` under the folder of attachments."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("no SHA-256")
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:]


@contextmanager
def incoming() -> Iterator[Path]:
    """Give a new file to write to, on the disk where it will be kept; it is gone at the end whatever happens.

    Raises:
        NoRoom: If the disk is full or a limit is reached, here or in the block.
    """
    root = Path(settings.MEDIA_ROOT)
    file = None
    try:
        root.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=INCOMING, dir=root)
        os.close(handle)
        file = Path(name)
        yield file
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom(
                _("The disk is full; the file was not kept. Make room and bring it again.")
            ) from error
        raise
    finally:
        if file:
            file.unlink(missing_ok=True)


def keep_file(file: Path) -> tuple[str, int]:
    """Keep a file under its hash and return hash and size in bytes. The file is gone from where it was.

    Raises:
        OSError: If it cannot be written; nothing is kept then.
    """
    with file.open("rb+") as source:
        sha256, size = _hash(source)
        os.fsync(source.fileno())
    place = place_of(sha256)
    if place.is_file() and _is_whole(place, sha256):
        os.utime(place)  # so that a sweep does not take it for old
        file.unlink()
        return sha256, size
    place.parent.mkdir(parents=True, exist_ok=True)
    file.chmod(0o600)
    file.replace(place)
    for folder in (place.parent, place.parent.parent):
        _sync(folder)
    return sha256, size


def keep_bytes(data: bytes) -> str:
    """Keep bytes under their hash and return it.

    Raises:
        NoRoom: If the disk is full; nothing is kept then.
    """
    with incoming() as file:
        file.write_bytes(data)
        return keep_file(file)[0]


def write(blocks: Iterable[bytes], file: Path, *, most: int, too_large: Callable[[], Exception]) -> None:
    """Write blocks to a file, at most `most` bytes."""
    seen = 0
    with file.open("wb") as out:
        for block in blocks:
            seen += len(block)
            if seen > most:
                raise too_large()
            out.write(block)


def opened(sha256: str) -> BinaryIO:
    """Return the bytes of a hash as an open file, after they have been checked.

    Raises:
        Damaged: If they are missing or are not what the hash says.
    """
    try:
        source = place_of(sha256).open("rb")
    except FileNotFoundError:
        raise Damaged(
            _(
                "The file {sha256} is missing from the folder of attachments. Restore it from a backup."
            ).format(sha256=sha256[:12])
        ) from None
    if _hash(source)[0] != sha256:
        source.close()
        raise Damaged(
            _("The file {sha256} was changed after it was kept. Restore it from a backup.").format(
                sha256=sha256[:12]
            )
        )
    source.seek(0)
    return source


def stored(*, older_than_hours: float = 0) -> Iterator[str]:
    """Yield the hashes of all files that were not kept or used within so many hours."""
    before = time.time() - older_than_hours * 3600
    for place in sorted(Path(settings.MEDIA_ROOT).glob("??/*")):
        if place.stat().st_mtime <= before:
            yield place.parent.name + place.name


def discard(sha256: str) -> None:
    """Delete the bytes of a hash."""
    place_of(sha256).unlink(missing_ok=True)


def discard_halves(*, older_than_hours: float) -> int:
    """Delete files that were being written when the power went; return how many."""
    before, count = time.time() - older_than_hours * 3600, 0
    for file in Path(settings.MEDIA_ROOT).glob(f"{INCOMING}*"):
        if file.stat().st_mtime <= before:
            file.unlink(missing_ok=True)
            count += 1
    return count


def _hash(source: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def _is_whole(place: Path, sha256: str) -> bool:
    with place.open("rb") as source:
        return _hash(source)[0] == sha256


def _sync(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
