"""A ZIP that somebody brings, opened with care: its table of contents is checked before a byte is unpacked.

Refused are paths that lead out of it, links, passwords, unknown ways of packing, two files of one name, and
what unpacks to far more than it is. What is read is bounded by what was said, and by its checksum.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

MOST_FILES = 2000
MOST_OF_CONTENTS = 2 * 1024**2  # bytes of a table of contents: each of its lines becomes an object
MOST_UNPACKED = 2 * 1024**3
TIGHTEST = 200  # times that a file may grow when it is unpacked
SMALL = 1024**2  # a file so small may grow as it likes
BLOCK = 1024**2
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class NotAnArchive(ValueError):  # noqa: N818 - says what happened
    """A file that is not opened; the message says why, and what to do."""


@contextmanager
def unzipped(place: Path) -> Iterator[tuple[ZipFile, dict[str, ZipInfo]]]:
    """Open a ZIP; give its files by their path, without folders and what a desktop adds.

    Raises:
        NotAnArchive: If it is none, or harms.
    """
    try:
        _check_contents(place)
        held = ZipFile(place)
    except NotAnArchive:
        raise
    except UNREADABLE as error:
        said = _("This is no ZIP file, or it is torn: pack the hall again and bring it once more.")
        raise NotAnArchive(said) from error
    with held:
        yield held, _checked(held, place.stat().st_size)


def blocks_of(held: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """Yield the bytes of a file.

    Raises:
        NotAnArchive: If it cannot be unpacked.
    """
    try:
        with held.open(info) as out:
            while block := out.read(BLOCK):
                yield block
    except UNREADABLE as error:
        said = _("%(path)s cannot be unpacked: the archive is torn. Bring it again.")
        raise NotAnArchive(said % {"path": info.filename}) from error


def read_whole(held: ZipFile, info: ZipInfo, *, most: int) -> bytes:
    """Return the bytes of a list.

    Raises:
        NotAnArchive: If it is larger than `most` bytes, or cannot be unpacked.
    """
    if info.file_size > most:
        said = _("%(path)s has more than %(most)d MB.")
        raise NotAnArchive(said % {"path": info.filename, "most": most // 1024**2})
    return b"".join(blocks_of(held, info))


def copied(held: ZipFile, info: ZipInfo, out: IO[bytes]) -> str:
    """Write a file somewhere; return its SHA-256.

    Raises:
        NotAnArchive: If it cannot be unpacked.
    """
    digest = hashlib.sha256()
    for block in blocks_of(held, info):
        digest.update(block)
        out.write(block)
    return digest.hexdigest()


def _check_contents(place: Path) -> None:
    """Look at how long the table of contents says it is, as `ZipFile` finds it, before it is read."""
    with place.open("rb") as file:
        end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # noqa: SLF001 - what ZipFile goes by
    if end is None:
        raise BadZipFile
    if end[zipfile._ECD_ENTRIES_TOTAL] > MOST_FILES or end[zipfile._ECD_SIZE] > MOST_OF_CONTENTS:  # type: ignore[attr-defined]  # noqa: SLF001
        raise NotAnArchive(_("The archive has more than %(n)d files.") % {"n": MOST_FILES})


def _checked(held: ZipFile, size: int) -> dict[str, ZipInfo]:
    every = held.infolist()
    if len(every) > MOST_FILES:
        raise NotAnArchive(_("The archive has more than %(n)d files.") % {"n": MOST_FILES})
    if sum(one.file_size for one in every) > MOST_UNPACKED or sum(one.compress_size for one in every) > size:
        raise NotAnArchive(_("The archive unpacks to more than 2 GB, or to far more than it is: not opened."))
    found: dict[str, ZipInfo] = {}
    for one in every:
        _check(one)
        if one.is_dir() or _is_of_a_desktop(one.filename):
            continue
        if one.filename in found:
            raise NotAnArchive(_("The archive has two files of one name: %(path)s") % {"path": one.filename})
        found[one.filename] = one
    return found


def _check(one: ZipInfo) -> None:
    path = one.orig_filename
    parts = path.split("/")
    if "\\" in path or "\0" in path or ":" in path or path.startswith("/") or {"..", "."} & set(parts):
        raise NotAnArchive(_("The archive names a path that leads out of it: %(path)s") % {"path": path})
    if stat.S_ISLNK(one.external_attr >> 16):
        raise NotAnArchive(_("The archive holds a link in place of a file: %(path)s") % {"path": path})
    if one.flag_bits & 1:
        raise NotAnArchive(_("The archive has a password: pack it without one."))
    if one.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotAnArchive(
            _("The archive is packed in a way that is not read here: pack it as ordinary ZIP.")
        )
    if one.file_size > SMALL and one.file_size > TIGHTEST * max(one.compress_size, 1):
        raise NotAnArchive(_("The archive unpacks to more than 2 GB, or to far more than it is: not opened."))


def _is_of_a_desktop(path: str) -> bool:
    last = path.rpartition("/")[2]
    return path.startswith("__MACOSX/") or last in {".DS_Store", "Thumbs.db", "desktop.ini"}
