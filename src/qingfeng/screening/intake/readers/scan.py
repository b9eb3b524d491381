"""One pass over the bytes of a file: its SHA-256, its lines, what its cells may hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.sheet import Scan
from qingfeng.screening.intake.staging import ODD

BLOCK = 1 << 20  # bytes read at once
LONGEST_LINE = 4 << 20  # bytes of a line: no record is longer, and a longer one is none
TAIL = 1 << 16  # bytes at the end that are looked at for blank lines

BOM = b"\xef\xbb\xbf"


def digest(file: Path, done: Callable[[int], None]) -> str:
    """Return the SHA-256 of a file that is no text, hex."""
    whole = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            whole.update(block)
            done(len(block))
    return whole.hexdigest()


def scan_text(file: Path, encoding: str, done: Callable[[int], None]) -> tuple[str, Scan]:
    """Read a text file once; hashing and looking take a processor each.

    Args:
        file: The file.
        encoding: As guessed. In GB18030 a mark may be seen where two characters meet,
            which costs only looking; in UTF-16 every one may occur.
        done: Told of bytes read.

    Returns:
        SHA-256 in hex and the scan.

    Raises:
        Problem: If a line is longer than `LONGEST_LINE`; nothing behind it is read.
    """
    whole, lines, since, first = hashlib.sha256(), 0, 0, True
    wide = encoding.startswith("utf-16")
    marks = {} if wide else {mark: mark.encode(encoding.removesuffix("-sig")) for mark in ODD if mark != "\n"}
    odd = "" if marks else ODD
    with file.open("rb") as stream, ThreadPoolExecutor(1) as beside:
        while block := stream.read(BLOCK):
            hashed = beside.submit(whole.update, block)
            lines += block.count(b"\n")
            since = _without_end(block, since, LONGEST_LINE * (1 + wide))
            text = block.removeprefix(BOM) if first else block
            first = False
            odd += _found(text, marks)
            hashed.result()
            done(len(block))
    return whole.hexdigest(), Scan(lines + 1 - _idle(file), odd)


def check_beginning(file: Path) -> None:
    """Refuse a file whose first line, or one near it, does not end.

    Raises:
        Problem: If a line among the first megabytes is longer than `LONGEST_LINE`.
    """
    since, read = 0, 0
    with file.open("rb") as stream:
        while read < 3 * LONGEST_LINE and (block := stream.read(BLOCK)):
            read += len(block)
            since = _without_end(block, since, 2 * LONGEST_LINE)


def _without_end(block: bytes, since: int, longest: int) -> int:
    """Return how many bytes have gone by since the last newline."""
    end = block.find(b"\n")
    if since + (end if end >= 0 else len(block)) > longest:
        raise Problem(
            f"A line is longer than {LONGEST_LINE >> 20} MiB: this is no table.",
            then="Export it again with one record a line.",
        )
    return since + len(block) if end < 0 else len(block) - 1 - block.rfind(b"\n")


def _found(block: bytes, marks: dict[str, bytes]) -> str:
    """Return the marks that a block holds, and look for them no more."""
    found = ""
    for mark, spelt in list(marks.items()):
        if spelt[:1] in block and spelt in block:  # one byte is found faster than three
            if mark == "\r" and block.count(b"\r") == block.count(b"\r\n") + block.endswith(b"\r"):
                continue  # a line end of Windows is none of the cell's
            found += mark
            del marks[mark]
    return found


def _idle(file: Path) -> int:
    """Return how many newlines at the end of a file begin no record."""
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - TAIL))
        tail = stream.read()
    return tail[len(tail.rstrip(b"\r\n")) :].count(b"\n")
