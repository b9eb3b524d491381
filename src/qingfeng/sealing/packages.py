r"""Packages (封装包): one file between installations, signed by its sender, sealed to its receiver.

    b"qingfeng-package/1\n" · length of the head, 4 bytes · head · signature, 64 bytes · body

The head is canonical JSON and open to whoever carries the file: who to whom, which stream, which number, the
digest of the package before it, the day, length and digest of the body. What is carried stands in the body,
a sealed stream (`streams`): an inventory with a digest for every file, then the files one behind the other.
The signature covers the head and, through its digest, every byte of the body. Nothing is held in memory but
the inventory.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from qingfeng.sealing import streams
from qingfeng.sealing.cards import is_signed, sign
from qingfeng.sealing.envelope import canonical
from qingfeng.sealing.errors import SealingError

MAGIC = b"qingfeng-package/1\n"
SUFFIX = ".qfp"
BLOCK = 1 << 20
SIGNATURE_BYTES = 64
MOST_HEAD = 16 * 1024
MOST_INVENTORY = 32 * 1024 * 1024
MOST_NUMBER = 2**31 - 1
_KEY = re.compile("[0-9a-f]{16}")
_DIGEST = re.compile("[0-9a-f]{64}")
_WORD = re.compile("[a-z][a-z0-9_]{0,19}")


@dataclass(frozen=True)
class Head:
    """What anybody may read of a package.

    Attributes:
        sender: Key id of the sender's card, 16 hex digits.
        receiver: Key id of the receiver's card.
        stream: Which row of packages it belongs to.
        number: Its place there, from 1, without a gap.
        previous: Digest of the package before it; "" for the first.
        made: Day, `2026-11-27`; no hour.
        size: Bytes of the sealed body.
        body: SHA-256 of the sealed body, hex.
        v: Version of the form.
    """

    sender: str
    receiver: str
    stream: str
    number: int
    previous: str
    made: str
    size: int
    body: str
    v: int = 1

    @property
    def encoded(self) -> bytes:
        """The head as it is written and signed."""
        return canonical(asdict(self))

    @property
    def digest(self) -> str:
        """SHA-256 of the head, hex: what names the package, its body included."""
        return sha256(MAGIC + self.encoded).hexdigest()


@dataclass(frozen=True)
class Enclosure:
    """One file in a package.

    Attributes:
        name: As a person knows it; never used as a path.
        size: Bytes.
        sha256: Digest, hex.
        path: Where it lies: what is packed, or where it was unpacked to.
    """

    name: str
    size: int
    sha256: str
    path: Path


@dataclass(frozen=True)
class Part:
    """One thing in a package.

    Attributes:
        kind: Which handler takes it: lower-case words with underscores.
        content: What it says, as JSON has it.
        files: What goes with it.
    """

    kind: str
    content: Mapping[str, Any]
    files: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class Address:
    """Where a package stands in its stream; see `Head`."""

    sender: str
    receiver: str
    stream: str
    number: int
    previous: str = ""
    made: str = field(default="")


def enclose(path: Path, name: str = "") -> Enclosure:
    """Return a file as it will be packed, its digest counted now."""
    with path.open("rb") as source:
        size, digest = _copied(source, None)
    return Enclosure(name or path.name, size, digest, path)


def write_package(
    target: Path, address: Address, parts: Sequence[Part], *, seed: bytes, to: Sequence[bytes]
) -> Head:
    """Write a package; the file is there whole or not at all.

    Args:
        target: A file that does not exist yet.
        address: Where it stands.
        parts: What it carries; files are read from their paths and must be as they were enclosed.
        seed: Secret half of the sender's Ed25519 key, 32 bytes.
        to: X25519 keys it is sealed to.

    Raises:
        SealingError: If nobody can open it, or a file is not what it was.
        OSError: If something cannot be read or written.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    with TemporaryFile(dir=target.parent) as body:
        streams.seal_stream(_Content(parts), body, to)  # type: ignore[arg-type]
        body.seek(0)
        size, digest = _copied(body, None)
        head = Head(**asdict(address), size=size, body=digest)
        said = head.encoded
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(MAGIC + len(said).to_bytes(4, "big") + said + sign(seed, MAGIC + said))
                body.seek(0)
                shutil.copyfileobj(body, out, BLOCK)
                out.flush()
                os.fsync(out.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return head


def read_head(source: BinaryIO) -> tuple[Head, bytes]:
    """Return head and signature; the source then stands at the body. Nothing is verified yet.

    Raises:
        SealingError: If this is no package, or is cut short.
    """
    begun = source.read(len(MAGIC) + 4)
    length = int.from_bytes(begun[len(MAGIC) :], "big")
    if not begun.startswith(MAGIC) or len(begun) != len(MAGIC) + 4 or length > MOST_HEAD:
        raise SealingError(SealingError.FORM, "This is no package.")
    said, signature = source.read(length), source.read(SIGNATURE_BYTES)
    try:
        read = json.loads(said)
        head = Head(**read)
        right = head.v == 1 and canonical(read) == said and _is_head(head)
    except (ValueError, TypeError, RecursionError):
        right = False
    if not right or len(signature) != SIGNATURE_BYTES:
        raise SealingError(SealingError.FORM, "The head of this package is damaged or cut short.")
    return head, signature


def check_sender(head: Head, signature: bytes, key: bytes) -> None:
    """Check that a key signed a head.

    Raises:
        SealingError: If it did not.
    """
    if not is_signed(key, MAGIC + head.encoded, signature):
        raise SealingError(SealingError.CHANGED, "The sender's signature does not fit this package.")


def check_body(file: Path) -> None:
    """Check that the body of a package is the one that its head names; nothing is opened.

    Raises:
        SealingError: If it was changed or cut short.
        OSError: If it cannot be read.
    """
    with file.open("rb") as source:
        head, _signature = read_head(source)
        if _copied(source, None) != (head.size, head.body):
            raise SealingError(SealingError.CHANGED, "The body of this package was changed or cut short.")


def unpack(file: Path, folder: Path, *, key: bytes, secret: bytes) -> tuple[Head, tuple[Part, ...]]:
    """Verify a package whole, then open it.

    Args:
        file: The package.
        folder: An empty folder; files are written to it as `0`, `1` …, readable by their owner only.
        key: The sender's Ed25519 key.
        secret: The receiver's X25519 key.

    Raises:
        SealingError: If anything in it is not what it claims to be; the folder then counts for nothing.
        OSError: If something cannot be read or written.
    """
    check_body(file)
    with file.open("rb") as source:
        head, signature = read_head(source)
        check_sender(head, signature, key)
        content: BinaryIO = io.BufferedReader(_Opened(streams.opened(source, secret)), BLOCK)
        parts = tuple(_unpacked(content, folder))
        if content.read(1):
            raise SealingError(SealingError.FORM, "There is more in this package than its inventory says.")
    return head, parts


def _is_head(head: Head) -> bool:
    digests = (head.body, *((head.previous,) if head.previous else ()))
    whole = type(head.number) is int and type(head.size) is int and head.size > 0
    whole = whole and 0 < head.number <= MOST_NUMBER and bool(date.fromisoformat(head.made))
    whole = whole and all(_DIGEST.fullmatch(one) for one in digests) and bool(_WORD.fullmatch(head.stream))
    return whole and all(_KEY.fullmatch(one) for one in (head.sender, head.receiver))


def _copied(source: BinaryIO, target: BinaryIO | None, most: int | None = None) -> tuple[int, str]:
    """Read to the end, or so many bytes; return how many there were, and their digest."""
    counted, digest = 0, sha256()
    while block := source.read(BLOCK if most is None else min(BLOCK, most - counted)):
        counted += len(block)
        digest.update(block)
        if target:
            target.write(block)
    return counted, digest.hexdigest()


class _Content:
    """What a body holds before it is sealed, read as one file."""

    def __init__(self, parts: Sequence[Part]) -> None:
        said = canonical({"parts": [_listed(one) for one in parts]})
        if len(said) > MOST_INVENTORY:
            raise SealingError(SealingError.FORM, "The inventory of this package is too long.")
        self._blocks = self._read(len(said).to_bytes(4, "big") + said, parts)
        self._held = b""

    def read(self, size: int) -> bytes:
        """Return up to so many bytes; fewer at the end only."""
        held = [self._held]
        count = len(self._held)
        while count < size and (block := next(self._blocks, b"")):
            held.append(block)
            count += len(block)
        whole = b"".join(held)
        self._held = whole[size:]
        return whole[:size]

    def _read(self, first: bytes, parts: Sequence[Part]) -> Iterator[bytes]:
        yield first
        for one in (one for part in parts for one in part.files):
            counted, digest = 0, sha256()
            with one.path.open("rb") as source:
                while block := source.read(BLOCK):
                    counted += len(block)
                    digest.update(block)
                    yield block
            if (counted, digest.hexdigest()) != (one.size, one.sha256):
                raise SealingError(SealingError.CHANGED, "A file changed while it was packed.")


def _listed(part: Part) -> dict[str, Any]:
    files = [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in part.files]
    return {"kind": part.kind, "content": dict(part.content), "files": files}


class _Opened(io.RawIOBase):
    """Pieces of an opened stream, read as one file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces, self._held = pieces, b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, into: Any) -> int:
        """Fill some bytes; 0 at the end."""
        while not self._held:
            try:
                self._held = next(self._pieces)
            except StopIteration:
                return 0
        taken = self._held[: len(into)]
        into[: len(taken)] = taken
        self._held = self._held[len(taken) :]
        return len(taken)


def _unpacked(content: BinaryIO, folder: Path) -> Iterator[Part]:
    length = int.from_bytes(content.read(4), "big")
    if length > MOST_INVENTORY:
        raise SealingError(SealingError.FORM, "The inventory of this package is too long.")
    try:
        listed = json.loads(content.read(length))["parts"]
        parts = [(str(one["kind"]), dict(one["content"]), list(one["files"])) for one in listed]
        wanted = [(str(f["name"]), int(f["size"]), str(f["sha256"])) for one in parts for f in one[2]]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise SealingError(SealingError.FORM, "The inventory of this package is damaged.") from None
    files = iter([_written(content, folder / str(at), one) for at, one in enumerate(wanted)])
    for kind, said, held in parts:
        yield Part(kind, said, tuple(next(files) for _ in held))


def _written(content: BinaryIO, path: Path, listed: tuple[str, int, str]) -> Enclosure:
    name, size, digest = listed
    if size < 0:
        raise SealingError(SealingError.FORM, "The inventory of this package is damaged.")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        if _copied(content, out, size) != (size, digest):
            raise SealingError(SealingError.CHANGED, "A file in this package is not what its inventory says.")
    return Enclosure(name, size, digest, path)
