"""Files that come in pieces: announced, appended where they end, handed to the worker once they are whole.

A piece counts when all of it lies on the disk; a broken one is cut off, and sending goes on from there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from qingfeng.culture.halls import keeping
from qingfeng.culture.models import Entry
from qingfeng.culture.storing import LARGEST, heic_advice
from qingfeng.desk.culture.halls.bringing import keep_brought
from qingfeng.desk.culture.halls.models import Brought
from qingfeng.documents.names import clean_name
from qingfeng.organization.models import Person
from qingfeng.screening.errors import Problem

MEGA = 1024**2
ENDINGS = {
    "panorama": (".jpg", ".jpeg", ".png", ".webp"),
    "picture": (".jpg", ".jpeg", ".png", ".webp"),
    "audio": tuple(keeping.SOUNDS),
    "video": tuple(keeping.FILMS),
    "captions": (".vtt",),
}
MOST = {
    "panorama": keeping.LARGEST_PANORAMA, "picture": LARGEST, "audio": keeping.LARGEST_SOUND,
    "video": keeping.LARGEST_FILM, "captions": keeping.LARGEST_CAPTIONS,
}  # fmt: skip
MOST_UNDER_WAY = 60
LARGEST_PIECE, BLOCK = 64 * MEGA, MEGA


class Stream(Protocol):
    """What a piece is read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""


class OutOfPlace(Exception):  # noqa: N818 - the sender goes on from `received`
    """A piece that does not begin where the file ends."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(received)


def announce(
    entry: Entry, kind: str, *, name: str, size: int, by: Person, mark: str = "", told: Any = None,
    besides: Iterable[int] = (),
) -> Brought:  # fmt: skip
    """Make room for a file; the same one goes on where it broke off.

    Args:
        entry: The hall.
        kind: One of `ENDINGS`.
        name: As its owner calls it.
        size: Bytes.
        by: Who brings it.
        mark: What its sender knows the file by: its path, time and some of its bytes. Names and sizes are
            often the same, so a file without a mark never goes on.
        told: Licence, author and words that come with it.
        besides: Keys of what was announced together with it: another file, whatever its mark.

    Raises:
        Problem: If its ending, its size or the number of files under way forbids it.
    """
    name = clean_name(name.replace("\\", "/").rpartition("/")[2])[:200]
    if name.lower().endswith((".heic", ".heif")):
        raise Problem(heic_advice())
    if not name.lower().endswith(ENDINGS[kind]):
        endings = ", ".join(one[1:].upper() for one in ENDINGS[kind])
        raise Problem(
            _("This kind of file is not taken here."), then=_("Bring %(endings)s.") % {"endings": endings}
        )
    if not 0 < size <= MOST[kind]:
        most = f"{MOST[kind] / MEGA:.1f}".removesuffix(".0")
        raise Problem(
            _("The file is empty or has more than %(most)s MB.") % {"most": most}, then=_("Make it smaller.")
        )
    mine = Brought.objects.filter(entry=entry, kind=kind, by=by, state=Brought.State.RECEIVING)
    mark = hashlib.sha256(mark.encode(errors="surrogatepass")).hexdigest() if mark else ""
    if mark and (there := mine.filter(mark=mark, size=size).exclude(pk__in=besides).first()):
        if there.received == size:  # the house stopped before it was handed over
            whole(there)
        return there
    if Brought.objects.filter(entry=entry, state__in=Brought.UNDER_WAY).count() >= MOST_UNDER_WAY:
        raise Problem(_("Many files are under way already."), then=_("Wait until some of them are kept."))
    return Brought.objects.create(
        entry=entry, kind=kind, name=name, size=size, by=by, mark=mark, told=told or {},
        language=translation.get_language() or "zh-hans",
    )  # fmt: skip


def take_piece(file: Brought, stream: Stream, *, offset: int, length: int, sha256: str = "") -> int:
    """Append a piece; with the last one the file goes to the worker.

    Returns:
        Bytes that lie there now.

    Raises:
        OutOfPlace: If the file does not end where the piece begins.
        Problem: If the piece broke off, was damaged, or is more than was announced.
    """
    if not 0 <= length <= LARGEST_PIECE or offset + length > file.size:
        raise Problem(_("The file is not what was announced."), then=_("Choose it again from its start."))
    with held_open(file.place) as handle:
        file.refresh_from_db()
        received = min(file.received, os.fstat(handle).st_size)
        if file.state not in Brought.UNDER_WAY:
            file.place.unlink(missing_ok=True)  # opening it made it anew
        if file.state != Brought.State.RECEIVING or offset != received:
            raise OutOfPlace(file.size if file.state != Brought.State.RECEIVING else received)
        os.ftruncate(handle, received)
        try:
            append(handle, stream, length, sha256)
        except BaseException:
            os.ftruncate(handle, received)
            raise
        file.received = offset + length
        file.save(update_fields=["received"])
    if file.received == file.size:
        whole(file)
    return file.received


def whole(file: Brought) -> None:
    """Give a file that lies there as a whole to the worker, unless somebody cancelled it meanwhile."""
    with transaction.atomic():
        still = Brought.objects.filter(pk=file.pk, state=Brought.State.RECEIVING)
        if still.update(state=Brought.State.WAITING):
            keep_brought.enqueue(file.pk)


def append(handle: int, stream: Stream, length: int, sha256: str) -> None:
    """Write a piece behind what an open file holds.

    Raises:
        Problem: If it broke off, or is another one than its hash says.
    """
    digest, left = hashlib.sha256(), length
    os.lseek(handle, 0, os.SEEK_END)
    while left:
        block = stream.read(min(BLOCK, left))
        if not block:
            raise Problem(_("The connection broke off."), then=_("Sending goes on by itself."))
        digest.update(block)
        left -= len(block)
        view = memoryview(block)
        while view:
            view = view[os.write(handle, view) :]
    if sha256 and digest.hexdigest() != sha256.lower():
        raise Problem(_("A piece was damaged on its way."), then=_("It is sent again."))
    os.fdatasync(handle)


@contextmanager
def held_open(place: Path) -> Iterator[int]:
    """Open a file for one writer at a time."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                _("This file is being sent from another window."),
                then=_("Go on there, or close it and wait a moment."),
            ) from error
        yield handle
    finally:
        os.close(handle)
