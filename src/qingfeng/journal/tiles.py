"""The tree cut into tiles, as C2SP tlog-tiles lays them out.

A tile holds up to 256 joined hashes. At level 0 they are leaf hashes; at level L + 1 each is
the root of one full tile of level L. A bundle holds the up to 256 entries of a tile of level 0,
each behind its length in two bytes. Full tiles never change; at the right edge stand partial
ones, whose name ends in their width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from qingfeng.journal.errors import Broken, Refused
from qingfeng.journal.tree import HASH_BYTES, folded, halved, peaks, subtree_root

WIDTH = 256
TILE_BYTES = WIDTH * HASH_BYTES
HEIGHT = 8
ENTRY_BYTES = 65_535  # the most that a bundle's length prefix can say
BUNDLE = -1  # the level under which a bundle is named beside tiles
_PATH = re.compile(r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


@dataclass(frozen=True, order=True)
class Tile:
    """The name of a tile or, at level `BUNDLE`, of a bundle.

    Attributes:
        level: 0 to 63, or `BUNDLE`.
        number: Which tile of its level, from 0.
        width: Hashes or entries in it, 1 to 256.
    """

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """The path below the log's prefix: `tile/0/x001/234` or `tile/entries/000.p/7`."""
        digits = f"{self.number:03d}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        name = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        level = "entries" if self.level == BUNDLE else str(self.level)
        return f"tile/{level}/{name}" + (f".p/{self.width}" if self.width < WIDTH else "")


def parse_path(path: str) -> Tile:
    """Return the tile that a path names.

    Raises:
        Broken: If it names none, or not in the one way it is written.
    """
    found = _PATH.fullmatch(path)
    if found:
        level, number, width = found.groups()
        tile = Tile(
            BUNDLE if level == "entries" else int(level),
            int(number.replace("/", "").replace("x", "")),
            int(width or WIDTH),
        )
        if tile.path == path:
            return tile
    raise Broken("This is no path of a tile.", where=path)


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield every tile and bundle of a tree, level by level, bundles first."""
    for level in (BUNDLE, *range(64)):
        hashes = size >> HEIGHT * max(level, 0)
        if not hashes:
            return
        yield from (Tile(level, number) for number in range(hashes // WIDTH))
        if hashes % WIDTH:
            yield Tile(level, hashes // WIDTH, hashes % WIDTH)


def bundle_of(entries: Iterable[bytes]) -> bytes:
    """Return the entries of a bundle, each behind its length.

    Raises:
        Refused: If an entry is longer than 65,535 bytes.
    """
    try:
        return b"".join([part for entry in entries for part in (len(entry).to_bytes(2, "big"), entry)])
    except OverflowError:
        raise Refused(f"An entry of the journal has at most {ENTRY_BYTES:,} bytes.") from None


def entries_in(bundle: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        Broken: If the bundle ends in the middle of an entry.
    """
    entries, at, end = [], 0, len(bundle)
    while at < end:
        start = at + 2
        at = start + (bundle[at] << 8 | bundle[at + 1]) if start <= end else end + 1
        entries.append(bundle[start:at])
    if at != end:
        raise Broken("The bundle ends in the middle of an entry.")
    return entries


@dataclass
class Edge:
    """The right edge of a tree: its partial tiles, which is all that is needed to grow it.

    Attributes:
        size: Number of leaves.
        levels: Joined hashes of the partial tile of each level, from level 0; b"" where it is full.
    """

    size: int = 0
    levels: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        hashes: list[bytes] = []
        for level in reversed(self.levels):
            for height, number in peaks(len(level) // HASH_BYTES):
                start = (number << height) * HASH_BYTES
                hashes.append(subtree_root(level[start : start + (HASH_BYTES << height)]))
        return folded(hashes)

    def grow(self, leaves: Sequence[bytes]) -> Iterator[tuple[Tile, bytes]]:
        """Add leaf hashes and yield every tile that is new, full ones and the new partial ones.

        All must be taken: the edge is grown when the last one has been.
        """
        risen, before = b"".join(leaves), self.size
        level = 0
        while risen:
            if level == len(self.levels):
                self.levels.append(b"")
            held = self.levels[level] + risen
            first = (before >> HEIGHT * level) // WIDTH
            full, risen_next = len(held) // TILE_BYTES, []
            for number in range(full):
                tile = held[number * TILE_BYTES : (number + 1) * TILE_BYTES]
                risen_next.append(subtree_root(tile))
                yield Tile(level, first + number), tile
            rest = held[full * TILE_BYTES :]
            if rest:
                yield Tile(level, first + full, len(rest) // HASH_BYTES), rest
            self.levels[level] = rest
            risen, level = b"".join(risen_next), level + 1
        self.size = before + len(leaves)


def bundles_after(
    size: int, begun: Sequence[bytes], entries: Sequence[bytes]
) -> Iterator[tuple[Tile, bytes]]:
    """Yield the bundles that hold new entries.

    Args:
        size: Entries that the tree had before.
        begun: Entries of the bundle at the edge: `size` % 256 of them.
        entries: The new ones.
    """
    held, number = [*begun, *entries], size // WIDTH
    for start in range(0, len(held), WIDTH):
        chunk = held[start : start + WIDTH]
        yield Tile(BUNDLE, number, len(chunk)), bundle_of(chunk)
        number += 1


class TileTree:
    """A tree whose nodes are read from tiles.

    Args:
        size: Number of leaves of the tree whose tiles are read.
        read: Gives the bytes of a tile; raises `Broken` where there is none.
    """

    def __init__(self, size: int, read: Callable[[Tile], bytes]) -> None:
        self.size, self._read = size, read
        self._floors = lru_cache(maxsize=512)(self._floors_of)

    def tile(self, level: int, number: int) -> bytes:
        """Return the hashes of a tile of this tree.

        Raises:
            Broken: If it is missing or has another width.
        """
        hashes = self.size >> HEIGHT * level
        tile = Tile(level, number, min(WIDTH, hashes - number * WIDTH))
        held = self._read(tile)
        if len(held) != tile.width * HASH_BYTES:
            raise Broken("A tile has another length than its name says.", where=tile.path)
        return held

    def node(self, level: int, number: int) -> bytes:
        """Return the hash of a complete subtree."""
        tile_level, height = divmod(level, HEIGHT)
        first = number << height
        floor = self._floors(tile_level, first // WIDTH)[height]
        start = (number - (first // WIDTH << HEIGHT - height)) * HASH_BYTES
        return floor[start : start + HASH_BYTES]

    def edge(self) -> Edge:
        """Return the right edge, from which the tree can grow."""
        levels: list[bytes] = []
        hashes = self.size
        while hashes:
            partial = hashes % WIDTH
            levels.append(self.tile(len(levels), hashes // WIDTH) if partial else b"")
            hashes >>= HEIGHT
        return Edge(self.size, levels)

    def _floors_of(self, level: int, number: int) -> list[bytes]:
        floors = [self.tile(level, number)]
        for _ in range(HEIGHT - 1):
            pairs = len(floors[-1]) // (2 * HASH_BYTES)
            floors.append(halved(floors[-1][: pairs * 2 * HASH_BYTES]))
        return floors
