"""Streams: files sealed to several receivers, in pieces (libsodium secretstream, XChaCha20-Poly1305).

    b"QFS1" · head (slots.py) · stream header, 24 bytes · pieces of one size each

A piece says in its first four bytes how much of it is content, so that the number of pieces can be a
step of `padding` and the last piece is as long as the others. A piece that is missing, doubled or out
of order, and a stream that ends before its last piece, do not open.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.utils import random

from qingfeng.sealing import slots
from qingfeng.sealing.errors import SealingError
from qingfeng.sealing.padding import stepped

KIND = b"QFS1"
PIECE = 16 * 1024  # bytes before sealing, its own length among them
HELD = PIECE - 4
_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_SEALED = PIECE + bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


def seal_stream(source: BinaryIO, target: BinaryIO, to: Sequence[bytes]) -> None:
    """Seal what can be read to whoever holds the keys; nothing but sealed pieces reaches the target.

    Args:
        source: Read to its end.
        target: Written in order.
        to: Public keys, 1 to 64.

    Raises:
        SealingError: As `boxes.seal`.
    """
    key = random(slots.KEY_BYTES)
    head = slots.head_for(KIND, key, to)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    header = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    target.write(bytes(head) + header)
    push = bindings.crypto_secretstream_xchacha20poly1305_push
    target.writelines(push(state, piece, head.bound, tag) for piece, tag in _pieces(source))


def opened(source: BinaryIO, secret: bytes) -> Iterator[bytes]:
    """Yield the content of a sealed stream, piece by piece; it is whole only if nothing is raised.

    Raises:
        SealingError: If it is not sealed to that key, was changed, or ends before its last piece.
    """
    begun = source.read(slots.LONGEST)
    head = slots.read_head(begun, KIND)
    key = slots.content_key(head, secret)
    rest = _Rest(begun[len(bytes(head)) :], source)
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    try:
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, rest.read(_HEADER), key)
        yield from _pulled(state, rest, head.bound)
    except (CryptoError, ValueError, TypeError, struct.error) as error:
        raise SealingError(SealingError.CHANGED, "The stream was changed or cut short.") from error


def open_file(source: Path, target: Path, secret: bytes) -> None:
    """Write the content of a sealed file; nothing is left if it does not open to its end.

    Raises:
        SealingError: As `opened`.
        OSError: If one of them cannot be read or written.
    """
    with source.open("rb") as read, _new(target) as write:
        for piece in opened(read, secret):
            write.write(piece)


def add_receiver(sealed: BinaryIO, target: BinaryIO, *, secret: bytes, public: bytes) -> None:
    """Write a sealed stream with one more receiver, given by somebody who can open it.

    Raises:
        SealingError: As `opened`, except for its pieces, which are not looked at.
    """
    begun = sealed.read(slots.LONGEST)
    head = slots.read_head(begun, KIND)
    target.write(bytes(slots.with_receiver(head, secret, public)) + begun[len(bytes(head)) :])
    while more := sealed.read(PIECE):
        target.write(more)


def _pieces(source: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield each piece and its tag; empty ones fill up to the step."""
    count, held = 0, source.read(HELD)
    while held or not count:
        count, following = count + 1, source.read(HELD)
        last = not following and stepped(count) == count
        yield _piece(held), _FINAL if last else _MESSAGE
        held = following
    for more in range(count + 1, stepped(count) + 1):
        yield _piece(b""), _FINAL if more == stepped(count) else _MESSAGE


def _piece(held: bytes) -> bytes:
    return (struct.pack(">I", len(held)) + held).ljust(PIECE, b"\x00")


def _pulled(
    state: bindings.crypto_secretstream_xchacha20poly1305_state, rest: _Rest, bound: bytes
) -> Iterator[bytes]:
    tag = _MESSAGE
    while tag != _FINAL:
        piece, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, rest.read(_SEALED), bound)
        (length,) = struct.unpack(">I", piece[:4])
        yield piece[4 : 4 + length]
    if rest.read(1):
        raise SealingError(SealingError.CHANGED, "Something stands behind the last piece.")


class _Rest:
    """What is left to read: some bytes already in memory, then the file."""

    def __init__(self, begun: bytes, source: BinaryIO) -> None:
        self._begun, self._source = begun, source

    def read(self, size: int) -> bytes:
        taken, self._begun = self._begun[:size], self._begun[size:]
        return taken + self._source.read(size - len(taken)) if len(taken) < size else taken


class _new:  # noqa: N801 - reads as a verb where it is used
    """A new file that only its owner reads, gone again if what fills it fails."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __enter__(self) -> BinaryIO:
        handle = os.open(self._target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        return self._file

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        self._file.close()
        if kind is not None:
            self._target.unlink()
