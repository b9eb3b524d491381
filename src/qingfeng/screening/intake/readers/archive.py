"""Zip archives: members come out one by one, within limits, under names that can be read."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.readers.kind import UNLOCK

DEEPEST = 3  # archives in archives
MOST_MEMBERS = 10_000
MOST_BYTES = 64 << 30  # that one archive may unpack to, with those inside it
MOST_RATIO = 200  # times that a large member may be larger than packed
LARGE = 32 << 20  # bytes from which the ratio counts
BLOCK = 1 << 20
SPARE = 1 << 30  # bytes that stay free on the disk

UTF8_NAME = 0x800
ENCRYPTED = 0x1
UNPACK = "Unpack it yourself and look what is in it."


@dataclass
class Allowance:
    """What an archive, with those inside it, may still unpack to."""

    members: int = MOST_MEMBERS
    size: int = MOST_BYTES


@dataclass(frozen=True)
class Member:
    """One file of an archive.

    Attributes:
        name: Its path inside, with "/".
        at: Where its bytes lie now, or None.
        problem: Why it was not unpacked, or None.
    """

    name: str
    at: Path | None = None
    problem: Problem | None = None


def unpack(archive: Path, into: Path, allowance: Allowance) -> Iterator[Member]:
    """Yield the files of a zip archive in the order of their paths.

    Bytes are written under numbers, never under a name from the archive.

    Args:
        archive: The zip file.
        into: An empty folder.
        allowance: What may still be unpacked; it is drawn upon.

    Raises:
        Problem: If the archive is damaged, or unpacks to too much: a zip bomb. What
            was yielded before is then not to be used either.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            members = sorted(
                ((_name(info), info) for info in packed.infolist() if not info.is_dir()),
                key=lambda pair: pair[0],
            )
            allowance.members -= len(members)
            if allowance.members < 0:
                raise Problem(f"The archive holds more than {MOST_MEMBERS:,} files.", then=UNPACK)
            seen: set[str] = set()
            for number, (name, info) in enumerate(members):
                problem = _refused(name, info, seen)
                seen.add(name)
                target = into / str(number)
                yield (
                    Member(name, problem=problem)
                    if problem
                    else _extract(packed, name, info, target, allowance)
                )
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise Problem("The archive breaks off or is damaged.", then="Copy or export it again.") from error


def _extract(
    packed: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, target: Path, allowance: Allowance
) -> Member:
    written = 0
    try:
        with packed.open(info) as source, target.open("wb") as out:
            while block := source.read(BLOCK):
                written += len(block)
                allowance.size -= len(block)
                _check_size(written, info.compress_size, allowance.size, target)
                out.write(block)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        broken = Problem("The file breaks off or is damaged in the archive.", then="Pack it again.")
        broken.__cause__ = error
        return Member(name, problem=broken)
    return Member(name, target)


def _check_size(written: int, packed: int, left: int, target: Path) -> None:
    if left < 0 or (written > LARGE and written > MOST_RATIO * max(packed, 1)):
        raise Problem(
            f"The archive unpacks to far more than it holds (over {written >> 20:,} MiB): a zip bomb.",
            then=UNPACK,
        )
    if shutil.disk_usage(target.parent).free < SPARE:
        raise Problem("There is no room on the disk to unpack the archive.", then="Free space for the home.")


def _refused(name: str, info: zipfile.ZipInfo, seen: set[str]) -> Problem | None:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/") or (len(name) > 1 and name[1] == ":"):
        return Problem("The file's path leads out of the archive.", then=UNPACK)
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem("This is a link and no file.", then="Pack the file itself.")
    if info.flag_bits & ENCRYPTED:
        return Problem("The file is protected by a password.", then=UNLOCK)
    if name in seen:
        return Problem("The archive holds two files of this name.", then="Give them different names.")
    return None


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's path; a name that is not marked as UTF-8 is UTF-8 or GB18030 all the same."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAME:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return _slashed(name)
        for encoding in ("utf-8", "gb18030"):
            try:
                return _slashed(raw.decode(encoding))
            except UnicodeDecodeError:
                continue
    return _slashed(name)


def _slashed(name: str) -> str:
    return name.partition("\0")[0].replace("\\", "/").removeprefix("./")
