"""Decode a GB18030 file to UTF-8 on standard output: a program of its own, beside the engine.

Decoding is the slowest part of such a file and holds Python's lock; in a process of its
own it takes another core while the engine reads from the pipe, and no text lies on disk.
Run as `python transcode.py FILE`; exits 3 if more than one character in a thousand
is unreadable.
"""

import codecs
import sys

BLOCK = 1 << 20
TOLERATED = 0.001
SPOILT = 3


def main(path: str) -> int:
    """Write the file's text to standard output; return the exit code."""
    decoder = codecs.getincrementaldecoder("gb18030")("replace")
    characters = spoilt = 0
    with open(path, "rb") as stream, open(1, "wb", buffering=0, closefd=False) as out:  # noqa: PTH123 - no import that is not needed
        while True:
            block = stream.read(BLOCK)
            text = decoder.decode(block, final=not block)
            characters += len(text)
            spoilt += text.count("\ufffd")
            told = memoryview(text.encode())
            while told:
                told = told[out.write(told) :]
            if not block:
                return SPOILT if spoilt > TOLERATED * characters else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(1)
