"""Files on their way in (到数): written straight to the disk in pieces, resumed where they broke off.

A piece is checked while it is written and counts only when it is whole; what lies there of a broken one
is cut off. So the number of bytes received is always the beginning of the file as it was sent, and
sending goes on from there, after a reload, on another day, from another machine.

Law:
    中华人民共和国保守国家秘密法 (a name with a secrecy mark is refused with the lawful route)
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import unicodedata
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from qingfeng.documents.admission import secrecy_refusal
from qingfeng.documents.names import clean_name
from qingfeng.documents.secrecy import mark_in_name
from qingfeng.findings.models import DeliveredFile, Delivery
from qingfeng.screening.errors import Problem

BLOCK = 1 << 20
BLOCKS_BEHIND = 4  # blocks whose hash may lag behind the writing: what memory is bounded by
LARGEST_PIECE = 64 << 20
LARGEST_FILE = 64 << 30
RESERVE = 2 << 30  # bytes of the disk that stay free: importing needs room, and so does the house
LONGEST_PATH = 400
DEEPEST = 12
MOST_FILES = 20_000
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
GIGA = 1 << 30


class Stream(Protocol):
    """What a piece is read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


@dataclass(frozen=True)
class Piece:
    """One piece of a file.

    Attributes:
        offset: Where it begins in the file.
        length: Bytes in it.
        sha256: Of the piece, 64 hex digits, or "" where the sender cannot compute it.
    """

    offset: int
    length: int
    sha256: str = ""


class OutOfPlace(Exception):  # noqa: N818 - the sender goes on from `received`
    """A piece that does not begin where the file ends."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(received)


class Marked(Problem):
    """A name with a secrecy mark: refused with the lawful route, and noted without the name."""


def incoming() -> Path:
    """Return where deliveries lie until they have come in."""
    return Path(settings.HOME) / "incoming"


def folder_of(delivery: Delivery) -> Path:
    """Return the folder of a delivery; it need not exist."""
    return incoming() / str(delivery.pk)


def first_rows_of(delivery: Delivery) -> Path:
    """Return where the first rows of every sheet lie until it has come in; identifiers are masked."""
    return incoming() / f"{delivery.pk}-look.json"


def place_of(file: DeliveredFile) -> Path:
    """Return where a file lies."""
    return incoming() / str(file.delivery_id) / file.path


def one_line(text: str, most: int) -> str:
    """Return what somebody typed as one line without control signs, at most so many characters long."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:most]


def safe_path(given: str) -> str:
    """Return a path as it is kept: folders and name cleaned one by one, never climbing out.

    Args:
        given: As the browser says it, "folder/file.csv", with either kind of slash.

    Raises:
        Marked: If a folder or the file carries a secrecy mark.
        Problem: If it climbs, is hidden or is too long.
    """
    parts = unicodedata.normalize("NFC", given).replace("\\", "/").split("/")
    parts = [part.strip() for part in parts if part.strip() not in ("", ".")]
    if parts and len(parts[0]) == 2 and parts[0].endswith(":"):
        parts = parts[1:]
    if not parts or ".." in parts or "\0" in given:
        raise Problem(_("This is no name of a file."), then=_("Rename it and choose it again."))
    *folders, name = parts
    if mark_in_name(name) or any(mark_in_name(f"{folder}.") for folder in folders):
        refusal = secrecy_refusal()
        raise Marked(refusal.what, then=refusal.then)
    if any(part.startswith((".", "~$")) for part in parts):
        raise Problem(_("A hidden or temporary file is not taken."), then=_("Leave it out."))
    path = "/".join(clean_name(part) for part in parts)
    if len(path) > LONGEST_PATH or len(parts) > DEEPEST:
        raise Problem(_("The path is too long."), then=_("Choose a folder further inside, or shorten names."))
    return path


def check_room(size: int, *, without: DeliveredFile | None = None) -> None:
    """Refuse a file that is too large or for which the disk has no room, counting what others announced.

    Raises:
        Problem: With the figures.
    """
    if size > LARGEST_FILE:
        what = _("The file is larger than %(most)s GB, the most for one file.")
        raise Problem(what % {"most": LARGEST_FILE // GIGA}, then=_("Export it in parts, a month each."))
    waiting = DeliveredFile.objects.filter(delivery__state=Delivery.State.RECEIVING)
    if without is not None:
        waiting = waiting.exclude(pk=without.pk)
    promised = waiting.aggregate(left=Sum(F("size") - F("received")))["left"] or 0
    incoming().mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(incoming()).free - RESERVE - promised
    if size > free:
        raise no_room(size, max(free, 0))


def no_room(size: int, free: int) -> Problem:
    """Return what is said when the disk is too full for a file."""
    what = _("The disk of the server has room for %(free)s GB more; this file needs %(size)s GB.")
    figures = {"free": f"{free / GIGA:.1f}", "size": f"{size / GIGA:.1f}"}
    return Problem(what % figures, then=_("Have room made on the server, then choose the file again."))


def take_piece(file: DeliveredFile, stream: Stream, piece: Piece) -> int:
    """Write one piece to where it belongs.

    Args:
        file: Its row; it is brought up to date.
        stream: Read to the piece's length, a block at a time.
        piece: Where it begins, how long it is, its hash.

    Returns:
        Bytes of the file that lie there now.

    Raises:
        OutOfPlace: If the file does not end where the piece begins.
        Problem: If the piece is damaged, broke off, or does not fit; nothing of it stays.
    """
    if piece.length < 0 or piece.length > LARGEST_PIECE or piece.offset + piece.length > file.size:
        raise Problem(
            _("The file is not what was announced."),
            where=file.path,
            then=_("Choose it again from its start."),
        )
    with _held(place_of(file)) as handle:
        file.refresh_from_db(fields=["received"])
        received = min(file.received, os.fstat(handle).st_size)
        if piece.offset != received:
            _set_received(file, received)
            raise OutOfPlace(received)
        os.ftruncate(handle, received)
        os.lseek(handle, received, os.SEEK_SET)
        try:
            _write(handle, stream, piece, name=file.path)
        except BaseException:
            os.ftruncate(handle, received)
            raise
        _set_received(file, piece.offset + piece.length)
    return file.received


def lies_there(file: DeliveredFile) -> int:
    """Return how many bytes of a file are safely on the disk."""
    place = place_of(file)
    return min(file.received, place.stat().st_size) if place.exists() else 0


def hash_of(file: DeliveredFile) -> str:
    """Return the SHA-256 of a file that is whole, 64 hex digits; read once, then its row says it."""
    if not file.sha256:
        with place_of(file).open("rb") as held:
            file.sha256 = hashlib.file_digest(held, "sha256").hexdigest()
        file.save(update_fields=["sha256"])
    return file.sha256


def _write(handle: int, stream: Stream, piece: Piece, *, name: str) -> None:
    """Write a piece as it is read; its hash is computed beside, so that neither waits for the other."""
    digest, left = hashlib.sha256(), piece.length
    behind: deque[Future[None]] = deque()
    try:
        with ThreadPoolExecutor(1) as beside:
            while left:
                block = stream.read(min(BLOCK, left))
                if not block:
                    raise _broken_off(name)
                left -= len(block)
                if piece.sha256:
                    behind.append(beside.submit(digest.update, block))
                if len(behind) > BLOCKS_BEHIND:
                    behind.popleft().result()
                _write_all(handle, block)
        os.fdatasync(handle)  # the row will say that it lies there: also after a power cut
    except OSError as error:
        if error.errno in FULL:
            raise no_room(piece.length, 0) from error
        raise _broken_off(name) from error
    if piece.sha256 and digest.hexdigest() != piece.sha256.lower():
        raise Problem(_("A piece was damaged on its way."), where=name, then=_("It is sent again."))


def _write_all(handle: int, block: bytes) -> None:
    view = memoryview(block)
    while view:
        view = view[os.write(handle, view) :]


def _broken_off(name: str) -> Problem:
    return Problem(_("The connection broke off."), where=name, then=_("Sending goes on by itself."))


def _set_received(file: DeliveredFile, received: int) -> None:
    if file.received != received:
        file.received = received
        file.save(update_fields=["received"])


@contextmanager
def _held(place: Path) -> Iterator[int]:
    """Open a file for one writer at a time.

    Raises:
        Problem: If another window sends the same file, or a folder bears its name.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        if error.errno in FULL:
            raise no_room(0, 0) from error
        raise Problem(
            _("A folder and a file have the same name."), where=place.name, then=_("Rename one of them.")
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                _("This file is being sent from another window."),
                where=place.name,
                then=_("Go on there, or close it and wait a moment."),
            ) from error
        yield handle
    finally:
        os.close(handle)
