"""What may lie below the places in more detail: one PMTiles file of the house, or a tile service.

A file is brought at the desk, looked at before it is kept (`read`), and served by the house itself in
ranges; the export takes it along. A service is named by the operator (`QINGFENG_TILES`), off by default, and
stays out of every public page while nobody has entered the approval number under which its map may be shown
(`QINGFENG_TILES_APPROVAL`).
"""

from __future__ import annotations

import json
import re
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from pmtiles.tile import (
    Compression,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
)

LARGEST = 512 * 1024 * 1024
DEEPEST = 20
HEAD_BYTES = 127
ROOT_BYTES, METADATA_BYTES, LIST_BYTES, TILE_BYTES = 16 * 1024, 256 * 1024, 1024**2, 4 * 1024**2  # packed
UNPACKED_BYTES = 16 * 1024**2
"""What is read whole stays small, also once it is unpacked: a thousand times as much may come of little."""
FORMS = {TileType.MVT: "mvt", TileType.PNG: "png", TileType.JPEG: "jpeg", TileType.WEBP: "webp"}
TORN = (
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    zlib.error,
)


class CannotUse(ValueError):  # noqa: N818 - says what happened
    """A file is no base map that every page could draw; the message says why and what to do."""


@dataclass(frozen=True)
class Archive:
    """What a PMTiles file says of itself.

    Attributes:
        form: `mvt` (drawn in our own colours), or `png`, `jpeg`, `webp` (shown as they are).
        lowest: Zoom of its widest view.
        deepest: Zoom of its nearest view.
        bounds: West, south, east, north; degrees of WGS-84.
        layers: Names of the layers of drawn tiles.
        credit: Whose data it is, as its maker wrote it; plain text.
        size: Bytes.
        stamp: Changes with the file.
    """

    form: str
    lowest: int
    deepest: int
    bounds: tuple[float, float, float, float]
    layers: tuple[str, ...]
    credit: str
    size: int
    stamp: str


@dataclass(frozen=True)
class Service:
    """A tile service that may be shown: its addresses, each laid over the one before it.

    Attributes:
        credit: Whose tiles they are, by language: `zh` and `en`.
    """

    addresses: tuple[str, ...]
    credit: dict[str, str]
    approval: str


def place_of_tiles() -> Path:
    """Return where the PMTiles file lies; it need not exist."""
    return Path(settings.HOME) / "culture" / "base.pmtiles"


def archive() -> Archive | None:
    """Return what the house's own PMTiles file says of itself, None where it has none."""
    place = place_of_tiles()
    try:
        changed = place.stat()
    except FileNotFoundError:
        return None
    return _read(place, changed.st_mtime_ns, changed.st_size)


def service() -> Service | None:
    """Return the tile service; None where none is named, or its map has no approval number.

    Law:
        地图管理条例 Art. 34, 38
    """
    if not settings.MAP_LAYERS or not settings.MAP_APPROVAL.strip():
        return None
    credit = {"zh": settings.MAP_CREDIT, "en": settings.MAP_CREDIT_EN}
    return Service(tuple(settings.MAP_LAYERS), credit, settings.MAP_APPROVAL.strip())


def lacks_number() -> bool:
    """Return whether a tile service is named that nobody may be shown."""
    return bool(settings.MAP_LAYERS) and not settings.MAP_APPROVAL.strip()


def keep(pieces: Iterable[bytes], *, near: tuple[float, float, float, float] | None = None) -> Archive:
    """Keep a PMTiles file, if every page can draw it; the one before it is gone.

    Args:
        pieces: Its bytes.
        near: West, south, east, north of what the map shows; a file that shows somewhere else is refused.

    Raises:
        CannotUse: If it is no such file, torn, too large, or of a kind that browsers cannot draw.
    """
    place = place_of_tiles()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{secrets.token_hex(4)}.new")
    try:
        size = 0
        with beside.open("wb") as out:
            for piece in pieces:
                size += len(piece)
                if size > LARGEST:
                    raise CannotUse(
                        _("The file has more than 512 MB: cut it to the district, or to fewer zooms.")
                    )
                out.write(piece)
        found = read(beside)
        if near and not _meets(found.bounds, near):
            raise CannotUse(_("The file shows another part of the earth than the base map and the places."))
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    return found


def remove() -> None:
    """Take the PMTiles file away; the drawing stays as it is."""
    place_of_tiles().unlink(missing_ok=True)


def read(place: Path) -> Archive:
    """Return what a PMTiles file says of itself, after its head, its lists and one tile were read.

    Raises:
        CannotUse: If it is not whole, or holds what browsers cannot draw.
    """
    with place.open("rb") as file:

        def bytes_of(offset: int, length: int) -> bytes:
            file.seek(offset)
            found = file.read(length)
            if len(found) < length:
                raise EOFError
            return found

        size = place.stat().st_size
        head = _head(bytes_of, size)
        try:
            said: dict[str, Any] = json.loads(
                unpacked(bytes_of(head["metadata_offset"], head["metadata_length"]))
            )
            first = _some_tile(bytes_of, head)
            layers = tuple(str(one["id"]) for one in said.get("vector_layers", ()))
        except TORN as error:
            raise CannotUse(_("The file is torn: its lists or its tiles cannot be read.")) from error
        if first is None:
            raise CannotUse(_("The file holds no tile."))
    return Archive(
        form=FORMS[head["tile_type"]], lowest=head["min_zoom"], deepest=head["max_zoom"],
        bounds=_bounds(head), layers=layers, credit=_plain(said.get("attribution")), size=size,
        stamp=f"{place.stat().st_mtime_ns:x}-{size:x}",
    )  # fmt: skip


def _head(bytes_of: Any, size: int) -> Any:
    """Return the head of a file that browsers can draw."""
    try:
        head: Any = deserialize_header(bytes_of(0, HEAD_BYTES))
    except (MagicNumberNotFound, EOFError, UnicodeDecodeError) as error:
        raise CannotUse(_("This is no PMTiles file: it does not begin as one.")) from error
    except SpecVersionUnsupported as error:
        raise CannotUse(_("This PMTiles file is of another version: write it anew as version 3.")) from error
    except ValueError as error:
        raise CannotUse(_("The tiles are packed in a way that browsers cannot open: use gzip.")) from error
    if head["tile_type"] not in FORMS:
        raise CannotUse(_("The tiles are of a kind that browsers cannot draw: use MVT, PNG, JPEG or WebP."))
    packed = (head["internal_compression"], head["tile_compression"])
    if packed[0] != Compression.GZIP or packed[1] not in (Compression.NONE, Compression.GZIP):
        raise CannotUse(_("The tiles are packed in a way that browsers cannot open: use gzip."))
    if not head["min_zoom"] <= head["max_zoom"] <= DEEPEST:
        raise CannotUse(_("Its zooms are wrong: from 0 to 20, the widest first."))
    west, south, east, north = _bounds(head)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise CannotUse(_("Its bounds are no stretch of the earth."))
    ends = (
        head[f"{name}_offset"] + head[f"{name}_length"]
        for name in ("root", "metadata", "leaf_directory", "tile_data")
    )
    if head["root_length"] > ROOT_BYTES or head["metadata_length"] > METADATA_BYTES:
        raise CannotUse(_("Its head is larger than the format allows."))
    if max(ends) > size:
        raise CannotUse(_("The file is torn: it ends before its last tile. Bring it again."))
    return head


def _some_tile(bytes_of: Any, head: Any) -> bytes | None:
    """Return one tile, from the lists at the front of the file."""
    offset, length = head["root_offset"], head["root_length"]
    for _depth in range(4):
        if length > LIST_BYTES:
            raise ValueError
        packed = bytes_of(offset, length)
        unpacked(packed)  # the reader unpacks all there is
        entries = deserialize_directory(packed)
        if not entries:
            return None
        if entries[0].run_length:
            if entries[0].length > TILE_BYTES:
                raise ValueError
            tile: bytes = bytes_of(head["tile_data_offset"] + entries[0].offset, entries[0].length)
            return unpacked(tile) if head["tile_compression"] == Compression.GZIP else tile
        offset, length = head["leaf_directory_offset"] + entries[0].offset, entries[0].length
    return None


def unpacked(data: bytes) -> bytes:
    """Return what was packed with gzip.

    Raises:
        EOFError: If it breaks off.
        ValueError: If it comes to more than is read.
        zlib.error: If it is something else.
    """
    reader = zlib.decompressobj(wbits=31)
    found = reader.decompress(data, UNPACKED_BYTES)
    if reader.unconsumed_tail:
        raise ValueError("it unpacks to too much")
    if not reader.eof:
        raise EOFError
    return found


def _bounds(head: Any) -> tuple[float, float, float, float]:
    west, south, east, north = (
        head[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat")
    )
    return west, south, east, north


def _meets(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _plain(text: object) -> str:
    """Return an attribution without its markup, a line at most."""
    return " ".join(re.sub(r"<[^>]*>", " ", str(text or "")).split())[:120]


@lru_cache(maxsize=2)
def _read(place: Path, _changed: int, _size: int) -> Archive | None:
    try:
        return read(place)
    except CannotUse:  # somebody put it there by hand: pages go on without it
        return None
