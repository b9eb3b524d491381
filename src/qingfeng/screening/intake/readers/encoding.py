"""In which encoding a text is: strict UTF-8, else GB18030, and never mojibake."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from qingfeng.screening.errors import Problem
from qingfeng.screening.intake.readers.kind import utf16

SAMPLE = 1 << 20  # bytes at the beginning
SPOT = 1 << 16  # bytes at each further place
SPOTS = 48
TOLERATED = 0.001  # share of characters that may be unreadable

# The replacement character, what it turns into when it is read as GBK, and characters
# that nobody types: controls and the private use area, where wrong guesses end.
UNLIKELY = re.compile(r"[\ufffd\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff]|锟斤拷")


def guess_encoding(file: Path) -> str:
    """Return the encoding of a text file, after samples from all over it.

    Returns:
        `utf-8`, `utf-8-sig`, `gb18030`, `utf-16`, `utf-16-le` or `utf-16-be`.

    Raises:
        Problem: If no encoding makes sense of it, or the text was spoilt before.
    """
    blocks = samples(file)
    encoding = _of(blocks)
    text = "".join(decode_part(block, encoding) for block in blocks)
    check_readable(len(UNLIKELY.findall(text)), len(text))
    return encoding


def check_readable(unlikely: int, characters: int) -> None:
    """Refuse a text with more than one unreadable character in a thousand."""
    if unlikely > TOLERATED * characters:
        raise Problem(
            f"The characters cannot be read: {unlikely} of {characters} are spoilt (mojibake).",
            then="Export it again as UTF-8 or GB18030; a spoilt file cannot be mended.",
        )


def decode_part(block: bytes, encoding: str) -> str:
    """Return the text of a block whose last character may be cut off."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(block)


def _of(blocks: list[bytes]) -> str:
    wide = utf16(blocks[0])
    if wide:
        return wide
    try:
        for block in blocks:
            codecs.getincrementaldecoder("utf-8")("strict").decode(block)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig" if blocks[0].startswith(codecs.BOM_UTF8) else "utf-8"


def samples(file: Path) -> list[bytes]:
    """Return the beginning of a file and spots from all over it, each from a line's beginning.

    Blocks may end within a line.
    """
    size = file.stat().st_size
    with file.open("rb") as stream:
        blocks = [stream.read(SAMPLE)]
        if size > SAMPLE and not utf16(blocks[0]):
            step = (size - SAMPLE) // SPOTS
            for at in range(SAMPLE, size, max(step, SPOT)):
                stream.seek(at)
                blocks.append(stream.read(SPOT).partition(b"\n")[2])
    return blocks
