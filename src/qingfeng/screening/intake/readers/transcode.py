"""Decode a GB18030 file to UTF-8 on standard output: a program of its own, beside the engine.

Decoding is the slowest part of such a file and holds Python's lock; in a process of its
own it takes another core while the engine reads from the pipe, and no text lies on disk.
A pipe holds little, and the engine reads by fits and starts: so decoding runs ahead.
Run as `python transcode.py FILE`; exits 3 if more than one character in a thousand
is unreadable.
"""

import codecs
import os
import sys
from queue import Queue
from threading import Thread

BLOCK = 1 << 20
AHEAD = 48  # blocks decoded before they are asked for
TOLERATED = 0.001
SPOILT = 3


def main(path: str) -> int:
    """Write the file's text to standard output; return the exit code."""
    decoder = codecs.getincrementaldecoder("gb18030")("replace")
    queue: Queue[bytes] = Queue(AHEAD)
    writer = Thread(target=_write, args=(queue,), daemon=True)
    writer.start()
    characters = spoilt = 0
    with open(path, "rb") as stream:  # noqa: PTH123 - no import that is not needed
        while True:
            block = stream.read(BLOCK)
            text = decoder.decode(block, final=not block)
            characters += len(text)
            spoilt += text.count("\ufffd")
            queue.put(text.encode())
            if not block:
                queue.put(b"")
                writer.join()
                return SPOILT if spoilt > TOLERATED * characters else 0


def _write(queue: "Queue[bytes]") -> None:
    """Write blocks until an empty one; nobody reads any more: the program has nothing left to do."""
    try:
        while told := memoryview(queue.get()):
            while told:
                told = told[os.write(1, told) :]
    except OSError:
        os._exit(1)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(1)
