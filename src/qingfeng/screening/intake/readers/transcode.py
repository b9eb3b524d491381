"""Decode a part of a GB18030 file to UTF-8 on standard output: a program beside the engine.

Decoding is the slowest part of such a file and holds Python's lock, and the engine reads
a pipe on one thread: so a file is decoded in parts, each by a process of its own, and
the engine reads several pipes at once. No text lies on disk.

Run as `python transcode.py FILE START END`: the lines that begin within these bytes. A
newline byte is never a part of another character. Exits 3 if more than one character
in a thousand is unreadable.
"""

import codecs
import os
import sys

BLOCK = 1 << 18
TOLERATED = 0.001
SPOILT = 3


def main(path: str, start: int, end: int) -> int:
    """Write the text to standard output; return the exit code."""
    decoder = codecs.getincrementaldecoder("gb18030")("replace")
    characters = spoilt = 0
    with open(path, "rb") as stream:  # noqa: PTH123 - no import that is not needed
        if start:
            stream.seek(start - 1)
            stream.readline()
        at = stream.tell()
        while at < end and (block := stream.read(min(BLOCK, end - at))):
            at += len(block)
            if at >= end and not block.endswith(b"\n"):
                block += stream.readline()
            text = decoder.decode(block, final=at >= end)
            characters += len(text)
            spoilt += text.count("\ufffd")
            told = memoryview(text.encode())
            while told:
                told = told[os.write(1, told) :]
    return SPOILT if spoilt > TOLERATED * characters else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(1)
