"""Values held as bytes while many are, and rows that come some at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from os import SEEK_END
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, TypeVar

One = TypeVar("One")
Spot = tuple[int, int]
AT_ONCE = 500
MOST_HELD = 1 << 20


def packed(value: Any) -> bytes:
    """Return what JSON can say as bytes, a tenth of what it takes in memory."""
    return json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass")


def unpacked(held: bytes) -> Any:
    """Return what was packed."""
    return json.loads(held.decode(errors="surrogatepass"))


class Shelf:
    """Values put away in a file without a name, so that none of them is held."""

    def __init__(self, folder: Path) -> None:
        self.file = SpooledTemporaryFile(max_size=MOST_HELD, dir=str(folder))  # noqa: SIM115 - kept

    def put(self, value: Any) -> Spot:
        """Put a value away; return where."""
        at = self.file.seek(0, SEEK_END)
        return at, self.file.write(packed(value))

    def get(self, spot: Spot) -> Any:
        """Return the value that lies there."""
        self.file.seek(spot[0])
        return unpacked(self.file.read(spot[1]))


def parted(rows: Iterable[One], size: int = AT_ONCE) -> Iterator[list[One]]:
    """Yield rows in their order, as many at a time."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
