"""Zip packages: DOCX, XLSX, OFD and archives, opened within limits and searched for what may not come in."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from qingfeng.documents.refusal import Refused

MOST_MEMBERS = 5_000
MOST_BYTES = 1 << 30  # unpacked
MOST_RATIO = 100  # unpacked against packed, of a member larger than LARGE
LARGE = 8 << 20
LARGEST_PART = 64 << 20  # of a part that is read for its text
BLOCK = 1 << 20
ENCRYPTED = 0x1
MACROS = re.compile(
    r"(?i)(^|/)(vbaProject[^/]*\.bin|vbaData\.xml|macrosheets/.*|activeX/.*\.bin|xl4macro.*)$"
)
OUTSIDE = re.compile(rb"(?is)<Relationship\b[^>]*>")
RUNS_OUTSIDE = re.compile(rb"(?i)/(attachedTemplate|oleObject|frame|subDocument)\"")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def kind_of_package(file: Path) -> str | None:
    """Return "docx", "xlsx", "ofd" or "zip".

    Raises:
        Refused: If it is broken, locked, larger inside than allowed, or carries macros or outside templates.
    """
    with opened(file) as archive:
        names = {member.filename for member in archive.infolist()}
        if "[Content_Types].xml" in names:
            _no_macros(archive, names)
            if "word/document.xml" in names:
                return "docx"
            return "xlsx" if "xl/workbook.xml" in names else None
        return "ofd" if "OFD.xml" in names else "zip"


class opened:  # noqa: N801 - reads as a verb where it is used
    """A zip file that has passed the checks of size, names and locks, for a `with` block."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self.archive = zipfile.ZipFile(self.file)
        except BROKEN as error:
            raise damaged() from error
        try:
            _check(self.archive)
        except BaseException:
            self.archive.close()
            raise
        return self.archive

    def __exit__(self, *_error: object) -> None:
        self.archive.close()


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part, whatever size its header claims.

    Raises:
        Refused: If it is broken, or larger than a part may be.
    """
    return b"".join(blocks(archive, name, most=LARGEST_PART))


def blocks(archive: zipfile.ZipFile, name: str, *, most: int) -> Iterator[bytes]:
    """Yield the bytes of one member.

    Raises:
        Refused: If it is broken, or larger than `most` bytes.
    """
    seen = 0
    try:
        with archive.open(name) as source:
            while block := source.read(BLOCK):
                seen += len(block)
                if seen > most:
                    raise _bomb()
                yield block
    except KeyError:
        return
    except BROKEN as error:
        raise damaged() from error


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of an archive in order, without folders."""
    return [member for member in archive.infolist() if not member.is_dir()]


def readable_name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; archives of Windows write it in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def damaged() -> Refused:
    """Return the refusal of a file that cannot be read."""
    return Refused("damaged", _("The file is damaged and cannot be read."), _("Save or pack it again."))


def _check(archive: zipfile.ZipFile) -> None:
    listed = archive.infolist()
    if len(listed) > MOST_MEMBERS or sum(member.file_size for member in listed) > MOST_BYTES:
        raise _bomb()
    seen: set[str] = set()
    for member in listed:
        if member.flag_bits & ENCRYPTED:
            raise Refused(
                "locked",
                _("The file is locked with a password and cannot be checked."),
                _("Save it without a password."),
            )
        if member.file_size > LARGE and member.file_size > MOST_RATIO * max(member.compress_size, 1):
            raise _bomb()
        if _leads_out(member) or member.filename in seen:
            raise Refused(
                "bad_names",
                _("The archive has names that lead out of it or stand twice."),
                _("Pack the files again."),
            )
        seen.add(member.filename)


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.filename.replace("\\", "/")
    path = PurePosixPath(name)
    link = stat.S_ISLNK(member.external_attr >> 16)
    return (
        link or path.is_absolute() or ".." in path.parts or "\0" in name or bool(re.match(r"[A-Za-z]:", name))
    )


def _no_macros(archive: zipfile.ZipFile, names: set[str]) -> None:
    types = part(archive, "[Content_Types].xml")
    if any(MACROS.search(name) for name in names) or b"macroEnabled" in types or b"vbaProject" in types:
        raise Refused(
            "macros", _("The document carries macros; they are not taken."), _("Save it without macros.")
        )
    for name in sorted(name for name in names if name.endswith(".rels")):
        for found in OUTSIDE.finditer(part(archive, name)):
            if b'"External"' in found[0] and RUNS_OUTSIDE.search(found[0]):
                raise Refused(
                    "outside",
                    _("The document loads something from elsewhere when it is opened."),
                    _("Save it without linked templates and objects."),
                )


def _bomb() -> Refused:
    return Refused(
        "too_large_inside",
        _("Unpacked, the file would be far larger than it looks."),
        _("Bring the files one by one."),
    )
