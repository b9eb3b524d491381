"""A panorama cut for the eye that looks at a part of it: a small whole first, then tiles of 512 pixels.

The folder of a panorama holds `base.webp` (2,048 pixels wide at most, what is seen first), `small.webp` (for
lists), `<level>/<col>_<row>.webp` (level 0 is 4,096 pixels wide, the next 8,192), `large.webp` (level 0 as
one picture, for viewers that know no tiles) and `tiles.json`. It is there as a whole or not at all. Memory:
four bytes a pixel of the panorama and of its largest level, 500 MB at most.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

TILE = 512
BASE_WIDTH, SMALL_WIDTH, FIRST_WIDTH = 2048, 640, 4096
WIDEST = 8192
BASE_QUALITY, TILE_QUALITY = 74, 80
FORM = "webp"


@dataclass(frozen=True)
class Level:
    """One size of the whole, in tiles; width, columns and rows."""

    width: int
    cols: int
    rows: int


@dataclass(frozen=True)
class Tiled:
    """What the folder of a panorama holds.

    Attributes:
        width: Of the base, in pixels; its height is half of it.
        levels: From the smallest to the largest; none for a panorama no wider than its base.
    """

    width: int
    levels: tuple[Level, ...]

    @property
    def files(self) -> list[str]:
        """The files beside `tiles.json`, by their path in the folder."""
        named = [
            f"{no}/{col}_{row}.{FORM}"
            for no, one in enumerate(self.levels)
            for row in range(one.rows)
            for col in range(one.cols)
        ]
        return [f"base.{FORM}", f"small.{FORM}", *([f"large.{FORM}"] if named else []), *named]


def tiles_of(source: Path, target: Path, *, tell: Callable[[int, int], None]) -> Tiled:
    """Cut a panorama into its folder; where the folder is there already, only read what it holds.

    Args:
        source: A picture, equirectangular, twice as wide as high.
        target: The folder; it appears once all of it is written.
        tell: Told how many tiles are written, and of how many.

    Raises:
        OSError: If the picture cannot be read, or the disk not written.
    """
    if kept := tiled_in(target):
        os.utime(target)
        return kept
    beside = target.with_name(f"{target.name}.{secrets.token_hex(4)}.new")
    beside.mkdir(parents=True)
    try:
        made = _cut(source, beside, tell)
        _to_the_disk(beside)
        (beside / "tiles.json").write_text(json.dumps({"v": 1, **asdict(made)}), encoding="utf-8")
        try:
            beside.rename(target)
        except OSError:  # somebody brought the same in the meantime
            if tiled_in(target) is None:
                raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return made


def _to_the_disk(folder: Path) -> None:
    """Have the tiles written before the folder says that they are there, for the power may go."""
    for file in (one for one in folder.rglob("*") if one.is_file()):
        with file.open("rb") as held:
            os.fsync(held.fileno())


def tiled_in(folder: Path) -> Tiled | None:
    """Return what a folder of tiles holds, None where there is none."""
    try:
        said = json.loads((folder / "tiles.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Tiled(said["width"], tuple(Level(**one) for one in said["levels"]))


def widths_of(width: int) -> list[int]:
    """Return how wide each level is for a panorama so wide: powers of two, the last the nearest to it."""
    found, next_width = [], FIRST_WIDTH
    while next_width <= min(width * 4 // 3, WIDEST):
        found.append(next_width)
        next_width *= 2
    return found


def _cut(source: Path, folder: Path, tell: Callable[[int, int], None]) -> Tiled:
    whole = _opened(source)
    widths = widths_of(whole.width)
    levels = tuple(Level(width, width // TILE, width // TILE // 2) for width in widths)
    count, done = sum(one.cols * one.rows for one in levels), 0
    for no in reversed(range(len(levels))):
        whole = _sized(whole, levels[no].width)
        done = _level(whole, folder / str(no), (done, count), tell)
    if levels:
        whole.save(folder / f"large.{FORM}", "WEBP", quality=TILE_QUALITY, method=4)
    base = _sized(whole, min(BASE_WIDTH, whole.width))
    base.save(folder / f"base.{FORM}", "WEBP", quality=BASE_QUALITY, method=4)
    small = _sized(base, min(SMALL_WIDTH, base.width))
    small.save(folder / f"small.{FORM}", "WEBP", quality=BASE_QUALITY, method=4)
    return Tiled(base.width, levels)


def _opened(source: Path) -> Image.Image:
    with Image.open(source) as held:
        held.load()
        return held if held.mode == "RGB" else held.convert("RGB")


def _sized(picture: Image.Image, width: int) -> Image.Image:
    size = (width, width // 2)
    return picture if picture.size == size else picture.resize(size, Image.Resampling.LANCZOS)


def _level(
    picture: Image.Image, folder: Path, done: tuple[int, int], tell: Callable[[int, int], None]
) -> int:
    written, count = done
    folder.mkdir()
    for row in range(picture.height // TILE):
        for col in range(picture.width // TILE):
            box = (col * TILE, row * TILE, (col + 1) * TILE, (row + 1) * TILE)
            picture.crop(box).save(folder / f"{col}_{row}.{FORM}", "WEBP", quality=TILE_QUALITY, method=2)
        written += picture.width // TILE
        tell(written, count)
    return written
