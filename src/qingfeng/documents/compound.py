"""Compound files (OLE2): what DOC, XLS and old WPS files are, read as far as it takes to judge them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from qingfeng.documents.refusal import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE = 0xFFFFFFFA  # this and above are no sectors
MOST_SECTORS = 1 << 20
MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}
FILEPASS = 0x2F


@dataclass(frozen=True)
class Stream:
    """An entry of the directory: name, first sector, size in bytes."""

    name: str
    start: int
    size: int


def kind_of_compound(file: Path) -> str | None:
    """Return "doc" or "xls", or None for another compound file.

    Raises:
        Refused: If it is broken, locked with a password, or carries macros.
    """
    data = file.read_bytes()
    try:
        entries = {entry.name: entry for entry in directory(data)}
        if {"EncryptedPackage", "EncryptionInfo"} & set(entries):
            raise _locked()
        if MACROS & set(entries):
            raise Refused(
                "macros", _("The document carries macros; they are not taken."), _("Save it without macros.")
            )
        if found := entries.get("WordDocument"):
            if len(head := _head(data, found)) > 11 and head[11] & 1:  # FIB, flag fEncrypted
                raise _locked()
            return "doc"
        if found := entries.get("Workbook") or entries.get("Book"):
            if FILEPASS in set(_records(_head(data, found))):
                raise _locked()
            return "xls"
    except (struct.error, IndexError, ValueError) as error:
        raise Refused("damaged", _("The file is damaged and cannot be read."), _("Save it again.")) from error
    return None


def directory(data: bytes) -> list[Stream]:
    """Return the entries of a compound file's directory.

    Raises:
        struct.error, IndexError, ValueError: If it is damaged.
    """
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("no sector size of a compound file")
    raw = b"".join(_chain(data, struct.unpack_from("<I", data, 48)[0], _table(data, shift), shift))
    found = []
    for at in range(0, len(raw) - 127, 128):
        length, kind = struct.unpack_from("<HB", raw, at + 64)
        if kind in (1, 2, 5) and 2 <= length <= 64:
            start, size = struct.unpack_from("<II", raw, at + 116)
            found.append(Stream(raw[at : at + length - 2].decode("utf-16-le"), start, size))
    return found


def _table(data: bytes, shift: int) -> list[int]:
    sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < FREE]
    more, rounds = struct.unpack_from("<I", data, 68)[0], 0
    per = (1 << shift) // 4
    while more < FREE and rounds < MOST_SECTORS // per:
        listed = struct.unpack_from(f"<{per}I", data, (more + 1) << shift)
        sectors += [sector for sector in listed[:-1] if sector < FREE]
        more, rounds = listed[-1], rounds + 1
    return [
        entry
        for sector in sectors[:MOST_SECTORS]
        for entry in struct.unpack_from(f"<{per}I", data, (sector + 1) << shift)
    ]


def _chain(data: bytes, start: int, table: list[int], shift: int) -> Iterator[bytes]:
    seen = 0
    while start < FREE:
        seen += 1
        if seen > MOST_SECTORS:
            raise ValueError("a chain of sectors has no end")
        yield data[(start + 1) << shift : (start + 2) << shift]
        start = table[start]


def _head(data: bytes, stream: Stream) -> bytes:
    """Return the first sector of a stream that is not kept among the small ones, else nothing."""
    shift = struct.unpack_from("<H", data, 30)[0]
    return data[(stream.start + 1) << shift : (stream.start + 2) << shift] if stream.size >= 4096 else b""


def _records(head: bytes) -> Iterator[int]:
    at = 0
    while at + 4 <= len(head):
        number, length = struct.unpack_from("<HH", head, at)
        yield number
        at += 4 + length


def _locked() -> Refused:
    return Refused(
        "locked",
        _("The file is locked with a password and cannot be checked."),
        _("Save it without a password."),
    )
