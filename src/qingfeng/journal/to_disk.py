"""Files that are on the disk whole or not at all, however it ends: beside their place, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qingfeng.journal.errors import JournalProblem

FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
SYNCERS = 8  # files that are brought to disk side by side


def write_files(files: Iterable[tuple[Path, bytes]], *, mode: int = 0o644) -> None:
    """Write files whole or not at all: beside their place, to the disk, then by one renaming each.

    Args:
        files: Where, and what; folders are made.
        mode: Rights of the files.

    Raises:
        JournalProblem: If the disk is full; nothing has changed then.
    """
    placed = [(path, path.with_name(f".{path.name}.new"), held) for path, held in files]
    changed = {path.parent for path, _, _ in placed}
    for folder in list(changed):
        for above in (folder, *folder.parents):
            if above.exists():
                break
            changed.add(above.parent)
        folder.mkdir(parents=True, exist_ok=True)

    try:
        _to_disk(placed, mode)
    except OSError as error:
        for _, beside, _ in placed:
            beside.unlink(missing_ok=True)
        if error.errno not in FULL:
            raise
        raise JournalProblem(
            "The disk is full: the journal is not published.",
            where=str(placed[0][0].parent),
            then="Make room. Nothing is lost: entries wait in the database and are published next time.",
        ) from error
    for path, beside, _ in placed:
        beside.replace(path)
    for folder in changed:
        _sync_folder(folder)


def _to_disk(placed: list[tuple[Path, Path, bytes]], mode: int) -> None:
    """Write each file beside its place, several at once; they are on the disk when this returns.

    All are written before the first is waited for: by then the system has most of them on their way.
    """

    def put(one: tuple[Path, Path, bytes]) -> None:
        _, beside, held = one
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as out:
            out.write(held)

    def sync(one: tuple[Path, Path, bytes]) -> None:
        handle = os.open(one[1], os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    if len(placed) > SYNCERS:
        with ThreadPoolExecutor(SYNCERS) as pool:
            list(pool.map(put, placed))
            list(pool.map(sync, placed))
    else:
        for one in placed:
            put(one)
            sync(one)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # elsewhere a folder cannot be opened, and renaming is on the disk by itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
