"""Small files that are made at first use and never again: keys and secrets of an installation."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def made_once(file: Path, make: Callable[[], bytes]) -> bytes:
    """Return what a file holds; where there is none, make it, readable by its owner alone.

    It is on the disk whole before it has its name: whoever loses power in between has no file, never an
    empty one. Of two who make it at once, both get what the first has made.

    Args:
        file: Its folder is made too.
        make: What it shall hold.
    """
    try:
        return file.read_bytes()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(make())
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):  # somebody else was first
            os.link(fresh, file)
    finally:
        fresh.unlink(missing_ok=True)
    _keep_name(file.parent)
    return file.read_bytes()


def _keep_name(folder: Path) -> None:
    """Have the folder's new name on the disk too, where the system lets one."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
